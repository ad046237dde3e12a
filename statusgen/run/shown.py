"""A digest of all that a visitor would see change, to tell whether pages need to be made anew.

Measured states, incidents and maintenance as they stand, and whatever people wrote. Percentages
and response times move with every round: they wait for the next regular publication.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from statusgen import __version__
from statusgen.base import clock
from statusgen.base.states import State
from statusgen.history.newest import newest_checks
from statusgen.run.pages_record import untouched_exports
from statusgen.run.places import DATA, MKDOCS_FILES
from statusgen.run.site import Site
from statusgen.status.publication import Published
from statusgen.status.rollup import joined_state

_ALSO = (".upptimerc.yml", "assets", *map(str, MKDOCS_FILES))


def present(site: Site) -> Published:
    """Return what pages made now would be made of. Raises as the parts of ``Site`` do."""
    newest = site.store.latest(now=clock.now() if site.given_now is None else site.given_now)
    return Published(None if newest is None else newest.at, shown(site))


def shown(site: Site) -> str:
    """Return the digest: 16 hexadecimal digits."""
    told = {
        "components": _components(site),
        "incidents": [
            [
                each.id, each.title, each.worst, each.resolved, each.withdrawn, each.pin,
                [(update.at, update.phase) for update in each.updates],
                [affected.component for affected in each.affected],
            ]
            for each in sorted(site.incidents.incidents, key=lambda each: each.id)
        ],
        "maintenance": _maintenance(site),
        "written": _written(site),
        "version": __version__,
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _components(site: Site) -> list[tuple[str, State]]:
    """Return each component's measured state, by the newest check of its monitors."""
    settings = site.settings
    back = max([clock.DAY, *(2 * monitor.cadence for monitor in settings.monitors)])
    wanted = [monitor.id for monitor in settings.monitors]
    found = newest_checks(site.places.history, wanted, now=site.now, since=site.now - back)
    states = {name: newest.check.state for name, newest in found.items()}
    return [
        (each.id, joined_state(states.get(monitor, State.UNKNOWN) for monitor in each.monitors))
        for each in settings.components
    ]


def _maintenance(site: Site) -> list[object]:
    if not site.has_windows:
        return []  # the rules of windows need not even be imported
    schedule = site.schedule
    return [
        sorted(schedule.components_now),
        [
            (each.window.id, each.phase, each.planned.start, each.overrun)
            for each in (*schedule.under_way, *schedule.upcoming)
        ],
    ]


def _written(site: Site) -> str:
    """Return a digest of the files that people wrote."""
    digest = hashlib.sha256()
    history = site.places.history.resolve()
    content = site.places.content
    exported = {content / path for path in untouched_exports(site.root, content)}
    for path in sorted(_files(site)):
        if path in exported or path.resolve().is_relative_to(history):
            continue
        digest.update(path.relative_to(site.root).as_posix().encode("utf-8", "replace") + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(site: Site) -> Iterator[Path]:
    inside = site.places.content.is_relative_to(site.root)
    places = [site.root / DATA, *(site.root / name for name in _ALSO)]
    for place in [*places, site.places.content] if inside else places:
        if place.is_file():
            yield place
        else:
            yield from (path for path in place.rglob("*") if path.is_file())

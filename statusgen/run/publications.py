"""Whether what is known now is to be published, held against what was published last.

What was published last is read from ``freshness.json``: of a folder that a build wrote, or of the
published site. Where neither is to be had, it is taken for what the history said when the job
began; a deployment that failed is then made good by the next regular publication.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from statusgen.base.clock import parse_instant
from statusgen.base.errors import OutsideError
from statusgen.run.record import despite_mkdocs
from statusgen.run.shown import present
from statusgen.run.site import Site
from statusgen.status.publication import Published, Why, why_publish

FRESHNESS = "freshness.json"
_SECONDS = 5.0
"""A page that does not answer must not hold up a check."""
_LARGEST = 1024 * 1024


@dataclass
class Publications:
    """What this job knows to be published, or has asked to be."""

    every: int
    """Seconds between regular publications."""
    before: Published | None
    look: Callable[[], Published]
    """What pages made now would be made of."""

    @classmethod
    def of(cls, site: Site, where: str = "", *, unknown: bool = False) -> Publications:
        """Begin before the first round; ``where`` is a file, a folder or an address.

        Empty: the site's own address. Where nothing is found there, the history as it stands is
        taken for published, or with ``unknown`` nothing is.
        """
        before = read_published(where or site.settings.site.url)
        if before is None and not unknown:
            now = look_at(site)
            before = now if now.last_round is not None else None
        return cls(site.settings.publication.every, before, lambda: look_at(site))

    def due(self) -> tuple[Why | None, Published]:
        """Return why to publish what is known now, and what that is; see :meth:`asked`."""
        now = self.look()
        return why_publish(self.before, now, self.every), now

    def asked(self, now: Published) -> None:
        """Take note that this is being published."""
        self.before = now


def read_published(where: str) -> Published | None:
    """Return what was published at an address, in a folder or by a file; None where unknown."""
    if not where:
        return None
    try:
        if where.startswith(("https://", "http://")):
            document = json.loads(_fetched(where))
        else:
            path = Path(where)
            document = json.loads((path / FRESHNESS if path.is_dir() else path).read_bytes())
        last = document["last_round"]
        return Published(None if last is None else parse_instant(str(last)), str(document["shown"]))
    except (OSError, OutsideError, ValueError, TypeError, KeyError, RecursionError):
        return None  # never published, of an older version, or out of reach: it is published anew


def _fetched(url: str) -> bytes:
    from statusgen.base import clock
    from statusgen.base.web import Limits, Web

    address = url if url.endswith(".json") else f"{url.rstrip('/')}/{FRESHNESS}"
    # A cache in between may be ten minutes old; it has no answer to a question of its own.
    asked = f"{address}?at={clock.now()}"
    web = Web(limits=Limits(seconds=_SECONDS, body=_LARGEST, redirects=2))
    return web.ask_now("GET", asked).body


def look_at(site: Site) -> Published:
    """Return what the files say now: a new site, for one that was read keeps what it read."""
    return present(despite_mkdocs(replace(site))[0])

"""Files for programs: freshness, sitemap, robots, icons, redirects."""

from __future__ import annotations

import json
from collections.abc import Iterable

from statusgen.base.clock import Instant, format_instant
from statusgen.base.ids import path_segment
from statusgen.base.palette import Colours
from statusgen.base.states import Look
from statusgen.config.settings import Site
from statusgen.publish.edition import Edition
from statusgen.publish.links import component_path
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.templating import fill

MOVED = "the template moved.html"
_ICONS = (Look.UP, Look.DEGRADED, Look.PARTIAL, Look.DOWN, Look.UNKNOWN, Look.MAINTENANCE)


def freshness(edition: Edition) -> Asset:
    """Return ``freshness.json``: what a dead man's switch needs to know that we are late."""
    snapshot = edition.snapshot
    document = {
        "build": edition.build,
        "generated": _text(snapshot.now or None),
        "first_round": _text(snapshot.first_round),
        "last_round": _text(snapshot.last_round),
        "last_round_key": snapshot.last_round_key,
        "cadence_seconds": snapshot.cadence,
        "next_expected": _text(snapshot.next_expected),
        "publication_seconds": edition.settings.publication.every,
        "next_publication": _text(edition.next_publication),
        "stale_after": _text(edition.old_after),
        "shown": edition.digest,
        "history_head": edition.history_head or None,
        "maintenance": [each.id for each in snapshot.components if each.in_maintenance],
    }
    return _json("freshness.json", document)


def icons(colours: Colours) -> list[Asset]:
    """Return one icon per state.

    Each state has an address of its own, so that no cache shows green for red.
    """
    made = []
    for state in _ICONS:
        svg = fill("icon.svg", state=state.value, colour=colours.of(state.value))
        made.append(Asset(path=f"icons/{state}.svg", content=svg.encode(), source="the icons"))
    return made


def redirects(edition: Edition) -> list[Asset]:
    """Return ``history/<id>/`` for every component and monitor: Upptime's links keep working.

    Former ids lead on too, also from ``components/<former id>/``.
    """
    targets = {
        monitor: component
        for component in edition.settings.components
        for monitor in (*component.monitors, component.id)
    }
    former = {
        alias: component
        for monitor in edition.settings.monitors
        for alias in monitor.aliases
        for component in edition.settings.components
        if monitor.id in component.monitors and alias not in targets
    }
    return [
        edition.html(
            f"{path}/index.html", "moved.html", edition.names[component.id], "", target=target
        )
        for identifier, component in (targets | former).items()
        for target in [component_path(component.id)]
        for path in (f"history/{identifier}", f"components/{identifier}")
        if path.startswith("history/") or identifier in former
    ]


def robots(site: Site) -> Asset:
    """Return ``robots.txt``: the owner's own, else that everything, or nothing, may be read."""
    lines = ["User-agent: *", "Disallow: /" if site.refuses_index else "Allow: /"]
    if site.robots:
        lines = [line.strip() for line in site.robots.strip().splitlines()]
    elif site.url and not site.refuses_index:
        lines.append(f"Sitemap: {site.url}sitemap.xml")
    return Asset(
        path="robots.txt", content=("\n".join(lines) + "\n").encode(), source="the status pages"
    )


def add_sitemap(manifest: Manifest, site: Site, prose: Iterable[str] = ()) -> None:
    """Add ``sitemap.xml`` over the manifest's own pages and ``prose`` (paths from the root).

    The last thing to be added, since it covers both kinds of page; nothing without a site URL
    or where the owner refuses to be indexed.
    """
    if not site.url or site.refuses_index:
        return
    pages = {
        "/".join(path_segment(part) for part in entry.path.removesuffix("index.html").split("/"))
        for entry in manifest
        if entry.path.rpartition("/")[2] == "index.html" and entry.source != MOVED
    }
    addresses = [site.url + path for path in sorted(pages | set(prose))]
    xml = fill("sitemap.xml", addresses=addresses)
    manifest.add(Asset(path="sitemap.xml", content=xml.encode(), source="the sitemap"))


def _json(path: str, document: object) -> Asset:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Asset(path=path, content=text.encode(), source="the status pages")


def _text(instant: Instant | None) -> str | None:
    return None if instant is None else format_instant(instant)

"""The page that documents what programs may read, with examples of this very site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.publish.api.badges import all_badges
from statusgen.publish.api.facts import full_name
from statusgen.publish.edition import Edition
from statusgen.publish.links import relative
from statusgen.publish.manifest import Asset

_SHOWN = 24
"""Lines of a file that an example shows."""
_WIDEST = 110


@dataclass(frozen=True, slots=True)
class Described:
    """One file, or one of many alike."""

    path: str
    pattern: str
    """How its path is written: ``api/<id>/uptime.json``."""
    key: str
    """What it is, as a sentence of the catalogue below ``api.``."""
    schema: str
    example: str


def guide_page(edition: Edition, files: Mapping[str, Asset]) -> Asset:
    """Return ``api/index.html``; ``files`` are those for programs, by path."""
    words = edition.words
    first = edition.snapshot.components[0].id if edition.snapshot.components else ""
    newest = edition.reports[0].period.id if edition.reports else ""
    report = f"reports/{newest}/report.json"
    listed = [
        _described(files, path, pattern, key, schema)
        for path, pattern, key, schema in (
            ("api/v2/summary.json", "", "summary", "statuspage"),
            ("api/v2/status.json", "", "status", "statuspage"),
            ("api/v2/components.json", "", "components", "statuspage"),
            ("api/v2/incidents.json", "", "incidents", "statuspage"),
            ("api/v2/incidents/unresolved.json", "", "unresolved", "statuspage"),
            ("api/v2/scheduled-maintenances.json", "", "windows", "statuspage"),
            ("api/v2/scheduled-maintenances/active.json", "", "windows-active", "statuspage"),
            ("api/v2/scheduled-maintenances/upcoming.json", "", "windows-upcoming", "statuspage"),
            ("history/summary.json", "", "upptime", "upptime-summary"),
            (f"api/{first}/uptime-week.json", "api/<id>/uptime-week.json", "shields", "shield"),
            (f"badges/{first}/status.json", "badges/<id>/status.json", "endpoints", "shield"),
            ("freshness.json", "", "freshness", "freshness"),
            (report, "reports/<period>/report.json", "report", "report"),
            ("api/objectives.json", "", "objectives", "objectives"),
            ("api/gates.json", "", "gates", "gates"),
            ("api/roadmaps.json", "", "roadmaps", "roadmaps"),
            ("api/vantages.json", "", "vantages", "vantages"),
            ("metrics.txt", "", "metrics", ""),
            ("status.txt", "", "status-txt", ""),
            ("status.md", "", "status-md", ""),
            ("llms.txt", "", "llms", ""),
            (".well-known/api-catalog", "", "catalogue", "api-catalog"),
        )
        if path in files
    ]
    return edition.html(
        "api/index.html",
        "api.html",
        f"{words.say('api.heading')} · {edition.settings.site.name}",
        words.say("api.about", site=edition.settings.site.name),
        files=listed,
    )


def badge_page(edition: Edition) -> Asset:
    """Return ``badges/index.html``: every badge, with the lines that embed it."""
    words = edition.words
    groups = [
        (
            full_name(edition, folder.rstrip("/")) if folder else edition.settings.site.name,
            folder,
            found,
        )
        for folder, found in all_badges(edition).items()
    ]
    return edition.html(
        "badges/index.html",
        "badges.html",
        f"{words.say('api.badges')} · {edition.settings.site.name}",
        words.say("api.badges-about", site=edition.settings.site.name),
        groups=groups,
        root=edition.settings.site.url or relative("badges/index.html", ""),
    )


def _described(
    files: Mapping[str, Asset], path: str, pattern: str, key: str, schema: str
) -> Described:
    text = files[path].content.decode("utf-8", "replace")
    if path.startswith("api/") and path.count("\n") == 0 and schema == "shield":
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    return Described(path, pattern or path, key, schema, _example(text))


def _example(text: str) -> str:
    lines = text.splitlines()
    shown = [line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…" for line in lines[:_SHOWN]]
    return "\n".join([*shown, "…"] if len(lines) > _SHOWN else shown)

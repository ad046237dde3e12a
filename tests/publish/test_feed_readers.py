"""A feed reader over successive builds: it shows each thing that happened once, and nothing twice.

A reader knows an item by its guid (RSS) and an entry by its id (Atom); feedparser reads both here.
"""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from statusgen.base.clock import HOUR, MINUTE, Instant, format_instant, parse_instant
from statusgen.publish.build import BuildOptions, build_manifest

CONFIG = """
site: {name: T, url: 'https://example.org/'}
monitors: [{id: api, name: API, url: https://api.example.com/}]
"""
BEGIN = parse_instant("2026-11-20T08:00:00Z")
WINDOW = f"""---
title: Upgrade
affected: [api]
start: {format_instant(BEGIN + 3 * HOUR)}
end: {format_instant(BEGIN + 4 * HOUR)}
---

## Scheduled · {format_instant(BEGIN + HOUR)}

Orders wait.
"""
INCIDENT = "---\ntitle: Broken\nimpact: minor\naffected: [api]\n---\n"


def update(phase: str, at: Instant) -> str:
    return f"\n## {phase} · {format_instant(at)}\n\nWords.\n"


WRITTEN: list[tuple[Instant, str, str]] = [
    (BEGIN + HOUR, "maintenance/w.md", WINDOW),
    (BEGIN + 2 * HOUR, "incidents/a.md", INCIDENT + update("Investigating", BEGIN + 2 * HOUR)),
    (BEGIN + 5 * HOUR, "incidents/a.md", update("Identified", BEGIN + 5 * HOUR)),
    (BEGIN + 6 * HOUR, "incidents/a.md", update("Withdrawn", BEGIN + 6 * HOUR)),
]
"""When each text is added to which file."""


def builds(root: Path, feed: str) -> list[feedparser.FeedParserDict]:
    """Build every twenty minutes, as an author goes on writing, and return the feed each time."""
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(CONFIG)
    found, written = [], 0
    for now in range(BEGIN, BEGIN + 8 * HOUR, 20 * MINUTE):
        while written < len(WRITTEN) and WRITTEN[written][0] <= now:
            _, name, text = WRITTEN[written]
            path = root / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((path.read_text() if path.exists() else "") + text)
            written += 1
        entry = build_manifest(BuildOptions(root, now=now)).entries[feed]
        found.append(feedparser.parse(entry.content))  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("feed", ["history/rss.xml", "components/api/rss.xml"])
def test_each_thing_that_happened_is_one_item(tmp_path: Path, feed: str) -> None:
    seen: dict[str, str] = {}
    shown: list[str] = []
    for parsed in builds(tmp_path, feed):
        assert not parsed.bozo
        for item in reversed(parsed.entries):
            if item.id not in seen:
                shown.append(item.title)
                seen[item.id] = item.description
            assert seen[item.id] == item.description  # an item that changed is shown by nobody
    assert shown == [
        "Maintenance Scheduled: Upgrade",
        "Investigating: Broken",
        "Maintenance In Progress: Upgrade",
        "Maintenance Completed: Upgrade",
        "Identified: Broken",
        "Withdrawn: Broken",
    ]


def test_in_atom_an_entry_moves_when_something_is_told_and_only_then(tmp_path: Path) -> None:
    moved: list[tuple[str, str]] = []
    updated: dict[str, str] = {}
    for parsed in builds(tmp_path, "history/atom.xml"):
        for entry in parsed.entries:
            if updated.get(entry.id) != entry.updated:
                moved.append((entry.title, entry.updated))
                updated[entry.id] = entry.updated
    assert len(updated) == 2
    assert [title for title, _ in moved] == [
        "Upgrade", "Broken", "Upgrade", "Upgrade", "Broken", "Withdrawn: Broken",
    ]  # fmt: skip

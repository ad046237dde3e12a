"""What a visitor sees and reads, word by word, as a text browser would show it.

A changed sentence changes a file below ``golden/``. Where it is meant, write them anew::

    STATUSGEN_WRITE_GOLDEN=1 pytest tests/publish/test_golden.py
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, MINUTE
from statusgen.incident.model import Impact, Phase, Update
from statusgen.publish.manifest import Asset
from tests.publish import factory, scenes
from tests.publish.textbrowser import lines_of

GOLDEN = Path(__file__).parent / "golden"
MOST_LINES = 120


def by_checks() -> scenes.Scene:
    """Incidents that the checks told: one open, one over, one that people took over."""
    settings, snapshot, _ = scenes.outage()
    told = "Our checks of Api have failed since 2026-11-20 19:07 UTC: it answered with HTTP 503."
    began = factory.NOW - 65 * MINUTE + 50
    lasting = replace(
        factory.incident(
            "2026-11-20-api-1907",
            started=began,
            title="Api is down",
            bodies=[told],
            evidence=["20261120T190750Z-github-8790-1"],
        ),
        automatic=True,
    )
    began = factory.NOW - 8 * DAY + 50
    ended = began + 49 * MINUTE + 20
    failed = (
        "Our checks of Mail have failed since 2026-11-12 20:12 UTC: it did not answer in time. "
        "`2026-11-12 20:12 UTC` is code, and 2026-99-12 20:12 UTC is no time."
    )
    recovered = (
        "Our checks of Mail succeed again since 2026-11-12 21:02 UTC. The outage lasted 50 min."
    )
    updates = (
        Update(at=began + 350, phase=Phase.INVESTIGATING, body=failed),
        Update(at=ended + 300, phase=Phase.RESOLVED, body=recovered),
    )
    over = replace(
        factory.incident("2026-11-12-mail-2012", started=began, components=["mail"]),
        title="Mail is down",
        automatic=True,
        resolved=ended,
        updates=updates,
        evidence=("20261112T201250Z-github-8411-1", "20261112T210210Z-github-8421-1"),
    )
    adopted = replace(
        over,
        id="2026-11-12-adopted",
        uid=over.uid[:-1] + "7",
        adopted=True,
        title="Mail was slow",
        impact=Impact.MINOR,
    )
    return settings, snapshot, [lasting, over, adopted]


PAGES = [
    (name, scene, path)
    for name, scene, paths in (
        (
            "outage",
            scenes.outage,
            (
                "",
                "components/api/",
                "incidents/2026-11-20-api-down/",
                "history/2026-11/",
                "days/2026-11-20/",
            ),
        ),
        ("quiet", scenes.quiet, ("", "incidents/2026-11-18-sign-in-fails/", "history/")),
        (
            "by-checks",
            by_checks,
            (
                "",
                "incidents/2026-11-20-api-1907/",
                "incidents/2026-11-12-mail-2012/",
                "incidents/2026-11-12-adopted/",
            ),
        ),
        ("nothing", scenes.nothing, ("", "components/api/", "history/")),
        ("one-round", scenes.one_round, ("", "components/api/")),
        ("stale", scenes.stale, ("",)),
        ("all-unknown", scenes.all_unknown, ("",)),
        ("all-down", scenes.all_down, ("",)),
        ("young", scenes.young, ("", "components/api/")),
        ("maintenance", scenes.maintenance, ("",)),
        ("three-incidents", scenes.three_incidents, ("",)),
        ("sixty", scenes.sixty, ("",)),
        ("many", scenes.five_hundred, ("",)),
    )
    for path in paths
]


def cut(text: str) -> str:
    """Keep the beginning and the end of a very long page."""
    lines = text.splitlines(keepends=True)
    if len(lines) <= 2 * MOST_LINES:
        return text
    left_out = f"({len(lines) - 2 * MOST_LINES} more lines)\n"
    return "".join([*lines[:MOST_LINES], left_out, *lines[-MOST_LINES:]])


@pytest.mark.parametrize(("name", "scene", "path"), PAGES, ids=[f"{p[0]}-{p[2]}" for p in PAGES])
def test_a_visitor_reads(name: str, scene: Callable[[], scenes.Scene], path: str) -> None:
    entry = scenes.site(scene).entries[f"{path}index.html"] if path else scenes.front(scene)
    assert isinstance(entry, Asset)
    text = cut(lines_of(entry.content.decode(), chrome=not path))
    file = GOLDEN / f"{name}-{path.strip('/').replace('/', '-') or 'status'}.txt"
    if os.environ.get("STATUSGEN_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_a_status_page_is_the_same_alone_and_in_its_site() -> None:
    for scene in (scenes.outage, scenes.quiet, by_checks, scenes.nothing):
        assert scenes.front(scene) == scenes.site(scene).entries["index.html"]


def test_no_golden_file_is_left_over() -> None:
    names = {
        f"{name}-{path.strip('/').replace('/', '-') or 'status'}.txt" for name, _, path in PAGES
    }
    assert {file.name for file in GOLDEN.iterdir()} == names

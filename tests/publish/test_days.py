"""The page of a day: what happened to whom, and the rounds behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, Instant, format_instant, parse_instant
from statusgen.base.states import State
from statusgen.probe.round import Check, Round
from statusgen.publish.bars import draw_bars
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.day_index import incidents_between
from statusgen.publish.evidence import run_link
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
from statusgen.status.snapshot import Stretch
from tests.history.made import write_rounds
from tests.publish import factory, scenes
from tests.publish.test_young import text_of

BEGUN = parse_instant("2026-11-18T12:00:00Z")
DOWN_FROM, DOWN_TO = BEGUN + DAY, BEGUN + DAY + HOUR
CONFIG = """\
site: {{name: Example, url: https://status.example.com/{repository}}}
monitors:
  - {{id: web, name: Website, url: https://www.example.com/}}
  - {{id: db, name: Database, url: "tcp://db.example.com:5432"}}
"""


def key(at: Instant) -> str:
    stamp = re.sub("[-:]", "", format_instant(at))
    return f"{stamp}-github-{7_000_000 + (at - BEGUN) // 300}-1"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pages of a site that ran for three days and was down for an hour."""
    return site(tmp_path_factory.mktemp("site"), "https://github.com/example/status.git")


def site(root: Path, repository: str) -> dict[str, str]:
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(
        CONFIG.format(repository=f", repository: {repository}" if repository else "")
    )
    up = Check(state=State.UP, ms=120, code=200)
    down = Check(state=State.DOWN, ms=80, code=503, reason="status")
    write_rounds(
        root / "data/history",
        [
            Round(
                key=key(at),
                at=at,
                vantage="github",
                checks={"web": down if DOWN_FROM <= at < DOWN_TO else up, "db": up},
            )
            for at in range(BEGUN, BEGUN + 3 * DAY, 300)
        ],
    )
    return {
        entry.path: entry.content.decode()
        for entry in build_manifest(BuildOptions(root=root))
        if isinstance(entry, Asset) and entry.path.endswith(".html")
    }


def test_each_day_since_the_first_round_has_a_page_and_no_other(built: dict[str, str]) -> None:
    days = sorted(path for path in built if path.startswith("days/"))
    assert days == [f"days/2026-11-{day}/index.html" for day in (18, 19, 20, 21)]


def test_it_says_what_happened_to_whom(built: dict[str, str]) -> None:
    text = text_of(built["days/2026-11-19/index.html"])
    assert "Thursday, 19 November 2026" in text
    assert "1 component was not fully operational. 1 component was operational." in text
    assert re.search(r"12:00 UTC ?– ?13:00 UTC ?: Major Outage \(1 h\) 1 h", text)
    assert text.index("Website") < text.index("Database")


def test_the_rounds_that_changed_it_are_linked_with_run_and_line(built: dict[str, str]) -> None:
    page = built["days/2026-11-19/index.html"]
    assert "288 rounds of checks were recorded on this day." in text_of(page)
    failed, worked = key(DOWN_FROM), key(DOWN_TO)
    listed = re.findall(r'<li id="(.*?)">(.*?)</li>', page, re.DOTALL)
    assert [one for one, _ in listed][1:3] == [failed, worked]
    assert len(listed) == 4
    row = dict(listed)[failed]
    assert "Website: Major Outage, it answered with HTTP 503" in row
    repository = "https://github.com/example/status"
    assert f'href="{repository}/actions/runs/7000288/attempts/1"' in row
    file = "2026/11/2026-11-19.jsonl"
    assert f'href="{repository}/blob/status-data/{file}#L145"' in row


def test_an_incidents_evidence_leads_to_its_round(built: dict[str, str]) -> None:
    page = built["components/web/index.html"]
    newest = key(BEGUN + 3 * DAY - 300)
    assert f'<a href="../../days/2026-11-21/#{newest}">{newest}</a>' in page
    assert f'<li id="{newest}">' in built["days/2026-11-21/index.html"]


@pytest.mark.parametrize(
    ("repository", "line", "run"),
    [
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/blob/status-data/2026/", ""),
        ("https://git.example.com/a/b", "", ""),
        ("", "", ""),
    ],
)
def test_no_address_is_made_up_for_a_host_of_another_kind(
    tmp_path: Path, repository: str, line: str, run: str
) -> None:
    page = site(tmp_path, repository)["days/2026-11-19/index.html"]
    rounds = page.partition('id="rounds"')[2]
    assert ("/blob/" in rounds) == bool(line)
    assert line in rounds
    assert ("actions/runs" in rounds) == bool(run)


def test_an_older_day_has_a_page_where_an_incident_touched_it() -> None:
    settings, snapshot, _ = scenes.quiet()
    old = parse_instant("2025-03-09T10:00:00Z")
    told = factory.incident("old", title="Long ago", started=old, resolved=old + HOUR)
    entries = render_site(settings, snapshot, [told]).entries
    entry = entries["days/2025-03-09/index.html"]
    assert isinstance(entry, Asset)
    text = text_of(entry.content.decode())
    assert "Sunday, 9 March 2025" in text
    assert "Long ago" in text
    assert "computed from" in text
    assert "days/2025-03-10/index.html" not in entries


def test_the_red_of_a_day_grows_with_its_minutes() -> None:
    bars = factory.bars("u" * 89 + "d")
    heights = []
    for minutes in (1, 37, 360, 1440):
        day = bars[0]
        seconds = {State.UP: (1440 - minutes) * 60, State.DOWN: minutes * 60}
        made = type(day)(date(2026, 11, 1), 0, DAY, State.DOWN, seconds, day.uptime)
        svg = draw_bars([made])
        found = re.search(r'class="d" d="M3.5 32v-6m0-3v-([\d.]+)"', svg)
        assert found
        heights.append(float(found[1]))
        assert ('class="v"' in svg) == (minutes < 1440)
    assert heights == sorted(set(heights))
    assert heights[0] >= 4
    assert heights[-1] == 23


def test_days_lead_to_their_neighbours(built: dict[str, str]) -> None:
    steps = built["days/2026-11-19/index.html"].partition('<p class="steps">')[2]

    assert re.search(r'href="../../days/2026-11-20/" rel="next"', steps)
    assert re.search(r'href="../../days/2026-11-18/" rel="prev"', steps)
    assert 'rel="prev"' not in built["days/2026-11-18/index.html"]
    assert 'rel="next"' not in built["days/2026-11-21/index.html"]


def test_the_run_is_linked_of_rounds_that_a_workflow_made_alone() -> None:
    plain = factory.settings()
    repository = "https://github.com/example/status"
    settings = replace(plain, site=replace(plain.site, repository=repository))

    assert run_link(settings, "20261120T201003Z-github-8812-1").endswith("/8812/attempts/1")
    assert run_link(settings, "20261120T201003Z-laptop-8812-1") == ""


def test_the_worst_stands_first_and_what_is_left_out_is_counted() -> None:
    settings = factory.settings({"": ["a", "b"]})
    slow, gone = (
        factory.component(name, "u" * 89 + letter) for name, letter in (("a", "g"), ("b", "d"))
    )
    today = gone.bars[-1]
    many = tuple(
        Stretch(today.start + at * 600, today.start + at * 600 + 60, State.DOWN) for at in range(9)
    )
    gone = replace(gone, bars=(*gone.bars[:-1], replace(today, wrong=many)))
    entry = render_site(settings, factory.snapshot({"": [slow, gone]}), []).entries[
        f"days/{today.day}/index.html"
    ]
    assert isinstance(entry, Asset)
    measured = text_of(entry.content.decode()).partition("State")[2]

    assert measured.index("B Major Outage") < measured.index("A Degraded")
    assert measured.count("Major Outage (1 min)") == 6
    assert "3 more" in measured


def test_an_old_day_of_which_nothing_is_known_has_no_page() -> None:
    settings, snapshot, _ = scenes.quiet()
    before = factory.bars("u?d", now=snapshot.now - 100 * DAY)
    group = snapshot.groups[0]
    whole = replace(group.components[0], older=before)
    seen = replace(
        snapshot,
        groups=(replace(group, components=(whole, *group.components[1:])), *snapshot.groups[1:]),
    )
    entries = render_site(settings, seen, []).entries

    assert [f"days/{bar.day}/index.html" in entries for bar in before] == [False, False, True]


def test_an_incident_that_ended_as_the_day_began_touched_it() -> None:
    ended = factory.incident(started=100, resolved=1000)

    assert incidents_between([ended], 1000, 2000, 5000) == (ended,)
    assert incidents_between([ended], 1001, 2000, 5000) == ()
    assert incidents_between([ended], 0, 100, 5000) == ()


def test_an_incident_that_was_withdrawn_is_told_of_no_day_and_no_month() -> None:
    settings, snapshot, _ = scenes.quiet()
    old = parse_instant("2025-03-09T10:00:00Z")
    told = factory.incident("old", started=old, resolved=old + HOUR)
    entries = render_site(settings, snapshot, [replace(told, withdrawn=old + DAY)]).entries

    assert "days/2025-03-09/index.html" not in entries
    assert "history/2025-03/index.html" not in entries
    assert "incidents/old/index.html" in entries

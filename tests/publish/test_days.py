"""The page of a day: what happened to whom, and the rounds behind it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, Instant, format_instant, parse_instant
from statusgen.base.states import State
from statusgen.probe.round import Check, Round
from statusgen.publish.bars import draw_bars
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
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

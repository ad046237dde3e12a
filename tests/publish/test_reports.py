"""Reports of closed periods, built from files as a workflow builds them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from statusgen.base.clock import DAY, HOUR, MINUTE, parse_instant
from statusgen.base.states import State
from statusgen.history.reportlog import NAME
from statusgen.probe.round import Check
from statusgen.publish.api.schemas import all_schemas, schema_of
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset
from statusgen.run.reports import Reports
from statusgen.run.site import Site
from tests.history.made import made_round, write_rounds
from tests.status.methods_oracle import figures

BEGUN = parse_instant("2026-10-01T00:00:00Z")
ENDED = parse_instant("2026-11-01T00:00:00Z")
NOW = parse_instant("2026-11-03T12:00:00Z")
STEP = 10 * MINUTE
CONFIG = """\
site: {name: Example Status, url: https://status.example.com/}
defaults: {interval: 10m}
monitors:
  - {id: api, name: Backend API, url: https://api.example.com/}
  - {id: web, name: Website, url: https://www.example.com/}
objectives:
  - {id: api-99, monitors: [api], target: 99%, window: 30d}
  - {id: api-999, monitors: [api], target: 99.9%, window: 30d}
agreements:
  - id: gold
    name: Gold support
    monitors: [api]
    target: 99.9%
    method: counted
    clause: "§ 4.2: The service is available for 99.9 % of each month."
    credits:
      - {below: 99.9%, credit: 10%}
      - {below: 99.5%, at_least: 95%, credit: 25%}
    fee: 500.00 EUR
    claim_within: 30d
"""
WINDOW = """\
---
title: New disks
affected: [api]
start: 2026-10-03 00:00 UTC
end: 2026-10-03 03:00 UTC
---

The disks are replaced.
"""
DOWN = Check(state=State.DOWN, reason="timeout", attempts=3)
SLOW = Check(state=State.DEGRADED, ms=1900, code=200, reason="slow")
UP = Check(state=State.UP, ms=120, code=200)
OUTAGE = parse_instant("2026-10-03T01:00:00Z")
SILENT = parse_instant("2026-10-21T00:00:00Z")


def seen(at: int) -> Check | None:
    """What a check of the API saw; None: nobody looked."""
    if OUTAGE <= at < OUTAGE + 2 * HOUR:
        return DOWN  # within maintenance
    if parse_instant("2026-10-06T00:00:00Z") <= at < parse_instant("2026-10-06T00:30:00Z"):
        return SLOW
    if at == parse_instant("2026-10-13T00:00:00Z"):
        return DOWN  # over within a quarter of an hour
    if SILENT <= at < SILENT + HOUR:
        return DOWN
    return None if SILENT + HOUR <= at < SILENT + 7 * HOUR else UP


def written(root: Path, config: str = CONFIG, window: str = WINDOW) -> Path:
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(config)
    if window:
        (root / "content/maintenance").mkdir(parents=True)
        (root / "content/maintenance/2026-10-03-disks.md").write_text(window)
    rounds = [
        made_round(at, {"api": check, "web": UP})
        for at in range(BEGUN, NOW, STEP)
        if (check := seen(at)) is not None
    ]
    write_rounds(root / "data/history", rounds)
    return root


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("october"))


def built(root: Path, now: int = NOW) -> dict[str, bytes]:
    manifest = build_manifest(BuildOptions(root=root, now=now))
    return {each.path: each.content for each in manifest if isinstance(each, Asset)}


def text_of(page: bytes) -> str:
    main = page.decode().partition("<main")[2].partition("</main>")[0]
    shown = html.unescape(re.sub(r"<[^>]+>", " ", main))
    text = " ".join(shown.replace("\u00a0", " ").replace("\u202f", " ").split())
    return text.replace(" .", ".").replace(" ,", ",")


def read(files: dict[str, bytes]) -> Any:
    return json.loads(files["reports/2026-10/report.json"])


def units() -> str:
    """The API's October in letters of five minutes, by the rule of the longest gap: 25 minutes."""
    letters = {State.UP: "u", State.DOWN: "d", State.DEGRADED: "g"}
    past = ["?"] * ((ENDED - BEGUN) // 300)
    for at in range(BEGUN, ENDED, STEP):
        check = seen(at)
        if check is not None:
            for place in range((at - BEGUN) // 300, (at - BEGUN) // 300 + 5):
                if place < len(past):
                    past[place] = letters[check.state]
    return "".join(past)


def test_a_closed_month_is_told_by_five_methods(october: Path) -> None:
    """The expected figures are counted in units of five minutes, by code of the tests alone."""
    window = set(range(2 * 288, 2 * 288 + 36))
    expected = figures(units(), window, window, 0, 31 * 288, quarter=3)

    files = built(october)

    api, web = read(files)["availability"]
    assert {name: each["exact"] for name, each in api["methods"].items()} == {
        name: str(ratio) for name, ratio in expected.items()
    }
    shown = [each["uptime"] for each in api["methods"].values()]
    assert shown == ["99.80", "99.53", "99.03", "99.03", "98.99"]
    assert [each["uptime"] for each in web["methods"].values()] == ["100.00"] * 5
    page = text_of(files["reports/2026-10/index.html"])
    assert "99.80 % 99.53 % 99.03 % 99.03 % 98.99 % 1 h 25 min 99.22 %" in page
    assert "Statuspage" in page
    assert "https://docs.incident.io/status-pages/uptime-calculation.md" in page


def test_a_report_says_what_else_there_was(october: Path) -> None:
    page = text_of(built(october)["reports/2026-10/index.html"])

    assert "1 Oct 2026 to 31 Oct 2026, time zone UTC" in page
    assert "New disks" in page
    assert "Backend API api-99 99.00 % 99.80 % met" in page
    assert "Backend API api-999 99.90 % 99.80 % missed" in page
    assert "Days on which something was not operational:" in page
    assert "13 Oct 2026" in page


def test_an_agreement_is_computed_beside_its_clause(october: Path) -> None:
    """Counted by hand: of 2,678,400 s 20,700 were not observed; 2 h, 10 min and 75 min were bad."""
    counted = 2_678_400 - 20_700
    good = counted - 7200 - 600 - 4500
    assert 0.995 < good / counted < 0.999

    page = text_of(built(october)["reports/2026-10/index.html"])

    assert "The agreement says: § 4.2: The service is available" in page
    assert f"{good:,} s good of {counted:,} s counted are 99.537" in page
    assert "Broken: 99.537" in page
    assert "is below 99.90 %" in page
    assert (
        "Credit owed: 10.00 % of the fee, for an uptime of at least 99.50 % and below 99.90 %"
        in page
    )
    assert "10.00 % of 500.00 EUR is 50.00 EUR" in page
    assert "To be claimed by 30 Nov 2026 at the latest" in page


def test_a_period_is_reported_when_it_is_over(october: Path) -> None:
    soon = built(october, now=ENDED + 2 * HOUR)
    later = built(october)

    assert not [path for path in soon if path.startswith("reports/2026")]
    assert "No period is closed yet" in text_of(soon["reports/index.html"])
    assert {path.split("/")[1] for path in later if path.startswith("reports/2026")} == {"2026-10"}


def test_csv_and_json_hold_the_same_and_keep_to_their_schema(october: Path) -> None:
    files = built(october)

    told = read(files)
    jsonschema.validate(told, all_schemas()[schema_of("reports/2026-10/report.json")])
    table = list(csv.DictReader(io.StringIO(files["reports/2026-10/report.csv"].decode())))
    assert [row["component"] for row in table] == ["api", "web"]
    assert table[0]["uptime_upptime"] == told["availability"][0]["methods"]["upptime"]["uptime"]
    assert table[0]["coverage"] == "99.22"
    # Without the window of three hours: 31 days, of which 5 h 45 min were not observed.
    out_of = 31 * DAY - 3 * HOUR
    assert Fraction(told["availability"][0]["coverage"]) == Fraction(out_of - 345 * MINUTE, out_of)


def test_the_same_inputs_make_the_same_bytes_at_whatever_later_moment(october: Path) -> None:
    reports = [
        {
            path: each
            for path, each in built(october, now).items()
            if path.endswith(("t.json", "t.csv"))
        }
        for now in (NOW, NOW, NOW - 2 * HOUR)
    ]

    assert reports[0] == reports[1] == reports[2]


def test_a_window_declared_late_makes_a_second_revision(tmp_path: Path) -> None:
    root = written(tmp_path, window="")
    first = text_of(built(root)["reports/2026-10/index.html"])
    assert "Revision 1, first seen by this build." in first
    Reports(Site(root, given_now=NOW)).note(NOW)
    noted = text_of(built(root)["reports/2026-10/index.html"])
    assert "Revision 1, noted 3 Nov 2026, 12:00 UTC." in noted

    (root / "content/maintenance").mkdir(parents=True)
    (root / "content/maintenance/2026-10-03-disks.md").write_text(WINDOW)
    changed = text_of(built(root)["reports/2026-10/index.html"])

    assert "Revision 2, first seen by this build. Changed: availability, maintenance" in changed
    assert "This page: Backend API was 99.53 %, now 99.80 %" in changed
    assert "Revision 1, noted 3 Nov 2026, 12:00 UTC." in changed
    Reports(Site(root, given_now=NOW)).note(NOW + DAY)
    Reports(Site(root, given_now=NOW)).note(NOW + DAY)  # again: nothing is new
    last = built(root)
    assert "Revision 2, noted 4 Nov 2026, 12:00 UTC." in text_of(last["reports/2026-10/index.html"])
    assert [each["number"] for each in read(last)["revisions"]] == [1, 2]
    assert len((root / "data/history" / NAME).read_bytes().splitlines()) == 2


def test_a_postmortem_is_a_revision_that_changes_no_figure(tmp_path: Path) -> None:
    root = written(tmp_path)
    told = root / "content/incidents"
    told.mkdir(parents=True)
    incident = (
        "---\ntitle: API down\nimpact: major\naffected: [api]\nstarted: 2026-10-21 00:00 UTC\n"
        "resolved: 2026-10-21 07:00 UTC\n---\n\n## Investigating: 2026-10-21 00:05 UTC\n\n"
        "We look.\n\n"
        "## Resolved: 2026-10-21 07:00 UTC\n\nIt works.\n"
    )
    (told / "2026-10-21-api.md").write_text(incident)
    Reports(Site(root, given_now=NOW)).note(NOW)
    more = "\n## Postmortem: 2026-11-02 09:00 UTC\n\nA disk was full.\n"
    (told / "2026-10-21-api.md").write_text(incident + more)

    page = text_of(built(root)["reports/2026-10/index.html"])

    assert "API down" in page
    assert "Revision 2, first seen by this build. Changed: incidents." in page
    assert " was 9" not in page


def test_a_site_that_asks_for_it_shows_upptimes_figure_and_says_so(tmp_path: Path) -> None:
    root = written(tmp_path, CONFIG + "compat: upptime\n")

    files = built(root, now=ENDED)

    component = text_of(files["components/api/index.html"])
    assert "98.99 %" in component  # since the first check: that month
    assert "99.80 %" not in component
    for page in ("index.html", "components/api/index.html", "days/2026-10-13/index.html"):
        assert "Upptime's arithmetic" in html.unescape(files[page].decode())
    rows = json.loads(files["history/summary.json"])
    assert rows[0]["uptimeYear"] == "98.99%"
    assert b"98.99%" in files["api/api/uptime-year.json"]
    later = built(root)
    assert "This site shows Upptime's figure" in text_of(later["reports/2026-10/index.html"])
    assert read(later)["availability"][0]["methods"]["ours"]["uptime"] == "99.80"


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    config = (
        CONFIG.replace("§ 4.2: The", bad).replace("Gold support", bad).replace("Website", "=1+1")
    )
    root = written(tmp_path, config, WINDOW.replace("New disks", bad))

    files = built(root)

    page = files["reports/2026-10/index.html"].decode()
    assert bad not in page
    assert html.escape(bad) in page
    assert '"\'=1+1"' in files["reports/2026-10/report.csv"].decode()

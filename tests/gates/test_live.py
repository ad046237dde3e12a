"""A roadmap beside what goes on, on a made history whose truth is known: pages, feed and API."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from statusgen.base.clock import DAY, HOUR, parse_instant
from tests.cli.harness import Done, statusgen, write_config

# ruff: noqa: E501 - lines of YAML
NOW = parse_instant("2026-11-20T12:00:00Z")
STEP = 600
DAYS = 40
HOSTILE = "<script>alert(1)</script>"
FIRST_FALL = parse_instant("2026-11-05T10:00:00Z")
DOWN = {
    # Two hours on one day, and 40 minutes on another; the new web server fell once, early on.
    "db": {*range(FIRST_FALL, FIRST_FALL + 2 * HOUR, STEP)},
    "web-old": {*range(NOW - 3 * DAY, NOW - 3 * DAY + 4 * STEP, STEP)},
    "web-new": {NOW - 9 * DAY},
}
CONFIG = """\
site: {name: Test, url: 'https://status.example/'}
canaries: []
defaults: {interval: 10m}
monitors:
  - {id: db, name: Database, url: 'https://db.example/'}
  - {id: web-old, name: Old web, url: 'https://old.example/'}
  - {id: web-new, name: New web, url: 'https://new.example/'}
"""
ROADMAP = f"""\
id: plan
name: Plan
currency: USD
start: 2026-10-26
stages:
  - id: now
    name: One of each
    status: current
    reached: 2026-10-30
    owner: Ines
    items:
      - {{id: web, name: Web server, service: {{name: VM, price: $10/month}}, status: done, changed: 2026-11-02}}
      - {{id: docs, name: Documents, owner: "{HOSTILE}", due: 2026-11-18, issue: "javascript:alert(1)"}}
      - {{id: tests, name: Tests, progress: 40%, issue: "o/r#12", depends_on: [docs], due: 2026-12-01, changed: 2026-11-19}}
  - id: two
    name: Two web servers
    reached: 2026-11-16
    due: 2027-02
    items:
      - id: move
        name: Move the web
        from: {{name: VM, price: $10/month}}
        to: {{name: VPS, price: $22/month}}
        dual_run: {{from: web-old, to: web-new, start: 2026-11-10, clean_days: 7}}
architectures:
  - id: one
    name: One web server
    nodes:
      users: {{label: Users, optional: true}}
      web: {{label: "{HOSTILE}", component: web-old}}
      db: {{label: Database, component: db}}
    edges: [users -> web, web -> db]
  - id: both
    name: Two web servers
    stage: two
    nodes:
      web-1: {{label: Web 1, component: web-old, parallel: web}}
      web-2: {{label: Web 2, component: web-new, parallel: web}}
      db: {{label: Database, component: db}}
limitations:
  - {{id: alone, risk: The database stands alone, impact: It falls with us, components: [db]}}
success:
  - {{id: web, text: The web is up, metric: uptime, target: ">= 99.9%", window: 7d, components: web-old}}
  - {{id: all, text: All is up, metric: uptime, target: ">= 99.99%", window: 7d, components: db, stage: two}}
rollback:
  triggers:
    - {{id: db-down, text: Database down, metric: downtime, target: "> 30 minutes", window: 24h, components: db}}
    - {{id: blink, text: Blink, metric: downtime, target: "> 5 minutes", window: 24h, components: db}}
"""
DEPLOYS = f"""\
at,what,component,version
2026-11-05T09:40:00Z,"{HOSTILE}, and more",db,v2
2026-11-05T09:45:00Z,Other,web-old,v3
2026-11-01,Long before,db,v1
"""
INCIDENT = """\
---
title: The database fell
impact: major
affected: [db]
limitations: [plan/alone]
started: 2026-11-05T10:00:00Z
resolved: 2026-11-05T12:00:00Z
---

## Resolved · 2026-11-05T12:00:00Z

It is back.
"""


def history(folder: Path) -> None:
    days: dict[Path, list[str]] = {}
    for at in range(NOW - DAYS * DAY, NOW + 1, STEP):
        moment = datetime.fromtimestamp(at, UTC)
        checks = {
            name: {"state": "down", "ms": 9, "code": 503, "reason": "status"}
            if at in falls
            else {"state": "up", "ms": 80 if name == "web-new" else 120, "code": 200}
            for name, falls in DOWN.items()
        }
        line = {
            "v": 1, "round": f"{moment:%Y%m%dT%H%M%SZ}-t-1-1", "at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "vantage": "t", "took": 9, "net": "ok", "checks": checks,
        }  # fmt: skip
        path = folder / f"data/history/{moment:%Y}/{moment:%m}/{moment:%Y-%m-%d}.jsonl"
        days.setdefault(path, []).append(json.dumps(line, separators=(",", ":")) + "\n")
    for path, lines in days.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), "utf-8")


def write(folder: Path, **files: str) -> None:
    write_config(folder, CONFIG)
    names = {
        "roadmap": "data/roadmaps/plan.yml",
        "deploys": "data/deploys.csv",
        "incident": "content/incidents/2026-11-05-db.md",
    }
    for key, text in files.items():
        path = folder / names[key]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def build(folder: Path) -> Done:
    return statusgen(
        folder, "build", "--engine", "none", "--out", "out", "--now", "2026-11-20T12:00:00Z"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("live")
    write(folder, roadmap=ROADMAP, deploys=DEPLOYS, incident=INCIDENT)
    history(folder)
    built = build(folder)
    assert built.code == 0, built.err
    return folder / "out"


def read(site: Path, page: str) -> str:
    """Return what a visitor reads, each run of space as one."""
    text = (site / page / "index.html").read_text("utf-8")
    text = re.sub(r"<(style|script|template)\b.*?</\1>", " ", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\u00a0", " ").split())


def api(site: Path) -> dict[str, Any]:
    found = json.loads((site / "api/roadmaps.json").read_text())
    schema = json.loads((site / "schema/api/roadmaps.json").read_text())
    Draft202012Validator(schema).validate(found)
    one: dict[str, Any] = found["roadmaps"][0]
    return one


def share(*names: str) -> Fraction:
    """The truth: each failed check stands until the next."""
    up = Fraction(1)
    for name in names:
        up *= 1 - Fraction(STEP * len(DOWN[name]), DAYS * DAY)
    return up


def test_a_node_shows_its_state_and_its_days(site: Path) -> None:
    page = read(site, "roadmaps/plan/architecture")
    assert "Operational · 99.93 %" in page  # of the old web server, over its whole life
    assert "failures on 1 of 41 days" in page
    drawn = (site / "roadmaps/plan/architecture/architecture-one.svg").read_text()
    assert 'class="f-warn"' in drawn
    assert 'class="f-good"' in drawn


def test_the_forecast_is_that_of_the_measured_parts(site: Path) -> None:
    found = {each["architecture"]: each for each in api(site)["forecasts"]}
    in_row = share("web-old", "db")
    beside = share("db") * (1 - (1 - share("web-old")) * (1 - share("web-new")))
    assert found["one"]["availability"]["figure"] == int(in_row * 10**6) / 10**6
    assert found["both"]["availability"]["figure"] == int(beside * 10**6) / 10**6
    low, high = (found["both"]["availability"][end] for end in ("low", "high"))
    assert low < found["both"]["availability"]["figure"] < high < 1
    page = read(site, "roadmaps/plan/architecture")
    assert "independently of each other" in page
    assert "Clopper and Pearson" in page
    assert "measured: Web 1, Web 2 and Database" in page


def test_a_promise_above_the_whole_interval_is_a_finding(site: Path) -> None:
    gates = json.loads((site / "api/gates.json").read_text())["gates"]
    one = next(each for each in gates if each["kind"] == "forecast")
    assert (one["id"], one["verdict"], one["good"]) == ("all", "missed", False)
    assert "All is up: >= 99.99% is promised," in read(site, "roadmaps/plan").replace("≥", ">=")
    assert "out of reach" in read(site, "roadmaps/plan/gates")


def test_a_stage_says_what_a_minute_costs_that_it_saves(site: Path) -> None:
    minute = api(site)["minutes"][0]
    saved = share("db") * (1 - (1 - share("web-old")) * (1 - share("web-new"))) - share(
        "web-old", "db"
    )
    minutes = saved * Fraction(1461, 48) * 24 * 60
    assert minute["saved_minutes_a_month"]["figure"] == pytest.approx(float(minutes), abs=1e-5)
    assert minute["cost_a_month"] == [12.0, 12.0]  # the $10 of the first stage are paid today
    assert minute["price_a_minute"][0] == pytest.approx(12 / float(minutes), abs=1e-3)
    assert "the intervals overlap" in read(site, "roadmaps/plan/stages/two")


def test_triggers_stand_beside_deployments_and_incidents(site: Path) -> None:
    replay = api(site)["replay"]
    firing = next(each for each in replay["firings"] if each["trigger"] == "db-down")
    # More than 30 minutes were lost from 10:40 on; the day after, at 12:00, the last fell out.
    assert firing["start"] == "2026-11-05T11:00:00Z"
    assert firing["end"] == "2026-11-06T12:00:00Z"
    assert [each["version"] for each in firing["deployments"]] == ["v2"]
    assert [each["id"] for each in firing["incidents"]] == ["2026-11-05-db"]
    assert [each["trigger"] for each in replay["too_seldom"]] == ["blink"]
    assert replay["too_seldom"][0]["wanted_seconds"] == 150
    page = read(site, "roadmaps/plan/gates")
    assert f"5 Nov 2026, 09:40 v2 {HOSTILE}, and more" in page
    assert (
        "Blink (> 5 minutes in 1 d) wants checks of at most 150 s; they come every 10 min" in page
    )


def test_a_dual_run_shows_both_sides_and_when_the_old_may_go(site: Path) -> None:
    page = read(site, "roadmaps/plan/stages/two")
    found = api(site)["dual_runs"][0]["measured"]
    assert (found["days"], found["clean_days"], found["safe"]) == (10, 8, True)
    assert (found["from"]["lost_seconds"], found["to"]["lost_seconds"]) == (4 * STEP, STEP)
    assert found["to"]["p50_ms"] < found["from"]["p50_ms"]
    assert "Safe to switch off Old web, as far as checks can tell: 8 clean days in a row" in page
    assert "$10" in page
    assert "$22" in page


def test_a_limitation_collects_its_incidents(site: Path) -> None:
    assert "The database fell 1 incident, 2 h" in read(site, "roadmaps/plan/decisions")
    assert "The database stands alone: 1 incident so far, 2 h." in read(site, "roadmaps/plan")


def test_the_overview_says_who_by_when_and_what_holds_back(site: Path) -> None:
    page = read(site, "roadmaps/plan")
    assert f"Who Ines, {HOSTILE}" in page
    assert "Documents was due on 18 Nov 2026." in page
    assert "Tests waits for Documents." in page
    written = (site / "roadmaps/plan/index.html").read_text()
    assert '<a href="https://github.com/o/r/issues/12"' in written
    assert 'href="javascript:' not in written
    work = json.loads((site / "roadmaps/plan/work.json").read_text())
    assert "40 %" in json.dumps(work, ensure_ascii=False).replace("\u00a0", " ")


def test_no_text_of_an_author_becomes_an_element(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert HOSTILE not in path.read_text("utf-8"), path
    for path in site.rglob("*.svg"):
        assert "<script" not in path.read_text("utf-8"), path


def test_the_timeline_has_real_dates_a_today_and_what_waits(site: Path) -> None:
    page = read(site, "roadmaps/plan/timeline")
    assert "The dashed line is the day of this page." in page
    assert "A thin arrow leads to what waits" in page  # from Documents to Tests
    assert "Tests 1 Dec 2026 now Documents" in page  # and the table says after what
    assert "late" in page


def test_a_component_leads_back_to_the_roadmap(site: Path) -> None:
    page = (site / "components/web-new/index.html").read_text()
    assert "In the roadmaps" in page
    assert "../../roadmaps/plan/stages/two/#move" in page
    assert "../../roadmaps/plan/architecture/#both" in page


def test_the_feed_tells_what_happened_and_tells_it_again_the_same(site: Path) -> None:
    feed = ElementTree.fromstring((site / "roadmaps/plan/rss.xml").read_text())
    items = {each.findtext("title"): each for each in feed.iter("item")}
    assert list(items) == [
        "Promise broken: The web is up",
        "Stage reached: Two web servers",
        "Cost changed: Two web servers",
        "Promise broken: All is up",  # so few checks cannot prove that it is kept again
        "Done: Web server",
        "Stage reached: One of each",
    ]
    cost = items["Cost changed: Two web servers"].findtext("description") or ""
    assert "from $10 to $32 per month" in cost
    guids = [each.findtext("guid") for each in items.values()]
    assert len(set(guids)) == len(guids)
    folder = site.parent
    again = statusgen(
        folder, "build", "--engine", "none", "--out", "later", "--now", "2026-11-20T12:07:00Z"
    )
    assert again.code == 0, again.err
    later = folder / "later/roadmaps/plan/rss.xml"
    assert later.read_bytes() == (site / "roadmaps/plan/rss.xml").read_bytes()


@pytest.mark.parametrize(
    ("deploys", "line", "said"),
    [
        ("when,what\n2026-11-01,A\n", 1, "name it at"),
        ("2026-11-01,A\n", 1, "there is no column at"),
        ("at,what\nyesterday,A\n", 2, "'yesterday' is not a time"),
        ("at,component\n2026-11-01,web\n", 2, "there is no component 'web'"),
        ("at,what\n2026-11-01,A, and B\n", 2, "more values than columns"),
        ("# none\nat,what,what\n", 2, "stands here twice"),
    ],
)
def test_a_fault_of_deployments_is_told_with_its_line(
    tmp_path: Path, deploys: str, line: int, said: str
) -> None:
    write(tmp_path, deploys=deploys)
    done = statusgen(tmp_path, "validate")
    assert done.code == 2
    assert f"data/deploys.csv:{line}:1" in done.out + done.err
    assert said in done.out + done.err


@pytest.mark.parametrize(
    "deploys", ["", "# none yet\n", "at\n", "\ufeffAt,What\r\n2026-11-01 14:00,A\r\n"]
)
def test_what_looks_odd_and_is_none_is_silent(tmp_path: Path, deploys: str) -> None:
    write(tmp_path, deploys=deploys)
    done = statusgen(tmp_path, "validate")
    assert done.code == 0, done.out + done.err


def test_an_incident_that_names_no_weakness_is_told(tmp_path: Path) -> None:
    write(tmp_path, roadmap=ROADMAP, incident=INCIDENT.replace("plan/alone", "plan/alon"))
    done = statusgen(tmp_path, "validate")
    assert "2026-11-05-db.md:5:15" in done.out + done.err
    assert "plan/alone" in done.out + done.err


def test_the_page_of_all_feeds_lists_those_of_the_roadmaps(site: Path) -> None:
    assert "Plan roadmap RSS" in read(site, "subscribe")
    page = (site / "subscribe/index.html").read_text("utf-8")
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert f'href="../roadmaps/plan/{name}"' in page
    assert 'data-copy="https://status.example/roadmaps/plan/rss.xml"' in page

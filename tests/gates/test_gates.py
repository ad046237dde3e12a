"""Promises on a made history whose truth is known, through the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import DAY, parse_instant
from statusgen.gates.files import read_series
from statusgen.gates.trend import Crossing, Refusal, crossing
from tests.cli.harness import statusgen, write_config

NOW = parse_instant("2026-11-20T12:00:00Z")
STEP = 300
DAYS = 45
DOWN = {
    # three quarters of an hour, nine days ago
    *range(NOW - 9 * DAY, NOW - 9 * DAY + 45 * 60, STEP),
    # two checks, five hours ago
    NOW - 5 * 3600, NOW - 5 * 3600 + STEP,
}  # fmt: skip
CONFIG = """\
site: {name: Test, url: 'https://status.example/'}
canaries: []
defaults: {interval: 5m}
monitors:
  - {id: api, name: API, url: 'https://api.example/'}
objectives:
  - {id: kept, monitors: [api], target: 99%, window: 30d}
  - {id: lost, monitors: [api], target: 99.9%, window: 30d}
"""
ROADMAP = """\
id: plan
name: Plan
currency: USD
stages:
  - {id: now, name: Now, trigger: Now}
  - {id: more, name: More, trigger: 50+ users, cost: $100/month}
  - {id: many, name: Many, trigger: 500+ users}
success:
  - {id: uptime, text: Steady, metric: uptime, target: "> 99.5%", window: 30d, components: api}
  - {id: tight, text: Steadier, metric: uptime, target: "> 99.99%", window: 7d, components: api}
  - {id: fast, text: Fast, metric: latency_p95, target: "< 200ms", window: 7d, components: api}
  - {id: cheap, text: Cheap, metric: cost, target: "< $120/month", formula: more.stated}
  - {id: nothing, text: Nobody measures it, metric: uptime, target: "> 99%"}
rollback:
  triggers:
    - {id: hour, text: Hour, metric: downtime, target: "> 60 minutes", window: 30d, components: api}
    - {id: blink, text: B, metric: downtime, target: "> 5 minutes", window: 24h, components: api}
    - {id: seldom, text: S, metric: downtime, target: "> 5 minutes", window: 1h, components: api}
metrics:
  - {id: queue, name: Queue, alert: "> 100 pending tasks"}
  - {id: pool, name: Pool, alert: "> 80% of pool"}
"""
USERS = "# from the billing database\ndate,value\n" + "".join(
    f"2026-{month:02}-01,{count}\n"
    for month, count in zip(range(6, 12), (20, 31, 40, 52, 61, 70), strict=True)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_config(folder, CONFIG)
    files = {
        "data/roadmaps/plan.yml": ROADMAP,
        "data/metrics/users.csv": USERS,
        "data/metrics/queue.csv": "2026-11-19,140\n2026-11-20,90\n",
    }
    days: dict[str, list[str]] = {}
    for at in range(NOW - DAYS * DAY, NOW + 1, STEP):
        moment = datetime.fromtimestamp(at, UTC)
        check = {"state": "down", "ms": 9, "code": 503, "reason": "status"} if at in DOWN else {
            "state": "up", "ms": 120, "code": 200,
        }  # fmt: skip
        line = {
            "v": 1, "round": f"{moment:%Y%m%dT%H%M%SZ}-t-1-1", "at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "vantage": "t", "took": 9, "net": "ok", "checks": {"api": check},
        }  # fmt: skip
        name = f"data/history/{moment:%Y}/{moment:%m}/{moment:%Y-%m-%d}.jsonl"
        days.setdefault(name, []).append(json.dumps(line, separators=(",", ":")) + "\n")
    files |= {name: "".join(lines) for name, lines in days.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(site: Path, *more: str) -> tuple[dict[str, Any], dict[str, Any], int]:
    done = statusgen(site, "gates", "--json", "--now", "2026-11-20T12:00:00Z", *more)
    assert done.code in (0, 1), done.err
    gates = {f"{each['kind']}/{each['id']}": each for each in done.json["gates"]}
    return {each["id"]: each for each in done.json["objectives"]}, gates, done.code


def lost(window: int) -> int:
    """The truth, from the list above: each failed check stands until the next."""
    return STEP * len([at for at in DOWN if at >= NOW - window])


def test_every_promise_has_a_verdict_or_says_why_not(site: Path) -> None:
    _, gates, _ = told(site)
    assert {name: (each["verdict"], each["why"]) for name, each in gates.items()} == {
        "success/uptime": ("met", None),
        "success/tight": ("missed", None),
        "success/fast": ("met", None),
        "success/cheap": ("met", None),
        "success/nothing": ("unknown", "source"),
        "trigger/hour": ("missed", None),
        "trigger/blink": ("met", None),
        "trigger/seldom": ("unknown", "samples"),
        "metric/queue": ("missed", None),
        "metric/pool": ("unknown", "source"),
        "stage/more": ("met", None),
        "stage/many": ("missed", None),
    }
    assert {name for name, each in gates.items() if each["good"] is False} == {
        "success/tight", "trigger/blink", "stage/many",
    }  # fmt: skip


def test_the_figures_are_those_of_the_truth(site: Path) -> None:
    objectives, gates, _ = told(site)
    month = 30 * DAY
    assert lost(month) == 55 * 60
    uptime = gates["success/uptime"]
    assert uptime["figure"] == int(10**6 * Fraction(month - lost(month), month)) / 10**6
    assert gates["trigger/hour"]["figure"] == lost(month)
    assert gates["trigger/blink"]["figure"] == lost(DAY) == 600
    assert gates["success/fast"]["figure"] == pytest.approx(0.12, rel=0.05)
    assert (gates["success/cheap"]["figure"], gates["metric/queue"]["figure"]) == (100, 90)
    kept, gone = objectives["kept"], objectives["lost"]
    assert (kept["verdict"], gone["verdict"]) == ("met", "missed")
    assert kept["budget_seconds"] == month // 100
    assert kept["budget_left_seconds"] == month // 100 - lost(month)
    assert gone["budget_left_seconds"] == 2592 - lost(month)
    assert (gone["proof"]["checks"], gone["proof"]["failed"]) == (8640, 11)
    # 708 seconds too many: the first to leave are those of the outage nine days ago.
    again = parse_instant(gone["met_again"])
    assert again == NOW - 9 * DAY + (lost(month) - 2592) + month


def test_since_when_follows_from_the_past_alone(site: Path) -> None:
    objectives, gates, _ = told(site)
    # 2592 seconds were lost at 12:43, and the first check of the day that failed was at 07:00.
    assert objectives["lost"]["since"] == "2026-11-11T12:00:00Z"
    assert gates["success/tight"]["measured"]["since"] == "2026-11-20T07:00:00Z"
    for day in ("2026-11-12T12:20:00Z", "2026-11-19T12:00:00Z"):
        before = statusgen(site, "gates", "--json", "--now", day).json
        earlier = {each["id"]: each for each in before["objectives"]}
        assert earlier["lost"]["since"] == objectives["lost"]["since"]


def test_a_trigger_is_run_over_the_recorded_past(site: Path) -> None:
    """Nine days ago three quarters of an hour were lost, and today ten minutes: each for a day."""
    _, gates, _ = told(site)
    first, second = gates["trigger/blink"]["fired"]
    outage = NOW - 9 * DAY
    # More than five minutes lie in the day behind from 12:05 on, and until five remain.
    assert parse_instant(first["start"]) == outage + 3600
    assert parse_instant(first["end"]) == outage + DAY + 3600
    assert (second["start"], second["end"]) == ("2026-11-20T08:00:00Z", "2026-11-20T12:00:00Z")
    assert gates["trigger/hour"]["fired"] == []
    assert gates["success/tight"]["fired"] == [], "a criterion does not fire"


def test_a_number_that_grows_is_expected_within_a_band(site: Path) -> None:
    _, gates, _ = told(site)
    many = gates["stage/many"]
    assert many["figure"] == 70
    assert many["on"] == "2026-11-01T00:00:00Z"
    assert many["told_by"] == "data/metrics/users.csv: from the billing database"
    found = many["crossing"]
    # Ten users a month: 430 more take about 43 months.
    assert found["first"] < found["likely"] < found["last"]
    assert found["likely"][:4] in ("2029", "2030", "2031")
    assert (found["method"], found["figures"]) == ("line", 6)


def test_pages_api_and_the_exit_code_tell_the_same(site: Path) -> None:
    _, gates, code = told(site, "--exit-code")
    assert code == 1
    built = statusgen(
        site, "build", "--engine", "none", "--out", "out", "--now", "2026-11-20T12:00:00Z"
    )
    assert built.code == 0, built.err
    api = json.loads((site / "out/api/gates.json").read_text())
    assert {f"{each['kind']}/{each['id']}": each for each in api["gates"]} == gates
    component = (site / "out/components/api/index.html").read_text().replace("\u00a0", " ")
    assert (
        "At least 99.90 % in the last 30 d is promised, 99.87 % was measured: missed" in component
    )
    assert "8640 checks, 11 failed: at least 99.78 % (95 %)" in component
    assert "one of 2 min is seen with 40 %" in component
    assert "“At least” is what the checks prove with 95 %" in component
    rows = component[component.index("At least</th>") :]
    month = rows[rows.index("30 days") :]
    assert "99.78 %" in month[: month.index("</tr>")], "8640 checks, 11 failed"
    status = (site / "out/index.html").read_text().replace("\u00a0", " ")
    assert "99.87 % was measured" in status
    assert "8640 checks" not in status, "the details of an objective stand on its component"
    assert "proves no more than" in status
    plan = (site / "out/roadmaps/plan/index.html").read_text().replace("\u00a0", " ")
    assert "99.87 %" in plan
    assert "at least one each 150 s could" in plan
    assert "nothing here measures it" in plan


def test_a_file_of_figures_with_faults_says_where(tmp_path: Path) -> None:
    folder = tmp_path / "data/metrics"
    folder.mkdir(parents=True)
    (folder / "bad.csv").write_text(
        "date,value\n2026-13-01,4\n2026-11-01,many\n2026-11-02,1\n2026-11-02,2\n"
    )
    (folder / "good.csv").write_text("2026-11-01,4\n")
    found, problems = read_series(tmp_path, ZoneInfo("UTC"))
    assert list(found) == ["good"]
    assert [(each.file, each.line) for each in problems] == [
        ("data/metrics/bad.csv", 2), ("data/metrics/bad.csv", 3), ("data/metrics/bad.csv", 5),
    ]  # fmt: skip


def test_what_does_not_grow_crosses_nothing() -> None:
    def reached(*values: int) -> Crossing | Refusal:
        days = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, len(values) + 1)]
        points = [
            (int(day.timestamp()), Fraction(each)) for day, each in zip(days, values, strict=True)
        ]
        return crossing(points, Fraction(100), rising=True)

    for values in ((5, 5, 5, 5), (9, 7, 5, 3), (1, 40, 2, 30, 3, 9)):
        assert reached(*values) is Refusal.FLAT
    assert reached(1, 9, 20) is Refusal.THIN
    assert reached(1, 1, 1, 2, 2, 2, 3, 3, 3, 3) is Refusal.FAR
    assert isinstance(reached(10, 20, 30, 40), Crossing)


def test_an_objective_that_checks_cannot_decide_is_doubted(tmp_path: Path) -> None:
    write_config(
        tmp_path, CONFIG.replace("target: 99%, window: 30d", "target: 99.99%, window: 30d")
    )
    done = statusgen(tmp_path, "validate")
    strict = statusgen(tmp_path, "validate", "--strict")
    said = done.out + done.err
    assert "data/status.yml:7:" in said
    assert "checks every 300 s cannot tell whether it is met" in said
    assert "check every 86 s" in said
    assert (done.code, strict.code) == (0, 1)


def test_a_page_shows_all_promises_and_a_badge_each_objective(site: Path) -> None:
    built = statusgen(
        site, "build", "--engine", "none", "--out", "all", "--now", "2026-11-20T12:00:00Z"
    )
    assert built.code == 0, built.err
    page = (site / "all/roadmaps/plan/gates/index.html").read_text().replace("\u00a0", " ")
    for told in (
        "Steadier",
        "missed since 20 Nov 2026",
        "fired since 20 Nov 2026",
        "not reached",
        "times fired in the last 90 d: 2, last on 20 Nov 2026",
    ):
        assert told in page
    stage = (site / "all/roadmaps/plan/stages/many/index.html").read_text().replace("\u00a0", " ")
    assert (
        "70 users: not reached</small><small>1 Nov 2026, data/metrics/users.csv"
        in stage.replace("<wbr>", "")
    )
    badge = (site / "all/badges/api/objective-lost.svg").read_text()
    assert "API 99.90 %: missed" in badge.replace("\u00a0", " ")
    assert "objective-lost.svg" in (site / "all/badges/index.html").read_text()

"""What ``doctor`` says of a schedule, of alerts, of minutes and of secrets; and of what is well."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from statusgen.base.clock import format_instant
from statusgen.base.states import State
from statusgen.history.record import to_line
from statusgen.notify.message import Outcome, Tone
from statusgen.notify.outbox import Outbox
from statusgen.notify.records import Claim, Record, Send, Try, Want
from statusgen.probe.round import Check, Round
from statusgen.run.site import Site
from statusgen.setup.doctor import Report, examine
from statusgen.setup.schedule_files import Kind, schedule_files
from statusgen.setup.workflows import check_workflows, runs_a_day
from tests.cli.harness import statusgen, write_config
from tests.simulator.github import LAGS

NOW = 1_795_046_400
CONFIG = """\
site: {name: T}
monitors:
  - {id: api, name: API, url: https://api.example/}
"""
WITH_SECRETS = """\
site: {name: T}
monitors:
  - {id: api, name: API, url: "https://api.example/?key=$API_KEY"}
notifications:
  - {id: team, to: $SLACK_URL}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    return tmp_path


def measured(root: Path, times: Iterable[int]) -> None:
    """Write rounds at these instants."""
    from statusgen.history.dayfile import day_of, relative_path

    for at in sorted(times):
        checks = {"api": Check(state=State.UP, ms=5)}
        done = Round(key=f"r-{at}-x-1-1", at=at, vantage="test", took_ms=5, checks=checks)
        path = root / "data" / "history" / relative_path(day_of(at))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(to_line(done))


def looked_at(root: Path, **environ: str) -> Report:
    return examine(Site(root, given_now=NOW), NOW, environ)


def levels(report: Report) -> dict[str, str]:
    return {each.what: each.level for each in report.findings}


def cure(report: Report, what: str) -> str:
    (found,) = [each.cure for each in report.findings if each.what == what]
    return found


def test_where_all_is_well_it_says_so_in_figures(root: Path) -> None:
    measured(root, range(NOW - 3 * 86_400, NOW, 300))

    report = looked_at(root)

    assert report.ok
    assert set(levels(report).values()) == {"fine"}
    assert (report.asked, report.observed, report.holes) == (300, 300, ())


def test_a_cron_that_comes_late_is_told_with_its_holes_and_the_cure(root: Path) -> None:
    at, times = NOW - 600, []
    for lag in LAGS * 4:
        times.append(at)
        at -= lag * 60
    measured(root, times)

    report = looked_at(root)

    assert levels(report)["cadence"] == levels(report)["holes"] == "doubt"
    assert report.observed is not None
    assert report.observed > 3600
    assert max(hole.seconds for hole in report.holes) == max(LAGS) * 60
    assert "statusgen schedule" in cure(report, "cadence")
    assert report.ok  # the page is right: it shows what it does not know


def test_a_visit_of_four_checks_is_one_visit(root: Path) -> None:
    measured(root, (at + n * 60 for at in range(NOW - 86_400, NOW, 3600) for n in range(4)))

    report = looked_at(root)

    assert report.observed == 3600
    assert len(report.holes) == 24


def test_a_schedule_that_stands_still_is_bad(root: Path) -> None:
    measured(root, range(NOW - 2 * 86_400, NOW - 86_400, 300))
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/status.yml").write_text(
        schedule_files(Kind.VISITS)[".github/workflows/status.yml"]
    )

    report = looked_at(root)

    assert not report.ok
    assert levels(report)["schedule"] == "bad"
    assert ".github/workflows/status.yml is enabled" in cure(report, "schedule")


def test_slow_checks_have_no_holes(root: Path) -> None:
    write_config(root, CONFIG.replace("api.example/}", "api.example/, interval: 1h}"))
    measured(root, range(NOW - 3 * 86_400, NOW, 3600))

    report = looked_at(root)

    assert (report.asked, report.observed, report.holes) == (3600, 3600, ())


def test_nothing_recorded_is_bad_and_claims_nothing_else(root: Path) -> None:
    report = looked_at(root)

    assert levels(report)["schedule"] == "bad"
    assert "holes" not in levels(report)


def letter(key: str, at: int, *tries: Try) -> list[Record]:
    to, run, tone, title = "team", "a-1", Tone.PROBLEM, f"{key} is down"
    want = Want(
        at=at, channel=to, run=run, key=f"w{key}", about=f"urn:{key}", id=key, step="opened",
        tone=tone, happened=at, title=title, kind="down",
    )  # fmt: skip
    send = Send(
        at=at, channel=to, run=run, key=key, wants=(want.key,), thread=key, tone=tone,
        severity="major", happened=at, title=title,
    )  # fmt: skip
    return [want, send, Claim(at=at, channel=to, run=run, key=key, number=1), *tries]


def answered(key: str, at: int, outcome: Outcome, *, dead: bool = False) -> Try:
    return Try(
        at=at, channel="team", run="a-1", key=key, number=1, sent=at - 1, outcome=outcome, dead=dead
    )


def test_alerts_and_dead_letters_are_told(root: Path) -> None:
    measured(root, range(NOW - 86_400, NOW, 300))
    day = NOW - 40_000
    Outbox(root / "data/history").append(
        [
            *letter("a", day, answered("a", day + 20, Outcome.SENT)),
            *letter("b", day, answered("b", day + 40, Outcome.SENT)),
            *letter("c", day, answered("c", day + 300, Outcome.SENT)),
            *letter("d", day, answered("d", day + 5, Outcome.PERMANENT, dead=True)),
        ]
    )

    report = looked_at(root)

    assert not report.ok
    assert levels(report)["alerts"] == "bad"
    assert "notify retry" in cure(report, "alerts")
    (latency,) = [each.said for each in report.findings if each.what == "alert latency"]
    assert latency.startswith("3 alerts in 30 days")
    assert report.alerts is not None
    assert (report.alerts.median_s, report.alerts.longest_s) == (40, 300)


@pytest.mark.parametrize(
    ("passes", "lacking"),
    [
        ("", ["API_KEY", "SLACK_URL"]),
        ("# API_KEY: ${{ secrets.API_KEY }}", ["API_KEY", "SLACK_URL"]),  # a comment
        ("API_KEY: ${{ secrets.API_KEY }}", ["SLACK_URL"]),
        ("A: ${{secrets.API_KEY}}\n          B: ${{ secrets.SLACK_URL }}", []),
        ("SECRETS_CONTEXT: ${{ toJSON(secrets) }}", []),
        ("API: ${{ secrets.API_KEY_2 }}", ["API_KEY", "SLACK_URL"]),
    ],
)
def test_a_secret_that_the_workflow_does_not_pass_is_bad(
    root: Path, passes: str, lacking: list[str]
) -> None:
    write_config(root, WITH_SECRETS)
    measured(root, range(NOW - 86_400, NOW, 300))
    text = schedule_files(Kind.VISITS)[".github/workflows/status.yml"]
    text = text.replace("# ORDERS_TOKEN: ${{ secrets.ORDERS_TOKEN }}", passes)
    (root / ".github/workflows").mkdir(parents=True)
    (root / ".github/workflows/status.yml").write_text(text)

    report = looked_at(root)

    assert (levels(report)["secrets"] == "bad") is bool(lacking)
    if lacking:
        for name in lacking:
            assert f"{name}: ${{{{ secrets.{name} }}}}" in cure(report, "secrets")
    assert report.secrets == {"API_KEY": False, "SLACK_URL": False}


def test_without_a_workflow_the_environment_is_looked_at_and_no_value_shown(root: Path) -> None:
    write_config(root, WITH_SECRETS)
    measured(root, range(NOW - 86_400, NOW, 300))

    report = looked_at(root, API_KEY="s3cr3t-value")

    assert levels(report)["secrets"] == "doubt"
    (said,) = [each.said for each in report.findings if each.what == "secrets"]
    assert said == "not set here: SLACK_URL"
    assert "s3cr3t-value" not in repr(report)


def test_the_minutes_of_the_schedule_are_counted(root: Path) -> None:
    folder = root / ".github/workflows"
    folder.mkdir(parents=True)
    made = {
        "visits.yml": schedule_files(Kind.VISITS),
        "relay.yml": schedule_files(Kind.RELAY),
        "single.yml": schedule_files(Kind.VISITS, private=True),
        "dispatch.yml": schedule_files(Kind.DISPATCH),
    }
    for name, files in made.items():
        (folder / name).write_text(files[".github/workflows/status.yml"])
    (folder / "other.yml").write_text("on: push\njobs: {a: {steps: [{run: echo statusgen}]}}\n")
    (folder / "broken.yml").write_text("on: [\n")
    (folder / "odd.yml").write_text("- statusgen check\n")

    found = {each.file.rpartition("/")[2]: each for each in check_workflows(root)}

    minutes = {name: each.schedule and each.schedule.minutes for name, each in found.items()}
    assert minutes == {
        "visits.yml": 34_560, "relay.yml": 43_200, "single.yml": 8_640, "dispatch.yml": None,
    }  # fmt: skip
    assert [name for name, each in found.items() if each.relay] == ["relay.yml"]


@pytest.mark.parametrize(
    ("cron", "runs"),
    [
        ("*/5 * * * *", 288),
        ("3-58/5 * * * *", 288),
        ("7,37 * * * *", 48),
        ("0 23 * * *", 1),
        ("5/20 8-17 * * *", 30),
        ("0 0 * * 1", None),
        ("@daily", None),
        ("*/0 * * * *", None),
        ("61 * * * *", None),
        ("a b c d e", None),
        ("", None),
    ],
)
def test_how_often_a_cron_asks(cron: str, runs: int | None) -> None:
    assert runs_a_day(cron) == runs


def test_damage_in_the_history_is_bad(root: Path) -> None:
    measured(root, range(NOW - 86_400, NOW, 300))
    day = next((root / "data/history").glob("2*/*/*.jsonl"))
    day.write_bytes(day.read_bytes().replace(b'"v":1', b'"v":"', 1))

    report = looked_at(root)

    assert levels(report)["history"] == "bad"
    assert "history repair" in cure(report, "history")


def test_the_command_prints_findings_with_cures_and_exits_by_them(root: Path) -> None:
    measured(root, range(NOW - 86_400, NOW, 300))
    now = ("--now", format_instant(NOW))

    fine = statusgen(root, "doctor", *now)
    later = statusgen(root, "doctor", "--now", format_instant(NOW + 86_400))
    told = statusgen(root, "doctor", "--json", *now)

    assert fine.code == 0, fine.out
    assert "asked every 5 min, came every 5 min" in fine.out.replace("\u00a0", " ")
    assert later.code == 1
    assert "BAD   schedule: no round for" in later.out
    assert "      → " in later.out
    assert told.json["ok"] is True
    assert told.json["cadence"] == {"asked": 300, "observed": 300}

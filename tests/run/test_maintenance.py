"""Maintenance over measured time: what is left out, what is shown, what opens no incident."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from statusgen.base.clock import HOUR, MINUTE, Instant, format_instant, parse_instant
from statusgen.base.event import Happening
from statusgen.base.states import Look, State
from statusgen.incident.steps import window_events
from statusgen.probe.round import Check, Round
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.run.record import follow
from statusgen.run.site import Site
from tests.cli.harness import statusgen

CONFIG = """
site: {name: T, timezone: Europe/Berlin}
monitors:
  - {id: api, name: API, url: https://api.example.com/}
  - {id: web, name: Web, url: https://www.example.com/}
"""
BEGIN = parse_instant("2026-11-20T08:00:00Z")
START, END = BEGIN + 2 * HOUR, BEGIN + 4 * HOUR
WINDOW = """---
title: Database upgrade
affected: {affected}
start: {start}
end: {end}
{more}---

## Scheduled · 2026-11-19T08:00:00Z

Orders wait.
"""


def site(root: Path, now: Instant, down: dict[str, tuple[Instant, Instant]]) -> Site:
    """Return a site whose monitors were checked every five minutes, and were down for a while."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/status.yml").write_text(CONFIG)
    found = Site(root, given_now=now)
    for at in range(BEGIN, now + 1, 5 * MINUTE):
        checks = {}
        for monitor in ("api", "web"):
            start, end = down.get(monitor, (0, 0))
            failed = start <= at < end
            state = State.DOWN if failed else State.UP
            checks[monitor] = Check(
                state=state,
                ms=100,
                code=503 if failed else 200,
                reason="status" if failed else None,
            )
        found.store.append(
            Round(key=f"r{at}", at=at, vantage="t", took_ms=1, net="ok", checks=checks)
        )
    return found


def announce(root: Path, *, affected: str = "api", more: str = "") -> None:
    text = WINDOW.format(
        affected=affected, start=format_instant(START), end=format_instant(END), more=more
    )
    (root / "content/maintenance").mkdir(parents=True, exist_ok=True)
    (root / "content/maintenance/db.md").write_text(text)


def incidents(found: Site, now: Instant) -> list[str]:
    follow(found, now=now)
    folder = found.places.history / "incidents"
    return sorted(path.stem for path in folder.glob("*.md")) if folder.is_dir() else []


def test_what_fails_in_a_window_opens_nothing_and_what_fails_after_it_does(
    tmp_path: Path,
) -> None:
    now = END + 10 * MINUTE
    announce(tmp_path)
    found = site(tmp_path, now, {"api": (START, now + 1)})

    assert incidents(found, END - 1) == []
    assert incidents(found, now) == ["2026-11-20-api-1200"]  # not back-dated into the window


def test_only_what_is_named_is_muted(tmp_path: Path) -> None:
    announce(tmp_path)
    now = START + HOUR
    found = site(tmp_path, now, {"api": (START, now + 1), "web": (START, now + 1)})

    (only,) = incidents(found, now)
    assert "web" in only


def test_maintenance_stands_over_the_measured_state_and_is_left_out(tmp_path: Path) -> None:
    announce(tmp_path)
    now = START + HOUR
    api, web = site(tmp_path, now, {"api": (START, now + 1)}).snapshot.components

    assert (api.look, api.state) == (Look.MAINTENANCE, State.DOWN)
    assert api.uptimes["24h"].ratio == 1
    assert api.uptimes["24h"].window == START - BEGIN
    assert api.bars[-1].look is Look.MAINTENANCE
    assert (web.look, web.bars[-1].look) == (Look.UP, Look.UP)


def test_a_window_declared_after_the_outage_takes_it_out_of_uptime(tmp_path: Path) -> None:
    now = END + HOUR
    down = {"api": (START, END)}
    before = site(tmp_path, now, down).snapshot.components[0]
    assert before.uptimes["24h"].ratio is not None
    assert before.uptimes["24h"].ratio < 1

    announce(tmp_path)
    after = Site(tmp_path, given_now=now).snapshot.components[0]
    assert after.uptimes["24h"].ratio == 1
    assert after.look is Look.UP


@pytest.mark.parametrize(
    ("more", "config"),
    [("uptime: count\n", ""), ("", "history: {maintenance: count}\n")],
)
def test_a_window_may_count(tmp_path: Path, more: str, config: str) -> None:
    announce(tmp_path, more=more)
    now = START + HOUR
    site(tmp_path, now, {"api": (START, now + 1)})
    (tmp_path / "data/status.yml").write_text(CONFIG + config)
    api = Site(tmp_path, given_now=now).snapshot.components[0]

    assert api.look is Look.MAINTENANCE
    assert api.uptimes["24h"].window == now - BEGIN
    assert api.uptimes["24h"].ratio is not None
    assert api.uptimes["24h"].ratio < 1


def test_overlapping_windows_are_left_out_once(tmp_path: Path) -> None:
    announce(tmp_path)
    (tmp_path / "content/maintenance/second.md").write_text(
        WINDOW.format(
            affected="[api, web]",
            start=format_instant(START - HOUR),
            end=format_instant(START + HOUR),
            more="",
        )
    )
    now = END + HOUR
    api = site(tmp_path, now, {}).snapshot.components[0]
    assert api.uptimes["24h"].window == now - BEGIN - (END - START + HOUR)


def test_each_event_of_a_window_is_told_once_whatever_the_builds_between(tmp_path: Path) -> None:
    announce(tmp_path)
    windows = site(tmp_path, END + HOUR, {}).windows.windows
    moments = range(START - 2 * 24 * HOUR, END + HOUR, 7 * MINUTE)
    told = [
        event.key
        for before, now in pairwise(moments)
        for event in window_events(windows, before, now)
    ]
    assert len(told) == len(set(told))
    assert [key.split("/")[1] for key in told] == ["scheduled", "begun", "ended"]


def test_one_begun_by_hand_runs_over_until_it_is_ended_by_hand(tmp_path: Path) -> None:
    announce(tmp_path)
    path = tmp_path / "content/maintenance/db.md"
    path.write_text(path.read_text() + f"\n## In progress · {format_instant(START - 60)}\n")
    late = END + HOUR
    found = site(tmp_path, late, {"api": (START, late + 1)})

    (course,) = found.schedule.under_way
    assert course.overrun
    assert found.snapshot.components[0].look is Look.DOWN  # excused no longer than planned
    happened = [event.what for event in window_events(found.windows.windows, 0, late)]
    assert happened == [Happening.SCHEDULED, Happening.BEGUN, Happening.OVERRUN]


def test_what_is_over_stays_on_the_pages_of_its_component_and_its_month(tmp_path: Path) -> None:
    announce(tmp_path)
    now = END + HOUR
    site(tmp_path, now, {})
    manifest = build_manifest(BuildOptions(tmp_path, now=now))
    pages = {
        path: manifest.entries[path].content.decode()  # type: ignore[union-attr]
        for path in (
            "index.html",
            "components/api/index.html",
            "components/web/index.html",
            "history/2026-11/index.html",
        )
    }
    told = {path: "Database upgrade" in text for path, text in pages.items()}
    assert list(told.values()) == [False, True, False, True]
    assert "Completed" in pages["history/2026-11/index.html"]


def test_the_terminal_knows_maintenance_and_what_is_measured_beneath(tmp_path: Path) -> None:
    announce(tmp_path)
    now = START + HOUR
    site(tmp_path, now, {"api": (START, now + 1)})
    at = ("--now", format_instant(now))

    done = statusgen(tmp_path, "status", "--json", "--exit-code", *at)
    assert done.code == 0, done.err  # what is worked at by plan is no alarm
    api, web = done.json["components"]
    assert (api["state"], api["maintenance"]) == ("down", True)
    assert (web["state"], web["maintenance"]) == ("up", False)
    assert "api\tUnder Maintenance\t" in statusgen(tmp_path, "status", *at).out


def test_a_broken_file_of_the_prose_stops_neither_incidents_nor_maintenance(tmp_path: Path) -> None:
    announce(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: [x\n")
    now = START + HOUR
    found = site(tmp_path, now, {"api": (START, now + 1), "web": (START, now + 1)})

    followed = follow(found, now=now)

    assert [path.stem for path in (tmp_path / "data/history/incidents").glob("*.md")] == [
        "2026-11-20-web-1000"
    ]
    assert "mkdocs.yml:2:1" in str(followed.problems[0])


def test_a_window_that_stands_in_both_folders_is_told(tmp_path: Path) -> None:
    announce(tmp_path)
    found = site(tmp_path, START, {})
    other = tmp_path / "data/history/maintenance/db.md"
    other.parent.mkdir(parents=True)
    other.write_text((tmp_path / "content/maintenance/db.md").read_text())

    (told,) = found.windows.problems
    assert "data/history/maintenance/db.md" in str(told)
    assert "has the id 'db', as" in str(told)


def test_a_word_after_the_clock_began_a_window_begins_it_no_second_time(tmp_path: Path) -> None:
    announce(tmp_path)
    path = tmp_path / "content/maintenance/db.md"
    path.write_text(path.read_text() + f"\n## In progress · {format_instant(START + 600)}\n")
    events = window_events(site(tmp_path, END, {}).windows.windows, 0, START + HOUR)
    assert [event.what for event in events] == [
        Happening.SCHEDULED, Happening.BEGUN, Happening.UPDATED,
    ]  # fmt: skip
    assert len({event.key for event in events}) == 3


def test_a_monitor_of_two_components_is_quiet_only_while_both_are_worked_at(tmp_path: Path) -> None:
    shared = CONFIG + "components:\n  - {id: shop, name: Shop, monitors: [api, web]}\n"
    shared += "  - {id: app, name: App, monitors: [api, web]}\n"
    now = START + HOUR
    for affected, opened in (("shop", 1), ("app", 1), ("[shop, app]", 0)):
        root = tmp_path / affected
        root.mkdir()
        announce(root, affected=affected)
        found = site(root, now, {"api": (START, now + 1)})
        (root / "data/status.yml").write_text(shared)
        found = Site(root, given_now=now)
        assert found.windows.problems == ()
        assert len(incidents(found, now)) == opened

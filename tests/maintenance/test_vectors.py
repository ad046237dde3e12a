"""The vectors D1 to D8 and U8 to U10 of content/reference, each through files of maintenance.

``tests/status/test_uptime_vectors.py`` has U1 to U26 on bare intervals.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from statusgen.base.clock import HOUR, Instant, format_instant, parse_instant
from statusgen.base.states import State
from statusgen.history.store import HistoryStore
from statusgen.incident.window import Window
from statusgen.probe.round import Check, Round
from statusgen.run.site import Site
from statusgen.status.snapshot import Uptime

CONFIG = """\
site: {name: T, timezone: Europe/Berlin}
history: {max_gap: 750s}
monitors: [{id: api, name: API, url: 'https://api.example.com/'}]
"""
UPDATE = "\n## Scheduled · 2026-01-01T00:00:00Z\n\nWords.\n"


def site(root: Path, now: str, **windows: str) -> Site:
    """A site with files of maintenance; each is given the lines of its front matter."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/status.yml").write_text(CONFIG)
    for name, lines in windows.items():
        path = root / f"content/maintenance/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Work\naffected: [api]\n{lines}---\n{UPDATE}")
    return Site(root, given_now=parse_instant(now))


def spans(window: Window, start: str, end: str) -> list[tuple[str, str]]:
    found = window.occurrences(parse_instant(start), parse_instant(end))
    return [(format_instant(each.start), format_instant(each.end)) for each in found]


def told(found: Site) -> list[str]:
    return [str(each).partition("/maintenance/")[2] for each in (*found.problems, *found.warnings)]


def test_d1_a_time_that_the_clock_skipped_is_refused_and_in_a_series_never_earlier(
    tmp_path: Path,
) -> None:
    once = site(
        tmp_path, "2026-03-01T00:00:00Z", once="start: 2026-03-29 02:30\nduration: 30m\n",
        daily="start: 2026-03-28 02:30\nduration: 30m\nrepeat: daily\n",
    )  # fmt: skip
    (line,) = told(once)
    assert line.startswith("once.md:4:8: start: '2026-03-29 02:30' never was on the clock")
    (daily,) = once.windows.windows
    assert spans(daily, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z") == [
        ("2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z")
    ]


def test_d2_a_time_that_the_clock_showed_twice_is_the_first_with_a_warning(tmp_path: Path) -> None:
    twice = site(
        tmp_path, "2026-03-01T00:00:00Z", once="start: 2026-10-25 02:30\nduration: 30m\n",
        offset="start: 2026-10-25T02:30:00+01:00\nduration: 30m\n",
    )  # fmt: skip
    (line,) = told(twice)
    assert line.startswith("once.md:4:8: start: '2026-10-25 02:30' was twice on the clock")
    assert {window.id: format_instant(window.first.start) for window in twice.windows.windows} == {
        "once": "2026-10-25T00:30:00Z",
        "offset": "2026-10-25T01:30:00Z",
    }


@pytest.mark.parametrize(("day", "length"), [("2026-03-29", 82_800), ("2026-10-25", 90_000)])
def test_d3_a_day_on_which_clocks_change_is_as_long_as_it_was(
    tmp_path: Path, day: str, length: int
) -> None:
    start = parse_instant(f"{day}T12:00:00Z") - 24 * HOUR
    found = site(
        tmp_path, format_instant(start + 60 * HOUR),
        work=f"start: {day} 00:00\nend: {day} 23:59\nuptime: count\n",
    )  # fmt: skip
    rounds(found, start, start + 60 * HOUR, 300)
    (bar,) = (each for each in found.snapshot.components[0].bars if str(each.day) == day)
    assert bar.end - bar.start == length
    assert (bar.uptime.window, bar.maintenance) == (length, length - 60)


def test_d4_a_time_without_an_offset_is_of_the_windows_zone_else_the_sites(tmp_path: Path) -> None:
    found = site(
        tmp_path, "2026-06-01T00:00:00Z", here="start: 2026-07-01 02:00\nduration: 1h\n",
        there="start: 2026-07-01 02:00\nduration: 1h\ntimezone: America/New_York\n",
    )  # fmt: skip
    assert told(found) == []
    assert {each.id: format_instant(each.first.start) for each in found.windows.windows} == {
        "here": "2026-07-01T00:00:00Z",
        "there": "2026-07-01T06:00:00Z",
    }


def test_d5_a_weekly_window_stays_at_its_time_on_the_clock_while_utc_moves(tmp_path: Path) -> None:
    found = site(
        tmp_path, "2026-03-01T00:00:00Z",
        work="start: 2026-03-22 02:00\nend: 2026-03-22 04:00\nrepeat: weekly\n",
    )  # fmt: skip
    (weekly,) = found.windows.windows
    assert spans(weekly, "2026-03-20T00:00:00Z", "2026-04-10T00:00:00Z") == [
        ("2026-03-22T01:00:00Z", "2026-03-22T03:00:00Z"),
        ("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
        ("2026-04-05T00:00:00Z", "2026-04-05T02:00:00Z"),
    ]
    assert spans(weekly, "2026-10-20T00:00:00Z", "2026-11-05T00:00:00Z") == [
        ("2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"),
        ("2026-11-01T01:00:00Z", "2026-11-01T03:00:00Z"),
    ]


def test_d6_the_leap_day_of_every_year_is_a_day_of_leap_years(tmp_path: Path) -> None:
    found = site(
        tmp_path, "2028-02-29T02:30:00Z",
        work="start: 2028-02-29 02:00\nduration: 2h\nrepeat: yearly\n",
    )  # fmt: skip
    (yearly,) = found.windows.windows
    assert spans(yearly, "2028-01-01T00:00:00Z", "2037-01-01T00:00:00Z") == [
        ("2028-02-29T01:00:00Z", "2028-02-29T03:00:00Z"),
        ("2032-02-29T01:00:00Z", "2032-02-29T03:00:00Z"),
        ("2036-02-29T01:00:00Z", "2036-02-29T03:00:00Z"),
    ]
    assert len(found.schedule.under_way) == 1
    assert found.snapshot.components[0].bars == ()  # 90 days end on a leap day without a fault


def test_d7_a_leap_second_is_told_with_its_line(tmp_path: Path) -> None:
    found = site(
        tmp_path, "2026-12-01T00:00:00Z", work="start: 2026-12-31T23:59:60Z\nduration: 1h\n"
    )
    (line,) = told(found)
    assert line.startswith("work.md:4:8: start: '2026-12-31T23:59:60Z' is not a time")


def test_d8_an_end_that_is_none_and_updates_out_of_order_are_told_each(tmp_path: Path) -> None:
    found = site(
        tmp_path, "2026-12-01T00:00:00Z",
        end="start: 2026-12-24 04:00\nend: 2026-12-24 04:00\n",
        order="start: 2026-12-24 04:00\nend: 2026-12-24 05:00\n",
    )  # fmt: skip
    path = tmp_path / "content/maintenance/order.md"
    path.write_text(path.read_text() + UPDATE)
    assert told(found) == [
        (
            "end.md:5:6: end: the end 2026-12-24T03:00:00Z is not after the start "
            "2026-12-24T03:00:00Z; correct one of the two times"
        ),
        (
            "order.md:12:16: the update has the same time as the one before it, in line 8; put "
            "updates in order, oldest first, each with a time of its own"
        ),
    ]


BEGIN = parse_instant("2026-11-20T00:00:00Z")
"""Second 0 of the vectors that follow."""


def rounds(found: Site, start: Instant, end: Instant, step: int, letters: str = "") -> None:
    """Append rounds; the state of each is a letter, ``u`` where there are none."""
    store = HistoryStore(found.places.history)
    for number, at in enumerate(range(start, end, step)):
        down = letters[number : number + 1] == "d"
        check = Check(
            state=State.DOWN if down else State.UP, ms=9, code=503 if down else 200,
            reason="status" if down else None,
        )  # fmt: skip
        store.append(
            Round(key=f"r{at}", at=at, vantage="t", took_ms=1, net="ok", checks={"api": check})
        )


def stretch(start: int, end: int) -> str:
    first, last = (format_instant(BEGIN + second) for second in (start, end))
    return f"start: {first}\nend: {last}\n"


def hour(root: Path, letters: str, **windows: str) -> Uptime:
    """The uptime of an hour of checks every five minutes."""
    found = site(root, format_instant(BEGIN + HOUR), **windows)
    rounds(found, BEGIN, BEGIN + HOUR, 300, letters)
    assert told(found) == []
    return found.snapshot.components[0].uptimes["24h"]


def test_u8_an_outage_within_maintenance_is_left_out(tmp_path: Path) -> None:
    uptime = hour(tmp_path, "uuuudddduuuu", work=stretch(1200, 2400))
    assert uptime == Uptime(Fraction(2400), observed=2400, window=2400)


def test_u9_of_an_hour_that_is_all_maintenance_there_is_no_uptime(tmp_path: Path) -> None:
    uptime = hour(tmp_path, "u" * 12, work=stretch(0, 3600))
    assert (uptime.ratio, uptime.coverage) == (None, None)


def test_u10_overlapping_maintenance_is_left_out_once(tmp_path: Path) -> None:
    uptime = hour(
        tmp_path, "uuuudddduuuu", one=stretch(1200, 2000), other=stretch(1800, 2400)
    )  # fmt: skip
    assert uptime == Uptime(Fraction(2400), observed=2400, window=2400)


def test_u8_counted_is_what_it_would_be_without_a_window(tmp_path: Path) -> None:
    uptime = hour(tmp_path, "uuuudddduuuu", work=stretch(1200, 2400) + "uptime: count\n")
    assert uptime == Uptime(Fraction(2400), observed=3600, window=3600)

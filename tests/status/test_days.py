"""Local days where the clocks change, and their bars."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import parse_instant
from statusgen.base.states import Look
from statusgen.history.segments import Segment
from statusgen.status.days import day_bars, day_start, days_ending, local_day
from statusgen.status.snapshot import Uptime
from statusgen.status.uptime import Observed
from tests.status.samples import DOWN, UNKNOWN, UP

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Pacific/Apia",
    "America/St_Johns",
    "Asia/Kathmandu",
)


@pytest.mark.parametrize(
    ("zone", "day", "start", "seconds"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 82_800, id="D3 spring"),
        pytest.param("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 90_000, id="D3 autumn"),
        pytest.param("Europe/Berlin", "2026-06-01", "2026-05-31T22:00:00Z", 86_400, id="plain"),
        # Midnight does not exist: the day begins at 01:00.
        pytest.param("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 82_800, id="gap"),
        pytest.param("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", 82_800, id="Beirut gap"),
        # The last hour of the day comes twice.
        pytest.param("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 90_000, id="twice"),
        pytest.param(
            "Asia/Beirut", "2026-10-24", "2026-10-23T21:00:00Z", 90_000, id="Beirut twice"
        ),
        # 23:30 became 00:30: the gap only ends after midnight.
        pytest.param("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z", 84_600, id="over it"),
        # 00:01 became 23:01: midnight came twice, the first begins the day.
        pytest.param("America/St_Johns", "2006-10-29", "2006-10-29T02:30:00Z", 90_000, id="fold"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", 84_600, id="30m"),
    ],
)
def test_a_day_is_as_long_as_its_clocks_say(zone: str, day: str, start: str, seconds: int) -> None:
    (found,) = days_ending(parse_instant(start) + 7200, ZoneInfo(zone), 1)

    assert (date.fromisoformat(day), parse_instant(start), seconds) == (
        found.day,
        found.start,
        found.end - found.start,
    )


def test_a_date_that_never_was_is_no_day() -> None:
    found = days_ending(parse_instant("2011-12-31T12:00:00Z"), ZoneInfo("Pacific/Apia"), 3)

    assert [day.day.isoformat() for day in found] == ["2011-12-29", "2011-12-31", "2012-01-01"]


def test_a_day_once_begun_stays_begun_where_midnight_comes_twice() -> None:
    in_between = parse_instant("2006-10-29T02:45:00Z")  # 23:15 again, after 00:00

    (today,) = days_ending(in_between, ZoneInfo("America/St_Johns"), 1)

    assert today.day.isoformat() == "2006-10-29"
    assert today.start <= in_between < today.end


@given(st.sampled_from(ZONES), st.integers(0, 2_100_000_000))
def test_days_join_without_gap_and_hold_their_own_dates(zone: str, now: int) -> None:
    info = ZoneInfo(zone)
    days = days_ending(now, info, 5)

    assert days[-1].start <= now < days[-1].end
    assert all(earlier.end == later.start for earlier, later in pairwise(days))
    assert all(day.start == day_start(day.day, info) for day in days)
    assert all(local_day(day.start, info) == day.day for day in days)
    assert all(local_day(day.start - 1, info) < day.day for day in days)


def test_leap_day_is_a_day() -> None:
    now = int(datetime(2028, 3, 1, 12, tzinfo=UTC).timestamp())

    assert [day.day.isoformat() for day in days_ending(now, ZoneInfo("UTC"), 3)] == [
        "2028-02-28",
        "2028-02-29",
        "2028-03-01",
    ]


def test_bars_show_the_worst_state_and_today_only_up_to_now() -> None:
    now = parse_instant("2026-10-26T11:00:00Z")  # noon in Berlin
    days = days_ending(now, ZoneInfo("Europe/Berlin"), 3)
    first, second, third = days
    past = Observed.of(
        [
            Segment(second.start, second.start + 3600, DOWN),
            Segment(second.start + 3600, third.start + 3600, UP),
            Segment(third.start + 3600, third.start + 7200, DOWN),
            Segment(third.start + 7200, now + 900, UP),
        ],
        [(third.start + 3600, third.start + 7200)],
    )

    bars = day_bars(past, days, now=now, since=first.start)

    assert [bar.state for bar in bars] == [UNKNOWN, DOWN, UP]
    assert [bar.seconds for bar in bars] == [{}, {DOWN: 3600, UP: 86_400}, {UP: 39_600}]
    assert [bar.is_today for bar in bars] == [False, False, True]
    assert [
        Uptime(Fraction(0), 0, 86_400),
        Uptime(Fraction(86_400), 90_000, 90_000),
        Uptime(Fraction(39_600), 39_600, 39_600),
    ] == [bar.uptime for bar in bars]
    assert third.end == bars[-1].end
    assert first.start == bars[0].start


def test_days_before_the_first_check_were_not_monitored_yet() -> None:
    now = parse_instant("2026-10-26T11:00:00Z")
    days = days_ending(now, ZoneInfo("Europe/Berlin"), 3)
    begun = days[1].start + 6 * 3600
    past = Observed.of([Segment(begun, now, UP)])

    bars = day_bars(past, days, now=now, since=begun)

    assert [bar.look for bar in bars] == [Look.UNMONITORED, Look.UP, Look.UP]
    assert bars[1].uptime.coverage == 1  # the day begins with the first check


def test_a_first_check_this_very_second_is_no_missing_data() -> None:
    now = parse_instant("2026-10-26T11:00:00Z")
    days = days_ending(now, ZoneInfo("UTC"), 2)

    bars = day_bars(Observed(()), days, now=now, since=now, present=DOWN)

    assert [bar.look for bar in bars] == [Look.UNMONITORED, Look.DOWN]


def test_a_first_check_at_midnight_is_the_next_days() -> None:
    days = days_ending(parse_instant("2026-10-26T11:00:00Z"), ZoneInfo("UTC"), 3)
    midnight = days[1].start
    past = Observed.of([Segment(midnight, midnight + 3600, UP)])

    bars = day_bars(past, days, now=midnight + 3600, since=midnight)

    assert [bar.monitored for bar in bars[:2]] == [False, True]

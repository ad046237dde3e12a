# ruff: noqa: DTZ001 - wall clocks are naive on purpose
"""When windows are: wall clocks, changes of clocks, rules, and rules that are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY, HOUR, format_instant, parse_instant
from statusgen.incident.recurrence import Occurrence, Recurrence, rule_fault

BERLIN = ZoneInfo("Europe/Berlin")


def shown(found: Occurrence) -> tuple[str, str]:
    return format_instant(found.start), format_instant(found.end)


def between(recurrence: Recurrence, start: str, end: str) -> list[tuple[str, str]]:
    found = recurrence.between(parse_instant(start), parse_instant(end))
    return [shown(each) for each in found]


def test_d5_a_weekly_window_stays_at_its_wall_clock_over_both_changes() -> None:
    weekly = Recurrence(
        datetime(2026, 3, 22, 2), 2 * HOUR, BERLIN, by_the_clock=True, rule="FREQ=WEEKLY"
    )

    spring = between(weekly, "2026-03-20T00:00:00Z", "2026-04-10T00:00:00Z")
    autumn = between(weekly, "2026-10-17T00:00:00Z", "2026-11-03T00:00:00Z")

    assert spring == [
        ("2026-03-22T01:00:00Z", "2026-03-22T03:00:00Z"),
        # 02:00 never was on the clock: it begins at 03:00 summer time, and ends at 04:00.
        ("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
        ("2026-04-05T00:00:00Z", "2026-04-05T02:00:00Z"),
    ]
    assert autumn == [
        ("2026-10-18T00:00:00Z", "2026-10-18T02:00:00Z"),
        # 02:00 came twice: from the first one to 04:00 are three hours.
        ("2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"),
        ("2026-11-01T01:00:00Z", "2026-11-01T03:00:00Z"),
    ]


def test_d1_a_time_that_the_clock_skipped_is_never_earlier() -> None:
    nightly = Recurrence(
        datetime(2026, 3, 28, 2, 30), HOUR // 2, BERLIN, by_the_clock=True, rule="FREQ=DAILY"
    )

    found = between(nightly, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z")

    assert found == [("2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z")]


def test_a_length_in_hours_is_that_many_hours() -> None:
    nightly = Recurrence(datetime(2026, 10, 24, 1), 4 * HOUR, BERLIN, rule="FREQ=DAILY;COUNT=2")

    found = list(nightly.between(0, parse_instant("2027-01-01T00:00:00Z")))

    assert [each.end - each.start for each in found] == [4 * HOUR, 4 * HOUR]


def test_once_over_midnight_and_seen_from_its_middle() -> None:
    once = Recurrence(datetime(2026, 11, 25, 23), 3 * HOUR, BERLIN)

    assert between(once, "2026-11-26T00:30:00Z", "2026-11-26T00:31:00Z") == [
        ("2026-11-25T22:00:00Z", "2026-11-26T01:00:00Z")
    ]
    assert between(once, "2026-11-26T01:00:00Z", "2026-11-27T00:00:00Z") == []


def test_some_days_are_left_out() -> None:
    rule = Recurrence(
        datetime(2026, 12, 20, 2),
        HOUR,
        BERLIN,
        rule="RRULE:FREQ=WEEKLY;BYDAY=SU",
        without=frozenset({"2026-12-27"}),
    )

    found = between(rule, "2026-12-19T00:00:00Z", "2027-01-05T00:00:00Z")

    assert [start[:10] for start, _ in found] == ["2026-12-20", "2027-01-03"]


@pytest.mark.parametrize(
    ("until", "days"),
    [
        ("20261203", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("20261203T010000Z", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("20261203T005959Z", ["2026-12-01", "2026-12-02"]),
        ("2026-12-02", ["2026-12-01", "2026-12-02"]),
    ],
)
def test_until_is_a_day_or_an_instant(until: str, days: list[str]) -> None:
    rule = Recurrence(datetime(2026, 12, 1, 2), HOUR, BERLIN, rule=f"FREQ=DAILY;UNTIL={until}")

    found = between(rule, "2026-11-01T00:00:00Z", "2027-01-05T00:00:00Z")

    assert [start[:10] for start, _ in found] == days


def test_the_next_one_may_be_years_ahead() -> None:
    leap = Recurrence(
        datetime(2024, 2, 29, 2), HOUR, BERLIN, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"
    )

    found = leap.next_after(parse_instant("2024-03-01T00:00:00Z"))
    over = Recurrence(datetime(2024, 2, 29, 2), HOUR, BERLIN).next_after(
        parse_instant("2025-01-01T00:00:00Z")
    )

    assert found is not None
    assert shown(found)[0] == "2028-02-29T01:00:00Z"
    assert over is None


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY",
        "RRULE:FREQ=WEEKLY;BYDAY=SU",
        "freq=monthly;byday=2TU",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=DAILY;INTERVAL=2;COUNT=5",
    ],
)
def test_rules_that_are_understood(text: str) -> None:
    assert rule_fault(text, datetime(2026, 1, 1, 2), BERLIN) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("weekly", "is not a rule; write it like FREQ=WEEKLY;BYDAY=SU"),
        ("every sunday", "is not a rule"),
        ("FREQ=MINUTELY", "FREQ is MINUTELY; write one of DAILY"),
        ("BYDAY=SU", "FREQ is missing"),
        ("FREQ=WEEKLY;BYDAY=SUN", "is not a rule"),
        ("FREQ=WEEKLY;BYHOUR=3", "BYHOUR cannot stand"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "exclude one another"),
        ("FREQ=WEEKLY;FREQ=DAILY", "FREQ stands twice"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("FREQ=DAILY;UNTIL=20200101", "never comes"),
        ("FREQ=WEEKLY;INTERVAL=0", "is not a rule"),
        ("FREQ=DAILY;UNTIL=soon", "is not a rule"),
        ("0 2 * * 0", "is not a rule"),
    ],
)
def test_rules_that_are_none(text: str, what: str) -> None:
    fault = rule_fault(text, datetime(2026, 1, 1, 2), BERLIN)

    assert fault is not None
    assert what in fault


@given(
    st.integers(0, 700),
    st.integers(0, 23),
    st.integers(1, 30),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    st.booleans(),
)
def test_occurrences_agree_with_a_walk_over_all_days(
    day: int, hour: int, hours: int, name: str, by_the_clock: bool
) -> None:
    zone = ZoneInfo(name)
    begins = datetime(2025, 6, 1, hour, 30)
    daily = Recurrence(begins, hours * HOUR, zone, by_the_clock, rule="FREQ=DAILY")
    start = int((datetime(2025, 6, 1, tzinfo=UTC) + timedelta(days=day)).timestamp())

    walked = []
    for number in range(day + 40):
        local = begins + timedelta(days=number)
        opens = int(local.replace(tzinfo=zone).timestamp())
        closes = int((local + timedelta(hours=hours)).replace(tzinfo=zone).timestamp())
        if not by_the_clock or closes <= opens:
            closes = opens + hours * HOUR
        if opens < start + 2 * DAY and start < closes:
            walked.append(Occurrence(opens, closes))

    assert list(daily.between(start, start + 2 * DAY)) == walked

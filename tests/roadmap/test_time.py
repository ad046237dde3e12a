"""Windows of time, efforts, figures and triggers as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from statusgen.roadmap.model import (
    TimeUnit,
    parse_effort,
    parse_figure,
    parse_trigger,
    parse_when,
)
from statusgen.roadmap.model.time import parse_day
from statusgen.roadmap.money import Range

START = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "unit", "first", "last", "days"),
    [
        ("Day 1", "day", 1, 1, (date(2026, 1, 31), date(2026, 1, 31))),
        ("Week 1", "week", 1, 1, (date(2026, 1, 31), date(2026, 2, 6))),
        ("Week 2-4", "week", 2, 4, (date(2026, 2, 7), date(2026, 2, 27))),
        ("Weeks 6–7", "week", 6, 7, (date(2026, 3, 7), date(2026, 3, 20))),
        ("Month 1", "month", 1, 1, (date(2026, 1, 31), date(2026, 2, 27))),
        ("Month 2-3", "month", 2, 3, (date(2026, 2, 28), date(2026, 4, 29))),
        ("Month 12", "month", 12, 12, (date(2026, 12, 31), date(2027, 1, 30))),
        ("Month 6+", "month", 6, None, (date(2026, 6, 30), None)),
        ("2026-03-01", "date", None, None, (date(2026, 3, 1), date(2026, 3, 1))),
        ("2026-03-01..2026-04-15", "date", None, None, (date(2026, 3, 1), date(2026, 4, 15))),
        ("2026-03-01+", "date", None, None, (date(2026, 3, 1), None)),
        ("Now", "now", None, None, None),
    ],
)
def test_windows(
    text: str,
    unit: str,
    first: int | None,
    last: int | None,
    days: tuple[date, date | None] | None,
) -> None:
    when = parse_when(text)

    assert (when.unit, when.first, when.last) == (TimeUnit(unit), first, last)
    assert when.dates(START) == days
    assert str(when) == text
    assert when.open == text.endswith("+")


def test_relative_windows_need_a_beginning() -> None:
    assert parse_when("Week 2").dates(None) is None
    assert parse_when("2026-03-01").dates(None) == (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "Week", "Week 0", "Week 4-2", "Year 1", "2026-02-30", "2026-04-01..2026-03-01"],
)
def test_what_is_no_window(text: str) -> None:
    with pytest.raises(ValueError, match=r"no time|backwards|no date"):
        parse_when(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2-3 hours", 120, 180),
        ("15 minutes", 15, 15),
        ("15 min", 15, 15),
        ("1.5 h", 90, 90),
        ("1-2 days", 480, 960),
        ("1 week", 2400, 2400),
    ],
)
def test_efforts(text: str, low: int, high: int) -> None:
    effort = parse_effort(text)

    assert effort.minutes == Range(Decimal(low), Decimal(high))
    assert str(effort) == text


@pytest.mark.parametrize(
    ("text", "op", "low", "high", "unit", "of"),
    [
        ("< 99.9%", "<", "99.9", "99.9", "%", ""),
        ("> 1% of requests", ">", "1", "1", "%", "requests"),
        ("> 80% of pool", ">", "80", "80", "%", "pool"),
        ("> 2 seconds", ">", "2", "2", "seconds", ""),
        ("> 100 pending tasks", ">", "100", "100", "pending tasks", ""),
        (">200ms", ">", "200", "200", "ms", ""),
        ("95%+", ">=", "95", "95", "%", ""),
        ("≥ 5", ">=", "5", "5", "", ""),
        ("50-100ms", "", "50", "100", "ms", ""),
        ("2x", "", "2", "2", "x", ""),
        ("16 weeks", "", "16", "16", "weeks", ""),
        ("<$200/month", "<", "200", "200", "USD", ""),
        ("$1,100-3,050/month", "", "1100", "3050", "USD", ""),
        ("$14.2K", "", "14200", "14200", "USD", ""),
        ("2-5 developers", "", "2", "5", "developers", ""),
        ("5M+ users/day", ">=", "5000000", "5000000", "users/day", ""),
    ],
)
def test_figures(text: str, op: str, low: str, high: str, unit: str, of: str) -> None:
    figure = parse_figure(text)

    assert (figure.op, figure.unit, figure.of) == (op, unit, of)
    assert figure.value == Range(Decimal(low), Decimal(high))
    assert str(figure) == text


def test_percentages_become_ratios_exactly() -> None:
    assert parse_figure("99.9%").ratio == Range.point(Decimal("0.999"))
    assert parse_figure("99.9").ratio == Range.point(Decimal("99.9"))


@pytest.mark.parametrize(
    ("text", "metric", "value", "conditions"),
    [
        ("50+ Users", "users", Range(Decimal(50), None), ()),
        ("100–500 users", "users", Range(Decimal(100), Decimal(500)), ()),
        ("< 5 hosts", "hosts", Range(Decimal(0), Decimal(5)), ()),
        (
            "500+ users, enterprise/compliance",
            "users",
            Range(Decimal(500), None),
            ("enterprise", "compliance"),
        ),
        ("Now", "", None, ("Now",)),
    ],
)
def test_triggers(text: str, metric: str, value: Range | None, conditions: tuple[str, ...]) -> None:
    trigger = parse_trigger(text)

    assert (trigger.metric, trigger.value, trigger.conditions) == (metric, value, conditions)
    assert str(trigger) == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1 September 2026", "2026-09-01", "2026-09-01"),
        ("Sept 1, 2026", "2026-09-01", "2026-09-01"),
        ("September 2026", "2026-09-01", "2026-09-30"),
        ("1–15 September 2026", "2026-09-01", "2026-09-15"),
        ("September – October 2026", "2026-09-01", "2026-10-31"),
        ("Sept 2026 to Jan 2027", "2026-09-01", "2027-01-31"),
        ("15. Dezember 2026", "2026-12-15", "2026-12-15"),
        ("3 de mayo de 2027", "2027-05-03", "2027-05-03"),
        ("1er mars 2027", "2027-03-01", "2027-03-01"),
        ("2026年12月15日", "2026-12-15", "2026-12-15"),
        ("2026年12月", "2026-12-01", "2026-12-31"),
    ],
)
def test_dates_in_words(text: str, start: str, end: str) -> None:
    when = parse_when(text)

    assert (str(when), str(when.start), str(when.end)) == (text, start, end)


@pytest.mark.parametrize("text", ["Woche 2-4", "Weeks 2-4", "semaine 2-4"])
def test_weeks_in_other_words(text: str) -> None:
    when = parse_when(text)

    assert (when.unit, when.first, when.last) == (TimeUnit.WEEK, 2, 4)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("spring 2027", "begins in no certain month; write the months that you mean, like 2027-01"),
        ("Winter", "no certain month"),
        ("September", "is no time; write it like"),
        ("31 February 2026", "is no date"),
        ("09/10/2026", "is no time; write it like"),
    ],
)
def test_dates_that_are_none_say_what_to_write(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_when(text)


def test_a_day_in_words() -> None:
    assert str(parse_day("20 February 2026")) == "2026-02-20"

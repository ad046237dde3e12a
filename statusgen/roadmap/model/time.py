"""Time as roadmaps state it: weeks and months from a beginning, or dates; efforts in hours."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from statusgen.base.model import FromText
from statusgen.base.text import quote
from statusgen.roadmap.model.dates import iso
from statusgen.roadmap.model.windows import read_window
from statusgen.roadmap.money import Range, divide
from statusgen.roadmap.vocabulary import grouped, meanings, pattern, words


class TimeUnit(StrEnum):
    """What the numbers of a window count."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DATE = "date"
    NOW = "now"


DAYS_IN: Mapping[TimeUnit, int] = MappingProxyType(
    {TimeUnit.DAY: 1, TimeUnit.WEEK: 7, TimeUnit.MONTH: 30}
)
"""Days of each counted unit, to place different ones on one axis; a month is 30 days there."""


@dataclass(frozen=True, slots=True)
class When:
    """A window of time, as written and as read; both ends belong to it."""

    raw: str
    unit: TimeUnit
    first: int | None = None
    """The first day, week or month, counted from 1; None for dates and for now."""
    last: int | None = None
    """The last one; None where the end is open or the window is not counted."""
    start: date | None = None
    end: date | None = None
    open: bool = False
    """Whether it has no end ("Month 6+")."""

    def __str__(self) -> str:
        return self.raw

    def dates(self, beginning: date | None) -> tuple[date, date | None] | None:
        """Return the first and the last day; the last is None where the end is open.

        Days, weeks and calendar months are counted from ``beginning``, which is in the first of
        each. None where there is no beginning to count from, or the window is "now".
        """
        if self.start is not None:
            return self.start, self.end
        if self.first is None or beginning is None:
            return None
        first = _nth(beginning, self.unit, self.first - 1)
        if self.last is None:
            return first, None
        return first, _nth(beginning, self.unit, self.last) - timedelta(days=1)


def _nth(beginning: date, unit: TimeUnit, count: int) -> date:
    """Return the day on which the window after ``count`` days, weeks or months begins."""
    if unit is not TimeUnit.MONTH:
        return beginning + timedelta(days=count * (7 if unit is TimeUnit.WEEK else 1))
    years, month = divmod(beginning.month - 1 + count, 12)
    year = beginning.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(beginning.day, last))


@dataclass(frozen=True, slots=True)
class Effort:
    """Working time, as written and in minutes."""

    raw: str
    minutes: Range
    unit: str = "minute"
    """The unit that it names: hour, day, week …; of two the latter."""

    @property
    def in_unit(self) -> Range:
        """How many of its unit it is."""
        return self.minutes.scaled(Range.point(divide(Decimal(1), Decimal(_MINUTES[self.unit]))))

    def __str__(self) -> str:
        return self.raw


_UNITS = {
    word: unit
    for unit in DAYS_IN
    for word in grouped("period")[unit]
    if len(word) > 3 or word == unit.value
}
"""Week, Woche, semaine … → what it counts; abbreviations may be anything."""
_BETWEEN = grouped("window")["between"]
_NOW = frozenset(grouped("window")["now"])
_COUNTED = re.compile(
    rf"(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})"
    rf"\s+(?P<first>\d{{1,4}})(?:(?:\s*[-–]\s*|\s+(?:{pattern(_BETWEEN)})\s+)(?P<last>\d{{1,4}})|(?P<open>\+))?",
    re.I,
)
_SPENT = {
    word: unit
    for unit in ("minute", "hour", "day", "week", "month", "year")
    for word in (
        *grouped("lasts").get(unit, ()),
        *(grouped("period")["hour"] if unit == "hour" else ()),
    )
}
_OF_DAYS = {word: unit for unit in ("day", "month", "year") for word in grouped("period")[unit]}
"""半日, 半月: without a number, a unit of the calendar is a length."""
_WORKED = {**_SPENT, **meanings("worked")}
"""Units of work, too, that mean something else where nobody speaks of work: *12 PT*."""
_AMOUNT = r"\d{1,5}(?:[.,]\d{1,2})?"


def _efforts(units: Iterable[str]) -> re.Pattern[str]:
    unit = pattern(tuple(units))
    return re.compile(
        rf"(?:[~≈]|(?:{pattern(words('about'))}))?\s?(?P<low>{_AMOUNT})"
        rf"(?:\s?(?P<low_unit>{unit})?\s?(?:[-–—~～〜]|(?:{pattern(words('range'))}))"
        rf"\s?(?P<high>{_AMOUNT}))?\s?-?(?P<unit>{unit})",
        re.I,
    )


_EFFORT, _WORK = _efforts(_SPENT), _efforts(_WORKED)
_LONG = tuple(word for word, unit in _SPENT.items() if unit != "minute")
_HALF = re.compile(
    rf"(?:{pattern(words('half_of'))})[\s-]?(?P<unit>{pattern((*_LONG, *_OF_DAYS))})", re.I
)
_FRACTION = re.compile(r"(?P<whole>\d{0,4})\s?(?P<part>[½¼¾])")
_PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
_AT_MOST = re.compile(rf"(?:[<≤]|(?:{pattern(words('up_to'))}))\s*(?=[\d½¼¾])", re.I)
_MINUTES = {"minute": 1, "hour": 60, "day": 480, "week": 2400, "month": 9600, "year": 115_200}
"""A working day is 8 hours, a working week 40 and a month four of them."""
_LONGEST = 60
"""No effort has more characters."""


def parse_when(text: str) -> When:
    """Read ``Week 1-2``, ``Month 6+``, ``Day 1``, ``Now``, dates, months … Raises ValueError."""
    return _when(text)


def _written(text: str) -> When:
    """Read what stands under a key for times: there a number alone is a year."""
    return _when(text, years=True)


def _when(text: str, *, years: bool = False) -> When:
    said = " ".join(text.split())
    if said.casefold() in _NOW:
        return When(text, TimeUnit.NOW)
    if match := _COUNTED.fullmatch(said):
        first = int(match["first"])
        last = None if match["open"] else int(match["last"] or first)
        if first < 1 or (last is not None and last < first):
            raise ValueError(f"{said!r} runs backwards; count from 1 and put the smaller first")
        unit = _UNITS[match["unit"].casefold()]
        return When(text, unit, first, last, open=bool(match["open"]))
    if (found := read_window(said, years=years)) is not None:
        return When(text, TimeUnit.DATE, start=found.start, end=found.end, open=found.end is None)
    raise ValueError(
        f"{quote(text.strip(), 60)} is no time; write it like 2026-10-05, October 2026, Q4 2026, "
        "H1 2027 or 2027, a range like 2026-10 to 2027-01 or from March 2027, or Week 2-4, Month "
        "6+, Day 1, Now"
    )


def parse_effort(text: str) -> Effort:
    """Read ``2-3 hours``, ``15 min``, ``½ day``, ``~3 Wochen``, ``2週間``. Raises ValueError."""
    return _effort(text, text, _EFFORT)


def _work(text: str) -> Effort:
    """Read what stands under ``effort:``; there *up to 3 days* and *2 PT* are work as well."""
    if most := _AT_MOST.match(text.strip()):
        found = _effort(text, text.strip()[most.end() :], _WORK)
        return replace(found, minutes=Range(Decimal(0), found.minutes.high))
    return _effort(text, text, _WORK)


def _effort(raw: str, text: str, form: re.Pattern[str]) -> Effort:
    said = text.strip()
    if half := _HALF.fullmatch(said) if len(text) <= _LONGEST else None:
        word = half["unit"].casefold()
        unit = _SPENT.get(word) or _OF_DAYS[word]
        return Effort(raw, Range.point(divide(Decimal(_MINUTES[unit]), Decimal(2))), unit)
    said = _FRACTION.sub(lambda found: (found["whole"] or "0") + _PARTS[found["part"]], said)
    match = form.fullmatch(said) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError(
            f"{quote(raw, 60)} is no effort; write it like 2-3 hours, 15 min, half a day, 0.5 "
            "days, up to 3 days or 3 weeks"
        )
    unit = _WORKED[match["unit"].casefold()]
    low_unit = _WORKED[(match["low_unit"] or match["unit"]).casefold()]
    low = Decimal(match["low"].replace(",", ".")) * _MINUTES[low_unit]
    high = Decimal(match["high"].replace(",", ".")) * _MINUTES[unit] if match["high"] else low
    if high < low:
        raise ValueError(f"{raw!r} runs backwards; put the smaller number first")
    return Effort(raw, Range(low, high), unit)


def parse_day(text: str) -> date:
    """Read a date as ``2026-02-20`` or ``20 February 2026``. Raises ValueError."""
    try:
        return date.fromisoformat(iso(text.strip()))
    except ValueError:
        raise ValueError(f"{quote(text, 40)} is no date; write it like 2026-02-20") from None


def parse_progress(text: str) -> Decimal:
    """Read how much is done: ``40%``, ``40``, ``2/5``, ``2 of 5``. Returns percent.

    Raises ValueError, also for 0.4, which is less than a percent to some and 40 % to others.
    """
    match = _PROGRESS.fullmatch(text.strip())
    if match is None or (match["of"] and not int(match["of"])):
        raise ValueError(
            f"{quote(text, 40)} is no progress; write it like 40% or 2/5 (what is done or under "
            "way is said by `status:`)"
        )
    done = Decimal(match["done"].replace(",", "."))
    percent = 100 * done / int(match["of"]) if match["of"] else done
    if 0 < percent < 1 and not match["of"] and not match["percent"]:
        raise ValueError(f"{text!r} may mean two things; write 40% or 0.4%")
    if percent > 100:
        raise ValueError(f"{text!r} is more than the whole; write 100% at most")
    return percent.quantize(Decimal("0.1"), ROUND_DOWN)


_PROGRESS = re.compile(
    r"(?P<done>\d{1,6}(?:[.,]\d{1,3})?)\s*(?:(?P<percent>%)|(?:/|of)\s*(?P<of>\d{1,6}))?", re.I
)


WhenText = Annotated[
    When,
    FromText(
        _written, {"type": "string", "examples": ["Week 2-4", "Month 6+", "Now", "2026-03-01"]}
    ),
]
EffortText = Annotated[
    Effort,
    FromText(_work, {"type": "string", "examples": ["2-3 hours", "15 min", "3 weeks"]}),
]
ProgressText = Annotated[
    Decimal,
    FromText(parse_progress, {"type": ["string", "number"], "examples": ["40%", "2/5"]}),
]
"""How much is done, in percent."""
Day = Annotated[date, FromText(parse_day, {"type": "string", "format": "date"})]

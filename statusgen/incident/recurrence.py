"""When a maintenance window is: once, or again and again by an RFC 5545 rule.

A rule is followed on the wall clock of a named zone and only then turned into instants, so that
"Sundays at 02:00" stays at 02:00 when clocks change (RFC 5545, 3.3.10). Where the clock skipped
that time, the occurrence begins with the offset from before the change; where it showed the time
twice, at the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from statusgen.base.clock import DAY, Instant
from statusgen.base.text import one_line

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = (
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"),
)
_EXAMPLE = "FREQ=WEEKLY;BYDAY=SU"
_UNTIL = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z?))?", re.IGNORECASE)
_LAST = datetime(2200, 1, 1)  # noqa: DTZ001 - wall clocks here are naive on purpose
"""No rule is followed beyond: one that never fits a day would be followed for ever."""
_WITHIN = timedelta(days=366 * 45)
"""A rule comes for the first time within, or never: a leap day may be a Sunday after 40 years."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One stretch of planned work: ``[start, end)`` in UTC seconds."""

    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When a window is, on the clock of a zone.

    ``begins`` is the naive wall-clock time of the first occurrence. ``lasts`` is the length in
    seconds; where ``by_the_clock``, it is the distance of two wall-clock times, so that 02:00 to
    04:00 ends at 04:00 on every day. ``rule`` is None for a window that comes once; ``without``
    holds the local dates on which it does not come.
    """

    begins: datetime
    lasts: int
    zone: ZoneInfo
    by_the_clock: bool = False
    rule: str | None = None
    without: frozenset[str] = frozenset()

    @property
    def first(self) -> Occurrence:
        """The occurrence that ``begins`` tells of, though the rule or ``without`` may skip it."""
        return self._at(self.begins)

    def between(self, start: Instant, end: Instant) -> Iterator[Occurrence]:
        """Yield the occurrences that share a moment with ``[start, end)``, in order."""
        earliest = self._local(start) - timedelta(seconds=self.lasts, days=1)
        for begins in self._starts(earliest, self._local(end) + timedelta(days=1)):
            found = self._at(begins)
            if found.start < end and start < found.end:
                yield found

    def next_after(self, moment: Instant) -> Occurrence | None:
        """Return the first occurrence that begins after ``moment``; None where there is none."""
        span = DAY * 7
        while span < DAY * 366 * 60:  # a rule may come on a leap day only
            for found in self.between(moment, moment + span):
                if found.start > moment:
                    return found
            span *= 8
        return None

    def local_day(self, moment: Instant) -> str:
        """Return the date of a moment on the window's clock, like ``2026-11-25``."""
        return f"{self._local(moment):%Y-%m-%d}"

    def _starts(self, earliest: datetime, latest: datetime) -> Iterator[datetime]:
        if self.rule is None:
            starts: Iterable[datetime] = [self.begins] if earliest <= self.begins <= latest else []
        else:
            rule, count = _rule(self.rule, self.begins, self.zone)
            bounded = takewhile(lambda begins: begins <= latest, islice(rule, count))
            starts = (begins for begins in bounded if begins >= earliest)
        for begins in starts:
            if f"{begins:%Y-%m-%d}" not in self.without:
                yield begins

    def _at(self, begins: datetime) -> Occurrence:
        start = _instant(begins, self.zone)
        if not self.by_the_clock:
            return Occurrence(start, start + self.lasts)
        end = _instant(begins + timedelta(seconds=self.lasts), self.zone)
        # A clock that goes forward over the window's end would end it before it began.
        return Occurrence(start, end if end > start else start + self.lasts)

    def _local(self, moment: Instant) -> datetime:
        return datetime.fromtimestamp(moment, UTC).astimezone(self.zone).replace(tzinfo=None)


def full_rule(text: str) -> str:
    """Return the rule that a text means: ``weekly`` alone is ``FREQ=WEEKLY``."""
    bare = text.strip()
    return f"FREQ={bare.upper()}" if bare.upper() in _FREQUENCIES else bare


def rule_fault(text: str, begins: datetime, zone: ZoneInfo) -> str | None:
    """Return why ``text`` cannot be the rule of a window (``what; what to write instead``)."""
    bare = _bare(text)
    shown = one_line(text, 60)
    parts = [part.partition("=") for part in bare.split(";") if part]
    names = [name for name, _, _ in parts]
    for name, sign, value in parts:
        if not sign or not value:
            return f"{shown!r} is not a rule; write it like {_EXAMPLE}"
        if name not in _PARTS:
            what = f"{one_line(name, 20)} cannot stand in the rule of a window"
            return f"{what}; known: {', '.join(sorted(_PARTS))}"
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        return f"{twice} stands twice in the rule; keep one"
    frequency = {name: value for name, _, value in parts}.get("FREQ")
    if frequency and "=" in frequency:
        return f"{shown!r} is not a rule; write ; between its parts, like {_EXAMPLE}"
    if frequency not in _FREQUENCIES:
        return f"FREQ is {frequency or 'missing'}; write one of {', '.join(_FREQUENCIES)}"
    if "COUNT" in names and "UNTIL" in names:
        return "COUNT and UNTIL exclude one another; keep one"
    try:
        first = next(iter(_rule(text, begins, zone, begins + _WITHIN)[0]), None)
    except (ValueError, TypeError, OverflowError) as error:
        return f"{shown!r} is not a rule: {one_line(str(error), 80)}; write it like {_EXAMPLE}"
    if first is None:
        return f"{shown!r} never comes; correct the rule or remove it"
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).upper().removeprefix("RRULE:").rstrip(";")


def _rule(
    text: str, begins: datetime, zone: ZoneInfo, latest: datetime = _LAST
) -> tuple[rrule, int | None]:
    """Return the rule on a naive clock up to ``latest``, and how often it comes at most.

    The count is kept apart: the library would look for a day that never comes until year 9999.
    """
    kept: list[str] = []
    until, count = latest, None
    for part in _bare(text).split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            until = min(_until(value, zone), latest)
        elif name == "COUNT":
            count = _positive(name, value)
        else:
            kept.append(part)
        if name == "INTERVAL":
            _positive(name, value)
    rule = rrulestr(";".join(kept), dtstart=begins)
    if not isinstance(rule, rrule):
        raise ValueError("more than one rule")
    return rule.replace(until=until), count


def _positive(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()) or len(value) > 6 or int(value) < 1:
        raise ValueError(f"{name}={value} is no whole number from 1")
    return int(value)


def _until(value: str, zone: ZoneInfo) -> datetime:
    """A date is its whole day, a time with Z an instant, any other is on the window's clock."""
    found = _UNTIL.fullmatch(value)
    if found is None:
        raise ValueError(f"UNTIL={value} is no date like 20270131 or 20270131T120000Z")
    year, month, day = (int(found[group]) for group in (1, 2, 3))
    if found[4] is None:
        return datetime(year, month, day, 23, 59, 59)  # noqa: DTZ001
    clock = (int(found[4]), int(found[5]), int(found[6] or 0))
    moment = datetime(year, month, day, *clock)  # noqa: DTZ001
    if not found[7]:
        return moment
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _instant(local: datetime, zone: ZoneInfo) -> Instant:
    return int(local.replace(tzinfo=zone, fold=0).timestamp())

"""Calendar months, quarters and years in a time zone, and which of them are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant
from statusgen.status.days import day_start, local_day


class Length(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}
SETTLED = DAY
"""So long after its end a period is closed: the roll-up of its last UTC day stands by then, and
what a late run still brings is in it."""


@dataclass(frozen=True, slots=True)
class Period:
    """One calendar month, quarter or year."""

    length: Length
    first: date
    """Its first day."""
    last: date
    start: Instant
    end: Instant
    """The start of the day after ``last``."""

    @property
    def id(self) -> str:
        """``2026-10``, ``2026-Q4`` or ``2026``: its address."""
        if self.length is Length.MONTH:
            return f"{self.first:%Y-%m}"
        if self.length is Length.QUARTER:
            return f"{self.first:%Y}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y}"


def closed_periods(begun: Instant, now: Instant, zone: ZoneInfo) -> tuple[Period, ...]:
    """Return the periods that hold time since ``begun`` and are closed, the newest first.

    Of those that end together, the shortest comes first.
    """
    found = []
    for length, months in _MONTHS.items():
        day = local_day(begun, zone)
        first = date(day.year, day.month - (day.month - 1) % months, 1)
        while (period := _period(length, first, months, zone)).end + SETTLED <= now:
            found.append(period)
            first = period.last + timedelta(days=1)
    order = list(_MONTHS)
    return tuple(sorted(found, key=lambda each: (-each.end, order.index(each.length))))


def _period(length: Length, first: date, months: int, zone: ZoneInfo) -> Period:
    carry, month = divmod(first.month - 1 + months, 12)
    after = date(first.year + carry, month + 1, 1)
    return Period(
        length, first, after - timedelta(days=1), day_start(first, zone), day_start(after, zone)
    )

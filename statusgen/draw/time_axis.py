"""The axis of time that diagrams share: days, weeks or months from a beginning, or dates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from statusgen.words import English

_LAST = float(date.max.toordinal())
_WEEKS = 98
"""Days of an axis at most that shows weeks: a quarter, and some days around it."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The span shown, and its marks: where a cell begins and ends, and its label."""

    start: float
    end: float
    cells: tuple[tuple[float, float, str], ...]
    weeks: tuple[tuple[float, str], ...] = ()
    """Mondays with the day of their month, on an axis so short that weeks can be told apart."""

    def at(self, value: float, left: float, room: float) -> float:
        """Return the x of a value, kept on the axis."""
        share = (value - self.start) / max(self.end - self.start, 1e-9)
        return left + min(max(share, 0.0), 1.0) * room


def counted_axis(low: float, high: float) -> TimeAxis:
    """Return an axis of whole units, counted from 1; some 16 cells at most."""
    low = float(math.floor(low))
    high = max(float(math.ceil(high)), low + 1)
    step = max(1, math.ceil((high - low) / 16))
    count = math.ceil((high - low) / step)
    cells: list[tuple[float, float, str]] = []
    for number in range(count):
        start = low + number * step
        name = f"{start + 1:g}" if step == 1 else f"{start + 1:g}–{start + step:g}"
        cells.append((start, start + step, name))
    return TimeAxis(low, low + count * step, tuple(cells))


def date_axis(low: float, high: float, names: Sequence[str] = English().short_months()) -> TimeAxis:
    """Return an axis of months, quarters or years for ordinals of days; about a dozen cells.

    ``names`` are those of the twelve months.
    """
    first, last = _day(low), _day(math.ceil(high))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 3, 12) if months / s <= 14), 12 * math.ceil(months / 12 / 14))
    number = first.year * 12 + (first.month - 1) // min(step, 12) * min(step, 12)
    cells: list[tuple[float, float, str]] = []
    while True:
        start, after = _month(number), number + step
        end = _month(after)
        name = f"{number // 12}" if step >= 12 else names[number % 12]
        if step < 12 and (not cells or number % 12 == 0):
            name += f" {number // 12}"
        cells.append((start, end, name))
        number = after
        if end >= min(high, _LAST):
            weeks = tuple(_mondays(cells[0][0], end)) if end - cells[0][0] <= _WEEKS else ()
            return TimeAxis(cells[0][0], end, tuple(cells), weeks)


def _mondays(start: float, end: float) -> Iterator[tuple[float, str]]:
    """Yield the Mondays from ``start`` up to ``end``, with the day of their month."""
    first = int(start) + -_day(start).weekday() % 7
    for ordinal in range(first, int(min(end, _LAST)), 7):
        yield float(ordinal), str(_day(ordinal).day)


def _day(ordinal: float) -> date:
    """Return a day by its ordinal; the calendar's first or last for one beyond."""
    return date.fromordinal(int(min(max(ordinal, 1), _LAST)))


def _month(number: int) -> float:
    """Return the ordinal of the first day of a month since year 0; at most the calendar's last."""
    year, month = divmod(number, 12)
    return float(date(year, month + 1, 1).toordinal()) if year <= date.max.year else _LAST

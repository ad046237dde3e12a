"""When a figure that grows or falls will reach a value, with a band; or why nobody can say.

Two fits by least squares: a straight line, and growth by a constant share (a line through the
logarithms). Of five figures or more the one with the smaller squares in the figure's own unit is
taken. The band is where the 90 % prediction interval of that fit meets the value (Draper and
Smith, Applied Regression Analysis, chapter 1):
``fit(x) ± t(n-2) · s · √(1 + 1/n + (x - mean)² / spread)``. It supposes that what drove the figure
so far goes on, and that its errors are independent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from statusgen.base.clock import DAY, Instant

LEAST_FIGURES = 4
LEAST_EXPLAINED = 0.5
"""Below it a figure swings more than it moves: a queue on a busy day is no trend."""
LOOKED_BACK = 365
"""Days of figures that a trend is read from."""
_WEEKLY_FROM = 60
"""Days from which on one figure a week is enough: neighbours of a day are hardly independent."""
_FARTHEST = 3653
_TIMES_SPAN = 10
_T = (6.3138, 2.9200, 2.3534, 2.1318, 2.0150, 1.9432, 1.8946, 1.8595, 1.8331, 1.8125, 1.7959,
      1.7823, 1.7709, 1.7613, 1.7531, 1.7459, 1.7396, 1.7341, 1.7291, 1.7247)  # fmt: skip
"""Student's t for 90 % on both sides, by degrees of freedom from 1; 1.73 to 1.65 above."""


class Method(StrEnum):
    """What was fitted."""

    LINE = "line"
    GROWTH = "growth"
    """By a constant share of itself."""


class Refusal(StrEnum):
    """Why no day is named."""

    THIN = "thin"
    """Fewer than four figures, or all of one day."""
    FLAT = "flat"
    """It does not move towards the value beyond doubt, or swings more than it moves."""
    FAR = "far"
    """Over ten years away, or ten times as long as it was watched."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """When a figure is expected to reach a value."""

    first: Instant
    """The earliest day of the band."""
    likely: Instant
    last: Instant
    method: Method
    figures: int
    """How many figures the trend is read from."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A straight line through points, perhaps of logarithms."""

    slope: float
    level: float
    """At the mean of the days."""
    middle: float
    spread: float
    error: float
    """Standard error of a point."""
    count: int
    explains: float
    """The share of the figures' scatter that the line explains (R²)."""

    def at(self, day: float) -> float:
        return self.level + self.slope * (day - self.middle)

    def margin(self, day: float) -> float:
        off = (day - self.middle) ** 2 / self.spread
        return _t(self.count - 2) * self.error * math.sqrt(1 + 1 / self.count + off)


def crossing(
    points: Sequence[tuple[Instant, Fraction]], value: Fraction, *, rising: bool
) -> Crossing | Refusal:
    """Return when a figure reaches a value from below (``rising``) or from above."""
    kept = _thinned(points)
    if len(kept) < LEAST_FIGURES:
        return Refusal.THIN
    origin = kept[-1][0]
    days = [(at - origin) / DAY for at, _ in kept]
    figures = [float(each) for _, each in kept]
    line = _fitted(days, figures)
    method, fit, aim = Method.LINE, line, float(value)
    if len(kept) > LEAST_FIGURES and min(figures) > 0 and value > 0:
        growth = _fitted(days, [math.log(each) for each in figures])
        if _squares(days, figures, lambda day: math.exp(growth.at(day))) < _squares(
            days, figures, line.at
        ):
            method, fit, aim = Method.GROWTH, growth, math.log(float(value))
    sign = 1 if rising else -1
    if fit.explains < LEAST_EXPLAINED:
        return Refusal.FLAT
    certain = sign * fit.slope - _t(fit.count - 2) * fit.error / math.sqrt(fit.spread)
    if certain <= 1e-12 * max(1.0, abs(aim)):
        return Refusal.FLAT
    # The near end of the band, the fit, the far end.
    first, likely, last = (_first_day(fit, aim, sign, margin) for margin in (1, 0, -1))
    if first is None or likely is None or last is None or likely > -days[0] * _TIMES_SPAN:
        return Refusal.FAR
    return Crossing(
        origin + first * DAY, origin + likely * DAY, origin + last * DAY, method, len(kept)
    )


def _first_day(fit: _Fit, aim: float, sign: int, margin: int) -> int | None:
    """Return after how many days one edge of the band, or the fit, meets the value."""
    for day in range(_FARTHEST + 1):
        if sign * (fit.at(day) - aim) + margin * fit.margin(day) >= 0:
            return day
    return None


def _fitted(days: Sequence[float], figures: Sequence[float]) -> _Fit:
    count = len(days)
    middle, level = sum(days) / count, sum(figures) / count
    spread = sum((day - middle) ** 2 for day in days)
    slope = (
        sum((day - middle) * (each - level) for day, each in zip(days, figures, strict=True))
        / spread
    )
    squares = sum(
        (each - level - slope * (day - middle)) ** 2
        for day, each in zip(days, figures, strict=True)
    )
    scatter = sum((each - level) ** 2 for each in figures)
    explains = 1 - squares / scatter if scatter else 0.0
    return _Fit(slope, level, middle, spread, math.sqrt(squares / (count - 2)), count, explains)


def _squares(
    days: Sequence[float], figures: Sequence[float], fit: Callable[[float], float]
) -> float:
    return sum((each - fit(day)) ** 2 for day, each in zip(days, figures, strict=True))


def _thinned(points: Sequence[tuple[Instant, Fraction]]) -> list[tuple[Instant, Fraction]]:
    """Return the last figure of each day of the year behind, or of each week of a long time."""
    if not points:
        return []
    last = points[-1][0]
    year = [each for each in points if each[0] > last - LOOKED_BACK * DAY]
    step = DAY if last - year[0][0] <= _WEEKLY_FROM * DAY else 7 * DAY
    return list({(last - at) // step: (at, figure) for at, figure in year}.values())


def _t(freedom: int) -> float:
    if freedom <= len(_T):
        return _T[freedom - 1]
    # Cornish and Fisher: right to four digits from here on.
    z = 1.6448536
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)

"""A target held against figures that were counted, read or written by hand, and their past."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

from statusgen.base.clock import Instant
from statusgen.base.target import Operator, Target
from statusgen.gates.gate import Gate, Kind, Source, Why, good_in
from statusgen.gates.series import Origin, Series, age_in_days
from statusgen.gates.trend import Refusal, crossing
from statusgen.status.standing import Verdict

OLD_AFTER = 100
"""Days after which the newest figure tells nothing of the present."""
_SOURCES = {Origin.FILE: Source.FILE, Origin.HAND: Source.HAND, Origin.READ: Source.READ}


def counted(
    gate: Gate, target: Target, series: Series, scale: Fraction, now: Instant, replayed: int
) -> Gate:
    """Return a gate as figures say that it stands.

    The newest figure counts, and stands until the next; where the target has a window, the mean of
    the figures in it. ``scale``: from the figures' unit to the target's. ``replayed``: over how
    many seconds the past is told.
    """
    known = series.until(now)
    gate = replace(gate, source=_SOURCES[series.origin], teller=known.teller)
    if known.last is None:
        return replace(gate, why=Why.NOTHING)
    points = [(at, figure * scale) for at, figure in known.points]
    course = _Course(target, points)
    figure, averaged = course.figure(len(points) - 1)
    gate = replace(gate, figure=figure, averaged=averaged, window=target.window, on=points[-1][0])
    if age_in_days(known, now) > OLD_AFTER:
        return replace(gate, why=Why.OLD)
    runs = course.runs()
    verdict = runs[-1][1]
    gate = replace(
        gate,
        verdict=verdict,
        since=runs[-1][0] if len(runs) > 1 else None,
        flips=_lately(runs, now - replayed),
        fired=() if gate.kind in (Kind.SUCCESS, Kind.STAGE) else _fired(runs, now - replayed, now),
    )
    if good_in(gate.kind, verdict) is False and len(runs) > 1:
        gate = replace(gate, last_good=runs[-1][0])
    if verdict is Verdict.MET:
        return gate
    rising = target.operator in (Operator.ABOVE, Operator.AT_LEAST)
    expected = crossing(points, target.value, rising=rising)
    if isinstance(expected, Refusal):
        return replace(gate, refused=expected)
    return replace(gate, crossing=expected)


class _Course:
    """What a target says of each figure of a series."""

    def __init__(self, target: Target, points: Sequence[tuple[Instant, Fraction]]) -> None:
        self._target, self._points = target, points
        self._sums = list(accumulate((each for _, each in points), initial=Fraction(0)))

    def figure(self, index: int) -> tuple[Fraction, int]:
        """Return what counts as of a figure, and of how many it is the mean; 0 for the newest."""
        at, newest = self._points[index]
        if self._target.window is None:
            return newest, 0
        after = at - self._target.window
        first = bisect_right(self._points, after, 0, index + 1, key=lambda each: each[0])
        count = index + 1 - first
        return (self._sums[index + 1] - self._sums[first]) / count, count

    def runs(self) -> list[tuple[Instant, Verdict]]:
        """Return each verdict with the figure from which on it stood."""
        found: list[tuple[Instant, Verdict]] = []
        for index, (at, _) in enumerate(self._points):
            met = self._target.met_by(self.figure(index)[0])
            verdict = Verdict.MET if met else Verdict.MISSED
            if not found or found[-1][1] is not verdict:
                found.append((at, verdict))
        return found


def _lately(
    runs: Sequence[tuple[Instant, Verdict]], oldest: Instant
) -> tuple[tuple[Instant, Verdict], ...]:
    """Return the runs that reach into the time since ``oldest``."""
    ends = [*(at for at, _ in runs[1:]), None]
    return tuple(
        (at, verdict)
        for (at, verdict), end in zip(runs, ends, strict=True)
        if end is None or end > oldest
    )


def _fired(
    runs: Sequence[tuple[Instant, Verdict]], oldest: Instant, now: Instant
) -> tuple[tuple[Instant, Instant], ...]:
    """Return when the target was met since ``oldest``: from a figure to the next that says no."""
    ends = [*(at for at, _ in runs[1:]), now]
    return tuple(
        (max(at, oldest), end)
        for (at, verdict), end in zip(runs, ends, strict=True)
        if verdict is Verdict.MET and end > oldest
    )

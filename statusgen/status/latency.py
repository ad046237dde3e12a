"""Percentiles of response time, hour by hour.

Percentiles come from merged histograms, never from averages of percentiles, so that a week says
the same as its hours put together. Failed checks have no response time here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import overload

from statusgen.base.clock import HOUR, Instant
from statusgen.history.histogram import Histogram
from statusgen.status.intervals import Interval
from statusgen.status.snapshot import Latency, LatencyPoint

Hours = Mapping[Instant, Histogram]
"""Response times by start of the UTC hour, in time's order."""


def latency(times: Histogram) -> Latency:
    """Return the percentiles of some response times."""
    p50, p95, p99 = times.percentiles(50, 95, 99)
    return Latency(p50=p50, p95=p95, p99=p99, count=times.count)


def daily(hours: Hours, days: Sequence[Interval]) -> tuple[LatencyPoint, ...]:
    """Return one point for each day, given by its start and end, in which an hour with samples
    began."""
    starts = list(hours)
    found = []
    for start, end in days:
        within = starts[bisect_left(starts, start) : bisect_left(starts, end)]
        times = [hours[at] for at in within if hours[at].counts]
        if times:
            merged = times[0] if len(times) == 1 else Histogram.merge(times)
            found.append(LatencyPoint(start, latency(merged)))
    return tuple(found)


class HourlySeries(Sequence[LatencyPoint]):
    """One point for each hour with samples, worked out when somebody looks at it.

    Ninety days of twenty components are forty thousand points, of which pages draw one in ten.
    """

    def __init__(self, parts: Sequence[Hours], starts: Iterable[Instant]) -> None:
        """``parts``: the response times of each monitor; ``starts``: which hours, in order."""
        self._parts, self._starts = parts, array("q", starts)

    @overload
    def __getitem__(self, index: int) -> LatencyPoint: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[LatencyPoint, ...]: ...

    def __getitem__(self, index: int | slice) -> LatencyPoint | tuple[LatencyPoint, ...]:
        if isinstance(index, slice):
            return tuple(map(self._point, self._starts[index]))
        return self._point(self._starts[index])

    def __len__(self) -> int:
        return len(self._starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def _point(self, start: Instant) -> LatencyPoint:
        times = [part[start] for part in self._parts if start in part]
        return LatencyPoint(start, latency(Histogram.merge(times)))


def hourly(
    hours: Hours, now: Instant, oldest: Instant, parts: Sequence[Hours] = ()
) -> HourlySeries:
    """Return one point for each hour with samples in ``[oldest, now)``, a part of it at least.

    ``parts``: what ``hours`` was put together from, where that need not be kept.
    """
    return HourlySeries(
        parts or (hours,),
        (
            start
            for start, times in hours.items()
            if oldest < start + HOUR and start < now and times.counts
        ),
    )

"""Percentiles of response time, hour by hour.

Percentiles come from merged histograms, never from averages of percentiles, so that a week says
the same as its hours put together. Failed checks have no response time here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

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


def hourly(hours: Hours, now: Instant, oldest: Instant) -> tuple[LatencyPoint, ...]:
    """Return one point for each hour with samples in ``[oldest, now)``, a part of it at least."""
    return tuple(
        LatencyPoint(start, latency(times))
        for start, times in hours.items()
        if oldest < start + HOUR and start < now and times.counts
    )

"""Percentiles of response time, hour by hour.

Percentiles come from merged histograms, never from averages of percentiles, so that a week says
the same as its hours put together. Failed checks have no response time here.
"""

from __future__ import annotations

from collections.abc import Mapping

from statusgen.base.clock import HOUR, Instant
from statusgen.history.histogram import Histogram
from statusgen.status.snapshot import Latency, LatencyPoint

Hours = Mapping[Instant, Histogram]
"""Response times by start of the UTC hour, in time's order."""


def latency(times: Histogram) -> Latency:
    """Return the percentiles of some response times."""
    p50, p95, p99 = times.percentiles(50, 95, 99)
    return Latency(p50=p50, p95=p95, p99=p99, count=times.count)


def hourly(hours: Hours, now: Instant, oldest: Instant) -> tuple[LatencyPoint, ...]:
    """Return one point for each hour with samples in ``[oldest, now)``, a part of it at least."""
    return tuple(
        LatencyPoint(start, latency(times))
        for start, times in hours.items()
        if oldest < start + HOUR and start < now and times.counts
    )

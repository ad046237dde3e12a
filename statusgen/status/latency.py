"""Percentiles of response time: by window, and hour by hour.

Percentiles come from merged histograms, never from averages of percentiles, so that a week says
the same as its hours put together. Failed checks have no response time here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from statusgen.base.clock import HOUR, Instant
from statusgen.history.histogram import Histogram
from statusgen.status.snapshot import Latency, LatencyPoint

Hours = Mapping[Instant, Histogram]
"""Response times by start of the UTC hour, in time's order."""


def latency(times: Histogram) -> Latency:
    """Return the percentiles of some response times."""
    p50, p95, p99 = times.percentiles(50, 95, 99)
    return Latency(p50=p50, p95=p95, p99=p99, count=times.count)


def joined_hours(parts: Iterable[Hours], oldest: Instant) -> Hours:
    """Put the response times of several monitors together, hour by hour, from ``oldest`` on.

    Each part is walked once, by ``items``: history makes its histograms only when asked for.
    """
    found: dict[Instant, list[Histogram]] = {}
    for hours in parts:
        for start, times in hours.items():
            if start + HOUR > oldest:
                found.setdefault(start, []).append(times)
    return {
        start: several[0] if len(several) == 1 else Histogram.merge(several)
        for start, several in sorted(found.items())
    }


def latencies(hours: Hours, now: Instant, windows: Mapping[str, int]) -> dict[str, Latency]:
    """Return the percentiles of each window ending now, given by name and length in seconds.

    An hour belongs to a window as soon as a part of it does.
    """
    found: dict[str, Latency] = {}
    sofar, counted_from = Histogram(), now + HOUR
    for name, length in sorted(windows.items(), key=lambda window: window[1]):
        older = (
            times
            for start, times in hours.items()
            if now - length < start + HOUR <= counted_from and start < now
        )
        sofar, counted_from = Histogram.merge((sofar, *older)), now - length
        found[name] = latency(sofar)
    return {name: found[name] for name in windows}


def hourly(hours: Hours, now: Instant) -> tuple[LatencyPoint, ...]:
    """Return one point for each hour with samples that began before ``now``."""
    return tuple(
        LatencyPoint(start, latency(times))
        for start, times in hours.items()
        if start < now and times.counts
    )

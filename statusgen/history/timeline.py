"""What history tells of each monitor, read from roll-ups and recent rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from statusgen.base.clock import Instant
from statusgen.history.histogram import Histogram
from statusgen.history.segments import Segment
from statusgen.probe.round import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorTimeline:
    """One monitor's observed past."""

    monitor: str
    segments: tuple[Segment, ...]
    """Sorted, disjoint, run-length joined; time outside them is unobserved."""
    latency_by_hour: Mapping[Instant, Histogram]
    """Response times of up and degraded checks, by start of the UTC hour, in time's order."""
    last: Check | None
    last_at: Instant | None
    last_round: str | None
    """Key of the round that holds the newest check."""
    gap: int
    """Seconds that the newest check may stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything observed up to one instant."""

    now: Instant
    monitors: Mapping[str, MonitorTimeline]
    """By monitor id; every monitor asked for has an entry, an empty one if need be."""
    first_round: Instant | None
    last_round: Instant | None
    last_round_key: str | None
    round_gaps_median: int | None
    """Median seconds between the rounds of the last seven days; None with fewer than two."""
    quarantined: int
    """Lines that could not be read."""

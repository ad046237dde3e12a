"""Response times counted in fixed buckets, so that hours and days can be merged exactly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts per bucket; the bounds are fixed for ever, for they are part of the file format."""

    counts: tuple[tuple[int, int], ...] = ()
    """``(bucket, count)`` pairs, by bucket, without zeros."""

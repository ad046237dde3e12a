"""Sets of moments, held as half-open intervals ``[start, end)`` of whole UTC seconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from statusgen.base.clock import Instant
from statusgen.history.segments import Segment

Interval = tuple[Instant, Instant]
"""``(start, end)``; holds nothing where ``end <= start``."""


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same moments as sorted, disjoint, non-touching intervals; empty ones go."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def intersection(first: Sequence[Interval], second: Sequence[Interval]) -> list[Interval]:
    """Return the moments in both of two unions."""
    common: list[Interval] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i][0], second[j][0]), min(first[i][1], second[j][1])
        if start < end:
            common.append((start, end))
        if first[i][1] < second[j][1]:
            i += 1
        else:
            j += 1
    return common


def covered(joined: Sequence[Interval], start: Instant, end: Instant) -> int:
    """Return how many seconds of ``[start, end)`` a union holds."""
    # The one before may reach into the window; a year has thousands that do not.
    first = max(0, bisect_right(joined, (start, start)) - 1)
    near = joined[first : bisect_left(joined, (end, end), lo=first)]
    return sum(max(0, min(stop, end) - max(begin, start)) for begin, stop in near)


def without(segments: Sequence[Segment], joined: Sequence[Interval]) -> Sequence[Segment]:
    """Cut the moments of a union out of sorted, disjoint segments."""
    if not joined:
        return segments
    kept: list[Segment] = []
    first = 0
    for segment in segments:
        while first < len(joined) and joined[first][1] <= segment.start:
            first += 1
        position = segment.start
        for begin, stop in joined[first:]:
            if begin >= segment.end:
                break
            if position < begin:
                kept.append(Segment(position, begin, segment.state))
            position = max(position, stop)
        if position < segment.end:
            kept.append(Segment(position, segment.end, segment.state))
    return kept


def touching(segments: Sequence[Segment], start: Instant, end: Instant) -> Sequence[Segment]:
    """Return the whole segments that share a moment with ``[start, end)``; they must be sorted."""
    from_ = bisect_right(segments, start, key=attrgetter("end"))
    to = bisect_left(segments, end, lo=from_, key=attrgetter("start"))
    return segments[from_:to]

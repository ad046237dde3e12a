"""Observed time: samples become segments, and unobserved time stays out.

The formula stands in ``content/reference/states-and-uptime.md``: a sample taken at ``t`` holds
until the next sample, but no longer than the *gap* ``G``; after that the state is unknown.

``G`` is 2.5 × the expected cadence, which is the larger of the interval asked for and the usual gap
of the seven days before the sample (:mod:`statusgen.history.cadence`), and never over an hour. It
looks back only, so what comes later never changes a past day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from statusgen.base.clock import HOUR, Instant
from statusgen.base.states import State
from statusgen.history.cadence import PRESENT_RULE, Rule, usual_gaps

LONGEST_GAP = HOUR
"""Seconds that a sample may stand for at most, unless the operator fixes the gap."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one check said at one moment."""

    at: Instant
    state: State


@dataclass(frozen=True, slots=True)
class Segment:
    """A half-open stretch of time ``[start, end)`` in one observed state (never unknown)."""

    start: Instant
    end: Instant
    state: State


def gap_limit(cadence: int, usual: int | None, fixed: int | None) -> int:
    """Return ``G``, the seconds that a sample may stand for.

    ``cadence`` is the interval asked for, ``usual`` the gap that was measured (None with fewer than
    two samples), ``fixed`` what the operator set (``history.max_gap``), which wins.
    """
    if fixed is not None:
        return fixed
    return min(LONGEST_GAP, max(cadence, usual or 0) * 5 // 2)


def gap_limits(
    times: Sequence[Instant],
    *,
    cadence: int,
    max_gap: int | None,
    first: int = 0,
    rule: Rule = PRESENT_RULE,
) -> list[int]:
    """Return ``G`` for each sample from index ``first`` on; ``times`` ascend, without repeats."""
    if max_gap is not None:
        return [max_gap] * (len(times) - first)
    return [gap_limit(cadence, usual, None) for usual in _usual(tuple(times), first, rule)]


@lru_cache(maxsize=8)
def _usual(times: tuple[Instant, ...], first: int, rule: Rule) -> tuple[int | None, ...]:
    """Return the usual gaps; monitors that are checked together share them, so they are kept."""
    return tuple(usual_gaps(times, first, rule))


def worse(one: State, other: State) -> State:
    """Return the worse of two states; anything known is worse than unknown."""
    return other if other.severity > one.severity else one


def in_order(samples: Iterable[Sample]) -> tuple[list[Instant], list[State]]:
    """Sort samples into times and states; of two at one second the worse state wins."""
    worst: dict[Instant, State] = {}
    for sample in samples:
        worst[sample.at] = worse(worst.get(sample.at, sample.state), sample.state)
    times = sorted(worst)
    return times, [worst[at] for at in times]


def observe(
    samples: Iterable[Sample], *, cadence: int, max_gap: int | None, until: Instant
) -> list[Segment]:
    """Turn samples, in any order, into the segments observed before ``until``.

    Sample ``i`` holds until the least of the next sample, ``t_i + G_i`` and ``until``. An unknown
    sample ends the one before it and makes no segment. The result is sorted, disjoint and
    run-length joined. To carry a state into a window, hand over the samples before it too.
    """
    times, states = in_order(samples)
    limits = gap_limits(times, cadence=cadence, max_gap=max_gap)
    return hold(times, states, limits, until)


def hold(
    times: Sequence[Instant], states: Sequence[State], limits: Sequence[int], until: Instant
) -> list[Segment]:
    """Make the segments of ordered samples whose ``G`` are known; see :func:`observe`."""
    if not times:
        return []
    joined: list[Segment] = []
    start = end = 0
    state = State.UNKNOWN
    following = [*times[1:], until]
    for at, said, limit, nearest in zip(times, states, limits, following, strict=True):
        stop = min(nearest, at + limit, until)
        if said is State.UNKNOWN or stop <= at:
            continue
        if said is state and at == end:
            end = stop
            continue
        if end > start:
            joined.append(Segment(start, end, state))
        start, end, state = at, stop, said
    if end > start:
        joined.append(Segment(start, end, state))
    return joined


def join(segments: Iterable[Segment]) -> list[Segment]:
    """Join touching segments of one state; the segments come sorted and disjoint."""
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if last is not None and last.end == segment.start and last.state is segment.state:
            joined[-1] = Segment(last.start, segment.end, last.state)
        else:
            joined.append(segment)
    return joined


def clip(segments: Iterable[Segment], start: Instant, end: Instant) -> list[Segment]:
    """Return the parts of segments inside ``[start, end)``."""
    return [
        Segment(max(segment.start, start), min(segment.end, end), segment.state)
        for segment in segments
        if segment.start < end and segment.end > start
    ]

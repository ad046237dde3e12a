"""Samples for tests, and the formula of content/reference written out as an independent oracle."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.base.states import State
from statusgen.history.segments import Sample, Segment
from statusgen.status.snapshot import Uptime
from statusgen.status.uptime import hundredths
from statusgen.words import Words

Raw = tuple[int, State]
UP, DEGRADED, PARTIAL, DOWN, UNKNOWN = (
    State.UP,
    State.DEGRADED,
    State.PARTIAL,
    State.DOWN,
    State.UNKNOWN,
)


def every(step: int, states: Iterable[State], start: int = 0) -> list[Raw]:
    """One sample each ``step`` seconds."""
    return [(start + index * step, state) for index, state in enumerate(states)]


def segments_of(samples: Iterable[Raw], gap: int, until: int) -> list[Segment]:
    """Segment i: state s_i from t_i to min(t_{i+1}, t_i + G); neighbours of one state joined."""
    ordered = sorted(samples, key=lambda sample: (sample[0], sample[1].severity))
    joined: list[Segment] = []
    for index, (at, state) in enumerate(ordered):
        following = ordered[index + 1][0] if index + 1 < len(ordered) else until
        end = min(following, at + gap, until)
        if state is UNKNOWN or end <= at:
            continue
        if joined and joined[-1].end == at and joined[-1].state is state:
            joined[-1] = Segment(joined[-1].start, end, state)
        else:
            joined.append(Segment(at, end, state))
    return joined


def as_samples(samples: Iterable[Raw]) -> list[Sample]:
    """The same samples as the history room's data class."""
    return [Sample(at, state) for at, state in samples]


def percent_text(uptime: Uptime) -> str:
    """An uptime as visitors read it, whatever its coverage."""
    return Words.of().percent(hundredths(uptime.ratio))

"""From monitors to components to groups: one rule joins states, another joins time.

**Now**: trouble that is known shows at its worst, but up is said only when every part said so.
One monitor down and one unknown is down; one up and one unknown is unknown.

**Time**: the whole is up while all its parts are, which is not the mean of their percentages. A
moment is observed when every part is, and then the worst counts; a part that is down decides alone,
for nothing could make it worse. Any other moment in which some part was not observed is
unobserved, because the missing part may have been down.

A part belongs to the whole from its first check on, so that adding a monitor does not turn the
past grey; and it is left out while in maintenance. Time in which all parts are in maintenance is
maintenance of the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, intersection
from statusgen.status.uptime import Observed

_WORST_FIRST = (State.DOWN, State.PARTIAL, State.DEGRADED, State.UP)
_Event = tuple[Instant, State | None, int]
"""At this moment so many parts enter (1) or leave (-1) a state; None stands for left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """The past of a monitor, a component or a group."""

    past: Observed
    since: Instant | None
    """First check; None before it."""


def joined_state(states: Iterable[State]) -> State:
    """Join the present states of parts; unknown for no part at all."""
    all_states = list(states)
    worst = max(all_states, key=lambda state: state.severity, default=State.UNKNOWN)
    return State.UNKNOWN if worst is State.UP and State.UNKNOWN in all_states else worst


def joined_past(parts: Sequence[Part]) -> Part:
    """Join the pasts of parts by the rule above."""
    checked = [(part.past, part.since) for part in parts if part.since is not None]
    if not checked:
        return Part(Observed(()), None)
    if len(checked) == 1:
        return Part(*checked[0])
    maintenance = checked[0][0].maintenance
    for past, _ in checked[1:]:
        maintenance = intersection(maintenance, past.maintenance)
    events = [event for past, since in checked for event in _events(past, since)]
    segments = _sweep(events, len(checked))
    return Part(Observed(segments, maintenance), min(since for _, since in checked))


def _events(past: Observed, since: Instant) -> list[_Event]:
    events: list[_Event] = [(since, None, -1)]
    for segment in past.segments:
        events += ((segment.start, segment.state, 1), (segment.end, segment.state, -1))
    for begin, end in past.maintenance:
        if end > since:
            events += ((max(begin, since), None, 1), (end, None, -1))
    return events


def _sweep(events: list[_Event], parts: int) -> list[Segment]:
    """Walk through time; all parts begin left out, for none has been checked yet."""
    events.sort(key=itemgetter(0))
    having: Counter[State | None] = Counter({None: parts})
    segments: list[Segment] = []
    for index, (at, state, change) in enumerate(events):
        having[state] += change
        until = events[index + 1][0] if index + 1 < len(events) else at
        worst = _worst(having, parts)
        if until == at or worst is None:
            continue
        if segments and segments[-1].end == at and segments[-1].state is worst:
            segments[-1] = Segment(segments[-1].start, until, worst)
        else:
            segments.append(Segment(at, until, worst))
    return segments


def _worst(having: Counter[State | None], parts: int) -> State | None:
    """Return the state of the whole at one moment, or None where it is unobserved."""
    if having[State.DOWN]:
        return State.DOWN
    worst = next((state for state in _WORST_FIRST if having[state]), None)
    known = sum(having[state] for state in _WORST_FIRST)
    return worst if known + having[None] == parts else None


def maintained(part: Part, maintenance: Iterable[Interval]) -> Part:
    """Cut maintenance out of a part's past."""
    return Part(Observed.of(part.past.segments, maintenance), part.since)

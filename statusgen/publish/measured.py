"""The words and numbers of the status room, under the names that the templates use.

The one place of this room that knows how the status room calls them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.clock import format_duration
from statusgen.base.states import State
from statusgen.incident.impacts import open_impacts
from statusgen.incident.model import Impact, Incident
from statusgen.status.overall import Level, banner
from statusgen.status.snapshot import Snapshot, Uptime
from statusgen.status.uptime import NOTHING, definition, shown
from statusgen.status.words import reason_text, state_word

__all__ = ["DEFINITION", "NOTHING", "WORDS", "Overall", "overall", "reason_text"]

WORDS: dict[State | None, str] = {
    **{state: state_word(state) for state in State},
    None: "Not monitored yet",
}
"""By state; None stands for the days before the first check."""
DEFINITION = definition()
_LEVELS = {
    Level.OPERATIONAL: State.UP,
    Level.NO_DATA: State.UNKNOWN,
    Level.MAINTENANCE: State.UNKNOWN,
    Level.DEGRADED: State.DEGRADED,
    Level.PARTIAL: State.PARTIAL,
    Level.MAJOR: State.DOWN,
}
_IMPACTS = {
    Impact.NONE: State.UP,
    Impact.MINOR: State.DEGRADED,
    Impact.MAJOR: State.DOWN,
    Impact.CRITICAL: State.DOWN,
}


@dataclass(frozen=True, slots=True)
class Overall:
    """What the banner says; ``state`` picks its colour and shape."""

    state: State
    sentence: str


def impact_state(impact: Impact) -> State:
    """Return the state whose colour and shape an impact shares."""
    return _IMPACTS[impact]


def overall(snapshot: Snapshot, incidents: Sequence[Incident]) -> Overall:
    """Return the banner's state and sentence; an open incident caps it."""
    result = banner(snapshot, open_impacts(incidents))
    return Overall(_LEVELS[result.level], result.sentence)


def uptime_text(uptime: Uptime) -> str:
    """Return what to print for an uptime; a dash where too little was observed."""
    return _unbroken(shown(uptime).uptime)


def coverage_text(uptime: Uptime) -> str:
    """Return which share of a window was observed."""
    return _unbroken(shown(uptime).coverage)


def duration_text(seconds: int) -> str:
    """Return a duration for people."""
    return _unbroken(format_duration(seconds))


def _unbroken(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" ", "\u00a0")

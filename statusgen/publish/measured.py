"""The words and numbers of the status room, under the names that the templates use.

The one place of this room that knows how the status room calls them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.states import State
from statusgen.incident.model import Impact, Incident
from statusgen.status.snapshot import Snapshot, Uptime

WORDS = {
    State.UP: "Operational",
    State.DEGRADED: "Degraded performance",
    State.PARTIAL: "Partial outage",
    State.DOWN: "Major outage",
    State.UNKNOWN: "No data",
}
DEFINITION = (
    "Uptime is the share of the observed time in which a component answered as expected; "
    "slow answers count as up, time that nobody observed counts as neither. "
    "Coverage is the share of the period that was observed."
)
_IMPACTS = {
    Impact.NONE: State.UP,
    Impact.MINOR: State.DEGRADED,
    Impact.MAJOR: State.PARTIAL,
    Impact.CRITICAL: State.DOWN,
}


@dataclass(frozen=True, slots=True)
class Overall:
    """What the banner says."""

    state: State
    sentence: str


def impact_state(impact: Impact) -> State:
    """Return the state whose colour and shape an impact shares."""
    return _IMPACTS[impact]


def overall(snapshot: Snapshot, incidents: Sequence[Incident]) -> Overall:
    """Return the banner's state and sentence; an open incident caps it."""
    if snapshot.last_round is None:
        return Overall(State.UNKNOWN, "Nothing has been measured yet")
    states = [component.state for component in snapshot.components]
    states += [impact_state(incident.impact) for incident in incidents if incident.open]
    worst = max(states, key=lambda state: state.severity, default=State.UNKNOWN)
    if worst is State.UP:
        return Overall(worst, "All systems operational")
    return Overall(worst, WORDS[worst])


def percent(ratio: Fraction | None, digits: int = 2) -> str:
    """Return a share in per cent, truncated; a dash where there is none."""
    if ratio is None:
        return "—"
    scale = 10**digits
    units = int(ratio * 100 * scale)
    if ratio == 1:
        return "100 %"
    return f"{units // scale}.{units % scale:0{digits}} %"


def uptime_text(uptime: Uptime) -> str:
    """Return what to print for an uptime; a dash where too little was observed."""
    coverage = uptime.coverage
    if coverage is None or coverage < Fraction(1, 2):
        return "—"
    text = percent(uptime.ratio)
    return f"≈ {text}" if coverage < Fraction(9, 10) else text


def reason_text(reason: str | None, code: int | None) -> str:
    """Say in words why a check was not up."""
    return f"HTTP status {code}" if reason == "status" and code else (reason or "")

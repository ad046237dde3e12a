"""Which colour and shape a thing is shown in: those of a state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.saying import Saying
from statusgen.base.states import Look
from statusgen.incident.impacts import open_impacts
from statusgen.incident.model import Impact, Incident
from statusgen.status.overall import Level, banner
from statusgen.status.snapshot import Snapshot

_LEVELS = {
    Level.OPERATIONAL: Look.UP,
    Level.NO_DATA: Look.UNKNOWN,
    Level.MAINTENANCE: Look.MAINTENANCE,
    Level.DEGRADED: Look.DEGRADED,
    Level.PARTIAL: Look.PARTIAL,
    Level.MAJOR: Look.DOWN,
}
_IMPACTS = {
    Impact.NONE: Look.UP,
    Impact.MINOR: Look.DEGRADED,
    Impact.MAJOR: Look.DOWN,
    Impact.CRITICAL: Look.DOWN,
}


@dataclass(frozen=True, slots=True)
class Banner:
    """What the banner says; ``state`` picks its colour and shape."""

    state: Look
    saying: Saying
    measured: bool = True
    """Whether it is what was measured; else people told worse."""


def impact_state(impact: Impact) -> Look:
    """Return the look whose colour and shape an impact shares."""
    return _IMPACTS[impact]


def page_banner(snapshot: Snapshot, incidents: Sequence[Incident]) -> Banner:
    """Return the banner of the whole page; an open incident caps it."""
    result = banner(snapshot, open_impacts(incidents))
    return Banner(_LEVELS[result.level], result.saying, not result.reported)

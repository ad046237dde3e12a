"""An incident and its updates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from statusgen.base.clock import Instant
from statusgen.base.event import Cause


class Phase(StrEnum):
    """What an update says of the incident's state; Statuspage's words."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"


class Impact(StrEnum):
    """How bad an incident is for visitors."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of an incident's timeline."""

    at: Instant
    phase: Phase
    body: str
    """Markdown, not yet sanitised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A component that an incident touches, and since when; ``end`` is None while it lasts."""

    component: str
    start: Instant
    end: Instant | None = None
    monitors: tuple[str, ...] = ()
    """Those of the component's monitors that failed; empty where it is the monitor of that id."""
    cause: Cause | None = None
    """Why it failed at first, where checks saw it; the words of the updates are made of it."""

    @property
    def watched(self) -> tuple[str, ...]:
        """The monitors that failed."""
        return self.monitors or (self.component,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that happened, told by a person, by the checks, or by both."""

    id: str
    uid: str
    """``urn:uuid:…``, made when the incident is, kept in its file; feeds' identity."""
    title: str
    impact: Impact
    started: Instant
    resolved: Instant | None
    affected: tuple[Affected, ...]
    updates: tuple[Update, ...]
    """Oldest first."""
    automatic: bool = False
    """Whether checks opened it."""
    blip: bool = False
    """Shorter than the configured limit; kept, shown small."""
    adopted: bool = False
    """Whether a person took over the words (``incident adopt``)."""
    evidence: tuple[str, ...] = ()
    """Keys of the rounds that opened and closed it."""
    file: str = ""

    @property
    def open(self) -> bool:
        """Whether it still lasts."""
        return self.resolved is None

    @property
    def phase(self) -> Phase:
        """What the newest update says."""
        return self.updates[-1].phase if self.updates else Phase.INVESTIGATING

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
    WITHDRAWN = "withdrawn"
    """It was a false alarm."""


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
    promise: Instant | None = None
    """When the next update is to come, as its author promised."""
    comment: int | None = None
    """The comment on GitHub that it came from; None: it stands in a file."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A next update that was promised, and when it came; ``came`` is None while it has not."""

    due: Instant
    came: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A component that an incident touches, and since when; ``end`` is None while it lasts."""

    component: str
    start: Instant
    end: Instant | None = None
    monitors: tuple[str, ...] = ()
    """Those of the component's monitors that failed; empty where it is the monitor of that id."""
    impact: Impact | None = None
    """How bad it is for this component; None: as the incident says."""
    cause: Cause | None = None
    """Why it failed at first, where checks saw it; the words of the updates are made of it."""

    @property
    def watched(self) -> tuple[str, ...]:
        """The monitors that failed."""
        return self.monitors or (self.component,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A monitor that failed in an incident which was open."""

    component: str
    monitor: str
    at: Instant
    round: str = ""
    """Key of the round that showed it."""
    cause: Cause | None = None


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
    joined: tuple[Joined, ...] = ()
    """What failed later than what opened it, oldest first."""
    pin: bool = False
    """Whether it stands at the top of the page, even when it is over."""
    withdrawn: Instant | None = None
    """When it was taken back as a false alarm: it leaves the pages, and its feed entry says so."""
    limitations: tuple[str, ...] = ()
    """Weaknesses that roadmaps list and that it shows: ``roadmap/limitation``."""
    measured: Update | None = None
    """The end that checks measured of an incident that a person took over, whether or not the
    person's words leave it standing. It is in no file of theirs."""
    file: str = ""

    @property
    def open(self) -> bool:
        """Whether it still lasts."""
        return self.resolved is None and self.withdrawn is None

    @property
    def worst(self) -> Impact:
        """Its own impact, or a worse one of a component."""
        impacts = [self.impact, *(each.impact for each in self.affected if each.impact)]
        return max(impacts, key=list(Impact).index)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The next updates that were promised, oldest first, and when each came.

        A postmortem is no news of an outage: it keeps no promise and breaks none.
        """
        told = [update for update in self.updates if update.phase is not Phase.POSTMORTEM]
        ends = [end for end in (self.resolved, self.withdrawn) if end is not None]
        found = []
        for index, update in enumerate(told):
            if update.promise is None:
                continue
            after = [later.at for later in told[index + 1 :]]
            came = min([*after, *(end for end in ends if end >= update.at)], default=None)
            found.append(Promise(update.promise, came))
        return tuple(found)

    @property
    def promised(self) -> Instant | None:
        """When the next update is to come; None where none is promised, or it is over."""
        promises = self.promises
        return promises[-1].due if self.open and promises and promises[-1].came is None else None

    @property
    def phase(self) -> Phase:
        """What the newest update says."""
        return self.updates[-1].phase if self.updates else Phase.INVESTIGATING

"""What happened to an incident or a maintenance window.

Events are derived from what is recorded, never stored as the only trace: derived again, by a run
that was repeated after a kill, each has the same key. Whoever tells people (feeds, notifications)
tells each key once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from statusgen.base.clock import Instant


class Subject(StrEnum):
    """What an event happened to."""

    INCIDENT = "incident"
    WINDOW = "window"


class Happening(StrEnum):
    """What happened."""

    OPENED = "opened"
    JOINED = "joined"
    """A further monitor failed in an incident that was open."""
    UPDATED = "updated"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    BEGUN = "begun"
    ENDED = "ended"
    OVERRUN = "overrun"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something failed, as data: words are made of it in any language."""

    reason: str
    """A value of ``base.states.Reason``."""
    code: int | None = None
    """The HTTP status, where one was the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, once."""

    subject: Subject
    what: Happening
    id: str
    """The incident's or window's id."""
    uid: str
    """Its ``urn:uuid:…``, the stable half of the key."""
    at: Instant
    detail: str
    """What sets it apart from others of its kind: an ordinal, a monitor, a start."""
    components: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    round: str = ""
    """Key of the round that showed it; empty for what people said."""

    @property
    def key(self) -> str:
        """The same whenever the event is derived again."""
        return "/".join(part for part in (self.uid, self.what, self.detail) if part)

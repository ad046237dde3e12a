"""What a channel is asked to tell, and what became of it: the contract between outbox and channels.

The outbox decides who is told what and when; a sender knows one kind of channel and nothing of
policies. A message lies on a public branch before it is sent, so it holds no secret and names its
channel by id alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from statusgen.base.clock import Instant
from statusgen.base.secrets import Template


class Tone(StrEnum):
    """What a message is about; channels that know severities map it."""

    PROBLEM = "problem"
    """Something failed, or a person says so."""
    UPDATE = "update"
    """There is news of something that was told before."""
    RESOLVED = "resolved"
    """It is over: for whoever was told of its beginning."""
    NOTICE = "notice"
    """Maintenance, and whatever asks nothing of anybody."""
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to one channel. Texts are finished: plain, no markup, no control characters."""

    key: str
    """The same at each attempt, so that a receiver can tell a repeat."""
    channel: str
    """The channel's id."""
    thread: str
    """What belongs together (the incident's or window's uid): the key by which PagerDuty and
    Alertmanager join an alert and its end. A digest has one of its own."""
    tone: Tone
    severity: str
    """A value of ``incident.model.Impact``."""
    title: str
    """One line."""
    body: str
    """Lines, the newest word first."""
    link: str
    """The page that tells more; empty where the site has no address."""
    at: Instant
    """When it happened, not when it is sent."""
    components: tuple[str, ...] = ()
    """Ids of the components meant."""
    over: bool = False
    """Whether what it is about has ended: a postmortem must not open an alert again."""
    by_person: bool = False
    """Whether a person wrote the news: then somebody is at it, and PagerDuty stops escalating."""


class Outcome(StrEnum):
    """What became of an attempt."""

    SENT = "sent"
    PASSING = "passing"
    """It failed in a way that may pass: the next run tries again."""
    PERMANENT = "permanent"
    """It failed in a way that asks for a person: a wrong address, a refused secret."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The result of one attempt."""

    outcome: Outcome
    detail: str = ""
    """Why, in words for the operator; redacted, for it lies on a public branch."""
    retry_after: int | None = None
    """Seconds that the receiver asks to wait."""


class Sender(Protocol):
    """One kind of channel.

    It never raises for what the other side does, ends within its own deadline, and writes no
    secret into what it returns.
    """

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        """Make one attempt. ``to`` is the channel's address as written, secrets by name."""

"""What the outbox holds: lines that are only ever added, and never say an address or a secret.

======== ===========================================================================================
begin    a channel was seen for the first time: what happened before is not told to it
want     something happened that a channel is to be told
send     a message was made of wants; whoever wrote it first sends it first
claim    a run took up a message whose sending failed, or whose run died
try      what became of one attempt
drop     wants that are not told after all, and why
again    a person asked for a dead letter to be sent again
======== ===========================================================================================

Two runs that push at once join their lines (``history.gitmerge``); which came first is what the
remote's order says, the same for everybody.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from statusgen.base.clock import Instant
from statusgen.notify.message import Message, Tone

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all lines have."""

    did: ClassVar[str] = ""

    at: Instant
    """When the line was written."""
    channel: str
    run: str = ""
    """Who wrote it: its first half names the folder and machine, the second the process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Record):
    """A channel was seen for the first time."""

    did = "begin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Want(Record):
    """Something that a channel is to be told."""

    did = "want"

    key: str
    """The event's."""
    about: str
    """The incident's or window's uid: what belongs together."""
    id: str
    """Its id: two runs that saw one outage without knowing of each other agree on it."""
    step: str
    """What sets it apart from others of its kind: ``opened``, ``updated/3``, ``reminder/2``."""
    tone: Tone
    severity: str = "none"
    happened: Instant
    title: str
    subject: str = ""
    """The title of what this reminds of; empty where it reminds of nothing."""
    body: str = ""
    link: str = ""
    kind: str = ""
    """A value of ``config.channels.KINDS``, or ``report``; empty for reminders and escalations."""
    components: tuple[str, ...] = ()
    by_person: bool = False
    """Whether a person wrote it."""
    knew: tuple[str, ...] = ()
    """The uids of like outages, lately begun and not told to be over, that the run which wrote this
    knew: it means another one, while a run that did not know of them may have seen the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Send(Record):
    """A message made of wants."""

    did = "send"

    key: str
    wants: tuple[str, ...]
    """Their keys."""
    thread: str
    tone: Tone
    severity: str
    happened: Instant
    title: str
    body: str = ""
    link: str = ""
    components: tuple[str, ...] = ()
    over: bool = False
    """Whether its end was told already: news after that."""
    by_person: bool = False
    """Whether a person wrote all of it."""
    held: bool = False
    """Whether it was held back on purpose: it says nothing of how long alerts take."""

    def message(self) -> Message:
        """Return what the channel is asked to tell."""
        return Message(
            key=self.key,
            channel=self.channel,
            thread=self.thread,
            tone=self.tone,
            severity=self.severity,
            title=self.title,
            body=self.body,
            link=self.link,
            at=self.happened,
            components=self.components,
            over=self.over,
            by_person=self.by_person,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A run took a message up."""

    did = "claim"

    key: str
    number: int
    """Which attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try(Record):
    """What became of one attempt; ``at`` is when the answer came."""

    did = "try"

    key: str
    number: int
    sent: Instant
    """When the attempt began."""
    outcome: str
    """A value of ``message.Outcome``."""
    detail: str = ""
    next: Instant = 0
    """When it is tried again; 0 where it is not."""
    asked: Instant = 0
    """Until when the receiver asks to wait; 0 where it says nothing."""
    dead: bool = False
    """Whether it was given up."""
    pushed: Instant = 0
    """When the intent was safe on the remote; 0 where it was not pushed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop(Record):
    """Wants that are not told after all."""

    did = "drop"

    wants: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again(Record):
    """A dead letter is to be sent again."""

    did = "again"

    key: str


KINDS: dict[str, type[Record]] = {
    each.did: each for each in (Begin, Want, Send, Claim, Try, Drop, Again)
}
_HEAD = ("v", "did", "at", "channel", "run")


def to_line(record: Record) -> bytes:
    """Write a record as one line; what says nothing is left out."""
    written: dict[str, Any] = {"v": VERSION, "did": record.did}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _HEAD or value not in ("", (), 0, False):
            written[field.name] = value
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


_FIELDS = {
    did: {field.name: str(field.type) for field in fields(kind)} for did, kind in KINDS.items()
}


def read_line(line: bytes) -> Record | None:
    """Read a line; None where it is torn, damaged or of a newer kind."""
    try:
        data = json.loads(line)
        known = _FIELDS[data["did"]]
        values: dict[str, Any] = {
            name: _read(known[name], value) for name, value in data.items() if name in known
        }
        return KINDS[data["did"]](**values)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


_TYPES: dict[str, type] = {"Instant": int, "int": int, "bool": bool, "str": str}


def _read(kind: str, value: object) -> object:
    """Return a value in its field's type. Raises ValueError or TypeError."""
    wanted = _TYPES.get(kind)
    if wanted is not None:
        if type(value) is not wanted:
            raise ValueError(f"not {kind}")
        return value
    if kind == "Tone":
        return Tone(str(value))
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError("not a list of texts")
    return tuple(value)

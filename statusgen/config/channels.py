"""What is told to whom: the channels of a configuration, their hours, limits and wording.

A channel is named by its id wherever anybody may read (the outbox lies on a public branch); its
address stays as it was written, secrets by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant
from statusgen.base.ids import id_like
from statusgen.base.secrets import Template

KINDS = ("down", "up", "degraded", "incident", "maintenance", "objective")
"""What a channel may be told of."""
DEFAULT_DIGEST = 3


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A stretch of each day, by the wall clock; it may reach over midnight."""

    start: int
    """Minutes since midnight; the first quiet one."""
    end: int
    """Minutes since midnight; the first that is not quiet."""
    zone: ZoneInfo

    def cover(self, at: Instant) -> bool:
        """Whether an instant falls into them."""
        minute = self._minute(at)
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def end_after(self, at: Instant) -> Instant:
        """Return when the quiet hours end that cover ``at``; ``at`` itself where none do.

        Where a clock is put on over that minute, they end with the first moment after it.
        """
        if not self.cover(at):
            return at
        local = datetime.fromtimestamp(at, self.zone)
        day = local.date() + timedelta(days=int(self._minute(at) >= self.end))
        hour, minute = divmod(self.end, 60)
        wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
        ends = int(wall.timestamp())
        # An hour that the clock shows twice may have ended already by its first showing.
        return ends if ends > at else int(wall.replace(fold=1).timestamp())

    def _minute(self, at: Instant) -> int:
        local = datetime.fromtimestamp(at, self.zone)
        return local.hour * 60 + local.minute


PLACEHOLDERS = (
    "title", "body", "site", "kind", "severity", "components", "time", "link", "channel",
)  # fmt: skip
"""What may stand in braces in a template."""
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def template_fault(text: str) -> str | None:
    """Return what is wrong with a template, as ``what; what to write instead``, or None."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for match in _BRACES.finditer(text):
        if match[0] in ("{", "}"):
            return f"a brace stands alone; write {match[0] * 2} for one that is meant so"
        name = match[1]
        if name is not None and name not in PLACEHOLDERS:
            return f"there is no placeholder {{{name[:40]}}}; known are {known}"
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its placeholders replaced, once: values are not searched again."""

    def one(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        return values.get(match[1], match[0])

    return _BRACES.sub(one, text)


@dataclass(frozen=True, slots=True)
class Wording:
    """How messages of a channel read; an empty text means: as we word it."""

    title: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who else is told of what is not over after a while."""

    after: int
    """Seconds since it was opened."""
    to: tuple[str, ...]
    """Ids of channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where messages go, of what, and when."""

    id: str
    to: Template
    on: tuple[str, ...] = ("down", "up")
    components: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()
    impact: tuple[str, ...] = ()
    """Of incidents of these impacts alone; empty: of all."""
    quiet: QuietHours | None = None
    minimum_interval: int = 0
    """Least seconds between two messages."""
    digest: int | None = DEFAULT_DIGEST
    """So many messages at once, and more, become one; None: never."""
    wording: Wording = Wording()
    escalate: Escalation | None = None
    reminders: int | None = None
    """Seconds between reminders of what is not over."""
    reports: tuple[str, ...] = ()
    """Which reports it is told of: ``monthly``, ``quarterly``, ``yearly``."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Addresses asked after each run, so that somebody else notices when runs stop."""

    ok: Template
    fail: Template | None = None
    """Asked instead where a run could not publish what it saw."""


def channel_id(address: Template) -> str:
    """Return what a channel is called that says no id: its first secret's name, made an id.

    Empty where its address names no secret.
    """
    return id_like(address.names[0]) if address.names else ""

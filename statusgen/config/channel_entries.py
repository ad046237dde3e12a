"""The shape of ``notifications:`` and ``heartbeat:``, key by key."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from statusgen.base.fields import refuse
from statusgen.base.model import FromText, Id, Model, OneOrMore, SecretText
from statusgen.base.text import quote
from statusgen.config.channels import template_fault
from statusgen.config.fields import Ids, Seconds, SomeIds, TimeZone

_HOURS = re.compile(
    r"([01]?\d|2[0-3]):([0-5]\d)\s*(?:-|\u2013|\u2014|to)\s*([01]?\d|2[0-4]):([0-5]\d)"
)
_HOURS_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\s*([01]?\d|2[0-3]):[0-5]\d\s*(-|–|—|to)\s*([01]?\d|2[0-4]):[0-5]\d\s*$",
    "examples": ["22:00-07:00"],
}
_EVERY: dict[str, Any] = {
    "type": "string",
    "pattern": r"^(every\s+)?(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+$",
    "examples": ["1h", "every 1h"],
}
_DIGEST: dict[str, Any] = {"anyOf": [{"type": "integer", "minimum": 2}, {"const": "never"}]}


def _hours(text: str) -> tuple[int, int]:
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{quote(text, 40)} is no stretch of a day; write it like 22:00-07:00")
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if end > 1440:
        raise ValueError(f"{quote(text, 40)}: the day ends at 24:00; write it like 22:00-07:00")
    if start == end % 1440:
        raise ValueError(
            f"{quote(text, 40)} is the whole day; leave the channel out, or write less"
        )
    return start, end % 1440


def _every(value: object) -> object:
    return re.sub(r"^\s*every\s+", "", value) if isinstance(value, str) else value


def _digest(value: object) -> object:
    text = str(value).strip()
    if text.lower() == "never":
        return None
    if not text.isdigit() or not 2 <= int(text) <= 1000:
        raise ValueError(f"{quote(text, 40)} is no number of messages; write 2 or more, or never")
    return int(text)


Hours = Annotated[tuple[int, int], FromText(_hours, _HOURS_SCHEMA)]
Every = Annotated[Seconds, BeforeValidator(_every), WithJsonSchema(_EVERY)]
Digest = Annotated[int | None, BeforeValidator(_digest), WithJsonSchema(_DIGEST)]
Texts = Annotated[str, refuse(template_fault)]


class QuietEntry(Model):
    """Hours in which a channel is told nothing."""

    shorthand = "hours"
    text_schema = _HOURS_SCHEMA

    hours: Hours
    """From and to, by the wall clock: 22:00-07:00 reaches over midnight."""
    timezone: TimeZone | None = None
    """The clock that is meant; without it that of `site.timezone`."""


class TemplateEntry(Model):
    """How messages read: text with placeholders in braces."""

    title: Texts = ""
    """One line, e.g. "[{site}] {title}"; without it as we word it."""
    body: Texts = ""
    """Any lines, e.g. "{body}"; without it as we word it."""


class EscalateEntry(Model):
    """Who else is told of what is not over after a while."""

    after: Seconds
    """How long after it was opened, e.g. 15m."""
    to: SomeIds
    """Ids of channels; they are told when it is over, too."""


class NotificationEntry(Model):
    """One channel: where messages go, of what, and when."""

    id: Id | None = None
    """What it is called in messages and in the outbox, which is public; without it the name of
    its secret: $SLACK_URL is slack-url."""
    to: SecretText
    """The channel's address; keep it in a secret and write $NAME."""
    on: Annotated[
        tuple[Literal["down", "up", "degraded", "incident", "maintenance", "objective"], ...],
        OneOrMore(),
    ] = ("down", "up")
    """What is told. An empty list: only reports, and what another channel escalates to it."""
    components: Ids = ()
    """Only these components; without it, all."""
    groups: Ids = ()
    """Only components of these groups; without it, all."""
    monitors: Ids = ()
    """Only what these monitors saw; without it, all."""
    impact: (
        Annotated[
            tuple[Literal["none", "minor", "major", "critical"], ...],
            Field(min_length=1),
            OneOrMore(),
        ]
        | None
    ) = None
    """Only incidents of these impacts; without it, all."""
    quiet_hours: QuietEntry | None = None
    """Hours in which nothing is sent. What is not over when they end is told then, in one
    message."""
    minimum_interval: Seconds | None = None
    """Least time between two messages; what comes meanwhile is told afterwards in one."""
    digest: Digest = 3
    """So many messages at once, or more, become one; `never` keeps each its own."""
    template: TemplateEntry = TemplateEntry()
    """How messages read."""
    escalate: EscalateEntry | None = None
    """Who else is told of what is not over after a while."""
    reminders: Every | None = None
    """How often this channel is reminded of what is not over, e.g. 1h."""
    reports: Annotated[tuple[Literal["monthly", "quarterly", "yearly"], ...], OneOrMore()] = ()
    """Which reports it is told of, each once, when its period is closed."""


class HeartbeatEntry(Model):
    """An address that is asked after each run, so that somebody notices when runs stop."""

    shorthand = "ok"

    ok: SecretText
    """Asked when a run did what it should; keep it in a secret and write $NAME."""
    fail: SecretText | None = None
    """Asked instead when what was measured could not be published."""

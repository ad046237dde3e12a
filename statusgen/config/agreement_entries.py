"""The shape of ``agreements:``: what is owed where uptime falls short, key by key."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import Field

from statusgen.base.clock import Instant
from statusgen.base.fields import Address
from statusgen.base.model import FromText, Id, Model
from statusgen.base.text import quote
from statusgen.config.fields import Days, Label, Share, SomeIds

_FEE = re.compile(r"(\d{1,12}(?:\.\d{1,4})?)\s*([A-Z]{3})")
_FEE_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^\s*\d{1,12}(\.\d{1,4})?\s*[A-Z]{3}\s*$",
    "examples": ["500.00 EUR"],
}
_MOMENT: dict[str, Any] = {"type": "string", "examples": ["2026-10-03T02:00:00Z"]}


def _credit(text: str) -> str:
    written = text.strip()
    hint = "write a share of the fee, like 10%"
    try:
        number = Decimal(written.removesuffix("%").strip())
    except InvalidOperation:
        raise ValueError(f"{quote(text, 60)} is no share; {hint}") from None
    if not written.endswith("%") or not number.is_finite() or not 0 < number <= 100:
        raise ValueError(f"{quote(text, 60)} is no share from 0% to 100%; {hint}")
    return f"{number / 100:f}"


def _fee(text: str) -> tuple[Decimal, str]:
    match = _FEE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{quote(text, 60)} is no fee; write it like 500.00 EUR")
    return Decimal(match[1]), match[2]


def _moment(text: str) -> Instant:
    hint = "write it with its zone, like 2026-10-03T02:00:00Z"
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{quote(text, 60)} is no moment; {hint}") from None
    if found.tzinfo is None:
        raise ValueError(f"{quote(text, 60)} could be any zone's; {hint}")
    return int(found.astimezone(UTC).timestamp())


class CreditEntry(Model):
    """A step of credit."""

    below: Share
    """It is owed while the uptime is below this, e.g. 99.9%."""
    at_least: Share | None = None
    """… and not below this; without it, down to where the next step begins."""
    credit: Annotated[str, FromText(_credit, {"type": "string", "examples": ["10%"]})]
    """The share of the fee that is owed, e.g. 10%."""


class ExceptionEntry(Model):
    """A stretch of time that the agreement leaves out."""

    start: Annotated[Instant, FromText(_moment, _MOMENT)]
    """Its first moment, with its zone."""
    end: Annotated[Instant, FromText(_moment, _MOMENT)]
    """The first moment after it."""
    why: Label
    """By which rule, in words: visitors read it."""


class AgreementEntry(Model):
    """What is owed where uptime falls short (a service level agreement)."""

    id: Id
    name: Label | None = None
    """What it is called in reports; without it, its id."""
    monitors: SomeIds
    """Ids of the monitors that it is about; the worst of them counts."""
    target: Share
    """The uptime that is promised, e.g. 99.9%."""
    period: Literal["month", "quarter", "year"] = "month"
    """The calendar period that it is counted over, in the site's time zone."""
    method: Literal["ours", "counted", "statuspage", "incident-io", "upptime"] = "ours"
    """By which method uptime is counted: ours leaves scheduled maintenance out, counted does not;
    see the guide of reports."""
    clause: str = ""
    """The words of the agreement, printed beside the computation."""
    link: Address | None = None
    """Where the agreement can be read."""
    excluded: tuple[ExceptionEntry, ...] = ()
    """Stretches that it leaves out, each with its reason."""
    credits: Annotated[tuple[CreditEntry, ...], Field(max_length=20)] = ()
    """What is owed, by steps of uptime."""
    claim_within: Days | None = None
    """How long after the period a credit may be claimed, e.g. 30d."""
    fee: Annotated[tuple[Decimal, str], FromText(_fee, _FEE_SCHEMA)] | None = None
    """What is paid for a period, e.g. 500.00 EUR: then the credit is told as an amount too."""

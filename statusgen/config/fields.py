"""Field types that several entries of ``data/status.yml`` share: durations, names, zones."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, WithJsonSchema

from statusgen.base.fields import refuse
from statusgen.base.model import FromText, Milliseconds, OneOrMore
from statusgen.base.text import quote
from statusgen.config.pictures import picture_fault, settled
from statusgen.config.zones import zone_of


def _positive(value: int) -> int:
    if value <= 0:
        raise ValueError("must be longer than nothing; write a duration like 10s")
    return value


def _seconds(value: int) -> int:
    if value % 1000 or value <= 0:
        raise ValueError("must be one or more whole seconds; write it like 30s or 5m")
    return value // 1000


def _days(value: int) -> int:
    if value % 86_400_000 or value <= 0:
        raise ValueError("must be one or more whole days; write it like 90d")
    return value // 86_400_000


def _label(text: str) -> str:
    if not text.strip() or re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("must be one line of text; write a name that visitors understand")
    return text.strip()


def _issue_label(text: str) -> str:
    label = _label(text)
    if len(label) > 50 or "," in label:
        raise ValueError("must be a label of GitHub's: up to 50 characters and no comma")
    if label.casefold() == "maintenance":
        raise ValueError("is the label of planned work; write another, like status")
    return label


def _repository(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}", text):
        raise ValueError("must be the name of a repository, like example/status")
    return text


def _target(value: str) -> str:
    text = value.strip()
    hint = "write a share of the time, like 99.9%"
    try:
        number = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        raise ValueError(f"{quote(value, 60)} is not a share; {hint}") from None
    if not number.is_finite() or len(text) > 20:
        raise ValueError(f"{quote(value, 60)} is not a share; {hint}")
    share = number / 100 if text.endswith("%") else number
    if not 0 < share < 1:
        more = f"write {text}%" if 1 < number < 100 else hint
        raise ValueError(f"{quote(value, 60)} is not between 0% and 100%; {more}")
    return f"{share.normalize():f}"


def branch_name(text: str) -> str:
    """Return the name of a branch. Raises ValueError for what git would refuse."""
    # The rules of git check-ref-format that a person can break, and no leading hyphen (an option).
    bad = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|[/.]$|\.lock$|/\.", text)
    if bad or not text:
        raise ValueError(f"{quote(text, 60)} cannot be a branch; write a name like status-data")
    return text


LABEL: dict[str, Any] = {"type": ["string", "number"], "pattern": r"\S"}
CANARY: dict[str, Any] = {"type": "string", "pattern": r"^(https?://\S+|tcp://\S+:\d+)$"}

Label = Annotated[str, AfterValidator(_label), WithJsonSchema(LABEL)]
IssueLabel = Annotated[str, AfterValidator(_issue_label), WithJsonSchema(LABEL)]
Repository = Annotated[str, AfterValidator(_repository)]
Ids = Annotated[tuple[str, ...], OneOrMore()]
SomeIds = Annotated[tuple[str, ...], Field(min_length=1), OneOrMore()]
Span = Annotated[Milliseconds, AfterValidator(_positive)]
Seconds = Annotated[Milliseconds, AfterValidator(_seconds)]
Days = Annotated[Milliseconds, AfterValidator(_days)]
Spans = Annotated[tuple[Span, ...], Field(max_length=9), OneOrMore()]
TimeZone = Annotated[
    ZoneInfo, FromText(zone_of, {"type": "string", "examples": ["Europe/Berlin", "UTC"]})
]
Share = Annotated[str, FromText(_target, {"type": ["string", "number"], "examples": ["99.9%"]})]


PICTURE: dict[str, Any] = {
    "type": "string",
    "pattern": r"^(https?://[^/\s?#@]+[^\s]*|[^:\s]*)$",
}
Picture = Annotated[str, refuse(picture_fault), AfterValidator(settled), WithJsonSchema(PICTURE)]

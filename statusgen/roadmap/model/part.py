"""What every part of a roadmap file has in common."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from statusgen.base.ids import ID_PATTERN, id_fault
from statusgen.base.model import Model
from statusgen.base.text import one_line
from statusgen.roadmap.model.time import Day


def _id(value: object) -> object:
    if isinstance(value, str) and (fault := id_fault(value)):
        raise ValueError(f"{one_line(value, 60)!r} is no id: {fault}")
    return value


Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
"""A stable name for links: 1 to 63 lower-case letters, digits and hyphens."""


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[
    tuple[str, ...],
    BeforeValidator(_words),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""A list of texts; one text alone may stand without the list."""

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in the file: keys and indices from the top."""


class Source(Model):
    """Where the author of the data read it; shorthand ``plan.md:12``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    line: int | None = None
    url: str = ""

    def __str__(self) -> str:
        return self.document if self.line is None else f"{self.document}:{self.line}"


def _source(value: object) -> object:
    if not isinstance(value, str):
        return value
    document, colon, line = value.rpartition(":")
    if colon and document and line.isdecimal() and line.isascii() and len(line) < 10:
        return {"document": document, "line": int(line)}
    return {"document": value}


SourceText = Annotated[
    Source,
    BeforeValidator(_source),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "examples": ["plan.md:12"]}, Source.model_json_schema()]}
    ),
]
"""A document and a line, as ``plan.md:12`` or as a mapping."""


class Part(Model):
    """Any mapping in a roadmap file: keys that begin with ``x-`` are kept as they are."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False, arbitrary_types_allowed=True
    )

    notes: Words = ()
    links: dict[str, str] = Field(default={}, description="Text of the link → address.")
    source: SourceText | None = Field(default=None, description="Where it was read.")
    extensions: dict[str, Any] = Field(
        default={}, alias="x-", description="What stood under keys that begin with `x-`."
    )

    shorthand: ClassVar[str | None] = None
    """The field that a text alone stands for, where the part may be written as one."""

    as_text: ClassVar[bool] = False
    """Whether the part reads a text in a way of its own."""

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        if isinstance(data, str) and cls.shorthand:
            return {cls.shorthand: data}
        if not isinstance(data, dict):
            return data
        own = {key: value for key, value in data.items() if str(key).startswith("x-")}
        if not own:
            return data
        return {key: value for key, value in data.items() if key not in own} | {"x-": own}


def as_list(value: object) -> object:
    """Let one entry stand without its list."""
    return [value] if isinstance(value, (str, dict)) else value


SINGLE: dict[str, Any] = {"single": True}
"""Marks a list in the schema for which one entry may stand alone."""


def _rule(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"COST\d{3}", value):
        raise ValueError(f"{one_line(value, 40)!r} is no rule; write its number like COST002")
    return value


def _currency(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError(f"{one_line(value, 40)!r} is no currency; write its code like USD")
    return value


RuleId = Annotated[
    str,
    BeforeValidator(_rule),
    WithJsonSchema({"type": "string", "pattern": r"^COST\d{3}$"}),
]
Currency = Annotated[
    str,
    BeforeValidator(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
"""An ISO 4217 code."""


class Acceptance(Part):
    """A finding that is known and left as it is."""

    rule: RuleId = Field(description="The rule's id, e.g. COST002.")
    subject: str = Field(
        default="", description="What it is about, e.g. stages.hardening.cost; empty: everything."
    )
    reason: str
    until: Day = Field(description="The last day on which the finding stays accepted.")

"""What every part of a roadmap file has in common."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import ConfigDict, Field, model_validator

from statusgen.base.model import FromText, Model, OneOrMore
from statusgen.base.text import quote
from statusgen.roadmap.model.time import Day

Words = Annotated[tuple[str, ...], OneOrMore()]
"""A list of texts; one text alone may stand without the list."""

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in the file: keys and indices from the top."""


class Source(Model):
    """Where the author of the data read it; shorthand ``plan.md:12``."""

    text_schema: ClassVar[dict[str, Any] | None] = {"type": "string", "examples": ["plan.md:12"]}

    document: str
    line: int | None = None
    url: str = ""

    def __str__(self) -> str:
        return self.document if self.line is None else f"{self.document}:{self.line}"

    @classmethod
    def of_text(cls, text: str) -> object:
        """Part a document from its line. See ``Model``."""
        document, colon, line = text.rpartition(":")
        if colon and document and line.isdecimal() and line.isascii() and len(line) < 10:
            return {"document": document, "line": int(line)}
        return {"document": text}


class Part(Model):
    """Any mapping in a roadmap file: keys that begin with ``x-`` are kept as they are."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=False,
        arbitrary_types_allowed=True,
    )
    documented: ClassVar[bool] = False

    notes: Words = ()
    links: dict[str, str] = Field(default={}, description="Text of the link → address.")
    source: Source | None = Field(default=None, description="Where it was read.")
    extensions: dict[str, Any] = Field(
        default={}, alias="x-", description="What stood under keys that begin with `x-`."
    )

    @property
    def line(self) -> int:
        """The line of the document that it was read from; 0 where a person wrote it."""
        return self.source.line or 0 if self.source is not None else 0

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        if isinstance(data, str) and cls.takes_text():
            return cls.of_text(data)
        if not isinstance(data, dict):
            return data
        own = {key: value for key, value in data.items() if str(key).startswith("x-")}
        if not own:
            return data
        return {key: value for key, value in data.items() if key not in own} | {"x-": own}


def _rule(value: str) -> str:
    if not re.fullmatch(r"COST\d{3}", value):
        raise ValueError(f"{quote(value, 40)} is no rule; write its number like COST002")
    return value


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError(f"{quote(value, 40)} is no currency; write its code like USD")
    return value


RuleId = Annotated[str, FromText(_rule, {"type": "string", "pattern": r"^COST\d{3}$"})]
Currency = Annotated[str, FromText(_currency, {"type": "string", "pattern": "^[A-Z]{3}$"})]
"""An ISO 4217 code."""


class Acceptance(Part):
    """A finding that is known and left as it is."""

    rule: RuleId = Field(description="The rule's id, e.g. COST002.")
    subject: str = Field(
        default="", description="What it is about, e.g. stages.hardening.cost; empty: everything."
    )
    reason: str
    until: Day = Field(description="The last day on which the finding stays accepted.")

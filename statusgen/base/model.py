"""The dialect of what people write: pydantic models over YAML documents.

A list of one may stand without its list (:class:`OneOrMore`), a text in the place of a mapping
(:attr:`Model.shorthand`), and a value that is written as text is never taken apart into the fields
that hold it (:class:`FromText`). What is wrong is told by ``base.faults``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from statusgen.base.clock import parse_duration_ms
from statusgen.base.errors import InputError
from statusgen.base.faults import problems, suggest
from statusgen.base.ids import ID_PATTERN, id_fault
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_

__all__ = [
    "Bool",
    "FromText",
    "Id",
    "Milliseconds",
    "Model",
    "OneOrMore",
    "SecretText",
    "problems",
    "suggest",
    "validate",
]

_TEXT: dict[str, Any] = {"type": ["string", "number"]}


class Model(BaseModel):
    """What an operator wrote: immutable, unknown keys refused."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )

    shorthand: ClassVar[str | None] = None
    """The field that a text alone stands for, where the mapping may be written as one."""
    meant: ClassVar[dict[str, str]] = {}
    """Keys that people write for ours, without ``-`` and ``_`` → our key, or what to write."""
    documented: ClassVar[bool] = True
    """Whether the schema describes a field by the docstring below it."""
    text_schema: ClassVar[dict[str, Any] | None] = None
    """The JSON Schema of that text; None: any text, where there is a ``shorthand``."""

    @classmethod
    def of_text(cls, text: str) -> object:
        """Return the mapping that a text stands for. Raises ValueError."""
        return {cls.shorthand: text}

    @classmethod
    def takes_text(cls) -> bool:
        """Whether a text may stand for the mapping."""
        return cls.shorthand is not None or cls.text_schema is not None

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, data: Any) -> Any:
        return cls.of_text(data) if isinstance(data, str) and cls.takes_text() else data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        made = handler(schema)
        target = handler.resolve_ref_schema(made)
        if cls.documented:
            cls._describe(target["properties"], handler)
        if cls.takes_text():
            mapping = dict(target)
            target.clear()
            target["anyOf"] = [dict(cls.text_schema or _TEXT), mapping]
        return made

    @classmethod
    def _describe(
        cls, properties: dict[str, dict[str, Any]], handler: GetJsonSchemaHandler
    ) -> None:
        from statusgen.base.attribute_docs import attribute_docs  # no check needs it

        docs = attribute_docs(cls)
        for name, field in cls.model_fields.items():
            if field.description is not None or name not in docs:
                continue
            made = properties[field.alias or name]
            if handler.resolve_ref_schema(made).get("description") != docs[name]:
                made["description"] = docs[name]


class OneOrMore:
    """Lets a person write one entry of a list without the list.

    ``empty``: a key with nothing behind it is a list of nothing.
    """

    def __init__(self, *, empty: bool = False) -> None:
        self._empty = empty

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}

    def _listed(self, value: object) -> object:
        if value is None:
            return [] if self._empty else None
        return value if isinstance(value, (list, tuple)) else [value]


class FromText:
    """A value that is written as text: ``parse`` makes it, or raises ValueError.

    ``write`` gives the text again. Without all this pydantic would take a mapping of the names of
    our fields for the value, and ask for them where one is missing.
    """

    def __init__(
        self,
        parse: Callable[[str], object],
        schema: dict[str, Any] | None = None,
        *,
        write: Callable[[Any], str] = str,
    ) -> None:
        self._parse, self._schema, self._write = parse, schema, write

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read,
            serialization=core_schema.plain_serializer_function_ser_schema(self._written),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self._schema or {"type": "string"})

    def _written(self, value: object) -> object:
        """Exports hold numbers as numbers, unless the value has a text of its own."""
        return value if self._write is str and isinstance(value, int) else self._write(value)

    def _read(self, value: object) -> object:
        if isinstance(value, str):
            return self._parse(value)
        if value is None or isinstance(value, (dict, list, bool)):
            raise PydanticKnownError("string_type")
        return value


def _yaml_bool(value: object) -> object:
    if value in ("true", "True", "TRUE"):
        return True
    if value in ("false", "False", "FALSE"):
        return False
    if isinstance(value, bool):
        return value
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}
    word = meant.get(str(value).lower(), "true or false")
    raise ValueError(f"{quote(str(value))} is not true or false; write {word}")


Bool = Annotated[bool, BeforeValidator(_yaml_bool)]
"""``true`` or ``false`` as YAML 1.2 writes them; ``yes`` and ``on`` are refused with the fix."""

Milliseconds = Annotated[
    int,
    BeforeValidator(parse_duration_ms),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+$",
            "examples": ["800ms", "30s", "5m", "21d"],
        }
    ),
]
"""A duration written with its unit (``800ms``, ``5m``, ``21d``), held in whole milliseconds."""

SecretText = Annotated[
    Template,
    FromText(Template, {"type": "string", "description": "May hold $NAME from the environment."}),
]
"""Text in which ``$NAME`` stands for a secret from the environment."""


def _id(value: object) -> object:
    fault = id_fault(value) if isinstance(value, str) else None
    if fault:
        raise ValueError(fault)
    return value


Id = Annotated[
    str,
    BeforeValidator(_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": ID_PATTERN}),
]
"""A stable name: 1 to 63 lower-case letters, digits and hyphens."""

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], document: Document, data: object = None, at: Path_ = ()) -> M:
    """Make ``model`` from a document, or from ``data`` standing at path ``at`` in it.

    Raises InputError with every fault, each at its line and column.
    """
    try:
        return model.model_validate(document.data if data is None and not at else data)
    except ValidationError as error:
        raise InputError(problems(error, model, document, at)) from None

"""Pydantic models over YAML documents, with errors that a person can act on."""

from __future__ import annotations

import difflib
import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema

from statusgen.base.clock import parse_duration_ms
from statusgen.base.errors import InputError, Problem
from statusgen.base.secrets import Template
from statusgen.base.text import one_line
from statusgen.base.yamltree import Document, Path_


class Model(BaseModel):
    """What an operator wrote: immutable, unknown keys refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


def _yaml_bool(value: object) -> object:
    if value in ("true", "True", "TRUE"):
        return True
    if value in ("false", "False", "FALSE"):
        return False
    if isinstance(value, bool):
        return value
    raise ValueError(f"{one_line(str(value))!r} is not true or false; write true or false")


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


def _template(value: object) -> object:
    return Template(value) if isinstance(value, str) else value


SecretText = Annotated[
    Template,
    BeforeValidator(_template),
    WithJsonSchema({"type": "string", "description": "May hold $NAME from the environment."}),
]
"""Text in which ``$NAME`` stands for a secret from the environment."""

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], document: Document, data: object = None, at: Path_ = ()) -> M:
    """Make ``model`` from a document, or from ``data`` standing at path ``at`` in it.

    Raises InputError with every fault, each at its line and column.
    """
    try:
        return model.model_validate(document.data if data is None and not at else data)
    except ValidationError as error:
        raise InputError(problems(error, model, document, at)) from None


def problems(
    error: ValidationError, model: type[BaseModel], document: Document, at: Path_ = ()
) -> list[Problem]:
    """Translate pydantic's errors into problems with places, plain words and fixes."""
    found: list[Problem] = []
    details = error.errors(include_url=False)
    faulty = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in faulty:
            continue  # only because pydantic does not count the entries that are wrong
        loc = at + _real_path(detail["loc"], document, at)
        key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)
        message, fix = _words(detail, model)
        problem = document.problem(loc, message, fix, key=key)
        if problem not in found:
            found.append(problem)
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def suggest(word: str, known: list[str]) -> str:
    """Return a did-you-mean sentence part for ``word``, or the empty string."""
    folded = {_fold(name): name for name in known}
    close = difflib.get_close_matches(_fold(word), list(folded), n=1, cutoff=0.6)
    return f"did you mean {folded[close[0]]!r}?" if close else ""


def _fold(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


def _real_path(loc: tuple[str | int, ...], document: Document, at: Path_) -> Path_:
    """Drop the tags that unions and validators put into pydantic's ``loc``.

    The last element is kept although the document lacks it when a required key is missing.
    """
    path: Path_ = ()
    for index, part in enumerate(loc):
        candidate = (*path, part)
        known = at + candidate in document.values or at + candidate in document.keys
        missing = index == len(loc) - 1 and str(part).replace("_", "").isalnum()
        if known or missing:
            path = candidate
    return path


def _words(detail: Any, model: type[BaseModel]) -> tuple[str, str]:
    kind, given = detail["type"], detail["input"]
    shown = one_line(str(given), 80) if isinstance(given, (str, int, float)) else None
    got = f" (got {shown!r})" if shown is not None else ""
    context = detail.get("ctx", {})
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        known = _field_names(model, detail["loc"][:-1])
        fix = suggest(name, known)
        if not fix and known:
            fix = f"known here: {', '.join(known)}" if len(known) <= 12 else "remove it"
        return f"unknown key {one_line(name, 60)!r}", fix
    if kind == "missing":
        return "is required", f"add `{name}:`"
    if kind == "value_error":
        return _split(one_line(str(context.get("error", detail["msg"])), 400))
    if kind in ("string_type",):
        return f"must be text{got}", "" if given is not None else f"write a value after `{name}:`"
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return f"must be a whole number{got}", ""
    if kind in ("float_parsing", "float_type", "decimal_parsing", "decimal_type", "finite_number"):
        return f"must be a number{got}", ""
    if kind in ("list_type", "tuple_type"):
        return f"must be a list{got}", "write each entry on a line of its own after `- `"
    if kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type"):
        return f"must be a mapping{got}", "write `key: value` lines under it"
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        options = [option.strip(" '\"") for option in expected.replace(" or ", ",").split(",")]
        hint = suggest(str(given), options) if isinstance(given, str) else ""
        return f"must be one of {expected}{got}", hint
    if kind in ("too_short", "string_too_short") and context.get("min_length") == 1:
        return "must not be empty", ""
    limit = next((words for name, words in _LIMITS.items() if name in context), None)
    if limit is not None:
        return limit.format(**context) + got, ""
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}{got}", ""


# Pydantic's names for what bounds a number, a list or a text.
_LIMITS = {
    "ge": "must be {ge} or more",
    "gt": "must be more than {gt}",
    "le": "must be {le} or less",
    "lt": "must be less than {lt}",
    "min_length": "must not be shorter than {min_length}",
    "max_length": "must not be longer than {max_length}",
    "pattern": "must match {pattern}",
}


def _split(text: str) -> tuple[str, str]:
    """Validators write ``what is wrong; what to write instead``."""
    message, _, fix = text.partition("; ")
    return message, fix


def _field_names(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model at ``loc`` below ``model`` accepts."""
    reached: list[Any] = [model]
    for part in loc:
        following: list[Any] = []
        for annotation in reached:
            for candidate in _models_and_containers(annotation):
                following += _step(candidate, part)
        reached = following or reached
    names: list[str] = []
    for annotation in reached:
        for candidate in _models_and_containers(annotation):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                names += [
                    field.alias or name
                    for name, field in candidate.model_fields.items()
                    if not field.exclude
                ]
    return list(dict.fromkeys(names))


def _models_and_containers(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _models_and_containers(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [found for part in get_args(annotation) for found in _models_and_containers(part)]
    return [annotation]


def _step(annotation: Any, part: str | int) -> list[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(part, int):
        return [arguments[0]] if origin in (list, tuple, frozenset, set) and arguments else []
    if origin is dict:
        return [arguments[1]]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part in (name, field.alias):
                return [field.annotation]
    return []

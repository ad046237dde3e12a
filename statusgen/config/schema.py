"""The JSON Schema (draft 2020-12) of ``data/status.yml``, for editors.

Made from the models, so that it cannot lag behind them. It knows what one key may hold and which
options go with which scheme; what it cannot know (ids that must exist, times that must fit into
each other) ``statusgen validate`` says.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from statusgen.config.entries import file_model
from statusgen.config.settings import Kind

Schema = dict[str, Any]


def status_schema(kinds: Sequence[Kind]) -> Schema:
    """Return the schema of the whole file where these kinds of check exist."""
    model = file_model(kinds)
    made = model.model_json_schema()
    definitions: Schema = made.setdefault("$defs", {})
    for found in _models(model):
        target = made if found is model else definitions.get(found.__name__)
        if target is not None:
            _describe(found, target)
    _as_written(made)
    _choose_by_scheme(definitions["Monitor"], kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "data/status.yml of statusgen",
        **made,
    }


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield the model and every model that its fields hold, each once."""
    waiting: list[Any] = [model]
    seen: set[Any] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            if found not in seen:
                seen.add(found)
                yield found
                waiting += [field.annotation for field in found.model_fields.values()]
        else:
            waiting += list(getattr(found, "__args__", ()))


def _describe(model: type[BaseModel], target: Schema) -> None:
    """Give every property the text that stands under its field in the source."""
    properties: Schema = target.get("properties", {})
    docstrings = _docstrings(model)
    for name, field in model.model_fields.items():
        text = field.description or docstrings.get(name)
        written = field.alias or name
        if text and written in properties:
            properties[written]["description"] = " ".join(text.replace("``", "`").split())


def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return field → the string that follows it, from the class and its bases."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if issubclass(owner, BaseModel) and owner is not BaseModel:
            # A class made at run time stands in no source: its fields carry their descriptions.
            found |= _written_in(owner.__module__).get(owner.__qualname__, {})
    return found


@cache
def _written_in(module: str) -> dict[str, dict[str, str]]:
    """Return class → field → the string that follows it, of one module, parsed once."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    return {
        definition.name: dict(_strings(definition))
        for definition in tree.body
        if isinstance(definition, ast.ClassDef)
    }


def _strings(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            yield statement.target.id, str(following.value.value)


def _as_written(node: Any) -> None:
    """Say of every value what a person writes for it, not how we hold it.

    Where text is meant, YAML's numbers are text too (a name ``2024``, an ``ip: 4``); defaults are
    in our units, and titles repeat the keys.
    """
    if isinstance(node, list):
        for part in node:
            _as_written(part)
    if not isinstance(node, dict):
        return
    if not isinstance(node.get("default"), dict) or "properties" not in node:
        node.pop("default", None)
    if isinstance(node.get("title"), str):
        node.pop("title")
    if "patternProperties" in node:
        node.setdefault("additionalProperties", False)
    if node.get("type") == "string" and "pattern" not in node:
        if "enum" in node:
            numbers = [int(choice) for choice in node["enum"] if choice.isdecimal()]
            node["enum"] += numbers
            if numbers:
                node["type"] = ["string", "integer"]
        else:
            node["type"] = ["string", "number"]
    for key, part in node.items():
        if key == "properties":
            for inner in part.values():
                _as_written(inner)
        elif key not in ("enum", "examples", "required"):
            _as_written(part)


def _choose_by_scheme(monitor: Schema, kinds: Sequence[Kind]) -> None:
    """Let a URL have the schemes of the kinds, and beside it the options of its own kind only."""
    schemes = "|".join(scheme for kind in kinds for scheme in kind.schemes)
    monitor["properties"]["url"] |= {
        "type": "string",
        "pattern": rf"^(({schemes})://\S+|\$\S+)$",
        "examples": [f"{kind.schemes[-1]}://example.com" for kind in kinds],
    }
    monitor["allOf"] = [
        {
            "if": {"properties": {"url": {"pattern": f"^({'|'.join(kind.schemes)}):"}}},
            "then": {
                "properties": {other.name: False for other in kinds if other.name != kind.name}
            },
        }
        for kind in kinds
    ]

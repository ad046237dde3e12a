"""The JSON Schema (draft 2020-12) of ``data/status.yml``, for editors.

Made from the models, so that it cannot lag behind them. It knows what one key may hold and which
options go with which scheme; what it cannot know (ids that must exist, times that must fit into
each other) ``statusgen validate`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from statusgen.config.entries import file_model
from statusgen.config.settings import Kind

Schema = dict[str, Any]


def status_schema(kinds: Sequence[Kind]) -> Schema:
    """Return the schema of the whole file where these kinds of check exist."""
    model = file_model(kinds)
    made = model.model_json_schema()
    definitions: Schema = made.setdefault("$defs", {})
    _as_written(made)
    _choose_by_scheme(definitions["Monitor"], kinds)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "data/status.yml of statusgen",
        **made,
    }


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
    if isinstance(node.get("description"), str):
        node["description"] = " ".join(node["description"].replace("``", "`").split())
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

"""JSON Schemas of the roadmap files and the wizard's, for editors to complete and check."""

from __future__ import annotations

from typing import Any

from statusgen.roadmap.model import STAGE_KEYS, Part, Roadmap, Wizard


def roadmap_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``data/roadmaps/<id>.yml``.

    Every mapping may hold keys that begin with ``x-``; the stages may stand under any of their
    three names; ``id`` comes from the file's name.
    """
    schema = as_written(Roadmap)
    stages = schema["properties"].pop("stages")
    schema["properties"] |= dict.fromkeys(STAGE_KEYS, stages)
    schema["required"] = [name for name in schema["required"] if name != "id"]
    schema["title"] = "Roadmap"
    return schema


def wizard_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``data/wizard.yml``."""
    schema = as_written(Wizard)
    schema["title"] = "Wizard"
    return schema


def as_written(model: type[Part]) -> dict[str, Any]:
    """Return a model's schema with all the ways in which a person may write its parts."""
    schema = model.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.get("$defs", {})
    for part in definitions.values():
        for shape in (part, *part.get("anyOf", ())):
            _open(shape)
            _name_gives_id(shape)
    _open(schema)
    _take_numbers(schema)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def _name_gives_id(part: dict[str, Any]) -> None:
    """A part with a name need not say its id; see :mod:`statusgen.roadmap.shapes`."""
    required = part.get("required", [])
    if "id" in required and {"name", "text", "risk"} & set(required):
        part["required"] = [name for name in required if name != "id"]


def _open(part: dict[str, Any]) -> None:
    if "properties" not in part:
        return
    part["properties"].pop("x-", None)
    part["patternProperties"] = {"^x-": {}}


def _take_numbers(node: Any) -> None:
    """Take a number wherever any text may stand: YAML reads 1.2 as one, we keep its text."""
    if isinstance(node, list):
        for part in node:
            _take_numbers(part)
    if not isinstance(node, dict):
        return
    if node.get("type") == "string" and not {"pattern", "format", "enum", "const"} & node.keys():
        node["type"] = ["string", "number"]
    for part in node.values():
        _take_numbers(part)

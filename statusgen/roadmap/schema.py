"""JSON Schemas of the roadmap files and the wizard's, for editors to complete and check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statusgen.roadmap.model import STAGE_KEYS, Guide, Part, Roadmap


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


def guide_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``data/wizard.yml``."""
    schema = as_written(Guide)
    schema["title"] = "Wizard"
    return schema


def as_written(model: type[Part]) -> dict[str, Any]:
    """Return a model's schema with all the ways in which a person may write its parts."""
    schema = model.model_json_schema(by_alias=True)
    texts = {part.__name__ for part in _subclasses(Part) if part.shorthand or part.as_text}
    definitions: dict[str, Any] = schema.get("$defs", {})
    for name, part in definitions.items():
        _open(part)
        if name in texts:
            definitions[name] = {"anyOf": [{"type": ["string", "number"]}, part]}
    _open(schema)
    _take_numbers(schema)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def _open(part: dict[str, Any]) -> None:
    if "properties" not in part:
        return
    part["properties"].pop("x-", None)
    part["patternProperties"] = {"^x-": {}}
    for name, field in part["properties"].items():
        if field.pop("single", False):
            part["properties"][name] = {"anyOf": [field["items"], field]}


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


def _subclasses(base: type[Part]) -> Iterator[type[Part]]:
    for part in base.__subclasses__():
        yield part
        yield from _subclasses(part)

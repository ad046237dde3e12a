"""The page of all keys is what the model says of itself; ``STATUSGEN_WRITE_GOLDEN=1`` renews it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from statusgen.config.schema import status_schema
from statusgen.probe.kinds import KINDS
from tests.conftest import ROOT

PAGE = ROOT / "content" / "guide" / "configuration-keys.md"
Schema = Mapping[str, Any]
HEAD = """\
# Every key of `data/status.yml`

This page is made from the program's own model, from which editors complete the file, too
(`statusgen schema`). [Configuration](configuration.md) explains with examples. A key that is not
required may be left out. Durations carry their unit: `800ms`, `30s`, `5m`, `21d`.
"""


def test_the_page_says_every_key_as_the_model_does() -> None:
    made = page(status_schema(KINDS))
    if os.environ.get("STATUSGEN_WRITE_GOLDEN"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made, "renew it: STATUSGEN_WRITE_GOLDEN=1 pytest this file"


def test_every_key_says_what_it_means() -> None:
    schema = status_schema(KINDS)
    silent = [
        f"{path}.{key}"
        for path, node in sections(schema)
        for key, told in node["properties"].items()
        if key != "id" and not (told.get("description") or "$ref" in told)
    ]
    assert silent == []


def page(schema: Schema) -> str:
    """Return the whole page."""
    lines = [HEAD.rstrip("\n")]
    for path, node in sections(schema):
        lines += ["", f"## {f'`{path}`' if path else 'The whole file'}", ""]
        if node.get("description") and path:
            lines += [plain(node["description"]), ""]
        lines += ["| key | takes | meaning |", "|---|---|---|"]
        required = node.get("required", [])
        for key, told in node["properties"].items():
            must = ", required" if key in required else ""
            about = plain(told.get("description") or resolved(schema, told).get("description", ""))
            lines.append(f"| `{key}` | {takes(schema, told)}{must} | {about} |")
    return "\n".join([*lines, ""])


def sections(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield each mapping with keys of its own and its path, outer ones first; each kind once."""
    waiting: list[tuple[str, Schema]] = [("", schema)]
    seen: set[int] = set()
    while waiting:
        path, node = waiting.pop(0)
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield path, node
        for key, told in node["properties"].items():
            for inner, many in parts(schema, told):
                name = f"{path}.{key}" if path else key
                waiting.append((f"{name}[]" if many else name, inner))


def parts(schema: Schema, told: Schema, many: bool = False) -> Iterator[tuple[Schema, bool]]:
    """Yield the mappings that a value may be or hold, and whether in a list."""
    node = resolved(schema, told)
    if node.get("properties"):
        yield node, many
    for each in node.get("anyOf", []):
        yield from parts(schema, each, many)
    if isinstance(node.get("items"), dict):
        yield from parts(schema, node["items"], True)
    for each in node.get("patternProperties", {}).values():
        yield from parts(schema, each, many)


def resolved(schema: Schema, told: Schema) -> Schema:
    reference = told.get("$ref", "")
    found: Schema = schema["$defs"][reference.rpartition("/")[2]] if reference else told
    return found


def takes(schema: Schema, told: Schema) -> str:
    """Say in a few words what a key takes."""
    found = list(dict.fromkeys(kinds(schema, told)))
    listed = [each for each in found if f"list of {each}" in found]
    left = [each for each in found if each.removeprefix("list of ") not in listed]
    return " or ".join([*(f"{each}, or a list of it" for each in listed), *left]) or "anything"


def kinds(schema: Schema, told: Schema) -> Iterator[str]:
    node = resolved(schema, told)
    if "anyOf" in node:
        for each in node["anyOf"]:
            yield from kinds(schema, each)
    elif node.get("type") == "null":
        return
    elif "const" in node:
        yield f"`{node['const']}`"
    elif "enum" in node:
        yield " ".join(f"`{each}`" for each in dict.fromkeys(map(str, node["enum"])))
    elif "5m" in node.get("examples", []):
        yield "duration"
    elif node.get("type") == "array":
        inner = takes(schema, node.get("items", {}))
        yield "list" if inner in ("mapping", "anything") else f"list of {inner}"
    elif node.get("type") == "object" or node.get("properties"):
        yield "mapping"
    elif node.get("type") == "boolean":
        yield "`true` `false`"
    elif node.get("type") in ("integer", "number"):
        yield "number"
    else:
        yield "text"


def plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

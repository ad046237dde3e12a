"""What ``mkdocs.yml`` says of the pages of prose, read as plain values without MkDocs.

What only Python can make of it (``!!python/name:…``) is None here; nothing in the file runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from statusgen.base.errors import Problem
from statusgen.run.places import mkdocs_nodes, text_of

_DEPTH = 20
"""A nav nested deeper is an alias of itself."""
_TAGS = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class MkdocsSays:
    """The keys that matter to prose, as MkDocs would read them."""

    file: str = ""
    nav: Sequence[Any] | None = None
    """None: made of the files, as MkDocs does it."""
    extensions: Sequence[tuple[str, Mapping[str, Any]]] = ()
    """Names of Python-Markdown's extensions, with their options."""
    exclude: str = ""
    """Patterns of ``exclude_docs``, a line each, as git reads them."""
    repository: tuple[str, str] = ("", "")
    """Name and address."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where each of the keys stands."""

    def problem(self, key: str, message: str, fix: str = "") -> Problem:
        """Make a problem at a key of the file."""
        return Problem(f"{key}: {message}", fix, self.file, self.lines.get(key, 0), 1)


def mkdocs_says(root: Path) -> MkdocsSays:
    """Read ``mkdocs.yml``; without one, what MkDocs takes by default.

    Raises InputError where the file is no YAML.
    """
    nodes = mkdocs_nodes(root)
    values = {key: _plain(node, _DEPTH) for key, (node, _) in nodes.items()}
    nav = values.get("nav")
    url = text_of(nodes["repo_url"][0]) if "repo_url" in nodes else ""
    name = text_of(nodes["repo_name"][0]) if "repo_name" in nodes else ""
    return MkdocsSays(
        file=next((file for _, file in nodes.values()), ""),
        nav=nav if isinstance(nav, list) else None,
        extensions=tuple(_extensions(values.get("markdown_extensions"))),
        exclude=str(values.get("exclude_docs") or ""),
        repository=(name or url or "", url or ""),
        lines={key: node.start_mark.line + 1 for key, (node, _) in nodes.items()},
    )


def _extensions(said: object) -> list[tuple[str, dict[str, Any]]]:
    """Return names with options, of any of the three forms that MkDocs takes."""
    listed = said if isinstance(said, list) else [said]
    found: list[tuple[str, dict[str, Any]]] = []
    for each in listed:
        if isinstance(each, str):
            found.append((each, {}))
        elif isinstance(each, dict):
            found += [
                (str(name), own if isinstance(own, dict) else {}) for name, own in each.items()
            ]
    return found


def _plain(node: yaml.Node, depth: int) -> Any:
    """Return the plain value of a node; None for what is none, or nested too deeply."""
    if depth == 0:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each, depth - 1) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {
            key.value: _plain(value, depth - 1)
            for key, value in node.value
            if isinstance(key, yaml.ScalarNode)
        }
    tag = node.tag.removeprefix(_TAGS)
    if tag == "bool":
        return str(node.value).lower() in ("true", "yes", "on")
    if tag == "int" and str(node.value).isdecimal():
        return int(node.value)
    return node.value if tag in ("str", "float", "int", "timestamp") else None

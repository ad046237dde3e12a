"""YAML as other tools read it: anchors, aliases and merge keys stand in it, and so do tags.

Our own files refuse those (``base.yamltree``); a file of another tool is read as it is, with the
place of each value. What is expanded is bounded, for an alias may stand for a million others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.base.text import one_line

MAX_BYTES = 16 * 1024 * 1024
MAX_VALUES = 500_000
MAX_DEPTH = 60

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(slots=True)
class Foreign:
    """A file of another tool: mappings, lists and texts; null is an empty text."""

    file: str
    data: Any
    lines: dict[int, int] = field(default_factory=dict)
    """``id`` of a mapping or list → the line where it begins."""

    def line(self, value: object) -> int:
        """Return the line where a mapping or list of this file begins; 0 for anything else."""
        return self.lines.get(id(value), 0)


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Read a file. Raises OutsideError, or InputError where it is larger than ``limit``."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error
    if len(content) > limit:
        raise InputError([Problem(f"is larger than {limit >> 20} MiB", file=str(path))])
    return content


def read_yaml(text: str, file: str) -> Foreign:
    """Parse one document. Raises InputError, with the place, for what is no YAML."""
    try:
        _check_depth(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = one_line(error.problem or error.context or "syntax error")
        raise InputError([Problem(f"is not valid YAML: {what}", "", file, line, column)]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(
            [Problem(f"is not valid YAML: {one_line(str(error))}", file=file)]
        ) from None
    found = Foreign(file, {})
    if node is not None:
        found.data = _Expander(found).value(node, 0)
    return found


def _check_depth(text: str, file: str) -> None:
    """Refuse what is nested deeper than anybody writes: libyaml's own composer would crash."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise InputError([Problem("is nested too deeply", "", file, line)])


class _Expander:
    def __init__(self, found: Foreign) -> None:
        self._found = found
        self._count = 0

    def value(self, node: Any, depth: int) -> Any:
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_VALUES:
            what = "is nested too deeply" if depth > MAX_DEPTH else "grows too large by its aliases"
            raise InputError([Problem(what, "", self._found.file, node.start_mark.line + 1)])
        if isinstance(node, yaml.ScalarNode):
            return "" if node.tag == "tag:yaml.org,2002:null" else node.value
        made: Any
        if isinstance(node, yaml.SequenceNode):
            made = [self.value(each, depth + 1) for each in node.value]
        else:
            made = self._mapping(node, depth)
        self._found.lines[id(made)] = node.start_mark.line + 1
        return made

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                found = self.value(value, depth + 1)
                for each in found if isinstance(found, list) else [found]:
                    if isinstance(each, dict):
                        merged = {**each, **merged}
            elif isinstance(key, yaml.ScalarNode):
                own[key.value] = self.value(value, depth + 1)
        return {**merged, **own}


def mapping(value: object) -> dict[str, Any]:
    """Return a mapping, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return a list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return a text, stripped, or an empty one for anything else."""
    return value.strip() if isinstance(value, str) else ""

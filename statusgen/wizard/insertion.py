"""Monitors put into ``data/status.yml`` as text: every byte that was there stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from statusgen.base.errors import InputError
from statusgen.base.yamledit import line_end
from statusgen.base.yamlwrite import quoted

_HINT = "  # put your own address here"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def lines_of(monitors: Iterable[Mapping[str, Any]], indent: str = "  ") -> list[str]:
    """Return a line for each monitor."""
    return [
        f"{indent}- {{id: {one['id']}, name: {quoted(one['name'])}, url: {quoted(one['url'])}}}"
        + (_HINT if one["fill"] else "")
        for one in monitors
    ]


def with_monitors(text: str, monitors: Sequence[Mapping[str, Any]], file: str) -> str:
    """Return the text with monitors behind those that it has; ids that are there are left out.

    Raises InputError where the list is written in brackets, into which no line can be put.
    """
    root = _root(text)
    pairs = [] if root is None else [(key.value, key, value) for key, value in root.value]
    found = next((one for one in pairs if one[0] == "monitors"), None)
    end = line_end(text)
    if found is None or not found[2].value:
        head = text if not text or text.endswith(("\n", "\r")) else text + end
        if found is not None:
            raise InputError(f"{file}: `monitors:` is empty; remove the line, then try again")
        made = [f"monitors:{end}", *(f"{line}{end}" for line in lines_of(monitors))]
        return head + "".join(made) if monitors else text
    sequence = found[2]
    if not isinstance(sequence, yaml.SequenceNode) or sequence.flow_style:
        raise InputError(f"{file}: the monitors stand in brackets; write each on a line of its own")
    there = _ids(sequence)
    new = [one for one in monitors if one["id"] not in there]
    if not new:
        return text
    last = sequence.value[-1].end_mark.index
    # A block mapping's end lies before the next key: what is blank or a comment stays behind us.
    position = len(text[:last].rstrip(" \t\r\n"))
    at = text.find("\n", position)
    at = len(text) if at < 0 else at + 1
    indent = " " * _dash(text, sequence)
    head = text[:at] if text[:at].endswith(("\n", "\r")) else text[:at] + end
    return head + "".join(f"{line}{end}" for line in lines_of(new, indent)) + text[at:]


def _dash(text: str, sequence: yaml.SequenceNode) -> int:
    """Return the column of the dashes."""
    start = sequence.value[0].start_mark.index
    line = text.rfind("\n", 0, start) + 1
    return text[line:start].find("-")


def _ids(sequence: yaml.SequenceNode) -> set[str]:
    return {
        value.value
        for one in sequence.value
        if isinstance(one, yaml.MappingNode)
        for key, value in one.value
        if key.value == "id"
    }


def _root(text: str) -> yaml.MappingNode | None:
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    return node if isinstance(node, yaml.MappingNode) else None

"""Changing one key at the top of a YAML mapping that a person wrote: all else stays to the byte.

Comments stay, too: one behind a value that is replaced stays behind it, one behind a value that is
removed gets a line of its own. The text must be one that a reader accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\r\n]*", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_BLOCK = ("|", ">")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As ``yamltree`` reads: the other one refuses a tab before a comment."""

_Pair = tuple[yaml.Node, yaml.Node]


def line_end(text: str) -> str:
    """Return how most lines of a text end."""
    counts = {"\r\n": text.count("\r\n")}
    counts["\n"] = text.count("\n") - counts["\r\n"]
    counts["\r"] = text.count("\r") - counts["\r\n"]
    most = max(counts, key=lambda end: counts[end])
    return most if counts[most] else "\n"


def with_key(text: str, key: str, value: str) -> str:
    """Return the text with ``key: value``: in its place, else behind all other keys."""
    root, pairs = _top(text)
    pair = next((each for each in pairs if each[0].value == key), None)
    if pair is not None and isinstance(pair[1], yaml.ScalarNode):
        return _replaced(text, pair[1], value)
    if pair is not None:
        return with_key(without_key(text, key), key, value)
    if root is not None and root.flow_style and pairs:
        end = pairs[-1][1].end_mark.index
        return f"{text[:end]}, {key}: {value}{text[end:]}"
    if root is not None and root.flow_style:
        inside = root.end_mark.index - 1
        return f"{text[:inside]}{key}: {value}{text[inside:]}"
    newline = line_end(text)
    indent = " " * pairs[0][0].start_mark.column if pairs else ""
    begun = text if not text or text.endswith(("\n", "\r")) else text + newline
    return f"{begun}{indent}{key}: {value}{newline}"


def without_key(text: str, key: str) -> str:
    """Return the text without the key; the same text where it has none."""
    root, pairs = _top(text)
    index = next((n for n, each in enumerate(pairs) if each[0].value == key), None)
    if root is None or index is None:
        return text
    name, value = pairs[index]
    start, end = name.start_mark.index, value.end_mark.index
    if root.flow_style:
        head, tail = text[:start], text[end:]
        if index + 1 < len(pairs):
            return head + re.sub(r"\A[ \t]*,[ \t]*", "", tail)
        return re.sub(r",[ \t]*\Z", "", head) + tail
    line = start - name.start_mark.column
    if not _ends_a_line(text, end):
        end = _after_line(text, end)
    newline = line_end(text)
    kept = [f"{text[line:start]}{each}{newline}" for each in _comments(text, name, value, end)]
    return text[:line] + "".join(kept) + text[end:]


def _top(text: str) -> tuple[yaml.MappingNode | None, list[_Pair]]:
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    return (node, node.value) if isinstance(node, yaml.MappingNode) else (None, [])


def _replaced(text: str, old: yaml.ScalarNode, value: str) -> str:
    start, end = old.start_mark.index, old.end_mark.index
    if old.style in _BLOCK:
        head = text[start : _LINE_END.search(text, start).start()]  # type: ignore[union-attr]
        comment = _COMMENT.search(head)
        behind = f" {comment[0]}" if comment else ""
        return f"{text[:start]}{value}{behind}{line_end(text)}{text[end:]}"
    space = " " if start == end and text[start - 1 : start] == ":" else ""
    return f"{text[:start]}{space}{value}{text[end:]}"


def _comments(text: str, name: yaml.Node, value: yaml.Node, end: int) -> Iterator[str]:
    """Yield the comments that stand between a key and the end of its value's last line."""
    start, last = value.start_mark.index, value.end_mark.index
    parts = [text[name.end_mark.index : start], text[last:end]]
    if isinstance(value, yaml.ScalarNode) and value.style in _BLOCK:
        parts.insert(1, text[start : _after_line(text, start)])
    elif not isinstance(value, yaml.ScalarNode):
        parts.insert(1, text[start:last])
    for part in parts:
        yield from _COMMENT.findall(part)


def _ends_a_line(text: str, index: int) -> bool:
    return index > 0 and text[index - 1] in "\r\n"


def _after_line(text: str, index: int) -> int:
    found = _LINE_END.search(text, index)
    return found.end() if found else len(text)

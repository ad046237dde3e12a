"""Digests of generated files that outlive an editor: did a person change what the file says?

A digest of the bytes would call a file edited once an editor saved it with other line ends, or a
formatter aligned it; the operator would then be shown differences of nothing, and stop reading
them. So what is digested is what a file says: of YAML its events (the values, not their quotes or
indentation) and its comments, each in its place; of other text its lines without line ends, spaces
at their ends and the padding of tables. A comment is a part of it: one that a person wrote must
not be lost when the file is renewed. What cannot be read as text counts by its bytes.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

_YAML = (".yml", ".yaml")
_MARKDOWN = ".md"
_RULE = re.compile(r":?-+:?")
_STRING = "tag:yaml.org,2002:str"


@functools.lru_cache(maxsize=256)
def digest(path: str, content: bytes) -> str:
    """Return the digest of a file's content, 64 hexadecimal digits; ``path`` tells its kind."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return hashlib.sha256(content).hexdigest()
    if "\0" in text:
        return hashlib.sha256(content).hexdigest()
    said = _said(path, text)
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _said(path: str, text: str) -> list[Any]:
    if path.endswith(_YAML):
        try:
            return ["yaml", *_of_yaml(text)]
        except (yaml.YAMLError, RecursionError, ValueError):
            pass  # what a person broke is compared by its lines
    lines = [line.rstrip() for line in text.split("\n")]
    if path.endswith(_MARKDOWN):
        lines = [_row(line) if line.lstrip().startswith("|") else line for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return ["text", *lines]


def _row(line: str) -> str:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return "|".join("-" if _RULE.fullmatch(cell) else cell for cell in cells)


def _of_yaml(text: str) -> list[list[str]]:
    found = [*_events(text), *_comments(text)]
    return [list(said) for _, said in sorted(found, key=lambda each: each[0])]


def _events(text: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Yield where each event stands, and what it says whatever its quotes and indentation."""
    loader = yaml.SafeLoader(text)
    try:
        number = 0
        while loader.check_event():
            event = loader.get_event()  # type: ignore[no-untyped-call]
            number += 1
            said: tuple[str, ...] = (type(event).__name__,)
            if isinstance(event, yaml.ScalarEvent):
                tag = event.tag or _STRING
                if event.implicit[0]:
                    tag = loader.resolve(  # type: ignore[no-untyped-call]
                        yaml.ScalarNode, event.value, (True, False)
                    )
                said = (*said, str(tag), event.value, event.anchor or "")
            elif isinstance(event, yaml.NodeEvent):
                said = (*said, getattr(event, "tag", None) or "", event.anchor or "")
            yield (event.start_mark.index, number), said
    finally:
        loader.dispose()


def _comments(text: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Yield the comments: what begins with # where no token is."""
    end = 0
    # A mark counts characters, less a byte order mark that was taken off before.
    for token in (*yaml.scan(text, Loader=yaml.SafeLoader), None):
        start = len(text) if token is None else token.start_mark.index
        for found in re.finditer(r"#[^\n]*", text[end:start]):
            yield (end + found.start(), 0), ("comment", " ".join(found[0].split()))
        if token is not None:
            end = max(end, token.end_mark.index)

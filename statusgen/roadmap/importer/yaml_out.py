"""Writing YAML in which outside text stays text: every value is quoted or a literal block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_UNSAFE = re.compile(r'[\\"\n\t]')


def dump(data: dict[str, Any]) -> str:
    """Return a mapping as YAML, in its order; the same mapping gives the same bytes.

    Values are mappings, lists, texts and booleans. Texts must not hold characters that YAML cannot
    (:func:`statusgen.roadmap.importer.draft.clean`).
    """
    return "".join(f"{line}\n" for line in _mapping(data, 0))


def _mapping(data: dict[str, Any], indent: int) -> Iterator[str]:
    space = " " * indent
    for key, value in data.items():
        yield from _entry(f"{space}{_key(key)}:", value, indent)


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _mapping(value, indent + 2)
    elif isinstance(value, list) and value:
        yield head
        for element in value:
            yield from _element(element, indent + 2)
    else:
        yield from _scalar(head, value, indent + 2)


def _element(value: Any, indent: int) -> Iterator[str]:
    space = " " * indent
    if isinstance(value, dict) and value:
        lines = _mapping(value, indent + 2)
        yield f"{space}- {next(lines).lstrip(' ')}"
        yield from lines
    elif isinstance(value, list) and value:
        yield f"{space}-"
        for element in value:
            yield from _element(element, indent + 2)
    else:
        yield from _scalar(f"{space}-", value, indent + 2)


def _scalar(head: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        yield f"{head} {'{}' if isinstance(value, dict) else '[]'}"
    elif isinstance(value, bool):
        yield f"{head} {'true' if value else 'false'}"
    elif "\n" in value and not value.endswith("\n"):
        sign = "|2-" if value[0] in " \t\n" else "|-"
        yield f"{head} {sign}"
        space = " " * indent
        for line in value.split("\n"):
            yield f"{space}{line}" if line else ""
    else:
        yield f"{head} {_quoted(value)}"


def _quoted(text: str) -> str:
    return f'"{_UNSAFE.sub(lambda match: _ESCAPED[match[0]], text)}"'


def _key(text: str) -> str:
    plain = _KEY.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else _quoted(text)

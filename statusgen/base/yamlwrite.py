"""Writing YAML in which outside text stays text, whichever reader takes it, old or new.

:func:`scalar` leaves plain what no reader could take for anything but text; :func:`dump` puts every
text in quotes or in a literal block, for files whose texts come from documents of others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/()%+-]*[A-Za-z0-9._/()%+]|[A-Za-z]")
_PLAIN_KEY = re.compile(r"\d{8}T\d{6}Z[A-Za-z0-9._-]*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# YAML 1.2 section 5.1: what may stand in a document without an escape, line breaks left out.
_UNPRINTABLE = re.compile(
    "[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def scalar(text: str) -> str:
    """Write text as one YAML scalar on one line."""
    plain = _PLAIN.fullmatch(text) or _PLAIN_KEY.fullmatch(text)
    return text if plain and text.lower() not in _WORDS else quoted(text)


def quoted(text: str) -> str:
    """Write text as one double-quoted YAML scalar on one line."""
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def flow_mapping(pairs: Iterable[tuple[str, str | int | tuple[str, ...]]]) -> str:
    """Write a mapping in braces on one line; a tuple becomes a list."""
    written = (
        f"{key}: [{', '.join(map(scalar, value))}]"
        if isinstance(value, tuple)
        else f"{key}: {value if isinstance(value, int) else scalar(value)}"
        for key, value in pairs
    )
    return "{" + ", ".join(written) + "}"


def dump(data: dict[str, Any]) -> str:
    """Return a mapping as YAML, in its order; the same mapping gives the same bytes.

    Values are mappings, lists, texts and booleans. Texts of several lines must not hold characters
    that YAML cannot (``importer.draft.clean``).
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
        yield f"{head} {quoted(value)}"


def _key(text: str) -> str:
    plain = _KEY.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else quoted(text)

"""The little YAML that incident files need, written so that any reader takes it as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

# Plain where no YAML reader, old or new, could see anything but text; in quotes otherwise.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/()%+-]*[A-Za-z0-9._/()%+]|[A-Za-z]")
_PLAIN_KEY = re.compile(r"\d{8}T\d{6}Z[A-Za-z0-9._-]*|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# YAML 1.2 section 5.1: what may stand in a document without an escape, line breaks left out.
_UNPRINTABLE = re.compile(
    "[^\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def scalar(text: str) -> str:
    """Write text as one YAML scalar on one line."""
    plain = _PLAIN.fullmatch(text) or _PLAIN_KEY.fullmatch(text)
    if plain and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def flow_mapping(pairs: Iterable[tuple[str, str | int | tuple[str, ...]]]) -> str:
    """Write a mapping in braces on one line; a tuple becomes a list."""
    written = (
        f"{key}: [{', '.join(map(scalar, value))}]"
        if isinstance(value, tuple)
        else f"{key}: {value if isinstance(value, int) else scalar(value)}"
        for key, value in pairs
    )
    return "{" + ", ".join(written) + "}"

"""Changing the text of a file that a person wrote: what is not meant stays, comments too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.yamledit import line_end, with_key, without_key
from statusgen.incident.sections import front_end

_LONGEST_SLUG = 40
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_HEADING = re.compile(r"(.*?\S)((?:[ \t]+#+)?[ \t]*(?:\r\n|\n|\r)?)")
"""What a heading says, and the hashes, spaces and line end behind it."""


def with_section(text: str, section: str) -> str:
    """Return the text with an update after all that stands there, with the text's line ends."""
    newline = line_end(text)
    begun = text if text.endswith(("\n", "\r")) else text + newline
    gap = newline if _LINE.findall(begun)[-1].strip() else ""
    return f"{begun}{gap}{section.replace(chr(10), newline)}"


def with_front(text: str, key: str, value: str | None) -> str:
    """Return the text with ``key: value`` in its front matter; without the key for None.

    Whatever else stands there stays to the byte, comments too.
    """
    lines = _LINE.findall(text)
    found = front_end(lines)
    if found is None:
        raise ValueError("has no front matter")
    first, last = found
    inside = "".join(lines[first + 1 : last])
    changed = without_key(inside, key) if value is None else with_key(inside, key, value)
    return "".join([*lines[: first + 1], changed, *lines[last:]])


def with_promise(text: str, line: int, promise: str) -> str:
    """Return the text with a promise behind the heading in line ``line`` (from 1)."""
    lines = _LINE.findall(text)
    heading = _HEADING.fullmatch(lines[line - 1])
    if heading is not None:  # a line of an update's heading always is one
        lines[line - 1] = f"{heading[1]} · next update {promise}{heading[2]}"
    return "".join(lines)


def new_id(title: str, at: Instant, taken: Collection[str]) -> str:
    """Return an id of the day and the title's words, another one than those ``taken``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-") or "incident"
    name = f"{to_datetime(at):%Y-%m-%d}-{slug}"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found

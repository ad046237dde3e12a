"""Changing the text of a file that a person wrote: what is not meant stays, comments too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from statusgen.base.clock import Instant, to_datetime
from statusgen.incident.sections import front_end

_LONGEST_SLUG = 40


def with_section(text: str, section: str) -> str:
    """Return the text with an update after all that stands there."""
    return f"{text.rstrip()}\n\n{section}"


def with_front(text: str, key: str, value: str | None) -> str:
    """Return the text with ``key: value`` in its front matter; without the key for None.

    A value that goes over several lines is replaced whole. Comments on lines of their own stay.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    found = front_end(lines)
    if found is None:
        raise ValueError("has no front matter")
    first, last = found
    inside = lines[first + 1 : last]
    start = next((n for n, line in enumerate(inside) if _is_key(line, key)), None)
    written = [] if value is None else [f"{key}: {value}"]
    if start is None:
        inside += written
    else:
        end = start + 1
        while end < len(inside) and re.match(r"[ \t]|- ", inside[end]):
            end += 1
        inside[start:end] = written
    return newline.join([*lines[: first + 1], *inside, *lines[last:]])


def with_promise(text: str, line: int, promise: str) -> str:
    """Return the text with a promise behind the heading in line ``line`` (from 1)."""
    lines = text.split("\n")
    lines[line - 1] = f"{lines[line - 1].rstrip()} · next update {promise}"
    return "\n".join(lines)


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


def _is_key(line: str, key: str) -> bool:
    return re.match(rf"[\"']?{re.escape(key)}[\"']?[ \t]*:(?:[ \t]|$)", line) is not None

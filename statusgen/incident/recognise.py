"""Which Markdown files have the form of an incident or a window, and which are prose."""

from __future__ import annotations

import re

from statusgen.base.errors import InputError
from statusgen.base.yamltree import load
from statusgen.incident.fileformat import FORM
from statusgen.incident.sections import take_apart

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_OF_INCIDENT = frozenset({"affected", "impact", "started", "resolved", "next_update", "withdrawn"})
_OF_WINDOW = frozenset({"start", "end", "duration", "repeat", "affected"})
_KEY = re.compile(r"^[\"']?(\w+)[\"']?[ \t]*:", re.MULTILINE)
_WINDOW_UPDATE = re.compile(
    r"^##\s*(scheduled|in[ _-]?progress|verifying|completed|cancell?ed)\b[^\n]*\d{4}-\d\d-\d\d",
    re.IGNORECASE | re.MULTILINE,
)


def is_window(text: str) -> bool:
    """Whether a Markdown file has the form of a maintenance window and is not prose.

    It has front matter that says what is touched or when, or updates of a window with their times.
    """
    keys = _front_keys(text)
    if keys is None:
        return False
    return bool(keys & _OF_WINDOW) or _WINDOW_UPDATE.search(text) is not None


def is_incident(text: str) -> bool:
    """Whether a Markdown file has the form of an incident: front matter, and updates with times."""
    keys = _front_keys(text)
    if keys is None:
        return False
    sections = take_apart(text, "", FORM).sections
    return bool(keys & _OF_INCIDENT) or any(each.phase and each.time for each in sections)


def _front_keys(text: str) -> set[str] | None:
    """Return the keys of a file's front matter, as far as they can be told; None without any."""
    front = _FRONT.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if front is None:
        return None
    try:
        data = load(front[1], "").data
    except InputError:
        return set(_KEY.findall(front[1]))
    return set(data) if isinstance(data, dict) else set()

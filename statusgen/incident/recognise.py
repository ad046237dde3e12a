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
_NEARLY_OF_WINDOW = frozenset(
    {"begin", "begins", "starts", "from", "ends", "until", "to", "when", "rrule", "components"}
)
_HEAD = re.compile(r"\A\s*(?:-{2,}[ \t]*\n)?((?:[A-Za-z_]+[ \t]*:.*\n|[ \t]+\S.*\n|-[ \t].*\n)+)")
_KEY = re.compile(r"^[\"']?(\w+)[\"']?[ \t]*:", re.MULTILINE)
_WINDOW_UPDATE = re.compile(
    r"^##\s*(scheduled|in[ _-]?progress|verifying|completed|cancell?ed)\b[^\n]*\d{4}-\d\d-\d\d",
    re.IGNORECASE | re.MULTILINE,
)


def is_window(text: str) -> bool:
    """Whether a Markdown file has the form of a maintenance window and is not prose.

    It has front matter that says what is touched or when, or updates of a window with their times;
    or what seems to be meant so: a head without its dashes, keys under other names.
    """
    keys = _front_keys(text)
    updates = _WINDOW_UPDATE.search(text) is not None
    if keys is None:
        head = _HEAD.match(_plain(text))
        keys = set() if head is None else {key.lower() for key in _KEY.findall(head[1])}
        return len(keys & (_OF_WINDOW | _NEARLY_OF_WINDOW)) > 1 or bool(keys and updates)
    keys = {str(key).lower() for key in keys}
    return bool(keys & _OF_WINDOW) or updates or len(keys & _NEARLY_OF_WINDOW) > 1


def is_incident(text: str) -> bool:
    """Whether a Markdown file has the form of an incident: front matter, and updates with times."""
    keys = _front_keys(text)
    if keys is None:
        return False
    sections = take_apart(text, "", FORM).sections
    return bool(keys & _OF_INCIDENT) or any(each.phase and each.time for each in sections)


def _front_keys(text: str) -> set[str] | None:
    """Return the keys of a file's front matter, as far as they can be told; None without any."""
    front = _FRONT.match(_plain(text))
    if front is None:
        return None
    try:
        data = load(front[1], "").data
    except InputError:
        return set(_KEY.findall(front[1]))
    return set(data) if isinstance(data, dict) else set()


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")

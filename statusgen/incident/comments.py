"""Updates that people wrote as comments on an issue: ``<history>/github/comments.jsonl``.

One object a line: ``{"v":1,"comment":7,"incident":"urn:uuid:…","at":"…","edited":"…","by":"login",
"phase":"identified","body":"…"}``. A comment is an update once: its first line says when, its last
what. A line whose body is empty says that the comment was deleted; the update stays, without words,
for it was told already. Lines are only added, so parallel runs join.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base.clock import Instant, format_instant, parse_instant
from statusgen.base.files import append_durable, make_folder
from statusgen.incident.model import Incident, Phase, Update

if TYPE_CHECKING:
    from statusgen.incident.window import WindowPhase

PATH = Path("github") / "comments.jsonl"
_LEADING = re.compile(
    r"\s*(?:[*_#>]|\s)*(?P<word>investigating|identified|monitoring|resolved|postmortem)"
    r"[*_]*[ \t]*(?:[:.–—-][*_]*(?=\s|$)|\n|$)\s*",
    re.IGNORECASE,
)
_LEADING_WINDOW = re.compile(
    r"\s*(?:[*_#>]|\s)*(?P<word>scheduled|in[ _-]progress|verifying|completed|cancell?ed)"
    r"[*_]*[ \t]*(?:[:.–—-][*_]*(?=\s|$)|\n|$)\s*",
    re.IGNORECASE,
)
_OVER = (Phase.RESOLVED, Phase.POSTMORTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment as it is stored."""

    comment: int
    incident: str
    """The incident's uid."""
    at: Instant
    edited: Instant
    by: str
    phase: Phase | None
    """What it says of the state; None: that it stays."""
    body: str


def said_phase(text: str) -> tuple[Phase | None, str]:
    """Return what a comment says of the state by its first word, and the rest of it.

    ``Identified: a disk is full`` and ``**Resolved**`` on a line of its own do; ``Resolved it by
    …`` does not, for that is a sentence.
    """
    found = _LEADING.match(text)
    if found is None:
        return None, text.strip()
    rest = text[found.end() :].strip()
    return Phase(found["word"].lower()), rest or found["word"].capitalize() + "."


def said_window_phase(text: str) -> tuple[WindowPhase | None, str]:
    """Return what a comment says of planned work by its first word, as :func:`said_phase`."""
    from statusgen.incident.window import WindowPhase  # brings dateutil, which a check must not

    found = _LEADING_WINDOW.match(text)
    if found is None:
        return None, text.strip()
    word = re.sub("[ -]", "_", found["word"].lower()).replace("canceled", "cancelled")
    return WindowPhase(word), text[found.end() :].strip()


def read_comments(history: Path) -> Mapping[str, Sequence[Comment]]:
    """Return the comments by incident, oldest first; lines that cannot be read are passed over."""
    try:
        lines = (history / PATH).read_bytes().splitlines()
    except OSError:
        return {}
    first: dict[int, Comment] = {}
    for found in filter(None, map(_comment, lines)):
        earlier = first.get(found.comment)
        if earlier is None:
            first[found.comment] = found
        elif found.edited >= earlier.edited:
            first[found.comment] = replace(found, at=earlier.at, by=earlier.by or found.by)
    by_incident: dict[str, list[Comment]] = {}
    for each in sorted(first.values(), key=lambda one: (one.at, one.comment)):
        by_incident.setdefault(each.incident, []).append(each)
    return by_incident


def add_comments(history: Path, comments: Iterable[Comment]) -> None:
    """Add lines, for good. Raises OutsideError where the disk refuses."""
    lines = b"".join(_line(each) for each in comments)
    if lines:
        path = history / PATH
        make_folder(path.parent)
        append_durable(path, lines)


def with_comments(
    incidents: Sequence[Incident], comments: Mapping[str, Sequence[Comment]]
) -> tuple[Incident, ...]:
    """Return the incidents with the updates that came as comments."""
    if not comments:
        return tuple(incidents)
    return tuple(_joined(each, comments.get(each.uid, ())) for each in incidents)


def _joined(incident: Incident, comments: Sequence[Comment]) -> Incident:
    updates = list(incident.updates)
    resolved = incident.resolved
    for each in comments:
        before = [update for update in updates if update.at <= each.at]
        phase = each.phase or _as_it_is(before, each.at, resolved)
        update = Update(at=each.at, phase=phase, body=each.body, comment=each.comment)
        updates.insert(len(before), update)
        if phase is Phase.RESOLVED and resolved is None:
            resolved = each.at
        elif phase not in _OVER and resolved is not None and resolved <= each.at:
            resolved = None  # somebody says that it goes on, as in a file
    if resolved == incident.resolved:
        return replace(incident, updates=tuple(updates))
    affected = incident.affected
    if resolved is not None:
        end = resolved
        affected = tuple(
            replace(entry, end=max(end, entry.start + 1)) if entry.end is None else entry
            for entry in affected
        )
    return replace(incident, updates=tuple(updates), resolved=resolved, affected=affected)


def _as_it_is(before: Sequence[Update], at: Instant, resolved: Instant | None) -> Phase:
    if resolved is not None and resolved <= at:
        return Phase.POSTMORTEM
    going = [update.phase for update in before if update.phase not in _OVER]
    return going[-1] if going else Phase.INVESTIGATING


def _line(comment: Comment) -> bytes:
    document = {
        "v": 1,
        "comment": comment.comment,
        "incident": comment.incident,
        "at": format_instant(comment.at),
        "edited": format_instant(comment.edited),
        "by": comment.by,
        "phase": comment.phase,
        "body": comment.body,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _comment(line: bytes) -> Comment | None:
    try:
        told = json.loads(line)
        phase = told["phase"]
        return Comment(
            comment=int(told["comment"]),
            incident=str(told["incident"]),
            at=parse_instant(told["at"]),
            edited=parse_instant(told["edited"]),
            by=str(told["by"]),
            phase=None if phase is None else Phase(phase),
            body=str(told["body"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

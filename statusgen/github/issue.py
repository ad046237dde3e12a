"""Issues and comments as GitHub tells them, read without trust, and the marks that we leave there.

A mark is a comment of HTML, which GitHub does not show. Only those count that stand in words of
somebody who may write to the repository, or of a program installed there: a stranger who copies
one must not make us believe that something was told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.text import one_line, xml_legal

_MARK = re.compile(
    r"<!-- statusgen (?P<uid>urn:uuid:[0-9a-f-]{36}) (?P<part>[a-z0-9-]{1,40})"
    r" (?P<digest>[0-9a-f]{12}) -->"
)
_CLOSE = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_MOST_TEXT = 65_536
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\[bot\])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: of which incident, which part of it, and as of which words."""

    uid: str
    part: str
    """``issue``, or an update's number."""
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an issue and a comment have in common."""

    number: int
    """The issue's number, or the comment's id."""
    login: str
    """Who wrote it; empty for a name that cannot be one."""
    bot: bool
    close: bool
    """Whether GitHub calls the author close to the repository; not yet that they may write."""
    body: str
    created: Instant
    updated: Instant

    @property
    def mark(self) -> Mark | None:
        """Our mark in it, where whoever wrote it can have left one."""
        found = _MARK.search(self.body) if self.bot or self.close else None
        return Mark(found["uid"], found["part"], found["digest"]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Said):
    """An issue."""

    title: str
    open: bool
    closed: Instant | None
    labels: frozenset[str]


def issue(told: Mapping[str, Any]) -> Issue | None:
    """Read an issue; None for a pull request, and for what cannot be read."""
    said = _said(told, told.get("number"))
    if said is None or "pull_request" in told:
        return None
    labels = told.get("labels")
    listed = labels if isinstance(labels, list) else []
    named = [each.get("name") if isinstance(each, dict) else each for each in listed]
    return Issue(
        **said,
        title=one_line(_text(told.get("title")), 300),
        open=told.get("state") == "open",
        closed=_instant(told.get("closed_at")),
        labels=frozenset(name.casefold() for name in named if isinstance(name, str)),
    )


def comment(told: Mapping[str, Any]) -> Said | None:
    """Read a comment; None for what cannot be read."""
    said = _said(told, told.get("id"))
    return None if said is None else Said(**said)


def with_mark(text: str, uid: str, part: str, digest: str) -> str:
    """Return words with our mark behind them; marks that stand in them already are undone."""
    words = text.replace("<!-- statusgen", "&lt;!-- statusgen")[: _MOST_TEXT - 300]
    return f"{words}\n\n<!-- statusgen {uid} {part} {digest} -->"


def digest_of(*texts: str) -> str:
    """Return what tells whether words changed since they were written there."""
    return sha256("\0".join(texts).encode()).hexdigest()[:12]


def _said(told: Mapping[str, Any], number: object) -> dict[str, Any] | None:
    user = told.get("user")
    user = user if isinstance(user, dict) else {}
    login, created = _text(user.get("login")), _instant(told.get("created_at"))
    if not isinstance(number, int) or isinstance(number, bool) or created is None:
        return None
    return {
        "number": number,
        "login": login if _LOGIN.fullmatch(login) else "",
        "bot": user.get("type") == "Bot",
        "close": _text(told.get("author_association")) in _CLOSE,
        "body": xml_legal(_text(told.get("body")).replace("\r\n", "\n").replace("\r", "\n")),
        "created": created,
        "updated": _instant(told.get("updated_at")) or created,
    }


def _text(value: object) -> str:
    return value[:_MOST_TEXT] if isinstance(value, str) else ""


def _instant(value: object) -> Instant | None:
    try:
        return parse_instant(value) if isinstance(value, str) else None
    except ValueError:
        return None

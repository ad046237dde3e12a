"""``data/history/prices.jsonl``: what vendors' pages showed when somebody looked. Only added to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.files import append_durable, exclusive_lock, make_folder

NAME = "prices.jsonl"
VERSION = 1
_MOST = 16 << 20


class Outcome(StrEnum):
    """What a look at a page said."""

    SEEN = "seen"
    """It shows all the words that are expected."""
    VANISHED = "vanished"
    """It can be read and lacks some of them, or it is gone."""
    REDIRECTED = "redirected"
    """Another page answers in its place, and that does not show them."""
    UNTOLD = "cannot-tell"
    """It did not answer, refused, or is made by scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at one page."""

    at: Instant
    key: str
    """Of the page and the words that are expected (``roadmap.seen``)."""
    roadmap: str
    name: str
    url: str
    outcome: Outcome
    why: str = ""
    """A word for what stood in the way: ``gone``, ``missing``, ``scripts``, ``refused`` …"""
    detail: str = ""
    """The words that are missing, or the address that answered; hostile text."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a price."""

    last: Look
    seen: Instant | None
    """When its terms were last seen; None: never."""


def read_looks(history: Path) -> dict[str, Seen]:
    """Return what is known by key; damaged lines are passed over."""
    path = history / NAME
    try:
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except OSError:
        content = b""
    found: dict[str, Seen] = {}
    looks = [look for line in content[-_MOST:].split(b"\n") if (look := _read(line)) is not None]
    for look in sorted(looks, key=lambda each: each.at):
        before = found.get(look.key)
        seen = look.at if look.outcome is Outcome.SEEN else before.seen if before else None
        found[look.key] = Seen(look, seen)
    return found


def append_looks(history: Path, looks: Iterable[Look]) -> None:
    """Add looks durably. Raises OutsideError where the disk refuses."""
    lines = [_line(each) for each in looks]
    if not lines:
        return
    make_folder(history)
    with exclusive_lock(history):
        append_durable(history / NAME, b"".join(lines))


def _line(look: Look) -> bytes:
    told: dict[str, object] = {
        "v": VERSION, "at": look.at, "key": look.key, "roadmap": look.roadmap, "name": look.name,
        "url": look.url, "outcome": str(look.outcome),
    }  # fmt: skip
    told |= {name: text for name, text in (("why", look.why), ("detail", look.detail)) if text}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def _read(line: bytes) -> Look | None:
    try:
        data = json.loads(line)
        if type(data["at"]) is not int:
            return None
        return Look(
            at=data["at"],
            key=str(data["key"]),
            roadmap=str(data.get("roadmap", "")),
            name=str(data.get("name", "")),
            url=str(data.get("url", "")),
            outcome=Outcome(data["outcome"]),
            why=str(data.get("why", "")),
            detail=str(data.get("detail", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

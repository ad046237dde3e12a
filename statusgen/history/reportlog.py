"""``data/history/reports.jsonl``: which revisions of a report there were.

A line says what a report held when a run first saw it so: a digest of each part, and the figures.
The newest line of a report is its present revision for as long as its digests fit. Lines are only
added; two runs that add the same at once are one revision.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.files import append_durable, exclusive_lock, make_folder

NAME = "reports.jsonl"
VERSION = 1
_MOST = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a report held when it was first seen so."""

    report: str
    """Its id: ``2026-10``."""
    at: Instant
    """When a run noted it."""
    digests: Mapping[str, str]
    """Part → SHA-256 of what it said, in hexadecimal."""
    figures: Mapping[str, Sequence[int | None]]
    """Component → its uptimes in hundredths of a percent, in the order of the methods."""


def read_revisions(history: Path) -> dict[str, tuple[Revision, ...]]:
    """Return the revisions of each report, oldest first; damaged lines are passed over."""
    path = history / NAME
    try:
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except OSError:
        content = b""
    lines = dict.fromkeys(content[:_MOST].split(b"\n"))
    found = sorted(
        (each for line in lines if line and (each := _read(line)) is not None),
        key=lambda each: each.at,
    )
    by_report: dict[str, list[Revision]] = {}
    for each in found:
        of_report = by_report.setdefault(each.report, [])
        if not of_report or of_report[-1].digests != each.digests:
            of_report.append(each)
    return {name: tuple(revisions) for name, revisions in by_report.items()}


def append_revisions(history: Path, revisions: Iterable[Revision]) -> None:
    """Add revisions durably. Raises OutsideError where the disk refuses."""
    lines = [_line(each) for each in revisions]
    if not lines:
        return
    make_folder(history)
    with exclusive_lock(history):
        append_durable(history / NAME, b"".join(lines))


def _line(revision: Revision) -> bytes:
    told = {
        "v": VERSION,
        "report": revision.report,
        "at": revision.at,
        "digests": dict(revision.digests),
        "figures": {name: list(each) for name, each in revision.figures.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> Revision | None:
    try:
        data = json.loads(line)
        at = data["at"]
        if type(at) is not int:
            return None
        return Revision(
            report=str(data["report"]),
            at=at,
            digests={str(part): str(each) for part, each in data["digests"].items()},
            figures={
                str(name): tuple(None if one is None else int(one) for one in each)
                for name, each in data["figures"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None

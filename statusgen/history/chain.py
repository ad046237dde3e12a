"""``digests.jsonl``: each closed day sealed, in a chain whose head can be noted elsewhere.

One line a seal, in the order in which days were sealed; nothing is ever changed in it::

    {"v":1,"before":"","begins":"2026-11-25"}
    {"v":1,"before":HASH,"day":"2026-11-25","rounds":288,"lines":HASH,"roll":HASH}

``before`` is the SHA-256 of the line before it, without its newline; the *head* is that of the last
line. ``lines`` is the SHA-256 of the day's first ``rounds`` sound lines in the order in which they
stand in its file, joined by newlines; both are absent where the rounds had gone already. ``roll``
is that of the day's object in ``daily/<YYYY>.json``. A day has a further line where rounds came
late, which stand behind those that were sealed, where its roll-up follows from such rounds, or
where a person accepted an edit (``because``). The first line names the newest day that was closed
when the chain began. Readers pass over lines and keys that they do not know, but chain them: a
signature or a witness's stamp will be a line of its own.

There is no clock in it: whoever seals the same files writes the same bytes. Of two chains the
remote's stands, and what it lacks is sealed again behind it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.files import write_atomic
from statusgen.history.dailyfile import record_bytes, year_files
from statusgen.history.dayfile import (
    day_files,
    day_name,
    read_bytes,
    read_day,
    split_lines,
)

NAME = "digests.jsonl"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Seal:
    """What one line says of a day."""

    line: int
    """1-based."""
    day: Instant
    rounds: int | None
    """None, as ``lines``, where the rounds had gone when the day was sealed."""
    lines: str
    roll: str
    because: str = ""
    """Why a person accepted what was edited."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What the file says."""

    seals: Mapping[Instant, Sequence[Seal]] = field(default_factory=dict)
    """By day, oldest line first."""
    begins: Instant | None = None
    """The newest day that was closed when the chain began: those up to it were sealed then."""
    head: str = ""
    links: tuple[str, ...] = ()
    """The hash of each line: every head that there ever was."""
    broken: tuple[tuple[int, str], ...] = ()
    """Lines that do not follow from the one before, and why."""


def read_chain(folder: Path) -> Chain:
    """Read the chain of a history folder, an empty one where there is none. Raises OutsideError."""
    return parse_chain(read_bytes(folder / NAME))


def head_of(folder: Path) -> str:
    """Return the hash of the newest line; empty where nothing was sealed yet."""
    lines = _whole_lines(read_bytes(folder / NAME))
    return _hash(lines[-1]) if lines else ""


def parse_chain(content: bytes) -> Chain:
    """Read a chain's bytes; never raises."""
    seals: dict[Instant, list[Seal]] = {}
    links: list[str] = []
    broken: list[tuple[int, str]] = []
    begins: Instant | None = None
    for number, line in enumerate(_whole_lines(content), 1):
        members = _members(line)
        if members is None:
            broken.append((number, "is no seal"))
        elif members.get("before") != (links[-1] if links else ""):
            broken.append((number, _why_broken(number, links)))
        links.append(_hash(line))
        if members is None:
            continue
        if begins is None:
            begins = _day(members.get("begins"))
        seal = _seal(number, members)
        if seal is not None:
            seals.setdefault(seal.day, []).append(seal)
    return Chain(seals, begins, links[-1] if links else "", tuple(links), tuple(broken))


def extends(longer: bytes | None, shorter: bytes | None) -> bool:
    """Whether a chain holds all that another does, and perhaps more behind it."""
    mine, theirs = _whole_lines(longer or b""), _whole_lines(shorter or b"")
    return mine[: len(theirs)] == theirs


def renewed(ours: bytes | None, theirs: bytes | None) -> bytes:
    """Return the remote's chain with what people here accepted since, linked behind it.

    What else was sealed here is left out: it is sealed again as the joined files stand.
    """
    lines = _whole_lines(theirs or b"")
    known = {_unlinked(line) for line in lines}
    for line in _whole_lines(ours or b""):
        members = _members(line)
        if members is not None and "because" in members and _unlinked(line) not in known:
            _add(lines, {key: told for key, told in members.items() if key not in ("v", "before")})
    return b"\n".join([*lines, b""]) if lines else b""


def _unlinked(line: bytes) -> str:
    return json.dumps((_members(line) or {}) | {"before": ""}, sort_keys=True)


def content_digest(stored: Sequence[bytes]) -> str:
    """Return the digest of a day's sound lines in the order in which they stand."""
    return hashlib.sha256(b"\n".join(stored)).hexdigest() if stored else ""


def stored_lines(day: Instant, path: Path | None) -> tuple[bytes, ...]:
    """Return a day's sound lines in the order in which they stand. Raises OutsideError."""
    return read_day(day, read_bytes(path)).stored if path is not None else ()


def text_digest(text: bytes) -> str:
    """Return the digest of a roll-up as it is written in its file."""
    return _hash(text)


def roll_digests(folder: Path) -> dict[Instant, str]:
    """Return the digest of each day's roll-up as it stands in its file. Raises OutsideError."""
    return {
        day: text_digest(text)
        for path in year_files(folder)
        for day, text in record_bytes(read_bytes(path))
    }


def seal(folder: Path, rolled: Mapping[Instant, str]) -> int:
    """Seal the closed days that are not, and those just ``rolled`` up that changed legally.

    ``rolled`` holds the text of their roll-ups, which may be about to be written. Legal is what
    follows from rounds among which all sealed ones stand as they stood: late ones stand behind
    them. A day that was edited is not sealed again, so ``verify`` goes on naming it. Returns how
    many lines were written; the caller holds the folder's lock. Raises OutsideError.
    """
    before = _whole_lines(read_bytes(folder / NAME))
    chain = parse_chain(b"\n".join([*before, b""]))
    rolls = roll_digests(folder)
    rolls |= {day: _hash(text.encode("ascii")) for day, text in rolled.items()}
    files = day_files(folder)
    lines = list(before)
    if not lines and rolls:
        _add(lines, {"begins": day_name(max(rolls))})
    for day, roll in sorted(rolls.items()):
        known = chain.seals.get(day, ())
        if known and (day not in rolled or known[-1].roll == roll):
            continue
        stored = stored_lines(day, files.get(day))
        if not known or is_intact(known, stored):
            _add(lines, _told(day, stored if day in files else None, roll))
    if len(lines) > len(before):
        write_atomic(folder / NAME, b"\n".join([*lines, b""]))
    return len(lines) - len(before)


def accept(folder: Path, day: Instant, because: str) -> bool:
    """Seal a day as it stands now, whatever was edited, and say why; False where nothing was.

    The caller holds the folder's lock. Raises OutsideError.
    """
    lines = _whole_lines(read_bytes(folder / NAME))
    known = parse_chain(b"\n".join([*lines, b""])).seals.get(day, ())
    roll = roll_digests(folder).get(day, "")
    path = day_files(folder).get(day)
    stored = stored_lines(day, path)
    same = known and known[-1].roll == roll and (path is None or _is_whole(known, stored))
    if not known or same:
        return False
    _add(lines, _told(day, None if path is None else stored, roll) | {"because": because})
    write_atomic(folder / NAME, b"\n".join([*lines, b""]))
    return True


def is_intact(seals: Sequence[Seal], stored: Sequence[bytes]) -> bool:
    """Whether all rounds that were ever sealed stand as they stood."""
    return all(
        content_digest(stored[: one.rounds]) == one.lines
        for one in since_accepted(seals)
        if one.rounds is not None
    )


def since_accepted(seals: Sequence[Seal]) -> Sequence[Seal]:
    """Return the seals from the last that a person accepted on: what they vouch for."""
    last = max((place for place, one in enumerate(seals) if one.because), default=0)
    return seals[last:]


def _is_whole(seals: Sequence[Seal], stored: Sequence[bytes]) -> bool:
    return is_intact(seals, stored) and seals[-1].rounds == len(stored)


def _told(day: Instant, stored: Sequence[bytes] | None, roll: str) -> dict[str, object]:
    told: dict[str, object] = {"day": day_name(day)}
    if stored is not None:
        told |= {"rounds": len(stored), "lines": content_digest(stored)}
    return told | {"roll": roll}


def _add(lines: list[bytes], told: Mapping[str, object]) -> None:
    members = {"v": 1, "before": _hash(lines[-1]) if lines else "", **told}
    lines.append(json.dumps(members, separators=(",", ":")).encode("ascii"))


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _whole_lines(content: bytes) -> list[bytes]:
    """Return the lines that end in a newline: another was cut short, and is sealed again."""
    return [line for line in split_lines(content[: content.rfind(b"\n") + 1]) if line.strip()]


def _members(line: bytes) -> dict[str, Any] | None:
    try:
        members = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None


def _seal(number: int, members: Mapping[str, Any]) -> Seal | None:
    day, roll, rounds = _day(members.get("day")), members.get("roll"), members.get("rounds")
    lines = members.get("lines", "")
    if day is None or not isinstance(roll, str) or not isinstance(lines, str):
        return None
    if type(rounds) is not int or rounds < 0:
        rounds = None
    because = members.get("because", "")
    return Seal(number, day, rounds, lines, roll, because if isinstance(because, str) else "")


def _why_broken(number: int, links: Sequence[str]) -> str:
    if not links:
        return "is not where a chain begins: lines before it were taken out"
    return f"does not follow from line {number - 1}: one was edited, or one between taken out"


def _day(text: object) -> Instant | None:
    try:
        return parse_instant(f"{text}T00:00:00Z") if isinstance(text, str) else None
    except ValueError:
        return None

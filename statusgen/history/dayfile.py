"""The files of rounds: where they stand, and what one of them holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from statusgen.base.clock import DAY, MINUTE, Instant, parse_instant, to_datetime
from statusgen.base.errors import OutsideError
from statusgen.history.record import BadLine, Entry, read_entry

FUTURE_SLACK = 5 * MINUTE
"""A round stamped later than this after now was stamped by a wrong clock."""
_YEAR, _MONTH = re.compile(r"\d{4}"), re.compile(r"\d\d")
_NAME = re.compile(r"(\d{4})-(\d\d)-\d\d\.jsonl")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def day_of(at: Instant) -> Instant:
    """Return the start of the UTC day that holds ``at``."""
    return at - at % DAY


def day_name(day: Instant) -> str:
    """Write a UTC day as ``2026-11-20``."""
    return to_datetime(day).strftime("%Y-%m-%d")


def relative_path(day: Instant) -> str:
    """Return the place of a day's file below the history folder, with forward slashes."""
    name = day_name(day)
    return f"{name[:4]}/{name[5:7]}/{name}.jsonl"


def day_at(relative: str) -> Instant | None:
    """Return the day whose file stands at ``relative``, or None where no day file may stand."""
    match = _NAME.fullmatch(relative.rpartition("/")[2])
    if match is None or relative != f"{match[1]}/{match[2]}/{match[0]}":
        return None
    try:
        return parse_instant(f"{match[0][:10]}T00:00:00Z")
    except ValueError:
        return None


def day_files(folder: Path) -> dict[Instant, Path]:
    """Return every day file below ``folder`` by day, oldest first; links are not followed.

    Raises OutsideError for a folder that cannot be read: passed over, it would look like a history
    in which nothing was measured.
    """
    found: dict[Instant, Path] = {}
    for year in list_folder(folder, _YEAR):
        for month in list_folder(year.path, _MONTH) if year.is_dir(follow_symlinks=False) else ():
            if not month.is_dir(follow_symlinks=False):
                continue
            for entry in list_folder(month.path, _NAME):
                day = day_at(f"{year.name}/{month.name}/{entry.name}")
                if day is not None and day >= 0 and entry.is_file(follow_symlinks=False):
                    found[day] = folder / year.name / month.name / entry.name
    return dict(sorted(found.items()))


def list_folder(folder: Path | str, name: re.Pattern[str]) -> list[os.DirEntry[str]]:
    """Return the entries of a folder with such names; none where it is missing.

    Raises OutsideError.
    """
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if name.fullmatch(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise OutsideError(
            f"cannot read the folder {folder}: {error.strerror or error}; let this user read it"
        ) from error


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it is missing. Raises OutsideError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield a file's lines as :func:`split_lines` does, without holding all of it at once.

    Nothing where it is missing. Raises OutsideError.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file):
                yield (line if number else line.removeprefix(BYTE_ORDER_MARK)).removesuffix(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error


def file_size(path: Path) -> int:
    """Return a file's size in bytes, 0 where it is missing. Raises OutsideError."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error


def split_lines(content: bytes) -> list[bytes]:
    """Split at newlines only, a byte order mark in front taken off; carriage returns stay."""
    lines = content.removeprefix(BYTE_ORDER_MARK).split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used, and where it stands."""

    line: int
    """1-based."""
    reason: str
    raw: bytes
    torn: bool = False
    """The last line, cut short: its writer was killed."""
    future: bool = False
    newer: bool = False
    misplaced: bool = False
    """A sound round that belongs into the file of another day."""


@dataclass(frozen=True, slots=True)
class DayContent:
    """What the file of one day holds."""

    entries: tuple[Entry, ...] = ()
    """Sound rounds, one per key, by time and key."""
    lines: tuple[bytes, ...] = ()
    """The line of each entry."""
    stored: tuple[bytes, ...] = ()
    """The same lines in the order in which they stand in the file."""
    faults: tuple[Fault, ...] = ()
    repeats: tuple[tuple[int, str, bool], ...] = field(default=())
    """Lines whose key another line has too: place, key, and whether they say the same."""


def read_day(day: Instant, content: bytes, now: Instant | None = None) -> DayContent:
    """Read a day file's bytes; the order of lines and repeated lines make no difference.

    Where two lines have one key but differ, the lesser in bytes is taken: any rule does, as long
    as every clone of the history takes the same. With ``now``, later rounds are faults (F24 of
    content/reference).
    """
    faults: list[Fault] = []
    kept: dict[str, tuple[bytes, Entry]] = {}
    repeats: list[tuple[int, str, bool]] = []
    lines = split_lines(content)
    ended = content.endswith(b"\n")
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line:
            continue
        entry = read_entry(line)
        if isinstance(entry, BadLine):
            torn = number == len(lines) and not ended
            faults.append(Fault(number, entry.reason, raw, torn=torn, newer=entry.newer))
        elif now is not None and entry.at > now + FUTURE_SLACK:
            reason = f"round {entry.key} is stamped more than 5 minutes after now"
            faults.append(Fault(number, reason, raw, future=True))
        elif day_of(entry.at) != day:
            reason = f"round {entry.key} belongs into {relative_path(day_of(entry.at))}"
            faults.append(Fault(number, reason, raw, misplaced=True))
        else:
            other = kept.get(entry.key)
            if other is not None:
                repeats.append((number, entry.key, line == other[0]))
            if other is None or line < other[0]:
                kept[entry.key] = (line, entry)
    ordered = sorted(kept.values(), key=lambda told: told[1][:2])
    return DayContent(
        entries=tuple(entry for _, entry in ordered),
        lines=tuple(line for line, _ in ordered),
        stored=tuple(line for line, _ in kept.values()),
        faults=tuple(faults),
        repeats=tuple(repeats),
    )

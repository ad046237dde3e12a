"""Joining two versions of a history file, given the one that both began from.

No conflict can arise: rounds are a set, and everything else follows from them. ``ours`` is what
this run has, ``theirs`` what stands on the remote; None means that the file is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from statusgen.history import chain, numbers
from statusgen.history.dayfile import split_lines
from statusgen.history.record import BadLine, read_entry

_DAY = re.compile(rb',?("\d{4}-\d\d-\d\d":\{.*\})')
_DAY_NAME = slice(0, 12)
_DAY_KEY = re.compile(rb'"\d{4}-\d\d-\d\d"')


Excused = Callable[[bytes], bool]
"""Whether a line may leave its file, for it stands elsewhere in the folder."""


def nothing_excused(line: bytes) -> bool:
    """Let no line go."""
    return False


def merge(
    path: str,
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    excused: Excused = nothing_excused,
) -> bytes | None:
    """Return what the file at ``path`` is to hold after both changes; None to have it deleted.

    **What the remote holds stays.** A file that is gone here, emptied or full of NUL bytes was
    damaged, not edited: the remote's is taken. Files of lines (``.jsonl``) are joined by line: what
    we added is appended; what we lack goes only where ``excused`` finds it elsewhere. What the
    remote dropped stays dropped. Of two chains of digests the remote's is taken, unless ours only
    goes on behind it; numbers of updates are joined by incident. Roll-ups are joined by day and
    never lose one. Of any other file that both changed, ours is taken.
    """
    if ours is None or ours == base:
        return theirs
    if ours == theirs:
        return ours
    if path == chain.NAME:
        return ours if chain.extends(ours, theirs) else chain.renewed(ours, theirs)
    if path == numbers.NAME:
        return numbers.merge_numbers(base, ours, theirs)
    if path.endswith(".jsonl"):
        return merge_lines(base or b"", ours, theirs or b"", excused)
    if path.startswith("daily/") and theirs is not None:
        return merge_days(base or b"", ours, theirs, excused)
    damaged = not ours.strip(b"\0 \t\r\n") or (b"\0" in ours and b"\0" not in (theirs or b""))
    return theirs if damaged and theirs is not None else ours


def merge_lines(
    base: bytes, ours: bytes, theirs: bytes, excused: Excused = nothing_excused
) -> bytes | None:
    """Join files of lines; a round whose key the remote has already is not added again."""
    before, mine = set(split_lines(base)), split_lines(ours)
    gone = {line for line in before - set(mine) if excused(line)}
    result = [line for line in split_lines(theirs) if line not in gone]
    known = set(result)
    keys = set(_keys(result))
    for line in mine:
        if line in known or line in before or not line.strip(b"\0 \t\r"):
            continue
        key = next(_keys([line]), None)
        if key is None or key not in keys:
            result.append(line)
            known.add(line)
            keys.update([key] if key else [])
    return b"\n".join([*result, b""]) if result else None


def merge_days(
    base: bytes, ours: bytes, theirs: bytes, excused: Excused = nothing_excused
) -> bytes:
    """Join two files of roll-ups; of a day that both changed, the remote's is taken.

    A roll-up follows from its rounds, so one that fits no longer is made anew by the next run.
    """
    before, mine, remote = (_days(content) for content in (base, ours, theirs))
    joined = {name: line for name, line in remote.items() if name in mine or not excused(line)}
    for name, line in mine.items():
        is_day = _DAY_KEY.fullmatch(name) is not None
        if is_day and line != before.get(name) and remote.get(name) == before.get(name):
            joined[name] = line
    lines = [(b"," if place else b"") + joined[name] for place, name in enumerate(sorted(joined))]
    return b"\n".join([b'{"v":1,"days":{', *lines, b"}}", b""])


def with_days_of(remote: bytes, ours: bytes, since: bytes) -> bytes:
    """Return our file of roll-ups with the remote's lines for the days from ``since`` on.

    ``since`` is a day's name, like ``2026-11-20``.
    """
    joined = _days(ours)
    first = b'"' + since + b'"'
    joined.update((name, line) for name, line in _days(remote).items() if name >= first)
    lines = [(b"," if place else b"") + joined[name] for place, name in enumerate(sorted(joined))]
    return b"\n".join([b'{"v":1,"days":{', *lines, b"}}", b""])


def _keys(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        entry = read_entry(line)
        if not isinstance(entry, BadLine):
            yield entry.key


def _days(content: bytes) -> dict[bytes, bytes]:
    """Return the lines of a file of roll-ups by day; a damaged line stands for itself."""
    found: dict[bytes, bytes] = {}
    for line in split_lines(content):
        match = _DAY.fullmatch(line.strip())
        if match:
            found[match[1][_DAY_NAME]] = match[1]
        elif line.strip() not in (b"", b'{"v":1,"days":{', b"}}"):
            found[line] = line
    return found

"""Joining two versions of a history file, given the one that both began from.

No conflict can arise: rounds are a set, and everything else follows from them. ``ours`` is what
this run has, ``theirs`` what stands on the remote; None means that the file is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from statusgen.history.dayfile import split_lines
from statusgen.history.record import BadLine, read_entry

_DAY = re.compile(rb',?("\d{4}-\d\d-\d\d":\{.*\})')
_DAY_NAME = slice(0, 12)


def merge(path: str, base: bytes | None, ours: bytes | None, theirs: bytes | None) -> bytes | None:
    """Return what the file at ``path`` is to hold after both changes; None to have it deleted.

    Files of lines (``.jsonl``) are joined by line: what we added is appended, what we took out
    goes, what the remote dropped stays dropped. Roll-ups are joined by day. Of any other file that
    both changed, ours is taken, but a deletion of ours never removes what the remote has changed.
    """
    if ours == base:
        return theirs
    if theirs in (base, ours):
        return ours
    if path.endswith(".jsonl"):
        return merge_lines(base or b"", ours or b"", theirs or b"")
    if path.startswith("daily/") and ours is not None and theirs is not None:
        return merge_days(base or b"", ours, theirs)
    return theirs if ours is None else ours


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Join files of lines; a round whose key the remote has already is not added again."""
    before, mine = split_lines(base), split_lines(ours)
    gone = set(before) - set(mine)
    result = [line for line in split_lines(theirs) if line not in gone]
    known = set(result)
    keys = set(_keys(result))
    for line in mine:
        if line in known or line in before:
            continue
        key = next(_keys([line]), None)
        if key is None or key not in keys:
            result.append(line)
            known.add(line)
            keys.update([key] if key else [])
    return b"\n".join([*result, b""]) if result else None


def merge_days(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Join two files of roll-ups; of a day that both changed, the remote's is taken.

    A roll-up follows from its rounds, so one that fits no longer is made anew by the next run.
    """
    told = [_days(content) for content in (base, ours, theirs)]
    before, mine, remote = told
    joined = dict(remote)
    for name in before.keys() | mine.keys():
        if mine.get(name) != before.get(name) and remote.get(name) == before.get(name):
            if name in mine:
                joined[name] = mine[name]
            else:
                del joined[name]
    lines = [(b"," if place else b"") + joined[name] for place, name in enumerate(sorted(joined))]
    return b"\n".join([b'{"v":1,"days":{', *lines, b"}}", b""])


def _keys(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        entry = read_entry(line)
        if not isinstance(entry, BadLine):
            yield entry.key


def _days(content: bytes) -> Mapping[bytes, bytes]:
    """Return the lines of a file of roll-ups by day; a damaged line stands for itself."""
    found: dict[bytes, bytes] = {}
    for line in split_lines(content):
        match = _DAY.fullmatch(line.strip())
        if match:
            found[match[1][_DAY_NAME]] = match[1]
        elif line.strip() not in (b"", b'{"v":1,"days":{', b"}}"):
            found[line] = line
    return found

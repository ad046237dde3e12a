"""Joining two versions of ``updates.json``: the numbers by which feeds know updates.

The file is an object, by incident, of lists of entries: what an update said when it was noted, as
``[time, phase, digest of its words]``. Its place in the list is the update's number for ever
(``incident.ordinals`` writes it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

NAME = "updates.json"
Entry = tuple[str, ...]
Numbers = Mapping[str, Sequence[Entry]]


def to_bytes(numbers: Numbers) -> bytes:
    """Return the bytes of the file."""
    listed = {uid: [list(entry) for entry in entries] for uid, entries in sorted(numbers.items())}
    return (json.dumps(listed, indent=0) + "\n").encode()


def merge_numbers(base: bytes | None, ours: bytes, theirs: bytes | None) -> bytes | None:
    """Join what both numbered; a version that is no JSON counts as absent.

    What the remote numbered keeps its numbers, for its pages may be out. What we alone numbered
    comes behind, once: an update that both noted is found by its words, else by its time. A
    correction of ours is taken where the remote left that update alone.
    """
    before, mine, remote = (_read(each) for each in (base, ours, theirs))
    if mine is None:
        return theirs
    if remote is None:
        return ours
    joined = {uid: list(entries) for uid, entries in remote.items()}
    for uid, entries in mine.items():
        joined[uid] = _joined((before or {}).get(uid, ()), entries, remote.get(uid, ()))
    return to_bytes(joined)


def _joined(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[Entry]:
    common = min(len(base), len(ours), len(theirs))
    joined = list(theirs)
    for place in range(common):
        if theirs[place] == base[place]:
            joined[place] = ours[place]
    left = list(theirs[common:])
    new = list(ours[common:])
    for alike in (_whole, _worded, _timed):
        new = [entry for entry in new if not _take(left, entry, alike)]
    return joined + new


def _take(left: list[Entry], entry: Entry, alike: Callable[[Entry, Entry], bool]) -> bool:
    """Take what is alike out of ``left``; say whether there was one."""
    for place, other in enumerate(left):
        if alike(entry, other):
            del left[place]
            return True
    return False


def _whole(one: Entry, other: Entry) -> bool:
    return one == other


def _worded(one: Entry, other: Entry) -> bool:
    return one[1:] == other[1:]


def _timed(one: Entry, other: Entry) -> bool:
    return one[:1] == other[:1]


def _read(content: bytes | None) -> dict[str, list[Entry]] | None:
    try:
        document = json.loads(content or b"")
        return {
            str(uid): [tuple(map(str, entry)) for entry in entries]
            for uid, entries in document.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None

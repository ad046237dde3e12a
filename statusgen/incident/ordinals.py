"""Which number an update has for ever: what readers of feeds know it by.

An update is numbered when it is first seen: the first is 1, and what comes next takes the next
number, wherever in time or in its file it stands. A corrected time or corrected words change no
number, so no reader is told twice; an update put in between is told, and no older one again.

Times and words alone cannot tell that, so each run of ``check`` notes what it saw in
``data/history/updates.json``: for each incident its updates in the order of their numbers. A build
reads it, and numbers what is not noted yet in the order of time, as the next run will. Without the
file the order of time is all there is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import format_instant
from statusgen.base.files import write_atomic
from statusgen.history.numbers import NAME, to_bytes
from statusgen.incident.model import Incident, Update

FILE = NAME


@dataclass(frozen=True, slots=True)
class Known:
    """What was noted of one update."""

    at: str
    phase: str
    words: str
    """The beginning of a digest: the words themselves stand in the incident's own file."""


Numbered = Mapping[str, Sequence[Known]]
"""By the incident's uid: its updates in the order of their numbers."""


def ordinals(updates: Sequence[Update], known: Sequence[Known] = ()) -> list[int]:
    """Return the number of each of ``updates`` (oldest first), from 1.

    Each known one is found again by what did not change: all of it, else its words, else its time;
    else, where one alone stands between the same neighbours in the same phase, by its place.
    """
    return _match([_note(update) for update in updates], known)


def load_known(history: Path) -> Numbered:
    """Return what was noted; nothing where there is no file, or one that nobody can read."""
    try:
        document = json.loads((history / FILE).read_text(encoding="utf-8"))
        return {
            str(uid): tuple(Known(*map(str, entry)) for entry in entries)
            for uid, entries in document.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def remember(history: Path, incidents: Iterable[Incident]) -> None:
    """Note the updates of ``incidents``; the file is written only where something is new.

    Raises OutsideError where the disk refuses.
    """
    before = load_known(history)
    after = dict(before)
    for incident in incidents:
        if incident.updates:
            after[incident.uid] = _learned(incident.updates, before.get(incident.uid, ()))
    if after != before:
        listed = {
            uid: [(each.at, each.phase, each.words) for each in entries]
            for uid, entries in after.items()
        }
        write_atomic(history / FILE, to_bytes(listed))


def _learned(updates: Sequence[Update], known: Sequence[Known]) -> tuple[Known, ...]:
    """Return what is known afterwards: as it is now, with what has gone kept in its place."""
    notes = [_note(update) for update in updates]
    numbered = dict(enumerate(known, 1))
    numbered.update(zip(_match(notes, known), notes, strict=True))
    return tuple(numbered[number] for number in sorted(numbered))


def _note(update: Update) -> Known:
    digest = hashlib.sha256(update.body.strip().encode("utf-8", "replace")).hexdigest()
    return Known(format_instant(update.at), str(update.phase), digest[:12])


def _match(notes: Sequence[Known], known: Sequence[Known]) -> list[int]:
    found: dict[int, int] = {}
    left = dict(enumerate(known, 1))
    for alike in (_whole, _worded, _timed):
        for place, note in enumerate(notes):
            number = next(
                (n for n, one in left.items() if place not in found and alike(note, one)), None
            )
            if number is not None:
                found[place] = number
                del left[number]
    _by_place(notes, found, left)
    following = len(known) + 1
    for place in range(len(notes)):
        if place not in found:
            found[place] = following
            following += 1
    return [found[place] for place in range(len(notes))]


def _whole(one: Known, other: Known) -> bool:
    return one == other


def _worded(one: Known, other: Known) -> bool:
    return (one.phase, one.words) == (other.phase, other.words)


def _timed(one: Known, other: Known) -> bool:
    return one.at == other.at


def _by_place(notes: Sequence[Known], found: dict[int, int], left: dict[int, Known]) -> None:
    """Match what changed in time and words at once, where one alone stands in its place."""
    order = sorted(left, key=lambda number: left[number].at)
    for number in order:
        earlier = max((p for p, n in found.items() if n < number), default=-1)
        later = min((p for p, n in found.items() if n > number and p > earlier), default=len(notes))
        free = [
            place
            for place in range(earlier + 1, later)
            if place not in found and notes[place].phase == left[number].phase
        ]
        rivals = [n for n in left if n != number and left[n].phase == left[number].phase]
        if len(free) == 1 and not rivals:
            found[free[0]] = number
            del left[number]

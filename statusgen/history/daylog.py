"""What the rounds of a stretch of time say, each with the line of the file that holds it.

For whoever must show where a figure comes from. Only rounds still kept can be shown; older days
stand as roll-ups alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from statusgen.base.clock import DAY, Instant, parse_instant
from statusgen.base.states import State
from statusgen.history.dayfile import (
    FUTURE_SLACK,
    day_files,
    day_of,
    read_bytes,
    read_day,
    relative_path,
    split_lines,
)
from statusgen.history.record import STATES, Entry

_HEAD = re.compile(
    rb'^\{"v":1,"round":"([A-Za-z0-9._-]+)","at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)",'
    rb".*\}\}\r?$",
    re.MULTILINE,
)
"""A line as we write it."""
_TROUBLE = tuple(f'"{state}"'.encode() for state in State if state is not State.UP)


@dataclass(frozen=True, slots=True)
class Change:
    """A monitor that a round saw in another state than the round before."""

    monitor: str
    state: State
    reason: str | None
    code: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A round, and where it stands."""

    at: Instant
    key: str
    file: str
    """Below the history folder, with forward slashes."""
    line: int
    """1-based."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class DayLog:
    """The rounds of one stretch of time."""

    count: int = 0
    told: tuple[Told, ...] = ()
    """Those that changed something, those asked for by key, the first and the last; by time."""


class Rounds:
    """The kept rounds, read a day at a time."""

    def __init__(
        self, folder: Path, now: Instant, aliases: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """``aliases``: former ids of monitors → present ones. Raises OutsideError, as it reads."""
        self._files, self._now, self._aliases = day_files(folder), now, aliases
        self._seen: dict[Instant, list[Told]] = {}

    def between(self, start: Instant, end: Instant, wanted: Collection[str] = ()) -> DayLog:
        """Return what the rounds with ``start <= at < end`` tell; ``wanted`` are keys."""
        days = range(day_of(start), day_of(max(start, end - 1)) + 1, DAY)
        self._seen = {day: told for day, told in self._seen.items() if day in days}
        found = [each for day in days for each in self._day(day) if start <= each.at < end]
        ends = {found[0].key, found[-1].key} if found else set[str]()
        asked = ends | set(wanted)
        told = tuple(each for each in found if each.changes or each.key in asked)
        return DayLog(len(found), told)

    def _day(self, day: Instant) -> list[Told]:
        if day not in self._seen:
            self._seen[day] = self._read(day) if day in self._files else []
        return self._seen[day]

    def _read(self, day: Instant) -> list[Told]:
        content = read_bytes(self._files[day])
        calm = self._calm(day, content)
        if calm is not None:
            return calm
        numbers = {raw.strip(): at for at, raw in enumerate(split_lines(content), 1)}
        day_content = read_day(day, content, self._now)
        file = relative_path(day)
        states: dict[str, State] = {}
        return [
            Told(
                entry.at,
                entry.key,
                file,
                numbers.get(line, 0),
                tuple(self._changes(entry, line, states)),
            )
            for entry, line in zip(day_content.entries, day_content.lines, strict=True)
        ]

    def _calm(self, day: Instant, content: bytes) -> list[Told] | None:
        """Return the rounds of a day on which all was up; None where every line must be read.

        Most days are such, and a year of them must not make a build slow.
        """
        heads = _HEAD.findall(content)
        if any(word in content for word in _TROUBLE) or len(heads) != len(split_lines(content)):
            return None
        file, latest = relative_path(day), self._now + FUTURE_SLACK
        found: dict[str, Told] = {}
        for number, (key, at) in enumerate(heads, 1):
            told = Told(parse_instant(at.decode()), key.decode(), file, number)
            if day_of(told.at) != day or told.at > latest:
                return None
            found.setdefault(told.key, told)
        return sorted(found.values(), key=lambda each: (each.at, each.key))

    def _changes(self, entry: Entry, line: bytes, states: dict[str, State]) -> list[Change]:
        """Return what differs from the states so far, of which those that are up are left out."""
        if not any(word in line for word in _TROUBLE):  # all of its checks are up
            again = [
                (monitor, entry.checks[written])
                for written in (entry.checks if states else ())
                if (monitor := self._aliases.get(written, written)) in states
            ]
            for monitor, _ in again:
                states.pop(monitor, None)
            return [
                Change(monitor, State.UP, members.get("reason"), members.get("code"))
                for monitor, members in again
            ]
        found = []
        for written, members in entry.checks.items():
            monitor = self._aliases.get(written, written)
            state = STATES[members["state"]]
            if states.get(monitor, State.UP) is not state:
                found.append(Change(monitor, state, members.get("reason"), members.get("code")))
            if state is State.UP:
                states.pop(monitor, None)
            else:
                states[monitor] = state
        return found

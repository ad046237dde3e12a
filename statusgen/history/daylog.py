"""What the rounds of a stretch of time say, each with the line of the file that holds it.

For whoever must show where a figure comes from. Only rounds still kept can be shown; older days
stand as roll-ups alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant, format_instant
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

_LINE = re.compile(
    rb'^\{"v":1,"round":"([A-Za-z0-9._-]+)","at":"(\d{4}-\d\d-\d\d)T'
    rb'([01]\d|2[0-3]):([0-5]\d):([0-5]\d)Z",'
    rb'"vantage":"([^"\\]*)","took":\d+,"net":"[a-z]+","checks":\{(.*)\}\}\r?$',
    re.MULTILINE,
)
"""A line as we write it."""
_WRONG = re.compile(rb'":\{"state":"(down|degraded|partial|unknown)"([^}]*)\}')
"""Begins with a text that is found quickly, with the quote that ends the monitor's id."""
_REASON, _CODE = re.compile(rb'"reason":"([a-z0-9_-]+)"'), re.compile(rb'"code":(\d+)')


class Change(NamedTuple):
    """A monitor that a round saw in another state than the round before."""

    monitor: str
    state: State
    reason: str | None
    code: int | None


class Told(NamedTuple):
    """A round, and where it stands; a year has a hundred thousand of them."""

    at: Instant
    key: str
    file: str
    """Below the history folder, with forward slashes."""
    line: int
    """1-based."""
    changes: tuple[Change, ...] = ()
    """In what this vantage says."""
    vantage: str = ""


@dataclass(frozen=True, slots=True)
class DayLog:
    """The rounds of one stretch of time."""

    count: int = 0
    told: tuple[Told, ...] = ()
    """Those that changed something, those asked for by key, the first and the last; by time."""
    vantages: tuple[str, ...] = ()
    """The places that the rounds were made from."""


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
        return DayLog(len(found), told, tuple(sorted({each.vantage for each in found})))

    def _day(self, day: Instant) -> list[Told]:
        if day not in self._seen:
            self._seen[day] = self._read(day) if day in self._files else []
        return self._seen[day]

    def _read(self, day: Instant) -> list[Told]:
        content = read_bytes(self._files[day])
        quick = self._quick(day, content)
        if quick is not None:
            return quick
        numbers = {raw.strip(): at for at, raw in enumerate(split_lines(content), 1)}
        day_content = read_day(day, content, self._now)
        file = relative_path(day)
        states: dict[str, dict[str, State]] = {}
        return [
            Told(
                entry.at,
                entry.key,
                file,
                numbers.get(line, 0),
                tuple(self._changes(entry, states.setdefault(entry.vantage, {}))),
                entry.vantage,
            )
            for entry, line in zip(day_content.entries, day_content.lines, strict=True)
        ]

    def _quick(self, day: Instant, content: bytes) -> list[Told] | None:
        """Return the same for lines just as we write them, without reading each check.

        None where a line has another form. A year of days must not make a build slow.
        """
        heads = list(_LINE.finditer(content))
        if len(heads) != len(split_lines(content)) or self._aliases:
            return None
        file, latest = relative_path(day), self._now + FUTURE_SLACK
        date = format_instant(day)[: len("2026-11-20")].encode()
        found: dict[bytes, tuple[Instant, bytes, int, bytes, bytes]] = {}
        for number, match in enumerate(heads, 1):
            key, on, hour, minute, second, place, checks = match.groups()
            instant = day + int(hour) * HOUR + int(minute) * MINUTE + int(second)
            known = found.setdefault(key, (instant, key, number, checks, place))
            if on != date or instant > latest or known[3] != checks:
                return None
        states: dict[bytes, dict[str, State]] = {}
        return [
            Told(
                at,
                key.decode(),
                file,
                number,
                _quick_changes(checks, states.setdefault(place, {})),
                place.decode(),
            )
            for at, key, number, checks, place in sorted(found.values())
        ]

    def _changes(self, entry: Entry, states: dict[str, State]) -> Iterator[Change]:
        """Yield what differs from the states so far, of which those that are up are left out."""
        for written, members in entry.checks.items():
            monitor = self._aliases.get(written, written)
            state = STATES[members["state"]]
            if _turns(monitor, state, states):
                yield Change(monitor, state, members.get("reason"), members.get("code"))


def _quick_changes(checks: bytes, states: dict[str, State]) -> tuple[Change, ...]:
    """Return the same from the text of a round's checks."""
    changes, wrong = [], set()
    for match in _WRONG.finditer(checks):
        quote = match.start()
        monitor = _name(checks[checks.rindex(b'"', 0, quote) : quote + 1])
        wrong.add(monitor)
        state = STATES[match[1].decode()]
        if _turns(monitor, state, states):
            reason, code = _REASON.search(match[2]), _CODE.search(match[2])
            said = reason[1].decode() if reason else None
            changes.append(Change(monitor, state, said, int(code[1]) if code else None))
    if len(states) > len(wrong):  # what is wrong now is among the states
        for monitor in [each for each in states if each not in wrong]:
            up = _up(monitor).search(checks)
            if up and _turns(monitor, State.UP, states):  # else it was not due
                code = _CODE.search(up[1])
                changes.append(Change(monitor, State.UP, None, int(code[1]) if code else None))
    return tuple(changes)


@cache
def _name(quoted: bytes) -> str:
    return str(json.loads(quoted))


@cache
def _up(monitor: str) -> re.Pattern[bytes]:
    return re.compile(re.escape(json.dumps(monitor).encode()) + rb':\{"state":"up"([^}]*)')


def _turns(monitor: str, state: State, states: dict[str, State]) -> bool:
    """Note a state; return whether it is another than before."""
    before = states.get(monitor, State.UP)
    if state is State.UP:
        states.pop(monitor, None)
    else:
        states[monitor] = state
    return before is not state

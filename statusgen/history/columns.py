"""The checks of one day turned on their side: per monitor, times and states."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.history.cadence import Rule
from statusgen.history.dayfile import read_bytes, read_day
from statusgen.history.looks import looks
from statusgen.history.record import STATES, Entry
from statusgen.history.segments import worse


@dataclass(slots=True)
class Column:
    """One monitor's samples of one day."""

    times: list[Instant] = field(default_factory=list)
    """Ascending, without repeats: of two samples at one second the worse is kept."""
    states: list[State] = field(default_factory=list)
    timed_at: list[Instant] = field(default_factory=list)
    """When the up and degraded checks that have a response time were made."""
    timed_ms: list[int] = field(default_factory=list)
    valued_at: list[Instant] = field(default_factory=list)
    """When the checks that read a figure were made, whatever their state."""
    values: list[float] = field(default_factory=list)


@dataclass(slots=True)
class DayColumns:
    """What one day's file says, ready for arithmetic."""

    digest: str = ""
    """Of the file's sound lines as a set; empty without any."""
    size: int = 0
    """Of the file in bytes."""
    rounds: list[Instant] = field(default_factory=list)
    """Start of every round, ascending."""
    looks: list[Instant] = field(default_factory=list)
    """Start of every look: of the rounds, where there is one vantage."""
    last_key: str | None = None
    by_monitor: dict[str, Column] = field(default_factory=dict)
    apart: dict[str, Column] | None = None
    """The same of every round by itself; None where there is one vantage."""

    def by_rule(self, rule: Rule) -> dict[str, Column]:
        """Return the columns as a rule of closed days reads them."""
        return self.by_monitor if rule is Rule.LOOKS or self.apart is None else self.apart


def to_columns(
    entries: Iterable[Entry],
    aliases: Mapping[str, str] = MappingProxyType({}),
    *,
    apart: bool = False,
) -> dict[str, Column]:
    """Sort checked lines, which come in time's order, into a column per monitor.

    ``aliases``: former ids → present ones, which win where a line holds both. ``apart``: several
    vantages are not joined.
    """
    columns: dict[str, Column] = {}
    before: Instant | None = None
    rounds = entries if isinstance(entries, (list, tuple)) else list(entries)
    joined = rounds if apart else looks(rounds)
    for entry in joined:
        at = entry.at
        clash, before = at == before, at
        for written, members in entry.checks.items():
            monitor = aliases.get(written, written)
            if monitor != written and monitor in entry.checks:
                continue
            column = columns.get(monitor)
            if column is None:
                column = columns[monitor] = Column()
            said = members["state"]
            if clash and column.times and column.times[-1] == at:
                column.states[-1] = worse(column.states[-1], STATES[said])
            else:
                column.times.append(at)
                column.states.append(STATES[said])
            if joined is rounds:
                _note_figures(column, at, members)
    for entry in () if joined is rounds else rounds:  # the times and figures of every vantage
        for written, members in entry.checks.items():
            monitor = aliases.get(written, written)
            if monitor == written or monitor not in entry.checks:
                _note_figures(columns[monitor], entry.at, members)
    return columns


def _note_figures(column: Column, at: Instant, members: Mapping[str, Any]) -> None:
    said = members["state"]
    if (said == "up" or said == "degraded") and (ms := members.get("ms")) is not None:
        column.timed_at.append(at)
        column.timed_ms.append(ms)
    if (value := members.get("value")) is not None:
        column.valued_at.append(at)
        column.values.append(value)


def lines_digest(lines: Iterable[bytes]) -> str:
    """Return a digest of a day's sound lines as a set; empty for none.

    Their order in the file, repeats and damaged lines beside them change nothing.
    """
    ordered = sorted(lines)
    return hashlib.sha256(b"\n".join(ordered)).hexdigest() if ordered else ""


class DayReader:
    """Reads day files once each while a window of days moves over them."""

    def __init__(
        self,
        files: Mapping[Instant, Path],
        now: Instant | None = None,
        aliases: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.files = files
        self.faults: dict[Instant, int] = {}
        """Lines that could not be used, for every day read."""
        self._now, self._aliases = now, aliases
        self._read: dict[Instant, DayColumns] = {}

    def day(self, day: Instant) -> DayColumns:
        """Return one day's columns, empty ones where it has no file. Raises OutsideError."""
        if day not in self.files:
            return DayColumns()
        known = self._read.get(day)
        if known is None:
            raw = read_bytes(self.files[day])
            content = read_day(day, raw, self._now)
            self.faults[day] = len(content.faults)
            seen = looks(content.entries)
            known = self._read[day] = DayColumns(
                digest=lines_digest(content.lines),
                size=len(raw),
                rounds=[entry.at for entry in content.entries],
                looks=[entry.at for entry in seen],
                apart=None
                if seen is content.entries
                else to_columns(content.entries, self._aliases, apart=True),
                last_key=content.entries[-1].key if content.entries else None,
                by_monitor=to_columns(content.entries, self._aliases),
            )
        return known

    def forget_before(self, day: Instant) -> None:
        """Free the memory of days that the window has left."""
        for old in [known for known in self._read if known < day]:
            del self._read[old]

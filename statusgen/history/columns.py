"""The checks of one day turned on their side: per monitor, times and states."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.history.dayfile import read_bytes, read_day, split_lines
from statusgen.history.record import STATES, Entry


@dataclass(slots=True)
class Column:
    """One monitor's samples of one day."""

    times: list[Instant] = field(default_factory=list)
    """Ascending, without repeats: of two samples at one second the worse is kept."""
    states: list[State] = field(default_factory=list)
    timed_at: list[Instant] = field(default_factory=list)
    """When the up and degraded checks that have a response time were made."""
    timed_ms: list[int] = field(default_factory=list)


@dataclass(slots=True)
class DayColumns:
    """What one day's file says, ready for arithmetic."""

    digest: str = ""
    """Of the file's lines as a set; empty without a file."""
    size: int = 0
    """Of the file in bytes."""
    rounds: list[Instant] = field(default_factory=list)
    """Start of every round, ascending."""
    last_key: str | None = None
    by_monitor: dict[str, Column] = field(default_factory=dict)


def to_columns(entries: Iterable[Entry]) -> dict[str, Column]:
    """Sort checked lines, which come in time's order, into a column per monitor."""
    columns: dict[str, Column] = {}
    answered = (State.UP, State.DEGRADED)
    for entry in entries:
        at = entry.at
        for monitor, members in entry.checks.items():
            column = columns.get(monitor)
            if column is None:
                column = columns[monitor] = Column()
            state = STATES[members["state"]]
            if column.times and column.times[-1] == at:
                if state.severity > column.states[-1].severity:
                    column.states[-1] = state
            else:
                column.times.append(at)
                column.states.append(state)
            ms = members.get("ms")
            if ms is not None and state in answered:
                column.timed_at.append(at)
                column.timed_ms.append(ms)
    return columns


def lines_digest(content: bytes) -> str:
    """Return a digest of a day file's lines as a set: their order and repeats change nothing."""
    lines = {line.strip() for line in split_lines(content)} - {b""}
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest() if lines else ""


class DayReader:
    """Reads day files once each while a window of days moves over them."""

    def __init__(self, files: Mapping[Instant, Path], now: Instant | None = None) -> None:
        self.files = files
        self.faults: dict[Instant, int] = {}
        """Lines that could not be used, for every day read."""
        self._now = now
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
            known = self._read[day] = DayColumns(
                digest=lines_digest(raw),
                size=len(raw),
                rounds=[entry.at for entry in content.entries],
                last_key=content.entries[-1].key if content.entries else None,
                by_monitor=to_columns(content.entries),
            )
        return known

    def forget_before(self, day: Instant) -> None:
        """Free the memory of days that the window has left."""
        for old in [known for known in self._read if known < day]:
            del self._read[old]

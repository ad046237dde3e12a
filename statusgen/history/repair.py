"""Mending what is damaged, with every damaged line kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from statusgen.base.files import exclusive_lock, sweep_temporary, write_atomic
from statusgen.history import quarantine
from statusgen.history.dailyfile import read_year, write_year, year_files
from statusgen.history.dayfile import day_files, read_bytes, read_day, relative_path, split_lines
from statusgen.history.record import BadLine, read_line
from statusgen.history.store import HistoryStore


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did."""

    quarantined: int
    """Lines moved to ``quarantine.jsonl`` with their place."""
    refiled: int
    """Sound rounds moved into the file of the day they belong to."""


def repair(folder: Path) -> Repaired:
    """Move bad lines to ``quarantine.jsonl`` with their place, and stray rounds to their own day.

    Lines of a newer version stay: they are sound, this program is old. Each line stands in its new
    place before it leaves the old one. Running it again does nothing. Raises OutsideError.
    """
    moved = refiled = 0
    if not folder.is_dir():
        return Repaired(0, 0)
    store = HistoryStore(folder)
    for day, path in day_files(folder).items():
        for raw in _misplaced(day, path):
            round_ = read_line(raw)
            if not isinstance(round_, BadLine):
                store.append(round_)
                refiled += 1
        with exclusive_lock(folder):
            sweep_temporary(path.parent)
            moved += _mend_day(folder, day, path)
    with exclusive_lock(folder):
        moved += sum(_mend_year(folder, path) for path in year_files(folder))
    return Repaired(moved, refiled)


def _misplaced(day: int, path: Path) -> list[bytes]:
    faults = read_day(day, read_bytes(path)).faults
    return [fault.raw for fault in faults if fault.misplaced]


def _mend_day(folder: Path, day: int, path: Path) -> int:
    content = read_bytes(path)
    faults = {fault.line: fault for fault in read_day(day, content).faults if not fault.newer}
    if not faults:
        return 0
    bad = [fault for fault in faults.values() if not fault.misplaced]
    quarantine.set_aside(folder, relative_path(day), bad)
    lines = [line for place, line in enumerate(split_lines(content), 1) if place not in faults]
    write_atomic(path, b"".join(line + b"\n" for line in lines))
    return len(bad)


def _mend_year(folder: Path, path: Path) -> int:
    records, faults = read_year(path)
    if faults:
        quarantine.set_aside(folder, path.relative_to(folder).as_posix(), faults)
        write_atomic(path, write_year(records))
    return len(faults)

"""Mending what is damaged, with every damaged line kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.base.errors import OutsideError
from statusgen.base.files import exclusive_lock, sweep_temporary, write_atomic
from statusgen.history import quarantine
from statusgen.history.columns import DayReader
from statusgen.history.dailyfile import daily_path, read_year, record_text, write_year, year_files
from statusgen.history.dayfile import day_files, read_bytes, read_day, relative_path, split_lines
from statusgen.history.dayrecord import DayRecord, reach_days
from statusgen.history.record import BadLine, read_line
from statusgen.history.rollup import can_recompute, catch_up, recompute
from statusgen.history.store import HistoryStore


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did."""

    quarantined: int
    """Lines moved to ``quarantine.jsonl`` with their place."""
    refiled: int
    """Sound rounds moved into the file of the day they belong to."""
    rolled: int
    """Roll-ups that did not follow from their rounds, made anew."""


def repair(folder: Path, *, now: Instant) -> Repaired:
    """Move bad lines to ``quarantine.jsonl`` with their place, and stray rounds to their own day.

    Rounds stamped more than five minutes after ``now`` are bad lines: a wrong clock made them. So
    that a clock which stands behind does not empty the history, they stay where every round is
    later, and OutsideError says so. Lines of a newer version stay: they are sound, this program is
    old. Roll-ups whose rounds are as they were rolled up, but which say something else, are made
    anew. Each line stands in its new place before it leaves the old one. Running it again does
    nothing. Raises OutsideError.
    """
    moved = refiled = 0
    if not folder.is_dir():
        return Repaired(0, 0, 0)
    store = HistoryStore(folder)
    if store.latest(now=now) is None and store.latest() is not None:
        raise OutsideError(
            f"the clock of this machine says {format_instant(now)}, which is before every round; "
            "set it right first"
        )
    for day, path in day_files(folder).items():
        for raw in _misplaced(day, path, now):
            round_ = read_line(raw)
            if not isinstance(round_, BadLine):
                store.append(round_)
                refiled += 1
        with exclusive_lock(folder):
            sweep_temporary(path.parent)
            moved += _mend_day(folder, day, path, now)
    with exclusive_lock(folder):
        moved += sum(_mend_year(folder, path) for path in year_files(folder))
        rolled = _roll_altered(folder) + catch_up(folder)
    return Repaired(moved, refiled, rolled)


def _roll_altered(folder: Path) -> int:
    """Make the roll-ups anew that their own rounds contradict; return how many.

    Where the rounds are others than were rolled up it is the rounds that changed, and the roll-up
    is the witness: it stays for ``verify`` to tell.
    """
    records: dict[Instant, DayRecord] = {}
    for path in year_files(folder):
        records.update(read_year(path)[0])
    files = day_files(folder)
    reader = DayReader(files)
    mended: dict[Instant, DayRecord] = {}
    for day, record in sorted(records.items()):
        reader.forget_before(day - reach_days(record.max_gap) * DAY)
        if day in files and can_recompute(record, records, files):
            again = replace(recompute(record, reader, {}), size=record.size)
            witnessed = (again.lines, again.inputs) == (record.lines, record.inputs)
            if witnessed and record_text(again) != record_text(record):
                mended[day] = again
    for path in {daily_path(folder, day) for day in mended}:
        year = {**read_year(path)[0]}
        year.update((day, record) for day, record in mended.items() if day in year)
        write_atomic(path, write_year(year))
    return len(mended)


def _misplaced(day: Instant, path: Path, now: Instant) -> list[bytes]:
    faults = read_day(day, read_bytes(path), now).faults
    return [fault.raw for fault in faults if fault.misplaced]


def _mend_day(folder: Path, day: Instant, path: Path, now: Instant) -> int:
    content = read_bytes(path)
    faults = {fault.line: fault for fault in read_day(day, content, now).faults if not fault.newer}
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

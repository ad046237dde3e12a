"""Looking the history over: every line, every repeat, every roll-up computed again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.history import chain, quarantine
from statusgen.history.columns import DayReader
from statusgen.history.dailyfile import read_year, record_text, year_files
from statusgen.history.dayfile import (
    day_at,
    day_files,
    day_name,
    read_bytes,
    read_day,
    relative_path,
    split_lines,
)
from statusgen.history.dayrecord import DayRecord, reach_days
from statusgen.history.rollup import can_recompute, recompute
from statusgen.history.sealed import Finding, look_at_seals

_OTHER_ROOMS = ("outbox", "incidents", "maintenance", "github")
"""Folders below the history folder that other rooms keep."""
_OTHER_FILES = ("updates.json", "README.md", chain.NAME)
"""Files there beside the rounds: ordinals of feeds, what ``status --markdown`` wrote, seals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a history holds and what is wrong with it."""

    files: int
    """Day files."""
    rounds: int
    """Sound rounds, each key once."""
    rolled_days: int
    bad_lines: tuple[Finding, ...]
    torn_tails: tuple[Finding, ...]
    """Last lines that a killed writer cut short."""
    future: tuple[Finding, ...]
    """Rounds stamped more than five minutes after now."""
    duplicates: tuple[Finding, ...]
    """Lines that repeat another: harmless, readers take one."""
    conflicts: tuple[Finding, ...]
    """Lines whose key another line has that says something else: one of the two was altered."""
    mismatches: tuple[Finding, ...]
    """Roll-ups that do not follow from their rounds: these or those were altered."""
    edited: tuple[Finding, ...]
    """What is other than it was when its day was sealed, and seals that do not follow."""
    notes: tuple[str, ...]
    """What a reader should know of the seals, and accuses nobody."""
    head: str
    """Of the chain of seals; empty before the first."""
    missing: tuple[Finding, ...]
    """Files of closed days that are gone though older ones are there."""
    unknown_files: tuple[Finding, ...]
    quarantined: int
    """Lines that were set aside earlier."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, most serious first."""
        return (
            *self.missing,
            *self.edited,
            *self.mismatches,
            *self.conflicts,
            *self.bad_lines,
            *self.torn_tails,
            *self.future,
            *self.duplicates,
            *self.unknown_files,
        )

    @property
    def ok(self) -> bool:
        """Whether nothing is damaged or altered; repeats and strange files are no damage."""
        return len(self.findings) == len(self.duplicates) + len(self.unknown_files)


def verify(folder: Path, *, now: Instant) -> VerifyReport:
    """Read the whole history and report what is wrong with it; writes nothing.

    A roll-up is computed again from its rounds with the parameters it holds, as long as the
    rounds are there. Raises OutsideError where the disk fails.
    """
    return _Search(folder, now).report()


class _Search:
    """One look over a history folder."""

    def __init__(self, folder: Path, now: Instant) -> None:
        self._folder, self._now = folder, now
        self._files = day_files(folder)
        self._keys: dict[str, Instant] = {}
        self._bad: list[Finding] = []
        self._torn: list[Finding] = []
        self._future: list[Finding] = []
        self._repeats: list[Finding] = []
        self._conflicts: list[Finding] = []

    def report(self) -> VerifyReport:
        for day in self._files:
            self._look_at_day(day)
        records = self._read_records()
        seals = look_at_seals(self._folder, self._files)
        return VerifyReport(
            files=len(self._files),
            rounds=len(self._keys),
            rolled_days=len(records),
            missing=tuple(self._missing(records)),
            edited=seals.edited,
            notes=seals.notes,
            head=seals.head,
            mismatches=tuple(self._mismatches(records)),
            unknown_files=tuple(self._unknown_files()),
            bad_lines=tuple(self._bad),
            torn_tails=tuple(self._torn),
            future=tuple(self._future),
            duplicates=tuple(self._repeats),
            conflicts=tuple(self._conflicts),
            quarantined=len(split_lines(read_bytes(self._folder / quarantine.NAME))),
        )

    def _look_at_day(self, day: Instant) -> None:
        file = relative_path(day)
        content = read_day(day, read_bytes(self._files[day]), self._now)
        for fault in content.faults:
            found = self._torn if fault.torn else self._future if fault.future else self._bad
            found.append(Finding(file, fault.line, fault.reason))
        for line, key, same in content.repeats:
            if same:
                self._repeats.append(Finding(file, line, f"round {key} stands here again"))
            else:
                reason = f"round {key} stands here twice, with different content"
                self._conflicts.append(Finding(file, line, reason))
        for entry in content.entries:
            elsewhere = self._keys.setdefault(entry.key, day)
            if elsewhere != day:
                reason = f"round {entry.key} stands in {relative_path(elsewhere)}, too"
                self._conflicts.append(Finding(file, 0, reason))

    def _read_records(self) -> dict[Instant, DayRecord]:
        records: dict[Instant, DayRecord] = {}
        for path in year_files(self._folder):
            told, faults = read_year(path)
            records.update(told)
            file = path.relative_to(self._folder).as_posix()
            self._bad += (Finding(file, fault.line, fault.reason) for fault in faults)
        return records

    def _missing(self, records: Mapping[Instant, DayRecord]) -> Iterator[Finding]:
        """Yield the days that had rounds and lost their file; the oldest files go by retention."""
        had_rounds = sorted(day for day, record in records.items() if record.lines)
        oldest = min(self._files, default=max(had_rounds, default=0))
        for day in had_rounds:
            if day >= oldest and day not in self._files:
                reason = f"the {records[day].rounds} rounds of {day_name(day)} are gone"
                yield Finding(relative_path(day), 0, f"{reason}; bring them back from the remote")

    def _mismatches(self, records: Mapping[Instant, DayRecord]) -> Iterator[Finding]:
        reader = DayReader(self._files)
        for day, record in sorted(records.items()):
            file, name = f"daily/{day_name(day)[:4]}.json", day_name(day)
            if record.lines and day not in self._files:
                continue  # past retention, or missing
            reader.forget_before(day - reach_days(record.max_gap) * DAY)
            if not can_recompute(record, records, self._files):
                if reader.day(day).digest != record.lines:
                    yield Finding(file, 0, f"{name}: its rounds are others than were rolled up")
                continue
            again = replace(recompute(record, reader, {}), size=record.size)
            if again.lines != record.lines:
                yield Finding(file, 0, f"{name}: its rounds are others than were rolled up")
            elif again.inputs != record.inputs:
                yield Finding(file, 0, f"{name}: rounds of the days before it are others")
            elif record_text(again) != record_text(record):
                yield Finding(file, 0, f"{name}: does not follow from its rounds")

    def _unknown_files(self) -> Iterator[Finding]:
        known_years = set(year_files(self._folder))
        for place, folders, names in os.walk(self._folder):
            at_top = Path(place) == self._folder
            skipped = (".git", *_OTHER_ROOMS) if at_top else (".git",)
            folders[:] = sorted(name for name in folders if name not in skipped)
            for name in sorted(names):
                path = Path(place) / name
                relative = path.relative_to(self._folder).as_posix()
                expected = (
                    relative in (quarantine.NAME, ".git", *_OTHER_FILES) or path in known_years
                )
                day = day_at(relative)
                if not expected and (day is None or day not in self._files):
                    reason = "no file of the history; a killed writer may have left it"
                    if not name.startswith(".tmp-"):
                        reason = "no file of the history"
                    yield Finding(relative, 0, reason)

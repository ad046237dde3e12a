"""Rolling closed days up into ``daily/<YYYY>.json``.

**A closed day is final.** Its record names the digest of its lines and the parameters it was made
with (``cadence`` of each monitor, ``max_gap``, ``rule``). A day is rolled again only when those
lines, or those of a day that its figures depend on, have changed, and then with the parameters
that its record holds. So a change of the configuration never reaches back, and anyone can compute
a record again from the rounds, to the byte (``verify`` does). What a day depends on lies before it
(:func:`statusgen.history.dayrecord.reach_days`): later rounds never change it.

A day whose own rounds, or those before it that it rests on, are past their retention stays as it
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.files import exclusive_lock, write_atomic
from statusgen.config.settings import DEFAULT_INTERVAL
from statusgen.history import chain, quarantine
from statusgen.history.columns import DayReader
from statusgen.history.dailyfile import (
    daily_path,
    read_year,
    record_text,
    recorded_sizes,
    write_year,
    year_files,
)
from statusgen.history.dayfile import Fault, day_files, file_size, read_bytes
from statusgen.history.dayrecord import (
    DayRecord,
    carry_days,
    inputs_digest,
    is_closed,
    reach_days,
    roll_day,
)
from statusgen.history.store import HistoryStore


def roll_up(
    store: HistoryStore, *, now: Instant, cadences: Mapping[str, int], max_gap: int | None
) -> int:
    """Write the closed days that are missing or whose rounds changed; return how many.

    ``cadences`` gives seconds between checks by monitor id; monitors that are configured no more
    are rolled up too, with the default. Cheap where nothing is to be done: it compares sizes of
    files. Raises OutsideError.
    """
    if not store.folder.is_dir():
        return 0
    with exclusive_lock(store.folder):
        files = store.day_files()
        closed = closed_days(files, now, max_gap)
        suspects = _suspects(store.folder, files, closed)
        if not suspects:
            return 0
        since = suspects[0] - reach_days(max_gap) * DAY
        work = _Work(store.folder, files, closed, cadences, max_gap, since)
        work.run(suspects)
        return work.save()


def catch_up(folder: Path, also: Iterable[Instant] = ()) -> int:
    """Make the roll-ups anew that no longer follow from their rounds, and seal what is not sealed.

    For when rounds came by a way other than a check: from a remote, by hand of ``repair``. Each is
    made with the parameters that it holds, so that neither clock nor configuration has a say. Of a
    day whose sealed rounds were edited the roll-up is the witness: it stays, unless ``also`` names
    it.
    Returns how many changed; the caller holds the folder's lock. Raises OutsideError.
    """
    files = day_files(folder)
    known = sorted(day for path in year_files(folder) for day in recorded_sizes(read_bytes(path)))
    if not known:
        return 0
    work = _Work(folder, files, known, {}, None, known[0])
    work.run(sorted({*work.outdated(), *also}))
    return work.save()


def closed_days(files: Mapping[Instant, Path], now: Instant, max_gap: int | None) -> list[Instant]:
    """Return the closed days that have rounds, or into which rounds of a day before may reach."""
    reached = {day + ahead * DAY for day in files for ahead in range(carry_days(max_gap) + 1)}
    return sorted(day for day in reached if is_closed(day, now))


def recompute(
    record: DayRecord, reader: DayReader, cadences: Mapping[str, int], *, anew: bool = False
) -> DayRecord:
    """Roll a day up again with the parameters that its record holds; ``anew``: by today's rule."""

    def cadence_of(monitor: str) -> int:
        told = record.monitors.get(monitor)
        return told.cadence if told else cadences.get(monitor, DEFAULT_INTERVAL)

    return roll_day(
        record.day,
        reader.day,
        cadence_of=cadence_of,
        max_gap=record.max_gap,
        until=record.day + DAY,
        rule=None if anew else record.rule,
    )


def can_recompute(
    record: DayRecord, records: Mapping[Instant, DayRecord], files: Mapping[Instant, Path]
) -> bool:
    """Say whether all rounds that a record rests on are still there."""
    reach = [record.day - back * DAY for back in range(reach_days(record.max_gap) + 1)]
    had_rounds = (day for day in reach if day in records and records[day].lines)
    return all(day in files for day in had_rounds)


def _suspects(folder: Path, files: Mapping[Instant, Path], closed: list[Instant]) -> list[Instant]:
    """Return the closed days without a record, or whose file has another size than recorded."""
    sizes: dict[Instant, int] = {}
    for path in sorted({daily_path(folder, day) for day in closed}):
        sizes.update(recorded_sizes(read_bytes(path)))
    return [
        day for day in closed if sizes.get(day) != (file_size(files[day]) if day in files else 0)
    ]


class _Work:
    """One run of the roll-up, with the years and days it has in memory."""

    def __init__(
        self,
        folder: Path,
        files: Mapping[Instant, Path],
        closed: list[Instant],
        cadences: Mapping[str, int],
        max_gap: int | None,
        since: Instant,
    ) -> None:
        self._folder = folder
        self._files = files
        self._closed = set(closed)
        self._cadences = cadences
        self._max_gap = max_gap
        self._reader = DayReader(files)
        self._records: dict[Instant, DayRecord] = {}
        self._faults: dict[Path, list[Fault]] = {}
        self._changed: set[Instant] = set()
        self._rolled: dict[Instant, str] = {}
        oldest = daily_path(folder, since)
        for path in year_files(folder):
            if path < oldest:
                continue
            records, faults = read_year(path)
            self._records.update(records)
            self._faults[path] = faults

    def outdated(self) -> list[Instant]:
        """Return the days whose record no longer follows, if their sealed rounds are intact."""
        sealed = chain.read_chain(self._folder).seals
        found = []
        for day, record in sorted(self._records.items()):
            path, seals = self._files.get(day), sealed.get(day, ())
            if path is None:
                continue
            reach = range(reach_days(record.max_gap), -1, -1)
            lines = [self._lines(day - back * DAY) for back in reach]
            follows = record.size == file_size(path) and record.inputs == inputs_digest(lines)
            told = chain.text_digest(record_text(record).encode("ascii"))
            as_sealed = not seals or seals[-1].roll == told
            if follows and as_sealed:
                continue
            if chain.is_intact(seals, chain.stored_lines(day, path)):
                found.append(day)
        return found

    def _lines(self, day: Instant) -> str:
        record = self._records.get(day)
        return record.lines if record else ""

    def run(self, suspects: list[Instant]) -> None:
        """Roll up the suspects, and the days that depend on one whose rounds changed."""
        pending = set(suspects)
        gaps = {self._max_gap, *(record.max_gap for record in self._records.values())}
        furthest = max(reach_days(gap) for gap in gaps)
        while pending:
            day = min(pending)
            pending.remove(day)
            old = self._records.get(day)
            if self._roll(day, old):
                after = (day + ahead * DAY for ahead in range(1, furthest + 1))
                pending |= {later for later in after if later in self._records} & self._closed
            self._reader.forget_before(day - furthest * DAY)

    def _roll(self, day: Instant, old: DayRecord | None) -> bool:
        """Roll one day up; say whether its own lines are others than before."""
        if old is None:
            empty = DayRecord(
                day=day,
                size=0,
                lines="",
                inputs="",
                rounds=0,
                first=None,
                last=None,
                max_gap=self._max_gap,
            )
            new = recompute(empty, self._reader, self._cadences, anew=True)
            self._put(new)
            return new.lines != ""
        if not can_recompute(old, self._records, self._files):
            return False
        new = recompute(old, self._reader, self._cadences)
        self._put(new)
        return new.lines != old.lines

    def _put(self, record: DayRecord) -> None:
        old = self._records.get(record.day)
        text = self._rolled[record.day] = record_text(record)
        if old is None or record_text(old) != text:
            self._records[record.day] = record
            self._changed.add(record.day)

    def save(self) -> int:
        """Seal what was rolled up, replace the years' files; return how many days changed.

        Sealed first: killed in between, the next run rolls up the same and finds it sealed. The
        latest year goes first: a kill in between leaves the earlier day, whose size gave the work
        away, to be found again.
        """
        chain.seal(self._folder, self._rolled)
        for path in sorted({daily_path(self._folder, day) for day in self._changed}, reverse=True):
            relative = path.relative_to(self._folder).as_posix()
            quarantine.set_aside(self._folder, relative, self._faults.get(path, []))
            year = {
                day: record
                for day, record in self._records.items()
                if daily_path(self._folder, day) == path
            }
            write_atomic(path, write_year(year))
        return len(self._changed)

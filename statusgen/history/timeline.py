"""What history tells of each monitor, read from roll-ups and recent rounds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.config.settings import DEFAULT_INTERVAL
from statusgen.history.cadence import WINDOW, usual_gap
from statusgen.history.columns import DayReader
from statusgen.history.dailyfile import daily_path, first_round, read_year, year_files
from statusgen.history.dayfile import FUTURE_SLACK, day_files, day_of, read_bytes
from statusgen.history.dayrecord import (
    DayRecord,
    MonitorDay,
    carry_days,
    is_closed,
    joined,
    reach_days,
    roll_day,
)
from statusgen.history.histogram import Histogram
from statusgen.history.hourly import HourlyLatency
from statusgen.history.looks import Word
from statusgen.history.newest import Newest, newest_checks, newest_words
from statusgen.history.segments import (
    Segment,
    clip,
    gap_limit,
    join,
)
from statusgen.probe.round import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorTimeline:
    """One monitor's observed past."""

    monitor: str
    segments: tuple[Segment, ...]
    """Sorted, disjoint, run-length joined; time outside them is unobserved."""
    latency_by_hour: Mapping[Instant, Histogram]
    """Response times of up and degraded checks, by start of the UTC hour, in time's order."""
    values_by_day: Mapping[Instant, str]
    """Figures that checks read, as text by start of the UTC day."""
    first_at: Instant | None
    """When it was first checked, be it that the check could not tell: as far back as rounds are
    kept, else when the observed past begins. None before the first check."""
    last: Check | None
    last_at: Instant | None
    last_round: str | None
    """Key of the round that holds the newest check."""
    gap: int
    """Seconds that the newest check may stand for."""
    words: tuple[Word, ...] = ()
    """What each vantage said last, in the last day; none where there is one vantage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything observed up to one instant."""

    now: Instant
    monitors: Mapping[str, MonitorTimeline]
    """By monitor id; every monitor asked for has an entry, an empty one if need be."""
    first_round: Instant | None
    last_round: Instant | None
    last_round_key: str | None
    usual_gap: int | None
    """Usual seconds between rounds (:mod:`statusgen.history.cadence`); None with fewer than two."""
    quarantined: int
    """Lines that could not be read."""


def load_timeline(
    folder: Path,
    *,
    now: Instant,
    cadences: Mapping[str, int],
    max_gap: int | None,
    days: int = 400,
    aliases: Mapping[str, str] = MappingProxyType({}),
) -> Timeline:
    """Read what was observed in the last ``days`` UTC days, today included. Writes nothing.

    ``cadences`` names the monitors asked for and the seconds between their checks. Closed days come
    from their roll-ups; days without one, and the present day, from rounds. Rounds and time after
    ``now`` are left out. ``aliases``: former ids → the ones asked for. A missing folder gives an
    empty timeline. Raises OutsideError where the disk fails.
    """
    return _Loader(folder, now, cadences, max_gap, aliases).load(days)


class _Loader:
    """One reading of the history folder."""

    def __init__(
        self,
        folder: Path,
        now: Instant,
        cadences: Mapping[str, int],
        max_gap: int | None,
        aliases: Mapping[str, str],
    ) -> None:
        self._aliases = aliases
        self._folder, self._now = folder, now
        self._cadences, self._max_gap = cadences, max_gap
        self._today = day_of(now)
        files = day_files(folder)
        self._files = {day: path for day, path in files.items() if day <= now + FUTURE_SLACK}
        self._reader = DayReader(self._files, now, aliases)
        self._segments: dict[str, list[Segment]] = {monitor: [] for monitor in cadences}
        self._latency: dict[str, dict[Instant, str]] = {monitor: {} for monitor in cadences}
        self._values: dict[str, dict[Instant, str]] = {monitor: {} for monitor in cadences}
        self._damaged_records = 0
        self._since = self._today
        self._words: Mapping[str, tuple[Word, ...]] = {}

    def load(self, days: int) -> Timeline:
        since = self._since = self._today - (days - 1) * DAY
        records = self._read_records(since)
        for day in range(since, self._today + DAY, DAY):
            record = records.get(day)
            if record is None or (day in self._files and not is_closed(day, self._now)):
                record = self._compute(day)
            if record is not None:
                self._add(record)
        newest = self._newest()
        self._words = newest_words(self._folder, now=self._now, since=self._now - DAY)
        starts, last, last_key = self._recent_rounds()
        return Timeline(
            now=self._now,
            monitors={name: self._monitor(name, newest.get(name)) for name in self._cadences},
            first_round=self._first_round(),
            last_round=last,
            last_round_key=last_key,
            usual_gap=usual_gap(starts),
            quarantined=sum(self._reader.faults.values()) + self._damaged_records,
        )

    def _newest(self) -> dict[str, Newest]:
        """Return each monitor's newest check, under a former id where there is no other."""
        found = newest_checks(self._folder, self._cadences, now=self._now, since=0)
        former = [alias for alias, name in self._aliases.items() if name not in found]
        if former:
            under = newest_checks(self._folder, former, now=self._now, since=0)
            for alias in sorted(under, key=lambda name: under[name].at):
                found[self._aliases[alias]] = under[alias]
        return found

    def _read_records(self, since: Instant) -> dict[Instant, DayRecord]:
        records: dict[Instant, DayRecord] = {}
        for path in year_files(self._folder):
            if path >= daily_path(self._folder, since):
                told, faults = read_year(path, since)
                records.update(told)
                self._damaged_records += len(faults)
        return records

    def _compute(self, day: Instant) -> DayRecord | None:
        """Roll a day up in memory; None where no round can tell of it."""
        reach = range(day - carry_days(self._max_gap) * DAY, day + DAY, DAY)
        if not any(known in self._files for known in reach):
            return None
        self._reader.forget_before(day - reach_days(self._max_gap) * DAY)
        return roll_day(
            day,
            self._reader.day,
            cadence_of=lambda monitor: self._cadences.get(monitor, DEFAULT_INTERVAL),
            max_gap=self._max_gap,
            until=self._now,
        )

    def _add(self, record: DayRecord) -> None:
        begun = (self._now - record.day) // HOUR + 1
        over = record.day + DAY <= self._now  # then nothing of the day lies after now
        for monitor, told in self._named_now(record).items():
            if monitor not in self._cadences:
                continue
            segments = told.segments
            self._segments[monitor] += segments if over else clip(segments, record.day, self._now)
            hours = told.latency if over else ";".join(told.latency.split(";")[:begun])
            if hours:
                self._latency[monitor][record.day] = hours
            if told.values:
                kept = told.values if over else ";".join(told.values.split(";")[:begun])
                self._values[monitor][record.day] = kept

    def _named_now(self, record: DayRecord) -> Mapping[str, MonitorDay]:
        """Return a day's monitors under their present ids, of the day of a change joined."""
        if not self._aliases.keys() & record.monitors.keys():
            return record.monitors
        present: dict[str, MonitorDay] = {}
        for written in sorted(record.monitors, key=lambda name: name not in self._aliases):
            told, name = record.monitors[written], self._aliases.get(written, written)
            present[name] = joined(present[name], told) if name in present else told
        return present

    def _monitor(self, monitor: str, newest: Newest | None) -> MonitorTimeline:
        usual = None
        if newest is not None:
            day = day_of(newest.at)
            reach = range(day - WINDOW, day + DAY, DAY)
            columns = [self._reader.day(past).by_monitor.get(monitor) for past in reach]
            times = [at for column in columns if column for at in column.times]
            usual = usual_gap(times)
        segments = tuple(join(self._segments[monitor]))
        return MonitorTimeline(
            monitor=monitor,
            segments=segments,
            latency_by_hour=HourlyLatency(self._latency[monitor]),
            values_by_day=self._values[monitor],
            first_at=self._first_check(monitor, segments, newest),
            last=newest.check if newest else None,
            last_at=newest.at if newest else None,
            last_round=newest.round if newest else None,
            gap=gap_limit(self._cadences[monitor], usual, self._max_gap),
            words=self._words.get(monitor, ()),
        )

    def _first_check(
        self, monitor: str, segments: Sequence[Segment], newest: Newest | None
    ) -> Instant | None:
        """Return when a monitor was first checked.

        Goes back from the first known state, or from the newest check where none was known, for
        as long as files of days name the monitor; the last of them is read.
        """
        if segments:
            first = segments[0].start
        elif newest is not None:
            first = newest.at
        else:
            return None
        begun, oldest = day_of(first), None
        former = [alias for alias, name in self._aliases.items() if name == monitor]
        names = [json.dumps(each).encode("ascii") + b":" for each in (monitor, *former)]
        for day in reversed([day for day in self._files if self._since <= day <= begun]):
            content = read_bytes(self._files[day])
            if any(name in content for name in names):
                oldest = day
            elif day < begun:  # a state carried over midnight begins a day without checks
                break
        column = None if oldest is None else self._reader.day(oldest).by_monitor.get(monitor)
        return first if column is None else min(first, column.times[0])

    def _recent_rounds(self) -> tuple[list[Instant], Instant | None, str | None]:
        """Return the starts of the last seven days' looks; the newest round's, and its key."""
        for last in sorted(self._files, reverse=True):
            newest = self._reader.day(last)
            if newest.rounds:
                reach = range(last - WINDOW, last + DAY, DAY)
                starts = {at for day in reach for at in self._reader.day(day).looks}
                return sorted(starts), newest.rounds[-1], newest.last_key
        return [], None, None

    def _first_round(self) -> Instant | None:
        told = first_round(self._folder)
        for day in self._files:
            if told is not None and told < day:
                break
            rounds = self._reader.day(day).rounds
            if rounds:
                return rounds[0] if told is None else min(told, rounds[0])
        return told if told is not None and told <= self._now else None

"""Measured facts, for whoever asks: of a monitor, a component or a group, over any window.

One function makes each number; pages, feeds, the terminal and gates ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.base.states import State
from statusgen.config.settings import Group, Settings
from statusgen.history.figures import Figures, hours_of, join
from statusgen.history.histogram import Histogram
from statusgen.history.hourly import between
from statusgen.history.timeline import MonitorTimeline, Timeline
from statusgen.status.intervals import Interval, touching, union
from statusgen.status.latency import Hours, latency
from statusgen.status.methods import Lived
from statusgen.status.rollup import Part, joined_past, maintained
from statusgen.status.snapshot import Latency, Stretch, Uptime
from statusgen.status.uptime import Observed


@dataclass(frozen=True)
class Measured:
    """What was measured of one thing, up to now. Windows are ``[start, end)`` in UTC seconds."""

    now: Instant
    past: Observed
    since: Instant | None
    """When its first check was made; None before it."""
    hours: Sequence[Hours] = ()
    """Response times of each of its monitors, by hour."""
    values: Sequence[Mapping[Instant, str]] = ()
    """Figures that its monitors read, by day."""
    whole: Observed | None = None
    """The past with its maintenance, where some was cut out."""

    def window(self, length: int) -> Interval:
        """Return the last ``length`` seconds, but nothing from before the first check.

        A page that is young tells of the time that it knows; an arithmetic over a given window is
        left alone by it (U21 of content/reference).
        """
        start = self.now - length
        return (start if self.since is None else min(max(start, self.since), self.now), self.now)

    def seconds(self, start: Instant, end: Instant) -> dict[State, int]:
        """Return the observed seconds in each state that occurs, maintenance left out."""
        return self.past.seconds(start, min(end, self.now))

    def uptime(self, start: Instant, end: Instant) -> Uptime:
        """Return the time-weighted uptime, with what was observed."""
        return self.past.uptime(start, end, self.now)

    def latency(self, start: Instant, end: Instant) -> Latency:
        """Return percentiles of response time; an hour counts as soon as a part of it lies in."""
        end = min(end, self.now)
        if end <= start:
            return latency(Histogram())
        first = -(-(start - start % HOUR) // DAY) * DAY
        last = -(-end // HOUR) * HOUR // DAY * DAY
        if first >= last:
            return latency(Histogram.merge(self._times(start, end)))
        days = [self._day(day) for day in range(first, last, DAY)]
        return latency(
            Histogram.merge([*self._times(start, first), *days, *self._times(last, end)])
        )

    def _times(self, start: Instant, end: Instant) -> Iterator[Histogram]:
        """Yield the hours that share a moment with a window."""
        if start >= self._recent_from:
            first = start - start % HOUR
            known = map(self.recent_hours.get, range(first, end, HOUR))
            yield from (times for times in known if times is not None)
        elif start < end:
            for part in self.hours:
                yield from (times for _, times in between(part, start, end))

    def _day(self, day: Instant) -> Histogram:
        """Return a whole UTC day's times, put together once: windows of days overlap."""
        if day not in self._days:
            self._days[day] = Histogram.merge(self._times(day, day + DAY))
        return self._days[day]

    @cached_property
    def _days(self) -> dict[Instant, Histogram]:
        return {}

    def value(self, start: Instant, end: Instant) -> Figures | None:
        """Return the figures read by checks; None where none was. Hours count as for latency."""
        end = min(end, self.now)
        if end <= start:
            return None
        return join(hour for days in self.values for hour in hours_of(days, start, end))

    def outages(self, start: Instant, end: Instant) -> tuple[Stretch, ...]:
        """Return the stretches without a good moment that touch the window, each whole.

        Stretches that meet are one, in the worst of their states; unobserved time parts them.
        """
        found: list[Stretch] = []
        end = min(end, self.now)
        for segment in touching(self.past.segments, start, end) if start < end else ():
            if not segment.state.failed:
                continue
            last = found[-1] if found else None
            if last is not None and last.end == segment.start:
                worst = max(last.state, segment.state, key=lambda state: state.severity)
                found[-1] = Stretch(last.start, segment.end, worst)
            else:
                found.append(Stretch(segment.start, segment.end, segment.state))
        return tuple(found)

    @property
    def _recent_from(self) -> Instant:
        return self.now - 92 * 24 * HOUR

    @cached_property
    def recent_hours(self) -> Mapping[Instant, Histogram]:
        """Response times of the last 92 days by hour, all monitors together; made once."""
        found: dict[Instant, list[Histogram]] = {}
        for part in self.hours:
            for start, times in between(part, self._recent_from, self.now):
                found.setdefault(start, []).append(times)
        return {
            start: several[0] if len(several) == 1 else Histogram.merge(several)
            for start, several in sorted(found.items())
        }


class Facts:
    """All that was measured of a site, each thing put together once, when it is asked for."""

    def __init__(
        self,
        settings: Settings,
        timeline: Timeline,
        maintenance: Mapping[str, Iterable[Interval]] | None = None,
        *,
        oldest: Instant = 0,
        windows: Mapping[str, Iterable[Interval]] | None = None,
    ) -> None:
        """``maintenance`` holds the windows of each component by its id; they may overlap.

        ``windows``: all of them, those that count too. What lies before ``oldest`` is not looked
        at.
        """
        self._windows = windows or {}
        self._upptime = settings.compat == "upptime"
        self.now = timeline.now
        self._lines = timeline.monitors
        self._maintenance = maintenance or {}
        self._oldest = oldest
        self._components = {each.id: each for each in settings.components}
        self._reported = {each.id for each in settings.components if settings.reporter(each)}
        self._groups = {group.name: group for group in settings.groups}
        self._made: dict[str, Measured] = {}

    def monitor(self, identifier: str) -> Measured:
        """Return the facts of one monitor, no maintenance cut out. Raises KeyError."""
        line = self._lines[identifier]
        part = self._part(line)
        if self._upptime:
            part = self._as_upptime(part, part, "")
        return Measured(
            self.now, part.past, part.since, (line.latency_by_hour,), (line.values_by_day,)
        )

    def component(self, identifier: str) -> Measured:
        """Return the facts of a component: up while all its monitors are. Raises KeyError."""
        if identifier not in self._made:
            lines = [self._lines[each] for each in self._components[identifier].monitors]
            whole = joined_past([self._part(line) for line in lines])
            part = maintained(whole, self._maintenance.get(identifier, ()))
            if self._upptime:
                part = self._as_upptime(part, whole, identifier)
            hours = [line.latency_by_hour for line in lines]
            values = [line.values_by_day for line in lines]
            self._made[identifier] = Measured(
                self.now, part.past, part.since, hours, values, whole.past
            )
        return self._made[identifier]

    def group(self, name: str) -> Measured:
        """Return the facts of a group: up while all its components are. Raises KeyError."""
        return self.together(self._groups[name])

    def together(self, group: Group) -> Measured:
        """Return the facts of several components as those of one.

        What another status page says of itself is never mixed with what was measured.
        """
        own = [each for each in group.components if each not in self._reported]
        measured = [self.component(each) for each in own]
        whole = joined_past([Part(each.past, each.since) for each in measured])
        if self._upptime:  # a group of it is down while one of its components is
            outages = union(each for one in measured for each in one.past.outages or ())
            past = replace(whole.past, outages=outages, since=whole.since)
            whole = Part(past, whole.since)
        hours = {id(part): part for each in measured for part in each.hours}
        # A monitor may stand in several components; its answers count once.
        return Measured(self.now, whole.past, whole.since, tuple(hours.values()))

    def _as_upptime(self, part: Part, whole: Part, identifier: str) -> Part:
        """Return a component's past with Upptime's figures; what was observed stays."""
        windows = tuple(self._windows.get(identifier, ()))
        lived = Lived(whole.past.segments, whole.since, self.now, windows)
        return Part(replace(part.past, outages=lived.outages, since=part.since), part.since)

    def _part(self, line: MonitorTimeline) -> Part:
        """Return one monitor's past as far back as is looked, in whole segments.

        A monitor belongs to its component since its first check, whatever that said: what could
        not be told since then is missing, what was not asked before is not.
        """
        return Part(Observed(touching(line.segments, self._oldest, self.now)), line.first_at)

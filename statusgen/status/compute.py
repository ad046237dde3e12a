"""The snapshot: everything that pages, feeds and badges say about measured time, made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import groupby
from types import MappingProxyType

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import State
from statusgen.config.settings import Component, Group, Monitor, Settings
from statusgen.history.looks import Word
from statusgen.history.record import to_check
from statusgen.history.timeline import MonitorTimeline, Timeline
from statusgen.status.days import LocalDay, day_bars, days_ending, days_since
from statusgen.status.facts import Facts, Measured
from statusgen.status.freshness import expected_cadence, freshness
from statusgen.status.intervals import Interval, union
from statusgen.status.latency import daily, hourly
from statusgen.status.proof import Proof, proof_of
from statusgen.status.rollup import joined_state
from statusgen.status.snapshot import (
    ComponentStatus,
    DayBar,
    GroupStatus,
    LastCheck,
    Month,
    Snapshot,
    Uptime,
    VantageWord,
)
from statusgen.status.tally import Past
from statusgen.status.uptime import Observed

WINDOWS: Mapping[str, int] = MappingProxyType(
    {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY, "365d": 365 * DAY}
)
"""The windows that every page shows, in seconds before now."""
BARS = 90
MONTHS = 12
"""So many calendar months are told one by one, the present one among them."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """When components are, or were, worked at by plan. Windows are by component and may overlap."""

    windows: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    """All of them, up to now."""
    excluded: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    """Those of them that are left out of uptime."""
    present: frozenset[str] = frozenset()
    """The components that are in one now."""


def take_snapshot(
    settings: Settings,
    timeline: Timeline,
    *,
    maintenance: Maintenance | None = None,
) -> Snapshot:
    """Return all that was measured as seen from ``timeline.now``, with ``maintenance`` over it."""
    moment = _Moment(settings, timeline, maintenance or Maintenance())
    fresh = freshness(settings.monitors, timeline, settings.history.max_gap)
    return Snapshot(
        now=timeline.now,
        groups=tuple(moment.group(group) for group in settings.groups),
        last_round=timeline.last_round,
        last_round_key=timeline.last_round_key,
        first_round=timeline.first_round,
        cadence=fresh.cadence,
        next_expected=fresh.next_expected,
        stale_after=fresh.stale_after,
    )


def raw_state(line: MonitorTimeline, now: Instant) -> State:
    """Return what the newest check says of ``now``: unknown once it is as old as its gap."""
    if line.last is None or line.last_at is None or now >= line.last_at + line.gap:
        return State.UNKNOWN
    return line.last.state


class _Moment:
    """What all components of one snapshot share."""

    def __init__(
        self,
        settings: Settings,
        timeline: Timeline,
        maintenance: Maintenance,
    ) -> None:
        self._now = timeline.now
        self._usual = timeline.usual_gap
        self._lines = timeline.monitors
        zone = settings.site.timezone
        self._days: tuple[LocalDay, ...] = days_ending(timeline.now, zone, BARS)
        today = self._days[-1].day
        year_ago = date(today.year - (today.month < MONTHS), (today.month - MONTHS) % 12 + 1, 1)
        whole = days_since(timeline.now, zone, year_ago) if timeline.now else ()
        self._older = tuple(each for each in whole if each.end <= self._days[0].start)
        self._months = _months(whole)
        first = self._older[0] if self._older else self._days[0]
        oldest = min(first.start, timeline.now - max(WINDOWS.values()))
        self._facts = Facts(
            settings, timeline, maintenance.excluded, oldest=oldest, windows=maintenance.windows
        )
        self._maintenance = maintenance
        self._measured = timeline.last_round is not None
        self._monitors: dict[str, Monitor] = {each.id: each for each in settings.monitors}
        self._settings = settings
        self._components: dict[str, Component] = {each.id: each for each in settings.components}

    def group(self, group: Group) -> GroupStatus:
        """Measure a group and the components in it."""
        components = [self._component(self._components[each]) for each in group.components]
        whole = self._facts.together(group)
        state = joined_state(component.state for component in components)
        worked_at = [
            window
            for each in group.components
            for window in self._maintenance.windows.get(each, ())
        ]
        bars = day_bars(
            whole.past,
            self._days,
            now=self._now,
            since=whole.since,
            present=state,
            maintenance=union(worked_at),
        )
        return GroupStatus(
            name=group.name,
            description=group.description,
            state=state,
            bars=bars if self._measured and group.name else (),
            uptime=whole.uptime(*whole.window(WINDOWS["90d"])),
            since=whole.since,
            components=tuple(components),
        )

    def _component(self, component: Component) -> ComponentStatus:
        now = self._now
        lines = [self._lines[monitor] for monitor in component.monitors]
        state = joined_state(raw_state(line, now) for line in lines)
        facts = self._facts.component(component.id)
        windows = {name: facts.window(length) for name, length in WINDOWS.items()}
        reporter = self._settings.reporter(component)
        uptimes = {name: facts.uptime(*window) for name, window in windows.items()}
        if reporter:  # a share of what somebody says of himself is no uptime
            uptimes = {name: Uptime(Fraction(0), 0, each.window) for name, each in uptimes.items()}
        proofs = {} if reporter else self._proofs(component, facts, windows)
        worked_at = union(self._maintenance.windows.get(component.id, ()))

        def drawn(days: Sequence[LocalDay]) -> tuple[DayBar, ...]:
            return day_bars(
                facts.past,
                days,
                now=now,
                since=facts.since,
                present=state,
                maintenance=worked_at,
            )

        bars = drawn(self._days)
        return ComponentStatus(
            id=component.id,
            name=component.name,
            description=component.description,
            link=component.link,
            state=state,
            since=_since(facts.whole or facts.past, lines, state, now),
            checks=tuple(check for line in lines if (check := self._last_check(line))),
            uptimes=uptimes,
            bars=bars if self._measured else (),
            latencies={
                name: facts.latency(now - length, now)
                for name, length in WINDOWS.items()
                if length <= 90 * DAY  # a year's histograms are too many to merge in each build
            },
            latency_series=hourly(facts.recent_hours, now, self._days[0].start, facts.hours),
            latency_days=daily(facts.recent_hours, [(each.start, each.end) for each in self._days]),
            first_observed=facts.since,
            older=drawn(
                [each for each in self._older if facts.since is not None and each.end > facts.since]
            ),
            months=tuple(
                Month(month, facts.uptime(max(start, facts.since), end))
                for month, start, end in self._months
                if facts.since is not None and end > facts.since
            )
            if not reporter
            else (),
            proofs=proofs,
            reporter=reporter,
            in_maintenance=component.id in self._maintenance.present,
        )

    def _proofs(
        self, component: Component, facts: Measured, windows: Mapping[str, Interval]
    ) -> dict[str, Proof]:
        """Return what the checks of each window prove; of several monitors the slowest counts."""
        slowest = max(
            expected_cadence(self._monitors[each], self._usual) for each in component.monitors
        )
        past = Past(facts, slowest)
        tallies = {name: past.tally(*window) for name, window in windows.items()}
        return {
            name: proof_of(told.known, told.bad, past.bad_hours(*windows[name]), past.cadence)
            for name, told in tallies.items()
            if told.known
        }

    def _last_check(self, line: MonitorTimeline) -> LastCheck | None:
        if line.last is None or line.last_at is None:
            return None
        return LastCheck(
            monitor=line.monitor,
            name=self._monitors[line.monitor].name,
            at=line.last_at,
            state=line.last.state,
            ms=line.last.ms,
            code=line.last.code,
            reason=line.last.reason,
            round=line.last_round or "",
            value=line.last.value,
            attempts=line.last.attempts,
            words=tuple(_word(word, self._now) for word in line.words),
        )


def _word(word: Word, now: Instant) -> VantageWord:
    check = to_check(word.members)
    return VantageWord(
        vantage=word.vantage,
        at=word.at,
        state=check.state,
        ms=check.ms,
        code=check.code,
        reason=check.reason,
        round=word.round,
        counts=word.counts and word.until > now,
        places=check.places,
    )


def _months(days: Sequence[LocalDay]) -> list[tuple[date, Instant, Instant]]:
    """Return the first day, start and end of each month that consecutive days make up."""
    found: list[tuple[date, Instant, Instant]] = []
    for _, members in groupby(days, key=lambda each: (each.day.year, each.day.month)):
        of_month = list(members)
        found.append((of_month[0].day.replace(day=1), of_month[0].start, of_month[-1].end))
    return found


def _since(
    past: Observed, lines: Sequence[MonitorTimeline], state: State, now: Instant
) -> Instant | None:
    """Return when the present state began, as far as the observed past reaches back from now.

    A state first seen at this very moment has no length yet; then the check itself tells.
    """
    if state is State.UNKNOWN:
        return None
    newest = past.segments[-1] if past.segments else None
    if newest is not None and newest.state is state and newest.end >= now:
        return newest.start
    seen = (line.last_at for line in lines if raw_state(line, now) is state)
    return min((at for at in seen if at is not None), default=None)

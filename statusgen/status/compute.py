"""The snapshot: everything that pages, feeds and badges say about measured time, made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import State
from statusgen.config.settings import Component, Group, Monitor, Settings
from statusgen.history.timeline import MonitorTimeline, Timeline
from statusgen.status.days import LocalDay, day_bars, days_ending
from statusgen.status.freshness import freshness
from statusgen.status.intervals import Interval, touching
from statusgen.status.latency import hourly, joined_hours, latencies
from statusgen.status.rollup import Part, joined_past, joined_state, maintained
from statusgen.status.snapshot import ComponentStatus, GroupStatus, LastCheck, Snapshot
from statusgen.status.uptime import Observed

WINDOWS: Mapping[str, int] = MappingProxyType(
    {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY}
)
"""The windows that every page shows, in seconds before now."""
BARS = 90


def take_snapshot(
    settings: Settings,
    timeline: Timeline,
    *,
    maintenance: Mapping[str, Sequence[Interval]] | None = None,
) -> Snapshot:
    """Return all that was measured as seen from ``timeline.now``.

    ``maintenance`` holds the windows of each component by its id; they may overlap.
    """
    moment = _Moment(settings, timeline, maintenance or {})
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


@dataclass(frozen=True, slots=True)
class _Measured:
    """A component with its whole past, which its group needs."""

    status: ComponentStatus
    part: Part


class _Moment:
    """What all components of one snapshot share."""

    def __init__(
        self,
        settings: Settings,
        timeline: Timeline,
        maintenance: Mapping[str, Sequence[Interval]],
    ) -> None:
        self._now = timeline.now
        self._lines = timeline.monitors
        self._maintenance = maintenance
        self._days: tuple[LocalDay, ...] = days_ending(timeline.now, settings.site.timezone, BARS)
        self._oldest = min(self._days[0].start, timeline.now - max(WINDOWS.values()))
        self._monitors: dict[str, Monitor] = {each.id: each for each in settings.monitors}
        self._components: dict[str, Component] = {each.id: each for each in settings.components}

    def group(self, group: Group) -> GroupStatus:
        """Measure a group and the components in it."""
        measured = [self._component(self._components[each]) for each in group.components]
        whole = joined_past([component.part for component in measured])
        return GroupStatus(
            name=group.name,
            description=group.description,
            state=joined_state(component.status.state for component in measured),
            uptime=whole.past.uptime(self._now - WINDOWS["90d"], self._now, self._now),
            components=tuple(component.status for component in measured),
        )

    def _component(self, component: Component) -> _Measured:
        now = self._now
        lines = [self._lines[monitor] for monitor in component.monitors]
        state = joined_state(raw_state(line, now) for line in lines)
        whole = joined_past([self._part(line) for line in lines])
        part = maintained(whole, self._maintenance.get(component.id, ()))
        hours = joined_hours((line.latency_by_hour for line in lines), self._oldest)
        starts = [line.segments[0].start for line in lines if line.segments]
        status = ComponentStatus(
            id=component.id,
            name=component.name,
            description=component.description,
            link=component.link,
            state=state,
            since=_since(whole.past, lines, state, now),
            checks=tuple(check for line in lines if (check := self._last_check(line))),
            uptimes={
                name: part.past.uptime(now - length, now, now) for name, length in WINDOWS.items()
            },
            bars=day_bars(part.past, self._days, now=now),
            latencies=latencies(hours, now, WINDOWS),
            latency_series=hourly(hours, now),
            first_observed=min(starts, default=None),
        )
        return _Measured(status, part)

    def _part(self, line: MonitorTimeline) -> Part:
        """Return one monitor's past as far back as pages look, in whole segments.

        A monitor that was checked but never told us anything belongs to its component all along.
        """
        if line.last is None and not line.segments:
            return Part(Observed(()), None)
        since = line.segments[0].start if line.segments else self._oldest
        return Part(Observed(touching(line.segments, self._oldest, self._now)), since)

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
        )


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

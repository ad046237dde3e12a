"""Days as people live them, in the site's time zone, and the bar that is drawn for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.status.intervals import Interval, covered, touching
from statusgen.status.snapshot import DayBar, Stretch
from statusgen.status.uptime import DEFAULT_WEIGHTS, Observed


@dataclass(frozen=True, slots=True)
class LocalDay:
    """One calendar day in a time zone: 24 hours, or 23 or 25 where the clocks change."""

    day: date
    start: Instant
    end: Instant
    """The start of the next day."""


def local_day(instant: Instant, zone: ZoneInfo) -> date:
    """Return the date that a calendar in this zone shows."""
    return datetime.fromtimestamp(instant, zone).date()


def day_start(day: date, zone: ZoneInfo) -> Instant:
    """Return the first instant of a day: midnight, or the end of the gap that swallowed it."""
    first, second = (
        int(datetime.combine(day, time(0), zone).replace(fold=fold).timestamp()) for fold in (0, 1)
    )
    if first <= second:  # midnight comes once, or twice: then the first begins the day
        return first
    while second < first:  # the clocks jump over midnight somewhere in between
        middle = (first + second) // 2
        if local_day(middle, zone) < day:
            second = middle + 1
        else:
            first = middle
    return first


def days_ending(now: Instant, zone: ZoneInfo, count: int) -> tuple[LocalDay, ...]:
    """Return the last ``count`` local days, oldest first; the last is the one that holds ``now``.

    A date that a zone skipped altogether (Samoa, 30 December 2011) is not among them.
    """
    day = local_day(now, zone)
    while (end := day_start(day + timedelta(days=1), zone)) <= now:  # midnight comes twice
        day += timedelta(days=1)
    found: list[LocalDay] = []
    while len(found) < count:
        start = day_start(day, zone)
        if start < end:
            found.append(LocalDay(day, start, end))
        day, end = day - timedelta(days=1), start
    return tuple(reversed(found))


def day_bars(
    past: Observed,
    days: Sequence[LocalDay],
    *,
    now: Instant,
    since: Instant | None,
    present: State = State.UNKNOWN,
    weights: Mapping[State, Fraction] = DEFAULT_WEIGHTS,
    maintenance: Sequence[Interval] = (),
) -> tuple[DayBar, ...]:
    """Return one bar a day; of today only what lies before ``now`` is measured.

    ``since`` is the first check: days that ended before it were not monitored yet, and the day on
    which it was made begins with it. Where today has lasted no second since, ``present`` tells its
    state. A bar's state is the worst that was observed outside maintenance, unknown where nothing
    was.
    """
    bars: list[DayBar] = []
    for day in days:
        seconds = past.seconds(day.start, min(day.end, now))
        is_today = day.start <= now < day.end
        nothing = present if is_today else State.UNKNOWN
        begin = day.start if since is None else min(max(day.start, since), day.end)
        bars.append(
            DayBar(
                day=day.day,
                start=day.start,
                end=day.end,
                state=max(seconds, key=lambda state: state.severity, default=nothing),
                seconds=seconds,
                uptime=past.uptime(begin, day.end, now, weights),
                is_today=is_today,
                monitored=since is not None and since < day.end,
                maintenance=covered(maintenance, day.start, min(day.end, now)),
                wrong=_wrong(past, day, now) if len(seconds.keys() - {State.UP}) else (),
            )
        )
    return tuple(bars)


def _wrong(past: Observed, day: LocalDay, now: Instant) -> tuple[Stretch, ...]:
    """Return what was not up within a day."""
    end = min(day.end, now)
    return tuple(
        Stretch(max(each.start, day.start), min(each.end, end), each.state)
        for each in touching(past.segments, day.start, end)
        if each.state not in (State.UP, State.UNKNOWN)
    )


def days_since(now: Instant, zone: ZoneInfo, first: date) -> tuple[LocalDay, ...]:
    """Return the local days from ``first`` to the one that holds ``now``, oldest first."""
    count = (local_day(now, zone) - first).days + 1
    return tuple(each for each in days_ending(now, zone, count) if each.day >= first)

"""Which days have a page: those of the strips, and older ones on which something happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from statusgen.base.clock import Instant
from statusgen.base.states import Look
from statusgen.incident.model import Incident
from statusgen.publish.times import Clock
from statusgen.status.snapshot import DayBar, Snapshot

_MOST = 31
"""Days of an incident that have a page each; of a longer one the first and the last."""
_NOTHING = (Look.UP, Look.UNKNOWN, Look.UNMONITORED)


def calm(bar: DayBar) -> bool:
    """Whether nothing was seen to be wrong on a day."""
    return bar.look in _NOTHING


def strip_days(snapshot: Snapshot) -> tuple[DayBar, ...]:
    """Return the days of the strips as one component has them; none before the first round."""
    return next((each.bars for each in snapshot.components if each.bars), ())


def days_told(snapshot: Snapshot, incidents: Iterable[Incident], clock: Clock) -> tuple[date, ...]:
    """Return the days that have a page, oldest first."""
    begin = snapshot.first_round
    found = {bar.day for bar in strip_days(snapshot) if begin is not None and bar.end > begin}
    for component in snapshot.components:
        found |= {bar.day for bar in component.older if not calm(bar)}
    for incident in incidents:
        found |= set(_days_of(incident, snapshot, clock))
    return tuple(sorted(found))


def incidents_between(
    incidents: Iterable[Incident], start: Instant, end: Instant, now: Instant
) -> tuple[Incident, ...]:
    """Return those that touched a stretch of time, such as a day."""
    return tuple(
        each for each in incidents if each.started < end and (each.resolved or now) >= start
    )


def _days_of(incident: Incident, snapshot: Snapshot, clock: Clock) -> Sequence[date]:
    end = snapshot.now if incident.resolved is None else incident.resolved
    first, last = clock.day(incident.started), clock.day(max(incident.started, end))
    length = (last - first).days
    if length > _MOST:
        return (first, last)
    return [first + timedelta(days=number) for number in range(length + 1)]

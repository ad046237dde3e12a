"""What happened to an incident between two states of its file.

Derived by comparison, so that the same two files give the same events with the same keys; and
``events(None, incident)`` gives all that an incident ever told, for whoever lost track (but not who
joined it, which no file tells). The outages that a run saw say which round showed what, and when a
monitor joined: with them, one run over many rounds tells what a run after each would have told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.base.clock import Instant
from statusgen.base.event import Cause, Event, Happening, Subject
from statusgen.incident.model import Affected, Incident, Phase, Update
from statusgen.status.snapshot import Outage


def events(
    before: Incident | None, after: Incident, outages: Sequence[Outage] = ()
) -> tuple[Event, ...]:
    """Return what happened since ``before``, oldest first; all of it where that is None."""
    found = [
        *_opened(before, after),
        *_joined(before, after, outages),
        *_told(before, after, outages),
    ]
    return tuple(sorted(found, key=lambda event: event.at))


def _opened(before: Incident | None, after: Incident) -> Iterator[Event]:
    if before is None:
        shown_by = after.evidence[0] if after.evidence else ""
        yield _event(after, Happening.OPENED, _opening(after), "", shown_by)


def _joined(before: Incident | None, after: Incident, outages: Sequence[Outage]) -> Iterator[Event]:
    """Monitors that failed later than those that opened the incident."""
    known = {(entry.component, name) for entry in _entries(before) for name in entry.watched}
    for entry in after.affected:
        for monitor in entry.watched:
            if (entry.component, monitor) in known:
                continue
            outage = _first(monitor, entry, _opening(after), outages)
            if before is None and (outage is None or outage.opened <= _opening(after)):
                continue  # it was there from the beginning
            yield Event(
                subject=Subject.INCIDENT,
                what=Happening.JOINED,
                id=after.id,
                uid=after.uid,
                at=outage.opened if outage else entry.start,
                detail=f"{entry.component}/{monitor}",
                components=(entry.component,),
                causes=(Cause(outage.reason, outage.code),) if outage and outage.reason else (),
                round=outage.opened_round if outage else "",
            )


def _entries(incident: Incident | None) -> tuple[Affected, ...]:
    return incident.affected if incident is not None else ()


def _first(
    monitor: str, entry: Affected, since: Instant, outages: Sequence[Outage]
) -> Outage | None:
    """Return the outage with which a monitor came into an entry of an incident."""
    within = [
        outage
        for outage in outages
        if outage.monitor == monitor
        and outage.opened >= since
        and (entry.end is None or outage.start < entry.end)
    ]
    return min(within, key=lambda outage: outage.opened, default=None)


def _told(before: Incident | None, after: Incident, outages: Sequence[Outage]) -> Iterator[Event]:
    """Updates behind the first: the ordinal is the key, so a corrected time tells nothing new.

    An end that no update tells (a person wrote only ``resolved:``) is told by itself.
    """
    since = max(1, len(before.updates)) if before is not None else 1
    # Of an end that was told by itself an update that comes later gives the words alone.
    ended = before is not None and before.resolved is not None and not _says_the_end(before)
    for ordinal, update in enumerate(after.updates[since:], start=since + 1):
        what = Happening.UPDATED if ended else _what(update)
        ended = ended and update.phase in (Phase.RESOLVED, Phase.POSTMORTEM)
        yield _event(after, what, update.at, str(ordinal), _closing(after, update, outages))
    was_open = before is None or before.resolved is None
    if after.resolved is not None and was_open and not _says_the_end(after):
        yield _event(after, Happening.RESOLVED, after.resolved, "end", "")


def _says_the_end(incident: Incident) -> bool:
    """Whether an update that is an event of its own says that it is over."""
    later = [each for each in incident.updates[1:] if each.phase is not Phase.POSTMORTEM]
    return bool(later) and later[-1].phase is Phase.RESOLVED


def _closing(incident: Incident, update: Update, outages: Sequence[Outage]) -> str:
    """Return the key of the round that showed what a measured update tells."""
    watched = {monitor for entry in incident.affected for monitor in entry.watched}
    rounds = [
        outage.closed_round
        for outage in outages
        if outage.monitor in watched and outage.closed == update.at and outage.closed_round
    ]
    return min(rounds, default="")


def _opening(incident: Incident) -> Instant:
    return incident.updates[0].at if incident.updates else incident.started


def _what(update: Update) -> Happening:
    return Happening.RESOLVED if update.phase is Phase.RESOLVED else Happening.UPDATED


def _event(incident: Incident, what: Happening, at: Instant, detail: str, shown_by: str) -> Event:
    causes = {entry.cause: None for entry in incident.affected if entry.cause is not None}
    return Event(
        subject=Subject.INCIDENT,
        what=what,
        id=incident.id,
        uid=incident.uid,
        at=at,
        detail=detail,
        components=tuple(entry.component for entry in incident.affected),
        causes=tuple[Cause, ...](causes),
        round=shown_by if incident.automatic else "",
    )

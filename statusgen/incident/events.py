"""What happened to an incident, derived from what its files say and from nothing else.

The same files give the same events with the same keys, whoever derives them and however often. A
file that is written on (words put behind the others, an end put into the front matter) tells what
it told before, and what is new: so a run after each round, one run over many, and a run that
follows a kill tell the same keys, and whoever tells people tells each key once.

The first end is one event, whether the checks tell it, ``resolved:``, an update, or one after the
other; what is said behind it are updates. The second is that of an incident of which somebody said
in between that it goes on. One that was withdrawn tells so, and of no end after that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.event import Cause, Event, Happening, Subject
from statusgen.incident.model import Incident, Phase

_ENDS = {Phase.RESOLVED: Happening.RESOLVED, Phase.WITHDRAWN: Happening.WITHDRAWN}


def events(incident: Incident) -> tuple[Event, ...]:
    """Return all that an incident ever told, oldest first.

    One that a person took over is to be joined already: what no visitor sees is told to nobody.
    """
    shown_by = incident.evidence[0] if incident.evidence else ""
    opened = _event(incident, Happening.OPENED, _opening(incident), "", shown_by)
    told = [opened, *_Walk(incident).told(), *_joined(incident)]
    return tuple(sorted(told, key=lambda event: event.at))


def incident_events(
    incidents: Iterable[Incident], since: Instant, now: Instant
) -> tuple[Event, ...]:
    """Return what happened to incidents in ``(since, now]``, oldest first."""
    found = [event for each in incidents for event in events(each) if since < event.at <= now]
    return tuple(sorted(found, key=lambda event: (event.at, event.key)))


@dataclass(frozen=True, slots=True)
class _End:
    """An end that no update of the author's tells."""

    at: Instant
    what: Happening
    firm: bool
    """Whether words behind it do not undo it, for the front matter says it as long as it does."""


class _Walk:
    """A walk through the updates, and the ends that others tell, in time's order."""

    def __init__(self, incident: Incident) -> None:
        self._incident = incident
        self._told: Counter[Happening] = Counter()
        self._over: Happening | None = None
        """The end that stands where the walk has come to."""
        self._firm = False
        self._awaits_words = False
        """Whether nothing was said since: then an update about that end is its words."""

    def told(self) -> Iterator[Event]:
        """Yield ends, and updates behind the first."""
        updates = self._incident.updates
        ends = sorted(self._ends(), key=lambda end: end.at)
        for place, update in enumerate(updates):
            while ends and place and ends[0].at < update.at:
                yield from self._end(ends.pop(0), place)
            yield from self._update(place)
        for end in ends:
            yield from self._end(end, len(updates))

    def _ends(self) -> Iterator[_End]:
        one = self._incident
        if one.resolved is not None and (one.withdrawn is None or one.resolved < one.withdrawn):
            yield _End(one.resolved, Happening.RESOLVED, firm=True)
        if one.withdrawn is not None:
            yield _End(one.withdrawn, Happening.WITHDRAWN, firm=True)
        if one.measured is not None and one.measured not in one.updates:
            yield _End(one.measured.at, Happening.RESOLVED, firm=False)

    def _end(self, end: _End, place: int) -> Iterator[Event]:
        if not self._ended(end.what):
            self._over, self._firm, self._awaits_words = end.what, end.firm, True
            following = self._incident.updates[place : place + 1]
            worded = (each.at for each in following if _ENDS.get(each.phase) is end.what)
            yield self._ending(end.what, next(worded, end.at))

    def _update(self, place: int) -> Iterator[Event]:
        update = self._incident.updates[place]
        end = _ENDS.get(update.phase)
        if end is not None and not self._ended(end):
            self._over, self._firm = end, False
            yield self._ending(end, update.at)
        elif end is not None and self._awaits_words and end is self._over:
            self._firm = False  # these are the words of the end that was told
        elif place:
            yield self._event(Happening.UPDATED, update.at, place + 1)
            if end is None and update.phase is not Phase.POSTMORTEM and not self._firm:
                self._over = None
        self._awaits_words = False

    def _ended(self, end: Happening) -> bool:
        """Whether an end is no news: what was resolved can still be withdrawn."""
        return self._over is end or self._over is Happening.WITHDRAWN

    def _ending(self, what: Happening, at: Instant) -> Event:
        self._told[what] += 1
        return self._event(what, at, self._told[what])

    def _event(self, what: Happening, at: Instant, number: int) -> Event:
        return _event(self._incident, what, at, str(number), _shown_by(self._incident, at))


def _joined(incident: Incident) -> Iterator[Event]:
    """Monitors that failed later than those that opened the incident."""
    for joined in incident.joined:
        if incident.withdrawn is None or joined.at < incident.withdrawn:
            yield Event(
                subject=Subject.INCIDENT,
                what=Happening.JOINED,
                id=incident.id,
                uid=incident.uid,
                at=joined.at,
                detail=f"{joined.component}/{joined.monitor}",
                components=(joined.component,),
                causes=() if joined.cause is None else (joined.cause,),
                round=joined.round,
            )


def _shown_by(incident: Incident, at: Instant) -> str:
    """Return the key of the round that showed what was told at that moment; keys begin with it."""
    moment = f"{to_datetime(at):%Y%m%dT%H%M%SZ}"
    return min((key for key in incident.evidence if key.startswith(moment)), default="")


def _opening(incident: Incident) -> Instant:
    return incident.updates[0].at if incident.updates else incident.started


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

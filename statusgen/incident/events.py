"""What happened to an incident between two states of its file.

Derived by comparison, so that the same two files give the same events with the same keys; and
``events(None, incident)`` gives all that an incident ever told, for whoever lost track.
"""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.base.event import Cause, Event, Happening, Subject
from statusgen.incident.model import Incident, Phase, Update


def events(before: Incident | None, after: Incident) -> tuple[Event, ...]:
    """Return what happened since ``before``, oldest first; all of it where that is None."""
    found = [*_opened(before, after), *_joined(before, after), *_told(before, after)]
    return tuple(sorted(found, key=lambda event: event.at))


def _opened(before: Incident | None, after: Incident) -> Iterator[Event]:
    if before is None:
        first = after.updates[0].at if after.updates else after.started
        yield _event(after, Happening.OPENED, first, "", after.evidence[:1])


def _joined(before: Incident | None, after: Incident) -> Iterator[Event]:
    """Monitors that failed later; which of them were there at first, only a comparison tells."""
    if before is None:
        return
    known = {(entry.component, name) for entry in before.affected for name in entry.watched}
    for entry in after.affected:
        for monitor in entry.watched:
            if (entry.component, monitor) not in known:
                detail = f"{entry.component}/{monitor}"
                yield _event(after, Happening.JOINED, entry.start, detail, ())


def _told(before: Incident | None, after: Incident) -> Iterator[Event]:
    """Updates behind the first: the ordinal is the key, so a corrected time tells nothing new."""
    since = max(1, len(before.updates)) if before is not None else 1
    for ordinal, update in enumerate(after.updates[since:], start=since + 1):
        yield _event(after, _what(update), update.at, str(ordinal), after.evidence[-1:])
    was_open = before is None or before.resolved is None
    if len(after.updates) < 2 and after.resolved is not None and was_open:
        yield _event(after, Happening.RESOLVED, after.resolved, "end", after.evidence[-1:])


def _what(update: Update) -> Happening:
    return Happening.RESOLVED if update.phase is Phase.RESOLVED else Happening.UPDATED


def _event(
    incident: Incident, what: Happening, at: int, detail: str, rounds: tuple[str, ...]
) -> Event:
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
        round=rounds[0] if rounds and incident.automatic else "",
    )

"""What happened in a maintenance window: by its author's word, and by the clock.

Pages, feeds and events tell the same steps. A step that the clock brings about and one that the
author wrote about the same thing are one: where somebody began by hand, the planned start is no
second beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.base.event import Event, Happening, Subject
from statusgen.incident.recurrence import Occurrence
from statusgen.incident.window import Window, WindowPhase, WindowUpdate, course, told

_HAPPENING = {
    WindowPhase.SCHEDULED: Happening.SCHEDULED,
    WindowPhase.IN_PROGRESS: Happening.BEGUN,
    WindowPhase.VERIFYING: Happening.UPDATED,
    WindowPhase.COMPLETED: Happening.ENDED,
    WindowPhase.CANCELLED: Happening.CANCELLED,
}
_OVER = (WindowPhase.COMPLETED, WindowPhase.CANCELLED)
_BEGUN = (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the timeline of an occurrence."""

    at: Instant
    what: Happening
    phase: WindowPhase
    update: WindowUpdate | None
    """What the author wrote; None where the clock alone tells."""
    detail: str
    """What tells two steps of one kind apart; the same whenever it is derived again."""


def steps(window: Window, planned: Occurrence, now: Instant) -> tuple[Step, ...]:
    """Return what happened in an occurrence up to ``now``, oldest first."""
    found = [*_said(window, planned, now), *_by_the_clock(window, planned, now)]
    return tuple(sorted(found, key=lambda step: step.at))


def window_events(windows: Iterable[Window], since: Instant, now: Instant) -> tuple[Event, ...]:
    """Return what happened in ``(since, now]``, oldest first; the keys never change."""
    return tuple(event for event, *_ in window_steps(windows, since, now))


def window_steps(
    windows: Iterable[Window], since: Instant, now: Instant
) -> list[tuple[Event, Window, Occurrence, Step]]:
    """Return :func:`window_events`, each with the window, the occurrence and the step it tells."""
    found = [
        (_event(window, step), window, planned, step)
        for window in windows
        for planned in told_occurrences(window, since, now)
        for step in steps(window, planned, now)
        if since < step.at <= now
    ]
    return sorted(found, key=lambda each: (each[0].at, each[0].key))


def _event(window: Window, step: Step) -> Event:
    return Event(
        subject=Subject.WINDOW,
        what=step.what,
        id=window.id,
        uid=window.uid,
        at=step.at,
        detail=step.detail,
        components=window.components,
    )


def told_occurrences(window: Window, since: Instant, now: Instant) -> Iterator[Occurrence]:
    """Yield the occurrences that something may have been told of since then, in order.

    Those that were not over by then, and of those to come the ones that updates speak of.
    """
    for planned in window.occurrences(since - 31 * DAY, now + 366 * DAY):
        if planned.start <= now or told(window, planned, now):
            yield planned
        elif window.when.rule is not None:
            # Of a window that repeats only the next one can be spoken of.
            break


def _said(window: Window, planned: Occurrence, now: Instant) -> Iterator[Step]:
    start = format_instant(planned.start)
    ordinals = {update: number for number, update in enumerate(window.updates, start=1)}
    seen: set[Happening] = set()
    for update in told(window, planned, now):
        what = _HAPPENING[update.phase]
        # A second word of the same kind, or one after the clock has told, tells no second time
        # that it begins or ends.
        late = what is Happening.BEGUN and update.at > planned.start
        over = what is Happening.ENDED and update.at > planned.end
        if what in seen or late or (over and _ended_by_the_clock(window, planned)):
            what = Happening.UPDATED
        seen.add(what)
        detail = str(ordinals[update]) if what is Happening.UPDATED else start
        yield Step(update.at, what, update.phase, update, detail)


def _by_the_clock(window: Window, planned: Occurrence, now: Instant) -> Iterator[Step]:
    start = format_instant(planned.start)
    by_start = [update.phase for update in told(window, planned, planned.start)]
    if planned.start <= now and not _any(by_start, *_BEGUN, *_OVER):
        yield Step(planned.start, Happening.BEGUN, WindowPhase.IN_PROGRESS, None, start)
    if planned.end > now:
        return
    state = course(window, planned, planned.end)
    if state.overrun:
        yield Step(planned.end, Happening.OVERRUN, state.phase, None, start)
    elif _ended_by_the_clock(window, planned):
        yield Step(planned.end, Happening.ENDED, WindowPhase.COMPLETED, None, start)


def _ended_by_the_clock(window: Window, planned: Occurrence) -> bool:
    """Whether nobody had ended or cancelled it by its planned end, nor begun it by hand."""
    by_end = [update.phase for update in told(window, planned, planned.end)]
    return not _any(by_end, *_OVER) and not course(window, planned, planned.end).overrun


def _any(phases: Iterable[WindowPhase], *wanted: WindowPhase) -> bool:
    return any(phase in wanted for phase in phases)

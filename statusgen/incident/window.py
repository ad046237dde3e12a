"""A maintenance window and its course: what the clock and its author say of it.

By itself a window begins and ends by the clock. An author may begin it early, say that it is being
verified, complete it early or cancel it, each by an update. One that was begun by hand is ended
by hand: past its planned end it runs over, and says so. What is excused, taken out of uptime and
kept quiet, never reaches beyond the planned end: who needs more time moves the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from statusgen.base.clock import DAY, Instant
from statusgen.incident.recurrence import Occurrence, Recurrence

Interval = tuple[Instant, Instant]


class WindowPhase(StrEnum):
    """What an update says of a window's state; Statuspage's words, and ``cancelled``."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Counting(StrEnum):
    """Whether the time of a window is part of uptime."""

    EXCLUDE = "exclude"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowUpdate:
    """One entry of a window's timeline."""

    at: Instant
    phase: WindowPhase
    body: str
    """Markdown, not yet sanitised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Planned work, once or again and again."""

    id: str
    uid: str
    """``urn:uuid:…``, kept in its file; feeds' and calendars' identity."""
    title: str
    components: tuple[str, ...]
    when: Recurrence
    uptime: Counting
    updates: tuple[WindowUpdate, ...]
    """Oldest first."""
    file: str = ""

    def occurrences(self, start: Instant, end: Instant) -> Iterator[Occurrence]:
        """Yield the planned stretches that share a moment with ``[start, end)``."""
        return self.when.between(start, end)


@dataclass(frozen=True, slots=True)
class Course:
    """How one occurrence of a window stands at a moment."""

    window: Window
    planned: Occurrence
    phase: WindowPhase
    since: Instant
    """When it came into this phase; for a scheduled one, when its planned stretch begins."""
    overrun: bool
    """Whether it was begun by hand and has not been ended, though its planned end has passed."""

    @property
    def under_way(self) -> bool:
        """Whether work goes on: in progress or being verified."""
        return self.phase in (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)


_REACH = 366 * DAY
"""How far back an update between two occurrences looks for the one before it."""
_BY_HAND = (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)
_OVER = (WindowPhase.COMPLETED, WindowPhase.CANCELLED)


def course(window: Window, planned: Occurrence, now: Instant) -> Course:
    """Return how an occurrence stands at ``now``; updates that lie ahead say nothing yet."""
    told = [update for update in _told(window, planned) if update.at <= now]
    newest = next(
        (update for update in reversed(told) if update.phase is not WindowPhase.SCHEDULED), None
    )
    phase, since, overrun = WindowPhase.SCHEDULED, planned.start, False
    if newest is not None:
        phase, since = newest.phase, newest.at
        overrun = phase in _BY_HAND and now >= planned.end
    elif now >= planned.end:
        phase, since = WindowPhase.COMPLETED, planned.end
    elif now >= planned.start:
        phase, since = WindowPhase.IN_PROGRESS, planned.start
    return Course(window, planned, phase, since, overrun)


def excused(window: Window, planned: Occurrence, now: Instant) -> Interval | None:
    """Return the stretch of an occurrence in which work was, or is to be, under way.

    It begins early where an update says so, ends early where one completes or cancels it, and
    never lasts beyond the planned end. None where it was cancelled before it began.
    """
    told = [update for update in _told(window, planned) if update.at <= now]
    begun = next((update.at for update in told if update.phase in _BY_HAND), planned.start)
    over = next((update.at for update in told if update.phase in _OVER), planned.end)
    start, end = min(begun, planned.start), min(over, planned.end)
    return (start, end) if start < end else None


def maintained(
    windows: Iterable[Window],
    start: Instant,
    end: Instant,
    now: Instant,
    *,
    counting: Sequence[Counting] = tuple(Counting),
) -> Mapping[str, list[Interval]]:
    """Return, by component, the excused stretches that share a moment with ``[start, end)``.

    ``counting`` says of which windows: those left out of uptime alone, or all of them.
    """
    found: dict[str, list[Interval]] = {}
    for window in windows:
        if window.uptime not in counting:
            continue
        for planned in window.occurrences(start, end):
            stretch = excused(window, planned, now)
            if stretch is not None:
                for component in window.components:
                    found.setdefault(component, []).append(stretch)
    return found


def _told(window: Window, planned: Occurrence) -> list[WindowUpdate]:
    """Return the updates that speak of an occurrence, oldest first."""
    if window.when.rule is None:
        return list(window.updates)
    spoken = _spoken_of(window)
    return [
        update for update, of in zip(window.updates, spoken, strict=True) if of == planned.start
    ]


def _spoken_of(window: Window) -> list[Instant | None]:
    """Return, for each update of a repeated window, the start of the occurrence it speaks of.

    One written during an occurrence speaks of that. In between, what announces, begins or cancels
    speaks of the next one; what verifies or completes, of the one that was begun last.
    """
    spoken: list[Instant | None] = []
    begun: Instant | None = None
    for update in window.updates:
        within = next(window.occurrences(update.at, update.at + 1), None)
        following = window.when.next_after(update.at)
        if within is not None:
            of: Instant | None = within.start
        elif update.phase in (WindowPhase.VERIFYING, WindowPhase.COMPLETED):
            of = begun if begun is not None else _start_before(window, update.at)
        else:
            of = following.start if following is not None else _start_before(window, update.at)
        if update.phase in _BY_HAND:
            begun = of
        elif update.phase in _OVER and of == begun:
            begun = None
        spoken.append(of)
    return spoken


def _start_before(window: Window, moment: Instant) -> Instant | None:
    """Return when the last occurrence before ``moment`` began; None where there was none."""
    starts = [each.start for each in window.occurrences(moment - _REACH, moment)]
    return max((start for start in starts if start <= moment), default=None)

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
from functools import cached_property, lru_cache

from statusgen.base.clock import DAY, Instant
from statusgen.base.counting import Counting
from statusgen.incident.recurrence import Occurrence, Recurrence
from statusgen.status.intervals import Interval


class WindowPhase(StrEnum):
    """What an update says of a window's state; Statuspage's words, and ``cancelled``."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


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
    about: str = ""
    """Markdown, not yet sanitised: what is done, and what visitors notice of it."""
    file: str = ""

    @property
    def first(self) -> Occurrence:
        """Its first planned stretch."""
        return self.when.first

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
_SOON = 31 * DAY
"""How early a window may have been begun, completed or cancelled by hand."""
_BY_HAND = (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)
_OVER = (WindowPhase.COMPLETED, WindowPhase.CANCELLED)


def course(window: Window, planned: Occurrence, now: Instant) -> Course:
    """Return how an occurrence stands at ``now``; updates that lie ahead say nothing yet."""
    newest = next(
        (
            update
            for update in reversed(told(window, planned, now))
            if update.phase is not WindowPhase.SCHEDULED
        ),
        None,
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
    said = told(window, planned, now)
    begun = next((update.at for update in said if update.phase in _BY_HAND), planned.start)
    over = next((update.at for update in said if update.phase in _OVER), planned.end)
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


def told(window: Window, planned: Occurrence, now: Instant) -> Sequence[WindowUpdate]:
    """Return the updates that speak of an occurrence and are not ahead of now, oldest first."""
    return [update for update in _told(window, planned) if update.at <= now]


def cancelled_starts(window: Window, now: Instant) -> Sequence[Instant]:
    """Return when the occurrences of a repeated window would have begun that were cancelled."""
    if window.when.rule is None:
        return ()
    spoken = zip(window.updates, _spoken_of(window), strict=True)
    starts = {start for update, start in spoken if update.phase is WindowPhase.CANCELLED}
    found = (Occurrence(start, start + window.when.lasts) for start in starts if start is not None)
    return sorted(
        one.start for one in found if course(window, one, now).phase is WindowPhase.CANCELLED
    )


@dataclass(frozen=True)
class Schedule:
    """All windows, seen from now."""

    windows: tuple[Window, ...] = ()
    now: Instant = 0

    def by_component(
        self, start: Instant, counting: Sequence[Counting] = tuple(Counting)
    ) -> Mapping[str, list[Interval]]:
        """Return, by component, what was excused since ``start``; see :func:`maintained`."""
        found = maintained(self.windows, start, self.now + 1, self.now, counting=counting)
        return {
            component: [(begin, min(end, self.now)) for begin, end in stretches if begin < self.now]
            for component, stretches in found.items()
        }

    @cached_property
    def components_now(self) -> frozenset[str]:
        """The components that are excused at this moment."""
        found = maintained(self.windows, self.now, self.now + 1, self.now)
        return frozenset(
            component
            for component, stretches in found.items()
            if any(start <= self.now < end for start, end in stretches)
        )

    @cached_property
    def under_way(self) -> tuple[Course, ...]:
        """What is worked at now, begun early and run over too; the one begun first comes first."""
        found = [each for each in self._courses(_REACH, _SOON) if each.under_way]
        return tuple(sorted(found, key=lambda each: (each.since, each.window.id)))

    @cached_property
    def upcoming(self) -> tuple[Course, ...]:
        """The next occurrence of each window that has one and is not cancelled, by its start."""
        found: dict[str, Course] = {}
        for each in self._courses(0, _REACH):
            if each.phase is WindowPhase.SCHEDULED:
                known = found.get(each.window.id)
                if known is None or each.planned < known.planned:
                    found[each.window.id] = each
        return tuple(sorted(found.values(), key=lambda each: (each.planned, each.window.id)))

    def past(self, length: int) -> tuple[Course, ...]:
        """Return what was over in the last ``length`` seconds, the one over last first."""
        found = [
            each
            for each in self._courses(length, _SOON)
            if each.phase in _OVER and each.since > self.now - length
        ]
        return tuple(sorted(found, key=lambda each: (-each.since, each.window.id)))

    def _courses(self, back: int, ahead: int) -> Iterator[Course]:
        for window in self.windows:
            for planned in window.occurrences(self.now - back, self.now + ahead):
                yield course(window, planned, self.now)


def _told(window: Window, planned: Occurrence) -> list[WindowUpdate]:
    """Return the updates that speak of an occurrence, oldest first."""
    if window.when.rule is None:
        return list(window.updates)
    spoken = _spoken_of(window)
    return [
        update for update, of in zip(window.updates, spoken, strict=True) if of == planned.start
    ]


@lru_cache(maxsize=256)
def _spoken_of(window: Window) -> Sequence[Instant | None]:
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

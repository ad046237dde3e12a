"""Maintenance windows: as cards, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from statusgen.base.clock import DAY, Instant
from statusgen.base.counting import Counting
from statusgen.base.event import Happening
from statusgen.incident.recurrence import Occurrence
from statusgen.incident.steps import Step, steps
from statusgen.incident.window import Course, Window, WindowPhase, course
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.markdown import render_markdown

UPCOMING = 14 * DAY
"""How far ahead the status page looks."""
_PAST = 90 * DAY
_SHOWN = 8
"""Occurrences that a window's own page lists on each side of now."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a window's timeline."""

    at: Instant
    phase: str
    """The key of what is said of it, below ``windows``."""
    body: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """An occurrence of a window as pages show it."""

    window: Window
    phase: str
    planned: Occurrence
    since: Instant
    overrun: bool
    about: Markup
    entries: tuple[Entry, ...]
    """Newest first."""

    @property
    def lasts(self) -> bool:
        """Whether work goes on."""
        return self.phase in (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)


def near(each: Course, now: Instant) -> bool:
    """Whether the status page tells of what is to come: soon, or announced by a word about it."""
    return each.planned.start < now + UPCOMING or each.window.when.rule is None


def card(edition: Edition, each: Course, page: str, outline: int = 3) -> Card:
    """Return what is shown of an occurrence on the published path ``page``."""
    target = edition.references.on(page, each.window.file)
    told = _plain(steps(each.window, each.planned, edition.snapshot.now))
    entries = [
        Entry(
            step.at,
            "overrun" if step.what is Happening.OVERRUN else str(step.phase),
            render_markdown(step.update.body, target=target, outline=outline)
            if step.update
            else Markup(),
        )
        for step in reversed(told)
    ]
    return Card(
        each.window,
        str(each.phase),
        each.planned,
        each.since,
        each.overrun,
        render_markdown(each.window.about, target=target, outline=outline),
        tuple(entries),
    )


def _plain(told: Sequence[Step]) -> list[Step]:
    """Leave out what the clock tells where the author says the same next: it says nothing more."""
    return [
        step
        for step, later in zip_longest(told, told[1:])
        if step.update is not None
        or step.what is Happening.OVERRUN
        or later is None
        or later.phase is not step.phase
    ]


def windows_of(edition: Edition, component: str) -> list[Card]:
    """Return what is, was or is to be worked at in a component, of 90 days back."""
    plan, page = edition.schedule, f"components/{component}/index.html"
    found = [*plan.under_way, *plan.upcoming, *plan.past(_PAST)]
    return [card(edition, each, page) for each in found if component in each.window.components]


def windows_by_month(edition: Edition) -> dict[str, list[Card]]:
    """Return the windows that are over, by the month in which each began, the last one first."""
    found: dict[str, list[Card]] = {}
    past = edition.schedule.past(_PAST * 4)
    for each in sorted(past, key=lambda each: each.planned, reverse=True):
        month = edition.clock.month(each.planned.start)
        found.setdefault(month, []).append(card(edition, each, f"history/{month}/index.html"))
    return found


def window_page(edition: Edition, window: Window) -> Asset:
    """Return ``maintenance/<id>/index.html``."""
    words, site, now = edition.words, edition.settings.site.name, edition.snapshot.now
    found = [
        course(window, planned, now)
        for planned in window.occurrences(now - 400 * DAY, now + 400 * DAY)
    ]
    if not found:  # it was, or is to be, longer ago or ahead than pages look
        found = [course(window, window.first, now)]
    ahead = [each for each in found if each.planned.start > now][:_SHOWN]
    past = [each for each in found if each.planned.start <= now][-_SHOWN:]
    path = f"maintenance/{window.id}/index.html"
    shown = [card(edition, each, path) for each in [*ahead, *reversed(past)]]
    main = next((each for each in shown if each.lasts), None) or (
        card(edition, ahead[0], path) if ahead else shown[0]
    )
    phase = words.say(f"windows.{main.phase}")
    return edition.html(
        path,
        "window.html",
        f"{window.title} · {site}",
        words.say("pages.window-about", phase=phase, title=window.title),
        window=window,
        main=main,
        others=sorted(
            (each for each in shown if each.planned != main.planned), key=lambda each: each.planned
        ),
        counts=window.uptime is Counting.COUNT,
    )

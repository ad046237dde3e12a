"""By what a reader of a timeline chooses what is shown: links, one page for each view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings.timeline_views import WHOLE, View


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu."""

    text: str
    path: str
    """From the site's root."""
    chosen: bool
    now: bool = False
    """Whether the day of the page lies in it."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The choices of one kind."""

    title: str
    choices: tuple[Choice, ...]


def timeline_menus(dossier: Dossier, here: View, found: Sequence[View]) -> list[Menu]:
    """Return a menu for each kind of choice that there is; each keeps what the other one chose.

    ``found``: every view that has a page.
    """
    say = dossier.words.say
    groupings = list(dict.fromkeys(view.grouping for view in found))
    periods = list(dict.fromkeys(view.period for view in found))
    today = None if dossier.today is None else float(dossier.today.toordinal())

    def choice(text: str, view: View, now: bool = False) -> Choice:
        # Where a period has nothing to group, its plain view is led to.
        there = view if view in found else View(view.period)
        return Choice(text, there.path(dossier.id), view == here, now)

    menus = []
    if len(groupings) > 1:
        names = {
            "": say(f"roadmap.every-{dossier.roadmap.kind}"),
            "owner": say("live.view-owner"),
            "state": say("live.view-state"),
        }
        made = tuple(choice(names[each], View(here.period, each)) for each in groupings)
        menus.append(Menu(say("live.view-group"), made))
    if len(periods) > 1:
        made = tuple(
            choice(
                say("live.view-all") if period is None else period.title,
                View(period, here.grouping),
                bool(period and today is not None and period.meets(today, today + 1)),
            )
            for period in periods
        )
        menus.append(Menu(say("live.view-period"), made))
    return menus


def view_title(dossier: Dossier, view: View) -> str:
    """Return the heading of a page: ``Timeline, 2026 Q4, grouped by who``."""
    say = dossier.words.say
    title = say("roadmap.page-timeline")
    if view == WHOLE:
        return title
    period = view.period.title if view.period else ""
    grouping = say(f"live.by-{view.grouping}") if view.grouping else ""
    return ", ".join(part for part in (title, period, grouping) if part)

"""One page a day: what happened to whom, and the rounds behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from statusgen.base.clock import DAY
from statusgen.base.states import Look, State
from statusgen.history.daylog import Change, Told
from statusgen.publish.bars import look_key
from statusgen.publish.day_index import incidents_between
from statusgen.publish.edition import Edition
from statusgen.publish.evidence import line_link, run_link
from statusgen.publish.figures import coverage_text, definition, uptime_text
from statusgen.publish.links import component_path, day_path, relative
from statusgen.publish.manifest import Asset
from statusgen.publish.vantages import place_name
from statusgen.publish.window_pages import card, windows_by_month
from statusgen.status.days import day_start
from statusgen.status.snapshot import ComponentStatus, DayBar, Stretch
from statusgen.words.reasons import reason
from statusgen.words.speaker import NOTHING

MOST_ROUNDS = 60
"""Rounds that a day's page lists."""


STRETCHES = 6
"""What was not up that a day's page tells of one component."""


@dataclass(frozen=True, slots=True)
class DayOf:
    """One component's day."""

    look: Look
    href: str
    name: str
    down: str
    uptime: str
    coverage: str
    wrong: tuple[Markup, ...]
    """What was not up, as sentences; the first ones."""
    more: int
    """How many sentences were left out."""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round, and where it can be seen."""

    hour: Markup
    key: str
    changes: str
    run: str
    line: str


def day_pages(edition: Edition) -> list[Asset]:
    """Return ``days/<date>/index.html`` for each day that has a page."""
    return _Days(edition).pages()


class _Days:
    """What the pages of all days share, so that each costs little: a year has hundreds."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        words, snapshot = edition.words, edition.snapshot
        self._monitors = {each.id: each.name for each in edition.settings.monitors}
        self._bars: dict[date, list[tuple[ComponentStatus, DayBar]]] = {}
        for component in snapshot.components:
            for bar in (*component.older, *component.bars):
                if bar.monitored:
                    self._bars.setdefault(bar.day, []).append((component, bar))
        self._wanted = frozenset(key for each in edition.incidents for key in each.evidence) | {
            check.round for each in snapshot.components for check in each.checks
        }
        months = {edition.clock.month(each.started) for each in edition.shown}
        months |= set(windows_by_month(edition))
        self._months = months | ({edition.clock.month(snapshot.now)} if snapshot.now else set())
        schedule = edition.schedule
        self._windows = (*schedule.under_way, *schedule.past(400 * DAY))
        self._definition = definition(words, edition.settings.compat)
        # Components that share what failed say the same, round by round.
        said = lru_cache(maxsize=512)
        self._stretch, self._change = said(self._say_stretch), said(self._say_change)

    def pages(self) -> list[Asset]:
        days = self._edition.days
        return [
            self._page(
                day,
                older=days[place - 1] if place else None,
                newer=days[place + 1] if place + 1 < len(days) else None,
            )
            for place, day in enumerate(days)
        ]

    def _page(self, day: date, *, older: date | None, newer: date | None) -> Asset:
        edition, words, site = self._edition, self._edition.words, self._edition.settings.site
        path = f"{day_path(day)}index.html"
        start = day_start(day, site.timezone)
        end = day_start(day + timedelta(days=1), site.timezone)
        rows = [self._day_of(path, component, bar) for component, bar in self._bars.get(day, ())]
        rows.sort(key=lambda row: -row.look.severity)
        wrong = [row for row in rows if row.look not in (Look.UP, Look.UNMONITORED)]
        fine = [row for row in rows if row.look is Look.UP]
        log = edition.log.between(start, end, self._wanted)
        shown = _cut(log.told)
        title = words.long_day(day)
        return edition.html(
            path,
            "day.html",
            f"{title} · {site.name}",
            words.say("pages.day-about", site=site.name, day=title),
            day=title,
            month=f"{day:%Y-%m}",
            months=self._months,
            so_far=start <= edition.snapshot.now < end,
            wrong=wrong,
            fine=fine,
            measured=[(look, list(of)) for look, of in groupby(wrong + fine, lambda row: row.look)],
            incidents=incidents_between(edition.shown, start, end, edition.snapshot.now),
            maintenance=[
                card(edition, each, path)
                for each in self._windows
                if each.planned.start < end and each.planned.end > start
            ],
            count=log.count,
            rounds=[self._round(each, several=len(log.vantages) > 1) for each in shown],
            unlisted=len(log.told) - len(shown),
            older=older,
            newer=newer,
            definition=self._definition,
        )

    def _day_of(self, path: str, component: ComponentStatus, bar: DayBar) -> DayOf:
        words, down = self._edition.words, bar.seconds.get(State.DOWN, 0)
        return DayOf(
            bar.look,
            relative(path, component_path(component.id)),
            self._edition.names.get(component.id, ""),
            words.duration(down) if down else NOTHING,
            uptime_text(words, bar.uptime),
            coverage_text(words, bar.uptime),
            tuple(self._stretch(each) for each in bar.wrong[:STRETCHES]),
            max(0, len(bar.wrong) - STRETCHES),
        )

    def _say_stretch(self, stretch: Stretch) -> Markup:
        """Say when a component was in another state than up, and how long."""
        edition, hour = self._edition, self._edition.clock.hour
        return edition.say(
            "days.stretch",
            span=Markup(f"{hour(stretch.start)}–{hour(stretch.end)}"),  # noqa: S704 - both markup
            state=edition.say(look_key(stretch.state)),
            duration=edition.words.elapsed(stretch.start, stretch.end),
        )

    def _round(self, told: Told, *, several: bool) -> RoundRow:
        settings = self._edition.settings
        changes = "; ".join(text for each in told.changes if (text := self._change(each)))
        if several and changes:
            place = place_name(self._edition, told.vantage)
            changes = self._edition.words.say("days.seen-from", place=place, changes=changes)
        return RoundRow(
            self._edition.clock.hour(told.at),
            told.key,
            changes,
            run_link(settings, told.key),
            line_link(settings, told.file, told.line),
        )

    def _say_change(self, change: Change) -> str:
        """Say what a round saw; empty of a monitor that is no longer configured."""
        words, name = self._edition.words, self._monitors.get(change.monitor, "")
        if not name:
            return ""
        state = words.say(look_key(change.state))
        if not change.reason:
            return words.say("days.change", name=name, state=state)
        why = reason(words, change.reason, change.code, working=change.state is State.DEGRADED)
        return words.say("days.change-why", name=name, state=state, reason=why)


def _cut(told: Sequence[Told]) -> Sequence[Told]:
    """Keep the first rounds and the last one, where there are very many."""
    return told if len(told) <= MOST_ROUNDS else (*told[: MOST_ROUNDS - 1], told[-1])

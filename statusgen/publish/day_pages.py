"""One page a day: what happened to whom, and the rounds behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from markupsafe import Markup

from statusgen.base.clock import Instant
from statusgen.base.states import Look, State
from statusgen.history.daylog import Change, Told
from statusgen.incident.model import Incident
from statusgen.publish.bars import look_key
from statusgen.publish.edition import Edition
from statusgen.publish.evidence import line_link, run_link
from statusgen.publish.figures import coverage_text, definition, uptime_text
from statusgen.publish.links import day_path
from statusgen.publish.manifest import Asset
from statusgen.publish.window_pages import card, windows_by_month
from statusgen.status.days import day_start
from statusgen.status.snapshot import ComponentStatus, DayBar, Stretch
from statusgen.words.reasons import reason
from statusgen.words.speaker import NOTHING

MOST_ROUNDS = 60
"""Rounds that a day's page lists."""


@dataclass(frozen=True, slots=True)
class DayOf:
    """One component's day."""

    component: ComponentStatus
    look: Look
    down: str
    uptime: str
    coverage: str
    wrong: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round, and where it can be seen."""

    at: Instant
    key: str
    changes: tuple[str, ...]
    run: str
    line: str


def day_pages(edition: Edition) -> list[Asset]:
    """Return ``days/<date>/index.html`` for each day that has a page."""
    bars: dict[date, list[tuple[ComponentStatus, DayBar]]] = {}
    for component in edition.snapshot.components:
        for bar in (*component.older, *component.bars):
            if bar.monitored:
                bars.setdefault(bar.day, []).append((component, bar))
    wanted = frozenset(key for each in edition.incidents for key in each.evidence) | {
        check.round for each in edition.snapshot.components for check in each.checks
    }
    days, now = edition.days, edition.snapshot.now
    months = {edition.clock.month(each.started) for each in edition.shown}
    months |= set(windows_by_month(edition)) | ({edition.clock.month(now)} if now else set())
    return [
        _page(
            edition,
            day,
            bars.get(day, ()),
            wanted,
            months=months,
            older=days[place - 1] if place else None,
            newer=days[place + 1] if place + 1 < len(days) else None,
        )
        for place, day in enumerate(days)
    ]


def _page(
    edition: Edition,
    day: date,
    bars: Sequence[tuple[ComponentStatus, DayBar]],
    wanted: frozenset[str],
    *,
    months: Collection[str],
    older: date | None,
    newer: date | None,
) -> Asset:
    words, site, path = edition.words, edition.settings.site, f"{day_path(day)}index.html"
    zone = site.timezone
    start, end = day_start(day, zone), day_start(day + timedelta(days=1), zone)
    rows = [_day_of(edition, component, bar) for component, bar in bars]
    rows.sort(key=lambda row: -row.look.severity)
    wrong = [row for row in rows if row.look not in (Look.UP, Look.UNMONITORED)]
    log = edition.log.between(start, end, wanted)
    shown = _cut(log.told)
    title = words.long_day(day)
    return edition.html(
        path,
        "day.html",
        f"{title} · {site.name}",
        words.say("pages.day-about", site=site.name, day=title),
        day=title,
        month=f"{day:%Y-%m}",
        months=months,
        so_far=start <= edition.snapshot.now < end,
        wrong=wrong,
        fine=[row for row in rows if row.look is Look.UP],
        incidents=_incidents(edition, start, end),
        maintenance=[
            card(edition, each, path)
            for each in (*edition.schedule.under_way, *edition.schedule.past(400 * 86_400))
            if each.planned.start < end and each.planned.end > start
        ],
        count=log.count,
        rounds=[_round(edition, each) for each in shown],
        unlisted=len(log.told) - len(shown),
        older=older,
        newer=newer,
        span=partial(_span, edition),
        definition=definition(words.plain()),
    )


def _day_of(edition: Edition, component: ComponentStatus, bar: DayBar) -> DayOf:
    down = bar.seconds.get(State.DOWN, 0)
    return DayOf(
        component,
        bar.look,
        edition.words.duration(down) if down else NOTHING,
        uptime_text(edition.words, bar.uptime),
        coverage_text(edition.words, bar.uptime),
        bar.wrong,
    )


def _incidents(edition: Edition, start: Instant, end: Instant) -> tuple[Incident, ...]:
    now = edition.snapshot.now
    return tuple(
        each for each in edition.shown if each.started < end and (each.resolved or now) >= start
    )


def _cut(told: Sequence[Told]) -> Sequence[Told]:
    """Keep the first rounds and the last one, where there are very many."""
    return told if len(told) <= MOST_ROUNDS else (*told[: MOST_ROUNDS - 1], told[-1])


def _round(edition: Edition, told: Told) -> RoundRow:
    return RoundRow(
        told.at,
        told.key,
        tuple(text for change in told.changes if (text := _change(edition, change))),
        run_link(edition.settings, told.key),
        line_link(edition.settings, told.file, told.line),
    )


def _change(edition: Edition, change: Change) -> str:
    """Say what a round saw; empty of a monitor that is no longer configured."""
    words = edition.words
    name = next((each.name for each in edition.settings.monitors if each.id == change.monitor), "")
    if not name:
        return ""
    state = words.say(look_key(change.state))
    if not change.reason:
        return words.say("days.change", name=name, state=state)
    why = reason(words, change.reason, change.code, working=change.state is State.DEGRADED)
    return words.say("days.change-why", name=name, state=state, reason=why)


def _span(edition: Edition, stretch: Stretch) -> Markup:
    clock = edition.clock
    return Markup("{}–{}").format(clock.hour(stretch.start), clock.hour(stretch.end))

"""The status page: what a visitor sees first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import Look, State
from statusgen.gates.gate import Kind
from statusgen.incident.model import Incident
from statusgen.publish.bars import LOOKS
from statusgen.publish.day_index import incidents_between
from statusgen.publish.edition import Edition
from statusgen.publish.figures import coverage_text, definition, uptime_text, why
from statusgen.publish.group_cards import group_cards
from statusgen.publish.headline import headline
from statusgen.publish.links import component_path
from statusgen.publish.manifest import Asset
from statusgen.publish.page_view import FILTERED
from statusgen.publish.promises import best_proved, counted_text, gate_note, objective_line
from statusgen.publish.strips import Strips
from statusgen.publish.widths import by_width, needs
from statusgen.publish.window_pages import card, near
from statusgen.status.snapshot import ComponentStatus, DayBar, GroupStatus
from statusgen.words import Words
from statusgen.words.speaker import NOTHING

PAST_DAYS = 14
_NO_PROBLEM = (Look.UP, Look.UNKNOWN, Look.UNMONITORED, Look.MAINTENANCE)
_NAMED = 3
"""How many days with problems are named."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a component's table."""

    day: date
    title: str
    look: Look
    down: str
    uptime: str
    incidents: tuple[Incident, ...]
    needs: str
    """The room that its strip must have to show it, as a class of the style sheet."""


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """What the page says of a component beside its numbers."""

    why: str
    uptime: str
    """The number as visitors read it; empty where there is none."""
    over: Markup
    """What follows the number, or stands in its place."""
    summary: Markup
    bad_days: tuple[DayRow, ...]
    needs: str
    """The room that the strip must have to show one of the bad days."""


@dataclass(frozen=True, slots=True)
class PastDay:
    """One day, or several quiet ones, of the past incidents."""

    title: str
    incidents: tuple[Incident, ...]
    unobserved: bool
    active: bool = False
    """Whether an incident that still lasts touched it; that one stands at the top."""


def status_page(edition: Edition) -> Asset:
    """Return ``index.html``."""
    site, words = edition.settings.site, edition.words
    now = edition.snapshot.now
    told = headline(edition)
    total = len(edition.snapshot.components)
    wrong = sum(each.look is not Look.UP for each in edition.snapshot.components)
    shown = {bar.look for component in edition.snapshot.components for bar in component.bars}
    return edition.html(
        "index.html",
        "status.html",
        f"{told.plain} · {site.name}",
        words.say("pages.status-about", site=site.name, banner=told.plain),
        told=told,
        strips=Strips(edition),
        open_incidents=active(edition),
        under_way=[card(edition, each, "index.html", 4) for each in edition.schedule.under_way],
        upcoming=[
            card(edition, each, "index.html", 4)
            for each in edition.schedule.upcoming
            if near(each, now)
        ],
        cards=group_cards(edition),
        count=total,
        wrong=wrong if edition.snapshot.last_round is not None else 0,
        filtered=total >= FILTERED,
        past_days=past_days(edition),
        row_of=lambda component: component_row(edition, component),
        people_say=edition.people_say,
        group_uptime=lambda group: group_uptime(edition, group),
        definition=definition(words, edition.settings.compat),
        proved=best_proved(edition),
        shown_looks=[look for look in LOOKS if look in shown],
        objectives=[
            (
                [(component_path(c), edition.names[c]) for c in each.components],
                objective_line(edition, each),
            )
            for each in edition.objectives
        ],
        promises=_promises(edition)
        if "promises" in site.show and "roadmaps" not in site.hide
        else None,
    )


def _promises(edition: Edition) -> tuple[str, list[tuple[str, str]]] | None:
    """Return how many promises of roadmaps are kept, and which are not, each with its verdict."""
    gates = [gate for found in edition.gates.values() for gate in found]
    if not gates:
        return None
    broken = [
        (gate.text.rstrip("."), gate_note(edition.words, edition.clock.zone, gate).split(" · ")[0])
        for gate in gates
        if gate.good is False and gate.kind not in (Kind.STAGE, Kind.FORECAST)
    ]
    return counted_text(edition.words, gates), broken


def active(edition: Edition) -> list[Incident]:
    """Return the incidents at the top of the page: pinned ones first, then those that last."""
    found = [each for each in edition.shown if each.open or each.pin]
    return sorted(found, key=lambda each: not each.pin)


def component_row(edition: Edition, component: ComponentStatus) -> ComponentRow:
    """Return the words under a component: why it is not up, and which days were not."""
    words = edition.words
    reasons = dict.fromkeys(
        why(words, check)
        for check in component.checks
        if check.state is component.state and check.state is not State.UP
    )
    bad = [bar for bar in component.bars if bar.look not in _NO_PROBLEM]
    rows = day_rows(edition, component, reversed(bad))
    return ComponentRow(
        "; ".join(filter(None, reasons)),
        *uptime_line(edition, component),
        by_width(lambda days: _summary(words, component.bars[-days:])),
        tuple(rows),
        rows[0].needs if rows else "",
    )


def _summary(words: Words, bars: Sequence[DayBar]) -> str:
    """Say how many of the days that are shown had problems, the last ones by name."""
    bad = [bar for bar in bars if bar.look not in _NO_PROBLEM]
    unknown = sum(bar.look is Look.UNKNOWN for bar in bars)
    parts = []
    if bad:
        named = ", ".join(words.short_day(bar.day) for bar in bad[: -_NAMED - 1 : -1])
        if len(bad) > _NAMED:
            named = words.say("lists.cut", items=named, count=len(bad) - _NAMED)
        parts.append(words.say("days.with-problems", count=len(bad), days=named))
    if unknown:
        parts.append(words.say("days.without-data", count=unknown))
    return "; ".join(parts)


def uptime_line(edition: Edition, component: ComponentStatus) -> tuple[str, Markup]:
    """Return the number of 90 days, and what it is of: of a young component, of its whole life."""
    words, uptime = edition.words, component.uptimes["90d"]
    if component.reporter:
        return "", escape(words.say("component.reported", host=component.reporter))
    if component.first_observed is None:
        return "", escape(words.say("component.not-measured"))
    if not uptime.window:
        return "", escape(words.say("component.just-checked"))
    number, coverage = uptime_text(words, uptime), coverage_text(words, uptime)
    key = "too-little" if number == NOTHING else "over"
    age = _age(edition, component.first_observed)
    young = young_since(edition, component.first_observed, 90 * DAY)

    def told(days: int) -> str:
        if young and age < days:
            return words.say(f"component.{key}-since", day=young, coverage=coverage)
        return words.say(f"component.{key}", count=min(age + 1, 90), coverage=coverage)

    return "" if number == NOTHING else number, by_width(told)


def _age(edition: Edition, since: Instant) -> int:
    """Return how many days ago an instant was, as calendars count."""
    clock = edition.clock
    return (clock.day(edition.snapshot.now) - clock.day(since)).days


def group_uptime(edition: Edition, group: GroupStatus) -> Markup:
    """Return a group's uptime and what it is of; empty where too little was observed."""
    words, number = edition.words, uptime_text(edition.words, group.uptime)
    if number == NOTHING or group.since is None:
        return Markup()
    young, age = young_since(edition, group.since, 90 * DAY), _age(edition, group.since)

    def told(days: int) -> str:
        if young and age < days:
            return words.say("status.group-uptime-since", uptime=number, day=young)
        return words.say("status.group-uptime", uptime=number, count=min(age + 1, 90))

    return by_width(told)


def young_since(edition: Edition, since: Instant | None, length: int) -> str:
    """Return the day of the first check where a window of ``length`` begins before it."""
    now = edition.snapshot.now
    if since is None or since <= now - length:
        return ""
    return edition.clock.short_day(since)


def day_rows(edition: Edition, component: ComponentStatus, bars: Iterable[DayBar]) -> list[DayRow]:
    """Return the table's rows for ``bars``, with the incidents that touched each day."""
    touching = edition.touching(component.id)
    now = edition.snapshot.now
    today = edition.clock.day(now)
    words, rows = edition.words, []
    for bar in bars:
        title = words.dated_day(bar.day)
        if bar.is_today:
            title = words.say("days.so-far", day=title)
        down = bar.seconds.get(State.DOWN, 0)
        during = incidents_between(touching, bar.start, bar.end, now)
        rows.append(
            DayRow(
                bar.day,
                title,
                bar.look,
                words.duration(down) if down else NOTHING,
                uptime_text(words, bar.uptime),
                during,
                needs((today - bar.day).days),
            )
        )
    return rows


def past_days(edition: Edition) -> list[PastDay]:
    """Return the last 14 days, newest first, neighbouring quiet ones joined.

    Days before the first round are left out unless an incident stands in them.
    """
    clock, snapshot = edition.clock, edition.snapshot
    today = clock.day(snapshot.now)
    touched: dict[date, list[Incident]] = {}
    lasting: set[date] = set()
    for incident in edition.shown:
        end = snapshot.now if incident.resolved is None else incident.resolved
        day, last = clock.day(incident.started), clock.day(max(incident.started, end))
        day = max(day, today - timedelta(days=PAST_DAYS))
        while day <= last:
            if incident.open:  # it is not past, and stands at the top
                lasting.add(day)
            else:
                touched.setdefault(day, []).append(incident)
            day += timedelta(days=1)
    begin = None if snapshot.first_round is None else clock.day(snapshot.first_round)
    unobserved = _unobserved_days(snapshot.components)
    rows: list[PastDay] = []
    quiet: list[date] = []
    for back in range(PAST_DAYS):
        day = today - timedelta(days=back)
        found = tuple(touched.get(day, ()))
        kinds = [(each in unobserved, each in lasting) for each in (*quiet[-1:], day)]
        same = kinds[0] == kinds[-1]
        if quiet and (found or not same):
            rows.append(_quiet(edition, quiet, unobserved, lasting))
            quiet = []
        if found:
            rows.append(PastDay(edition.words.long_day(day), found, False, day in lasting))
        elif begin is not None and day >= begin:
            quiet.append(day)
    if quiet:
        rows.append(_quiet(edition, quiet, unobserved, lasting))
    return rows


def _quiet(
    edition: Edition, days: Sequence[date], unobserved: set[date], lasting: set[date]
) -> PastDay:
    title = edition.words.span(days[-1], days[0])
    return PastDay(title, (), days[0] in unobserved, days[0] in lasting)


def _unobserved_days(components: Sequence[ComponentStatus]) -> set[date]:
    observed = {
        bar.day
        for component in components
        for bar in component.bars
        if bar.look not in (Look.UNKNOWN, Look.UNMONITORED)
    }
    return {bar.day for component in components for bar in component.bars} - observed

"""The status page: what a visitor sees first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import State
from statusgen.incident.model import Incident
from statusgen.publish import measured
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.times import long_day, short_day
from statusgen.status.snapshot import ComponentStatus, DayBar

PAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a component's table."""

    title: str
    state: State
    down: str
    uptime: str
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """What the page says of a component beside its numbers."""

    why: str
    uptime: str
    """The number as visitors read it; empty where there is none."""
    over: str
    """What follows the number, or stands in its place."""
    summary: str
    bad_days: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class PastDay:
    """One day, or several quiet ones, of the past incidents."""

    title: str
    incidents: tuple[Incident, ...]
    unobserved: bool


def status_page(edition: Edition) -> Asset:
    """Return ``index.html``."""
    site = edition.settings.site
    groups = [group for group in edition.snapshot.groups if group.components]
    shown = {bar.look for component in edition.snapshot.components for bar in component.bars}
    return edition.html(
        "index.html",
        "status.html",
        f"{edition.overall.sentence} · {site.name}",
        f"{site.name}: {edition.overall.sentence}.",
        open_incidents=[incident for incident in edition.incidents if incident.open],
        only_group=len(groups) == 1,
        past_days=past_days(edition),
        row_of=lambda component: component_row(edition, component),
        young=lambda since: young_since(edition, since, 90 * DAY),
        shown_states=[state for state in (*State, None) if state in shown],
    )


def component_row(edition: Edition, component: ComponentStatus) -> ComponentRow:
    """Return the words under a component: why it is not up, and which days were not."""
    reasons = dict.fromkeys(
        measured.reason_text(check.reason, check.code, check.state)
        for check in component.checks
        if check.state is component.state and check.state is not State.UP and check.reason
    )
    bad = [bar for bar in component.bars if bar.look not in (State.UP, State.UNKNOWN, None)]
    unknown = sum(bar.look is State.UNKNOWN for bar in component.bars)
    parts = []
    if bad:
        named = ", ".join(short_day(bar.day) for bar in bad[:-4:-1])
        more = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
        parts.append(f"{_count(len(bad), 'day')} with problems: {named}{more}")
    if unknown:
        parts.append(f"{_count(unknown, 'day')} without data")
    rows = day_rows(edition, component, reversed(bad))
    return ComponentRow(
        "; ".join(filter(None, reasons)),
        *uptime_line(edition, component),
        "; ".join(parts),
        tuple(rows),
    )


def uptime_line(edition: Edition, component: ComponentStatus) -> tuple[str, str]:
    """Return the number of 90 days, and what it is of: of a young component, of its whole life."""
    uptime = component.uptimes["90d"]
    number = measured.uptime_text(uptime)
    if component.reporter:
        return "", f"As {component.reporter} says; not measured by us"
    if component.first_observed is None:
        return "", "Not measured yet"
    young = young_since(edition, component.first_observed, 90 * DAY)
    over = f"since {young}" if young else "in 90 days"
    coverage = f"coverage {measured.coverage_text(uptime)}"
    if not uptime.window:
        return "", "First checked just now"
    if number == measured.NOTHING:
        return "", f"Too little measured {over} for an uptime, {coverage}"
    return number, f"uptime {over}, {coverage}"


def young_since(edition: Edition, since: Instant | None, length: int) -> str:
    """Return the day of the first check where a window of ``length`` begins before it."""
    now = edition.snapshot.now
    if since is None or since <= now - length:
        return ""
    return short_day(edition.clock.day(since), edition.clock.day(now))


def day_rows(edition: Edition, component: ComponentStatus, bars: Iterable[DayBar]) -> list[DayRow]:
    """Return the table's rows for ``bars``, with the incidents that touched each day."""
    touching = edition.touching(component.id)
    now = edition.snapshot.now
    today = edition.clock.day(now)
    rows = []
    for bar in bars:
        title = short_day(bar.day, today) + (" (so far)" if bar.is_today else "")
        down = bar.seconds.get(State.DOWN, 0)
        during = tuple(
            incident
            for incident in touching
            if incident.started < bar.end and (incident.resolved or now) >= bar.start
        )
        rows.append(
            DayRow(
                title,
                bar.state,
                measured.duration_text(down) if down else "—",
                measured.uptime_text(bar.uptime),
                during,
            )
        )
    return rows


def past_days(edition: Edition) -> list[PastDay]:
    """Return the last 14 days, newest first, neighbouring quiet ones joined.

    Days before the first round are left out unless an incident stands in them.
    """
    clock, snapshot = edition.clock, edition.snapshot
    today = clock.day(snapshot.now)
    begun: dict[date, list[Incident]] = {}
    for incident in edition.incidents:
        begun.setdefault(clock.day(incident.started), []).append(incident)
    begin = None if snapshot.first_round is None else clock.day(snapshot.first_round)
    unobserved = _unobserved_days(snapshot.components)
    rows: list[PastDay] = []
    quiet: list[date] = []
    for back in range(PAST_DAYS):
        day = today - timedelta(days=back)
        found = tuple(begun.get(day, ()))
        same = not quiet or (quiet[-1] in unobserved) == (day in unobserved)
        if quiet and (found or not same):
            rows.append(_quiet(quiet, unobserved))
            quiet = []
        if found:
            rows.append(PastDay(long_day(day), found, unobserved=False))
        elif begin is not None and day >= begin:
            quiet.append(day)
    if quiet:
        rows.append(_quiet(quiet, unobserved))
    return rows


def _quiet(days: Sequence[date], unobserved: set[date]) -> PastDay:
    newest, oldest = days[0], days[-1]
    if newest == oldest:
        title = long_day(newest)
    elif (newest.year, newest.month) == (oldest.year, oldest.month):
        title = f"{oldest.day} to {long_day(newest).partition(', ')[2]}"
    else:
        title = f"{short_day(oldest, newest)} to {long_day(newest).partition(', ')[2]}"
    return PastDay(title, (), newest in unobserved)


def _unobserved_days(components: Sequence[ComponentStatus]) -> set[date]:
    observed = {
        bar.day
        for component in components
        for bar in component.bars
        if bar.look not in (State.UNKNOWN, None)
    }
    return {bar.day for component in components for bar in component.bars} - observed


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

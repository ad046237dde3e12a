"""One component: its state, 90 days, response times, incidents and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from markupsafe import Markup

from statusgen.base.clock import DAY
from statusgen.publish.edition import Edition
from statusgen.publish.figures import coverage_text, definition, uptime_text, why
from statusgen.publish.manifest import Asset
from statusgen.publish.status_page import component_row, day_rows, young_since
from statusgen.publish.strips import Strips
from statusgen.publish.window_pages import windows_of
from statusgen.status.snapshot import ComponentStatus, LatencyPoint
from statusgen.words import Words
from statusgen.words.speaker import NOTHING

WINDOWS = {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY}


@dataclass(frozen=True, slots=True)
class WindowRow:
    """What the two tables say of one window."""

    title: str
    uptime: str
    coverage: str
    latencies: tuple[str, ...]
    """p50, p95, p99."""


@dataclass(frozen=True, slots=True)
class LatencyDay:
    """Response times of one day, told from its hours (percentiles of hours do not add up)."""

    title: str
    hours: str
    count: str
    p50: str
    p95: str


def component_page(edition: Edition, component: ComponentStatus) -> Asset:
    """Return ``components/<id>/index.html``."""
    site, words = edition.settings.site.name, edition.words
    name = edition.names[component.id]
    state = words.say(f"states.{component.look}")
    series = component.latency_series
    charted = len(series) > 1
    return edition.html(
        f"components/{component.id}/index.html",
        "component.html",
        f"{words.say('pages.component', name=name, state=state)} · {site}",
        words.say("pages.component-about", name=name),
        name=name,
        strips=Strips(edition),
        component=component,
        row=component_row(edition, component),
        people_say=edition.people_say(component.id),
        days=day_rows(
            edition, component, reversed([bar for bar in component.bars if bar.monitored])
        ),
        windows=_windows(edition, component),
        chart=_chart(edition, component) if charted else "",
        cut_above=_cut_above(words, series) if charted else "",
        latency_days=latency_days(edition, series),
        incidents=edition.touching(component.id),
        maintenance=windows_of(edition, component.id),
        definition=definition(words.plain()),
        why=partial(why, words),
    )


def _windows(edition: Edition, component: ComponentStatus) -> list[WindowRow]:
    """Return the rows of the tables; a window that begins before the first check says so."""
    words, rows = edition.words, []
    for name, length in WINDOWS.items():
        title = words.say(f"component.last-{name}")
        young = young_since(edition, component.first_observed, length)
        if young:
            title = words.say("component.window-since", window=title, day=young)
        uptime, latency = component.uptimes[name], component.latencies[name]
        # Of a window in which nothing was to be measured no share can be told, not even none.
        monitored = component.first_observed is not None
        rows.append(
            WindowRow(
                title,
                uptime_text(words, uptime),
                coverage_text(words, uptime) if monitored else NOTHING,
                tuple(
                    words.milliseconds(value) for value in (latency.p50, latency.p95, latency.p99)
                ),
            )
        )
    return rows


def _chart(edition: Edition, component: ComponentStatus) -> Markup:
    # matplotlib takes half a second to import
    from statusgen.draw.latency import LatencyTexts, draw_latency

    words = edition.words.plain()
    return Markup(  # noqa: S704 - our own drawing; its title and description are escaped there
        draw_latency(
            component.latency_series,
            start=component.bars[0].start,
            end=edition.snapshot.now,
            zone=edition.settings.site.timezone,
            texts=LatencyTexts(
                words.say("component.chart-title", name=edition.names[component.id]),
                describe_chart(words, component.latency_series),
                words.short_day,
                words.milliseconds,
            ),
        )
    )


def describe_chart(words: Words, series: Sequence[LatencyPoint]) -> str:
    """Say what the chart shows, for who cannot see it."""
    p50 = [point.latency.p50 for point in series if point.latency.p50 is not None]
    p95 = [point.latency.p95 for point in series if point.latency.p95 is not None]
    if not p50 or not p95:
        return words.say("component.chart-empty")
    return words.say(
        "component.chart-about",
        p50=_range(words, p50),
        p95=_range(words, p95),
        count=len(series),
    )


def _range(words: Words, values: Sequence[int]) -> str:
    highest = words.milliseconds(max(values))
    return words.say("component.range", lowest=min(values), highest=highest)


def _cut_above(words: Words, series: Sequence[LatencyPoint]) -> str:
    """Return the response time above which lines run out of the chart; empty if none do."""
    from statusgen.draw.latency import highest_shown

    top = highest_shown(series)
    over = any((point.latency.p95 or 0) > top for point in series)
    return words.milliseconds(top) if over else ""


def latency_days(edition: Edition, series: Sequence[LatencyPoint]) -> list[LatencyDay]:
    """Return the chart's data by day of the site's zone, newest first."""
    words = edition.words.plain()
    rows = []
    for day, hours in groupby(series, key=lambda point: edition.clock.day(point.start)):
        points = [point.latency for point in hours]
        p50 = [point.p50 for point in points if point.p50 is not None]
        p95 = [point.p95 for point in points if point.p95 is not None]
        if p50 and p95:
            rows.append(
                LatencyDay(
                    words.dated_day(day),
                    words.number(len(points)),
                    words.number(sum(point.count for point in points)),
                    _range(words, p50),
                    words.milliseconds(max(p95)),
                )
            )
    return rows[::-1]

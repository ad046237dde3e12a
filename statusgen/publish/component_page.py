"""One component: its state, 90 days, response times, incidents and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from statusgen.base.clock import DAY
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.measured import WORDS
from statusgen.publish.status_page import component_row, day_rows, young_since
from statusgen.publish.times import short_day
from statusgen.status.snapshot import ComponentStatus, LatencyPoint

WINDOWS = (
    ("24h", "24 hours", DAY),
    ("7d", "7 days", 7 * DAY),
    ("30d", "30 days", 30 * DAY),
    ("90d", "90 days", 90 * DAY),
)


@dataclass(frozen=True, slots=True)
class LatencyDay:
    """Response times of one day, told from its hours (percentiles of hours do not add up)."""

    title: str
    hours: int
    count: int
    p50: str
    p95: str


def component_page(edition: Edition, component: ComponentStatus) -> Asset:
    """Return ``components/<id>/index.html``."""
    site = edition.settings.site.name
    series = component.latency_series
    charted = len(series) > 1
    return edition.html(
        f"components/{component.id}/index.html",
        "component.html",
        f"{component.name}: {WORDS[component.state]} · {site}",
        f"State, uptime and response times of {component.name}",
        component=component,
        row=component_row(edition, component),
        days=day_rows(
            edition, component, reversed([bar for bar in component.bars if bar.monitored])
        ),
        windows=_windows(edition, component),
        chart=_chart(edition, component) if charted else "",
        cut_above=_cut_above(series) if charted else None,
        latency_days=latency_days(edition, series),
        incidents=edition.touching(component.id),
    )


def _windows(edition: Edition, component: ComponentStatus) -> list[tuple[str, str]]:
    """Return each window's name and title; one that begins before the first check says so."""
    titled = []
    for name, title, length in WINDOWS:
        young = young_since(edition, component.first_observed, length)
        titled.append((name, f"{title} (since {young})" if young else title))
    return titled


def _chart(edition: Edition, component: ComponentStatus) -> Markup:
    from statusgen.draw.latency import draw_latency  # matplotlib takes half a second to import

    return Markup(  # noqa: S704 - our own drawing; its title and description are escaped there
        draw_latency(
            component.latency_series,
            start=component.bars[0].start,
            end=edition.snapshot.now,
            zone=edition.settings.site.timezone,
            title=f"Response times of {component.name}",
        )
    )


def _cut_above(series: Sequence[LatencyPoint]) -> int | None:
    """Return the milliseconds above which lines run out of the chart, or None if none do."""
    from statusgen.draw.latency import highest_shown

    top = highest_shown(series)
    return top if any((point.latency.p95 or 0) > top for point in series) else None


def latency_days(edition: Edition, series: Sequence[LatencyPoint]) -> list[LatencyDay]:
    """Return the chart's data by day of the site's zone, newest first."""
    today = edition.clock.day(edition.snapshot.now)
    rows = []
    for day, hours in groupby(series, key=lambda point: edition.clock.day(point.start)):
        points = [point.latency for point in hours]
        p50 = [point.p50 for point in points if point.p50 is not None]
        p95 = [point.p95 for point in points if point.p95 is not None]
        if p50 and p95:
            rows.append(
                LatencyDay(
                    short_day(day, today),
                    len(points),
                    sum(point.count for point in points),
                    f"{min(p50)} to {max(p50)} ms",
                    f"{max(p95)} ms",
                )
            )
    return rows[::-1]

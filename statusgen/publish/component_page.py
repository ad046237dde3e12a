"""One component: its state, 90 days, response times, incidents and evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from statusgen.base.clock import DAY
from statusgen.publish.edition import Edition
from statusgen.publish.figures import coverage_text, definition, uptime_text, why
from statusgen.publish.manifest import Asset
from statusgen.publish.month_calendar import months
from statusgen.publish.promises import (
    CONFIDENCE,
    missable,
    objective_details,
    objective_line,
    of_component,
)
from statusgen.publish.response_times import latency_table, ranges
from statusgen.publish.status_page import component_row, day_rows, young_since
from statusgen.publish.strips import Strips
from statusgen.publish.vantages import seen_from
from statusgen.publish.window_pages import windows_of
from statusgen.status.proof import Proof
from statusgen.status.snapshot import ComponentStatus
from statusgen.words import Words
from statusgen.words.speaker import NOTHING

WINDOWS = {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY, "365d": 365 * DAY}


@dataclass(frozen=True, slots=True)
class WindowRow:
    """What the two tables say of one window."""

    title: str
    uptime: str
    coverage: str
    least: tuple[str, str]
    """What the checks prove, and what they do by hours; empty where nothing was checked."""
    latencies: tuple[str, ...]
    """p50, p95, p99; none of a year."""


def component_page(edition: Edition, component: ComponentStatus) -> Asset:
    """Return ``components/<id>/index.html``."""
    site, words = edition.settings.site.name, edition.words
    name = edition.names[component.id]
    state = words.say(f"states.{component.look}")
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
        proved=_proved(edition, component),
        seen_from=seen_from(edition, component),
        ranges=ranges(edition, component),
        latency_days=latency_table(edition, component),
        objectives=[
            (objective_line(edition, each), objective_details(edition, each))
            for each in of_component(edition, component.id)
        ],
        cited=edition.cited.get(component.id, ()),
        months=months(edition, component),
        group=next(
            (each.name for each in edition.snapshot.groups if component in each.components), ""
        ),
        incidents=edition.touching(component.id),
        maintenance=windows_of(edition, component.id),
        definition=definition(words, edition.settings.compat),
        why=partial(why, words),
    )


def _least(words: Words, proof: Proof | None) -> tuple[str, str]:
    if proof is None:
        return NOTHING, ""
    least, hours = (
        words.percent(math.floor(each * 10_000)) for each in (proof.least, proof.least_hours)
    )
    return least, words.say("component.least-hours", least=hours)


def _proved(edition: Edition, component: ComponentStatus) -> str:
    """Say what the bounds of the table mean, and what its checks may have missed."""
    proof = component.proofs.get("30d")
    if proof is None:
        return ""
    told = [
        edition.words.say("component.least-about", sure=edition.words.share(CONFIDENCE)),
        *missable(edition.words, proof),
    ]
    return " ".join(told)


def _windows(edition: Edition, component: ComponentStatus) -> list[WindowRow]:
    """Return the rows of the tables; a window that begins before the first check says so."""
    words, rows = edition.words, []
    for name, length in WINDOWS.items():
        title = words.say(f"component.last-{name}")
        young = young_since(edition, component.first_observed, length)
        if young and name == "365d" and young_since(edition, component.first_observed, 90 * DAY):
            continue  # the row above tells of its whole life
        if young:
            title = words.say("component.window-since", window=title, day=young)
        uptime, latency = component.uptimes[name], component.latencies.get(name)
        # Of a window in which nothing was to be measured no share can be told, not even none.
        monitored = component.first_observed is not None
        rows.append(
            WindowRow(
                title,
                uptime_text(words, uptime),
                coverage_text(words, uptime) if monitored else NOTHING,
                _least(words, component.proofs.get(name)),
                ()
                if latency is None
                else tuple(
                    words.milliseconds(value) for value in (latency.p50, latency.p95, latency.p99)
                ),
            )
        )
    return rows

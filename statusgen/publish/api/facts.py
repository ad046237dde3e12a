"""Figures that several files for programs tell, each made in one place."""

from __future__ import annotations

import json
from datetime import date

from statusgen.base.states import Look, State
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus, Uptime
from statusgen.status.uptime import shown

SOURCE = "the files for programs"
YEAR = "365d"


def json_asset(path: str, document: object, *, indent: int | None = 1) -> Asset:
    """Return a document as JSON, one final line end."""
    text = json.dumps(document, ensure_ascii=False, indent=indent) + "\n"
    return Asset(path=path, content=text.encode("utf-8", "replace"), source=SOURCE)


def text_asset(path: str, text: str) -> Asset:
    """Return a text; half a surrogate pair becomes a question mark."""
    return Asset(path=path, content=text.encode("utf-8", "replace"), source=SOURCE)


def uptime_over(component: ComponentStatus, window: str) -> Uptime:
    """Return the uptime over a window; a year falls back to the longest one that is known."""
    return component.uptimes.get(window) or component.uptimes["90d"]


def hundredths(uptime: Uptime) -> int | None:
    """Return what is printed of an uptime, in hundredths of a percent, cut and never rounded up.

    None where too little was observed to print any.
    """
    return shown(uptime).uptime


def latency_over(component: ComponentStatus, window: str) -> int | None:
    """Return the median response time in milliseconds; None without an answer."""
    latency = component.latencies.get(window) or component.latencies["90d"]
    return latency.p50


def minutes_down(component: ComponentStatus) -> dict[date, int]:
    """Return the minutes in which a component did not work, of the days that had any."""
    found = {
        bar.day: round(sum(bar.seconds.get(state, 0) for state in (State.DOWN, State.PARTIAL)) / 60)
        for bar in component.bars
    }
    return {day: minutes for day, minutes in found.items() if minutes}


def full_name(edition: Edition, identifier: str) -> str:
    """Return ``Group - Name``; the id where it is no longer configured."""
    for component in edition.settings.components:
        if component.id == identifier:
            name = component.name
            return f"{component.group} - {name}" if component.group else name
    return identifier


STATUSES = {
    Look.UP: "operational",
    Look.DEGRADED: "degraded_performance",
    Look.PARTIAL: "partial_outage",
    Look.DOWN: "major_outage",
    Look.MAINTENANCE: "under_maintenance",
    # Statuspage has no word for it. Nothing measured is never shown as good.
    Look.UNKNOWN: "degraded_performance",
    Look.UNMONITORED: "degraded_performance",
}
"""A component's state in Statuspage's words."""

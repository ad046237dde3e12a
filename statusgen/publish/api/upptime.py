"""Upptime's ``history/summary.json`` and its ten shields files, byte for byte in its form.

What is measured is ours: an uptime is weighted by time and cut, a response time is a median.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from statusgen.base.states import State
from statusgen.publish.api.facts import (
    SOURCE,
    YEAR,
    hundredths,
    latency_over,
    minutes_down,
    uptime_over,
)
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus

_WINDOWS = {"": YEAR, "Day": "24h", "Week": "7d", "Month": "30d", "Year": YEAR}
_LABELS = {"": "", "Day": " 24h", "Week": " 7d", "Month": " 30d", "Year": " 1y"}
_STATES = {State.PARTIAL: State.DEGRADED}
UNKNOWN = "unknown"
"""In the place of a figure that too little was observed for."""
_UPTIME_COLOURS = (
    (9500, "brightgreen"),
    (9000, "green"),
    (8500, "yellowgreen"),
    (8000, "yellow"),
    (7500, "orange"),
)
_TIME_COLOURS = (
    (200, "brightgreen"),
    (400, "green"),
    (600, "yellowgreen"),
    (800, "yellow"),
    (1000, "orange"),
)


def upptime_files(edition: Edition) -> Iterator[Asset]:
    """Return ``history/summary.json``, and ``api/<id>/*.json`` of every component."""
    rows = [_row(edition, each) for each in edition.snapshot.components]
    yield _file("history/summary.json", rows, indent=2)
    for component in edition.snapshot.components:
        for key, window in _WINDOWS.items():
            name = f"-{key.lower()}" if key else ""
            uptime = hundredths(uptime_over(component, window))
            time = latency_over(component, window)
            folder = f"api/{component.id}"
            label = f"uptime{_LABELS[key]}"
            yield _file(f"{folder}/uptime{name}.json", uptime_badge(label, uptime))
            label = f"response time{_LABELS[key]}"
            yield _file(f"{folder}/response-time{name}.json", time_badge(label, time))


def shield(label: str, message: str, colour: str) -> dict[str, Any]:
    """Return what shields.io's endpoint badge reads."""
    return {"schemaVersion": 1, "label": label, "message": message, "color": colour}


def uptime_badge(label: str, uptime: int | None) -> dict[str, Any]:
    """Return the badge of an uptime in hundredths of a percent, as Upptime colours it."""
    if uptime is None:
        return shield(label, UNKNOWN, "lightgrey")
    colour = next((name for limit, name in _UPTIME_COLOURS if uptime > limit), "red")
    return shield(label, f"{uptime / 100:g}%", colour)


def time_badge(label: str, milliseconds: int | None) -> dict[str, Any]:
    """Return the badge of a response time, as Upptime colours it."""
    if milliseconds is None:
        return shield(label, UNKNOWN, "lightgrey")
    colour = next((name for limit, name in _TIME_COLOURS if milliseconds < limit), "red")
    return shield(label, f"{milliseconds} ms", colour)


def _row(edition: Edition, component: ComponentStatus) -> dict[str, Any]:
    url = _url(edition, component)
    state = _STATES.get(component.state, component.state)
    row: dict[str, Any] = {
        "name": component.name,
        "url": url,
        "icon": _icon(edition, url),
        "slug": component.id,
        "status": str(state),
    }
    for key, window in _WINDOWS.items():
        uptime = hundredths(uptime_over(component, window))
        row[f"uptime{key}"] = UNKNOWN if uptime is None else f"{uptime / 100:.2f}%"
    for key, window in _WINDOWS.items():
        row[f"time{key}"] = latency_over(component, window) or 0
    row["dailyMinutesDown"] = {
        day.isoformat(): minutes for day, minutes in minutes_down(component).items()
    }
    return row


def _url(edition: Edition, component: ComponentStatus) -> str:
    """Return what is checked, as it was written: a secret is told by its name alone."""
    settings = edition.settings
    monitors = {each.id: each for each in settings.monitors}
    for each in settings.components:
        if each.id == component.id and each.monitors:
            return str(monitors[each.monitors[0]].url)
    return ""


def _icon(edition: Edition, url: str) -> str:
    host = "" if "$" in url else urlsplit(url).hostname
    if host:
        return f"https://icons.duckduckgo.com/ip3/{host}.ico"
    return f"{edition.settings.site.url}icons/{edition.banner.state}.svg"


def _file(path: str, document: object, indent: int | None = None) -> Asset:
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=separators) + "\n"
    return Asset(path=path, content=text.encode("utf-8", "replace"), source=SOURCE)

"""Gatus' maintenance, which comes again on days of the week, as windows of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.base.counting import Counting
from statusgen.base.ids import stable_urn
from statusgen.config.zones import zone_of
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window
from statusgen.takeover.foreign import listed, text

_DAYS = {"monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH"} | {
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}


def window_of(plan: Mapping[str, Any], components: tuple[str, ...]) -> Window:
    """Read a window that comes again. Raises ValueError, saying why, for what is none."""
    start = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text(plan.get("start")))
    parts = re.findall(r"(\d+)([hms])", text(plan.get("duration")))
    lasts = sum(int(number) * {"h": 3600, "m": 60, "s": 1}[unit] for number, unit in parts)
    if start is None or not lasts:
        raise ValueError("it has no start like 23:00 and duration like 1h")
    days = [_DAYS.get(text(day).lower()) for day in listed(plan.get("every"))]
    if None in days:
        raise ValueError("a day of the week is not understood")
    # The rule says which days; 2024-01-01 was a Monday, before any page that is made now.
    wanted = [day for day in _DAYS.values() if day in days] or list(_DAYS.values())
    first = datetime(2024, 1, 1, int(start[1]), int(start[2]))  # noqa: DTZ001 - a wall clock
    first += timedelta(days=list(_DAYS.values()).index(wanted[0]))
    zone = zone_of(text(plan.get("timezone"))) if text(plan.get("timezone")) else ZoneInfo("UTC")
    daily = len(wanted) == len(_DAYS)
    rule = "FREQ=DAILY" if daily else f"FREQ=WEEKLY;BYDAY={','.join(wanted)}"
    identifier = f"gatus-{'-'.join(components)}"[:50].strip("-") if components else "gatus"
    identifier = f"{identifier}-{int(start[1]):02}{start[2]}"
    return Window(
        id=identifier,
        uid=stable_urn("maintenance", identifier),
        title="Maintenance",
        components=components,
        when=Recurrence(first, lasts, zone, rule=rule),
        uptime=Counting.EXCLUDE,
        updates=(),
    )

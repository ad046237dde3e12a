"""Uptime Kuma: the monitors, the beats and the words in its database file, ``kuma.db``.

Source: the tables of versions 1 and 2 (``db/``); what a version lacks is not asked for.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from statusgen.base.counting import Counting
from statusgen.base.errors import Problem
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, quote
from statusgen.config.zones import zone_of
from statusgen.incident.edit import new_id
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window
from statusgen.takeover.found import Found, Written
from statusgen.takeover.kuma_beats import Beats
from statusgen.takeover.kuma_file import damaged, instant_of, open_database, rows_of, text_of
from statusgen.takeover.kuma_monitors import Monitors

_STYLES = {"danger": Impact.MAJOR, "warning": Impact.MINOR}
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


def read_kuma(path: Path) -> Found:
    """Read a database. Raises InputError for a file that is none of Uptime Kuma's.

    ``rounds`` of the result reads from the file each time it is gone through.
    """
    with closing(open_database(path)) as database:
        reader = _Reader(path, database)
        reader.read()
    return Found(
        tool="Uptime Kuma",
        site=reader.site,
        monitors=reader.monitors.found,
        groups=reader.monitors.groups,
        incidents=reader.incidents,
        windows=reader.windows,
        rounds=Beats(path, reader.monitors.ids),
        file=str(path),
        left=reader.left,
        secrets=reader.monitors.hider.secrets,
    )


class _Reader:
    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path, self._database = path, database
        self.monitors = Monitors(database)
        self.site: dict[str, Written] = {}
        self.incidents: list[Incident] = []
        self.windows: list[Window] = []
        self.left: list[Problem] = []

    def read(self) -> None:
        try:
            self._page()
            self.monitors.read()
            for what, why in self.monitors.left:
                self._leave(what, why)
            self._all_incidents()
            self._all_windows()
            for row in rows_of(self._database, "notification", "id"):
                fix = "write notifications: in data/status.yml, the guide tells each channel"
                self._leave(f"the notification {quote(text_of(row, 'name'), 60)}", fix)
        except sqlite3.Error as error:
            raise damaged(self._path, error) from None

    def _page(self) -> None:
        pages = rows_of(self._database, "status_page", "id")
        for key, column in (("name", "title"), ("description", "description")):
            if pages and (value := one_line(text_of(pages[0], column))):
                self.site[key] = value
        for page in pages[1:]:
            self._leave(
                f"the status page {quote(text_of(page, 'title'), 60)}", "one site, one page"
            )

    def _all_incidents(self) -> None:
        taken: set[str] = set()
        for row in rows_of(self._database, "incident", "id"):
            title = one_line(text_of(row, "title"))
            began = instant_of(row.get("created_date"))
            if not title or began is None:
                self._leave(f"an incident without {'a time' if title else 'a title'}", "")
                continue
            told = instant_of(row.get("last_updated_date")) or began
            identifier = new_id(title, began, taken)
            taken.add(identifier)
            impact = _STYLES.get(text_of(row, "style"), Impact.NONE)
            over = not row.get("active", 1) or not row.get("pin", 1)
            updates = [Update(at=began, phase=Phase.INVESTIGATING, body=text_of(row, "content"))]
            if over:
                end = max(told, began + 1)
                updates.append(Update(at=end, phase=Phase.RESOLVED, body="Unpinned."))
                self._leave(f"when {quote(title, 60)} ended; its last change is taken", "")
            incident = Incident(
                id=identifier,
                uid=stable_urn("incident", identifier),
                title=title,
                impact=impact,
                started=began,
                resolved=updates[-1].at if over else None,
                affected=(),
                updates=tuple(updates),
            )
            self.incidents.append(incident)

    def _all_windows(self) -> None:
        touched: dict[int, list[str]] = {}
        for row in rows_of(self._database, "monitor_maintenance", "id"):
            if row["monitor_id"] in self.monitors.ids:
                touched.setdefault(row["maintenance_id"], []).append(
                    self.monitors.ids[row["monitor_id"]]
                )
        for row in rows_of(self._database, "maintenance", "id"):
            title = one_line(text_of(row, "title")) or "Maintenance"
            try:
                when = _when(row)
            except ValueError as error:
                fix = "write a file in content/maintenance/"
                self._leave(f"the maintenance {quote(title, 60)}: {error}", fix)
                continue
            identifier = f"kuma-{row['id']}"
            window = Window(
                id=identifier,
                uid=stable_urn("maintenance", identifier),
                title=title,
                components=tuple(dict.fromkeys(touched.get(row["id"], ()))),
                when=when,
                uptime=Counting.EXCLUDE,
                updates=(),
                about=text_of(row, "description"),
            )
            self.windows.append(window)

    def _leave(self, what: str, fix: str) -> None:
        self.left.append(Problem(f"not taken over: {what}", fix, str(self._path)))


def _when(row: Mapping[str, Any]) -> Recurrence:
    """Read when a maintenance is. Raises ValueError, saying why, for what is not a plan of ours."""
    strategy = text_of(row, "strategy")
    if not row.get("active", 1):
        raise ValueError("it is switched off")
    named = text_of(row, "timezone")
    zone = zone_of("UTC" if named in ("", "SAME_AS_SERVER") else named)
    begins, ends = (_clock(row.get(key)) for key in ("start_date", "end_date"))
    if strategy == "single" and begins and ends and ends > begins:
        lasts = int((ends - begins).total_seconds())
        return Recurrence(begins, lasts, zone, by_the_clock=True)
    opened, closed = (
        re.match(r"(\d\d):(\d\d)", text_of(row, key)) for key in ("start_time", "end_time")
    )
    if strategy not in ("recurring-interval", "recurring-weekday", "recurring-day-of-month"):
        raise ValueError(f"its strategy {quote(strategy, 40)} has no counterpart")
    if begins is None or opened is None or closed is None:
        raise ValueError("its times are not understood")
    minutes = [int(each[1]) * 60 + int(each[2]) for each in (opened, closed)]
    lasts = (minutes[1] - minutes[0]) % 1440 * 60 or 86_400
    first = begins.replace(hour=minutes[0] // 60, minute=minutes[0] % 60, second=0)
    rule = _rule(strategy, row)
    until = f";UNTIL={ends:%Y%m%dT%H%M%S}" if ends else ""
    return Recurrence(first, lasts, zone, by_the_clock=True, rule=f"{rule}{until}")


def _rule(strategy: str, row: Mapping[str, Any]) -> str:
    def numbers(column: str) -> Sequence[Any]:
        found = json.loads(text_of(row, column) or "[]")
        return found if isinstance(found, list) else []

    if strategy == "recurring-interval":
        return f"FREQ=DAILY;INTERVAL={int(row.get('interval_day') or 1)}"
    if strategy == "recurring-weekday":
        days = [_DAYS[int(day) % 7] for day in numbers("weekdays")]
        if not days:
            raise ValueError("it names no day of the week")
        return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    dates = numbers("days_of_month")
    last = {"lastDay1": "-1", "lastDay2": "-2", "lastDay3": "-3", "lastDay4": "-4"}
    named = [last.get(str(day), str(day)) for day in dates]
    if not named or not all(re.fullmatch(r"-?\d{1,2}", day) for day in named):
        raise ValueError("it names no day of the month")
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(named)}"


def _clock(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None

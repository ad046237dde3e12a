"""Statuspage: what its public API says, kept as files by whoever leaves.

A folder with the answers of ``/api/v2/components.json``, ``incidents.json`` and
``scheduled-maintenances.json`` (or ``summary.json``). Nothing there says which addresses were
checked, for a Statuspage checks none: each component is read from the old page until its monitor
gets an address of its own.
Source: Statuspage's API documentation, version 2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.counting import Counting
from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, quote
from statusgen.incident.edit import new_id
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window, WindowPhase, WindowUpdate
from statusgen.takeover.foreign import listed, mapping, read_bytes, text
from statusgen.takeover.found import Found, FoundMonitor, Ids, Written

NAMES = ("summary", "components", "incidents", "scheduled-maintenances")
_MARKUP = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/][^>]{0,300}>", re.IGNORECASE)


def read_statuspage(place: Path) -> Found:
    """Read the files of a folder, or one of them. Raises InputError where none is Statuspage's."""
    paths = [place / f"{name}.json" for name in NAMES] if place.is_dir() else [place]
    answers = [_answer(path) for path in paths if path.is_file()]
    reader = _Reader(str(place))
    for answer in answers:
        reader.page(mapping(answer.get("page")))
    for answer in answers:
        reader.components(listed(answer.get("components")))
    for answer in answers:
        reader.incidents(listed(answer.get("incidents")))
        reader.maintenances(listed(answer.get("scheduled_maintenances")))
    if not reader.any:
        fix = "save /api/v2/components.json, incidents.json and scheduled-maintenances.json there"
        raise InputError([Problem("holds no answer of Statuspage's API", fix, str(place))])
    return reader.found()


def _answer(path: Path) -> dict[str, Any]:
    try:
        return mapping(json.loads(read_bytes(path)))
    except (ValueError, RecursionError) as error:
        what = f"is no JSON: {one_line(str(error))}"
        raise InputError([Problem(what, "save the answer again", str(path))]) from None


class _Reader:
    def __init__(self, file: str) -> None:
        self.any = False
        self._file = file
        self._ids = Ids()
        self._site: dict[str, Written] = {}
        self._host = ""
        self._by_theirs: dict[str, str] = {}
        self._monitors: list[FoundMonitor] = []
        self._groups: list[str] = []
        self._incidents: dict[str, Incident] = {}
        self._windows: dict[str, Window] = {}
        self._left: list[Problem] = []

    def found(self) -> Found:
        return Found(
            tool="Statuspage",
            site=self._site,
            monitors=self._monitors,
            groups=self._groups,
            incidents=list(self._incidents.values()),
            windows=list(self._windows.values()),
            file=self._file,
            left=self._left,
        )

    def page(self, page: Mapping[str, Any]) -> None:
        if name := one_line(text(page.get("name"))):
            self._site.setdefault("name", name)
        if zone := text(page.get("time_zone")):
            self._site.setdefault("timezone", zone)
        try:
            self._host = self._host or urlsplit(text(page.get("url"))).netloc
        except ValueError:
            return

    def components(self, components: Sequence[Any]) -> None:
        entries = [mapping(each) for each in components]
        entries.sort(key=lambda each: int(each["position"]) if _whole(each.get("position")) else 0)
        headings = {text(each.get("id")): one_line(text(each.get("name"))) for each in entries
                    if each.get("group") is True}  # fmt: skip
        self.any = self.any or bool(entries)
        known = set(self._groups)
        self._groups += [name for name in headings.values() if name and name not in known]
        for each in entries:
            theirs, name = text(each.get("id")), one_line(text(each.get("name")))
            if not name or each.get("group") is True or theirs in self._by_theirs:
                continue
            identifier = self._ids.of(name)
            self._by_theirs[theirs] = identifier
            group = headings.get(text(each.get("group_id")), "")
            repeated = sum(one_line(text(other.get("name"))) == name for other in entries) > 1
            address = f"statuspage://{self._host}/{percent(theirs if repeated else name, safe='')}"
            if not self._host:
                self._leave(f"the component {quote(name, 60)}", "the page's own address is missing")
                continue
            monitor = FoundMonitor(
                id=identifier,
                name=name,
                url=address,
                group=group,
                description=text(each.get("description")),
                kind="statuspage",
            )
            self._monitors.append(monitor)

    def incidents(self, incidents: Sequence[Any]) -> None:
        for each in map(mapping, incidents):
            self.any = True
            title, began = one_line(text(each.get("name"))), _time(each, "started_at", "created_at")
            if not title or began is None:
                self._leave(f"an incident without {'a time' if title else 'a name'}", "")
                continue
            theirs = text(each.get("id")) or f"{title}{began}"
            if theirs not in self._incidents:
                self._incidents[theirs] = self._incident(each, title, began)

    def _incident(self, each: Mapping[str, Any], title: str, began: Instant) -> Incident:
        updates = []
        for at, status, body in _updates(each):
            try:
                phase = Phase(status)
            except ValueError:
                phase = Phase.INVESTIGATING
                self._leave(
                    f"the status {quote(status, 40)} of an update of {quote(title, 60)}", ""
                )
            updates.append(Update(at=at, phase=phase, body=body))
        ended = _time(each, "resolved_at")
        if ended is not None and not any(update.phase is Phase.RESOLVED for update in updates):
            updates.append(Update(at=max(ended, began), phase=Phase.RESOLVED, body="Resolved."))
            updates.sort(key=lambda update: update.at)
        resolved = _resolved(updates)
        touched = {text(mapping(one).get("id")) for one in listed(each.get("components"))}
        for update in listed(each.get("incident_updates")):
            for one in listed(mapping(update).get("affected_components")):
                touched.add(text(mapping(one).get("code")))
        impact = text(each.get("impact"))
        identifier = new_id(title, began, {known.id for known in self._incidents.values()})
        return Incident(
            id=identifier,
            uid=stable_urn("incident", identifier),
            title=title,
            impact=Impact(impact) if impact in set(Impact) else Impact.NONE,
            started=min([began, *(update.at for update in updates)]),
            resolved=resolved,
            affected=tuple(
                Affected(component=ours, start=began, end=resolved)
                for theirs, ours in self._by_theirs.items()
                if theirs in touched
            ),
            updates=tuple(updates),
        )

    def maintenances(self, windows: Sequence[Any]) -> None:
        for each in map(mapping, windows):
            self.any = True
            title = one_line(text(each.get("name"))) or "Maintenance"
            start, end = _time(each, "scheduled_for"), _time(each, "scheduled_until")
            if start is None or end is None or end <= start:
                fix = "write a file in content/maintenance/"
                self._leave(f"the maintenance {quote(title, 60)} has no beginning and end", fix)
                continue
            theirs = text(each.get("id")) or f"{title}{start}"
            touched = {text(mapping(one).get("id")) for one in listed(each.get("components"))}
            identifier = new_id(title, start, {known.id for known in self._windows.values()})
            utc = ZoneInfo("UTC")
            begins = datetime.fromtimestamp(start, utc).replace(tzinfo=None)
            phases = set(WindowPhase)
            window = Window(
                id=identifier,
                uid=stable_urn("maintenance", identifier),
                title=title,
                components=tuple(o for t, o in self._by_theirs.items() if t in touched),
                when=Recurrence(begins, end - start, utc),
                uptime=Counting.EXCLUDE,
                updates=tuple(
                    WindowUpdate(
                        at=at,
                        phase=WindowPhase(status if status in phases else "scheduled"),
                        body=body,
                    )
                    for at, status, body in _updates(each)
                ),
            )
            self._windows.setdefault(theirs, window)

    def _leave(self, what: str, fix: str) -> None:
        self._left.append(Problem(f"not taken over: {what}", fix, self._file))


def _resolved(updates: Sequence[Update]) -> Instant | None:
    """Return when it ended; None where it broke again after it had been called over."""
    course = [update for update in updates if update.phase is not Phase.POSTMORTEM]
    return course[-1].at if course and course[-1].phase is Phase.RESOLVED else None


def _updates(each: Mapping[str, Any]) -> Iterator[tuple[Instant, str, str]]:
    """Yield time, status and text of each update, oldest first, no time twice."""
    found = []
    for update in map(mapping, listed(each.get("incident_updates"))):
        at = _time(update, "display_at", "created_at")
        if at is not None:
            found.append((at, text(update.get("status")), _plain(text(update.get("body")))))
    last = None
    for at, status, body in sorted(found, key=lambda one: one[0]):
        last = at if last is None else max(at, last + 1)
        yield last, status, body


def _plain(body: str) -> str:
    """Return a text without the markup of HTML that Statuspage puts into it."""
    if not _TAG.search(body):
        return unescape(body) if "&" in body else body
    return unescape(_TAG.sub("", _MARKUP.sub("\n", body))).strip()


def _time(each: Mapping[str, Any], *names: str) -> Instant | None:
    for name in names:
        try:
            return parse_instant(text(each.get(name)))
        except ValueError:
            continue
    return None


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)

"""Statuspage's public API, version 2: all eight files, with every field that its clients read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import Look
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.incident.steps import Step, steps
from statusgen.incident.window import Course, WindowPhase, course
from statusgen.publish.api.facts import STATUSES, full_name, json_asset
from statusgen.publish.api.tokens import stamp, stamp_or_none, token
from statusgen.publish.edition import Edition
from statusgen.publish.feeds import site_begin
from statusgen.publish.links import incident_path, window_path
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus, GroupStatus

Object = dict[str, Any]
_MOST = 50
_BACK, _AHEAD = 90 * DAY, 31 * DAY
"""How far back windows are told, and how far ahead the occurrences of one that repeats."""
_ONCE = 366 * DAY
_INDICATORS = {
    Look.UP: ("none", "All Systems Operational"),
    Look.DEGRADED: ("minor", "Partially Degraded Service"),
    Look.PARTIAL: ("major", "Partial System Outage"),
    Look.DOWN: ("critical", "Major Service Outage"),
    Look.MAINTENANCE: ("maintenance", "Service Under Maintenance"),
    Look.UNKNOWN: ("minor", "No Data"),
    Look.UNMONITORED: ("minor", "No Data"),
}
_OF_IMPACT = {
    Impact.NONE: "operational",
    Impact.MINOR: "degraded_performance",
    Impact.MAJOR: "partial_outage",
    Impact.CRITICAL: "major_outage",
}
STATUS_WORDS = tuple(dict.fromkeys((*STATUSES.values(), *_OF_IMPACT.values())))
"""What a component can be, in Statuspage's words."""
_BY_SEVERITY = tuple(_OF_IMPACT.values())
_UNRESOLVED = (Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING)


def _worst(measured: str, others: Iterable[str]) -> str:
    """Return the worst of several states; maintenance stays what it is, as on the pages."""
    if measured not in _BY_SEVERITY:
        return measured
    return max(
        (measured, *(each for each in others if each in _BY_SEVERITY)), key=_BY_SEVERITY.index
    )


def statuspage_files(edition: Edition) -> Iterator[Asset]:
    """Return ``api/v2/*.json``."""
    api = _Api(edition)
    page = api.page()
    files: dict[str, Object] = {
        "summary": api.summary(),
        "status": {"status": api.status()},
        "components": {"components": api.components()},
        "incidents": {"incidents": api.incidents(edition.shown[:_MOST])},
        "incidents/unresolved": {"incidents": api.incidents(api.unresolved)},
        "scheduled-maintenances": {"scheduled_maintenances": api.windows(api.all_courses[:_MOST])},
        "scheduled-maintenances/active": {"scheduled_maintenances": api.windows(api.active)},
        "scheduled-maintenances/upcoming": {"scheduled_maintenances": api.windows(api.upcoming)},
    }
    for name, content in files.items():
        yield json_asset(f"api/v2/{name}.json", {"page": page} | content)
    yield from _addresses(edition, api)


def _addresses(edition: Edition, api: _Api) -> Iterator[Asset]:
    """Return ``incidents/<id>/`` for what the files tell of: clients make links of the ids."""
    told = {
        token("incident", each.uid): (each.title, incident_path(each.id))
        for each in edition.shown[:_MOST]
    } | {
        _window_token(each): (each.window.title, window_path(each.window.id))
        for each in api.all_courses[:_MOST]
    }
    for identifier, (title, target) in told.items():
        path = f"incidents/{identifier}/index.html"
        yield edition.html(path, "moved.html", title, "", target=target)


def _window_token(course_: Course) -> str:
    """Return the id of a window, or of one occurrence of a window that repeats."""
    window, planned = course_.window, course_.planned
    return token("window", window.uid, str(planned.start if window.when.rule else ""))


class _Api:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        site = edition.settings.site
        self.page_id = token("page", site.url or site.name)
        self.begin = site_begin(edition)
        courses = list(_courses(edition))
        self.active = [each for each in courses if each.under_way]
        self.upcoming = [each for each in courses if each.phase is WindowPhase.SCHEDULED]
        self.all_courses = sorted(courses, key=lambda each: each.planned.start, reverse=True)
        self.unresolved = [
            each for each in edition.shown if each.open and each.phase in _UNRESOLVED
        ]
        self._objects = {each["id"]: each for each in self.components()}

    def page(self) -> Object:
        site, snapshot = self.edition.settings.site, self.edition.snapshot
        return {
            "id": self.page_id,
            "name": site.name,
            "url": site.url.rstrip("/"),  # as there: clients put "/incidents/…" behind it
            "time_zone": site.timezone.key,
            "updated_at": stamp(snapshot.last_round or self.begin),
        }

    def status(self) -> Object:
        indicator, description = _INDICATORS[self.edition.banner.state]
        return {"indicator": indicator, "description": description}

    def summary(self) -> Object:
        return {
            "components": self.components(),
            "incidents": self.incidents(self.unresolved),
            "scheduled_maintenances": self.windows([*self.active, *self.upcoming]),
            "status": self.status(),
        }

    def components(self) -> list[Object]:
        """Return groups and what is in them, in the order shown."""
        found: list[Object] = []
        top = 0
        for group in self.edition.snapshot.groups:
            own = None
            if group.name:
                top += 1
                found.append(self._group(group, top))
                own = found[-1]["id"]
            for position, each in enumerate(group.components, 1 if own else top + 1):
                found.append(self._component(each, position, own))
            top += 0 if own else len(group.components)
        return found

    def _group(self, group: GroupStatus, position: int) -> Object:
        changed = [at for each in group.components if (at := self._changed(each)) is not None]
        return self._entry(
            token("group", group.name),
            group.name,
            _worst(STATUSES[group.look], map(self._status, group.components)),
            group.since,
            max(changed, default=None),
            position,
            group.description,
        ) | {"group": True, "components": [token("component", e.id) for e in group.components]}

    def _component(self, component: ComponentStatus, position: int, group: str | None) -> Object:
        return self._entry(
            token("component", component.id),
            component.name,
            self._status(component),
            component.first_observed,
            self._changed(component),
            position,
            component.description,
        ) | {"group_id": group}

    def _status(self, component: ComponentStatus) -> str:
        """Return the worst of what was measured and what open incidents say of the component.

        An incident that gives it no impact of its own is heard where nothing wrong was measured.
        """
        measured = STATUSES[component.look]
        said = (
            _OF_IMPACT[entry.impact or incident.impact]
            for incident in self.edition.people_say(component.id)
            for entry in incident.affected
            if entry.component == component.id and (entry.impact or measured == "operational")
        )
        return _worst(measured, said)

    def _changed(self, component: ComponentStatus) -> Instant | None:
        said = (
            max((update.at for update in incident.updates), default=incident.started)
            for incident in self.edition.people_say(component.id)
        )
        return max((at for at in (component.since, *said) if at is not None), default=None)

    def _entry(
        self,
        identifier: str,
        name: str,
        status: str,
        first: Instant | None,
        changed: Instant | None,
        position: int,
        description: str,
    ) -> Object:
        began = first if first is not None else self.begin
        return {
            "id": identifier,
            "name": name,
            "status": status,
            "created_at": stamp(began),
            "updated_at": stamp(max(began, changed or began)),
            "position": position,
            "description": description or None,
            "showcase": True,
            "start_date": None if first is None else self.edition.clock.day(first).isoformat(),
            "group_id": None,
            "page_id": self.page_id,
            "group": False,
            "only_show_if_degraded": False,
        }

    def incidents(self, incidents: Sequence[Incident]) -> list[Object]:
        return [self._incident(each) for each in incidents]

    def _incident(self, incident: Incident) -> Object:
        identifier = token("incident", incident.uid)
        updates = [
            self._update(incident, identifier, number, update)
            for number, update in zip(
                self.edition.ordinals(incident), incident.updates, strict=True
            )
        ]
        times = [update.at for update in incident.updates] or [incident.started]
        watching = [u.at for u in incident.updates if u.phase is Phase.MONITORING]
        return {
            "id": identifier,
            "name": incident.title,
            "status": str(incident.phase),
            "created_at": stamp(min(times)),
            "updated_at": stamp(max(times)),
            "monitoring_at": stamp_or_none(min(watching, default=None)),
            "resolved_at": stamp_or_none(incident.resolved),
            "impact": str(incident.impact),
            "shortlink": self.edition.settings.site.url + incident_path(incident.id),
            "started_at": stamp(incident.started),
            "page_id": self.page_id,
            "incident_updates": updates[::-1],
            "components": self._touched([each.component for each in incident.affected]),
            "reminder_intervals": None,
        }

    def _update(self, incident: Incident, of: str, number: int, update: Update) -> Object:
        over = update.phase in (Phase.RESOLVED, Phase.POSTMORTEM)
        touched = []
        for each in incident.affected:
            bad = _OF_IMPACT[each.impact or incident.impact]
            first = update is incident.updates[0]
            old = "operational" if first or update.phase is Phase.POSTMORTEM else bad
            touched.append(self._change(each.component, old, "operational" if over else bad))
        return self._entry_of_log(
            token("update", incident.uid, str(number)),
            str(update.phase),
            update.body,
            of,
            update.at,
            touched,
        )

    def windows(self, courses: Sequence[Course]) -> list[Object]:
        return [self._window(each) for each in courses]

    def _window(self, course_: Course) -> Object:
        window, planned = course_.window, course_.planned
        identifier = _window_token(course_)
        told = steps(window, planned, self.edition.snapshot.now)
        announced = min((step.at for step in told), default=min(planned.start, self.begin))
        log = [
            self._step(course_, identifier, announced, number, step)
            for number, step in enumerate(told)
        ]
        if not any(step.phase is WindowPhase.SCHEDULED for step in told):
            log.insert(0, self._step(course_, identifier, announced, -1, None))
        over = course_.phase in (WindowPhase.COMPLETED, WindowPhase.CANCELLED)
        return {
            "id": identifier,
            "name": window.title,
            "status": _window_status(course_.phase),
            "created_at": stamp(announced),
            "updated_at": stamp(max((step.at for step in told), default=announced)),
            "monitoring_at": None,
            "resolved_at": stamp(course_.since) if over else None,
            "impact": "maintenance",
            "shortlink": self.edition.settings.site.url + window_path(window.id),
            "started_at": stamp(planned.start),
            "page_id": self.page_id,
            "incident_updates": log[::-1],
            "components": self._touched(window.components),
            "reminder_intervals": None,
            "scheduled_for": stamp(planned.start),
            "scheduled_until": stamp(planned.end),
        }

    def _step(
        self, of: Course, identifier: str, announced: Instant, number: int, step: Step | None
    ) -> Object:
        """Return an entry of a window's log; without a step its announcement."""
        phase = WindowPhase.SCHEDULED if step is None else step.phase
        said = "" if step is None or step.update is None else step.update.body
        working = phase in (WindowPhase.IN_PROGRESS, WindowPhase.VERIFYING)
        touched = [
            self._change(
                each,
                "under_maintenance" if phase not in _BEFORE else "operational",
                "under_maintenance" if working else "operational",
            )
            for each in of.window.components
        ]
        about = of.window.about if phase is WindowPhase.SCHEDULED else ""
        return self._entry_of_log(
            token("step", of.window.uid, str(of.planned.start), str(number)),
            _window_status(phase),
            said or about,
            identifier,
            announced if step is None else step.at,
            touched,
        )

    def _entry_of_log(
        self, identifier: str, status: str, body: str, of: str, at: Instant, touched: list[Object]
    ) -> Object:
        return {
            "id": identifier,
            "status": status,
            "body": body,
            "incident_id": of,
            "created_at": stamp(at),
            "updated_at": stamp(at),
            "display_at": stamp(at),
            "affected_components": touched or None,
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }

    def _change(self, component: str, old: str, new: str) -> Object:
        return {
            "code": token("component", component),
            "name": full_name(self.edition, component),
            "old_status": old,
            "new_status": new,
        }

    def _touched(self, identifiers: Sequence[str]) -> list[Object]:
        ids = [token("component", each) for each in dict.fromkeys(identifiers)]
        return [self._objects[each] for each in ids if each in self._objects]


_BEFORE = (WindowPhase.SCHEDULED, WindowPhase.IN_PROGRESS)
"""Phases before which nothing was worked at."""


def _window_status(phase: WindowPhase) -> str:
    """Return Statuspage's word: who cancels there completes."""
    return str(WindowPhase.COMPLETED if phase is WindowPhase.CANCELLED else phase)


def _courses(edition: Edition) -> Iterator[Course]:
    """Yield the occurrences that the API tells of, the one that begins first first."""
    now = edition.snapshot.now
    found = []
    for window in edition.schedule.windows:
        ahead = _ONCE if window.when.rule is None else _AHEAD
        for planned in window.occurrences(now - _BACK, now + ahead):
            found.append(course(window, planned, now))
    yield from sorted(found, key=lambda each: (each.planned.start, each.window.id))

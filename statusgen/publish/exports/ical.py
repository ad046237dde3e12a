"""Stages as a calendar: what is planned when, for whoever plans around it.

Source: RFC 5545. A stage whose days are not known has no place in a calendar, and is named.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, xml_legal
from statusgen.publish.exports.exported import Exported
from statusgen.publish.roadmaps.addresses import stage_path
from statusgen.roadmap.model import Roadmap, Stage, Status
from statusgen.roadmap.model.time import When


def stages_ical(roadmap: Roadmap, site_url: str) -> Exported:
    """Return the stages as events of whole days; links begin with ``site_url`` where it is known.

    A window with an open end is an event on its first day, and so is a day by which a stage is due.
    """
    made = Calendar()
    made.add("prodid", "-//statusgen//roadmap//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", one_line(roadmap.name))
    left = []
    for stage in roadmap.stages:
        spans = _spans(roadmap, stage)
        if not spans:
            left.append(f"{stage.name}: {_why(roadmap, stage)}")
        for kind, when, first, last in spans:
            made.add_component(_event(roadmap, stage, kind, when, first, last, site_url))
    if roadmap.stages:
        left.append("items, options, prices and costs")
    return Exported(made.to_ical().decode(), left)


def _spans(roadmap: Roadmap, stage: Stage) -> list[tuple[str, When, date, date | None]]:
    found = []
    for kind, when in (("", stage.when), ("due", stage.due)):
        dates = when.dates(roadmap.start) if when is not None else None
        if when is not None and dates is not None:
            found.append((kind, when, *dates))
    return found


def _why(roadmap: Roadmap, stage: Stage) -> str:
    when = stage.when or stage.due
    if when is None:
        return "it has no date"
    if when.first is not None and roadmap.start is None:
        return f"{when.raw} is counted from no day; write start: in the roadmap"
    return f"{when.raw} is no date"


def _event(
    roadmap: Roadmap,
    stage: Stage,
    kind: str,
    when: When,
    first: date,
    last: date | None,
    site_url: str,
) -> Event:
    event = Event()
    name = f"{roadmap.id}/{stage.id}/{kind}" if kind else f"{roadmap.id}/{stage.id}"
    event.add("uid", stable_urn("stage", name))
    event.add("dtstamp", datetime.combine(stage.changed or first, time(), UTC))
    due = " (due)" if kind else ""
    event.add("summary", f"{one_line(roadmap.name)}: {one_line(stage.name)}{due}")
    event.add("dtstart", first)
    event.add("dtend", (last or first) + timedelta(days=1))
    event.add("status", "CANCELLED" if stage.status is Status.DROPPED else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    said = [stage.goal, f"When: {when.raw}"]
    if stage.trigger is not None:
        said.append(f"Begins with: {stage.trigger}")
    if stage.owner:
        said.append(f"Owner: {stage.owner}")
    event.add("description", xml_legal("\n".join(filter(None, said))))
    if site_url:
        event.add("url", site_url + stage_path(roadmap.id, stage.id))
    return event

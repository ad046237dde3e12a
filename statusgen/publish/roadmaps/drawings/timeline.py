"""Windows of work on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from statusgen.draw.figure import Diagram
from statusgen.draw.model import Edge, Progress, TimelineRow
from statusgen.draw.model import Timeline as Picture
from statusgen.draw.timeline import draw_timeline
from statusgen.publish.roadmaps.addresses import part_name
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, OfWide
from statusgen.publish.roadmaps.drawings.timeline_lanes import OF_STAGES, Lane, Work, lanes
from statusgen.publish.roadmaps.drawings.timeline_views import (
    GROUPINGS,
    WHOLE,
    Grouping,
    Period,
    View,
    periods,
    views,
)
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.model import Roadmap, Status
from statusgen.roadmap.references import dependency_edges

_NAMED = 12
"""Stages named in one sentence; the others are counted."""


def timelines(dossier: Dossier, view: View = WHOLE) -> dict[str, Drawing]:
    """Draw each timeline of a roadmap by its id, and its stages where they have windows.

    One that a view leaves nothing of is not drawn: one of which nobody said who sees to it is not
    grouped by that, nor by its state where that follows from nothing, and one without dates has no
    quarters.
    """
    made = {}
    for key, lane in lanes(dossier).items():
        shown = _within(lane, view.period)
        if shown is not None and (not view.grouping or view.grouping in _groupings(lane)):
            made[key] = _drawing(dossier, lane, shown, view)
    return made


def timeline_views(dossier: Dossier) -> list[View]:
    """Return what a reader of the timeline can choose, the whole in the plan's order first."""
    found = views(*_choices(dossier))
    return [WHOLE, *(view for view in found if timelines(dossier, view))]


def _choices(dossier: Dossier) -> tuple[list[Period], list[Grouping]]:
    drawn = lanes(dossier).values()
    found = periods(span for lane in drawn for span in lane.spans())
    possible = {grouping for lane in drawn for grouping in _groupings(lane)}
    return found, [grouping for grouping in GROUPINGS if grouping in possible]


def _groupings(lane: Lane) -> list[Grouping]:
    """Return by what a drawing's rows can be grouped: where all of it is said, and it differs."""
    said = {
        "owner": any(one.owner for one in lane.work),
        "state": all(one.stated for one in lane.work),
    }
    return [
        grouping
        for grouping in GROUPINGS
        if said[grouping] and len({_key(one, grouping) for one in lane.work}) > 1
    ]


def _within(lane: Lane, period: Period | None) -> Lane | None:
    """Return what of a drawing lies in a period; None where nothing of it does."""
    if period is None:
        return lane
    kept = [
        (one, row)
        for one, row in zip(lane.work, lane.rows, strict=True)
        if lane.unit == "date" and period.meets(row.start, row.end)
    ]
    coming = [row for row in lane.expected if period.meets(row.start, row.end)]
    if not kept and not coming:
        return None
    return replace(
        lane, work=[one for one, _ in kept], rows=[row for _, row in kept], expected=coming
    )


def _drawing(dossier: Dossier, whole: Lane, lane: Lane, view: View) -> Drawing:
    edges = _edges(dossier.roadmap, whole.work, whole.rows)
    rows = _arranged(dossier, lane, view, edges)
    span = None if view.period is None else view.period.span
    today = dossier.today if lane.unit == "date" else None
    title = lane.title if view.period is None else f"{lane.title}, {view.period.title}"

    def draw(to: To, prefix: str) -> Diagram:
        picture = Picture(
            title=title,
            rows=tuple(replace(row, href=to(row.href) if row.href else "") for row in rows),
            unit=lane.unit,
            edges=edges,
            today=None if today is None else float(today.toordinal()),
            span=span,
            words=dossier.words,
        )
        return draw_timeline(picture, prefix)

    reading = _reading(dossier, lane, rows, edges, view)
    return Drawing(f"timeline{lane.name}", view.path(dossier.id), draw, tuple(reading))


def _reading(
    dossier: Dossier, lane: Lane, rows: Sequence[TimelineRow], edges: Sequence[Edge], view: View
) -> list[str]:
    start, say = dossier.roadmap.start, dossier.words.say
    today = dossier.today if lane.unit == "date" else None
    span = None if view.period is None else view.period.span
    reading = [say("drawings.time-read-line")]
    if start is not None and any(one.when.start is None for one in lane.work):
        reading.append(say("live.read-counted", day=dossier.words.dated_day(start)))
    if today is not None and _reaches(lane.rows, today, span):
        reading.append(say("live.read-today"))
    if _drawn(edges, rows):
        reading.append(OfWide(say("live.read-waits")))
    if any(
        (one.when.last if one.when.start is None else one.when.end) is None for one in lane.work
    ):
        reading.append(say("drawings.time-read-open"))
    if span and any(row.start < span[0] or (row.end or 0.0) > span[1] for row in rows):
        reading.append(say("drawings.time-read-goes-on"))
    if lane.unit != "date":
        reading.append(say(f"drawings.time-read-{lane.unit}"))
    if lane.expected:
        reading.append(say("drawings.time-read-expected"))
    stages = lane.name == OF_STAGES and view.period is None
    left_out = _left_out(dossier.roadmap, lane.work) if stages else []
    if left_out:
        names = dossier.words.joined(left_out, _NAMED)
        reading.append(say("drawings.time-read-left-out", names=names))
    return reading


_ORDER: tuple[Progress, ...] = ("late", "now", "planned", "done", "dropped")


def _key(one: Work, grouping: Grouping) -> str:
    """Return what work of one group has in common."""
    return " ".join(one.owner.casefold().split()) if grouping == "owner" else one.progress


def _arranged(dossier: Dossier, lane: Lane, view: View, edges: Sequence[Edge]) -> list[TimelineRow]:
    """Return the rows in the order of a view, each beneath what it stands under.

    Work on what the view leaves out is named, since no arrow can lead from there.
    """
    pairs = [
        (one, replace(row, detail=_detail(dossier, lane, one, view, edges)))
        for one, row in zip(lane.work, lane.rows, strict=True)
    ]
    if not view.grouping:
        shown = {one.name for one in lane.work if not one.stage}
        rows = [
            replace(row, within=True) if one.stage in shown else replace(row, group=one.stage)
            for one, row in pairs
        ]
        return [*rows, *lane.expected]
    owners: dict[str, str] = {}
    for one in lane.work:
        owners.setdefault(_key(one, "owner"), one.owner)
    say = dossier.words.say
    if view.grouping == "owner":
        keys = [*sorted(key for key in owners if key), ""]
        names = owners | {"": say("live.group-nobody")}
    else:
        keys = list(_ORDER)
        names = {key: say(_STATES[key]) for key in _ORDER}
    rows = [
        replace(row, group=names[key])
        for key in keys
        for one, row in pairs
        if _key(one, view.grouping) == key
    ]
    coming = say("drawings.progress-expected")
    return [*rows, *(replace(row, group=coming) for row in lane.expected)]


_STATES: dict[Progress, str] = {
    "late": "live.overdue",
    "now": "roadmap.status-current",
    "planned": "roadmap.status-planned",
    "done": "roadmap.status-done",
    "dropped": "roadmap.status-dropped",
}


def _detail(dossier: Dossier, lane: Lane, one: Work, view: View, edges: Sequence[Edge]) -> str:
    """Return what stands beneath a name: whose it is, and what no other mark of the view tells."""
    shown = {each.id for each in lane.work}
    told = [one.stage] if view.grouping else []
    told.append(one.detail)
    told += [one.owner] if view.grouping != "owner" and not one.inherited else []
    waits = [edge.source for edge in edges if edge.target == one.id and edge.source not in shown]
    if waits:
        names = ", ".join(part_name(dossier.roadmap, each) for each in waits)
        told.append(dossier.words.say("drawings.needs", names=names))
    return " · ".join(filter(None, told))


def _left_out(plan: Roadmap, work: Sequence[Work]) -> list[str]:
    """Name the stages that are not drawn, nor any of their items."""
    drawn = {one.id for one in work}
    return [
        stage.name
        for stage in plan.stages
        if stage.status is not Status.DROPPED
        and drawn.isdisjoint({stage.id, *(item.id for item in stage.items)})
    ]


def _reaches(rows: Sequence[TimelineRow], today: date, span: tuple[float, float] | None) -> bool:
    """Whether a day lies on the axis: that of a part of time, or the one that rows make."""
    day = float(today.toordinal())
    if span is not None:
        return span[0] <= day < span[1]
    ends = [row.start if row.end is None else row.end for row in rows]
    return bool(rows) and min(row.start for row in rows) <= day <= max(ends)


def _edges(plan: Roadmap, work: Sequence[Work], rows: Sequence[TimelineRow]) -> tuple[Edge, ...]:
    """Return what waits for what, each once, where both stand on the timeline."""
    known = {one.id for one in work}
    spans = {row.id: row for row in rows}
    found = {
        (end, start)
        for start, end, _ in dependency_edges(plan)
        if start in known and end in known and spans[end].end is not None
    }
    return tuple(Edge(one, two) for one, two in sorted(found))


def _drawn(edges: Sequence[Edge], rows: Sequence[TimelineRow]) -> bool:
    """Whether an arrow is drawn: from the end of a bar to one that begins later."""
    at = {row.id: row for row in rows}
    for edge in edges:
        one, two = at.get(edge.source), at.get(edge.target)
        if one and two and one.end is not None and two.start >= one.end:
            return True
    return False

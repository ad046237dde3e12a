"""Windows of work on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from statusgen.draw.figure import Diagram
from statusgen.draw.model import Edge, Progress, TimelineRow
from statusgen.draw.model import Timeline as Picture
from statusgen.draw.timeline import draw_timeline
from statusgen.gates.gate import Gate, Kind
from statusgen.publish.roadmaps.addresses import item_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.drawings.ladder import PROGRESS
from statusgen.publish.roadmaps.lead import is_late
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.model import Item, Roadmap, Stage, Status, Timeline, TimeUnit, When
from statusgen.roadmap.model.time import DAYS_IN
from statusgen.roadmap.references import dependency_edges

Unit = Literal["day", "week", "month", "date"]


@dataclass(frozen=True, slots=True)
class _Work:
    """A window with what is done in it."""

    id: str
    name: str
    when: When
    detail: str = ""
    path: str = ""
    progress: Progress = "planned"


STAGES = ":stages"
"""The name of the timeline that the stages' own windows make; no id can be that."""
_OF_STAGES = "s"
_NAMED = 12
"""Stages named in one sentence; the others are counted."""


def timelines(dossier: Dossier) -> dict[str, Drawing]:
    """Draw each timeline of a roadmap by its id, and its stages where they have windows."""
    made = {}
    stages = _stages(dossier)
    expected = _expected(dossier)
    if stages:
        title = dossier.words.say("drawings.in-time", name=dossier.roadmap.name)
        made[STAGES] = _drawing(dossier, _OF_STAGES, title, stages, expected)
        expected = []  # once is enough
    for timeline in dossier.roadmap.timelines:
        work = _entries(dossier, timeline)
        if work:
            made[timeline.id] = _drawing(dossier, f"-{timeline.id}", timeline.name, work, expected)
    return made


def _drawing(
    dossier: Dossier, name: str, title: str, work: Sequence[_Work], expected: Sequence[Gate]
) -> Drawing:
    start = dossier.roadmap.start
    unit = "date" if start is not None else _unit(work)
    if unit != "date":
        expected = ()  # nobody said on which day the weeks begin
    if unit == "date":
        # Weeks from a beginning that nobody dated have no place among dates.
        work = [one for one in work if one.when.dates(start) is not None]
    rows = [_row(one, unit, start) for one in work]
    today = dossier.today if unit == "date" else None
    edges = _edges(dossier.roadmap, work, rows)

    def draw(to: To, prefix: str) -> Diagram:
        expected_rows = tuple(_expected_row(dossier, each, unit, to) for each in expected)
        picture = Picture(
            title=title,
            rows=(
                *(replace(row, href=to(row.href) if row.href else "") for row in rows),
                *expected_rows,
            ),
            unit=unit,
            edges=edges,
            today=None if today is None else float(today.toordinal()),
            words=dossier.words,
        )
        return draw_timeline(picture, prefix)

    say = dossier.words.say
    reading = [say("drawings.time-read-line")]
    if start is not None and any(one.when.start is None for one in work):
        reading.append(say("live.read-counted", day=dossier.words.dated_day(start)))
    if today is not None and _reaches(rows, today):
        reading.append(say("live.read-today"))
    if _drawn(edges, rows):
        reading.append(say("live.read-waits"))
    if any((one.when.last if one.when.start is None else one.when.end) is None for one in work):
        reading.append(say("drawings.time-read-open"))
    if unit != "date":
        reading.append(say(f"drawings.time-read-{unit}"))
    if expected:
        reading.append(say("drawings.time-read-expected"))
    left_out = _left_out(dossier.roadmap, work) if name == _OF_STAGES else []
    if left_out:
        names = dossier.words.joined(left_out, _NAMED)
        reading.append(say("drawings.time-read-left-out", names=names))
    home = section_path(dossier.id, "timeline")
    return Drawing(f"timeline{name}", home, draw, tuple(reading))


def _left_out(plan: Roadmap, work: Sequence[_Work]) -> list[str]:
    """Name the stages that are not drawn, nor any of their items."""
    drawn = {one.id for one in work}
    return [
        stage.name
        for stage in plan.stages
        if stage.status is not Status.DROPPED
        and drawn.isdisjoint({stage.id, *(item.id for item in stage.items)})
    ]


def _reaches(rows: Sequence[TimelineRow], today: date) -> bool:
    """Whether a day lies on the axis that rows make."""
    day = float(today.toordinal())
    ends = [row.start if row.end is None else row.end for row in rows]
    return bool(rows) and min(row.start for row in rows) <= day <= max(ends)


def _edges(plan: Roadmap, work: Sequence[_Work], rows: Sequence[TimelineRow]) -> tuple[Edge, ...]:
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
    """Whether an arrow is drawn: from the end of a bar to one that begins later, below it."""
    at = {row.id: (number, row) for number, row in enumerate(rows)}
    for edge in edges:
        (upper, one), (lower, two) = at[edge.source], at[edge.target]
        if upper < lower and one.end is not None and two.start >= one.end:
            return True
    return False


def _stages(dossier: Dossier) -> list[_Work]:
    """Return the stages, each with those of its items that have a time of their own."""
    plan = dossier.roadmap
    found = []
    for stage in plan.stages:
        when = stage.when or stage.due
        if when and _placed(when):
            path = stage_path(plan.id, stage.id)
            found.append(
                _Work(stage.id, stage.name, when, path=path, progress=_far(dossier, stage))
            )
        for item in stage.items:
            when = item.when or item.due
            if when and _placed(when) and (item.due or stage.when is None):
                path = item_path(plan, item.id)
                owner = item.owner
                found.append(_Work(item.id, item.name, when, owner, path, _far(dossier, item)))
    found += [
        _Work(item.id, item.name, item.when, path=item_path(plan, item.id))
        for item in plan.next
        if item.when and _placed(item.when)
    ]
    return found


def _expected(dossier: Dossier) -> list[Gate]:
    """Return what makes a stage due and is expected on a day that can be named."""
    return [gate for gate in dossier.gates if gate.kind is Kind.STAGE and gate.crossing is not None]


def _expected_row(dossier: Dossier, gate: Gate, unit: Unit, to: To) -> TimelineRow:
    """Return the days between which a number is expected to be reached."""
    assert gate.crossing is not None
    days = [
        datetime.fromtimestamp(each, dossier.zone).date()
        for each in (gate.crossing.first, gate.crossing.likely, gate.crossing.last)
    ]
    beginning = dossier.roadmap.start
    if unit == "date" or beginning is None:
        start, end = float(days[0].toordinal()), float(days[2].toordinal() + 1)
    else:
        scale = DAYS_IN[TimeUnit(unit)]
        start, end = ((each - beginning).days / scale for each in (days[0], days[2]))
    return TimelineRow(
        id=f"expected-{gate.id}",
        name=gate.target,
        start=max(start, 0.0),
        end=max(end, start, 0.0) + 0.05,
        when=dossier.words.dated_day(days[1]),
        progress="expected",
        detail=gate.text,
        href=to(stage_path(dossier.id, gate.id)),
    )


def _entries(dossier: Dossier, timeline: Timeline) -> list[_Work]:
    found = []
    for number, entry in enumerate(timeline.entries):
        if not _placed(entry.when):
            continue
        # A bar bears the name of its window, not of the first thing that is done in it.
        name = entry.name or entry.when.raw
        detail = ", ".join(step.text for step in entry.steps)
        found.append(_Work(f"{timeline.id}-{number}", name, entry.when, detail))
    return found


def _placed(when: When) -> bool:
    return when.first is not None or when.start is not None


def _unit(work: Sequence[_Work]) -> Unit:
    """Return the widest unit that occurs; dates go with dates alone."""
    units = {one.when.unit for one in work}
    if TimeUnit.DATE in units:
        return "date"
    if TimeUnit.MONTH in units:
        return "month"
    return "week" if TimeUnit.WEEK in units else "day"


def _far(dossier: Dossier, part: Stage | Item) -> Progress:
    """Return how far a part is; late where its day is over."""
    return "late" if is_late(dossier, part) else PROGRESS[part.status]


def _row(one: _Work, unit: Unit, beginning: date | None) -> TimelineRow:
    start, end = _span(one.when, unit, beginning)
    return TimelineRow(
        id=one.id,
        name=one.name,
        start=start,
        end=end,
        when=one.when.raw,
        progress=one.progress,
        detail=one.detail,
        href=one.path,
    )


def _span(when: When, unit: Unit, beginning: date | None) -> tuple[float, float | None]:
    """Return the ends on the axis, in its unit."""
    dates = when.dates(beginning) if unit == "date" else None
    if dates is not None:
        first, last = dates
        return float(first.toordinal()), None if last is None else float(last.toordinal() + 1)
    assert when.first is not None
    if unit == when.unit:
        return float(when.first - 1), None if when.last is None else float(when.last)
    scale = DAYS_IN[when.unit] / DAYS_IN[TimeUnit(unit)]
    return (when.first - 1) * scale, None if when.last is None else when.last * scale

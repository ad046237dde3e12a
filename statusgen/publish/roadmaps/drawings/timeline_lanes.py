"""What stands on the timelines of a roadmap: work with its windows, as rows of one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from statusgen.draw.model import Progress, TimelineRow
from statusgen.gates.gate import Gate, Kind
from statusgen.publish.roadmaps.addresses import item_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings.ladder import PROGRESS
from statusgen.publish.roadmaps.lead import due_by, is_late
from statusgen.publish.roadmaps.words import when_told
from statusgen.roadmap.model import Item, Stage, Timeline, TimeUnit, When
from statusgen.roadmap.model.time import DAYS_IN
from statusgen.roadmap.moments import state_of
from statusgen.words import Words

Unit = Literal["day", "week", "month", "date"]


@dataclass(frozen=True, slots=True)
class Work:
    """A window with what is done in it."""

    id: str
    name: str
    when: When
    detail: str = ""
    path: str = ""
    progress: Progress = "planned"
    owner: str = ""
    """Who sees to it, or else to its stage."""
    inherited: bool = False
    """Whether that is the stage's owner, who is named there."""
    stage: str = ""
    """The name of the stage that it is an item of."""
    stated: bool = True
    """Whether how far it is follows from what its author said."""


STAGES = ":stages"
"""The name of the timeline that the stages' own windows make; no id can be that."""
OF_STAGES = "s"


@dataclass(frozen=True, slots=True)
class Lane:
    """What one drawing shows, with its rows on the axis."""

    name: str
    title: str
    unit: Unit
    work: list[Work]
    rows: list[TimelineRow]
    expected: list[TimelineRow]
    """Numbers that will be reached; their links are still paths from the site's root."""

    def spans(self) -> list[tuple[float, float | None]]:
        """Return where its rows begin and end, where they have dates."""
        rows = [*self.rows, *self.expected] if self.unit == "date" else []
        return [(row.start, row.end) for row in rows]


def lanes(dossier: Dossier) -> dict[str, Lane]:
    """Return each timeline of a roadmap by its id, and its stages where they have windows."""
    made = {}
    stages = _stages(dossier)
    expected = _expected(dossier)
    if stages:
        title = dossier.words.say("drawings.in-time", name=dossier.roadmap.name)
        made[STAGES] = _lane(dossier, OF_STAGES, title, stages, expected)
        expected = []  # once is enough
    for timeline in dossier.roadmap.timelines:
        work = _entries(dossier, timeline)
        if work:
            made[timeline.id] = _lane(dossier, f"-{timeline.id}", timeline.name, work, expected)
    return made


def _lane(
    dossier: Dossier, name: str, title: str, work: list[Work], expected: Sequence[Gate]
) -> Lane:
    start = dossier.roadmap.start
    unit = "date" if start is not None else _unit(work)
    if unit != "date":
        expected = ()  # nobody said on which day the weeks begin
    if unit == "date":
        # Weeks from a beginning that nobody dated have no place among dates.
        work = [one for one in work if one.when.dates(start) is not None]
    rows = [_row(dossier.words, one, unit, start) for one in work]
    coming = [_expected_row(dossier, each, unit) for each in expected]
    return Lane(name, title, unit, work, rows, coming)


def _stages(dossier: Dossier) -> list[Work]:
    """Return the stages, each with those of its items that have a time of their own."""
    plan = dossier.roadmap
    found = []
    for stage in plan.stages:
        when = stage.when or stage.due
        if when and _placed(when):
            path, far = stage_path(plan.id, stage.id), _far(dossier, stage)
            found.append(Work(stage.id, stage.name, when, "", path, far, stage.owner))
        for item in stage.items:
            when = item.when or item.due
            if when and _placed(when) and (item.due or stage.when is None):
                path = item_path(plan, item.id)
                far, owner = _far(dossier, item), item.owner or stage.owner
                found.append(
                    Work(item.id, item.name, when, "", path, far, owner, not item.owner, stage.name)
                )
    found += [
        Work(item.id, item.name, item.when, path=item_path(plan, item.id), owner=item.owner)
        for item in plan.next
        if item.when and _placed(item.when)
    ]
    return found


def _expected(dossier: Dossier) -> list[Gate]:
    """Return what makes a stage due and is expected on a day that can be named."""
    return [gate for gate in dossier.gates if gate.kind is Kind.STAGE and gate.crossing is not None]


def _expected_row(dossier: Dossier, gate: Gate, unit: Unit) -> TimelineRow:
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
        href=stage_path(dossier.id, gate.id),
    )


def _entries(dossier: Dossier, timeline: Timeline) -> list[Work]:
    found = []
    for number, entry in enumerate(timeline.entries):
        if not _placed(entry.when):
            continue
        # A bar bears the name of its window, not of the first thing that is done in it.
        name = entry.name or when_told(dossier.words, entry.when)
        detail = ", ".join(step.text for step in entry.steps if step.text != name)
        plan = dossier.roadmap
        named = [plan.item(each) for step in entry.steps for each in step.item]
        items = [item for item in named if item is not None]
        owners = [entry.owner] if entry.owner else [item.owner for item in items]
        owner = ", ".join(dict.fromkeys(filter(None, owners)))
        # A step that names no item leaves open how far the window is.
        stated = bool(items) and all(step.item for step in entry.steps)
        far = _far_together(dossier, items) if stated else "planned"
        last = due_by(plan, entry.when)
        if far == "now" and last and dossier.today and last < dossier.today:
            far = "late"  # of what nobody began, nobody may keep the state up to date
        key = f"{timeline.id}-{number}"
        found.append(Work(key, name, entry.when, detail, "", far, owner, stated=stated))
    return found


def _far_together(dossier: Dossier, items: Sequence[Item]) -> Progress:
    """Return how far several items are as one."""
    each = [_far(dossier, item) for item in items]
    left = [far for far in each if far != "dropped"]
    if not left:
        return "dropped"
    if "late" in left:
        return "late"
    if set(left) == {"done"}:
        return "done"
    return "planned" if set(left) == {"planned"} else "now"


def _placed(when: When) -> bool:
    return when.first is not None or when.start is not None


def _unit(work: Sequence[Work]) -> Unit:
    """Return the widest unit that occurs; dates go with dates alone."""
    units = {one.when.unit for one in work}
    if TimeUnit.DATE in units:
        return "date"
    if TimeUnit.MONTH in units:
        return "month"
    return "week" if TimeUnit.WEEK in units else "day"


def _far(dossier: Dossier, part: Stage | Item) -> Progress:
    """Return how far a part is; late where its day is over."""
    return "late" if is_late(dossier, part) else PROGRESS[state_of(dossier.roadmap, part)]


def _row(words: Words, one: Work, unit: Unit, beginning: date | None) -> TimelineRow:
    start, end = _span(one.when, unit, beginning)
    return TimelineRow(
        id=one.id,
        name=one.name,
        start=start,
        end=end,
        when=when_told(words, one.when),
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

"""What is paid now and at the end of a plan, of one roadmap and of several together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import adds_up, means_new, table_cost
from statusgen.roadmap.model import CostTable, Item, Path, Roadmap, Stage, Status
from statusgen.roadmap.price import Price
from statusgen.roadmap.vocabulary import pattern, words
from statusgen.words.worded import worded


@dataclass(frozen=True, slots=True)
class Moment:
    """What is paid at one point of the plan."""

    title: str
    derived: Cost
    stated: Price | None = None
    path: Path = ()
    """Where the stated cost stands in the file."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a plan is, by what its author marked."""

    stage: Stage | None
    """The stage that it is at, where one is so marked."""
    done: int
    """Items and boxes that are done."""
    count: int
    """Items and boxes."""
    finished: bool
    """Whether every stage is done."""
    begun: bool
    """Whether anything is done or under way."""
    told: bool
    """Whether its author marked anything: else nobody can say that it has not begun."""


def current_stage(plan: Roadmap) -> Stage | None:
    """Return the stage that the plan is at, where one is."""
    return next((stage for stage in plan.stages if stage.status is Status.CURRENT), None)


def state_of(plan: Roadmap, part: Item | Stage) -> Status:
    """Return how far a part is: as its author wrote it, else as a stage's items and boxes tell."""
    if isinstance(part, Item) or "status" in part.model_fields_set:
        return part.status
    items = {item.status for item in part.items} - {Status.DROPPED}
    groups = (group for one in plan.checklists for group in one.groups if group.stage == part.id)
    ticked = [group.is_done(point) for group in groups for point in group.points]
    items |= {Status.DONE if done else Status.PLANNED for done in ticked}
    if items == {Status.DONE}:
        return Status.DONE
    return Status.CURRENT if items & {Status.DONE, Status.CURRENT} else part.status


def standing(plan: Roadmap) -> Standing:
    """Return how far a plan is; what was dropped does not count."""
    stages = [stage for stage in plan.stages if stage.status is not Status.DROPPED]
    items = [
        (stage, item)
        for stage in stages
        for item in stage.items
        if item.status is not Status.DROPPED
    ]
    boxes = [
        group.done or point.done
        for checklist in plan.checklists
        for group in checklist.groups
        for point in group.points
    ]
    done = [Status.DONE in (stage.status, item.status) for stage, item in items] + boxes
    parts: list[Item | Stage] = [*stages, *(item for _, item in items)]
    return Standing(
        current_stage(plan),
        sum(done),
        len(done),
        bool(stages) and all(state_of(plan, stage) is Status.DONE for stage in stages),
        any(done) or any(part.status is Status.CURRENT for part in parts),
        bool(boxes) or any("status" in part.model_fields_set for part in parts),
    )


def paid_now(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid at the current stage, else for the stack that is called today's.

    None where the plan says of no stage and of no stack that it is the present one.
    """
    current = current_stage(plan)
    if current is None and standing(plan).finished:
        current = plan.stages[-1]
    if current:
        return _of_stage(plan, costs, current)
    for index, table in enumerate(plan.stacks):
        if table.stage is None and _TODAY.search(table.name):
            return _of_table(("stacks", index), table)
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(("comparisons", index, "before"), comparison.before)
    return None


_TODAY = re.compile(rf"(?<!\w)(?:{pattern(words('current'))})", re.I)


def paid_at_the_end(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid once the plan is done."""
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(("comparisons", index, "after"), comparison.after)
    if not any(stage.cost for stage in plan.stages):
        for index, table in enumerate(plan.summaries):
            if table.stage is None and adds_up(table):
                return _of_table(("summaries", index), table)
    kept = [stage for stage in plan.stages if stage.status is not Status.DROPPED]
    return _of_stage(plan, costs, kept[-1]) if kept else None


def together(moments: Iterable[Moment | None]) -> Cost:
    """Return what several plans cost together, as far as it is derived."""
    return total(moment.derived for moment in moments if moment is not None)


def _of_stage(plan: Roadmap, costs: Sequence[StageCost], stage: Stage) -> Moment | None:
    number = plan.stages.index(stage)
    stated = stage.cost.stated if stage.cost and not stage.cost.period else None
    running = costs[number].running
    if stage.cost is not None and stage.cost.basis is None and means_new(stage, costs[number]):
        # Its author gives what the stage adds; of what runs besides, the file may not know all.
        running = Cost(missing=(worded("costs.runs-before"),))
    return _known(Moment(stage.name, running, stated, ("stages", number, "cost")))


def _of_table(path: Path, table: CostTable) -> Moment | None:
    stated = table.total.monthly if table.total and not table.total.period else None
    derived = table_cost(table) if adds_up(table) else Cost(missing=(table.name,))
    return _known(Moment(table.name, derived, stated, (*path, "total")))


def _known(moment: Moment) -> Moment | None:
    """Return a moment of which something is known: a stated amount, or a derived one."""
    return moment if moment.stated is not None or moment.derived.currencies else None

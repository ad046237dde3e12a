"""What is paid now and at the end of a plan, of one roadmap and of several together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import adds_up, is_priced, stage_costs, stated_means, table_sum
from statusgen.roadmap.model import Basis, CostTable, Item, Path, Roadmap, Stage, Status
from statusgen.roadmap.price import Price
from statusgen.roadmap.vocabulary import pattern, words


@dataclass(frozen=True, slots=True)
class Moment:
    """What is paid at one point of the plan."""

    title: str
    derived: Cost
    stated: Price | None = None
    path: Path = ()
    """Where the stated cost stands in the file."""
    means: Basis | None = Basis.RUNNING
    """What the stated cost counts: all that runs, or what the stage adds; None where it may be
    either."""


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


def current_stages(plan: Roadmap) -> tuple[Stage, ...]:
    """Return the stages that the plan is at: several may be under way at the same time."""
    return tuple(stage for stage in plan.stages if state_of(plan, stage) is Status.CURRENT)


def current_stage(plan: Roadmap) -> Stage | None:
    """Return the last of the stages that the plan is at by its author's marks."""
    return next((one for one in reversed(plan.stages) if one.status is Status.CURRENT), None)


def paid_stages(plan: Roadmap) -> list[Stage]:
    """Return what is paid for now: the stages that are done or current, with all their items.

    So is a stage before one of those of which nobody says how far it is. Of any other only the
    items count that are done or under way themselves.
    """
    runs = [_runs(plan, stage) for stage in plan.stages]
    found = []
    for number, stage in enumerate(plan.stages):
        untold = "status" not in stage.model_fields_set and any(runs[number:])
        begun = tuple(
            item
            for item in stage.items
            if item.status in (Status.DONE, Status.CURRENT) and is_priced(item)
        )
        if stage.status is Status.DROPPED:
            continue
        if runs[number] or untold:
            found.append(stage)
        elif begun:
            found.append(stage.model_copy(update={"items": begun}))
    return found


def _runs(plan: Roadmap, stage: Stage) -> bool:
    return Status.CURRENT is stage.status or state_of(plan, stage) is Status.DONE


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


def is_decided(item: Item) -> bool:
    """Whether a choice is made whose author says no more of how far it is."""
    return item.chosen is not None and "status" not in item.model_fields_set


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
    """Return what is paid for the stages that are done and current (:func:`paid_stages`).

    Where none is marked as current, first for the stack that is called today's. None where the plan
    says of no stage and of no stack that it is there.
    """
    if current_stage(plan) is not None or standing(plan).finished:
        return _of_paid(plan, costs)
    for index, table in enumerate(plan.stacks):
        if table.stage is None and _TODAY.search(table.name):
            return _of_table(plan, ("stacks", index), table)
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(plan, ("comparisons", index, "before"), comparison.before)
    return _of_paid(plan, costs)


_TODAY = re.compile(rf"(?<!\w)(?:{pattern(words('current'))})", re.I)


def paid_at_the_end(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid once the plan is done."""
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(plan, ("comparisons", index, "after"), comparison.after)
    if not any(stage.cost for stage in plan.stages):
        for index, table in enumerate(plan.summaries):
            if table.stage is None and adds_up(table):
                return _of_table(plan, ("summaries", index), table)
    kept = [stage for stage in plan.stages if stage.status is not Status.DROPPED]
    return _of_stage(plan, costs, kept[-1]) if kept else None


def together(moments: Iterable[Moment | None]) -> Cost:
    """Return what several plans cost together, as far as it is derived."""
    return total(moment.derived for moment in moments if moment is not None)


def _of_paid(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid for now; what is stated of one of several stages is not of them all."""
    paid = paid_stages(plan)
    if not paid:
        return None
    at = [one for one in paid if one.status is Status.CURRENT] or paid[-1:]
    if paid == list(plan.stages[: len(paid)]):
        found = _of_stage(plan, costs[: len(paid)], paid[-1])
    else:
        known = plan.model_copy(update={"stages": tuple(paid)})
        found = _of_stage(known, stage_costs(known), paid[-1])
    if found is None:
        return None
    names = ", ".join(stage.name for stage in at)
    whole = at == paid[-1:] and at[0] in plan.stages
    if not whole:
        return _known(Moment(names, found.derived))
    return replace(found, path=("stages", plan.stages.index(at[0]), "cost"))


def _of_stage(plan: Roadmap, costs: Sequence[StageCost], stage: Stage) -> Moment | None:
    number = plan.stages.index(stage)
    stated = stage.cost.stated if stage.cost and not stage.cost.period else None
    means = stated_means(stage, costs[number])
    path = ("stages", number, "cost")
    return _known(Moment(stage.name, costs[number].running, stated, path, means))


def _of_table(plan: Roadmap, path: Path, table: CostTable) -> Moment | None:
    stated = table.total.monthly if table.total and not table.total.period else None
    derived = table_sum(plan, table) if adds_up(table) else Cost(missing=(table.name,))
    return _known(Moment(table.name, derived, stated, (*path, "total")))


def _known(moment: Moment) -> Moment | None:
    """Return a moment of which something is known: a stated amount, or a derived one."""
    return moment if moment.stated is not None or moment.derived.currencies else None

"""What is paid now and at the end of a plan, of one roadmap and of several together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import StageCost, table_cost
from statusgen.roadmap.model import CostTable, Path, Roadmap, Stage, Status
from statusgen.roadmap.price import Price


@dataclass(frozen=True, slots=True)
class Moment:
    """What is paid at one point of the plan."""

    title: str
    derived: Cost
    stated: Price | None = None
    path: Path = ()
    """Where the stated cost stands in the file."""


def current_stage(plan: Roadmap) -> Stage | None:
    """Return the stage that the plan is at, where one is."""
    return next((stage for stage in plan.stages if stage.status is Status.CURRENT), None)


def paid_now(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid at the current stage, else for the stack that no stage makes."""
    current = current_stage(plan)
    if current:
        return _of_stage(plan, costs, current)
    for index, table in enumerate(plan.stacks):
        if table.stage is None:
            return _of_table(("stacks", index), table)
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(("comparisons", index, "before"), comparison.before)
    return None


def paid_at_the_end(plan: Roadmap, costs: Sequence[StageCost]) -> Moment | None:
    """Return what is paid once the plan is done."""
    for index, comparison in enumerate(plan.comparisons):
        return _of_table(("comparisons", index, "after"), comparison.after)
    if not any(stage.cost for stage in plan.stages):
        for index, table in enumerate(plan.summaries):
            if table.sums and table.stage is None:
                return _of_table(("summaries", index), table)
    return _of_stage(plan, costs, plan.stages[-1]) if plan.stages else None


def together(moments: Iterable[Moment | None]) -> Cost:
    """Return what several plans cost together, as far as it is derived."""
    return total(moment.derived for moment in moments if moment is not None)


def _of_stage(plan: Roadmap, costs: Sequence[StageCost], stage: Stage) -> Moment:
    number = plan.stages.index(stage)
    stated = stage.cost.stated if stage.cost else None
    return Moment(stage.name, costs[number].running, stated, ("stages", number, "cost"))


def _of_table(path: Path, table: CostTable) -> Moment:
    stated = table.total.monthly if table.total else None
    return Moment(table.name, table_cost(table), stated, (*path, "total"))

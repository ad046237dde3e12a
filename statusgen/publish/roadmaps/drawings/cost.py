"""What each stage costs: as stated, and as its items come to."""

from __future__ import annotations

from statusgen.draw.cost import draw_cost
from statusgen.draw.figure import Diagram
from statusgen.draw.model import Amount, CostChart, CostStage, Verdict
from statusgen.publish.roadmaps.addresses import section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, amounts
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.cost import NOTHING, Cost
from statusgen.roadmap.costs import is_priced, table_cost
from statusgen.roadmap.model import Basis, Stage

_NONE = Amount.exactly(0)
_READING = (
    "The bar is what the listed prices come to, the frame beside it what the author states.",
    "Hatched: stated, but no item accounts for it.",
)


def cost_chart(dossier: Dossier) -> Drawing | None:
    """Draw the cost of the stages; None where no stage has a cost that could be drawn."""
    plan = dossier.roadmap
    if not any(amounts.stated(stage.cost, plan) for stage in plan.stages):
        return None

    def draw(to: To, prefix: str) -> Diagram:
        before = NOTHING
        stages = []
        for stage in plan.stages:
            stages.append(_stage(dossier, stage, before, to))
            before = dossier.cost(stage).running
        title = f"Cost a month of {plan.name}"
        chart = CostChart(title=title, stages=tuple(stages), symbol=amounts.symbol(plan))
        return draw_cost(chart, prefix)

    return Drawing("cost", section_path(dossier.id, "costs"), draw, _READING)


def _stage(dossier: Dossier, stage: Stage, before: Cost, to: To) -> CostStage:
    plan = dossier.roadmap
    costs = dossier.cost(stage)
    added = amounts.derived(costs.new, plan)
    unknown = added is None or not any(is_priced(item) for item in stage.items)
    # A stage that changes a base stack carries that stack, whatever stood before it. Where nothing
    # is known of a stage, nothing is known of what runs on in it.
    before = _base(dossier, stage) if _is_change(stage) else before
    carried = None if unknown else amounts.derived(before, plan)
    return CostStage(
        name=stage.name,
        note=str(stage.trigger or stage.when or ""),
        stated=amounts.stated(stage.cost, plan),
        carried=carried or _NONE,
        added=added or _NONE,
        known=not unknown,
        verdict=Verdict("unknown", "not derivable") if unknown else None,
        href=to(stage_path(dossier.id, stage.id)),
    )


def _is_change(stage: Stage) -> bool:
    return stage.cost is not None and stage.cost.basis is Basis.CHANGE


def _base(dossier: Dossier, stage: Stage) -> Cost:
    assert stage.cost is not None
    tables = (table for _, table in dossier.roadmap.tables() if table.id == stage.cost.base)
    return next((table_cost(table) for table in tables), NOTHING)

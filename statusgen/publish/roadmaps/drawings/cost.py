"""What each stage costs: as stated, and as its items come to."""

from __future__ import annotations

from statusgen.draw.cost import draw_cost
from statusgen.draw.cost_figures import figures_of
from statusgen.draw.figure import Diagram
from statusgen.draw.model import Amount, CostChart, CostStage, Verdict
from statusgen.publish.roadmaps.addresses import section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, amounts
from statusgen.publish.roadmaps.table import To
from statusgen.publish.roadmaps.words import time_told
from statusgen.roadmap.costs import means_new
from statusgen.roadmap.model import Stage, Status

_NONE = Amount.exactly(0)


def cost_chart(dossier: Dossier) -> Drawing | None:
    """Draw the cost of the stages; None where no stage has a cost that could be drawn."""
    plan, words = dossier.roadmap, dossier.words
    kept = [stage for stage in plan.stages if stage.status is not Status.DROPPED]
    if not any(amounts.stated(stage.cost, plan) for stage in kept):
        return None

    def chart(to: To) -> CostChart:
        stages = tuple(_stage(dossier, stage, to) for stage in kept)
        title = words.say("drawings.cost-title", name=plan.name)
        return CostChart(title=title, stages=stages, symbol=amounts.symbol(plan), words=words)

    def draw(to: To, prefix: str) -> Diagram:
        return draw_cost(chart(to), prefix)

    drawn = chart(lambda path: path)
    hatched = any(figures_of(stage, drawn).gap for stage in drawn.stages)
    parts = ("bar", "hatch") if hatched else ("bar",)
    reading = tuple(words.say(f"drawings.cost-read-{part}") for part in parts)
    return Drawing("cost", section_path(dossier.id, "costs"), draw, reading)


def _stage(dossier: Dossier, stage: Stage, to: To) -> CostStage:
    plan, words = dossier.roadmap, dossier.words
    costs = dossier.cost(stage)
    added = amounts.in_own(costs.new, plan)
    carried = amounts.in_own(costs.carried, plan)
    whole = amounts.in_own(costs.whole, plan)
    unknown = whole is None or not costs.priced or costs.baseless
    # Where nothing is known of a stage, nothing is known of what runs on in it.
    carried, added = (None, None) if unknown else (carried, added)
    word = dossier.words.say("drawings.not-derivable")
    return CostStage(
        name=stage.name,
        note=str(stage.trigger or time_told(words, stage)),
        # The bar is all that runs: an amount that speaks of the new alone is not held against it.
        stated=None if means_new(stage, costs) else amounts.stated(stage.cost, plan),
        carried=carried or _NONE,
        added=added or _NONE,
        known=not unknown,
        partly=amounts.is_partly(costs.running, plan),
        verdict=Verdict("unknown", word) if unknown else None,
        href=to(stage_path(dossier.id, stage.id)),
    )

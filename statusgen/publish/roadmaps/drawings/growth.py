"""How the monthly cost moves while the plan goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from statusgen.draw.figure import Diagram
from statusgen.draw.growth import draw_growth
from statusgen.draw.model import Growth, GrowthBand, GrowthPoint, GrowthSeries
from statusgen.publish.roadmaps.addresses import section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, amounts
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.costs import stated_means
from statusgen.roadmap.growth import Change, CostGrowth, cost_growth
from statusgen.roadmap.model import Basis, TimeUnit
from statusgen.roadmap.model.time import DAYS_IN
from statusgen.words import Words

_NAMED = 12
"""Names in one sentence or cell; a plan of hundreds of items has a table for them."""


@dataclass(frozen=True, slots=True)
class GrowthChart:
    """The diagram, and how its figures are come by."""

    drawing: Drawing
    told: str


def growth_chart(dossier: Dossier) -> GrowthChart | None:
    """Draw the cost over time; None where the plan has no times, or its cost stays the same."""
    plan, words = dossier.roadmap, dossier.words
    growth = cost_growth(plan)
    if growth is None:
        return None
    unit, paid = _unit(growth), words.say("drawings.growth-paid")
    days = 1 if unit == "date" else DAYS_IN[growth.unit]
    last = growth.steps[-1].day

    def draw(_: To, prefix: str) -> Diagram:
        picture = Growth(
            title=words.say("drawings.growth-title", name=plan.name),
            series=(GrowthSeries(paid, tuple(_points(dossier, growth, days))),),
            bands=_bands(dossier, growth, days),
            # The last cost is to be seen for a while.
            end=(last + _tail(growth)) / days,
            unit=unit,
            before=None if growth.before is None else amounts.amount(growth.before),
            before_partly=growth.before_partly,
            symbol=amounts.symbol(plan),
            words=words,
        )
        return draw_growth(picture, prefix)

    drawing = Drawing("cost-growth", section_path(dossier.id, "costs"), draw)
    return GrowthChart(drawing, _told(words, growth))


def _unit(growth: CostGrowth) -> Literal["day", "week", "month", "date"]:
    match growth.unit:
        case TimeUnit.DATE:
            return "date"
        case TimeUnit.MONTH:
            return "month"
        case TimeUnit.WEEK:
            return "week"
        case _:
            return "day"


def _tail(growth: CostGrowth) -> int:
    """Return how many days behind the last step are drawn."""
    if growth.unit is TimeUnit.DATE:
        return max((growth.steps[-1].day - growth.steps[0].day) // 8, 1)
    return DAYS_IN[growth.unit]


def _points(dossier: Dossier, growth: CostGrowth, days: int) -> Iterator[GrowthPoint]:
    plan = dossier.roadmap
    for step in growth.steps:
        begun = [plan.stage(start.stage) for start in growth.stages if start.day == step.day]
        stages = [stage for stage in begun if stage is not None]
        note = _note(dossier.words, step.changes)
        if stages:
            note = f"{dossier.words.joined([stage.name for stage in stages], 3)}: {note}"
        amount = amounts.amount(step.running)
        yield GrowthPoint(step.day / days, amount, step.when, note, step.partly)


def _bands(dossier: Dossier, growth: CostGrowth, days: int) -> tuple[GrowthBand, ...]:
    """Return what was stated of stages, until the next one begins; of one day the last counts."""
    plan = dossier.roadmap
    found: dict[int, GrowthBand] = {}
    begins = sorted({start.day for start in growth.stages})
    for start in growth.stages:
        stage = plan.stage(start.stage)
        if stage is None or stage.cost is None:
            continue
        stated = amounts.stated(stage.cost, plan)
        # The line is all that runs: what is stated of the new alone says nothing of it.
        if stated is not None and stated_means(stage, dossier.cost(stage)) is not Basis.NEW:
            after = next((day / days for day in begins if day > start.day), None)
            found[start.day] = GrowthBand(start.day / days, stated, after)
    return tuple(found.values())


def _note(words: Words, changes: Sequence[Change]) -> str:
    begun = [one.name for one in changes if one.begins]
    ended = [one.name for one in changes if not one.begins]
    return ", ".join(
        words.say(f"drawings.{verb}", names=words.joined(names, _NAMED), count=len(names))
        for verb, names in (("begins", begun), ("ends", ended))
        if names
    )


def _told(words: Words, growth: CostGrowth) -> str:
    """Say in words how the figures come about, and what is not in them."""
    moves = growth.before is not None
    told = [words.say("drawings.growth-told-moves" if moves else "drawings.growth-told")]
    if growth.untimed:
        names = words.joined(growth.untimed, _NAMED)
        told.append(words.say("drawings.growth-untimed", names=names, count=len(growth.untimed)))
    if growth.partly:
        names = words.joined(growth.partly, _NAMED)
        told.append(words.say("drawings.growth-partly", names=names))
    if growth.foreign:
        names = words.joined(growth.foreign, _NAMED)
        told.append(words.say("drawings.growth-foreign", names=names))
    if growth.left_out:
        names = words.joined(growth.left_out, _NAMED)
        told.append(words.say("drawings.growth-left-out", names=names))
    return " ".join(told)

"""The stages with their items, and what waits for what."""

from __future__ import annotations

import re
from itertools import pairwise

from statusgen.audit import Verdict as Says
from statusgen.draw.figure import Diagram
from statusgen.draw.ladder import chained, draw_ladder
from statusgen.draw.model import Edge, Ladder, LadderItem, LadderStage, Progress, Verdict
from statusgen.publish.roadmaps.addresses import item_path, roadmap_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing, OfWide
from statusgen.publish.roadmaps.table import To
from statusgen.publish.roadmaps.words import dashed, either, time_told, told, when_told
from statusgen.roadmap.costs import item_costs, means_new, price_of
from statusgen.roadmap.model import Item, Stage, Status, When
from statusgen.roadmap.moments import state_of
from statusgen.roadmap.price import Kind
from statusgen.roadmap.vocabulary import grouped, pattern

PROGRESS: dict[Status, Progress] = {
    Status.CURRENT: "now",
    Status.PLANNED: "planned",
    Status.DONE: "done",
    Status.DROPPED: "dropped",
}
_SHORT = 18
"""A price that is longer, or made of several, is not shown on a card as it was written."""
_LONG = 32
"""What it comes to is not shown where that is longer: its page has it."""


def ladder(dossier: Dossier) -> Drawing:
    """Draw the stages of a roadmap."""

    def draw(to: To, prefix: str) -> Diagram:
        plan = dossier.roadmap
        stages = tuple(_stage(dossier, stage, to) for stage in plan.stages)
        title = dossier.words.say(f"drawings.ladder-{plan.kind}", name=plan.name)
        edges = _edges(dossier, stages)
        picture = Ladder(title=title, stages=stages, edges=edges, words=dossier.words)
        return draw_ladder(picture, prefix)

    return Drawing("ladder", roadmap_path(dossier.id), draw, _reading(dossier))


def _reading(dossier: Dossier) -> tuple[str, ...]:
    plan, say = dossier.roadmap, dossier.words.say
    said = [say(f"drawings.ladder-read-{plan.kind}")]
    if dossier.current:
        names = dossier.words.joined([stage.name for stage in dossier.current], 3)
        key = "now" if len(dossier.current) == 1 else "several"
        said.append(say(f"drawings.ladder-read-{key}", name=names))
    stated = [cost for stage in plan.stages if (cost := stage.cost or stage.cost_impact)]
    if stated:
        said.append(say("drawings.ladder-read-amounts"))
        if not any(cost.period for cost in stated) and not _is_paid_otherwise(dossier):
            said.append(say("drawings.ladder-read-month"))
    if any(_runs_on(dossier, stage) for stage in dossier.roadmap.stages):
        said.append(say("drawings.ladder-read-running"))
    if len(plan.stages) > 1:
        said.append(OfWide(say("drawings.ladder-read-arrows")))
    return tuple(said)


def _is_paid_otherwise(dossier: Dossier) -> bool:
    """Whether a price is paid once, or nobody says how often."""
    services = (item.service for _, item in dossier.roadmap.items())
    untimed = (service is not None and service.period for service in services)
    return any(untimed) or any(cost.new.once for cost in dossier.costs)


def _stage(dossier: Dossier, stage: Stage, to: To) -> LadderStage:
    due = (str(stage.trigger or ""), time_told(dossier.words, stage), str(stage.effort or ""))
    notes = [part for part in due if part]
    stated = stage.cost or stage.cost_impact
    derived = dossier.cost(stage)
    cost = derived.own_change if _moves(stage) else derived.running
    if means_new(stage, derived):
        cost = derived.new  # beside what is stated stands what it speaks of
    itemised = told(dossier.words, cost)
    return LadderStage(
        id=stage.id,
        name=stage.name,
        note=" · ".join(notes),
        progress=PROGRESS[state_of(dossier.roadmap, stage)],
        stated=_bare(dashed(str(stated.stated)).partition(" (")[0]) if stated else "",
        itemised=itemised.text if itemised.known else "",
        running=_runs_on(dossier, stage),
        verdict=_verdict(dossier, stage),
        items=tuple(_item(dossier, item, to) for item in stage.items),
        href=to(stage_path(dossier.id, stage.id)),
    )


def _moves(stage: Stage) -> bool:
    return stage.cost_impact is not None and stage.cost is None


def _runs_on(dossier: Dossier, stage: Stage) -> bool:
    """Whether a stage's sum holds more than the prices on its own cards come to."""
    costs = dossier.cost(stage)
    alone = told(dossier.words, costs.new).text == told(dossier.words, costs.running).text
    known = told(dossier.words, costs.running).known
    return known and not (_moves(stage) or means_new(stage, costs) or alone)


def _verdict(dossier: Dossier, stage: Stage) -> Verdict | None:
    """Say in two words what the audit says of the stage's stated cost."""
    say = dossier.words.say
    subjects = {f"stages.{stage.id}.cost", f"stages.{stage.id}.cost_impact"}
    found = [finding for finding in dossier.findings if finding.subject in subjects]
    if any(one.is_fault and one.shown == Says.CONTRADICTED for one in found):
        return Verdict("bad", say("drawings.contradicted"))
    if any(one.is_fault and one.shown == "wider" for one in found):
        return Verdict("unknown", say("drawings.wider"))
    if any(one.is_fault for one in found):
        return Verdict("unknown", say("drawings.not-derivable"))
    return Verdict("ok", say("drawings.holds")) if found else None


def _item(dossier: Dossier, item: Item, to: To) -> LadderItem:
    services = [item.service] if item.service else list(item.moves_to)
    product = either(dossier.words, [service.name for service in services])
    if not product and item.options:
        chosen = item.chosen.option if item.chosen else ""
        picked = next((o.name for o in item.options if o.id == chosen), "")
        product = picked or dossier.words.say("drawings.options", count=len(item.options))
    when = item.setup or item.when or item.effort
    return LadderItem(
        id=item.id,
        name=item.name,
        detail="" if product == item.name else product,
        when=when_told(dossier.words, when) if isinstance(when, When) else str(when or ""),
        price=_price(dossier, item),
        progress=PROGRESS[item.status],
        href=to(item_path(dossier.roadmap, item.id)),
    )


def _price(dossier: Dossier, item: Item) -> str:
    """Return what an item costs a month, as the table of costs has it, and what it costs once.

    A card has little room: what comes to more is left to the item's page. Where no sum can be
    told, a short price is shown as written; where it takes something of which nobody wrote a
    price, that is said.
    """
    words, price = dossier.words, price_of(item)
    if price is None:
        if not item.cost:
            takes = item.service or item.moves_to or item.chosen
            return words.say("roadmap.not-stated") if takes else ""
        price = item.cost.stated
    if {term.kind for term in price.all_terms} <= {Kind.FREE, Kind.INCLUDED}:
        included = price.terms[0].kind is Kind.INCLUDED
        return words.say("drawings.included" if included else "drawings.free")
    cost = told(words, item_costs(item).written_in(dossier.roadmap.currency).own.cost)
    if cost.known and len(price.alternatives) == 1 and not price.is_change:
        return cost.text if len(cost.text) <= _LONG else ""
    text = _bare(dashed(price.raw))
    single = len(price.alternatives) == 1 and len(price.terms) == 1 and price.terms[0].amount
    if single and len(text) <= _LONG:
        return text
    return text if len(text) <= _SHORT and not re.search(r"[^\W\d_]{3} ", text) else ""


def _bare(text: str) -> str:
    """Leave out "a month": it is what every cost here is for."""
    return _A_MONTH.sub("", text)


_A_MONTH = re.compile(rf"\s?/\s?(?:{pattern(grouped('period')['month'])})$", re.I)


def _edges(dossier: Dossier, stages: tuple[LadderStage, ...]) -> tuple[Edge, ...]:
    """Return the dependencies that the author wrote; without any, the stages in their order."""
    plan = dossier.roadmap
    critical = {pair for chain in plan.critical_path for pair in pairwise(chain)}
    edges = dict.fromkeys(critical, True)
    parts: list[Stage | Item] = [*plan.stages, *(item for _, item in plan.items())]
    for part in parts:
        for before in part.depends_on:
            edges.setdefault((before, part.id), False)
    if not edges:
        ids = {stage.id for stage in stages}
        return tuple(e for e in chained(stages) if e.source in ids and e.target in ids)
    order = {part.id: number for number, part in enumerate(parts)}
    listed = sorted(edges.items(), key=lambda e: (order.get(e[0][0], 0), order.get(e[0][1], 0)))
    marked = bool(critical) and len(critical) < len(edges)
    return tuple(Edge(start, end, critical=marked and heavy) for (start, end), heavy in listed)

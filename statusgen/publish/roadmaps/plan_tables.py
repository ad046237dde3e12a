"""Tables of the plan: stages, what is weak, what to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from statusgen.audit import Finding
from statusgen.publish.links import incident_path
from statusgen.publish.roadmaps.addresses import (
    part_name,
    part_path,
    section_path,
    stage_path,
)
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.stage_names import stage_label
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import (
    days,
    derived_money,
    of_finding,
    stated_money,
)
from statusgen.publish.roadmaps.words import (
    changed,
    dashed,
    formula,
    message,
    once,
    rates_told,
    read_as,
    sentence,
    stated_beneath,
    time_told,
    told,
    when_told,
)
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Path, Stage, StatedCost
from statusgen.roadmap.moments import Moment, state_of
from statusgen.words import Words

NONE = Cell("—")


def moment_cell(words: Words, moment: Moment | None) -> Cell:
    """Return what is derived for a moment, with what is stated beneath."""
    if moment is None:
        return Cell(words.say("roadmap.nothing-stated"))
    said, note = told(words, moment.derived.recurring), once(words, moment.derived)
    parts = said.short if moment.derived.before else ""
    beneath = (f"+ {note}" if note else "", parts, rates_told(words, [moment.derived]))
    told_of = "; ".join(filter(None, (*beneath, stated_beneath(words, moment))))
    return Cell(said.text, note=told_of, value=derived_money(moment.derived))


def stages_table(dossier: Dossier) -> Table:
    """Return the stages with when they are due and what they cost."""
    plan = dossier.roadmap
    if not dossier.has_stage_costs:
        return _unpriced(dossier)
    words, say = dossier.words, dossier.words.say
    changes = any(stage.cost_impact for stage in plan.stages)
    extra = _told_of_stages(dossier)
    rows = []
    for number, stage in enumerate(plan.stages):
        costs = dossier.cost(stage)
        derived = (costs.own_change, costs.own) if changes else (costs.new, costs.running)
        needs = (_bill(words, costs.needed),) if changes and dossier.has_needs else ()
        rows.append(
            (
                Cell(stage_label(plan, stage), stage_path(plan.id, stage.id)),
                Cell(say(f"roadmap.status-{state_of(plan, stage)}")),
                Cell(due(dossier.words, stage)),
                *(cell(stage) for _, cell in extra),
                stated_cell(dossier, number, stage),
                *(
                    Cell(
                        told(words, cost).text,
                        note=told(words, cost).short,
                        value=derived_money(cost),
                    )
                    if dossier.has_derived_costs
                    else NONE
                    for cost in derived
                ),
                *needs,
            )
        )
    names = ["derived-change", "new-services"] if changes else ["added", "runs"]
    names += ["needs"] if changes and dossier.has_needs else []
    return Table(
        name="stages",
        title=say(f"roadmap.every-{plan.kind}"),
        columns=(
            Column(say(f"roadmap.column-{plan.kind}")),
            Column(say("roadmap.column-state"), fixed=True),
            Column(say("roadmap.column-when")),
            *(column for column, _ in extra),
            _stated_column(dossier, (stage.cost for stage in plan.stages)),
            *(Column(say(f"roadmap.column-{name}"), True) for name in names),
        ),
        rows=tuple(rows),
        note=sentence(rates_told(words, (cost.running for cost in dossier.costs))),
    )


def _stated_column(dossier: Dossier, costs: Iterable[StatedCost | None]) -> Column:
    """Return the column of stated costs: of months, unless the period of one is not stated."""
    untimed = any(cost is not None and cost.period for cost in costs)
    name = "column-stated" if untimed else "column-stated-month"
    return Column(dossier.words.say(f"roadmap.{name}"), True)


def _bill(words: Words, cost: Cost) -> Cell:
    return Cell(changed(words, cost), value=derived_money(cost))


def _told_of_stages(dossier: Dossier) -> list[tuple[Column, Callable[[Stage], Cell]]]:
    """Return what only some plans say of their stages: how long they take, what they wait for."""
    stages, say = dossier.roadmap.stages, dossier.words.say
    found: list[tuple[Column, Callable[[Stage], Cell]]] = []
    if any(stage.effort for stage in stages):
        column = Column(say("roadmap.column-effort"))
        found.append((column, lambda stage: Cell(str(stage.effort)) if stage.effort else NONE))
    if any(stage.depends_on for stage in stages):
        column = Column(say("roadmap.waits-for"))
        found.append((column, lambda stage: _named(dossier, stage.depends_on, "—")))
    return found


def _unpriced(dossier: Dossier) -> Table:
    """Return the stages with their items, where no stage costs anything that is known."""
    plan, say = dossier.roadmap, dossier.words.say
    told: list[tuple[Column, Callable[[Stage], Cell]]] = [
        (Column(say("roadmap.column-when")), lambda stage: Cell(due(dossier.words, stage))),
        *_told_of_stages(dossier),
        (
            Column(say("roadmap.column-items")),
            lambda stage: _named(dossier, (item.id for item in stage.items), "—"),
        ),
    ]
    shown = [each for each in told if any(each[1](stage).text != "—" for stage in plan.stages)]
    rows = tuple(
        (
            Cell(stage_label(plan, stage), stage_path(plan.id, stage.id)),
            Cell(say(f"roadmap.status-{state_of(plan, stage)}")),
            *(cell(stage) for _, cell in shown),
        )
        for stage in plan.stages
    )
    columns = [Column(say(f"roadmap.column-{plan.kind}"))]
    columns += [Column(say("roadmap.column-state"), fixed=True)]
    columns += [column for column, _ in shown]
    title = say(f"roadmap.every-{plan.kind}")
    return Table(name="stages", title=title, columns=tuple(columns), rows=rows)


def due(words: Words, stage: Stage) -> str:
    """Say what makes a stage due, or when it is planned."""
    return ", ".join(filter(None, (str(stage.trigger or ""), time_told(words, stage)))) or "—"


def stated_cell(dossier: Dossier, number: int, stage: Stage) -> Cell:
    """Return a stage's stated cost, or change, with the marks of the audit."""
    for name, cost in (("cost", stage.cost), ("cost_impact", stage.cost_impact)):
        if cost is not None:
            return stated(dossier, cost, ("stages", number, name))
    return NONE


def stated(dossier: Dossier, cost: StatedCost, path: Path) -> Cell:
    """Return a stated cost with the marks of the audit."""
    value = stated_money(cost.stated, cost.stated.monthly, dossier.roadmap.currency)
    text = dashed(str(cost.stated))
    return Cell(text, note=cost.note, faults=dossier.faults_at(path), value=value)


def derived_cell(words: Words, finding: Finding | None) -> Cell:
    """Return what the audit derives."""
    if finding is None or not finding.derived:
        return NONE
    return _said(finding, "derived", read_as(words, formula(words, finding.derived)))


def next_table(dossier: Dossier) -> Table:
    """Return what follows the last stage."""
    rows = tuple(
        (
            Cell(item.name),
            Cell(when_told(dossier.words, item.when), value=days(item.when)) if item.when else NONE,
            Cell("; ".join(", ".join(words) for words in item.facets.values()) or item.why or "—"),
        )
        for item in dossier.roadmap.next
    )
    say = dossier.words.say
    columns = (
        Column(say("roadmap.column-what")),
        Column(say("roadmap.column-when"), fixed=True),
        Column(say("roadmap.column-work")),
    )
    title = say("roadmap.what-follows")
    return Table(name="next", title=title, columns=columns, rows=rows)


def columns_of(dossier: Dossier, *names: str) -> tuple[Column, ...]:
    """Return columns by the keys of their titles."""
    return tuple(Column(dossier.words.say(f"roadmap.column-{name}")) for name in names)


def decisions_table(dossier: Dossier) -> Table:
    """Return the decision matrix: if this is needed, go there, at that cost."""
    plan = dossier.roadmap
    rows = []
    for index, decision in enumerate(plan.decisions):
        stage = plan.stage(decision.go)
        cost = stated_cell(dossier, plan.stages.index(stage), stage) if stage else NONE
        rows.append(
            (
                Cell(decision.need, faults=dossier.faults_at(("decisions", index), "need")),
                Cell(part_name(plan, decision.go), part_path(plan, decision.go)),
                Cell(cost.text, faults=cost.faults, value=cost.value),
                Cell(decision.note or "—"),
            )
        )
    say = dossier.words.say
    amount = _stated_column(dossier, (stage.cost for stage in plan.stages))
    return Table(
        name="decisions",
        title=say("roadmap.decisions"),
        columns=(*columns_of(dossier, "needed", "go-to"), amount, *columns_of(dossier, "note")),
        rows=tuple(rows),
    )


def limitations_table(dossier: Dossier) -> Table:
    """Return the weaknesses of what is, what ends them, and the incidents that showed them."""
    plan = dossier.roadmap
    tagged = dossier.live is not None and any(dossier.live.struck.values())
    rows = tuple(
        (
            Cell(one.risk),
            Cell(one.impact),
            _named(dossier, one.resolved_by or _resolvers(dossier, one.id)),
            *((_struck(dossier, one.id),) if tagged else ()),
        )
        for one in plan.limitations
    )
    columns = columns_of(dossier, "weakness", "impact", "ended-by")
    columns += (Column(dossier.words.say("live.column-incidents")),) if tagged else ()
    title = dossier.words.say("roadmap.limitations")
    return Table(name="limitations", title=title, columns=columns, rows=rows)


def _struck(dossier: Dossier, limitation: str) -> Cell:
    live = dossier.live
    found = live.struck.get(limitation, ()) if live is not None else ()
    if live is None or not found:
        return NONE
    lost = dossier.words.duration(sum(one.lasted(live.now) for one in found))
    note = dossier.words.say("live.incidents-lost", count=len(found), length=lost)
    links = tuple((one.title, incident_path(one.id)) for one in found)
    return Cell(", ".join(title for title, _ in links), links=links, note=note, value=len(found))


def _resolvers(dossier: Dossier, limitation: str) -> tuple[str, ...]:
    return tuple(item.id for _, item in dossier.roadmap.items() if limitation in item.resolves)


def _named(dossier: Dossier, parts: Iterable[str], none: str = "") -> Cell:
    none = none or dossier.words.say("roadmap.nothing-yet")
    known = list(parts)
    plan = dossier.roadmap
    links = tuple((part_name(plan, part), part_path(plan, part)) for part in known)
    return Cell(", ".join(name for name, _ in links) or none, links=links)


def _said(finding: Finding, name: str, text: str) -> Cell:
    return Cell(dashed(text), value=of_finding(finding, name, text)) if text else NONE


def findings_table(dossier: Dossier, findings: Iterable[Finding], title: str) -> Table:
    """Return checks of the audit with what they say."""
    audit = section_path(dossier.id, "audit")
    rows, say = [], dossier.words.say
    for finding in findings:
        path = f"{audit}#{dossier.anchors[finding]}" if finding.is_fault else ""
        said = say(f"roadmap.verdict-{'accepted' if finding.accepted else finding.shown}")
        rows.append(
            (
                Cell(finding.rule, path),
                Cell(dashed(message(dossier.words, finding)), note=finding.subject),
                Cell(said),
                _said(finding, "stated", finding.stated),
                derived_cell(dossier.words, finding),
                Cell(f"{finding.line}", value=finding.line),
            )
        )
    return Table(
        name="audit",
        title=title,
        columns=(
            Column(say("roadmap.column-rule"), fixed=True),
            Column(say("roadmap.column-finding")),
            Column(say("roadmap.column-verdict"), fixed=True),
            Column(say("roadmap.column-stated")),
            Column(say("roadmap.column-derived")),
            Column(say("roadmap.column-line"), True),
        ),
        rows=tuple(rows),
    )

"""Tables of the plan: roadmaps, stages, what is promised, what is weak, what to choose."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.publish.roadmaps.addresses import (
    part_name,
    part_path,
    roadmap_path,
    section_path,
    stage_path,
)
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import (
    days,
    derived_money,
    figure,
    of_finding,
    stated_money,
)
from statusgen.publish.roadmaps.words import (
    KIND_WORDS,
    PLURALS,
    SPOKEN,
    STATUS_WORDS,
    VERDICT_WORDS,
    changed,
    dashed,
    told,
)
from statusgen.roadmap.audit import Finding
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Criterion, Path, Stage, StatedCost
from statusgen.roadmap.moments import Moment, together

NONE = Cell("—")


def library_table(library: Library) -> Table:
    """Return all roadmaps with what they cost and what is open."""
    rows = []
    for one in library.dossiers:
        plan = one.roadmap
        now = one.current.name if one.current else "not begun"
        count = len(one.faults)
        rows.append(
            (
                Cell(plan.name, roadmap_path(plan.id)),
                Cell(
                    f"{len(plan.stages)} {PLURALS[plan.kind]}",
                    key=str(len(plan.stages)),
                    value=len(plan.stages),
                ),
                Cell(now),
                moment_cell(one.now),
                moment_cell(one.then),
                Cell(
                    str(count), section_path(plan.id, "audit") if one.findings else "", value=count
                ),
            )
        )
    sums: tuple[tuple[Cell, ...], ...] = ()
    if len(rows) > 1:
        now_sum = together(one.now for one in library.dossiers)
        then_sum = together(one.then for one in library.dossiers)
        faults = sum(len(one.faults) for one in library.dossiers)
        first = Cell("All, as far as derived")
        costs = tuple(Cell(told(one).text, value=derived_money(one)) for one in (now_sum, then_sum))
        sums = ((first, Cell(""), Cell(""), *costs, Cell(str(faults), value=faults)),)
    return Table(
        name="roadmaps",
        title="Roadmaps",
        columns=(
            Column("Roadmap"),
            Column("Length", fixed=True),
            Column("Where it is"),
            Column("Cost a month now", True),
            Column("Cost a month at the end", True),
            Column("Open findings", True),
        ),
        rows=tuple(rows),
        sums=sums,
    )


def moment_cell(moment: Moment | None) -> Cell:
    """Return what is derived for a moment, with what is stated beneath."""
    if moment is None:
        return NONE
    said = told(moment.derived)
    note = f"stated {dashed(str(moment.stated))}" if moment.stated else ""
    return Cell(said.text, note=note, value=derived_money(moment.derived))


def stages_table(dossier: Dossier) -> Table:
    """Return the stages with when they are due and what they cost."""
    plan = dossier.roadmap
    if not dossier.has_stage_costs:
        return _unpriced(dossier)
    word = KIND_WORDS[plan.kind]
    changes = any(stage.cost_impact for stage in plan.stages)
    rows = []
    for number, stage in enumerate(plan.stages):
        costs = dossier.cost(stage)
        derived = (costs.own_change, costs.own) if changes else (costs.new, costs.running)
        needs = (_bill(costs.needed),) if changes and dossier.has_needs else ()
        rows.append(
            (
                Cell(f"{stage.number or number + 1}. {stage.name}", stage_path(plan.id, stage.id)),
                Cell(STATUS_WORDS[stage.status]),
                Cell(due(stage)),
                stated_cell(dossier, number, stage),
                *(
                    Cell(told(cost).text, note=told(cost).short, value=derived_money(cost))
                    for cost in derived
                ),
                *needs,
            )
        )
    titles = ["Derived change", "New services"] if changes else ["Added", "Running"]
    titles += [SPOKEN.say("roadmap.column-needs")] if changes and dossier.has_needs else []
    return Table(
        name="stages",
        title=PLURALS[plan.kind].capitalize(),
        columns=(
            Column(word),
            Column("State", fixed=True),
            Column("When"),
            Column("Stated a month", True),
            *(Column(title, True) for title in titles),
        ),
        rows=tuple(rows),
    )


def _bill(cost: Cost) -> Cell:
    return Cell(changed(cost), value=derived_money(cost))


def _unpriced(dossier: Dossier) -> Table:
    """Return the stages with their items, where no stage costs anything that is known."""
    plan = dossier.roadmap
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Cell(f"{stage.number or number}. {stage.name}", stage_path(plan.id, stage.id)),
            Cell(STATUS_WORDS[stage.status]),
            Cell(due(stage)),
            _named(dossier, (item.id for item in stage.items), "—"),
        )
        for number, stage in enumerate(plan.stages, 1)
    )
    columns = [Column(KIND_WORDS[plan.kind]), Column("State", fixed=True)]
    columns += [Column("When"), Column("Items")]
    if all(row[2].text == "—" for row in rows):
        columns.pop(2)
        rows = tuple((*row[:2], row[3]) for row in rows)
    title = PLURALS[plan.kind].capitalize()
    return Table(name="stages", title=title, columns=tuple(columns), rows=rows)


def due(stage: Stage) -> str:
    """Say what makes a stage due, or when it is planned."""
    return ", ".join(str(part) for part in (stage.trigger, stage.when) if part) or "—"


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


def derived_cell(finding: Finding | None) -> Cell:
    """Return what the audit derives."""
    if finding is None or not finding.derived:
        return NONE
    return _said(finding, "derived", finding.derived)


def next_table(dossier: Dossier) -> Table:
    """Return what follows the last stage."""
    rows = tuple(
        (
            Cell(item.name),
            Cell(str(item.when), value=days(item.when)) if item.when else NONE,
            Cell("; ".join(", ".join(words) for words in item.facets.values()) or item.why or "—"),
        )
        for item in dossier.roadmap.next
    )
    columns = (Column("What"), Column("When", fixed=True), Column("Work"))
    return Table(name="next", title="What follows", columns=columns, rows=rows)


def promises_table(dossier: Dossier) -> Table:
    """Return the success criteria with what the audit derives of them."""
    derived = {finding.subject: finding for finding in dossier.findings}
    rows = []
    for index, criterion in enumerate(dossier.roadmap.success):
        finding = derived.get(f"success.{criterion.id}")
        rows.append(
            (
                Cell(criterion.text),
                Cell(
                    dashed(str(criterion.target)),
                    faults=dossier.faults_at(("success", index)),
                    value=figure(criterion.target),
                ),
                Cell(str(criterion.stated or criterion.baseline or "—")),
                derived_cell(finding),
                _measured_by(dossier, criterion),
            )
        )
    return Table(
        name="success",
        title="What it must achieve",
        columns=(
            Column("Criterion"),
            Column("Target", fixed=True),
            Column("Stated"),
            Column("Derived"),
            Column("Measured on"),
        ),
        rows=tuple(rows),
    )


def triggers_table(dossier: Dossier) -> Table:
    """Return what makes going back necessary."""
    rows = tuple(
        (
            Cell(trigger.text),
            Cell(str(trigger.target), value=figure(trigger.target)),
            Cell(str(trigger.baseline or "—")),
            _measured_by(dossier, trigger),
        )
        for trigger in dossier.roadmap.rollback.triggers
    )
    columns = (Column("Go back at"), Column("Limit"), Column("Usual"), Column("Measured on"))
    return Table(name="rollback", title="What makes us go back", columns=columns, rows=rows)


def _measured_by(dossier: Dossier, criterion: Criterion) -> Cell:
    return Cell(", ".join(criterion.components) or "—")


def metrics_table(dossier: Dossier) -> Table:
    """Return the figures to watch."""
    rows = tuple(
        (
            Cell(one.name),
            Cell(str(one.alert), value=figure(one.alert)),
            Cell(", ".join(one.tools) or "—"),
        )
        for one in dossier.roadmap.metrics
    )
    columns = (Column("Figure"), Column("Alert at"), Column("Watched with"))
    return Table(name="metrics", title="What is watched", columns=columns, rows=rows)


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
    columns = (Column("What is needed"), Column("Where to go"), Column("Stated a month", True))
    return Table(
        name="decisions",
        title="Which way to go",
        columns=(*columns, Column("Note")),
        rows=tuple(rows),
    )


def limitations_table(dossier: Dossier) -> Table:
    """Return the weaknesses of what is, and what ends them."""
    plan = dossier.roadmap
    rows = tuple(
        (
            Cell(one.risk),
            Cell(one.impact),
            _named(dossier, one.resolved_by or _resolvers(dossier, one.id)),
        )
        for one in plan.limitations
    )
    columns = (Column("Weakness"), Column("What follows"), Column("Ended by"))
    return Table(name="limitations", title="What is weak today", columns=columns, rows=rows)


def _resolvers(dossier: Dossier, limitation: str) -> tuple[str, ...]:
    return tuple(item.id for _, item in dossier.roadmap.items() if limitation in item.resolves)


def _named(dossier: Dossier, parts: Iterable[str], none: str = "nothing yet") -> Cell:
    known = list(parts)
    plan = dossier.roadmap
    links = tuple((part_name(plan, part), part_path(plan, part)) for part in known)
    return Cell(", ".join(name for name, _ in links) or none, links=links)


def _said(finding: Finding, name: str, text: str) -> Cell:
    return Cell(dashed(text), value=of_finding(finding, name, text)) if text else NONE


def findings_table(dossier: Dossier, findings: Iterable[Finding], title: str) -> Table:
    """Return checks of the audit with what they say."""
    audit = section_path(dossier.id, "audit")
    rows = []
    for finding in findings:
        path = f"{audit}#{dossier.anchors[finding]}" if finding.is_fault else ""
        said = "Accepted" if finding.accepted else VERDICT_WORDS[finding.verdict]
        rows.append(
            (
                Cell(finding.rule, path),
                Cell(finding.subject),
                Cell(said),
                _said(finding, "stated", finding.stated),
                derived_cell(finding),
                Cell(f"{finding.line}", value=finding.line),
            )
        )
    return Table(
        name="audit",
        title=title,
        columns=(
            Column("Rule", fixed=True),
            Column("About"),
            Column("Verdict", fixed=True),
            Column("Stated"),
            Column("Derived"),
            Column("Line", True),
        ),
        rows=tuple(rows),
    )

"""Tables of the plan: roadmaps, stages, what is promised, what is weak, what to choose."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.audit import Finding
from statusgen.gates.gate import Kind
from statusgen.publish.promises import gate_figure, gate_note
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
    changed,
    dashed,
    formula,
    told,
)
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Criterion, Path, Stage, StatedCost
from statusgen.roadmap.moments import Moment, together
from statusgen.words import Words

NONE = Cell("—")


def library_table(library: Library) -> Table:
    """Return all roadmaps with what they cost and what is open."""
    rows, words, say = [], library.words, library.words.say
    for one in library.dossiers:
        plan = one.roadmap
        count = len(one.faults)
        rows.append(
            (
                Cell(plan.name, roadmap_path(plan.id)),
                Cell(
                    say(f"roadmap.n-{plan.kind}", count=len(plan.stages)),
                    key=str(len(plan.stages)),
                    value=len(plan.stages),
                ),
                Cell(one.whereabouts),
                moment_cell(words, one.now),
                moment_cell(words, one.then),
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
        first = Cell(say("roadmap.all-derived"))
        costs = tuple(
            Cell(told(words, one).text, value=derived_money(one)) for one in (now_sum, then_sum)
        )
        sums = ((first, Cell(""), Cell(""), *costs, Cell(str(faults), value=faults)),)
    return Table(
        name="roadmaps",
        title=say("roadmap.roadmaps"),
        columns=(
            Column(say("roadmap.column-roadmap")),
            Column(say("roadmap.column-length"), fixed=True),
            Column(say("roadmap.column-where")),
            Column(say("roadmap.column-cost-now"), True),
            Column(say("roadmap.column-cost-end"), True),
            Column(say("roadmap.column-findings"), True),
        ),
        rows=tuple(rows),
        sums=sums,
    )


def moment_cell(words: Words, moment: Moment | None) -> Cell:
    """Return what is derived for a moment, with what is stated beneath."""
    if moment is None:
        return Cell(words.say("roadmap.nothing-stated"))
    said, note = told(words, moment.derived), ""
    if moment.stated:
        note = words.say("roadmap.stated-amount", amount=dashed(str(moment.stated)))
    return Cell(said.text, note=note, value=derived_money(moment.derived))


def stages_table(dossier: Dossier) -> Table:
    """Return the stages with when they are due and what they cost."""
    plan = dossier.roadmap
    if not dossier.has_stage_costs:
        return _unpriced(dossier)
    words, say = dossier.words, dossier.words.say
    changes = any(stage.cost_impact for stage in plan.stages)
    rows = []
    for number, stage in enumerate(plan.stages):
        costs = dossier.cost(stage)
        derived = (costs.own_change, costs.own) if changes else (costs.new, costs.running)
        needs = (_bill(words, costs.needed),) if changes and dossier.has_needs else ()
        rows.append(
            (
                Cell(f"{stage.number or number + 1}. {stage.name}", stage_path(plan.id, stage.id)),
                Cell(say(f"roadmap.status-{stage.status}")),
                Cell(due(stage)),
                stated_cell(dossier, number, stage),
                *(
                    Cell(
                        told(words, cost).text,
                        note=told(words, cost).short,
                        value=derived_money(cost),
                    )
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
            Column(say("roadmap.column-stated-month"), True),
            *(Column(say(f"roadmap.column-{name}"), True) for name in names),
        ),
        rows=tuple(rows),
    )


def _bill(words: Words, cost: Cost) -> Cell:
    return Cell(changed(words, cost), value=derived_money(cost))


def _unpriced(dossier: Dossier) -> Table:
    """Return the stages with their items, where no stage costs anything that is known."""
    plan, say = dossier.roadmap, dossier.words.say
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Cell(f"{stage.number or number}. {stage.name}", stage_path(plan.id, stage.id)),
            Cell(say(f"roadmap.status-{stage.status}")),
            Cell(due(stage)),
            _named(dossier, (item.id for item in stage.items), "—"),
        )
        for number, stage in enumerate(plan.stages, 1)
    )
    columns = [Column(say(f"roadmap.column-{plan.kind}"))]
    columns += [Column(say("roadmap.column-state"), fixed=True)]
    columns += [Column(say(f"roadmap.column-{name}")) for name in ("when", "items")]
    if all(row[2].text == "—" for row in rows):
        columns.pop(2)
        rows = tuple((*row[:2], row[3]) for row in rows)
    title = say(f"roadmap.every-{plan.kind}")
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


def derived_cell(words: Words, finding: Finding | None) -> Cell:
    """Return what the audit derives."""
    if finding is None or not finding.derived:
        return NONE
    return _said(finding, "derived", formula(words, finding.derived))


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
    say = dossier.words.say
    columns = (
        Column(say("roadmap.column-what")),
        Column(say("roadmap.column-when"), fixed=True),
        Column(say("roadmap.column-work")),
    )
    title = say("roadmap.what-follows")
    return Table(name="next", title=title, columns=columns, rows=rows)


def promises_table(dossier: Dossier) -> Table:
    """Return the success criteria with what the audit derives of them."""
    derived = {finding.subject: finding for finding in dossier.findings}
    rows, say = [], dossier.words.say
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
                derived_cell(dossier.words, finding),
                *_standing(dossier, Kind.SUCCESS, criterion.id),
                _measured_by(dossier, criterion),
            )
        )
    return Table(
        name="success",
        title=say("roadmap.success"),
        columns=(
            Column(say("roadmap.column-criterion")),
            Column(say("roadmap.column-target"), fixed=True),
            Column(say("roadmap.column-stated")),
            Column(say("roadmap.column-derived")),
            *_standing_column(dossier),
            Column(say("roadmap.column-measured-on")),
        ),
        rows=tuple(rows),
    )


def _standing_column(dossier: Dossier) -> tuple[Column, ...]:
    """Return the column of what was measured; none where nothing ever was."""
    return (Column(dossier.words.say("promises.column-measured")),) if dossier.gates else ()


def _standing(dossier: Dossier, kind: Kind, identifier: str) -> tuple[Cell, ...]:
    """Return how a promise stands, where there is such a column."""
    if not dossier.gates:
        return ()
    gate = dossier.gate(kind, identifier)
    if gate is None:
        return (NONE,)
    figure = gate_figure(dossier.words, gate)
    return (Cell(figure, note=gate_note(dossier.words, dossier.zone, gate)),)


def triggers_table(dossier: Dossier) -> Table:
    """Return what makes going back necessary."""
    rows = tuple(
        (
            Cell(trigger.text),
            Cell(str(trigger.target), value=figure(trigger.target)),
            Cell(str(trigger.baseline or "—")),
            *_standing(dossier, Kind.TRIGGER, trigger.id),
            _measured_by(dossier, trigger),
        )
        for trigger in dossier.roadmap.rollback.triggers
    )
    columns = (
        *_columns(dossier, "go-back-at", "limit", "usual"),
        *_standing_column(dossier),
        *_columns(dossier, "measured-on"),
    )
    title = dossier.words.say("roadmap.triggers")
    return Table(name="rollback", title=title, columns=columns, rows=rows)


def _columns(dossier: Dossier, *names: str) -> tuple[Column, ...]:
    return tuple(Column(dossier.words.say(f"roadmap.column-{name}")) for name in names)


def _measured_by(dossier: Dossier, criterion: Criterion) -> Cell:
    return Cell(", ".join(criterion.components) or "—")


def metrics_table(dossier: Dossier) -> Table:
    """Return the figures to watch."""
    rows = tuple(
        (
            Cell(one.name),
            Cell(str(one.alert), value=figure(one.alert)),
            *_standing(dossier, Kind.METRIC, one.id),
            Cell(", ".join(one.tools) or "—"),
        )
        for one in dossier.roadmap.metrics
    )
    columns = (
        *_columns(dossier, "figure", "alert-at"),
        *_standing_column(dossier),
        *_columns(dossier, "watched-with"),
    )
    title = dossier.words.say("roadmap.metrics")
    return Table(name="metrics", title=title, columns=columns, rows=rows)


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
    amount = Column(say("roadmap.column-stated-month"), True)
    return Table(
        name="decisions",
        title=say("roadmap.decisions"),
        columns=(*_columns(dossier, "needed", "go-to"), amount, *_columns(dossier, "note")),
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
    columns = _columns(dossier, "weakness", "impact", "ended-by")
    title = dossier.words.say("roadmap.limitations")
    return Table(name="limitations", title=title, columns=columns, rows=rows)


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
        said = say(f"roadmap.verdict-{'accepted' if finding.accepted else finding.verdict}")
        rows.append(
            (
                Cell(finding.rule, path),
                Cell(finding.subject),
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
            Column(say("roadmap.column-about")),
            Column(say("roadmap.column-verdict"), fixed=True),
            Column(say("roadmap.column-stated")),
            Column(say("roadmap.column-derived")),
            Column(say("roadmap.column-line"), True),
        ),
        rows=tuple(rows),
    )

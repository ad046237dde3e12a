"""Tables of what a roadmap promises: success criteria, reasons to go back, figures to watch."""

from __future__ import annotations

from statusgen.base.clock import DAY
from statusgen.gates.gate import Gate, Kind
from statusgen.gates.readiness import State
from statusgen.gates.series import midnight
from statusgen.publish.promises import gate_figure, gate_note, proof_lines
from statusgen.publish.readiness import readiness_line, state_text
from statusgen.publish.roadmaps.addresses import stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, columns_of, derived_cell, due
from statusgen.publish.roadmaps.stage_names import stage_label
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Mark, Table
from statusgen.publish.roadmaps.values import figure
from statusgen.publish.roadmaps.words import dashed
from statusgen.roadmap.model import Criterion, Stage


def promises_table(dossier: Dossier) -> Table:
    """Return the success criteria with what the audit derives of them."""
    derived = {finding.subject: finding for finding in dossier.findings}
    rows, say = [], dossier.words.say
    for index, criterion in enumerate(dossier.roadmap.success):
        finding = derived.get(f"success.{criterion.id}")
        rows.append(
            (
                Cell(criterion.text, note="; ".join(criterion.notes)),
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
    note = gate_note(dossier.words, dossier.zone, gate)
    return (Cell(figure, note=note, mark=gate_mark(gate)),)


def triggers_table(dossier: Dossier) -> Table:
    """Return what makes going back necessary."""
    rows = tuple(
        (
            Cell(trigger.text, note="; ".join(trigger.notes)),
            Cell(str(trigger.target), value=figure(trigger.target)),
            Cell(str(trigger.baseline or "—")),
            *_standing(dossier, Kind.TRIGGER, trigger.id),
            _measured_by(dossier, trigger),
        )
        for trigger in dossier.roadmap.rollback.triggers
    )
    columns = (
        *columns_of(dossier, "go-back-at", "limit", "usual"),
        *_standing_column(dossier),
        *columns_of(dossier, "measured-on"),
    )
    title = dossier.words.say("roadmap.triggers")
    return Table(name="rollback", title=title, columns=columns, rows=rows)


def _measured_by(dossier: Dossier, criterion: Criterion) -> Cell:
    return Cell(", ".join(criterion.components) or "—")


def metrics_table(dossier: Dossier) -> Table:
    """Return the figures to watch."""
    rows = tuple(
        (
            Cell(one.name, note="; ".join(one.notes)),
            Cell(str(one.alert), value=figure(one.alert)),
            *_standing(dossier, Kind.METRIC, one.id),
            Cell(", ".join(one.tools) or "—"),
        )
        for one in dossier.roadmap.metrics
    )
    columns = (
        *columns_of(dossier, "figure", "alert-at"),
        *_standing_column(dossier),
        *columns_of(dossier, "watched-with"),
    )
    title = dossier.words.say("roadmap.metrics")
    return Table(name="metrics", title=title, columns=columns, rows=rows)


def gates_tables(dossier: Dossier) -> list[Table]:
    """Return all promises of a roadmap by kind: how they stand, since when, how sure that is."""
    titles = {
        Kind.SUCCESS: "roadmap.success",
        Kind.FORECAST: "live.promises-expected",
        Kind.STAGE: "promises.stages",
        Kind.TRIGGER: "roadmap.triggers",
        Kind.METRIC: "roadmap.metrics",
    }
    made = []
    for kind, title in titles.items():
        rows = [_gate_row(dossier, gate) for gate in dossier.gates if gate.kind is kind]
        if not rows:
            continue
        keys = [
            "promises.column-promise",
            "roadmap.column-target",
            "promises.column-measured",
            "promises.column-verdict",
            "promises.column-proof",
        ]
        if all(row[-1].text == EMPTY for row in rows):  # nothing here is proved by checks
            keys, rows = keys[:-1], [row[:-1] for row in rows]
        made.append(
            Table(
                name=f"gates-{kind}",
                title=dossier.words.say(title),
                columns=tuple(Column(dossier.words.say(key)) for key in keys),
                rows=tuple(rows),
            )
        )
    return made


def gate_mark(gate: Gate) -> Mark:
    """Return the sign of a verdict; a number of users that is not reached is no fault."""
    if gate.good is None or (gate.kind is Kind.STAGE and not gate.good):
        return "open" if gate.good is None else ""
    return "good" if gate.good else "bad"


def _gate_row(dossier: Dossier, gate: Gate) -> tuple[Cell, ...]:
    words = dossier.words
    proof = [] if gate.standing is None else proof_lines(words, gate.standing)
    path = stage_path(dossier.id, gate.id) if gate.kind is Kind.STAGE else ""
    verdict, _, rest = gate_note(words, dossier.zone, gate).partition(" · ")
    return (
        Cell(gate.text, path),
        Cell(dashed(gate.target)),
        Cell(gate_figure(words, gate)),
        Cell(verdict, note=rest, mark=gate_mark(gate)),
        Cell(" ".join(proof) or EMPTY),
    )


def stage_gate(dossier: Dossier, stage: Stage) -> list[str]:
    """Say line by line how far what makes a stage due has come; nothing where none is counted."""
    gate = dossier.gate(Kind.STAGE, stage.id)
    if gate is None:
        return []
    first, *rest = gate_note(dossier.words, dossier.zone, gate).split(" · ")
    figure = gate_figure(dossier.words, gate)
    return [first if gate.figure is None else f"{figure}: {first}", *rest]


def stage_arrival(dossier: Dossier, stage: Stage) -> str:
    """Say whether what makes a stage due comes before the work on it is done; else empty."""
    gate = dossier.gate(Kind.STAGE, stage.id)
    dates = stage.when.dates(dossier.roadmap.start) if stage.when else None
    if gate is None or gate.crossing is None or dates is None or dates[1] is None:
        return ""
    early = midnight(dates[1], dossier.zone) - gate.crossing.likely
    key = "before" if early > 0 else "after"
    days = dossier.words.duration(max(DAY, abs(early) // DAY * DAY))
    return dossier.words.say(f"promises.arrives-{key}", target=gate.target, days=days)


def stage_readiness(dossier: Dossier, stage: Stage) -> tuple[str, str]:
    """Say whether a stage may begin, and because of what; empty where nothing was measured."""
    found = dossier.readiness.get(stage.id)
    if found is None:
        return "", ""
    state = state_text(dossier.words, found)
    line = readiness_line(dossier.words, dossier.zone, dossier.roadmap, found)
    rest = line.removeprefix(state).lstrip(",:;. 。，：")
    return state, f"{rest[:1].upper()}{rest[1:]}"


def following_readiness(dossier: Dossier) -> str:
    """Say whether the next stage may begin, and because of what; empty where there is none."""
    stage = dossier.following
    found = dossier.readiness.get(stage.id) if stage else None
    if found is None or found.state is State.UNASKED:
        return ""
    return readiness_line(dossier.words, dossier.zone, dossier.roadmap, found)


def readiness_table(dossier: Dossier) -> Table:
    """Return which stages may begin, and because of what not."""
    rows = []
    for stage in dossier.roadmap.stages:
        state, because = stage_readiness(dossier, stage)
        found = dossier.readiness.get(stage.id)
        marks: dict[State, Mark] = {
            State.READY: "good", State.NOT_READY: "bad", State.UNKNOWN: "open"
        }  # fmt: skip
        rows.append(
            (
                Cell(stage_label(dossier.roadmap, stage), stage_path(dossier.id, stage.id)),
                Cell(due(dossier.words, stage)),
                Cell(state, note=because, mark=marks.get(found.state, "") if found else ""),
            )
        )
    kind, say = dossier.roadmap.kind, dossier.words.say
    return Table(
        name="readiness",
        title=say(f"roadmap.every-{kind}"),
        columns=(
            Column(say(f"roadmap.column-{kind}")),
            Column(say("roadmap.column-when")),
            Column(say("promises.readiness")),
        ),
        rows=tuple(rows),
    )

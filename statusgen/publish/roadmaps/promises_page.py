"""The page of all promises: to visitors, and of every roadmap."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.gates.gate import Kind
from statusgen.publish.links import component_path
from statusgen.publish.promises import (
    counted_text,
    gate_figure,
    gate_note,
    objective_row,
)
from statusgen.publish.roadmaps.addresses import section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.promise_tables import gate_mark
from statusgen.publish.roadmaps.table import Cell, Column, Mark, Table
from statusgen.publish.roadmaps.words import dashed
from statusgen.status.standing import Verdict
from statusgen.words import Words

_MARKS: dict[Verdict, Mark] = {
    Verdict.MET: "good",
    Verdict.MISSED: "bad",
    Verdict.UNKNOWN: "open",
}
_ORDER = (Kind.SUCCESS, Kind.FORECAST, Kind.STAGE, Kind.TRIGGER, Kind.METRIC)


def promise_overview(library: Library) -> list[Table]:
    """Return a table of the objectives, and one of each roadmap that promises anything."""
    made = [_objectives(library)] if library.objectives else []
    return [*made, *(_of_roadmap(each) for each in library.dossiers if each.gates)]


def counts(dossier: Dossier) -> str:
    """Say how many promises of a roadmap are kept, broken and open."""
    return counted_text(dossier.words, dossier.gates)


def all_counts(library: Library) -> str:
    """Say how many promises of all roadmaps are kept, broken and open."""
    return counted_text(library.words, [gate for each in library.dossiers for gate in each.gates])


def _objectives(library: Library) -> Table:
    words = library.words
    zone = library.dossiers[0].zone
    rows = []
    for one in library.objectives:
        _, _, name, target, figure, note = objective_row(words, zone, one)
        links = tuple((each, f"{component_path(each)}#objectives") for each in one.components)
        about = Cell(", ".join(one.components), links=links)
        verdict, _, rest = note.partition(" · ")
        rows.append(
            (
                Cell(name),
                about,
                Cell(target),
                Cell(figure),
                Cell(verdict, note=rest, mark=_MARKS[one.standing.verdict]),
            )
        )
    keys = ("promise", "about", "target", "measured", "verdict")
    return Table(
        name="objectives",
        title=words.say("promises.title"),
        columns=tuple(_columns(words, keys)),
        rows=tuple(rows),
    )


def _of_roadmap(dossier: Dossier) -> Table:
    words = dossier.words
    rows = []
    ordered = [gate for kind in _ORDER for gate in dossier.gates if gate.kind is kind]
    for first in (True, False):  # what is not as wished stands first
        for gate in ordered:
            kind = gate.kind
            if (gate_mark(gate) == "bad") is not first:
                continue
            path = section_path(dossier.id, "gates")
            if kind is Kind.STAGE:
                path = stage_path(dossier.id, gate.id)
            verdict, _, rest = gate_note(words, dossier.zone, gate).partition(" · ")
            rows.append(
                (
                    Cell(gate.text, path),
                    Cell(words.say(f"promises.kind-{kind}")),
                    Cell(dashed(gate.target)),
                    Cell(gate_figure(words, gate)),
                    Cell(verdict, note=rest, mark=gate_mark(gate)),
                )
            )
    keys = ("promise", "kind", "target", "measured", "verdict")
    return Table(
        name=f"promises-{dossier.id}",
        title=dossier.roadmap.name,
        columns=tuple(_columns(words, keys)),
        rows=tuple(rows),
    )


def _columns(words: Words, keys: tuple[str, ...]) -> Iterator[Column]:
    for key in keys:
        place = "roadmap" if key == "target" else "promises"
        yield Column(words.say(f"{place}.column-{key}"))

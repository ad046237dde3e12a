"""The page of all claims: every stated number and promise, how it was checked, when it held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from statusgen.gates.ledger import WIZARD, Entry, How, State, audited, promised_to_visitors
from statusgen.publish.links import component_path
from statusgen.publish.promises import gate_figure, gate_note, objective_row
from statusgen.publish.roadmaps.addresses import PROMISES, roadmap_path, section_path
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.plan_tables import derived_cell
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Mark, Table
from statusgen.publish.roadmaps.words import dashed, message
from statusgen.words import Words

_ONE_LINE = 22
"""Letters of what is stated that are not broken over two lines."""
_MARKS: dict[State, Mark] = {
    State.HOLDS: "good",
    State.BROKEN: "bad",
    State.ACCEPTED: "bad",
    State.OPEN: "open",
    State.UNCHECKED: "open",
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What the page says of one document."""

    id: str
    name: str
    path: str
    """Where the document itself is told, from the site's root."""
    counts: str
    doubtful: Table | None
    """What does not hold, and what is open."""
    holding: Table | None
    unchecked: Table | None
    """What nothing checks."""


def all_claims(library: Library) -> list[Claims]:
    """Return what the page says of the promises to visitors, and of each document that states."""
    words, found = library.words, []
    if library.objectives:
        entries = promised_to_visitors(library.objectives, library.configuration)
        found.append(_claims(library, "objectives", words.say("promises.title"), PROMISES, entries))
    for each in library.dossiers:
        if each.ledger:
            path = roadmap_path(each.id)
            found.append(_claims(library, each.id, each.roadmap.name, path, each.ledger))
    if library.wizard is not None and library.wizard.findings:
        entries = tuple(audited(WIZARD, library.wizard.findings))
        name = library.wizard.wizard.name
        found.append(_claims(library, "wizard", name, "wizard/", entries))
    return found


def _claims(
    library: Library, identifier: str, name: str, path: str, entries: Sequence[Entry]
) -> Claims:
    words = library.words
    alone = (State.HOLDS, State.UNCHECKED)
    tables = {
        "claims": [each for each in entries if each.state not in alone],
        "holding": [each for each in entries if each.state is State.HOLDS],
        "unchecked": [each for each in entries if each.state is State.UNCHECKED],
    }
    titles = {
        "claims": words.say("claims.doubtful"),
        "holding": words.say("claims.holding", count=len(tables["holding"])),
        "unchecked": words.say("claims.unchecked", count=len(tables["unchecked"])),
    }
    made = {
        key: (_unchecked if key == "unchecked" else _table)(
            library, f"{key}-{identifier}", titles[key], found
        )
        for key, found in tables.items()
        if found
    }
    return Claims(
        identifier,
        name,
        path,
        _counted(words, entries),
        made.get("claims"),
        made.get("holding"),
        made.get("unchecked"),
    )


def _counted(words: Words, entries: Sequence[Entry]) -> str:
    found = Counter(entry.state for entry in entries)
    return words.say(
        "claims.counts",
        holds=words.number(found[State.HOLDS]),
        broken=words.number(found[State.BROKEN] + found[State.ACCEPTED]),
        open=words.number(found[State.OPEN]),
        unchecked=words.number(found[State.UNCHECKED]),
    )


def _table(library: Library, name: str, title: str, entries: Sequence[Entry]) -> Table:
    say = library.words.say
    keys = ("claim", "stated", "found", "checked", "verdict", "held", "where")
    places = {"stated": "roadmap", "found": "roadmap", "verdict": "promises"}
    names = {"found": "derived"}
    short = max(len(entry.stated) for entry in entries) <= _ONE_LINE
    return Table(
        name=name,
        title=title,
        columns=tuple(
            Column(
                say(f"{places.get(key, 'claims')}.column-{names.get(key, key)}"),
                fixed=key == "where" or (key == "stated" and short),
            )
            for key in keys
        ),
        rows=tuple(_row(library, entry) for entry in entries),
    )


def _row(library: Library, entry: Entry) -> tuple[Cell, ...]:
    words = library.words
    path, found, verdict, note = _judged(library, entry)
    return (
        Cell(entry.text, path),
        Cell(dashed(entry.stated) or EMPTY),
        found,
        Cell(words.say(f"claims.how-{entry.how}", **_rule(entry))),
        Cell(verdict, note=note, mark=_MARKS[entry.state]),
        Cell(_held(library, entry)),
        _place(entry),
    )


def _judged(library: Library, entry: Entry) -> tuple[str, Cell, str, str]:
    """Return where an entry is told in full, what was found, the verdict, and what goes with it."""
    words = library.words
    if entry.gate is not None:
        verdict, _, note = gate_note(words, library.zone, entry.gate).partition(" · ")
        path = section_path(entry.document, "gates")
        return path, Cell(gate_figure(words, entry.gate)), verdict, note
    if entry.objective is not None:
        *_, figure, told = objective_row(words, library.zone, entry.objective)
        verdict, _, note = told.partition(" · ")
        first = next(iter(entry.objective.components), "")
        return f"{component_path(first)}#objectives", Cell(figure), verdict, note
    finding = entry.finding
    assert finding is not None
    path = library.finding_path(finding) if finding.is_fault else ""
    note = finding.accepted or (message(words, finding) if finding.is_fault else "")
    return path, derived_cell(words, finding), words.say(f"claims.state-{entry.state}"), note


def _place(entry: Entry) -> Cell:
    return Cell(f"{entry.file.rpartition('/')[2]}:{entry.line}")


def _rule(entry: Entry) -> dict[str, str]:
    return {"rule": entry.rule} if entry.how is How.ARITHMETIC else {}


def _held(library: Library, entry: Entry) -> str:
    """Say when a claim last held; arithmetic holds or does not, whatever the day."""
    if entry.state is State.HOLDS:
        return library.words.say("claims.held-now")
    if entry.held is not None:
        return library.words.dated_day(datetime.fromtimestamp(entry.held, library.zone).date())
    if entry.finding is None and entry.how is not How.NOTHING:
        return library.words.say("claims.held-unknown")
    return EMPTY


def _unchecked(library: Library, name: str, title: str, entries: Sequence[Entry]) -> Table:
    say = library.words.say
    return Table(
        name=name,
        title=title,
        columns=(
            Column(say("claims.column-claim")),
            Column(say("roadmap.column-stated")),
            Column(say("claims.column-where"), fixed=True),
        ),
        rows=tuple(
            (Cell(entry.text), Cell(dashed(entry.stated)), _place(entry)) for entry in entries
        ),
    )

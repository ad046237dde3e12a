"""The page of all claims: every stated number and promise, how it was checked, when it held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from statusgen.gates.ledger import Entry, How, State
from statusgen.publish.promises import gate_figure, gate_note
from statusgen.publish.roadmaps.addresses import section_path
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.plan_tables import derived_cell
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Mark, Table
from statusgen.publish.roadmaps.words import dashed, message
from statusgen.words import Words

_MARKS: dict[State, Mark] = {
    State.HOLDS: "good",
    State.BROKEN: "bad",
    State.ACCEPTED: "bad",
    State.OPEN: "open",
    State.UNCHECKED: "open",
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What the page says of one roadmap."""

    dossier: Dossier
    counts: str
    doubtful: Table | None
    """What does not hold, and what is open."""
    holding: Table | None
    unchecked: Table | None
    """What nothing checks."""


def all_claims(library: Library) -> list[Claims]:
    """Return what the page says of each roadmap that states anything."""
    return [_claims(dossier) for dossier in library.dossiers if dossier.ledger]


def _claims(dossier: Dossier) -> Claims:
    words = dossier.words
    alone = (State.HOLDS, State.UNCHECKED)
    doubtful = [each for each in dossier.ledger if each.state not in alone]
    holding = [each for each in dossier.ledger if each.state is State.HOLDS]
    rest = [each for each in dossier.ledger if each.state is State.UNCHECKED]
    held = words.say("claims.holding", count=len(holding))
    return Claims(
        dossier,
        _counted(words, dossier.ledger),
        _table(dossier, "claims", words.say("claims.doubtful"), doubtful) if doubtful else None,
        _table(dossier, "holding", held, holding) if holding else None,
        _unchecked(dossier, rest) if rest else None,
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


def _table(dossier: Dossier, name: str, title: str, entries: Sequence[Entry]) -> Table:
    words, say = dossier.words, dossier.words.say
    keys = ("claim", "stated", "found", "checked", "verdict", "held", "where")
    places = {"stated": "roadmap", "found": "roadmap", "verdict": "promises"}
    names = {"found": "derived"}
    return Table(
        name=f"{name}-{dossier.id}",
        title=title,
        columns=tuple(
            Column(
                say(f"{places.get(key, 'claims')}.column-{names.get(key, key)}"),
                fixed=key == "where",
            )
            for key in keys
        ),
        rows=tuple(_row(words, dossier, entry) for entry in entries),
    )


def _row(words: Words, dossier: Dossier, entry: Entry) -> tuple[Cell, ...]:
    gate, finding = entry.gate, entry.finding
    if gate is not None:
        path = section_path(dossier.id, "gates")
        verdict, _, note = gate_note(words, dossier.zone, gate).partition(" · ")
        found = Cell(gate_figure(words, gate))
    else:
        assert finding is not None
        path = f"{section_path(dossier.id, 'audit')}#{dossier.anchors[finding]}"
        path = path if finding.is_fault else ""
        note = finding.accepted or (message(words, finding) if finding.is_fault else "")
        verdict = words.say(f"claims.state-{entry.state}")
        found = derived_cell(words, finding)
    return (
        Cell(entry.text, path),
        Cell(dashed(entry.stated) or EMPTY),
        found,
        Cell(words.say(f"claims.how-{entry.how}", **_rule(entry))),
        Cell(verdict, note=note, mark=_MARKS[entry.state]),
        Cell(_held(words, dossier, entry)),
        _place(entry),
    )


def _place(entry: Entry) -> Cell:
    return Cell(f"{entry.file.rpartition('/')[2]}:{entry.line}")


def _rule(entry: Entry) -> dict[str, str]:
    return {"rule": entry.rule} if entry.how is How.ARITHMETIC else {}


def _held(words: Words, dossier: Dossier, entry: Entry) -> str:
    """Say when a claim last held; arithmetic holds or does not, whatever the day."""
    if entry.state is State.HOLDS:
        return words.say("claims.held-now")
    if entry.held is not None:
        return words.dated_day(datetime.fromtimestamp(entry.held, dossier.zone).date())
    if entry.gate is not None and entry.how is not How.NOTHING:
        return words.say("claims.held-unknown")
    return EMPTY


def _unchecked(dossier: Dossier, entries: Sequence[Entry]) -> Table:
    say = dossier.words.say
    return Table(
        name=f"unchecked-{dossier.id}",
        title=say("claims.unchecked", count=len(entries)),
        columns=(
            Column(say("claims.column-claim")),
            Column(say("roadmap.column-stated")),
            Column(say("claims.column-where"), fixed=True),
        ),
        rows=tuple(
            (
                Cell(entry.text),
                Cell(dashed(entry.stated)),
                _place(entry),
            )
            for entry in entries
        ),
    )

"""All roadmaps beside each other: where each is, what is next, who, by when, and what it costs."""

from __future__ import annotations

from datetime import date

from statusgen.publish.roadmaps import lead
from statusgen.publish.roadmaps.addresses import roadmap_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.plan_tables import due, moment_cell
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Table
from statusgen.publish.roadmaps.values import derived_money
from statusgen.publish.roadmaps.words import told
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.moments import together

_REASONS = 2
"""Reasons why a plan is held back that the index names; the others are counted."""


def library_table(library: Library) -> Table:
    """Return all roadmaps, each in a row; what no plan says anything of has no column."""
    say, dossiers = library.words.say, library.dossiers
    columns: dict[Column, list[Cell]] = {
        Column(say("roadmap.column-roadmap")): [_name(one) for one in dossiers],
        Column(say("roadmap.column-where")): [_where(one) for one in dossiers],
        Column(say("roadmap.column-next")): [_next(one) for one in dossiers],
        Column(say("live.column-owner")): [
            Cell(library.words.joined(lead.owners(one)) or EMPTY) for one in dossiers
        ],
        Column(say("live.column-due")): [_by_when(one) for one in dossiers],
        Column(say("roadmap.column-cost-now"), True): [
            moment_cell(library.words, one.now) for one in dossiers
        ],
        Column(say("roadmap.column-cost-end"), True): [
            moment_cell(library.words, one.then) for one in dossiers
        ],
        Column(say("roadmap.column-findings"), True): [_findings(one) for one in dossiers],
        Column(say("live.column-changed"), fixed=True): [
            Cell(day.isoformat() if (day := last_changed(one.roadmap)) else EMPTY)
            for one in dossiers
        ],
    }
    shown = {
        column: cells
        for column, cells in columns.items()
        if any(cell.text != EMPTY for cell in cells)
    }
    return Table(
        name="roadmaps",
        title=say("roadmap.roadmaps"),
        columns=tuple(shown),
        rows=tuple(zip(*shown.values(), strict=True)),
        sums=_sums(library, tuple(shown)),
    )


def _sums(library: Library, columns: tuple[Column, ...]) -> tuple[tuple[Cell, ...], ...]:
    words, say = library.words, library.words.say
    if len(library.dossiers) < 2:
        return ()
    faults = sum(len(one.faults) for one in library.dossiers)
    sums = {
        say("roadmap.column-roadmap"): Cell(say("roadmap.all-derived")),
        say("roadmap.column-findings"): Cell(str(faults), value=faults),
    }
    for name, moments in (
        ("now", [one.now for one in library.dossiers]),
        ("end", [one.then for one in library.dossiers]),
    ):
        cost = together(moments)
        sums[say(f"roadmap.column-cost-{name}")] = Cell(
            told(words, cost).text, value=derived_money(cost)
        )
    return (tuple(sums.get(column.title, Cell("")) for column in columns),)


def _name(dossier: Dossier) -> Cell:
    plan = dossier.roadmap
    length = dossier.words.say(f"roadmap.n-{plan.kind}", count=len(plan.stages))
    return Cell(plan.name, roadmap_path(plan.id), note=length)


def _where(dossier: Dossier) -> Cell:
    stage = dossier.current[0] if dossier.current else None
    if stage is None or len(dossier.current) > 1:
        paths = [stage_path(dossier.id, one.id) for one in dossier.current]
        links = tuple((one.name, path) for one, path in zip(dossier.current, paths, strict=True))
        return Cell(dossier.whereabouts, links=links)
    far = lead.progress_text(dossier, stage)
    return Cell(stage.name, stage_path(dossier.id, stage.id), note=far)


def _next(dossier: Dossier) -> Cell:
    stage = dossier.following
    if stage is None:
        return Cell(EMPTY)
    when = due(dossier.words, stage)
    return Cell(stage.name, stage_path(dossier.id, stage.id), note="" if when == EMPTY else when)


def _by_when(dossier: Dossier) -> Cell:
    text, late = lead.next_day(dossier)
    return Cell(text or EMPTY, note=dossier.words.say("live.overdue") if late else "")


def _findings(dossier: Dossier) -> Cell:
    count = len(dossier.faults)
    path = section_path(dossier.id, "audit") if dossier.findings else ""
    return Cell(str(count), path, value=count)


def last_changed(plan: Roadmap) -> date | None:
    """Return the newest day that a plan names as one on which it changed; None where it names none.

    That is the day of the whole file, of a stage or of an item, or on which a stage was reached.
    """
    days = [plan.updated, *(item.changed for _, item in plan.items())]
    days += [day for stage in plan.stages for day in (stage.changed, stage.reached)]
    return max((day for day in days if day is not None), default=None)


def held_shortly(dossier: Dossier) -> tuple[list[lead.Held], int]:
    """Return the first reasons why a plan is held back, and how many there are besides."""
    found = lead.held_back(dossier)
    return found[:_REASONS], len(found[_REASONS:])

"""Columns of one table of a document: each is a table of the roadmap, a page shows them as one.

A document's table with several columns of amounts (*low*, *high*; by month; by environment) has a
sum for each of them, so each is a table of its own in the roadmap. Side by side they are what the
author wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from statusgen.publish.roadmaps.cost_tables import amount_cell, cost_table, name_cell, sum_cell
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.roadmap.costs import adds_up
from statusgen.roadmap.model import CostTable, Part, Path, Row, Total

Placed = tuple[Path, CostTable]


def tables_as_written(dossier: Dossier, tables: Sequence[Placed]) -> list[Table]:
    """Return tables of costs, the columns of one table of a document side by side."""
    shown = []
    for _, group in groupby(tables, key=lambda placed: _read_from(placed[1]) or placed[0]):
        placed = list(group)
        if len(placed) > 1:
            shown.append(_joined(dossier, placed))
        else:
            shown += [cost_table(dossier, path, table) for path, table in placed]
    return shown


def _read_from(table: CostTable) -> int:
    """Return the line at which a table of a document begins; 0 where its columns say more.

    A table with units, years or uses has columns of its own, beside that of its amounts.
    """
    parts: list[Part] = [*table.rows, *table.subtotals, *([table.total] if table.total else [])]
    more = any(r.annual or r.unit_price or r.role or r.gives or r.region for r in table.rows)
    more = more or (table.total is not None and table.total.annual is not None)
    return 0 if more or not table.column or not all(part.line for part in parts) else table.line


def _parts(table: CostTable) -> dict[int, tuple[Path, Row | Total]]:
    """Return the lines of a table and its total by where they stand in the document."""
    parts: dict[int, tuple[Path, Row | Total]] = {
        row.line: (("rows", index), row) for index, row in enumerate(table.rows)
    }
    for index, one in enumerate(table.subtotals):
        parts[one.line] = (("subtotals", index), one)
    if table.total is not None:
        parts[table.total.line] = (("total",), table.total)
    return parts


def _joined(dossier: Dossier, placed: Sequence[Placed]) -> Table:
    """Return the columns of one table, a line of the document to each row."""
    first, words = placed[0][1], dossier.words
    read = [(path, _parts(table)) for path, table in placed]
    columns = [table.column for _, table in placed]
    lines = sorted({line for _, parts in read for line in parts})
    has_tier = any(row.tier or row.note for _, table in placed for row in table.rows)
    made = {line: _row(dossier, read, line, columns, has_tier) for line in lines}
    totals = {
        line for _, parts in read for line, (_, one) in parts.items() if isinstance(one, Total)
    }
    sums = [made[line] for line in lines if line in totals]
    if any(adds_up(table) for _, table in placed):
        cells = [sum_cell(dossier, table) if adds_up(table) else NONE for _, table in placed]
        blank = (Cell(""),) if has_tier else ()
        sums.append((Cell(words.say("roadmap.sum-of-lines")), *blank, *cells))
    named = [Column(words.say("roadmap.column-line-of"))]
    named += [Column(words.say("roadmap.column-tier"))] if has_tier else []
    notes = dict.fromkeys(note for _, table in placed for note in table.notes)
    return Table(
        name=f"table-{first.id}",
        title=first.name.removesuffix(f": {first.column}"),
        columns=(*named, *(Column(column, True) for column in columns)),
        rows=tuple(made[line] for line in lines if line not in totals),
        sums=tuple(sums),
        note="; ".join(notes),
    )


def _row(
    dossier: Dossier,
    read: Sequence[tuple[Path, dict[int, tuple[Path, Row | Total]]]],
    line: int,
    columns: Sequence[str],
    has_tier: bool,
) -> tuple[Cell, ...]:
    """Return a line of the document with the amount that each column has there."""
    there = [(path, *parts[line]) for path, parts in read if line in parts]
    path, at, part = there[0]
    beside = tuple(f"{column}: " for column in columns)
    notes = dict.fromkeys(
        note for *_, one in there for note in one.notes if not note.startswith(beside)
    )
    cells = [replace(name_cell(dossier, (*path, *at), part), note="; ".join(notes))]
    if has_tier:
        tiers = dict.fromkeys(
            text for *_, one in there if isinstance(one, Row) for text in (one.tier, one.note)
        )
        cells.append(Cell(", ".join(filter(None, tiers)) or "—"))
    for path, parts in read:
        at, one = parts.get(line, ((), None))
        cells.append(amount_cell(dossier, (*path, *at), one) if one is not None else NONE)
    return tuple(cells)

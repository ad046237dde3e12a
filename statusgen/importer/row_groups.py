"""Lines of a table that belong together: under an empty first cell, or under a line of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.importer.amounts import is_total, says_nothing
from statusgen.importer.inline import Line
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.words import is_time_in_all


def first_said(row: TableRow) -> str:
    """Return the first cell of a line that says something."""
    return next((cell.text for cell in row.cells if not says_nothing(cell.text)), "")


def continued(
    table: Table, at: int = 0, *, priced: Sequence[int] = (), sums: Sequence[int] = ()
) -> dict[int, Continued]:
    """Return the lines whose first cell is empty and stands above, by their line.

    The word in front of an amount, in a column that is ``priced``, is the label of a sum.
    """
    found: dict[int, Continued] = {}
    above: TableRow | None = None
    for number, row in enumerate(table.rows):
        first = first_said(row)
        column = next((i for i, cell in enumerate(row.cells) if cell.text == first), 0)
        if not first or number in sums or is_total(first) or is_time_in_all(first):
            above = None
        elif row.cells[at].text.strip():
            above = row if re.search(r"[^\W\d_]{3}", row.cells[at].text) else None
        elif above is not None and column not in priced and re.search(r"[^\W\d_]{2}", first):
            found[row.line] = Continued(above, column)
    return found


@dataclass(frozen=True, slots=True)
class Continued:
    """A line below an empty first cell."""

    above: TableRow
    """The line whose first cell spans it."""
    named: int
    """The column of its name."""


def grouped_under(table: Table, priced: Sequence[int]) -> dict[int, str]:
    """Return under which line of words alone each line of a table of costs stands.

    Such a line has no other cell, is in bold type or stands above empty first cells, and others
    with amounts follow it: one whose amount nobody knows yet is none.
    """
    found: dict[int, str] = {}
    heads = {row.line: row for row in table.rows if _is_alone(row)}
    below = {one.above.line for one in continued(table, priced=priced).values()}
    heads = {line: row for line, row in heads.items() if _is_bold(row.cells[0]) or line in below}
    group = ""
    for row in table.rows:
        if row.line in heads:
            group = row.cells[0].text
        elif is_total(first_said(row)):
            group = ""
        elif group and any(not says_nothing(row.cells[index].text) for index in priced):
            found[row.line] = group
    return {line: name for line, name in found.items() if line not in heads}


def _is_alone(row: TableRow) -> bool:
    others = (cell.text.strip() for cell in row.cells[1:])
    return bool(row.cells[0].text.strip()) and not any(others)


def _is_bold(cell: Line) -> bool:
    return bool(cell.lead) and cell.lead == cell.text

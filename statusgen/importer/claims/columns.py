"""The columns of a document's table: its cells, read once, and what its headers name."""

from __future__ import annotations

from collections.abc import Sequence

from statusgen.importer.amounts import (
    is_period,
    is_taken_off,
    is_total,
    is_unnamed,
    says_nothing,
)
from statusgen.importer.claims.cells import cell
from statusgen.importer.headers import MONTH, YEAR
from statusgen.importer.nested import details, is_below
from statusgen.importer.table_columns import column_currency
from statusgen.importer.tree import Table
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, add
from statusgen.roadmap.money import Period
from statusgen.roadmap.vocabulary import NO_PART, OPTIONAL


def period_of_header(text: str) -> Period | None:
    """Return the period that a column's header names."""
    if YEAR.search(text):
        return Period.YEAR
    return Period.MONTH if MONTH.search(text) else None


def _is_sum(column: Sequence[Amount]) -> bool:
    *parts, whole = column
    return len(parts) > 1 and whole.amount is not None and fits(whole.amount, add(parts))


class Columns:
    """A table's cells, read once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.labels = [
            next((c.text for c in row.cells if not says_nothing(c.text)), "") for row in table.rows
        ]
        self.headers = [header.text for header in table.header]
        """What stands above each column."""
        self.cells: list[list[Amount]] = []
        for index, sign in enumerate(map(column_currency, self.headers)):
            self.cells.append([cell(row.cells[index].text, sign) for row in table.rows])
        self.totals = [index for index, label in enumerate(self.labels) if is_total(label)]
        periods = [index for index, label in enumerate(self.labels) if is_period(label)]
        last = len(self.labels) - 1
        unnamed = bool(table.rows) and is_unnamed([c.text for c in table.rows[-1].cells])
        if unnamed and any(_is_sum(column) for column in self.cells):
            self.totals.append(last)
        elif not self.totals and periods == [last]:
            self.totals = periods  # *per month*, under lines that are something else
        self.optional = frozenset(
            number
            for number, row in enumerate(table.rows)
            if NO_PART.match(self.labels[number])
            or any(OPTIONAL.search(part.text) or is_taken_off(part.text) for part in row.cells)
        )
        """The lines that need not be paid, whose brackets may say so, or that tell one's price."""

    def body(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the rows that are no totals."""
        end = len(self.labels) if end is None else end
        return [index for index in range(start, end) if index not in self.totals]

    def details(self, index: int) -> frozenset[int]:
        """Return the lines that a line above them holds already, by a column's amounts."""
        depths = [int(is_below(label)) for label in self.labels]
        return details(depths, [part.amount for part in self.cells[index]])

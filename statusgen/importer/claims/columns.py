"""The columns of a document's table: its cells, read once, and what its headers name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.amounts import (
    currency_in,
    is_period,
    is_taken_off,
    is_total,
    is_unnamed,
    says_nothing,
)
from statusgen.importer.claims.cells import cell, converted
from statusgen.importer.headers import MOMENT, MONTH, UNIT, YEAR
from statusgen.importer.nested import depths_of, details
from statusgen.importer.summed import is_foot, may_be_sum, sums_by_amount
from statusgen.importer.table_columns import column_currency
from statusgen.importer.tree import Table, TableRow
from statusgen.roadmap.claims import Amount
from statusgen.roadmap.money import Period
from statusgen.roadmap.vocabulary import NO_PART, OPTIONAL, words


def period_of_header(text: str) -> Period | None:
    """Return the period that a column's header names."""
    if YEAR.search(text):
        return Period.YEAR
    return Period.MONTH if MONTH.search(text) else None


def _is_bold(row: TableRow) -> bool:
    """Whether the name of a line, or all that it says of amounts, is in bold type."""
    said = [cell for cell in row.cells if not says_nothing(cell.text)]
    return bool(said) and (
        said[0].lead == said[0].text or all(cell.lead == cell.text for cell in said[1:])
    )


def _is_bold_at(row: TableRow, index: int) -> bool:
    cell_ = row.cells[index]
    return bool(cell_.text) and cell_.lead == cell_.text


MIN_LINES = 2
"""Below fewer lines, one without a name is a second price of the line above it."""


class Columns:
    """A table's cells, read once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._depths: dict[int, list[int]] = {}
        self.labels = [
            next((c.text for c in row.cells if not says_nothing(c.text)), "") for row in table.rows
        ]
        self.headers = [header.text for header in table.header]
        """What stands above each column."""
        self.cells: list[list[Amount]] = []
        for index, header in enumerate(self.headers):
            texts = [row.cells[index].text for row in table.rows]
            signed = 2 * sum(bool(currency_in(text)) for text in texts) > len(texts)
            # Beside amounts that have their sign, a bare number counts something else.
            sign = "" if signed and not currency_in(header) else column_currency(header)
            self.cells.append(converted([cell(text, sign) for text in texts]))
        named = frozenset(n for n, label in enumerate(self.labels) if is_total(label))
        last = len(self.labels) - 1
        if not named and [n for n, label in enumerate(self.labels) if is_period(label)] == [last]:
            named = frozenset({last})  # *per month*, under lines that are something else
        self.unnamed = self._sums(named)
        """The lines that only their amounts show to be sums."""
        self.totals = sorted(named | self.unnamed)
        self.optional = frozenset(
            number
            for number, row in enumerate(table.rows)
            if NO_PART.match(self.labels[number])
            or MOMENT.search(self.labels[number])
            or any(OPTIONAL.search(part.text) or is_taken_off(part.text) for part in row.cells)
        )
        """The lines that need not be paid, whose brackets may say so, or that tell one's price."""

    def close(self, index: int) -> None:
        """Take a last line that only has amounts for the total, where it is none by its amount.

        In a column it is more than any line above it, and all of these have names.
        """
        last, column = len(self.labels) - 1, self.cells[index]
        texts = [[cell.text for cell in row.cells] for row in self.table.rows]
        if self.totals or last < MIN_LINES or not is_unnamed(texts[last]):
            return
        whole, *others = (part.amount for part in (column[last], *column[:last]))
        if whole is None or any(says_nothing(row[0]) for row in texts[:last]):
            return
        if all(one is not None and one.low < whole.low for one in others):
            self.unnamed |= {last}
            self.totals = [last]

    @property
    def has_periods(self) -> bool:
        """Whether a column says of each line how often it is paid: months beside years."""
        rows = [self.table.rows[row] for row in self.body()]
        for index in range(1, len(self.headers)):
            said = [row.cells[index].text.strip("/ ").casefold() for row in rows]
            told = {text for text in said if is_period(text) or text in words("once")}
            if len(told) > 1:
                return True
        return False

    def parts_of(self, index: int, total: int) -> list[int]:
        """Return the lines of the group that a total's label names, by what a cell says of each."""
        label = self.labels[total].casefold()
        for column in range(1, len(self.headers)):
            groups = {text for row in self.body() if (text := self._said(row, column))}
            for group in groups if len(groups) > 1 else ():
                if column != index and re.search(rf"(?<!\w){re.escape(group)}(?!\w)", label):
                    return [row for row in self.body() if self._said(row, column) == group]
        return []

    def _said(self, row: int, column: int) -> str:
        return self.table.rows[row].cells[column].text.strip().casefold()

    def _sums(self, named: frozenset[int]) -> frozenset[int]:
        rows = self.table.rows
        bold = [_is_bold(row) for row in rows]
        without = [is_unnamed([cell.text for cell in row.cells]) for row in rows]
        plain = bold.count(False) > bold.count(True)
        marked = [
            (is_bold and plain) or unnamed for is_bold, unnamed in zip(bold, without, strict=True)
        ]
        columns = [
            column
            for header, column in zip(self.headers, self.cells, strict=True)
            if not UNIT.search(header)
        ]
        firsts = [row.cells[0].text for n, row in enumerate(rows) if n not in named]
        depths = iter(depths_of(firsts, []))
        below = frozenset(n for n in range(len(rows)) if n not in named and next(depths))
        shown = sums_by_amount(columns[1:], marked, named, below)
        if not (named or shown) and is_foot(columns[1:], without):
            shown = frozenset({len(rows) - 1})
        called = [may_be_sum(label) for label in self.labels]
        by_column = [
            (column, sums_by_amount([column], called, named | shown, below))
            for column in columns[1:]
        ]
        return shown | frozenset(
            row
            for row, is_called in enumerate(called)
            if is_called
            and any(row in sums for _, sums in by_column)
            and all(row in sums for column, sums in by_column if column[row].amount is not None)
        )

    def body(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the rows that are no totals."""
        end = len(self.labels) if end is None else end
        totals = set(self.totals)
        return [index for index in range(start, end) if index not in totals]

    def depths(self, index: int) -> list[int]:
        """Return how deep each line stands below others, as far as a column's amounts tell."""
        if index not in self._depths:
            rows = self.table.rows
            own = self._depths_by([_is_bold_at(row, index) for row in rows])
            by_line = own if any(own) else self._depths_by([_is_bold(row) for row in rows])
            self._depths[index] = by_line
        return self._depths[index]

    def _depths_by(self, bold: Sequence[bool]) -> list[int]:
        body = self.body()
        firsts = [self.table.rows[row].cells[0].text for row in body]
        found = depths_of(firsts, [bold[row] for row in body])
        at = dict(zip(body, found, strict=True))
        return [at.get(row, 0) for row in range(len(self.labels))]

    def details(self, index: int) -> frozenset[int]:
        """Return the lines that a line above them holds already, by a column's amounts."""
        return details(self.depths(index), [part.amount for part in self.cells[index]])

    def below(self, index: int) -> frozenset[int]:
        """Return the lines that stand below others, which may hold them already."""
        return frozenset(row for row, depth in enumerate(self.depths(index)) if depth)

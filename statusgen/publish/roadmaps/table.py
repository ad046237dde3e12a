"""A table once: shown as HTML, and exported with the same rows (``exports``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from statusgen.audit import Finding
from statusgen.publish.roadmaps.values import Money, Value
from statusgen.words.money import exact

EMPTY = "—"
"""Shown where there is nothing; exports hold nothing there."""
Mark = Literal["", "good", "bad", "open"]
To = Callable[[str], str]
"""From a path of the site to the link that leads there from the page at hand."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table."""

    text: str
    path: str = ""
    """What it leads to, from the site's root."""
    note: str = ""
    """Smaller words beneath."""
    mark: Mark = ""
    """A sign before the text, whose word the text is: kept, not kept, open."""
    faults: tuple[Finding, ...] = ()
    """What the audit found about the value; each is marked and linked."""
    links: tuple[tuple[str, str], ...] = ()
    """Several things that the text names, each with its path; they are shown in its place."""
    key: str = ""
    """What to sort by where the text would sort wrongly."""
    value: Value | None = None
    """What the text stands for, and what exports hold in its place."""


def sort_key(cell: Cell) -> str:
    """Return the number to sort a cell by, for a language whose numbers the script cannot read."""
    value = cell.value
    if isinstance(value, Money):
        return exact(value.amounts[0][1]) if value.amounts else ""
    return exact(Decimal(value)) if isinstance(value, (int, Decimal)) else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, named as in the exports."""

    title: str
    numeric: bool = False
    fixed: bool = False
    """Short words that must not be broken over lines."""


def _says(cell: Cell) -> bool:
    return bool(cell.text not in ("", EMPTY) or cell.note or cell.faults or cell.mark)


def aligned(tables: Sequence[Table]) -> list[Table]:
    """Return tables whose columns stand below one another: what one of them shows, all do."""
    kept: dict[tuple[Column, ...], frozenset[int]] = {}
    for table in tables:
        kept[table.columns] = kept.get(table.columns, frozenset()) | {*table.shown}
    return [replace(table, kept=kept[table.columns]) for table in tables]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its name, rows and sums."""

    name: str
    """The name of its files; a slug."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[tuple[Cell, ...], ...] = ()
    """Rows beneath, which stay there however the others are sorted."""
    note: str = ""
    even: bool = False
    """One of several whose columns should stand below one another."""
    kept: frozenset[int] = frozenset()
    """Columns that are shown even where nothing stands in them."""

    @property
    def shown(self) -> tuple[int, ...]:
        """The places of the columns in which anything stands, the first always among them.

        Files hold all columns, so that who reads them finds the same ones each time.
        """
        return tuple(
            place
            for place in range(len(self.columns))
            if not place or place in self.kept or any(map(_says, self._column(place)))
        )

    def _column(self, place: int) -> list[Cell]:
        return [row[place] for row in self.every_row]

    @property
    def longest_number(self) -> int:
        """The length of the longest word in a column of numbers, which must not be broken."""
        words = (
            word
            for row in self.every_row
            for column, cell in zip(self.columns, row, strict=True)
            if column.numeric
            for word in cell.text.split()
        )
        return max(map(len, words), default=0)

    @property
    def every_row(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows and what stands beneath them."""
        return self.rows + self.sums

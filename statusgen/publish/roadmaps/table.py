"""A table once: shown as HTML, and exported as CSV and JSON with the same rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from statusgen.roadmap.audit import Finding

To = Callable[[str], str]
"""From a path of the site to the link that leads there from the page at hand."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table."""

    text: str
    path: str = ""
    """What it leads to, from the site's root."""
    note: str = ""
    """Smaller words beneath."""
    faults: tuple[Finding, ...] = ()
    """What the audit found about the value; each is marked and linked."""
    links: tuple[tuple[str, str], ...] = ()
    """Several things that the text names, each with its path; they are shown in its place."""
    key: str = ""
    """What to sort by where the text would sort wrongly."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, named as in the exports."""

    title: str
    numeric: bool = False
    fixed: bool = False
    """Short words that must not be broken over lines."""


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


def as_csv(table: Table) -> bytes:
    """Return the table for a spreadsheet (RFC 4180, UTF-8 with a mark, so that Excel reads it).

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay bare.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_safe(column.title) for column in table.columns)
    for row in table.every_row:
        writer.writerow(_safe(cell.text) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def as_json(table: Table) -> bytes:
    """Return the table as a list of objects, in the order shown."""
    rows = [
        {column.title: cell.text for column, cell in zip(table.columns, row, strict=True)}
        for row in table.every_row
    ]
    document = {"title": table.title, "rows": rows}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _safe(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula (OWASP: CSV injection)."""
    if _NUMBER.fullmatch(text) or not text.lstrip(" \n\u00a0").startswith(_FORMULA):
        return text
    return f"'{text}"

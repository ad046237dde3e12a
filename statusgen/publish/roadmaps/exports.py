"""Tables as CSV and JSON: numbers, currencies and days in place of the text that a page shows.

Amounts are exact, unrounded. A column of money has in CSV, for each currency in it, a column of low
ends and one of high ends (empty where the range has none); where authors wrote prices, one of what
they wrote; where something is missing in an amount, one that names it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from statusgen.base.text import formula_safe
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Table
from statusgen.publish.roadmaps.values import Days, Measure, Money
from statusgen.words import Words
from statusgen.words.money import exact, json_number
from statusgen.words.worded import retell

Part = tuple[str, Callable[[Cell], str]]
"""A column of CSV: its title, and what it holds of a cell."""


def as_csv(table: Table, words: Words) -> bytes:
    """Return the table for a spreadsheet (RFC 4180, UTF-8 with a mark, so that Excel reads it).

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay bare.
    """
    columns = [
        (index, part)
        for index, column in enumerate(table.columns)
        for part in _parts(column, [row[index] for row in table.every_row], words)
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(formula_safe(title) for _, (title, _) in columns)
    for row in table.every_row:
        writer.writerow(formula_safe(said(row[index])) for index, (_, said) in columns)
    return ("\ufeff" + out.getvalue()).encode("utf-8", "replace")


def _parts(column: Column, cells: Sequence[Cell], words: Words) -> Iterator[Part]:
    """Yield the columns that a column is in CSV."""
    title, say = column.title, words.say
    money = [cell.value for cell in cells if isinstance(cell.value, Money)]
    if money:
        if any(one.written for one in money):
            yield say("roadmap.csv-written", title=title), _written
        for code in sorted({code for one in money for code, _, _ in one.amounts}):
            yield say("roadmap.csv-from-money", title=title, currency=code), _end(code, 1)
            yield say("roadmap.csv-to-money", title=title, currency=code), _end(code, 2)
        for code in sorted({code for one in money for code, _, _ in one.once}):
            yield say("roadmap.csv-once-from", title=title, currency=code), _once(code, 1)
            yield say("roadmap.csv-once-to", title=title, currency=code), _once(code, 2)
        if any(one.missing for one in money):
            yield say("roadmap.csv-missing", title=title), partial(_missing, words)
    elif any(isinstance(cell.value, Measure) for cell in cells):
        yield title, _written
        if any(isinstance(cell.value, Measure) and cell.value.number for cell in cells):
            yield say("roadmap.csv-from", title=title), _low
            yield say("roadmap.csv-to", title=title), _high
            yield say("roadmap.csv-unit", title=title), _unit
    else:
        yield title, _plain
        if any(isinstance(cell.value, Days) and cell.value.first for cell in cells):
            yield say("roadmap.csv-first", title=title), _first
            yield say("roadmap.csv-last", title=title), _last


def _plain(cell: Cell) -> str:
    if isinstance(cell.value, int | Decimal):
        return exact(Decimal(cell.value))
    return _written(cell)


def _written(cell: Cell) -> str:
    if isinstance(cell.value, Money | Measure | Days):
        return cell.value.written
    return "" if cell.text == EMPTY else cell.text


def _end(code: str, end: int) -> Callable[[Cell], str]:
    def said(cell: Cell) -> str:
        return _end_of(cell.value.amounts, code, end) if isinstance(cell.value, Money) else ""

    return said


def _once(code: str, end: int) -> Callable[[Cell], str]:
    def said(cell: Cell) -> str:
        return _end_of(cell.value.once, code, end) if isinstance(cell.value, Money) else ""

    return said


def _end_of(amounts: Sequence[tuple[str, Decimal, Decimal | None]], code: str, end: int) -> str:
    ends = next((amount[1:] for amount in amounts if amount[0] == code), (None, None))
    value = ends[end - 1]
    return "" if value is None else exact(value)


def _missing(words: Words, cell: Cell) -> str:
    missing = cell.value.missing if isinstance(cell.value, Money) else ()
    return "; ".join(retell(words, text) for text in missing)


def _low(cell: Cell) -> str:
    number = cell.value.number if isinstance(cell.value, Measure) else None
    return exact(number.low) if number else ""


def _high(cell: Cell) -> str:
    number = cell.value.number if isinstance(cell.value, Measure) else None
    return "" if number is None or number.high is None else exact(number.high)


def _unit(cell: Cell) -> str:
    number = cell.value.number if isinstance(cell.value, Measure) else None
    return number.unit if number else ""


def _first(cell: Cell) -> str:
    day = cell.value.first if isinstance(cell.value, Days) else None
    return day.isoformat() if day else ""


def _last(cell: Cell) -> str:
    day = cell.value.last if isinstance(cell.value, Days) else None
    return day.isoformat() if day else ""


def as_json(table: Table) -> bytes:
    """Return the table as a list of objects, in the order shown."""
    rows = [
        {column.title: _json(cell) for column, cell in zip(table.columns, row, strict=True)}
        for row in table.every_row
    ]
    document = {"title": table.title, "rows": rows}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _json(cell: Cell) -> object:
    match cell.value:
        case Money():
            return _money(cell.value)
        case Measure(written, None):
            return {"written": written}
        case Measure(written, number) if number is not None:
            return {"written": written, **_ends(number.low, number.high), "unit": number.unit}
        case Days(written, first, last):
            ends = {"first": first, "last": last}
            return {"written": written} | {
                name: day.isoformat() for name, day in ends.items() if day is not None
            }
        case int() | Decimal():
            return json_number(Decimal(cell.value))
    return None if cell.text == EMPTY else cell.text


def _money(value: Money) -> dict[str, object]:
    shown: dict[str, object] = {"written": value.written} if value.written else {}
    shown["amounts"] = [{"currency": code, **_ends(low, high)} for code, low, high in value.amounts]
    if value.once:
        shown["once"] = [{"currency": code, **_ends(low, high)} for code, low, high in value.once]
    if value.missing:
        shown["missing"] = list(value.missing)
    return shown


def _ends(low: Decimal, high: Decimal | None) -> dict[str, object]:
    return {"low": json_number(low), "high": None if high is None else json_number(high)}

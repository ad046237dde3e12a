"""What a table is: costs, changes, risks, metrics, decisions, or rows that are kept as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from statusgen.importer.amounts import as_price, is_period, is_total, says_nothing
from statusgen.importer.balances import holds_balances
from statusgen.importer.cost_tables import cost_tables
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import LEVY, MONTH, REVENUE, SAVED, UNIT, YEAR
from statusgen.importer.no_costs import holds_no_costs
from statusgen.importer.option_tables import options_of
from statusgen.importer.plan_tables import cost_column, filled_rows, metrics, read_items, two_sided
from statusgen.importer.spent import lasts, measured
from statusgen.importer.staged import STEPS, numbered
from statusgen.importer.table_columns import Columns, columns, task_column
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.words import canonical, has_money
from statusgen.roadmap.model import parse_effort
from statusgen.roadmap.money import SIGN
from statusgen.roadmap.vocabulary import grouped


def read_table(
    table: Table, name: str, found: Found, stage_names: Sequence[str] = ()
) -> list[Entity]:
    """Read a table that stands outside a stage; the kind of each entity says what it is."""
    _tell_ragged(table, found)
    shape = columns(table)
    roles = shape.roles
    if not table.rows:
        found.skip(
            table.line, " | ".join(cell.text for cell in table.header), "a table without rows"
        )
        return []
    if (item := options_of(shape, name, found)) is not None:
        return [item]
    if {"risk", "impact"} <= roles.keys():
        return [two_sided(shape, row, "limitation", "risk", "impact") for row in table.rows]
    if {"metric", "alert"} <= roles.keys() and (read := metrics(shape)):
        return read
    if {"need", "go"} <= roles.keys() and not shape.prices:
        return [two_sided(shape, row, "decision", "need", "go") for row in table.rows]
    if not roles and (tiers := _tiers(table, name)) is not None:
        return [tiers]
    if shape.prices and (
        REVENUE.search(name)
        or _is_income(table)
        or _has_two_sides(shape)
        or holds_no_costs(shape, name)
        or holds_balances(shape)
    ):
        return [kept(table, name)]
    if shape.prices and all(is_total(row.cells[0].text) for row in table.rows):
        return [kept(table, name)]  # sums of nothing that stands in it
    if shape.prices:
        return cost_tables(shape, name, stage_names, found)
    if {"before", "after"} <= roles.keys() and not _are_measured(shape):
        return read_items(shape, found)
    return [kept(table, name)]


def _are_measured(shape: Columns) -> bool:
    """Whether a table of before and after holds measurements, not what takes whose place."""
    sides = [
        (shape.cell(row, "before").text, shape.cell(row, "after").text) for row in shape.table.rows
    ]
    count = sum(all(_MEASURE.match(text) for text in pair) for pair in sides)
    return 2 * count > len(sides)


_MEASURE = re.compile(
    r"[<>≤≥~≈+−–±-]{0,2}\s?[^\w\s]?\d[\d.,]*\s?(?:%|/\s?\w+|[^\W\d_]{1,12})?(?:\s.{0,12})?$"
)
"""*30 min*, *~9 %*, *4/day*: no name of a thing, which begins with letters."""


def _is_income(table: Table) -> bool:
    """Whether a table says what comes in: by its header, its total, or two of its lines."""
    labels = [row.cells[0].text for row in table.rows]
    if any(REVENUE.search(text) for text in (table.header[0].text, *filter(is_total, labels))):
        return True
    lines = [text for text in labels if not is_total(text)]
    count = sum(bool(REVENUE.search(text)) for text in lines)
    return count > 1 or 2 * count > len(lines)


def _has_two_sides(shape: Columns) -> bool:
    """Whether names and amounts stand twice beside each other: what comes in, and what goes out."""
    table = shape.table
    if len(table.header) < 4 or 1 not in shape.prices:
        return False
    names = [row.cells[2].text for row in table.rows if not says_nothing(row.cells[2].text)]
    worded = sum(bool(re.match(r"[^\W\d_]{2}", text)) for text in names)
    alike = table.header[1].text.casefold() == table.header[3].text.casefold()
    both = any(is_total(row.cells[0].text) and is_total(row.cells[2].text) for row in table.rows)
    return 3 in shape.prices and 2 * worded > len(table.rows) and (alike or both)


def _tiers(table: Table, name: str) -> Entity | None:
    """Read a table with a line of prices, a column each: what is sold in several sizes."""
    periods = _of_periods(table)
    lines = periods[:1] or [row for row in table.rows if canonical(row.cells[0].text) == "cost"]
    if len(lines) != 1 or len(table.header) < 3 or not says_nothing(table.header[0].text):
        return None
    prices = [as_price(cell.text) for cell in lines[0].cells[1:]]
    if not all(prices) or not any(map(has_money, prices)):
        return None
    others = (
        []
        if periods
        else [cell.text for row in table.rows if row is not lines[0] for cell in row.cells[1:]]
    )
    if any(has_money(text) for text in others):
        return None  # a price is one of several lines of costs
    tiers = Entity("table", table.line, {"name": name, "rows": [], "sums": False})
    tiers.set("column", lines[0].cells[0].text)
    for index, price in enumerate(prices, 1):
        part = Entity("row", lines[0].line)
        part.set("name", table.header[index].text or f"Column {index}")
        part.set("monthly", price)
        for row in table.rows:
            if row is not lines[0] and not says_nothing(row.cells[index].text):
                label, said = row.cells[0].text, row.cells[index].text
                part.add("notes", f"{label}: {said}" if label else said)
        tiers.add("rows", part)
    return tiers


def _of_periods(table: Table) -> list[TableRow]:
    """Return the lines *Per month* and *Per year* that a table of plans begins with, else none.

    Below other lines they are sums of these.
    """
    lines = [*takewhile(lambda row: is_period(_bare(row.cells[0].text)), table.rows)]
    others = len(table.rows) - len(lines)
    return lines if len(lines) > 1 and MONTH.search(lines[0].cells[0].text) and others else []


def _bare(label: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", label)


def read_stage_table(table: Table, name: str, stage: Entity, found: Found) -> list[Entity]:
    """Read a table within a stage: its rows are items, unless they are something else."""
    shape = columns(table)
    roles = shape.roles
    if table.rows and (item := options_of(shape, name, found)) is not None:
        _tell_ragged(table, found)
        return [item]
    listing = {"service", "after", "before"} & roles.keys() or shape.prices or "why" in roles
    listing = listing or task_column(shape) is not None
    other = {"risk", "impact"} <= roles.keys() or {"metric", "alert"} <= roles.keys()
    if not listing or other or not table.rows or (shape.prices and holds_no_costs(shape, "")):
        return read_table(table, name, found)
    _tell_ragged(table, found)
    if {"before", "after"} <= roles.keys() and {roles["before"], roles["after"]} <= set(
        shape.prices
    ):
        return cost_tables(shape, name, (), found)
    levied = any(LEVY.match(row.cells[0].text) for row in table.rows)
    if _is_calculated(shape) or _is_matrix(shape) or levied:
        tables = cost_tables(shape, name, (), found)
        _give_total(stage, tables)
        return tables
    if {"before", "after"} <= roles.keys() and _are_measured(shape):
        return [kept(table, name)]
    items = []
    for row, item in zip(filled_rows(table), read_items(shape, found), strict=True):
        of_stage = row is table.rows[-1] and _names_stage(item.text("name"), stage)
        if (is_total(item.text("name")) or of_stage) and shape.prices:
            price = shape.price(row, cost_column(shape))
            if price:
                stage.set("cost", Entity("stated", row.line, {"stated": price}))
        elif is_total(item.text("name")):
            told = [cell.text for cell in row.cells if not says_nothing(cell.text)]
            stage.add("notes", ": ".join(told))
        else:
            items.append(item)
    return items


def tasks_of(table: Table, found: Found) -> list[Entity]:
    """Read a table of tasks that says who does them and how long each takes; else nothing.

    So much is said of the work of a plan; a test plan has other columns, and what is done on one
    evening, or when a server fails, takes minutes.
    """
    shape = columns(table)
    at = task_column(shape)
    if at is None or shape.prices or not {"owner", "effort"} <= shape.roles.keys():
        return []
    word = table.header[at].text.strip(" *_:").casefold()
    if word not in _TASKS or 2 * sum(_takes_hours(shape, row) for row in table.rows) <= len(
        table.rows
    ):
        return []
    if any(is_total(cell.text) for row in table.rows for cell in row.cells[: at + 1]):
        return []
    _tell_ragged(table, found)
    return read_items(shape, found)


def _takes_hours(shape: Columns, row: TableRow) -> bool:
    header = shape.table.header[shape.roles["effort"]].text
    text = measured(shape.cell(row, "effort").text, header)
    return lasts(text) and parse_effort(text).unit != "minute"


_TASKS = frozenset(grouped("column")["task"]).difference(STEPS)


def _names_stage(label: str, stage: Entity) -> bool:
    """Whether the last line of a stage's table is called by the stage: *Phase 2*, its sum."""
    head = numbered(label)
    named = head is not None and head.number == stage.text("number") and not head.bracket
    shown = head is not None and head.name.casefold() == label.strip(" *_:.").casefold()
    return bool(named and shown and stage.text("number"))


def _give_total(stage: Entity, tables: Sequence[Entity]) -> None:
    """Let the total of a stage's only table of costs be what the stage is said to cost."""
    total = tables[0].fields.get("total") if len(tables) == 1 else None
    if isinstance(total, Entity) and (price := total.text("monthly")):
        stage.set("cost", Entity("stated", total.line, {"stated": price}))


def _is_calculated(shape: Columns) -> bool:
    """Whether a table says more than what each line costs: parts with their sum, units with one."""
    header = shape.table.header
    columns_ = [index for index in shape.prices if not SAVED.search(header[index].text)]
    if len([index for index in columns_ if not YEAR.search(header[index].text)]) < 2:
        return False
    return any(is_total(row.cells[0].text) for row in shape.table.rows)


def _is_matrix(shape: Columns) -> bool:
    """Whether several columns of amounts are of things of their own: none is a line's price."""
    headers = [shape.table.header[index].text for index in shape.prices]
    others = [
        text
        for text in headers
        if not (SAVED.search(text) or YEAR.search(text) or UNIT.search(text))
    ]
    return len(others) > 1 and not any(_OF_PRICE.search(text) for text in others)


_OF_PRICE = re.compile(rf"cost|price|amount|total|{MONTH.pattern}|{SIGN}", re.I)


def kept(table: Table, name: str) -> Entity:
    """Keep a table as it is."""
    rows: list[Entity] = [
        Entity("cells", row.line, {"cells": [cell.text for cell in row.cells]})
        for row in table.rows
    ]
    header = [cell.text for cell in table.header]
    return Entity("x-table", table.line, {"name": name, "header": header, "rows": rows})


def _tell_ragged(table: Table, found: Found) -> None:
    for row in table.rows:
        if row.beyond:
            found.skip(row.line, " | ".join(row.beyond), "cells beyond the table's last column")

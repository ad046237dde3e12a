"""Tables of choices: their rows, or their columns, are the options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.importer.amounts import as_price, is_total, says_nothing
from statusgen.importer.choices import are_settings
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import SAVED
from statusgen.importer.pieces import name_option, without_star
from statusgen.importer.plan_tables import cost_column
from statusgen.importer.staged import BARE_OPTION, LETTERED, OPTION
from statusgen.importer.table_columns import Columns, keep_links
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.verdicts import REFUSED, TAKEN, heads_considered, verdict
from statusgen.importer.words import canonical, has_money


def options_of(shape: Columns, name: str, found: Found) -> Entity | None:
    """Read a table of choices as an item with its options; None for any other table."""
    table = shape.table
    if _are_rows(shape, name):
        item = Entity("item", table.line, {"name": name, "options": [*_rows(shape, found)]})
        for row in table.rows:
            if _tells_difference(shape, row):
                item.add("notes", ": ".join(cell.text for cell in row.cells if cell.text))
        return item
    if columns := _columns(table, name):
        return _by_column(table, name, columns, found)
    return None


def _are_rows(shape: Columns, name: str) -> bool:
    """Whether the rows are choices: with pros and cons, or so called and with a price or verdict.

    *Pros* beside *Cons* alone speak of one thing.
    """
    roles, rows = shape.roles, shape.table.rows
    if not rows or any(is_total(row.cells[0].text) for row in rows):
        return False
    sides = [roles[side] for side in ("pros", "cons") if side in roles]
    if 0 in sides or are_settings([row.cells[0].text for row in rows]):
        return False
    if len(sides) == 2:
        return True
    told = bool(sides) or bool(_costs(shape)) or _verdict_column(shape.table) is not None
    named = roles.get("option") == 0
    return (named and told) or (named and len(rows) > 1 and heads_considered(name))


def _tells_difference(shape: Columns, row: TableRow) -> bool:
    """Whether a line below options is none: *Net savings* of one against the other."""
    label = row.cells[0].text
    argued = shape.cell(row, "pros").text or shape.cell(row, "cons").text
    return bool(SAVED.search(label)) and not argued and len(label.split()) < 5


def _costs(shape: Columns) -> list[int]:
    """Return the columns of what things cost, not of what they save."""
    return [at for at in shape.prices if not SAVED.search(shape.table.header[at].text)]


def _verdict_column(table: Table) -> int | None:
    """Return the column that says of each line whether it is taken."""
    for at in range(1, len(table.header)):
        if any(verdict(_judged(row.cells[at].text)) for row in table.rows):
            return at
    return None


def _judged(text: str) -> str:
    return text if len(text.split()) < 40 else ""


def _rows(shape: Columns, found: Found) -> Iterator[Entity]:
    """Read each row as an option; what no field holds is kept under its column's name."""
    price_at = cost_column(shape) or None
    judged = _verdict_column(shape.table)
    for row in shape.table.rows:
        first = row.cells[0]
        if _tells_difference(shape, row) or not any(cell.text for cell in row.cells):
            continue
        option = _named(first.text or f"Row {row.line}", row.line, found)
        if first.mark and first.mark[0] in "⭐✅":
            option.set("recommended", True)
        taken = {0}
        for role in ("pros", "cons"):
            if cell := shape.cell(row, role).text:
                option.set(role, cell)
                taken.add(shape.roles[role])
        if price_at is not None and (price := shape.price(row, price_at)):
            option.set("price", price)
            taken.add(price_at)
        for index, cell_ in enumerate(row.cells):
            told = verdict(_judged(cell_.text)) if index == judged else None
            header = shape.table.header[index].text
            over = verdict(header) if told is not None and told.kind == TAKEN else None
            if over is not None and over.kind == REFUSED:
                option.set("qualifier", cell_.text)  # *Rejected because*, over what was chosen
            elif index not in taken and not says_nothing(cell_.text):
                option.facet(header or "Note", cell_.text)
            if told is not None and told.kind == "advised":
                option.set("recommended", True)
        keep_links(row, option)
        yield option


def _named(text: str, line: int, found: Found) -> Entity:
    """Begin an option with its name; *Option B* before it is its letter."""
    option = Entity("option", line)
    text = without_star(option, text)
    bare = BARE_OPTION.fullmatch(text)
    match = bare or OPTION.fullmatch(text) or LETTERED.fullmatch(text)
    name_option(option, match["name"] if match and not bare else text)
    if match or len(text) == 1:
        found.letters[id(option)] = match["letter"] if match else text
    return option


def _columns(table: Table, name: str) -> Sequence[int]:
    """Return the columns that are options: with a line of pros and one of cons, or a name each.

    Where several lines are amounts of money, the table is one of costs.
    """
    header = [cell.text.strip() for cell in table.header]
    keys = [canonical(row.cells[0].text) for row in table.rows]
    money = sum(any(has_money(cell.text) for cell in row.cells[1:]) for row in table.rows)
    if len(header) < 3 or money > 1 or len({*header}) < len(header):
        return []
    named = [at for at in range(1, len(header)) if OPTION.fullmatch(header[at])]
    bare = [at for at in range(1, len(header)) if BARE_OPTION.fullmatch(header[at])]
    if len(named) > 1 and _WEIGHED & {*keys}:
        return named
    if not {"pros", "cons"} <= {*keys}:
        return []  # measures of what has its names elsewhere
    called = named or bare
    return called if len(called) > 1 else range(1, len(header)) if all(header[1:]) else []


_WEIGHED = frozenset({"pros", "cons", "cost", "effort", "chosen"})
"""What is told of options, beside measures of all kinds."""


def _by_column(table: Table, name: str, columns: Sequence[int], found: Found) -> Entity:
    item = Entity("item", table.line, {"name": name})
    for at in columns:
        option = _named(table.header[at].text, table.line, found)
        if table.header[at].mark[:1] in ("⭐", "✅"):
            option.set("recommended", True)
        for row in table.rows:
            label, said = row.cells[0].text, row.cells[at].text
            if says_nothing(said):
                continue
            key = canonical(label)
            price = as_price(said) if key == "cost" else ""
            if key in ("pros", "cons") and option.set(key, said):
                continue
            if not (has_money(price) and option.set("price", price)):
                option.facet(label or "Note", said)
        item.add("options", option)
    others = [at for at in range(1, len(table.header)) if at not in columns]
    for row in table.rows:
        for at in others:
            if not says_nothing(row.cells[at].text):
                item.facet(table.header[at].text or "Note", _labelled(row, at))
        keep_links(row, item)
    return item


def _labelled(row: TableRow, at: int) -> str:
    return f"{row.cells[0].text}: {row.cells[at].text}" if row.cells[0].text else row.cells[at].text

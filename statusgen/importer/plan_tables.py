"""Tables of a plan: items, limitations, decisions, metrics, criteria."""

from __future__ import annotations

import re

from statusgen.importer.amounts import is_total, says_nothing
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import MONTH, ONCE, SAVED, UNIT, YEAR
from statusgen.importer.inline import Line
from statusgen.importer.parted import alternatives
from statusgen.importer.promises import criterion
from statusgen.importer.spent import give_effort, measured
from statusgen.importer.staged import reads
from statusgen.importer.table_columns import Columns, keep_rest
from statusgen.importer.table_totals import range_of
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.words import priced
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.model import parse_figure
from statusgen.roadmap.money import ZERO

_TARGET = re.compile(r"targets?|goals?|objectives?|slos?")


def two_sided(shape: Columns, row: TableRow, kind: str, what: str, then: str) -> Entity:
    """Read a row as a weakness or a need, and what follows from it or meets it."""
    part = Entity(kind, row.line)
    part.set(what, shape.cell(row, what).text or "(not named)")
    part.set(then, shape.cell(row, then).text or "(not stated)")
    keep_rest(shape, row, part, {what, then})
    return part


def metrics(shape: Columns) -> list[Entity]:
    """Read a table of metrics; nothing where a threshold is no figure.

    Targets are criteria of success; thresholds are to alert at.
    """
    if _TARGET.fullmatch(shape.table.header[shape.roles["alert"]].text.strip().lower()):
        return _criteria(shape)
    parts = []
    for row in shape.table.rows:
        alert = shape.cell(row, "alert").text
        if not reads(parse_figure, alert):
            return []
        part = Entity("metric", row.line, {"name": shape.cell(row, "metric").text or alert})
        part.set("alert", alert)
        if tools := shape.cell(row, "tools").text:
            part.set("tools", [tools])
        keep_rest(shape, row, part, {"metric", "alert", "tools"})
        parts.append(part)
    return parts


def _criteria(shape: Columns) -> list[Entity]:
    parts = []
    for row in shape.table.rows:
        metric, target = shape.cell(row, "metric").text, shape.cell(row, "alert").text
        part = criterion(Line(row.line, f"{metric}: {target}"))
        if part is None:
            return []
        used = []
        for index, cell in enumerate(row.cells):
            window = re.fullmatch(r"(\d{1,3})\s?-?\s?(d|h|w)(ays?|ours?|eeks?)?", cell.text)
            if window and part.set("window", window[1] + window[2]):
                used.append(index)
        keep_rest(shape, row, part, {"metric", "alert"}, *used)
        parts.append(part)
    return parts


def _name_column(shape: Columns) -> int:
    """Return the column that names the lines: the second behind a column of their numbers."""
    rows = [row for row in filled_rows(shape.table) if not is_total(row.cells[0].text)]
    numbered = all(_NUMBER.fullmatch(row.cells[0].text.strip()) for row in rows)
    return 1 if numbered and rows and len(shape.table.header) > 1 and 1 not in shape.prices else 0


_NUMBER = re.compile(r"#?\d{1,3}(?:\.\d{1,3}){0,2}\.?")


def filled_rows(table: Table) -> list[TableRow]:
    """Return the rows that say anything."""
    return [row for row in table.rows if any(cell.text for cell in row.cells)]


def read_items(shape: Columns, found: Found) -> list[Entity]:
    """Read each row as an item: what moves, what is added, what is changed."""
    items = []
    roles = shape.roles
    price_at = cost_column(shape)
    named = _name_column(shape)
    for row in filled_rows(shape.table):
        start = 0 if is_total(row.cells[0].text) else named
        first = next((cell.text for cell in row.cells[start:] if not says_nothing(cell.text)), "")
        item = Entity("item", row.line, {"name": first or f"Row {row.line}"})
        taken = {"why", "before", "after", "service"}
        item.set("why", shape.cell(row, "why").text)
        if named == 1:
            item.set("number", row.cells[0].text.strip(" .#"))
        if item.set("owner", shape.cell(row, "owner").text):
            taken.add("owner")
        effort = shape.cell(row, "effort").text
        header = shape.table.header[shape.roles["effort"]].text if effort else ""
        if effort and give_effort(item, measured(effort, header)):
            taken.add("effort")
        for role, side in (("before", "from"), ("after", "to")):
            text = shape.cell(row, role).text
            if text and roles[role] not in shape.prices:
                item.set(side, services(text, row.line))
        service = shape.cell(row, "service").text
        price = shape.price(row, price_at) if price_at else ""
        if service or price:
            part = Entity("service", row.line, {"name": service or first or f"Row {row.line}"})
            part.set("price", price)
            part.set("tier", shape.cell(row, "tier").text)
            item.set("service", part)
            taken.add("tier")
        if price_at and not price and not says_nothing(row.cells[price_at].text):
            found.skip(row.line, row.cells[price_at].text, "not read as a price, kept as a note")
        used = [*range(named + 1)] + ([price_at] if price else [])
        keep_rest(shape, row, item, taken, *used)
        items.append(item)
    return items


def cost_column(shape: Columns) -> int:
    """Return the column of what a line costs: not of one unit, a year or a difference if it can.

    0 where there is none.
    """
    costs = [i for i in shape.prices if not SAVED.search(shape.table.header[i].text)]
    return min(costs, key=lambda index: cost_rank(shape, index), default=0)


def cost_rank(shape: Columns, index: int) -> tuple[bool, bool, bool, bool, bool, int]:
    """Return how likely a column of amounts is what lines cost, the likeliest first.

    The sum of the other columns, then what is paid a month, then any, then what is paid once, in a
    year, or for one.
    """
    header = shape.table.header[index].text
    return (
        bool(UNIT.search(header)),
        bool(YEAR.search(header)),
        bool(ONCE.search(header)),
        not _adds_others(shape, index),
        not MONTH.search(header),
        index,
    )


def _adds_others(shape: Columns, index: int) -> bool:
    """Whether most amounts of a column are the sum of the others in their lines."""
    others = [place for place in shape.prices if place != index]
    told = []
    for row in shape.table.rows:
        whole = range_of(shape.price(row, index))
        parts = [range_of(shape.price(row, place)) for place in others]
        known = [part for part in parts if part is not None]
        if whole is not None and known:
            told.append(fits(whole, sum(known, ZERO)))
    return len(others) > 1 and 2 * sum(told) > len(told)


def services(text: str, line: int) -> list[Entity]:
    """Read alternatives with their prices: ``AWS EC2 ($100-300/month) or Heroku ($50/month)``.

    ``VPC + ALB ($100/month)`` is one thing with one price.
    """
    pieces = alternatives(text)
    reads_ = [priced(piece) for piece in pieces]
    if len(pieces) > 1 and not re.search(r"\bor\b", text):
        whole = priced(text)
        if whole.price and reads_[-1].price and not any(read.price for read in reads_[:-1]):
            pieces, reads_ = [text], [whole]
    parts = []
    for piece, read in zip(pieces, reads_, strict=True):
        part = Entity("service", line, {"name": read.name or piece})
        part.set("price", read.price)
        part.set("note", read.note)
        parts.append(part)
    return parts

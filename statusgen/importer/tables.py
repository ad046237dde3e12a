"""What a table is: costs, changes, risks, metrics, decisions, or rows that are kept as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statusgen.importer.amounts import (
    as_price,
    currency_in,
    is_period,
    is_total,
    says_nothing,
)
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import REVENUE, SAVED, UNIT, YEAR
from statusgen.importer.inline import Line
from statusgen.importer.pieces import name_option
from statusgen.importer.promises import criterion
from statusgen.importer.staged import reads
from statusgen.importer.tree import Table, TableRow
from statusgen.importer.words import alternatives, canonical, has_money, priced
from statusgen.roadmap.model import parse_effort, parse_figure
from statusgen.roadmap.vocabulary import grouped

_ROLES: tuple[tuple[str, str], ...] = (
    ("pros", r"pros?|advantages?|strengths?|upsides?|benefits?"),
    ("cons", r"cons?|disadvantages?|weakness(es)?|downsides?|drawbacks?|trade-?offs?"),
    ("option", r"options?|alternatives?|candidates?|choices?|approach(es)?|contenders?"),
    ("risk", r"risks?|limitations?|problems?|issues?|weakness(es)?|challenges?|gaps?|pain points?"),
    ("impact", r"impacts?|consequences?|effects?|mitigations?|why it matters|severity|likelihood"),
    ("metric", r"metrics?|kpis?|indicators?|signals?|slis?|slos?|measures?"),
    ("alert", r"(alert )?thresholds?|targets?|alerts?( when| at)?|goals?|objectives?|slos?"),
    ("tools", r"tools?|monitored by|source|measured by|dashboards?"),
    ("need", r"(if you )?needs?\b.*|scenarios?|use cases?|when\b.*|requirements?|situation|if .*"),
    ("go", r"go with\b.*|choose|recommend.*|use|pick|then|solutions?|decision|best .*"),
    ("before", r"before|current|today|old|existing|as[- ]is|from|now|traditional"),
    ("after", r"after|new|to|target|proposed|future|to[- ]be|migrate to|move to|planned"),
    ("service", r"services?|providers?|vendors?|products?|platforms?|solution|stack"),
    ("component", r"components?|areas?|layers?|category|functions?|roles?|types?|purpose"),
    ("tier", r"tiers?|plans?|editions?|sizes?|instances?|specs?|usage"),
    ("region", r"regions?|locations?|zones?"),
    ("quantity", r"qty|quantity|count|units|number|#|no\.?|instances|nodes|seats|hosts"),
    ("why", r"why|reasons?|rationale|benefits?|notes?|comments?|description|details?|remarks?"),
    ("gives", r"what you get|gives|includes?|features?"),
    ("effort", r"efforts?|time|duration|hours|estimates?|estimated (time|effort)|eta"),
    ("task", r"tasks?|(action |work )?items?|actions?|steps?|activit(y|ies)|deliverables?"),
    ("when", r"when|timeline|timing|schedule|due|week|month|phase"),
)  # fmt: skip
_OTHER_WORDS = grouped("column")
"""Role → headers of other languages than English."""
_TARGET = re.compile(r"targets?|goals?|objectives?|slos?")
_BLANK = Line(0, "")


@dataclass(slots=True)
class Columns:
    """What the columns of a table hold."""

    table: Table
    roles: dict[str, int]
    prices: list[int]
    """The columns of prices."""
    currency: list[str]

    def cell(self, row: TableRow, role: str) -> Line:
        """Return the cell of a role; an empty one where there is no such column."""
        index = self.roles.get(role)
        if index is None or index >= len(row.cells) or says_nothing(row.cells[index].text):
            return _BLANK
        return row.cells[index]

    def price(self, row: TableRow, index: int) -> str:
        """Return a cell as a price; empty where it is none."""
        return as_price(row.cells[index].text, self.currency[index])


def columns(table: Table) -> Columns:
    """Say what each column of a table is, by its header and by what stands in it."""
    roles: dict[str, int] = {}
    for index, header in enumerate(table.header):
        text = re.sub(r"\s*\(.*\)", "", header.text).strip(" .…?:*").casefold()
        for role, pattern in _ROLES:
            if index == 0 and role in ("tier", "region", "quantity", "gives", "why"):
                continue
            if role not in roles and (
                re.fullmatch(pattern, text) or text in _OTHER_WORDS.get(role, ())
            ):
                roles[role] = index
                break
    currency = [currency_in(header.text) for header in table.header]
    prices = [
        index
        for index in range(1, len(table.header))
        if not REVENUE.search(table.header[index].text) and _is_priced(table, index, currency)
    ]
    return Columns(table, roles, prices, currency)


def _is_priced(table: Table, index: int, currency: Sequence[str]) -> bool:
    texts = [row.cells[index].text for row in table.rows if index < len(row.cells)]
    said = [text for text in texts if not says_nothing(text)]
    read = [price for price in (as_price(text, currency[index]) for text in said) if price]
    return bool(read) and 2 * len(read) >= len(said) and any(map(has_money, read))


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
    if _are_options(shape):
        return [Entity("item", table.line, {"name": name, "options": [*_options(shape)]})]
    if {"risk", "impact"} <= roles.keys():
        return [_limitation(shape, row) for row in table.rows]
    if {"metric", "alert"} <= roles.keys() and (metrics := _metrics(shape)):
        return metrics
    if {"need", "go"} <= roles.keys() and not shape.prices:
        return [_decision(shape, row) for row in table.rows]
    if not roles and (tiers := _tiers(table, name)) is not None:
        return [tiers]
    if shape.prices and (REVENUE.search(name) or REVENUE.search(table.header[0].text)):
        return [kept(table, name)]
    if shape.prices:
        return _cost_tables(shape, name, stage_names, found)
    if {"before", "after"} <= roles.keys():
        return _items(shape, found)
    return [kept(table, name)]


def _tiers(table: Table, name: str) -> Entity | None:
    """Read a table with a line of prices, a column each: what is sold in several sizes."""
    lines = [row for row in table.rows if canonical(row.cells[0].text) == "cost"]
    if len(lines) != 1 or len(table.header) < 3 or not says_nothing(table.header[0].text):
        return None
    prices = [as_price(cell.text) for cell in lines[0].cells[1:]]
    if not all(prices) or not any(map(has_money, prices)):
        return None
    others = [cell.text for row in table.rows if row is not lines[0] for cell in row.cells[1:]]
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


def read_stage_table(table: Table, name: str, stage: Entity, found: Found) -> list[Entity]:
    """Read a table within a stage: its rows are items, unless they are something else."""
    shape = columns(table)
    roles = shape.roles
    if _are_options(shape):
        return read_table(table, name, found)
    listing = {"service", "after", "before"} & roles.keys() or shape.prices or "why" in roles
    listing = listing or roles.get("task") == 0
    other = {"risk", "impact"} <= roles.keys() or {"metric", "alert"} <= roles.keys()
    if not listing or other or not table.rows:
        return read_table(table, name, found)
    _tell_ragged(table, found)
    if {"before", "after"} <= roles.keys() and {roles["before"], roles["after"]} <= set(
        shape.prices
    ):
        return _cost_tables(shape, name, (), found)
    if _is_calculated(shape):
        return _cost_tables(shape, name, (), found)
    items = []
    for row, item in zip(table.rows, _items(shape, found), strict=True):
        if is_total(item.text("name")) and shape.prices:
            price = shape.price(row, shape.prices[0])
            if price:
                stage.set("cost", Entity("stated", row.line, {"stated": price}))
        elif is_total(item.text("name")):
            told = [cell.text for cell in row.cells if not says_nothing(cell.text)]
            stage.add("notes", ": ".join(told))
        else:
            items.append(item)
    return items


def _is_calculated(shape: Columns) -> bool:
    """Whether a table says more than what each line costs: parts with their sum, units with one."""
    header = shape.table.header
    columns_ = [index for index in shape.prices if not SAVED.search(header[index].text)]
    if len([index for index in columns_ if not YEAR.search(header[index].text)]) < 2:
        return False
    return any(is_total(row.cells[0].text) for row in shape.table.rows)


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


def _are_options(shape: Columns) -> bool:
    """Whether the rows are choices: with pros and cons, or so called and with a price."""
    roles = shape.roles
    if not shape.table.rows or any(is_total(row.cells[0].text) for row in shape.table.rows):
        return False
    return {"pros", "cons"} <= roles.keys() or (roles.get("option") == 0 and bool(shape.prices))


def _options(shape: Columns) -> Iterator[Entity]:
    """Read each row as an option; what no field holds is kept under its column's name."""
    price_at = next(iter(shape.prices), None)
    for row in shape.table.rows:
        first = row.cells[0]
        option = Entity("option", row.line)
        name_option(option, first.text or f"Row {row.line}")
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
            if index not in taken and not says_nothing(cell_.text):
                option.facet(shape.table.header[index].text or "Note", cell_.text)
        _links(row, option)
        yield option


def _limitation(shape: Columns, row: TableRow) -> Entity:
    part = Entity("limitation", row.line)
    part.set("risk", shape.cell(row, "risk").text or "(not named)")
    part.set("impact", shape.cell(row, "impact").text or "(not stated)")
    _rest(shape, row, part, {"risk", "impact"})
    return part


def _decision(shape: Columns, row: TableRow) -> Entity:
    part = Entity("decision", row.line)
    part.set("need", shape.cell(row, "need").text or "(not named)")
    part.set("go", shape.cell(row, "go").text or "(not stated)")
    _rest(shape, row, part, {"need", "go"})
    return part


def _metrics(shape: Columns) -> list[Entity]:
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
        _rest(shape, row, part, {"metric", "alert", "tools"})
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
        _rest(shape, row, part, {"metric", "alert"}, *used)
        parts.append(part)
    return parts


def _rest(shape: Columns, row: TableRow, part: Entity, taken: set[str], *used: int) -> None:
    """Keep the cells of all other columns as notes."""
    done = {shape.roles[role] for role in taken if role in shape.roles} | set(used)
    for index, cell in enumerate(row.cells):
        if index not in done and not says_nothing(cell.text):
            label = shape.table.header[index].text
            part.add("notes", f"{label}: {cell.text}" if label else cell.text)
    _links(row, part)


def _links(row: TableRow, part: Entity) -> None:
    for cell in row.cells:
        for text, address in cell.links:
            part.link(text or address, address)


def _items(shape: Columns, found: Found) -> list[Entity]:
    """Read each row as an item: what moves, what is added, what is changed."""
    items = []
    roles = shape.roles
    for row in shape.table.rows:
        first = next((cell.text for cell in row.cells if not says_nothing(cell.text)), "")
        item = Entity("item", row.line, {"name": first or f"Row {row.line}"})
        taken = {"why", "before", "after", "service"}
        item.set("why", shape.cell(row, "why").text)
        effort = shape.cell(row, "effort").text
        if effort and reads(parse_effort, effort):
            item.set("effort", effort)
            taken.add("effort")
        for role, side in (("before", "from"), ("after", "to")):
            text = shape.cell(row, role).text
            if text and roles[role] not in shape.prices:
                item.set(side, services(text, row.line))
        service = shape.cell(row, "service").text
        price_at = next(
            (i for i in shape.prices if not SAVED.search(shape.table.header[i].text)), 0
        )
        price = shape.price(row, price_at) if price_at else ""
        if service or price:
            part = Entity("service", row.line, {"name": service or first or f"Row {row.line}"})
            part.set("price", price)
            part.set("tier", shape.cell(row, "tier").text)
            item.set("service", part)
            taken.add("tier")
        if price_at and not price and not says_nothing(row.cells[price_at].text):
            found.skip(row.line, row.cells[price_at].text, "not read as a price, kept as a note")
        used = [0] + ([price_at] if price else [])
        _rest(shape, row, item, taken, *used)
        items.append(item)
    return items


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


def _cost_tables(
    shape: Columns, name: str, stage_names: Sequence[str], found: Found
) -> list[Entity]:
    """Read a table of costs; one with a column for before and one for after is a comparison."""
    header = shape.table.header
    columns_ = [index for index in shape.prices if not SAVED.search(header[index].text)]
    unit = next((i for i in columns_ if UNIT.search(header[i].text) and len(columns_) > 1), None)
    annual = next((i for i in columns_ if YEAR.search(header[i].text)), None)
    monthly = [index for index in columns_ if index not in (unit, annual)]
    before, after = shape.roles.get("before"), shape.roles.get("after")
    if before in monthly and after in monthly and before is not None and after is not None:
        sides = [
            _cost_table(shape, f"{name}: {header[i].text}", i, None, None, found)
            for i in (before, after)
        ]
        return [
            Entity(
                "comparison",
                shape.table.line,
                {"name": name, "before": sides[0], "after": sides[1]},
            )
        ]
    if len(monthly) > 1:
        return [
            _cost_table(shape, f"{name}: {header[index].text}", index, None, unit, found)
            for index in monthly
        ]
    table = _cost_table(shape, name, monthly[0] if monthly else None, annual, unit, found)
    names = [part.text("name").lower() for part in table.parts("rows")]
    known = [text.lower() for text in stage_names]
    repeated = sum(any(text.startswith(stage) for stage in known) for text in names)
    if known and names and 2 * repeated >= len(names):
        table.kind = "summary"
        table.fields["sums"] = False
    return [table]


def _cost_table(
    shape: Columns,
    name: str,
    monthly: int | None,
    annual: int | None,
    unit: int | None,
    found: Found,
) -> Entity:
    table = Entity("table", shape.table.line, {"name": name, "rows": []})
    if monthly is not None:
        name_ = shape.table.header[monthly].text
        table.set("column", name_)
    periods = [row for row in shape.table.rows if is_period(row.cells[0].text)]
    summed = periods[0] if len(periods) == 1 and periods[0] is shape.table.rows[-1] else None
    for row in shape.table.rows:
        first = next((cell for cell in row.cells if not says_nothing(cell.text)), _BLANK)
        prices = {
            field: shape.price(row, index)
            for field, index in (("monthly", monthly), ("annual", annual), ("unit_price", unit))
            if index is not None
        }
        if is_total(first.text) or row is summed:
            _total(table, shape, row, prices, (monthly, annual, unit))
        else:
            table.add("rows", _row(shape, row, prices, (monthly, annual, unit), found))
    return table


def _total(
    table: Entity,
    shape: Columns,
    row: TableRow,
    prices: dict[str, str],
    at: tuple[int | None, int | None, int | None],
) -> None:
    """Take a sum: the last one is that of the table, those before it are of parts.

    A sum of a year under a column of months is the year's.
    """
    stated = {field: price for field, price in prices.items() if price and field != "unit_price"}
    label = row.cells[0].text
    before = table.fields.get("total")
    if "annual" not in prices and "monthly" in stated and YEAR.search(label):
        stated = {"annual": stated["monthly"]}
        if isinstance(before, Entity):
            before.set("annual", stated["annual"])
            return
    total = Entity("total", row.line, dict(stated))
    _rest(shape, row, total, set(), 0, *_used(prices, *at))
    for field in ("monthly", "annual"):
        if isinstance(before, Entity) and (parted := before.text(field)):
            total.add("notes", f"a sum of parts in line {before.line}: {parted}")
    if stated or before is None:
        table.fields["total"] = total


def _used(prices: dict[str, str], *indices: int | None) -> list[int]:
    names = ("monthly", "annual", "unit_price")
    return [i for name, i in zip(names, indices, strict=True) if i is not None and prices.get(name)]


def _row(
    shape: Columns,
    row: TableRow,
    prices: dict[str, str],
    at: tuple[int | None, int | None, int | None],
    found: Found,
) -> Entity:
    part = Entity("row", row.line)
    service = shape.cell(row, "service").text
    first = row.cells[0].text
    part.set("name", service or first or f"Row {row.line}")
    taken = {"service", "tier", "region", "quantity", "gives"}
    if service and shape.roles.get("service") != 0:
        part.set("role", "" if says_nothing(first) else first)
    for role in ("tier", "gives"):
        part.set(role, shape.cell(row, role).text)
    if region := shape.cell(row, "region").text:
        part.set("region", [region])
    quantity = shape.cell(row, "quantity").text
    if quantity.isascii() and quantity.isdecimal() and len(quantity) < 9:
        part.set("quantity", quantity)
    else:
        taken.discard("quantity")
    for field, price in prices.items():
        part.set(field, price)
    for field, index in zip(("monthly", "annual", "unit_price"), at, strict=True):
        if index is not None and not prices.get(field) and not says_nothing(row.cells[index].text):
            found.skip(row.line, row.cells[index].text, "not read as a price, kept as a note")
    _rest(shape, row, part, taken, 0, *_used(prices, *at))
    return part

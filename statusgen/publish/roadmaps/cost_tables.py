"""Tables of money: stacks, comparisons, claims. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from statusgen.audit import Finding
from statusgen.publish.roadmaps.addresses import part_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, derived_cell
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import derived_money, figure, stated_money
from statusgen.publish.roadmaps.words import (
    changed,
    dashed,
    rates_told,
    sentence,
    told,
)
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import (
    adds_up,
    row_cost,
    table_sum,
)
from statusgen.roadmap.model import CostTable, Path, Row, Total
from statusgen.roadmap.price import Kind, Price
from statusgen.words import Words


def by_month(words: Words) -> Column:
    """Return the column of what is paid a month."""
    return Column(words.say("roadmap.column-a-month"), True)


def by_year(words: Words) -> Column:
    """Return the column of what is paid a year."""
    return Column(words.say("roadmap.column-a-year"), True)


def derived(words: Words, cost: Cost) -> Cell:
    """Return a derived cost, and beneath it what is not in it."""
    said = told(words, cost)
    return Cell(said.text, note=said.note, value=derived_money(cost))


def summed(words: Words, cost: Cost) -> Cell:
    """Return a derived sum, with no more than a word of what is not in it."""
    said = told(words, cost)
    return Cell(said.text, note=said.short, value=derived_money(cost))


def change_cell(words: Words, cost: Cost) -> Cell:
    """Return what is added to the bill, or saved."""
    return Cell(changed(words, cost.recurring), value=derived_money(cost))


def bare(words: Words, cost: Cost) -> Cell:
    """Return a derived cost with no words beneath but of which currencies it is made."""
    note = told(words, replace(cost, missing=(), assumed=())).note
    return Cell(told(words, cost).text, note=note, value=derived_money(cost))


def derived_year(words: Words, cost: Cost) -> Cell:
    """Return twelve months of a cost; nothing of what is paid once."""
    if cost.once and not cost.currencies and not cost.missing:
        return NONE
    return bare(words, cost.yearly())


def cost_table(dossier: Dossier, path: Path, table: CostTable) -> Table:
    """Return a table of costs as its author states it, with the derived sum beneath."""
    has_tier = any(row.tier or row.note or row.region for row in table.rows)
    has_year = any(row.annual for row in table.rows)
    has_use = any(row.role or row.gives for row in table.rows)
    has_unit = any(row.unit_price for row in table.rows)
    rows = tuple(
        _line(dossier, (*path, "rows", index), row, (has_use, has_tier, has_unit, has_year))
        for index, row in enumerate(table.rows)
    )
    words = dossier.words
    names = ["line-of", *(["used-for"] if has_use else []), *(["tier"] if has_tier else [])]
    columns = [Column(words.say(f"roadmap.column-{name}")) for name in names]
    amounts = Column(words.say("roadmap.column-once"), True) if _is_once(table) else by_month(words)
    if _is_all(table, Kind.UNTIMED):
        amounts = Column(words.say("roadmap.column-price"), True)
    if table.column:
        amounts = Column(table.column, True)
    columns += [Column(words.say("roadmap.column-each"), True)] if has_unit else []
    columns += [amounts] + ([by_year(words)] if has_year else [])
    footnotes = (f"{row.name}: {row.footnote}" for row in table.rows if row.footnote)
    rates = sentence(rates_told(words, [_sum_of(dossier, table)])) if adds_up(table) else ""
    note = "; ".join(filter(None, (*table.notes, *footnotes, rates)))
    sums = tuple(_sums(dossier, path, table, len(columns) - 1 - has_year, has_year))
    return Table(
        name=f"table-{table.id}",
        title=table.name,
        columns=tuple(columns),
        rows=rows,
        sums=sums,
        note=note,
    )


def _is_once(table: CostTable) -> bool:
    """Whether all that a table lists is paid one time."""
    return _is_all(table, Kind.ONE_OFF)


def _is_all(table: CostTable, kind: Kind) -> bool:
    prices = [row.monthly for row in table.rows if row.monthly is not None]
    return bool(prices) and all(price.terms[0].kind is kind for price in prices)


def _line(
    dossier: Dossier, path: Path, row: Row, has: tuple[bool, bool, bool, bool]
) -> tuple[Cell, ...]:
    has_use, has_tier, has_unit, has_year = has
    cells = [name_cell(dossier, path, row)]
    if has_use:
        cells.append(Cell(row.role or row.gives or "—"))
    if has_tier:
        cells.append(Cell(", ".join((*filter(None, (row.tier, row.note)), *row.region)) or "—"))
    if has_unit:
        cells.append(_price_cell(dossier, path, "unit_price", row.unit_price, None))
    cells.append(amount_cell(dossier, path, row))
    if has_year:
        cells.append(_price_cell(dossier, path, "annual", row.annual, None))
    return tuple(cells)


def _price_cell(
    dossier: Dossier, path: Path, name: str, price: Price | None, cost: Cost | None
) -> Cell:
    if price is None:
        return derived(dossier.words, cost) if cost else NONE
    faults = dossier.faults_at((*path, name))
    return price_as_written(dossier, price, name, faults)


def price_as_written(
    dossier: Dossier, price: Price, name: str, faults: tuple[Finding, ...] = ()
) -> Cell:
    """Return a price as its author wrote it; ``name`` tells a year's from a month's."""
    amount = price.amount if name == "annual" else price.monthly
    value = stated_money(price, amount, dossier.roadmap.currency)
    return Cell(dashed(str(price)), faults=faults, value=value)


def _sums(
    dossier: Dossier, path: Path, table: CostTable, blanks: int, has_year: bool
) -> Iterable[tuple[Cell, ...]]:
    empty = tuple(Cell("") for _ in range(blanks - 1))
    stated_sums: list[tuple[Path, Total]] = [
        (("subtotals", index), one) for index, one in enumerate(table.subtotals)
    ]
    stated_sums += [(("total",), table.total)] if table.total is not None else []
    for where, one in stated_sums:
        at = (*path, *where)
        cells = [amount_cell(dossier, at, one)]
        if has_year:
            cells.append(_price_cell(dossier, at, "annual", one.annual, None))
        yield (name_cell(dossier, at, one), *empty, *cells)
    if adds_up(table):
        words = dossier.words
        cells = [sum_cell(dossier, table)]
        cells += [derived_year(words, _sum_of(dossier, table))] if has_year else []
        yield (Cell(words.say("roadmap.sum-of-lines")), *empty, *cells)


def sum_cell(dossier: Dossier, table: CostTable) -> Cell:
    """Return what the lines of a table come to."""
    return derived(dossier.words, _sum_of(dossier, table))


def _sum_of(dossier: Dossier, table: CostTable) -> Cost:
    return table_sum(dossier.roadmap, table).written_in(dossier.roadmap.currency)


def name_cell(dossier: Dossier, path: Path, part: Row | Total) -> Cell:
    """Return what a line of a table is for, with what is said besides."""
    note = "; ".join(part.notes)
    if isinstance(part, Total):
        return Cell(part.name or dossier.words.say("roadmap.total-stated"), note=note)
    lead = part.stage or (part.items[0] if part.items else "")
    there = part_path(dossier.roadmap, lead) if lead else ""
    return Cell(part.name, there, note=note, faults=dossier.faults_at(path, "name"))


def amount_cell(dossier: Dossier, path: Path, part: Row | Total) -> Cell:
    """Return what a line of a table costs, or its total, with the marks of the audit."""
    cost = row_cost(part) if isinstance(part, Row) else None
    cell = _price_cell(dossier, path, "monthly", part.monthly, cost)
    if isinstance(part, Total) and not cell.faults:
        return replace(cell, faults=dossier.faults_at(path))
    return cell


def claims_table(dossier: Dossier) -> Table:
    """Return the claims in prose with what the audit derives of each."""
    derived_of = {finding.subject: finding for finding in dossier.findings}
    rows, say = [], dossier.words.say
    for index, claim in enumerate(dossier.roadmap.claims):
        finding = derived_of.get(f"claims.{claim.id}")
        faults = dossier.faults_at(("claims", index))
        rows.append(
            (
                Cell(claim.text, faults=faults),
                Cell(dashed(str(claim.stated)), value=figure(claim.stated)),
                derived_cell(dossier.words, finding),
                Cell(say(f"roadmap.verdict-{finding.shown}") if finding else "—"),
            )
        )
    return Table(
        name="claims",
        title=say("roadmap.claims"),
        columns=(
            Column(say("roadmap.column-claim")),
            Column(say("roadmap.column-stated"), True),
            Column(say("roadmap.column-derived"), True),
            Column(say("roadmap.column-verdict"), fixed=True),
        ),
        rows=tuple(rows),
    )

"""Tables of money: stages, items, stacks, comparisons, claims. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from statusgen.publish.roadmaps.addresses import item_path, part_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, derived_cell, due, stated_cell
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import derived_money, figure, stated_money
from statusgen.publish.roadmaps.words import (
    KIND_WORDS,
    SPOKEN,
    VERDICT_WORDS,
    changed,
    dashed,
    quantity,
    told,
)
from statusgen.roadmap.audit import Finding
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import CostLine, StageCost, adds_up, row_cost, table_cost
from statusgen.roadmap.model import CostTable, Item, Path, Row, Service, Stage
from statusgen.roadmap.money import Period
from statusgen.roadmap.price import Kind, Price, Quantity

_MONTHLY = Column("A month", True)
_YEARLY = Column("A year", True)


def stage_costs_table(dossier: Dossier) -> Table:
    """Return what each stage adds, what then runs, and how that differs from the stage before."""
    plan = dossier.roadmap
    needs = dossier.has_needs
    rows = []
    for number, (stage, costs) in enumerate(zip(plan.stages, dossier.costs, strict=True)):
        change = (change_cell(costs.own_change), change_cell(costs.needed))
        rows.append(
            (
                Cell(stage.name, stage_path(plan.id, stage.id), note=due(stage).removeprefix("—")),
                stated_cell(dossier, number, stage),
                summed(costs.new),
                summed(costs.running),
                summed(costs.annual),
                *change[: 1 + needs],
            )
        )
    columns = ["Stated", "Added a month", "Running a month", "Running a year"]
    if needs:
        columns += [SPOKEN.say("roadmap.column-change"), SPOKEN.say("roadmap.column-needs")]
    else:
        columns.append("Change from before")
    return Table(
        name="costs",
        title="Cost by " + KIND_WORDS[plan.kind].lower(),
        columns=(Column(KIND_WORDS[plan.kind]), *(Column(title, True) for title in columns)),
        rows=tuple(rows),
    )


def derived(cost: Cost) -> Cell:
    """Return a derived cost, and beneath it what is not in it."""
    said = told(cost)
    return Cell(said.text, note=said.note, value=derived_money(cost))


def summed(cost: Cost) -> Cell:
    """Return a derived sum, with no more than a word of what is not in it."""
    said = told(cost)
    return Cell(said.text, note=said.short, value=derived_money(cost))


def change_cell(cost: Cost) -> Cell:
    """Return what is added to the bill, or saved."""
    return Cell(changed(cost), value=derived_money(cost))


def bare(cost: Cost) -> Cell:
    """Return a derived cost without words beneath."""
    return Cell(told(cost).text, value=derived_money(cost))


def stage_table(dossier: Dossier, stage: Stage) -> Table:
    """Return a stage's items with price, quantity and cost, and the sums beneath."""
    plan = dossier.roadmap
    number = plan.stages.index(stage)
    costs = dossier.cost(stage)
    moves = any(item.is_migration and item.moves_from for item in stage.items)
    rows = []
    for index, one in enumerate(costs.items):
        item = one.item
        row = [
            _item_cell(dossier, item),
            _product(dossier, ("stages", number, "items", index), item),
        ]
        row += _amount_used(_service(item))
        rows.append(_priced(row, one.own, moves))
        for line in one.needs:
            note = SPOKEN.say("roadmap.needed-for", item=item.name)
            row = [Cell(line.name, note=note), _price_of(line.need)]
            row += _amount_used(line.need)
            rows.append(_priced(row, line, moves))
    title = f"{stage.name}: what it costs"
    columns = [Column("Item"), Column("Product and price"), Column("Quantity", True)]
    columns += [Column("Unit"), _MONTHLY, _YEARLY]
    if moves:
        columns.append(Column("Change a month", True))
    return Table(
        name=f"stage-{stage.id}",
        title=title,
        columns=tuple(columns),
        rows=tuple(rows),
        sums=tuple(_stage_sums(costs, moves)),
        even=True,
    )


def _priced(row: list[Cell], line: CostLine, moves: bool) -> tuple[Cell, ...]:
    change = [change_cell(line.change)] if moves else []
    return (*row, derived(line.cost), derived_year(line.cost), *change)


def _stage_sums(costs: StageCost, moves: bool) -> Iterable[tuple[Cell, ...]]:
    lines: list[tuple[str, Cost, Cost | None]] = []
    if costs.has_needs:
        lines.append((SPOKEN.say("roadmap.items-alone"), costs.own, costs.own_change))
        lines.append((SPOKEN.say("roadmap.items-needs"), costs.needed, costs.needed))
    lines += [("Added", costs.new, costs.change), ("Running", costs.running, None)]
    blank = (Cell(""), Cell(""), Cell(""))
    for title, cost, change in lines:
        cells = (Cell(title), *blank, bare(cost), bare(cost.yearly()))
        yield (*cells, change_cell(change) if change else Cell("")) if moves else cells


def derived_year(cost: Cost) -> Cell:
    """Return twelve months of a cost."""
    return bare(cost.yearly())


def _item_cell(dossier: Dossier, item: Item) -> Cell:
    return Cell(item.name, item_path(dossier.roadmap, item.id))


def _product(dossier: Dossier, path: Path, item: Item) -> Cell:
    """Return the product, its tier and its price as written."""
    faults = dossier.faults_at(path, "price", "cost", "service", "to", "from")
    service = _service(item)
    if service is None:
        names = f"{len(item.options)} options" if item.options else "—"
        path_ = f"{section_path(dossier.id, 'options')}#{item.id}" if item.options else ""
        return Cell(names, path_, faults=faults)
    faults += tuple(
        one
        for key in ("service", "to")
        for one in dossier.faults_at((*path, key), "price", "cost", "name")
        if one not in faults
    )
    name = " ".join(part for part in (service.name, service.tier) if part)
    note = dashed(service.price.raw) if service.price else "no price given"
    if note == service.tier:
        note = ""
    if item.moves_from:
        before = " or ".join(one.name for one in item.moves_from)
        return Cell(f"{before} → {name}", note=note, faults=faults)
    return Cell(name, note=note, faults=faults)


def _service(item: Item) -> Service | None:
    return item.service or (item.moves_to[0] if item.moves_to else None)


def _price_of(service: Service | None) -> Cell:
    """Return the price of what is needed, as written."""
    if service is None or service.price is None:
        return Cell("no price given")
    return Cell(dashed(service.price.raw))


def _amount_used(service: Service | None) -> tuple[Cell, Cell]:
    """Return how much is bought, and of what."""
    price = service.price if service else None
    if service is None or price is None:
        return NONE, NONE
    units = [term.per[0].unit for term in price.terms if term.kind is Kind.PER_UNIT and term.per]
    if units:
        used = [service.usage.get(unit) for unit in units]
        return _quantities(used), Cell(", ".join(units))
    if service.usage:
        return _quantities(list(service.usage.values())), Cell(", ".join(service.usage))
    return _recurring(price)


def _quantities(used: Sequence[Quantity | None]) -> Cell:
    text = ", ".join("not stated" if one is None else quantity(one) for one in used)
    only = used[0] if len(used) == 1 else None
    return Cell(text, value=only.amount.low if only and only.amount.is_point else None)


def _recurring(price: Price) -> tuple[Cell, Cell]:
    fixed = [term for term in price.terms if term.kind is Kind.FIXED]
    if fixed:
        return Cell("1", value=1), Cell(str(fixed[0].every or Period.MONTH))
    if any(term.kind is Kind.ONE_OFF for term in price.terms):
        return Cell("1", value=1), Cell("once")
    return NONE, NONE


def cost_table(dossier: Dossier, path: Path, table: CostTable) -> Table:
    """Return a table of costs as its author states it, with the derived sum beneath."""
    has_tier = any(row.tier or row.note or row.region for row in table.rows)
    has_year = any(row.annual for row in table.rows)
    has_use = any(row.role or row.gives for row in table.rows)
    rows = tuple(
        _line(dossier, (*path, "rows", index), row, (has_use, has_tier, has_year))
        for index, row in enumerate(table.rows)
    )
    columns = [Column("Line")]
    columns += [Column("For")] if has_use else []
    columns += [Column("Tier")] if has_tier else []
    columns += [_MONTHLY] + ([_YEARLY] if has_year else [])
    note = "; ".join(f"{row.name}: {row.footnote}" for row in table.rows if row.footnote)
    sums = tuple(_sums(dossier, path, table, len(columns) - 1 - has_year, has_year))
    return Table(
        name=f"table-{table.id}",
        title=table.name,
        columns=tuple(columns),
        rows=rows,
        sums=sums,
        note=note,
    )


def _line(dossier: Dossier, path: Path, row: Row, has: tuple[bool, bool, bool]) -> tuple[Cell, ...]:
    has_use, has_tier, has_year = has
    plan = dossier.roadmap
    lead = row.stage or (row.items[0] if row.items else "")
    cells = [
        Cell(
            row.name,
            part_path(plan, lead) if lead else "",
            faults=dossier.faults_at(path, "name"),
        )
    ]
    if has_use:
        cells.append(Cell(row.role or row.gives or "—"))
    if has_tier:
        cells.append(Cell(", ".join((*filter(None, (row.tier, row.note)), *row.region)) or "—"))
    cells.append(_price_cell(dossier, path, "monthly", row.monthly, row_cost(row)))
    if has_year:
        cells.append(_price_cell(dossier, path, "annual", row.annual, None))
    return tuple(cells)


def _price_cell(
    dossier: Dossier, path: Path, name: str, price: Price | None, cost: Cost | None
) -> Cell:
    if price is None:
        return derived(cost) if cost else NONE
    faults = dossier.faults_at((*path, name))
    return _stated(dossier, price, name, faults)


def _stated(dossier: Dossier, price: Price, name: str, faults: tuple[Finding, ...] = ()) -> Cell:
    amount = price.amount if name == "annual" else price.monthly
    value = stated_money(price, amount, dossier.roadmap.currency)
    return Cell(dashed(str(price)), faults=faults, value=value)


def _sums(
    dossier: Dossier, path: Path, table: CostTable, blanks: int, has_year: bool
) -> Iterable[tuple[Cell, ...]]:
    empty = tuple(Cell("") for _ in range(blanks - 1))
    if table.total is not None:
        at = (*path, "total")
        cells = [_price_cell(dossier, at, "monthly", table.total.monthly, None)]
        if has_year:
            cells.append(_price_cell(dossier, at, "annual", table.total.annual, None))
        if not cells[0].faults:
            cells[0] = replace(cells[0], faults=dossier.faults_at(at))
        yield (Cell("Total, as stated"), *empty, *cells)
    if adds_up(table):
        cost = table_cost(table)
        cells = [derived(cost)] + ([derived_year(cost)] if has_year else [])
        yield (Cell("Sum of the lines"), *empty, *cells)


def claims_table(dossier: Dossier) -> Table:
    """Return the claims in prose with what the audit derives of each."""
    derived_of = {finding.subject: finding for finding in dossier.findings}
    rows = []
    for index, claim in enumerate(dossier.roadmap.claims):
        finding = derived_of.get(f"claims.{claim.id}")
        faults = dossier.faults_at(("claims", index))
        rows.append(
            (
                Cell(claim.text, faults=faults),
                Cell(dashed(str(claim.stated)), value=figure(claim.stated)),
                derived_cell(finding),
                Cell(VERDICT_WORDS[finding.verdict] if finding else "—"),
            )
        )
    return Table(
        name="claims",
        title="What is claimed, and what the numbers give",
        columns=(
            Column("Claim"),
            Column("Stated", True),
            Column("Derived", True),
            Column("Verdict", fixed=True),
        ),
        rows=tuple(rows),
    )

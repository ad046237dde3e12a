"""Tables of money: stages, items, stacks, comparisons, claims. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable

from statusgen.publish.roadmaps.addresses import item_path, part_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, due, stated_cell
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.words import KIND_WORDS, VERDICT_WORDS, dashed, quantity, told
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import item_change, item_cost, row_cost, table_cost
from statusgen.roadmap.model import CostTable, Item, Path, Row, Service, Stage
from statusgen.roadmap.money import Period
from statusgen.roadmap.price import Kind, Price

_MONTHLY = Column("A month", True)
_YEARLY = Column("A year", True)


def stage_costs_table(dossier: Dossier) -> Table:
    """Return what each stage adds, what then runs, and how that differs from the stage before."""
    plan = dossier.roadmap
    rows = []
    for number, stage in enumerate(plan.stages):
        costs = dossier.cost(stage)
        rows.append(
            (
                Cell(stage.name, stage_path(plan.id, stage.id), note=due(stage).removeprefix("—")),
                stated_cell(dossier, number, stage),
                summed(costs.new),
                summed(dossier.running(stage)),
                summed(dossier.running(stage).yearly()),
                _change(costs.change),
            )
        )
    return Table(
        name="costs",
        title="Cost by " + KIND_WORDS[plan.kind].lower(),
        columns=(
            Column(KIND_WORDS[plan.kind]),
            Column("Stated", True),
            Column("Added a month", True),
            Column("Running a month", True),
            Column("Running a year", True),
            Column("Change from before", True),
        ),
        rows=tuple(rows),
    )


def derived(cost: Cost) -> Cell:
    """Return a derived cost, and beneath it what is not in it."""
    said = told(cost)
    return Cell(said.text, note=said.note)


def summed(cost: Cost) -> Cell:
    """Return a derived sum, with no more than a word of what is not in it."""
    said = told(cost)
    return Cell(said.text, note=said.short)


def _change(cost: Cost) -> Cell:
    said = told(cost)
    grows = said.text[:1] not in "−—o" and cost.currencies
    return Cell(f"+{said.text}" if grows else said.text)


def stage_table(dossier: Dossier, stage: Stage) -> Table:
    """Return a stage's items with price, quantity and cost, and the sums beneath."""
    plan = dossier.roadmap
    number = plan.stages.index(stage)
    moves = any(item.is_migration and item.moves_from for item in stage.items)
    rows = []
    for index, item in enumerate(stage.items):
        cost = item_cost(item)
        row = [
            _item_cell(dossier, item),
            _product(dossier, ("stages", number, "items", index), item),
        ]
        row += [Cell(text) for text in _amount_used(item)]
        row += [derived(cost), derived_year(cost)]
        if moves:
            row.append(_change(item_change(item)))
        rows.append(tuple(row))
    costs = dossier.cost(stage)
    blank = (Cell(""), Cell(""), Cell(""))
    sums = []
    running = dossier.running(stage)
    for title, cost in (("Added", costs.new), ("Running", running)):
        line = (Cell(title), *blank, Cell(told(cost).text), Cell(told(cost.yearly()).text))
        sums.append(
            (*line, _change(costs.change) if title == "Added" else Cell("")) if moves else line
        )
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
        sums=tuple(sums),
        even=True,
    )


def derived_year(cost: Cost) -> Cell:
    """Return twelve months of a cost."""
    return Cell(told(cost.yearly()).text)


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


def _amount_used(item: Item) -> tuple[str, str]:
    """Return how much is bought, and of what."""
    service = _service(item)
    price = service.price if service else None
    if service is None or price is None:
        return "—", "—"
    units = [term.per[0].unit for term in price.terms if term.kind is Kind.PER_UNIT and term.per]
    if units:
        used = [
            quantity(service.usage[unit]) if unit in service.usage else "not stated"
            for unit in units
        ]
        return ", ".join(used), ", ".join(units)
    if service.usage:
        amounts = service.usage.items()
        return ", ".join(quantity(used) for _, used in amounts), ", ".join(
            unit for unit, _ in amounts
        )
    return _recurring(price)


def _recurring(price: Price) -> tuple[str, str]:
    fixed = [term for term in price.terms if term.kind is Kind.FIXED]
    if fixed:
        return "1", str(fixed[0].every or Period.MONTH)
    if any(term.kind is Kind.ONE_OFF for term in price.terms):
        return "1", "once"
    return "—", "—"


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
    here = dossier.roadmap.mark((*path, name))
    row = dossier.roadmap.mark(path)
    faults = () if here == row else dossier.faults_at((*path, name))
    return Cell(dashed(str(price)), faults=faults)


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
            cells[0] = Cell(cells[0].text, faults=dossier.faults_at(at))
        yield (Cell("Total, as stated"), *empty, *cells)
    if table.sums:
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
                Cell(dashed(str(claim.stated))),
                Cell(dashed(finding.derived) if finding and finding.derived else "—"),
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

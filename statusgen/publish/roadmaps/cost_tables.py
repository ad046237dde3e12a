"""Tables of money: stages, items, stacks, comparisons, claims. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from statusgen.audit import Finding
from statusgen.publish.roadmaps.addresses import item_path, part_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, derived_cell, due, stated, stated_cell
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import derived_money, figure, stated_money
from statusgen.publish.roadmaps.words import (
    changed,
    dashed,
    either,
    once,
    quantity,
    told,
)
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import (
    CostLine,
    StageCost,
    adds_up,
    is_untimed,
    price_of,
    row_cost,
    table_cost,
    untimed_sum,
)
from statusgen.roadmap.model import CostTable, Item, Path, Row, Service, Stage, Total
from statusgen.roadmap.money import Period
from statusgen.roadmap.price import Kind, Price, Quantity
from statusgen.words import Words


def _monthly(words: Words) -> Column:
    return Column(words.say("roadmap.column-a-month"), True)


def _yearly(words: Words) -> Column:
    return Column(words.say("roadmap.column-a-year"), True)


def stage_costs_table(dossier: Dossier) -> Table:
    """Return what each stage adds, what then runs, and how that differs from the stage before."""
    plan, words = dossier.roadmap, dossier.words
    needs = dossier.has_needs
    rows = []
    for number, (stage, costs) in enumerate(zip(plan.stages, dossier.costs, strict=True)):
        change = (change_cell(words, costs.own_change), change_cell(words, costs.needed))
        amounts = [summed(words, cost) for cost in (costs.new, costs.running, costs.annual)]
        amounts += change[: 1 + needs]
        if not dossier.has_derived_costs:
            amounts = [NONE] * len(amounts)
        rows.append(
            (
                Cell(
                    stage.name,
                    stage_path(plan.id, stage.id),
                    note=due(dossier.words, stage).removeprefix("—"),
                ),
                stated_cell(dossier, number, stage),
                *amounts,
            )
        )
    names = ["stated", "added-month", "running-month", "running-year"]
    names += ["change", "needs"] if needs else ["change-from-before"]
    say = words.say
    return Table(
        name="costs",
        title=say(f"roadmap.cost-by-{plan.kind}"),
        columns=(
            Column(say(f"roadmap.column-{plan.kind}")),
            *(Column(say(f"roadmap.column-{name}"), True) for name in names),
        ),
        rows=tuple(rows),
        sums=tuple(_paid_once(dossier, len(names))),
    )


def _paid_once(dossier: Dossier, columns: int) -> Iterable[tuple[Cell, ...]]:
    """Return what all stages pay one time, where more than one of them does."""
    words = dossier.words
    paid = [cost.new for cost in dossier.costs if cost.new.once]
    if len(paid) < 2:
        return
    whole = Cost(once=total(paid).once)
    blank = (Cell(""),) * (columns - 2)
    amount = Cell(once(words, whole), value=derived_money(whole))
    yield (Cell(words.say("roadmap.once-in-all")), Cell(""), amount, *blank)


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
    """Return a derived cost without words beneath."""
    return Cell(told(words, cost).text, value=derived_money(cost))


def stage_table(dossier: Dossier, stage: Stage) -> Table:
    """Return a stage's items with price, quantity and cost, and the sums beneath."""
    if is_untimed(stage):
        return _untimed_table(dossier, stage)
    plan, words = dossier.roadmap, dossier.words
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
        row += _amount_used(words, _service(item))
        rows.append(_priced(words, row, one.own, moves))
        for line in one.needs:
            note = words.say("roadmap.needed-for", item=item.name)
            row = [Cell(line.name, note=note), _price_of(words, line.need)]
            row += _amount_used(words, line.need)
            rows.append(_priced(words, row, line, moves))
    say = words.say
    columns = [Column(say(f"roadmap.column-{name}")) for name in ("item", "product-price")]
    columns += [Column(say("roadmap.column-quantity"), True), Column(say("roadmap.column-unit"))]
    columns += [_monthly(words), _yearly(words)]
    if moves:
        columns.append(Column(say("roadmap.column-change-month"), True))
    return Table(
        name=f"stage-{stage.id}",
        title=say("roadmap.stage-costs", name=stage.name),
        columns=tuple(columns),
        rows=tuple(rows),
        sums=tuple(_stage_sums(words, costs, moves, len(rows))),
        even=True,
    )


def _untimed_table(dossier: Dossier, stage: Stage) -> Table:
    """Return a stage's items with their prices as written: no month and no year can be told."""
    words, say = dossier.words, dossier.words.say
    number = dossier.roadmap.stages.index(stage)
    rows = []
    for index, item in enumerate(stage.items):
        path: Path = ("stages", number, "items", index)
        price = price_of(item)
        product = replace(_product(dossier, path, item), note="") if price else NONE
        if price and product.text == dashed(price.raw):
            product = replace(product, text="—")  # its price stands beside it
        written = _stated(dossier, price, "annual") if price else NONE
        rows.append((_item_cell(dossier, item), product, written))
    sums = []
    derived_sum = untimed_sum(stage)
    if stage.cost is not None:
        cell = stated(dossier, stage.cost, ("stages", number, "cost"))
        sums.append((Cell(say("roadmap.total-stated")), Cell(""), cell))
        if derived_sum and stage.cost.stated.amount is not None:
            code, amount = derived_sum
            if fits(stage.cost.stated.amount, amount, approx=stage.cost.stated.approx):
                text = told(words, Cost(((code, amount),))).text
                sums.append((Cell(say("roadmap.sum-of-lines")), Cell(""), Cell(text)))
    columns = [Column(say(f"roadmap.column-{name}")) for name in ("item", "product")]
    return Table(
        name=f"stage-{stage.id}",
        title=say("roadmap.stage-costs", name=stage.name),
        columns=(*columns, Column(say("roadmap.column-price"), True)),
        rows=tuple(rows),
        sums=tuple(sums),
        note=say("roadmap.no-period"),
        even=True,
    )


def _priced(words: Words, row: list[Cell], line: CostLine, moves: bool) -> tuple[Cell, ...]:
    change = [change_cell(words, line.change)] if moves else []
    return (*row, derived(words, line.cost), derived_year(words, line.cost), *change)


def _stage_sums(
    words: Words, costs: StageCost, moves: bool, shown: int
) -> Iterable[tuple[Cell, ...]]:
    lines: list[tuple[str, Cost, Cost | None]] = []
    # A sum of one line repeats the line above it.
    if costs.has_needs and shown > 2:
        lines.append(("items-alone", costs.own, costs.own_change))
        lines.append(("items-needs", costs.needed, costs.needed))
    lines += [("sum-added", costs.new, costs.change), ("sum-running", costs.running, None)]
    blank = (Cell(""), Cell(""), Cell(""))
    for name, cost, change in lines:
        title = Cell(words.say(f"roadmap.{name}"))
        cells = (title, *blank, bare(words, cost), derived_year(words, cost))
        yield (*cells, change_cell(words, change) if change else Cell("")) if moves else cells


def derived_year(words: Words, cost: Cost) -> Cell:
    """Return twelve months of a cost; nothing of what is paid once."""
    if cost.once and not cost.currencies and not cost.missing:
        return NONE
    return bare(words, cost.yearly())


def _item_cell(dossier: Dossier, item: Item) -> Cell:
    return Cell(item.name, item_path(dossier.roadmap, item.id))


def _product(dossier: Dossier, path: Path, item: Item) -> Cell:
    """Return the product, its tier and its price as written."""
    faults = dossier.faults_at(path, "price", "cost", "service", "to", "from")
    service = _service(item)
    if service is None:
        count = len(item.options)
        names = dossier.words.say("roadmap.n-options", count=count) if count else "—"
        path_ = f"{section_path(dossier.id, 'options')}#{item.id}" if item.options else ""
        return Cell(names, path_, faults=faults)
    faults += tuple(
        one
        for key in ("service", "to")
        for one in dossier.faults_at((*path, key), "price", "cost", "name")
        if one not in faults
    )
    name = " ".join(part for part in (service.name, service.tier) if part)
    say = dossier.words.say
    note = dashed(service.price.raw) if service.price else say("roadmap.no-price")
    if name == item.name and not item.moves_from:
        return Cell(note, faults=faults)  # the item is called by what is bought
    if note == service.tier:
        note = ""
    if item.moves_from:
        before = either(dossier.words, [one.name for one in item.moves_from])
        return Cell(f"{before} → {name}", note=note, faults=faults)
    return Cell(name, note=note, faults=faults)


def _service(item: Item) -> Service | None:
    return item.service or (item.moves_to[0] if item.moves_to else None)


def _price_of(words: Words, service: Service | None) -> Cell:
    """Return the price of what is needed, as written."""
    if service is None or service.price is None:
        return Cell(words.say("roadmap.no-price"))
    return Cell(dashed(service.price.raw))


def _amount_used(words: Words, service: Service | None) -> tuple[Cell, Cell]:
    """Return how much is bought, and of what."""
    price = service.price if service else None
    if service is None or price is None:
        return NONE, NONE
    units = [term.per[0].unit for term in price.terms if term.kind is Kind.PER_UNIT and term.per]
    if units:
        used = [service.usage.get(unit) for unit in units]
        return _quantities(words, used), Cell(", ".join(units))
    if service.usage:
        return _quantities(words, list(service.usage.values())), Cell(", ".join(service.usage))
    return _recurring(words, price)


def _quantities(words: Words, used: Sequence[Quantity | None]) -> Cell:
    none = words.say("roadmap.not-stated")
    text = ", ".join(none if one is None else quantity(words, one) for one in used)
    only = used[0] if len(used) == 1 else None
    return Cell(text, value=only.amount.low if only and only.amount.is_point else None)


def _recurring(words: Words, price: Price) -> tuple[Cell, Cell]:
    fixed = [term for term in price.terms if term.kind is Kind.FIXED]
    if fixed:
        every = fixed[0].every or Period.MONTH
        return Cell("1", value=1), Cell(words.say(f"roadmap.period-{every}"))
    if any(term.kind is Kind.ONE_OFF for term in price.terms):
        return Cell("1", value=1), Cell(words.say("roadmap.once"))
    return NONE, NONE


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
    amounts = Column(words.say("roadmap.column-once"), True) if _is_once(table) else _monthly(words)
    if _is_all(table, Kind.UNTIMED):
        amounts = Column(words.say("roadmap.column-price"), True)
    if table.column:
        amounts = Column(table.column, True)
    columns += [Column(words.say("roadmap.column-each"), True)] if has_unit else []
    columns += [amounts] + ([_yearly(words)] if has_year else [])
    footnotes = (f"{row.name}: {row.footnote}" for row in table.rows if row.footnote)
    note = "; ".join((*table.notes, *footnotes))
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
    return _stated(dossier, price, name, faults)


def _stated(dossier: Dossier, price: Price, name: str, faults: tuple[Finding, ...] = ()) -> Cell:
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
    return table_cost(table).written_in(dossier.roadmap.currency)


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

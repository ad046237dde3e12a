"""Tables of what the stages cost, and of the items of one. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from statusgen.publish.roadmaps.addresses import item_path, section_path, stage_path
from statusgen.publish.roadmaps.cost_tables import (
    bare,
    by_month,
    by_year,
    change_cell,
    derived,
    derived_year,
    price_as_written,
    summed,
)
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.plan_tables import NONE, due, stated, stated_cell
from statusgen.publish.roadmaps.table import Cell, Column, Table
from statusgen.publish.roadmaps.values import derived_money
from statusgen.publish.roadmaps.words import (
    dashed,
    either,
    once,
    quantity,
    rates_told,
    sentence,
    told,
)
from statusgen.roadmap.bill import CostLine, StageCost
from statusgen.roadmap.cost import Cost, total
from statusgen.roadmap.costs import price_of
from statusgen.roadmap.model import Item, Path, Service, Stage
from statusgen.roadmap.money import Period
from statusgen.roadmap.price import Kind, Price, Quantity
from statusgen.roadmap.untimed import is_untimed, untimed_total
from statusgen.words import Words


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
                    note=words.say("roadmap.dropped-uncounted")
                    if costs.dropped
                    else due(dossier.words, stage).removeprefix("—"),
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
        note=sentence(rates_told(words, _every_sum(dossier.costs))),
    )


def _every_sum(costs: Iterable[StageCost]) -> Iterable[Cost]:
    for cost in costs:
        yield from (cost.new, cost.running)


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
        if not one.counted:
            rows.append(_dropped(words, row, item, moves))
            continue
        rows.append(_priced(words, row, one.own, moves))
        for line in one.needs:
            note = words.say("roadmap.needed-for", item=item.name)
            row = [Cell(line.name, note=note), _price_of(words, line.need)]
            row += _amount_used(words, line.need)
            rows.append(_priced(words, row, line, moves))
    say = words.say
    columns = [Column(say(f"roadmap.column-{name}")) for name in ("item", "product-price")]
    columns += [Column(say("roadmap.column-quantity"), True), Column(say("roadmap.column-unit"))]
    columns += [by_month(words), by_year(words)]
    if moves:
        columns.append(Column(say("roadmap.column-change-month"), True))
    return Table(
        name=f"stage-{stage.id}",
        title=say("roadmap.stage-costs", name=stage.name),
        columns=tuple(columns),
        rows=tuple(rows),
        sums=tuple(_stage_sums(words, costs, moves, len(rows))),
        note=sentence(rates_told(words, _every_sum([costs]))),
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
        written = price_as_written(dossier, price, "annual") if price else NONE
        rows.append((_item_cell(dossier, item), product, written))
    sums = []
    if stage.cost is not None:
        cell = stated(dossier, stage.cost, ("stages", number, "cost"))
        sums.append((Cell(say("roadmap.total-stated")), Cell(""), cell))
    if (derived_sum := untimed_total(stage)) is not None:
        cell = Cell(told(words, derived_sum).text, value=derived_money(derived_sum))
        sums.append((Cell(say("roadmap.sum-of-lines")), Cell(""), cell))
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


def _dropped(words: Words, row: list[Cell], item: Item, moves: bool) -> tuple[Cell, ...]:
    """Return the row of what will not be: what it would have cost stands where no sum is."""
    name, product, *rest = row
    if _service(item) is None and item.cost is not None:
        product = replace(product, text=dashed(str(item.cost.stated)))
    name = replace(name, note=words.say("roadmap.dropped-uncounted"))
    return (name, product, *rest, *(NONE,) * (3 if moves else 2))


def _stage_sums(
    words: Words, costs: StageCost, moves: bool, shown: int
) -> Iterable[tuple[Cell, ...]]:
    if costs.dropped:
        return
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
        return Cell(""), Cell("")
    units = [term.per[0].unit for term in price.terms if term.kind is Kind.PER_UNIT and term.per]
    if units:
        used = [service.usage.get(unit) for unit in units]
        return _quantities(words, used), Cell(", ".join(units))
    free = [each.unit for term in price.terms for each in term.allowances if each.unit]
    if free and not service.usage and any(term.after_free for term in price.terms):
        return _quantities(words, [None] * len(free)), Cell(", ".join(free))
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

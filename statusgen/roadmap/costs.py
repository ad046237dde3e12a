"""The derived costs of a roadmap: of services, items, lines, tables and stages.

The one derivation: pages, diagrams, exports, the terminal and the audit take their figures here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from statusgen.roadmap.agreement import fits
from statusgen.roadmap.bill import CostLine, ItemCost, StageCost
from statusgen.roadmap.cost import NOTHING, Cost, difference, either, price_cost, total
from statusgen.roadmap.doubtful import stated_price
from statusgen.roadmap.exchange import in_one
from statusgen.roadmap.model import (
    Basis,
    CostTable,
    Item,
    Option,
    Roadmap,
    Row,
    Service,
    Stage,
    Status,
)
from statusgen.roadmap.money import ZERO, Period
from statusgen.roadmap.price import Price
from statusgen.words.worded import worded


def own_cost(service: Service) -> Cost:
    """Return what a service itself costs a month: its price at its usage.

    Where the price leaves it open, the author's stated cost stands in.
    """
    derived = Cost(missing=(worded("costs.price-of", what=service.name),))
    if service.price is not None:
        derived = _named(price_cost(service.price, service.usage), service.name)
    if service.cost is not None and derived.missing:
        derived = _stated_instead(service.cost.stated, derived, service.name)
    return derived


def _named(cost: Cost, name: str) -> Cost:
    """Return a cost that says of what the price is missing in it."""
    none = worded("costs.price")
    what = worded("costs.price-of", what=name)
    return replace(cost, missing=tuple(what if one == none else one for one in cost.missing))


def _stated_instead(stated: Price, derived: Cost, name: str) -> Cost:
    """Return a stated cost where what it stands for is not known in full.

    What is open in it as well, such as the users of ``£4/user/month``, stays open.
    """
    told = _named(price_cost(stated, {}), name)
    if not told.missing:
        return told.in_place_of(derived)
    return derived if derived.currencies else told


def service_cost(service: Service) -> Cost:
    """Return a service's monthly cost with what it needs besides."""
    return total(own_cost(one) for one in (service, *needs_of(service)))


def needs_of(service: Service) -> Iterator[Service]:
    """Yield what a service needs besides, and what that needs."""
    for need in service.needs:
        yield need
        yield from needs_of(need)


def option_cost(option: Option) -> Cost:
    """Return what an option costs a month at its usage; nothing is known without a price."""
    return price_cost(option.price, option.usage) if option.price else NOTHING


def item_costs(item: Item) -> ItemCost:
    """Return what an item adds: its service, or the first it moves to, and what that needs.

    A stated cost stands in where none can be derived. An item with open options costs nothing yet
    that could be told; the chosen option's price is its cost.
    """
    service: Service | None = None
    if item.chosen:
        own = option_cost(next(one for one in item.options if one.id == item.chosen.option))
    elif item.service or item.moves_to:
        service = item.service or item.moves_to[0]
        own = own_cost(service)
    else:
        option = worded("costs.option-of", what=item.name)
        own = Cost(missing=(option,) if item.options else ())
    needs = tuple(
        CostLine(need.name, own_cost(need), own_cost(need), need)
        for need in (needs_of(service) if service else ())
    )
    whole = own + total(need.cost for need in needs)
    stated = stated_price(item)
    if stated is not None and (whole.missing or not whole.amounts):
        # It is stated of the item as a whole, with whatever it needs.
        own, needs = _stated_instead(stated, whole, item.name), ()
    change = own
    if item.is_migration and item.moves_from:
        change = difference(own, old_cost(item.moves_from))
    return ItemCost(item, (CostLine(item.name, own, change), *needs))


def old_cost(alternatives: Sequence[Service]) -> Cost:
    """Return what a migration ends: one of the services, whichever it is."""
    return either(service_cost(service) for service in alternatives)


def item_cost(item: Item) -> Cost:
    """Return the monthly cost that an item adds, with what it needs."""
    return item_costs(item).cost


def price_of(item: Item) -> Price | None:
    """Return the price of what an item takes: its service, the first it moves to, or its choice."""
    if item.chosen:
        return next(one.price for one in item.options if one.id == item.chosen.option)
    service = item.service or next(iter(item.moves_to), None)
    return service.price if service else None


def is_counted(item: Item, stage: Stage | None = None) -> bool:
    """Whether an item is part of sums: neither it nor its stage was dropped."""
    return Status.DROPPED not in (item.status, stage.status if stage else None)


def counted_items(stage: Stage) -> list[Item]:
    """Return the items of a stage that are part of its sums."""
    return [item for item in stage.items if is_counted(item, stage)]


def dropped_items(plan: Roadmap) -> frozenset[str]:
    """Return the items that will not be, by themselves or with their stage."""
    found = [item for stage in plan.stages for item in stage.items if not is_counted(item, stage)]
    found += [item for item in plan.next if not is_counted(item)]
    return frozenset(item.id for item in found)


def is_priced(item: Item) -> bool:
    """Whether the file says anything of what an item costs."""
    if item.cost is not None or item.chosen:
        return True
    services = [item.service] if item.service else list(item.moves_to)
    return any(service.price or service.cost for service in services)


def row_cost(row: Row) -> Cost:
    """Return a table line's monthly cost: the stated one, else the price at its usage."""
    if row.monthly is not None:
        return price_cost(row.monthly, row.usage)
    if row.price is not None:
        return price_cost(row.price, row.usage)
    if row.annual is not None:
        return price_cost(row.annual, row.usage, default=Period.YEAR)
    if row.unit_price is not None:
        one = price_cost(row.unit_price, row.usage)
        return replace(one.scaled(row.quantity or 1), steps=())
    return NOTHING


def table_cost(table: CostTable) -> Cost:
    """Return the sum of a table's lines."""
    return total(row_cost(row) for row in table.rows)


def table_sum(roadmap: Roadmap, table: CostTable) -> Cost:
    """Return the sum of a table's lines, in the roadmap's currency where its rates allow that."""
    return in_one(table_cost(table), roadmap.rates, roadmap.currency)


def adds_up(table: CostTable) -> bool:
    """Whether the lines of a table are known to be parts of one sum.

    Its author says so (``sums:``), or a stated total is their sum. Tiers, sizes and alternatives
    stand in tables too: a sum of those would be a figure that nobody meant.
    """
    if table.sums is not None or table.total is None:
        return bool(table.sums)
    stated = table.total.monthly
    monthly = stated.monthly if stated else None
    if stated is None or monthly is None:
        if table.total.annual is None or table.total.annual.amount is None:
            return False
        stated, monthly = table.total.annual, table.total.annual.amount
        lines = [row.annual.amount for row in table.rows if row.annual and row.annual.amount]
        return bool(lines) and fits(monthly, sum(lines, ZERO), approx=stated.approx)
    amounts = dict(table_cost(table).amounts)
    derived = amounts.get(stated.currency) if len(amounts) == 1 else None
    if not amounts and monthly == ZERO:
        return True
    return derived is not None and fits(monthly, derived, approx=stated.approx)


def stage_costs(roadmap: Roadmap) -> list[StageCost]:
    """Return the derived cost of each stage, in order.

    What runs adds up from the first stage; with ``basis: change`` it begins at the base stack.
    """
    found: list[StageCost] = []
    carried = NOTHING
    for stage in roadmap.stages:
        base = _base(roadmap, stage)
        items = tuple(
            replace(item_costs(item).written_in(roadmap.currency), counted=is_counted(item, stage))
            for item in stage.items
        )
        dropped = stage.status is Status.DROPPED
        counted = counted_items(stage)
        priced = any(is_priced(item) for item in counted)
        before = carried if base is None or dropped else base
        own = total(one.cost for one in items if one.counted)
        if base is None and _lists_again(stage, own, roadmap.stages[: len(found)]):
            before, instead = NOTHING, carried
        else:
            instead = NOTHING
        changes = any(price.is_change for item in counted if (price := price_of(item)))
        baseless = changes and not before.amounts
        one = StageCost(
            stage.id,
            items,
            before,
            priced,
            baseless,
            instead,
            dropped,
            roadmap.rates,
            roadmap.currency,
        )
        found.append(one)
        carried = one.apart_whole
    return found


def _lists_again(stage: Stage, own: Cost, before: Sequence[Stage]) -> bool:
    """Whether a stage lists again what earlier ones pay for: then its list is the whole bill.

    Two of its priced items and at least half of them stand there with the same name and price; or
    with the same name at another price, where the list comes to what the stage states.
    """
    known = {
        (item.name.casefold(), price.raw)
        for each in before
        for item in counted_items(each)
        if (price := price_of(item)) is not None
    }
    priced = [
        (item.name.casefold(), price.raw)
        for item in counted_items(stage)
        if (price := price_of(item))
    ]
    again = sum(one in known for one in priced)
    if again >= 2 and 2 * again >= len(priced):
        return True
    named = sum(name in {each for each, _ in known} for name, _ in priced)
    if stage.cost is None or named < 2 or 2 * named < len(priced):
        return False
    stated, amounts = stage.cost.stated, dict(own.amounts)
    whole = amounts.get(stated.currency) if len(amounts) == 1 else None
    return bool(stated.monthly and whole and fits(stated.monthly, whole, approx=stated.approx))


def means_new(stage: Stage, costs: StageCost) -> bool:
    """Whether a stage's stated cost speaks of what the stage adds, not of all that runs then.

    Its author says so (``basis: new``), or only what it adds comes to the stated amount.
    """
    stated = stage.cost
    if stated is None or stated.basis is not None or stated.stated.monthly is None:
        return stated is not None and stated.basis is Basis.NEW
    code, monthly, approx = stated.stated.currency, stated.stated.monthly, stated.stated.approx
    new, running = dict(costs.new.amounts).get(code), dict(costs.running.amounts).get(code)
    if new is None or running is None or len(costs.new.amounts) != 1:
        return False
    return fits(monthly, new, approx=approx) and not fits(monthly, running, approx=approx)


def stated_means(stage: Stage, costs: StageCost) -> Basis | None:
    """Return what a stage's stated cost counts: what the stage adds, or all that runs then.

    As its author says, else as its items decide, else None; where both come to the same, that is
    what runs.
    """
    stated = stage.cost
    if stated is None or costs.running.amounts in ((), costs.new.amounts):
        return Basis.RUNNING
    if stated.basis is not None:
        return Basis.NEW if stated.basis is Basis.NEW else Basis.RUNNING
    if means_new(stage, costs):
        return Basis.NEW
    code, monthly, approx = stated.stated.currency, stated.stated.monthly, stated.stated.approx
    new, running = dict(costs.new.amounts).get(code), dict(costs.running.amounts).get(code)
    if monthly is None or running is None or not fits(monthly, running, approx=approx):
        return None
    return None if new is not None and fits(monthly, new, approx=approx) else Basis.RUNNING


def _base(roadmap: Roadmap, stage: Stage) -> Cost | None:
    if stage.cost is None or stage.cost.basis is not Basis.CHANGE:
        return None
    tables = (table for _, table in roadmap.tables() if table.id == stage.cost.base)
    return next((table_cost(table) for table in tables), None)

"""The derived costs of a roadmap: of services, items, lines, tables and stages."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.roadmap.cost import NOTHING, Cost, price_cost, total
from statusgen.roadmap.model import Basis, CostTable, Item, Roadmap, Row, Service, Stage
from statusgen.roadmap.money import Period, Range


@dataclass(frozen=True, slots=True)
class StageCost:
    """What one stage costs a month, derived from its items."""

    stage: str
    new: Cost
    """What the stage adds."""
    running: Cost
    """With all stages before it."""
    change: Cost
    """Against the stage before: the new costs, or what its migrations and changes make of it."""

    @property
    def annual(self) -> Cost:
        """Twelve months of the running cost."""
        return self.running.yearly()


def service_cost(service: Service) -> Cost:
    """Return a service's monthly cost: price at usage, and what it needs besides.

    Where the price leaves it open, the author's stated cost stands in.
    """
    derived = Cost(missing=(f"the price of {service.name}",))
    if service.price is not None:
        derived = price_cost(service.price, service.usage)
    if service.cost is not None and derived.missing:
        derived = price_cost(service.cost.stated, {}).in_place_of(derived)
    return derived + total(service_cost(need) for need in service.needs)


def item_cost(item: Item) -> Cost:
    """Return the monthly cost that an item adds: its service, or the first it moves to.

    A stated cost stands in where none can be derived. An item with open options costs nothing yet
    that could be told; the chosen option's price is its cost.
    """
    if item.chosen:
        option = next(choice for choice in item.options if choice.id == item.chosen.option)
        cost = price_cost(option.price, option.usage) if option.price else NOTHING
    elif item.service:
        cost = service_cost(item.service)
    elif item.moves_to:
        cost = service_cost(item.moves_to[0])
    else:
        cost = Cost(missing=(f"the option of {item.name}",) if item.options else ())
    if item.cost is not None and (cost.missing or not cost.amounts):
        return price_cost(item.cost.stated, {}).in_place_of(cost)
    return cost


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
        count = Range.point(row.quantity or 1)
        return Cost(
            tuple((code, amount.scaled(count)) for code, amount in one.amounts), one.missing
        )
    return NOTHING


def table_cost(table: CostTable) -> Cost:
    """Return the sum of a table's lines."""
    return total(row_cost(row) for row in table.rows)


def stage_costs(roadmap: Roadmap) -> list[StageCost]:
    """Return the derived cost of each stage, in order.

    ``running`` adds up from the first stage; with ``basis: change`` it begins at the base stack. A
    migration changes the cost by what it goes to less what it comes from.
    """
    found: list[StageCost] = []
    running = NOTHING
    for stage in roadmap.stages:
        new = total(item_cost(item) for item in stage.items)
        base = _base(roadmap, stage)
        running = base + new if base is not None else running + new
        change = total(item_change(item) for item in stage.items)
        found.append(StageCost(stage.id, new, running, change))
    return found


def _base(roadmap: Roadmap, stage: Stage) -> Cost | None:
    if stage.cost is None or stage.cost.basis is not Basis.CHANGE:
        return None
    tables = (table for _, table in roadmap.tables() if table.id == stage.cost.base)
    return next((table_cost(table) for table in tables), None)


def item_change(item: Item) -> Cost:
    """Return how an item changes the monthly cost; a migration saves what it moves from.

    With several alternatives on a side the first counts. The range pairs low with low and high
    with high, as authors do: "from $50-200 to $25" is -$175 to -$25.
    """
    if not item.is_migration:
        return item_cost(item)
    after = item_cost(item)
    before = service_cost(item.moves_from[0]) if item.moves_from else NOTHING
    codes = sorted({code for code, _ in (*after.amounts, *before.amounts)})
    amounts = []
    for code in codes:
        new, old = after.of(code), before.of(code)
        if new.high is None or old.high is None:
            continue
        ends = sorted((new.low - old.low, new.high - old.high))
        amounts.append((code, Range(ends[0], ends[1])))
    return Cost(tuple(amounts), tuple(dict.fromkeys(after.missing + before.missing)))

"""What items and stages cost, line by line, and what that comes to together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from statusgen.roadmap.cost import NOTHING, Cost, difference, total
from statusgen.roadmap.exchange import in_one
from statusgen.roadmap.model import Item, Rates, Service
from statusgen.words.worded import worded


@dataclass(frozen=True, slots=True)
class CostLine:
    """One thing that is paid for: an item's own product, or what that needs besides."""

    name: str
    cost: Cost
    """A month."""
    change: Cost
    """Of the monthly bill, by it."""
    need: Service | None = None
    """What is needed besides, such as a machine; None for the item's own line."""


@dataclass(frozen=True)
class ItemCost:
    """What an item costs a month, line by line."""

    item: Item
    lines: tuple[CostLine, ...]
    counted: bool = True
    """Whether it is part of sums: what was dropped, alone or with its stage, is part of none."""

    def written_in(self, currency: str) -> ItemCost:
        """Return the same with what is free as an amount of a currency."""
        lines = (
            replace(
                line,
                cost=line.cost.written_in(currency),
                change=line.change.written_in(currency),
            )
            for line in self.lines
        )
        return replace(self, lines=tuple(lines))

    @cached_property
    def cost(self) -> Cost:
        """All lines together."""
        return total(line.cost for line in self.lines)

    @cached_property
    def change(self) -> Cost:
        """What all lines make of the bill."""
        return total(line.change for line in self.lines)

    @property
    def own(self) -> CostLine:
        """The item's own line."""
        return self.lines[0]

    @property
    def needs(self) -> tuple[CostLine, ...]:
        """What it needs besides."""
        return self.lines[1:]


@dataclass(frozen=True)
class StageCost:
    """What one stage costs a month, derived from its items."""

    stage: str
    items: tuple[ItemCost, ...]
    before: Cost
    """What runs before it: that of all stages before, or the base stack that it changes.

    Each currency by itself, as all that is added up; what is shown is in one where it can be.
    """
    priced: bool
    """Whether the file says of any of its items what it costs."""
    baseless: bool = False
    """Whether an item changes a bill that nothing here states."""
    instead_of: Cost = NOTHING
    """What ran before and does not any more: the stage lists all that is paid from then on."""
    dropped: bool = False
    """Whether the stage will not be: it adds nothing, and there is no time at which it runs."""

    rates: Rates | None = None
    """Those of the roadmap."""
    currency: str = ""
    """Of the roadmap, into which its rates bring the others."""

    def _told(self, cost: Cost) -> Cost:
        return in_one(cost, self.rates, self.currency)

    @cached_property
    def carried(self) -> Cost:
        """What runs before it."""
        return self._told(self.before)

    @cached_property
    def apart(self) -> Cost:
        """What the stage adds, each currency by itself."""
        return total(one.cost for one in self.counted)

    @cached_property
    def apart_whole(self) -> Cost:
        """With what runs before it, each currency by itself."""
        return (self.before + self.apart).recurring

    @cached_property
    def counted(self) -> tuple[ItemCost, ...]:
        """The items that are part of its sums."""
        return tuple(one for one in self.items if one.counted)

    @cached_property
    def new(self) -> Cost:
        """What the stage adds."""
        return self._told(self.apart)

    @cached_property
    def whole(self) -> Cost:
        """With what runs before it, as far as anything is known."""
        return self._told(self.apart_whole)

    @property
    def running(self) -> Cost:
        """With what runs before it; open where none of its items has a price."""
        if self.dropped:
            return NOTHING
        if self.baseless:
            return Cost(missing=(worded("costs.runs-before"),))
        return self.whole if self.priced else Cost(missing=(worded("costs.item-prices"),))

    @property
    def annual(self) -> Cost:
        """Twelve months of the running cost."""
        return self.running.yearly()

    @cached_property
    def own_change(self) -> Cost:
        """Against the stage before: the new costs, or what its migrations make of it.

        Without what the items need besides, as authors state it and as the audit holds it.
        """
        change = total(one.own.change for one in self.counted)
        if self.instead_of.amounts:
            change = difference(change, self.instead_of)
        return self._told(change)

    @cached_property
    def own(self) -> Cost:
        """What the stage adds without what its items need besides."""
        return self._told(total(one.own.cost for one in self.counted))

    @cached_property
    def needed(self) -> Cost:
        """What its items need besides: their machines."""
        return self._told(total(line.cost for one in self.counted for line in one.needs))

    @property
    def change(self) -> Cost:
        """Against the stage before, with what the items need besides."""
        return self.own_change + self.needed

    @property
    def has_needs(self) -> bool:
        """Whether any item needs something besides."""
        return any(one.needs for one in self.counted)

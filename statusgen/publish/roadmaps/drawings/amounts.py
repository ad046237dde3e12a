"""Money for diagrams: one currency, ranges as they are."""

from __future__ import annotations

from statusgen.draw.model import Amount
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Roadmap, StatedCost
from statusgen.roadmap.money import Range
from statusgen.words.money import sign_of


def symbol(roadmap: Roadmap) -> str:
    """Return the sign of the roadmap's currency, e.g. ``$`` or ``CHF ``."""
    return sign_of(roadmap.currency)


def amount(value: Range) -> Amount:
    """Return a range as the drawing room takes it."""
    return Amount(value.low, value.high)


def derived(cost: Cost, roadmap: Roadmap) -> Amount | None:
    """Return a derived cost where it is all of the roadmap's currency and something is known."""
    if set(cost.currencies) - {roadmap.currency} or (cost.missing and not cost.currencies):
        return None
    return amount(cost.of(roadmap.currency))


def stated(cost: StatedCost | None, roadmap: Roadmap) -> Amount | None:
    """Return a stated cost where it is one amount of the roadmap's currency."""
    if cost is None or cost.stated.monthly is None:
        return None
    if cost.stated.currency not in ("", roadmap.currency):
        return None
    return amount(cost.stated.monthly)

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
    return None if set(cost.currencies) - {roadmap.currency} else in_own(cost, roadmap)


def in_own(cost: Cost, roadmap: Roadmap) -> Amount | None:
    """Return what of a derived cost is in the roadmap's currency; None where none of it is."""
    known = roadmap.currency in cost.currencies
    if not known and (cost.currencies or cost.missing):
        return None
    return amount(cost.of(roadmap.currency))


def is_partly(cost: Cost, roadmap: Roadmap) -> bool:
    """Whether more is paid than :func:`in_own` tells: not known, or in another currency."""
    return bool(cost.missing or set(cost.currencies) - {roadmap.currency})


def stated(cost: StatedCost | None, roadmap: Roadmap) -> Amount | None:
    """Return a stated cost where it is one amount of the roadmap's currency."""
    if cost is None or cost.stated.monthly is None:
        return None
    if cost.stated.currency not in ("", roadmap.currency):
        return None
    return amount(cost.stated.monthly)

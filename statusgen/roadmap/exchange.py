"""Sums of a roadmap in its currency, where it names a rate for each of the others."""

from __future__ import annotations

from dataclasses import replace

from statusgen.roadmap.cost import Cost, convert
from statusgen.roadmap.model import Rates
from statusgen.roadmap.money import ZERO


def in_one(cost: Cost, rates: Rates | None, currency: str) -> Cost:
    """Return a cost in one currency; as it is where a rate for any of its own is missing.

    What it was made of is kept (:attr:`Cost.before`), so that pages can show it.
    """
    known = [(code, amount) for code, amount in cost.amounts if amount != ZERO]
    foreign = {code for code, _ in (*known, *cost.once)} - {currency, ""}
    once = convert(Cost(cost.once), rates, currency) if cost.once else Cost()
    month = convert(cost, rates, currency)
    if rates is None or not foreign or month is None or once is None:
        return cost
    before = tuple(known) if {code for code, _ in known} - {currency} else ()
    amounts = month.amounts if before else cost.amounts
    return replace(cost, amounts=amounts, once=once.amounts, before=before, rates=rates)

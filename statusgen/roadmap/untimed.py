"""Stages of whose prices nobody says how often they are paid: what they come to all the same."""

from __future__ import annotations

from statusgen.roadmap.agreement import fits
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.costs import counted_items, is_priced, price_of
from statusgen.roadmap.model import Stage
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price import Kind, Price


def is_untimed(stage: Stage) -> bool:
    """Whether no price of a stage's items says how often it is paid: then none is a month's."""
    prices = [price for item in counted_items(stage) if (price := price_of(item)) is not None]
    return bool(prices) and all(_is_untimed(price) for price in prices)


def _is_untimed(price: Price) -> bool:
    return all(term.kind is Kind.UNTIMED for term in price.all_terms)


def untimed_sum(stage: Stage) -> tuple[str, Range] | None:
    """Return what the items of an untimed stage come to: (currency, amount).

    None where an item says of no single amount what it costs, or two have different currencies.
    """
    priced = [item for item in counted_items(stage) if is_priced(item)]
    prices = [price_of(item) for item in priced]
    amounts = [price.amount for price in prices if price is not None]
    codes = {price.currency for price in prices if price is not None}
    if not is_untimed(stage) or len(amounts) < len(priced) or None in amounts or len(codes) > 1:
        return None
    return codes.pop(), sum((one for one in amounts if one is not None), ZERO)


def untimed_total(stage: Stage) -> Cost | None:
    """Return the sum of an untimed stage's items, where it is what the stage is stated to cost."""
    found, stated = untimed_sum(stage), stage.cost.stated if stage.cost else None
    if found is None or stated is None or stated.amount is None or not _is_untimed(stated):
        return None
    code, amount = found
    if code != stated.currency or not fits(stated.amount, amount, approx=stated.approx):
        return None
    return Cost(((code, amount),))

"""The cost of an item that names no service: which of its amounts need not be a month's.

An amount that names no period is a month's, as that of a service is. What an agency, a tax office
or a craftsman is paid is so as often not: where the words say that, nobody can tell.
"""

from __future__ import annotations

from dataclasses import replace

from statusgen.roadmap.model import Item
from statusgen.roadmap.money import Period, Range
from statusgen.roadmap.price import Kind, Price, Quantity, Term
from statusgen.roadmap.price_remark import may_be_once


def stated_price(item: Item) -> Price | None:
    """Return the price in an item's `cost:`, without taking for a month's what may be none."""
    if item.cost is None:
        return None
    price = item.cost.stated
    if item.service is not None or item.moves_to or item.chosen:
        return price
    named = may_be_once(item.name)
    return replace(
        price,
        alternatives=tuple(
            tuple(_in_doubt(term, terms, named=named) for term in terms)
            for terms in price.alternatives
        ),
    )


def _in_doubt(term: Term, beside: tuple[Term, ...], *, named: bool) -> Term:
    if term.kind is Kind.FIXED and term.every in (Period.HOUR, Period.DAY):
        # Work by the hour: nobody works all the hours that there are.
        unit = Quantity(Range.point(1), str(term.every))
        return replace(term, kind=Kind.PER_UNIT, every=None, per=(unit,))
    if term.kind is not Kind.FIXED or term.every or term.after_free or term.allowances:
        return term
    nothing = term.amount is not None and term.amount.high == 0
    others = [one for one in beside if one is not term and one.kind is Kind.FIXED]
    timed = any(one.every is not None for one in others)
    said = may_be_once(term.note) or may_be_once(term.label)
    return replace(term, kind=Kind.UNTIMED) if (timed or said or named) and not nothing else term

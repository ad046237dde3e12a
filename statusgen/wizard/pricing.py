"""What an option's price says to the machine: fixed ends, rates per unit, and what stays open.

``{"low": 0, "high": null, "rates": [...], "open": ["…"]}``: amounts a month in millionths of the
wizard's currency; a high end of null has no limit. A rate counts a number that a question asks for.
Of alternatives ("Free (self-hosted) or $95/month") the cheapest and the dearest are the ends.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from statusgen.roadmap.cost import FREE_KINDS
from statusgen.roadmap.money import Period, Range, per_month
from statusgen.roadmap.price import Kind, Price, Term
from statusgen.wizard.exact import micro

Cost = dict[str, Any]


def cost_of(price: Price, currency: str) -> Cost:
    """Return what an option costs a month, for the machine."""
    each = [_alternative(terms, currency) for terms in price.alternatives]
    if len(each) == 1:
        return each[0]
    return {
        "low": min(one["low"] for one in each),
        "high": _highest(each),
        "rates": [],
        "open": list(
            dict.fromkeys(
                word
                for one in each
                for word in (*one["open"], *(f"per {rate['unit']}" for rate in one["rates"]))
            )
        ),
    }


def _highest(each: list[Cost]) -> int | None:
    highs = [one["high"] for one in each]
    if any(high is None for high in highs) or any(one["rates"] for one in each):
        return None
    return int(max(highs))


def _alternative(terms: tuple[Term, ...], currency: str) -> Cost:
    made: Cost = {"low": 0, "high": 0, "rates": [], "open": []}
    free = [one for term in terms if term.kind is Kind.FREE for one in term.allowances]
    for term in terms:
        try:
            _add(made, term, currency)
        except ValueError:  # finer than a millionth
            made["open"].append(term.of or "price")
    for rate in made["rates"]:
        allowed = next((one for one in free if one.unit == rate["unit"]), None)
        if allowed is not None and allowed.every in (None, Period.MONTH):
            rate["free"] = micro(allowed.amount.low)
    return made


def _add(made: Cost, term: Term, currency: str) -> None:
    if term.kind in FREE_KINDS or term.kind is Kind.ONE_OFF:
        return
    if term.kind is Kind.PERCENT and term.amount is not None:
        made["open"].append(f"{term.amount.low:f}%")
    elif term.amount is None or term.currency != currency:
        made["open"].append(term.of or str(term.kind).replace("_", "-"))
    elif term.kind is Kind.FIXED:
        amount = term.total or term.amount
        if term.every is not None:
            amount = per_month(amount, term.every)
        low, high = _ends(amount)
        made["low"] += 0 if term.after_free else low
        made["high"] = None if high is None or made["high"] is None else made["high"] + high
    elif term.kind is Kind.PER_UNIT:
        _rate(made, term)


def _rate(made: Cost, term: Term) -> None:
    amount = term.amount
    assert amount is not None
    if len(term.per) != 1 or term.per[0].every not in (None, Period.MONTH):
        made["open"].append(" per ".join(one.unit for one in term.per))
        return
    if term.every is not None:
        amount = per_month(amount, term.every)
    low, high = _ends(amount)
    per = term.per[0]
    made["rates"].append(
        {"unit": per.unit, "low": low, "high": high, "per": micro(per.amount.low), "free": 0}
    )


def _ends(amount: Range) -> tuple[int, int | None]:
    return _cut(amount.low), None if amount.high is None else _cut(amount.high)


def _cut(value: Decimal) -> int:
    """A month of a price a year has no end; a millionth of it is enough."""
    return int(value.scaleb(6).to_integral_value())

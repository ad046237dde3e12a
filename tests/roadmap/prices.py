"""A price in one line of plain words, so that a table of prices reads well in a test."""

from __future__ import annotations

from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Kind, Price, Quantity, Term


def in_words(price: Price) -> str:
    return " | ".join(" & ".join(map(_term, terms)) for terms in price.alternatives)


def _term(term: Term) -> str:
    words = [term.label and f"[{term.label}]", "then" if term.after_free else "", term.bound]
    words += ["about" if term.approx else "", {1: "plus", -1: "minus", 0: ""}[term.sign]]
    if term.kind is Kind.PERCENT and term.amount:
        words += [f"{_range(term.amount)} percent", term.of and f"of {term.of}"]
    elif term.amount is not None:
        words += [term.currency, _range(term.amount), "each" if term.each else ""]
        words += [f"per {_quantity(part)}" for part in term.per]
        words += [f"a {term.every}" if term.every else ""]
        words += [f"= {_range(term.total)}" if term.total else ""]
    else:
        words += [str(term.kind), term.of]
    words += [f"<{_quantity(part)}>" for part in term.allowances]
    words += [term.note and f"({term.note})", term.footnote]
    return " ".join(word for word in words if word)


def _quantity(quantity: Quantity) -> str:
    every = f" a {quantity.every}" if quantity.every else ""
    return f"{_range(quantity.amount)} {quantity.unit}".rstrip() + every


def _range(amount: Range) -> str:
    if amount.high is None:
        return f"{amount.low:f} up"
    return f"{amount.low:f}" if amount.is_point else f"{amount.low:f}..{amount.high:f}"

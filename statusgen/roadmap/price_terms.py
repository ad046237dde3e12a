"""Terms of a price beside each other: which are alternatives, and what one says of another."""

from __future__ import annotations

from dataclasses import replace

from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Kind, Quantity, Term


def settled(terms: list[Term]) -> tuple[Term, ...]:
    """Return terms that are added, with what each says of the others."""
    return _percent_of(_after_once(terms))


def begins_alternative(term: Term, before: list[Term]) -> bool:
    """Whether a part after a comma is another choice: "Self-hosted free, Cloud $0.03/hour"."""
    if not term.label or term.after_free:
        return False
    return before[-1].kind in (Kind.FREE, Kind.SELF_HOSTED)


def _percent_of(terms: list[Term]) -> tuple[Term, ...]:
    """In "2.9% + $0.30 per transaction" both are of the transaction, and in "2.9% + $0.30" too."""
    if len(terms) == 2 and terms[0].kind is Kind.PERCENT and terms[1].kind is Kind.FIXED:
        fee = terms[1]
        if fee.every is None and not fee.sign:
            one = Quantity(Range.point(1), "transaction")
            terms = [terms[0], replace(fee, kind=Kind.PER_UNIT, per=(one,))]
    subject = next((term.per[0].unit for term in terms if term.per), "")
    return tuple(
        replace(term, of=subject) if term.kind is Kind.PERCENT and not term.of and subject else term
        for term in terms
    )


def _after_once(terms: list[Term]) -> list[Term]:
    """Return terms of which those behind single payments alone depend on nothing.

    In *$650 setup, then $20/month* nothing is free that could be used up.
    """
    found: list[Term] = []
    for term in terms:
        single = bool(found) and all(one.kind is Kind.ONE_OFF for one in found)
        found.append(replace(term, after_free=term.after_free and not single))
    return found

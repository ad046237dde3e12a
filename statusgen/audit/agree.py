"""Whether a stated number agrees with a derived one, given how it was written."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from statusgen.audit.finding import Verdict
from statusgen.base.saying import Saying
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import Range


def agrees(stated: Range, derived: Range, *, approx: bool = False, op: str = "") -> Verdict:
    """Compare a stated amount with the derived one.

    See :func:`statusgen.roadmap.agreement.fits`. With an operator the derived value must satisfy
    it.
    A stated point inside a derived range is open: the numbers allow it, they do not give it.
    """
    if op:
        return _satisfies(derived, op, stated)
    if fits(stated, derived, approx=approx):
        return Verdict.HOLDS
    if stated.is_point and derived.holds(stated):
        return Verdict.OPEN
    return Verdict.CONTRADICTED


_OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class Side(StrEnum):
    """On which side of a stated amount a derived one lies."""

    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"


def outside(amount: str, side: Side) -> Saying:
    """Return how far an amount lies outside, as a value of a sentence."""
    return Saying(f"findings.{side}", {"amount": amount})


def gap(stated: Range, derived: Range) -> tuple[Decimal, Side]:
    """Return how far the derived amount lies outside the stated one, and on which side.

    Zero and no side where it lies inside.
    """
    if derived.high is not None and derived.high < stated.low:
        return stated.low - derived.high, Side.BELOW
    if derived.low < stated.low:
        return stated.low - derived.low, Side.BELOW
    if stated.high is not None and derived.low > stated.high:
        return derived.low - stated.high, Side.ABOVE
    if stated.high is not None and (derived.high is None or derived.high > stated.high):
        beyond = derived.low if derived.high is None else derived.high
        return beyond - stated.high, Side.ABOVE
    return Decimal(0), Side.INSIDE


def overlaps(stated: Range, derived: Sequence[Range]) -> bool:
    """Whether a stated range and a derived one have amounts in common: both may be right then."""
    return not stated.is_point and any(
        not one.is_point
        and (one.high is None or one.high >= stated.low)
        and (stated.high is None or one.low <= stated.high)
        for one in derived
    )


def _satisfies(derived: Range, op: str, target: Range) -> Verdict:
    satisfies, bound = _OPERATORS[op], target.low
    if derived.high is None:
        certain = op in (">", ">=") and satisfies(derived.low, bound)
        return Verdict.HOLDS if certain else Verdict.OPEN
    results = {satisfies(derived.low, bound), satisfies(derived.high, bound)}
    if results == {True}:
        return Verdict.HOLDS
    return Verdict.CONTRADICTED if results == {False} else Verdict.OPEN

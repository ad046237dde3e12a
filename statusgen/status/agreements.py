"""What is owed where uptime fell short of an agreement: exact, in whole seconds and fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from statusgen.config.settings import Agreement, Credit
from statusgen.status.intervals import Interval, intersection, union
from statusgen.status.methods import Lived, Method
from statusgen.status.periods import Period
from statusgen.status.standing import Verdict

_ENOUGH = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How one agreement stands over one period."""

    agreement: Agreement
    verdict: Verdict
    component: str
    """The one whose uptime counts: the worst; empty where nothing was measured of any."""
    ratio: Fraction | None
    good: Fraction
    """Seconds that count as good."""
    counted: int
    """Seconds that count at all."""
    left_out: int
    """Seconds that the agreement's exceptions take out."""
    coverage: Fraction
    """The share of the counted window that was observed."""
    credit: Credit | None
    """The step that applies; None where nothing is owed."""
    amount: tuple[Decimal, str] | None
    """What is owed in money, where the fee is known."""
    claim_by: date | None
    """The last day on which it may be claimed."""


def settle(agreement: Agreement, period: Period, pasts: Mapping[str, Lived]) -> Settled:
    """Hold an agreement against a period. ``pasts``: those of its components by id.

    The worst component counts. Under half of the time observed nothing can be told.
    """
    out = intersection(
        union((each.start, each.end) for each in agreement.excluded), [(period.start, period.end)]
    )
    known = [
        (uptime, name, observed)
        for name, past in pasts.items()
        if (uptime := _uptime(past, agreement, period, out)) is not None
        and (observed := _coverage(past, period, out)) is not None
    ]
    left_out = sum(end - start for start, end in out)
    if not known:
        return _nothing(agreement, left_out)
    (good, counted), name, coverage = min(known, key=lambda each: each[0][0] / each[0][1])
    ratio = good / counted
    missed = ratio < agreement.target
    enough = coverage >= _ENOUGH
    step = next((each for each in agreement.credits if each.at_least <= ratio < each.below), None)
    owed = step if missed and enough else None
    return Settled(
        agreement=agreement,
        verdict=(Verdict.MISSED if missed else Verdict.MET) if enough else Verdict.UNKNOWN,
        component=name,
        ratio=ratio,
        good=good,
        counted=counted,
        left_out=left_out,
        coverage=coverage,
        credit=owed,
        amount=_amount(agreement, owed),
        claim_by=period.last + timedelta(days=agreement.claim_within)
        if owed is not None and agreement.claim_within
        else None,
    )


def _nothing(agreement: Agreement, left_out: int) -> Settled:
    return Settled(
        agreement=agreement, verdict=Verdict.UNKNOWN, component="", ratio=None, good=Fraction(0),
        counted=0, left_out=left_out, coverage=Fraction(0), credit=None, amount=None, claim_by=None,
    )  # fmt: skip


def _pieces(period: Period, out: Sequence[Interval]) -> list[Interval]:
    """Return the period without what the agreement leaves out."""
    found, start = [], period.start
    for begin, end in out:
        if start < begin:
            found.append((start, begin))
        start = end
    return [*found, (start, period.end)] if start < period.end else found


def _uptime(
    past: Lived, agreement: Agreement, period: Period, out: Sequence[Interval]
) -> tuple[Fraction, int] | None:
    good, counted = Fraction(0), 0
    for start, end in _pieces(period, out):
        found = past.uptime(Method(agreement.method), start, end)
        good, counted = good + found.good, counted + found.observed
    return (good, counted) if counted else None


def _coverage(past: Lived, period: Period, out: Sequence[Interval]) -> Fraction | None:
    observed = window = 0
    for start, end in _pieces(period, out):
        found = past.uptime(Method.OURS, start, end)
        observed, window = observed + found.observed, window + found.window
    return Fraction(observed, window) if window else None


def _amount(agreement: Agreement, owed: Credit | None) -> tuple[Decimal, str] | None:
    if owed is None or agreement.fee is None:
        return None
    paid, currency = agreement.fee
    exact = owed.share * Fraction(paid)
    return Decimal(exact.numerator) / Decimal(exact.denominator), currency

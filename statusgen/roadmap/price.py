"""What a price is: added terms, perhaps with alternatives, beside the text that was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from statusgen.roadmap.money import Period, Range, per_month


class Kind(StrEnum):
    """What one term of a price asks for."""

    FIXED = "fixed"
    """An amount per period."""
    ONE_OFF = "one_off"
    """An amount that is paid once ("$500 setup fee"): nothing a month."""
    UNTIMED = "untimed"
    """An amount of which nobody says how often it is paid: part of no month's cost."""
    PER_UNIT = "per_unit"
    """An amount for each host, GB, thousand requests and so on."""
    PERCENT = "percent"
    """A share of what is sold or processed."""
    FREE = "free"
    """Nothing, perhaps up to an allowance."""
    INCLUDED = "included"
    """Nothing extra: it comes with something else."""
    SELF_HOSTED = "self_hosted"
    """No fee, but somebody's own servers."""
    USAGE = "usage"
    """By usage, at rates that are not written."""
    VARIES = "varies"
    """An addition whose amount is not written."""
    UNSTATED = "unstated"
    """Words that name no price at all ("ask sales")."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit: ``5K errors/month``, ``1000 requests``, ``10K-50K subscribers``."""

    amount: Range
    unit: str
    """In the singular, e.g. ``request``; may be empty where the text names none."""
    every: Period | None = None

    def __str__(self) -> str:
        """Write the quantity so that it can be read again: ``1000-2000 request/month``."""
        low, high = self.amount.low, self.amount.high
        number = f"{low:f}" if high is None or high == low else f"{low:f}-{high:f}"
        return f"{number} {self.unit}".rstrip() + (f"/{self.every}" if self.every else "")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a price; the terms of a price are added together."""

    kind: Kind
    currency: str = ""
    """ISO 4217; empty where there is no amount, and for percentages."""
    amount: Range | None = None
    """Never negative; a percentage is held as written (2.9 for 2.9 %)."""
    sign: int = 0
    """+1 or -1 for a change of an existing cost (``+$18/mo``), else 0."""
    every: Period | None = None
    per: tuple[Quantity, ...] = ()
    of: str = ""
    """What a percentage, an inclusion or an unwritten part refers to."""
    approx: bool = False
    bound: str = ""
    """``<``, ``<=``, ``>`` or ``>=`` where the text gives a limit and not a price."""
    beyond: tuple[Quantity, ...] = ()
    """Counted only above this ("$0.02/MAU above 10K")."""
    after_free: bool = False
    """Due only beyond the free term before it ("then $26/month")."""
    allowances: tuple[Quantity, ...] = ()
    """What the amount pays for, or what is free."""
    each: bool = False
    """The amount is for one of several ("$7/month each")."""
    total: Range | None = None
    """The sum that the author wrote beside ("= $14/month"); stated, not derived."""
    label: str = ""
    """The alternative's name: "cloud", "Glacier"."""
    note: str = ""
    footnote: str = ""
    """The mark (``*``) that points to a footnote."""

    @property
    def change(self) -> Range | None:
        """The amount with its sign: ``-$400-800`` is -800 to -400."""
        if self.amount is None:
            return None
        return -self.amount if self.sign < 0 else self.amount


@dataclass(frozen=True, slots=True)
class Price:
    """A price as an author wrote it, and what it means."""

    raw: str
    alternatives: tuple[tuple[Term, ...], ...]
    """One or more; each is a tuple of terms that are added."""

    def __str__(self) -> str:
        """Return the price exactly as it was written."""
        return self.raw

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the first alternative."""
        return self.alternatives[0]

    @property
    def all_terms(self) -> Iterator[Term]:
        """Every term of every alternative, in the order written."""
        return (term for alternative in self.alternatives for term in alternative)

    @property
    def is_change(self) -> bool:
        """Whether this changes an existing cost (``+$18/mo``) instead of naming one."""
        return any(term.sign for term in self.terms)

    @property
    def approx(self) -> bool:
        """Whether the author wrote ``~``."""
        return any(term.approx for term in self.terms)

    @property
    def amount(self) -> Range | None:
        """The one amount with its sign, where the price is nothing but one; else None.

        This is how a stated cost (``~$100-200/month``) is read.
        """
        if len(self.terms) != 1:
            return None
        term = self.terms[0]
        if term.kind in (Kind.FREE, Kind.INCLUDED):
            return Range.point(Decimal(0))
        if term.per:
            return None
        return term.change if term.kind in (Kind.FIXED, Kind.ONE_OFF, Kind.UNTIMED) else None

    @property
    def monthly(self) -> Range | None:
        """The one amount a month: ``$1,200/year`` is 100; what names no period is a month's.

        None for an amount that is paid once, and for one whose period is said to be unstated.
        """
        untimed = self.terms[0].kind in (Kind.ONE_OFF, Kind.UNTIMED)
        amount = None if untimed else self.amount
        every = self.terms[0].every
        return amount if amount is None or every is None else per_month(amount, every)

    @property
    def currency(self) -> str:
        """The currency of the first amount; empty where there is none."""
        return next((term.currency for term in self.all_terms if term.currency), "")


def is_untimed(price: Price) -> bool:
    """Whether a price is an amount, or several, and none of them says how often it is paid."""
    return all(
        term.kind in (Kind.FIXED, Kind.UNTIMED)
        and term.every is None
        and not (term.after_free or term.allowances)
        for term in price.all_terms
    )


def untimed(price: Price) -> Price:
    """Return a price whose amounts without a period are taken for no month's."""
    return replace(
        price,
        alternatives=tuple(
            tuple(
                replace(term, kind=Kind.UNTIMED)
                if term.kind is Kind.FIXED and term.every is None
                else term
                for term in terms
            )
            for terms in price.alternatives
        ),
    )

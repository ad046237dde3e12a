"""Amounts in the cells of a document's tables, and whether some of them make another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from statusgen.audit.agree import agrees
from statusgen.audit.finding import Verdict
from statusgen.importer.amounts import as_price, says_nothing
from statusgen.roadmap.agreement import unit_of_last_digit
from statusgen.roadmap.money import ZERO, Period, Range, format_range, per_month
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import parse_price

_NUMBER = re.compile(
    r"(?P<approx>[~≈])?\s*(?P<low>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?)"
    r"(?:\s?[-–]\s?(?P<high>\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,9})?))?(?P<open>\+)?"
    r"\s*(?P<unit>[A-Za-z]{1,12})?"
)
_FOOTNOTE = re.compile(r"\s*(?:\[\^?\w{1,8}\]|[¹²³⁴⁵⁶⁷⁸⁹†‡*]{1,3})\s*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says."""

    text: str
    amount: Range | None
    """None where the cell is empty, or says something that is no amount."""
    currency: str = ""
    """ISO 4217, or the unit of a plain number (in lower case)."""
    approx: bool = False
    every: Period | None = None
    sign: int = 0

    @property
    def blank(self) -> bool:
        """Whether it says nothing at all."""
        return self.amount is None and says_nothing(self.text)

    @property
    def is_money(self) -> bool:
        """Whether the amount has a currency."""
        return len(self.currency) == 3 and self.currency.isupper()

    def shown(self) -> str:
        """Write the amount for a formula."""
        return show(self.amount, self.currency) if self.amount is not None else self.text


def show(amount: Range, currency: str) -> str:
    """Write an amount of money, or a number with its unit."""
    if len(currency) == 3 and currency.isupper():
        return format_range(currency, amount)
    return format_range("USD", amount).replace("$", "") + (f" {currency}" if currency else "")


@lru_cache(maxsize=8192)
def cell(text: str, currency: str = "") -> Cell:
    """Read a cell; ``currency`` is the sign of the column's header."""
    text = text.strip()
    written = as_price(text, currency) or as_price(_FOOTNOTE.sub("", text), currency)
    if written:
        price = parse_price(written)
        term = price.terms[0]
        if term.kind is Kind.ONE_OFF:
            return Cell(text, None)  # no part of what is paid again and again
        if price.amount is not None and len(price.alternatives) == 1 and not term.bound:
            every = None if term.kind is not Kind.FIXED else term.every
            amount = term.total or price.amount
            return Cell(text, amount, price.currency, price.approx, every, term.sign)
        return Cell(text, None)
    match = _NUMBER.fullmatch(_FOOTNOTE.sub("", text))
    if match is None:
        return Cell(text, None)
    low = Decimal(match["low"].replace(",", ""))
    high = Decimal(match["high"].replace(",", "")) if match["high"] else low
    if high < low:
        return Cell(text, None)
    unit = (match["unit"] or "").lower()
    amount = Range(low, None if match["open"] else high)
    return Cell(text, amount, unit.removesuffix("s"), bool(match["approx"]))


def monthly(part: Cell, default: Period | None) -> Cell:
    """Bring an amount to a month."""
    every = part.every or default
    if part.amount is None or every is None or every is Period.MONTH:
        return part
    return replace(part, amount=per_month(part.amount, every), every=Period.MONTH)


def same_period(parts: Sequence[Cell], default: Period | None) -> list[Cell]:
    """Bring amounts of different periods to a month; leave those of one period as they are."""
    periods = {
        part.every or default for part in parts if part.amount is not None and part.amount != ZERO
    }
    if len(periods) <= 1 or None in periods:
        return list(parts)
    return [monthly(part, default) for part in parts]


def add(parts: Sequence[Cell]) -> Range:
    """Add up the amounts that there are."""
    amount = ZERO
    for part in parts:
        if part.amount is not None:
            amount = amount + part.amount
    return amount


def compare(stated: Cell, parts: Sequence[Cell]) -> tuple[Verdict, Range]:
    """Hold a stated sum against its parts.

    Parts without an amount can only add: a sum below what is stated is then open. Fractions may
    have been rounded one by one.
    """
    assert stated.amount is not None
    derived = add(parts)
    approx = stated.approx or any(part.approx for part in parts)
    verdict = agrees(stated.amount, derived, approx=approx)
    if verdict is not Verdict.CONTRADICTED:
        return verdict, derived
    slack = _rounding(parts)
    high = None if stated.amount.high is None else stated.amount.high + slack
    if slack and agrees(Range(stated.amount.low - slack, high), derived) is Verdict.HOLDS:
        return Verdict.HOLDS, derived
    # A percentage of what is sold is no part of a sum.
    missing = any(
        part.amount is None and not part.blank and not part.text.rstrip("*").endswith("%")
        for part in parts
    )
    too_much = stated.amount.high is not None and derived.low > stated.amount.high
    if missing and not too_much:
        return Verdict.OPEN, derived
    if derived.high is None and not too_much:
        return Verdict.OPEN, derived
    return Verdict.CONTRADICTED, derived


def _rounding(parts: Sequence[Cell]) -> Decimal:
    """Return how far a sum may be off because its parts were rounded, or are about right."""
    known = [part for part in parts if part.amount is not None]
    units = [unit_of_last_digit(part.amount.low) for part in known if part.amount is not None]
    about = [unit for part, unit in zip(known, units, strict=True) if part.approx]
    halves = [unit / 2 for unit in units] if any(unit < 1 for unit in units) else []
    return sum([*about, *halves], Decimal(0))

"""What the cells of a table stand for: numbers, money and days, as exports hold them.

A page shows a cell's text; CSV and JSON hold its value, exact and unrounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from statusgen.audit import Finding, Measured
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Figure, When
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Price


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts, each currency by itself, with what an author wrote or what is missing in them."""

    amounts: tuple[tuple[str, Decimal, Decimal | None], ...] = ()
    """Currency (ISO 4217), low end, high end; None where it is open."""
    missing: tuple[str, ...] = ()
    """What could not be derived; without an amount, nothing is known."""
    written: str = ""
    """The price as its author wrote it; empty where the amount is derived."""
    once: tuple[tuple[str, Decimal, Decimal | None], ...] = ()
    """What is paid once besides, as ``amounts`` is."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, of a finding or a claim."""

    written: str
    number: Measured | None


@dataclass(frozen=True, slots=True)
class Days:
    """A window of time: as written, and its first and last day where it is dated."""

    written: str
    first: date | None = None
    last: date | None = None


Value: TypeAlias = int | Decimal | Money | Measure | Days


def derived_money(cost: Cost) -> Money:
    """Return a derived cost."""
    return Money(cost.plain, cost.missing, once=cost.plain_once)


def stated_money(price: Price, amount: Range | None, currency: str) -> Money:
    """Return a stated price with the amount that it comes to, where it is one."""
    code = price.currency or currency
    amounts = ((code, amount.low, amount.high),) if amount is not None else ()
    return Money(amounts, (), price.raw)


def days(when: When) -> Days:
    """Return a window of time."""
    return Days(str(when), when.start, when.end)


def of_finding(finding: Finding, name: str, text: str) -> Measure:
    """Return what a finding says of ``stated`` or ``derived``."""
    return Measure(text, finding.value(name))


def figure(stated: Figure) -> Measure:
    """Return a figure that an author wrote."""
    return Measure(stated.raw, Measured(stated.value.low, stated.value.high, stated.unit))

"""What a document states and what that should follow from: claims, each with its line.

A claim says how a number can be derived, never whether it is right. Several ways to derive it are
ways in which its author may have meant it. Money is in the currency that stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from statusgen.roadmap.formula import Formula
from statusgen.roadmap.model import ClaimKind, Figure
from statusgen.roadmap.money import ZERO, Period, Range, format_range, per_month
from statusgen.roadmap.price import Price


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was written: in a cell, behind a label, in a sentence."""

    text: str
    amount: Range | None
    """None where nothing stands there, or something that is no amount."""
    currency: str = ""
    """ISO 4217, or the unit of a plain number (in lower case)."""
    approx: bool = False
    every: Period | None = None
    sign: int = 0
    blank: bool = False
    """Whether nothing at all is said."""
    name: str = ""
    """Of what it is the amount, where that is told."""

    @property
    def is_money(self) -> bool:
        """Whether the amount has a currency."""
        return len(self.currency) == 3 and self.currency.isupper()

    @property
    def may_be_thousands(self) -> bool:
        """Whether its point may part thousands: ``1.150`` is 1150 to half of the world."""
        if self.amount is not None and self.amount.low >= 1000:
            return False  # its text told that it does
        return _BY_POINT.search(self.text) is not None

    def in_thousands(self) -> Amount:
        """Return the amount with a point that may part thousands read so."""
        if self.amount is None or not self.may_be_thousands:
            return self
        return replace(self, amount=self.amount.scaled(Range.point(1000)))

    def shown(self) -> str:
        """Write the amount for a formula."""
        return show(self.amount, self.currency) if self.amount is not None else self.text


_BY_POINT = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")


def show(amount: Range, currency: str) -> str:
    """Write an amount of money, or a number with its unit."""
    if len(currency) == 3 and currency.isupper():
        return format_range(currency, amount)
    return format_range("USD", amount).replace("$", "") + (f" {currency}" if currency else "")


def add(parts: Sequence[Amount]) -> Range:
    """Add up the amounts that there are."""
    return sum((part.amount for part in parts if part.amount is not None), ZERO)


def same_period(parts: Sequence[Amount], default: Period | None) -> list[Amount]:
    """Bring amounts of different periods to a month; leave those of one period as they are."""
    periods = {
        part.every or default for part in parts if part.amount is not None and part.amount != ZERO
    }
    if len(periods) <= 1 or None in periods:
        return list(parts)
    return [_monthly(part, default) for part in parts]


def _monthly(part: Amount, default: Period | None) -> Amount:
    every = part.every or default
    if part.amount is None or every is None or every is Period.MONTH:
        return part
    # A month has no whole number of weeks: authors take four, 4.33 or a twelfth of 52.
    about = part.approx or every in (Period.HOUR, Period.DAY, Period.WEEK)
    return replace(part, amount=per_month(part.amount, every), every=Period.MONTH, approx=about)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands, and what it is called in findings."""

    line: int
    subject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a sum: its parts, and the whole in their period."""

    whole: Amount
    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A stated total, with the readings of what it is the sum of, the likeliest first."""

    place: Place
    name: str
    stated: Amount
    readings: tuple[Reading, ...]
    of_more: bool = False
    """Whether its label says that it holds more than the lines: taxes, a buffer."""
    unsaid: bool = False
    """Whether only another amount of its line shows that the line holds sums."""
    at_head: bool = False
    """Whether it stands above the lines, which need not be all that it holds."""
    of_heads: bool = False
    """Whether it may count who is in one of several groups: some are in two."""
    of_time: bool = False
    """Whether its lines say how long things take, of which some may run at the same time."""
    of_figures: bool = False
    """Whether it may be a figure beside others, and no sum of them."""


@dataclass(frozen=True, slots=True)
class Year:
    """An amount a month and the same a year."""

    place: Place
    month: Amount
    year: Amount
    said_otherwise: bool = False
    """Whether the sentence names what makes a year something else than twelve months."""
    of_total: int = 0
    """The line of the total that is said again; nothing can be told where that is wrong."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line of a table with a column of months and one of years."""

    line: int
    label: str
    month: Amount
    year: Amount
    of_total: bool = False
    """Whether it is that of the sums of both columns."""
    total: Amount | None = None
    """What the years of all lines come to, as the table states it, …"""
    besides: Range | None = None
    """… and what those of all other lines do, where all are known."""


@dataclass(frozen=True, slots=True)
class Years:
    """All such lines of one table."""

    place: Place
    name: str
    lines: tuple[YearLine, ...]


class Across(StrEnum):
    """What the columns of a table may be calculated by."""

    QUANTITY = "quantity"
    DIFFERENCE = "difference"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it states, and what its other cells give."""

    line: int
    label: str
    stated: Amount
    derived: Range
    formula: str
    slack: Decimal = Decimal(0)
    """How far it may be off, because what it is the product of was rounded."""

    @property
    def known(self) -> Range:
        """What it states."""
        assert self.stated.amount is not None
        return self.stated.amount


@dataclass(frozen=True, slots=True)
class Lines:
    """A calculation between columns; it is meant where most of the lines follow it."""

    name: str
    what: Across
    lines: tuple[Line, ...]
    unsaid: bool = False
    """Whether no header names it, and only the numbers of most lines show it."""
    is_named: bool = False
    """Whether headers say what the columns are: one line that follows it is enough then."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One place that states an amount."""

    line: int
    stated: Amount


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A stated amount and the lines under it."""

    line: int
    stated: Amount
    parts: tuple[Amount, ...]


@dataclass(slots=True)
class StageCost:
    """What a document states of the cost of one stage."""

    name: str
    order: int
    statements: list[Statement] = field(default_factory=list)
    breakdown: Breakdown | None = None
    changes: tuple[int, tuple[Amount, ...]] | None = None
    """The line of a table of changes (``+$18/mo``), and the changes."""
    bases: tuple[Amount, ...] = ()
    """The totals above them that they may change."""


NO_VALUES: Mapping[str, Range] = {}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A number in a sentence, with the formulas that may be meant; one of them must agree."""

    place: Place
    kind: ClaimKind
    stated: Figure
    formulas: tuple[Formula, ...]
    values: Mapping[str, Range] = field(default_factory=lambda: NO_VALUES)
    """In ratios, where the figure is a percentage."""
    text: str = ""
    """The sentence."""
    slack: Decimal = Decimal(0)
    """How far it may be off because a number that it follows from was rounded."""
    fees: Price | None = None
    only_right: bool = False
    """Whether a number that does not fit may have been meant otherwise: then nothing is said."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """A stated number of weeks, and how many a document's windows cover without a gap."""

    place: Place
    text: str
    stated: int
    covered: int
    months: Decimal | None = None
    """The same in months, where that is stated too."""


@dataclass(frozen=True, slots=True)
class Durations:
    """How long old and new run side by side, as two places say it."""

    place: Place
    name: str
    here: str
    there: str
    line: int
    """Of the other place."""
    overlap: bool
    """Whether both can be so."""


@dataclass(slots=True)
class Claims:
    """All claims of one document, by kind, in its order."""

    sums: list[Sum | Years | Lines] = field(default_factory=list)
    stages: list[StageCost] = field(default_factory=list)
    sentences: list[Reckoned | Year | Weeks | Durations] = field(default_factory=list)

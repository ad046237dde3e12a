"""Customers that cover a cost, what each of them pays, and how much sooner that is."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from decimal import Decimal

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.goals import TablePair, table_pair
from statusgen.importer.claims.prose import MONEY, Spoken, amount, sections, span
from statusgen.importer.tree import Table
from statusgen.roadmap.agreement import unit_of_last_digit
from statusgen.roadmap.claims import Amount
from statusgen.roadmap.model import ClaimKind, Figure
from statusgen.roadmap.money import Range, divide
from statusgen.roadmap.price import Price
from statusgen.roadmap.price_grammar import parse_price

_PEOPLE = r"(?:paying )?(?:customers|users|subscribers|clients|members|accounts|seats)"
_BREAK_EVEN = re.compile(r"break(?:s|ing)?[- ]?even", re.I)
_COUNT = re.compile(
    rf"(?P<count>\d{{1,6}})\s+{_PEOPLE}(?:\s*(?:@|at|×|x)\s*(?P<price>{MONEY}))?", re.I
)
_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|instead of|compared (?:to|with)|(?:down )?from)\s+"
    r"(?P<count>\d{1,6})\b(?!\s*[-–%])",
    re.I,
)
_PRICE = re.compile(rf"{_PEOPLE}\s*(?:@|at|×|x)\s*(?P<price>{MONEY})", re.I)
_REVENUE = re.compile(
    rf"(?P<count>\d{{1,6}})\s+{_PEOPLE}\s*\(?(?P<revenue>{MONEY})\s*(?:MRR|revenue)", re.I
)
_FEES = re.compile(r"\d{1,2}(?:\.\d{1,2})?\s?%\s\+\s[$€£₦]\d{1,3}(?:\.\d{1,2})?(?![\d,./])")
_SOONER = re.compile(
    r"(?P<times>\d{1,3}(?:\.\d{1,2})?)\s?(?:[x×]|times)(?:\s|-)+(?:as\s+)?"
    r"(?:faster|sooner|earlier|quicker|fast|soon|quick)\b",
    re.I,
)


@dataclass(slots=True)
class _Said:
    """What the document says of costs, of what a customer pays, and of how many there must be."""

    pair: TablePair | None
    prices: Set[Decimal]
    fees: Price | None
    """Of one payment, where the document names exactly one."""
    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)

    def price(self) -> Decimal | None:
        """Return the price of a customer, where there is one."""
        return next(iter(self.prices)) if len(self.prices) == 1 else None


def read(found: Collected, lines: list[Spoken]) -> None:
    """Read every stated number of customers, and what they are said to pay."""
    said = _Said(table_pair(found), _prices(lines), _fees(found, lines))
    for spoken in lines:
        _revenue(found, spoken, said)
        _count(found, spoken, said)
    for spoken in lines:
        match = _SOONER.search(spoken.text)
        if match and _BREAK_EVEN.search(spoken.text):
            _sooner(found, spoken, match, said)


def _prices(lines: list[Spoken]) -> set[Decimal]:
    matches = (match for spoken in lines for match in _PRICE.finditer(spoken.text))
    return {price.value.low for match in matches if (price := amount(match["price"]))}


def _fees(found: Collected, lines: list[Spoken]) -> Price | None:
    """Return the fees of a payment that the document names, where all places agree."""
    texts = [spoken.text for spoken in lines]
    for section, _ in sections(found.root):
        for table in section.blocks:
            rows = table.rows if isinstance(table, Table) else ()
            texts += [cell.text for row in rows for cell in row.cells]
    fees = {match[0] for text in texts for match in _FEES.finditer(text)}
    return parse_price(fees.pop()) if len(fees) == 1 else None


def _count(found: Collected, spoken: Spoken, said: _Said) -> None:
    """``Break-even: 2 customers @ $67/month (vs 7 in the old stack)``."""
    text, pair = spoken.text, said.pair
    match = _COUNT.search(text)
    if match is None or not _BREAK_EVEN.search(text):
        return
    own = amount(match["price"]) if match["price"] else None
    price = own.value.low if own else said.price()
    if not price:
        return
    each = Range.point(price)

    def claim(what: str, count: str, cost: Range) -> None:
        stated = Figure(f"{count} customers", Range.point(Decimal(count)), unit="customers")
        way, values = "ceil(cost / price)", {"cost": cost, "price": each}
        found.reckon(spoken, what, ClaimKind.BREAK_EVEN, stated, way, values=values, fees=said.fees)

    stated = span(text)
    cost = stated.value if stated is not None else None
    if stated is None and pair is not None:
        cost = _of(pair.after.monthly)
        said.after.add(int(match["count"]))
    if cost is not None and cost.high is not None:
        claim("break-even", match["count"], cost)
    versus = _VERSUS.search(text)
    old = _of(pair.before.monthly) if pair is not None else None
    if versus and old is not None and old.high is not None and stated is None:
        said.before.add(int(versus["count"]))
        claim("break-even-before", versus["count"], old)


def _of(total: Amount | None) -> Range | None:
    return total.amount if total is not None else None


def _revenue(found: Collected, spoken: Spoken, said: _Said) -> None:
    """``100 customers ($15K MRR``: what each pays, against the price that is named elsewhere."""
    match = _REVENUE.search(spoken.text)
    revenue = amount(match["revenue"]) if match else None
    price = said.price()
    if match is None or revenue is None or price is None or not int(match["count"]):
        return
    text = f"{revenue.raw[0]}{price}" if not revenue.raw[0].isdigit() else str(price)
    stated = Figure(text, Range.point(price), unit=revenue.unit)
    count = Decimal(match["count"])
    values = {"revenue": revenue.value, "customers": Range.point(count)}
    slack = divide(unit_of_last_digit(revenue.value.low) / 2, count)
    kind, way = ClaimKind.PRICE_PER_CUSTOMER, "revenue / customers"
    found.reckon(spoken, "price-per-customer", kind, stated, way, values=values, slack=slack)


def _sooner(found: Collected, spoken: Spoken, match: re.Match[str], said: _Said) -> None:
    """``2x faster break-even``, by the stated numbers of customers and by the right ones."""
    before, after = (
        (_of(said.pair.before.monthly), _of(said.pair.after.monthly)) if said.pair else (None,) * 2
    )
    price = said.price()
    if before is None or after is None or not price:
        return
    if len(said.before) != 1 or len(said.after) != 1 or not min(said.after):
        return
    if not (before.is_point and after.is_point and after.low > 0):
        return
    values = {"before": before, "after": after, "price": Range.point(price)}
    ways = (f"{min(said.before)} / {min(said.after)}", "ceil(before / price) / ceil(after / price)")
    stated = Figure(match[0], Range.point(Decimal(match["times"])), unit="x")
    found.reckon(spoken, "faster", ClaimKind.RATIO, stated, *ways, values=values)

"""Break-even in a document: customers that cover a cost, and what each of them pays."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from decimal import Decimal

from statusgen.audit import prose
from statusgen.audit.agree import agrees
from statusgen.audit.cells import show
from statusgen.audit.claims import net_of_fees
from statusgen.audit.document import DocumentAudit
from statusgen.audit.document_goals import RANGE, TablePair, table_pair
from statusgen.audit.finding import Verdict
from statusgen.base.saying import Saying
from statusgen.importer.inline import Line
from statusgen.importer.tree import Section, Table
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.money import Range, divide, format_number
from statusgen.roadmap.price import Price
from statusgen.roadmap.price_grammar import parse_price

_PEOPLE = r"(?:paying )?(?:customers|users|subscribers|clients|members)"
_BREAK_EVEN = re.compile(r"break-?\s?even", re.I)
_COUNT = re.compile(
    rf"(?P<count>\d{{1,6}})\s+{_PEOPLE}(?:\s*(?:@|at|×|x)\s*(?P<price>{prose.MONEY}))?", re.I
)
_VERSUS = re.compile(r"\bvs\.?\s+(?P<count>\d{1,6})\b(?!\s*[-–%])", re.I)
_PRICE = re.compile(rf"{_PEOPLE}\s*(?:@|at|×|x)\s*(?P<price>{prose.MONEY})", re.I)
_REVENUE = re.compile(
    rf"(?P<count>\d{{1,6}})\s+{_PEOPLE}\s*\(?(?P<revenue>{prose.MONEY})\s*(?:MRR|revenue)", re.I
)
_FEES = re.compile(r"\d{1,2}(?:\.\d{1,2})?\s?%\s\+\s[$€£₦]\d{1,3}(?:\.\d{1,2})?(?![\d,./])")
_FASTER = re.compile(
    r"(?P<times>\d{1,3}(?:\.\d{1,2})?)\s?(?:[x×]|times)\s+"
    r"(?:faster|sooner|earlier|quicker)\s+break-?\s?even",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Money:
    """What the document says of its costs and of what a customer pays."""

    pair: TablePair | None
    prices: Set[Decimal]
    """Per customer."""
    fees: Price | None
    """Of one payment, where the document names exactly one."""


@dataclass(slots=True)
class _Counts:
    """The customers that a document states for the old stack and for the new one."""

    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)


def check(audit: DocumentAudit) -> None:
    """Check every stated number of customers, and what they are said to pay."""
    money = _Money(table_pair(audit), _prices(audit), _fees(audit))
    counts = _Counts()
    faster: list[tuple[Section, Line, re.Match[str]]] = []
    for section, _ in prose.sections(audit.root):
        for line in prose.lines(section):
            if len(line.text) > prose.MAX_TEXT:
                continue
            _revenue(audit, section, line, money.prices)
            _break_even(audit, section, line, money, counts)
            if match := _FASTER.search(line.text):
                faster.append((section, line, match))
    for section, line, match in faster:
        _faster(audit, section, line, match, money, counts)


def _prices(audit: DocumentAudit) -> set[Decimal]:
    """Return the prices per customer that the document names."""
    found = set()
    for section, _ in prose.sections(audit.root):
        for line in prose.lines(section):
            for match in _PRICE.finditer(line.text[: prose.MAX_TEXT]):
                if price := prose.amount(match["price"]):
                    found.add(price.value)
    return found


def _fees(audit: DocumentAudit) -> Price | None:
    """Return the fees of a payment that the document names, where all places agree."""
    found = set()
    for section, _ in prose.sections(audit.root):
        for line in prose.lines(section):
            found |= {match[0] for match in _FEES.finditer(line.text[: prose.MAX_TEXT])}
        for table in section.blocks:
            rows = table.rows if isinstance(table, Table) else ()
            for row in rows:
                found |= {match[0] for cell in row.cells for match in _FEES.finditer(cell.text)}
    return parse_price(next(iter(found))) if len(found) == 1 else None


def _break_even(
    audit: DocumentAudit,
    section: Section,
    line: Line,
    money: _Money,
    counts: _Counts,
) -> None:
    """``Break-even: 2 customers @ $67/month (vs 7 in the old stack)``."""
    text = line.text
    pair, prices = money.pair, money.prices
    begin = _BREAK_EVEN.search(text)
    match = _COUNT.search(text)
    if begin is None or match is None:
        return
    own = prose.amount(match["price"]) if match["price"] else None
    price = own.value if own else next(iter(prices)) if len(prices) == 1 else None
    if not price:
        return
    span = RANGE.search(text)
    cost: Range | None = None
    if span:
        low, high = (Decimal(span[end].replace(",", "")) for end in ("low", "high"))
        cost = Range(low, high) if low <= high else None
    elif pair is not None and pair.after.monthly is not None:
        cost = pair.after.monthly.amount
        counts.after.add(int(match["count"]))
    if cost is not None and cost.high is not None:
        given = (cost, price, money.fees)
        _count(audit, section, line, int(match["count"]), given, "break-even")
    versus = _VERSUS.search(text)
    if versus and pair is not None and pair.before.monthly is not None and not span:
        before = (pair.before.monthly.amount, price, money.fees)
        counts.before.add(int(versus["count"]))
        _count(audit, section, line, int(versus["count"]), before, "break-even-before")


def _count(
    audit: DocumentAudit,
    section: Section,
    line: Line,
    stated: int,
    given: tuple[Range, Decimal, Price | None],
    what: str,
) -> None:
    """Hold a number of customers against a cost at a price each; fees are told beside it."""
    cost, price, fees = given
    formula = parse_formula("ceil(cost / price)")
    values = {"cost": cost, "price": Range.point(price)}
    derived = formula.value(values)
    verdict = Verdict.HOLDS if derived == Range.point(stated) else Verdict.CONTRADICTED
    if verdict is Verdict.CONTRADICTED and derived.holds(Range.point(stated)):
        verdict = Verdict.OPEN
    shown = _span(derived)
    net = net_of_fees(price, fees) if fees is not None else None
    holds = "holds" if verdict is Verdict.HOLDS else "takes"
    saying = Saying(f"findings.customers-{holds}", {"number": str(stated), "derived": shown})
    if net is not None and net > 0:
        left = formula.value(values | {"price": Range.point(net)})
        saying = Saying(
            "findings.after-fees",
            {"claim": saying, "fees": str(fees), "number": _span(left)},
        )
    audit.add(
        "COST010", line.number, ("claims", section.title.text, what), verdict,
        saying,
        stated=str(stated), derived=f"{shown} customers",
        formula=f"{formula.shown(values)} = {shown}; {stated} × {format_number(price)} = "
        f"{format_number(stated * price)}",
    )  # fmt: skip


def _span(value: Range) -> str:
    low = format_number(value.low)
    return low if value.is_point else f"{low}…{format_number(value.high or value.low)}"


def _revenue(audit: DocumentAudit, section: Section, line: Line, prices: Set[Decimal]) -> None:
    """``100 customers ($15K MRR``: what each pays, against the price that is named elsewhere."""
    match = _REVENUE.search(line.text)
    revenue = prose.amount(match["revenue"]) if match else None
    if match is None or revenue is None or len(prices) != 1 or not int(match["count"]):
        return
    price = next(iter(prices))
    each = divide(revenue.value, Decimal(match["count"]))
    near = abs(each - price) <= divide(revenue.digit / 2, Decimal(match["count"]))
    verdict = Verdict.HOLDS if near else Verdict.CONTRADICTED
    shown = show(Range.point(each), revenue.currency)
    audit.add(
        "COST011", line.number, ("claims", section.title.text, "price-per-customer"), verdict,
        Saying(
            "findings.each-pays",
            {
                "claim": match[0].replace("(", ""),
                "each": shown,
                "price": show(Range.point(price), revenue.currency),
            },
        ),
        stated=show(Range.point(price), revenue.currency), derived=shown,
        formula=f"{format_number(revenue.value)} / {match['count']} = {format_number(each)}",
    )  # fmt: skip


def _faster(
    audit: DocumentAudit,
    section: Section,
    line: Line,
    match: re.Match[str],
    money: _Money,
    counts: _Counts,
) -> None:
    """``2x faster break-even``, against the stated numbers of customers and the right ones."""
    pair, prices = money.pair, money.prices
    if len(counts.before) != 1 or len(counts.after) != 1 or pair is None or len(prices) != 1:
        return
    (before,), (after,), (price,) = counts.before, counts.after, prices
    assert pair.before.monthly is not None
    assert pair.after.monthly is not None
    formula = parse_formula("ceil(before / price) / ceil(after / price)")
    values = {
        "before": pair.before.monthly.amount,
        "after": pair.after.monthly.amount,
        "price": Range.point(price),
    }
    if not after or not price or not all(value.is_point for value in values.values()):
        return
    right = formula.value(values)
    said = Range.point(divide(Decimal(before), Decimal(after)))
    stated = Range.point(Decimal(match["times"]))
    holds = Verdict.HOLDS in (agrees(stated, right), agrees(stated, said))
    shown = f"{format_number(said.low)} x and {format_number(right.low)} x"
    audit.add(
        "COST026", line.number, ("claims", section.title.text, "faster"),
        Verdict.HOLDS if holds else Verdict.CONTRADICTED,
        Saying(
            f"findings.faster-{'holds' if holds else 'contradicted'}",
            {"claim": match[0], "derived": shown},
        ),
        stated=f"{match['times']} x", derived=shown,
        formula=f"{before} / {after} = {format_number(said.low)}; "
        f"{formula.shown(values)} = {format_number(right.low)}",
    )  # fmt: skip

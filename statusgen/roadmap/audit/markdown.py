"""The audit over any Markdown document: sums and years of its tables, equations in its sentences.

It looks only at what says of itself what it is: a row that begins with "Total", columns whose heads
say month and year, and sentences of the form "$15K of revenue - $800 of costs = $14.2K".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from statusgen.base.yamltree import Mark
from statusgen.roadmap.audit.agree import agrees
from statusgen.roadmap.audit.finding import Finding, Verdict, finding_at
from statusgen.roadmap.model import Path
from statusgen.roadmap.money import ZERO, Range, format_range
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_grammar import parse_price

_TOTAL = re.compile(r"(grand |sub)?(total|sum)\b", re.I)
_RULE = re.compile(r"\s*:?-{1,}:?\s*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
# Atomic, and the words between hold no digits: so no line can make the search run away.
_AMOUNT = r"(?>~?[$€£₵₦]\d[\d,]{0,15}(?:\.\d{1,6})?[KM]?)"
_WORDS = r"(?>[A-Za-z \t/]{0,30})"
_EQUATION = re.compile(
    rf"(?P<first>{_AMOUNT})(?P<rest>(?:{_WORDS}[-+−–] ?{_AMOUNT}){{1,8}})"
    rf"{_WORDS}= ?(?P<result>{_AMOUNT})"
)
_SUMMAND = re.compile(rf"(?P<sign>[-+−–]) ?(?P<amount>{_AMOUNT})")
MAX_LINE = 2000
"""Longer lines are no sentences that a person wrote."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A document whose parts are its lines: a path is (line, column)."""

    file: str

    def mark(self, path: Path) -> Mark:
        line, column = path
        return Mark(int(line), int(column))


@dataclass(slots=True)
class _Table:
    line: int
    head: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def audit_markdown(text: str, file: str) -> list[Finding]:
    """Check the tables and the equations of a Markdown text; findings come by line.

    ``file`` is the name that the findings give. Code blocks are left alone.
    """
    document = _Text(file)
    lines = _outside_fences(text)
    found: list[Finding] = []
    for table in _tables(lines):
        found += _sums(document, table)
        found += _years(document, table)
    for number, line in lines:
        found += _equations(document, number, line)
    return sorted(found, key=lambda finding: (finding.line, finding.rule, finding.subject))


def _outside_fences(text: str) -> list[tuple[int, str]]:
    lines, fence = [], ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            continue
        if mark:
            fence = mark[1]
        elif len(line) <= MAX_LINE:
            lines.append((number, line))
    return lines


def _tables(lines: list[tuple[int, str]]) -> Iterator[_Table]:
    table: _Table | None = None
    before: tuple[int, list[str]] | None = None
    for number, line in lines:
        cells = _cells(line)
        if table is not None and cells and number == table.line + len(table.rows) + 2:
            table.rows.append((number, cells))
            continue
        if table is not None:
            yield table
            table = None
        follows = before is not None and before[0] == number - 1
        if before and follows and cells and all(_RULE.fullmatch(cell) for cell in cells):
            table = _Table(before[0], before[1])
        before = (number, cells) if cells else None
    if table is not None:
        yield table


def _cells(line: str) -> list[str]:
    stripped = line.strip()
    if not stripped.startswith("|") or stripped.count("|") < 2:
        return []
    parts = re.split(r"(?<!\\)\|", stripped.removeprefix("|").removesuffix("|"))
    return [part.replace("**", "").replace("`", "").strip() for part in parts]


def _price(text: str) -> Price | None:
    """Return the price of a cell that is one amount of money, or free."""
    try:
        price = parse_price(text)
    except ValueError:
        return None
    if len(price.alternatives) != 1 or price.amount is None:
        return None
    return price if price.terms[0].kind in (Kind.FIXED, Kind.FREE, Kind.INCLUDED) else None


def _column(table: _Table, column: int) -> str:
    return table.head[column] if column < len(table.head) else str(column + 1)


def _sums(document: _Text, table: _Table) -> Iterator[Finding]:
    """Every column of a total row is the sum of the rows above it that name an amount."""
    begin = 0
    for index, (line, cells) in enumerate(table.rows):
        if not _TOTAL.match(cells[0]):
            continue
        for column in range(1, len(cells)):
            written = _price(cells[column])
            if written is None or not written.currency:
                continue
            rows = [other for _, other in table.rows[begin:index] if column < len(other)]
            prices = [price for row in rows if (price := _price(row[column])) is not None]
            if not prices:
                continue
            yield _sum(document, table, line, column, written, prices, len(rows) - len(prices))
        begin = index + 1


def _sum(
    document: _Text,
    table: _Table,
    line: int,
    column: int,
    written: Price,
    prices: list[Price],
    without: int,
) -> Finding:
    code, head = written.currency, _column(table, column)
    subject = f"table.{table.line}.{head}"
    others = {price.currency for price in prices if price.currency} - {code}
    stated = written.amount
    assert stated is not None
    if others:
        message = f"{head}: {' and '.join(sorted(others | {code}))} are added without a rate"
        return finding_at(
            document, "COST012", (line, 1), subject, Verdict.OPEN, message, stated=written
        )
    whole = ZERO
    for price in prices:
        whole += price.amount or ZERO
    verdict = agrees(stated, whole, approx=written.approx)
    derived = format_range(code, whole)
    message = f"{head}: the rows add up to {derived}"
    message += f", without {without} that name no amount" if without else ""
    if verdict is not Verdict.HOLDS:
        message += f", not {written}"
    shown = " + ".join(format_range(code, price.amount or ZERO) for price in prices)
    return finding_at(
        document,
        "COST001",
        (line, 1),
        subject,
        verdict,
        message,
        stated=written,
        derived=derived,
        formula=f"{shown} = {derived}",
    )


def _years(document: _Text, table: _Table) -> Iterator[Finding]:
    """A column of years is twelve times the column of months."""
    months = [i for i, head in enumerate(table.head) if re.search(r"\bmonth", head, re.I)]
    years = [i for i, head in enumerate(table.head) if re.search(r"\b(annual|year)", head, re.I)]
    if len(months) != 1 or len(years) != 1:
        return
    right = 0
    for line, cells in table.rows:
        if len(cells) <= max(months[0], years[0]):
            continue
        month, year = _price(cells[months[0]]), _price(cells[years[0]])
        if month is None or year is None or month.currency != year.currency:
            continue
        assert month.amount is not None
        assert year.amount is not None
        twelve = month.amount.scaled(Range.point(12))
        if agrees(year.amount, twelve, approx=year.approx) is Verdict.HOLDS:
            right += 1
            continue
        derived = format_range(month.currency, twelve)
        yield finding_at(
            document,
            "COST006",
            (line, 1),
            f"table.{table.line}.{cells[0]}.annual",
            Verdict.CONTRADICTED,
            f"{cells[0]} costs {derived} a year, not {year}",
            stated=year,
            derived=derived,
            formula=f"12 × {format_range(month.currency, month.amount)} = {derived}",
        )
    if right:
        yield finding_at(
            document,
            "COST006",
            (table.line, 1),
            f"table.{table.line}.annual",
            Verdict.HOLDS,
            f"{right} annual amounts are twelve times the monthly ones",
        )


def _equations(document: _Text, number: int, line: str) -> Iterator[Finding]:
    for match in _EQUATION.finditer(line):
        first, result = _price(match["first"]), _price(match["result"])
        parts = [(m["sign"], _price(m["amount"])) for m in _SUMMAND.finditer(match["rest"])]
        prices = [first, result, *(price for _, price in parts)]
        if any(price is None for price in prices):
            continue
        known = [price for price in prices if price is not None]
        if len({price.currency for price in known}) != 1:
            continue
        whole = known[0].amount or ZERO
        shown = str(known[0])
        for sign, price in parts:
            amount = (price.amount if price else None) or ZERO
            whole += amount if sign == "+" else -amount
            shown += f" {'+' if sign == '+' else '−'} {price}"
        stated = known[1].amount or ZERO
        derived = format_range(known[0].currency, whole)
        verdict = agrees(stated, whole, approx=known[1].approx)
        said = "right" if verdict is Verdict.HOLDS else f"not {derived}"
        yield finding_at(
            document,
            "COST026",
            (number, match.start() + 1),
            f"line.{number}.{match.start() + 1}",
            verdict,
            f"{known[1]} is {said}",
            stated=known[1],
            derived=derived,
            formula=f"{shown} = {derived}",
        )

"""Calculations between the columns of a document's table: years, quantities, differences, rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations

from statusgen.audit.agree import agrees
from statusgen.audit.cells import Cell, add, show
from statusgen.audit.document import DocumentAudit
from statusgen.audit.document_columns import Columns
from statusgen.audit.finding import Verdict
from statusgen.base.saying import Saying
from statusgen.importer.amounts import is_total
from statusgen.importer.headers import MONTH, SAVED, UNIT, YEAR
from statusgen.roadmap.agreement import is_year_of
from statusgen.roadmap.money import ZERO, Period, Range, divide, format_number
from statusgen.words.worded import worded

_OTHERWISE = re.compile(r"\d|discount|\boff\b|sav|billed|prepa|commit|incl|setup|contract", re.I)
_QUANTITY = re.compile(
    r"(qty|quantity|count|units?|number|seats|hosts|users|nodes|instances|#)s?\b", re.I
)
_BEFORE = re.compile(r"\b(before|current|old|today|existing|as[- ]is|from)\b", re.I)
_AFTER = re.compile(r"\b(after|new|target|proposed|future|to[- ]be|to)\b", re.I)


def check(audit: DocumentAudit, name: str, columns: Columns) -> None:
    """Check every calculation that the table's columns show."""
    _annual(audit, name, columns)
    _products(audit, name, columns)
    _differences(audit, name, columns)
    _across(audit, name, columns)


def _annual(audit: DocumentAudit, name: str, columns: Columns) -> None:
    """A year is twelve months, or as many months as in every row alike (a discount)."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    plain = [
        i for i, text in enumerate(headers) if not _OTHERWISE.search(text) and not UNIT.search(text)
    ]
    months = [i for i in plain if MONTH.search(headers[i])]
    years = [i for i in plain if YEAR.search(headers[i])]
    if len(months) != 1 or len(years) != 1 or months == years:
        return
    pairs = []
    for row, (month, year) in enumerate(
        zip(columns.cells[months[0]], columns.cells[years[0]], strict=True)
    ):
        if month.amount is None or year.amount is None or month.currency != year.currency:
            continue
        if month.every not in (None, Period.MONTH) or year.every not in (None, Period.YEAR):
            continue
        pairs.append((row, month, year))
    wrong = [pair for pair in pairs if not _is_times(pair[1], pair[2], Decimal(12))]
    paid = [pair for pair in pairs if pair[1].amount is not None and pair[1].amount.low > 0]
    if len(paid) >= 2 and wrong and (months_paid := _common_ratio([pair[1:] for pair in paid])):
        values = {"table": name, "months": format_number(months_paid)}
        saying = Saying("findings.year-of-months", values)
        line = columns.table.line
        audit.add("COST006", line, ("tables", name, "annual"), Verdict.HOLDS, saying)
        return
    for row, month, year in wrong:
        assert month.amount is not None
        derived = show(month.amount.scaled(Range.point(12)), month.currency)
        label = columns.labels[row]
        audit.add(
            "COST006",
            columns.table.rows[row].line,
            ("tables", name, label, "annual"),
            Verdict.CONTRADICTED,
            Saying(
                "findings.year-misses",
                {"table": name, "name": label, "derived": derived, "stated": year.text},
            ),
            stated=year.text,
            derived=derived,
            formula=f"12 × {month.shown()} = {derived}",
        )
    if pairs and not wrong:
        saying = Saying("findings.years-hold", {"table": name})
        formula = worded("findings.twelve-times", count=len(pairs))
        subject = ("tables", name, "annual")
        audit.add("COST006", columns.table.line, subject, Verdict.HOLDS, saying, formula=formula)


def _is_times(one: Cell, other: Cell, factor: Decimal) -> bool:
    assert one.amount is not None
    assert other.amount is not None
    approx = one.approx or other.approx
    return is_year_of(other.amount, one.amount, approx=approx, months=factor)


def _common_ratio(pairs: Sequence[tuple[Cell, Cell]]) -> Decimal | None:
    """Return the months that every annual price counts, where it is one number from 8 to 12."""
    month, year = pairs[0]
    if month.amount is None or year.amount is None or not month.amount.low:
        return None
    ratio = divide(year.amount.low, month.amount.low)
    for exact in (ratio, round(ratio, 1), round(ratio)):
        if 8 <= exact < 12 and all(_is_times(one, other, Decimal(exact)) for one, other in pairs):
            return Decimal(exact)
    return None


_Rows = list[tuple[int, Cell, Range, str]]


def _products(audit: DocumentAudit, name: str, columns: Columns) -> None:
    """Quantity × unit price = amount, where most lines show that this is meant."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    units = [i for i, text in enumerate(headers) if i and UNIT.search(text)]
    counts = [i for i, text in enumerate(headers) if i not in (0, *units) and _QUANTITY.match(text)]
    if len(counts) != 1 or len(units) != 1:
        return
    amounts = [i for i in range(1, len(headers)) if i not in (*counts, *units)]
    for index in amounts:
        rows: _Rows = []
        for row in columns.body():
            count, unit = columns.cells[counts[0]][row], columns.cells[units[0]][row]
            stated = columns.cells[index][row]
            if count.amount is None or count.is_money or unit.amount is None or not unit.is_money:
                continue
            if stated.amount is not None and stated.is_money:
                product = unit.amount.scaled(count.amount)
                rows.append((row, stated, product, f"{count.shown()} × {unit.shown()}"))
        _by_majority(audit, name, columns, rows, "quantity")


def is_unit_price(columns: Columns, index: int) -> bool:
    """Whether a column holds the price of one: a number × it gives another column, twice or more.

    Its cells do not add up, whatever stands under them.
    """
    prices = columns.cells[index]
    for count, result in permutations(range(1, len(columns.cells)), 2):
        if index in (count, result):
            continue
        fits = [
            one.amount is not None
            and unit.amount is not None
            and whole.amount is not None
            and not one.is_money
            and one.amount != Range.point(1)
            and unit.amount != ZERO
            and whole.currency == unit.currency
            and agrees(whole.amount, unit.amount.scaled(one.amount)) is Verdict.HOLDS
            for one, unit, whole in (
                (columns.cells[count][row], prices[row], columns.cells[result][row])
                for row in columns.body()
            )
        ]
        if sum(fits) >= 2:
            return True
    return False


def _differences(audit: DocumentAudit, name: str, columns: Columns) -> None:
    """Before − after = saved, where most lines show that this is meant."""
    headers = [columns.header(index) for index in range(len(columns.cells))]
    found = [
        [i for i, text in enumerate(headers) if i and pattern.search(text)]
        for pattern in (SAVED, _BEFORE, _AFTER)
    ]
    saved = found[0][:1]
    before = [i for i in found[1] if i not in saved]
    after = [i for i in found[2] if i not in saved and i not in before]
    if not (len(saved) == len(before) == len(after) == 1):
        return
    rows: _Rows = []
    for row in range(len(columns.labels)):
        one, two = columns.cells[before[0]][row], columns.cells[after[0]][row]
        stated = columns.cells[saved[0]][row]
        if one.amount is None or two.amount is None or stated.amount is None:
            continue
        if not (one.amount.is_point and two.amount.is_point and stated.amount.is_point):
            continue
        if one.is_money and stated.is_money:
            value = one.amount.low - two.amount.low
            value = value if value * stated.amount.low >= 0 else -value
            rows.append((row, stated, Range.point(value), f"{one.shown()} − {two.shown()}"))
    _by_majority(audit, name, columns, rows, "difference")


def _across(audit: DocumentAudit, name: str, columns: Columns) -> None:
    """A column of totals is the sum of those before it, where most lines show that it is meant."""
    begin = 1
    for whole in range(1, len(columns.cells)):
        if not is_total(columns.header(whole)) or YEAR.search(columns.header(whole)):
            continue
        if whole - begin >= 2:
            _by_majority(audit, name, columns, _sums_across(columns, begin, whole), "row")
        begin = whole + 1


def _sums_across(columns: Columns, begin: int, whole: int) -> _Rows:
    rows: _Rows = []
    for row in range(len(columns.labels)):
        stated = columns.cells[whole][row]
        parts = [columns.cells[index][row] for index in range(begin, whole)]
        parts = [part for part in parts if part.amount is not None]
        if stated.amount is None or len(parts) < 2:
            continue
        if {part.currency for part in parts} == {stated.currency}:
            shown = " + ".join(part.shown() for part in parts)
            rows.append((row, stated, add(parts), shown))
    return rows


def _by_majority(audit: DocumentAudit, name: str, columns: Columns, rows: _Rows, what: str) -> None:
    """Report a calculation that most lines follow; without them it was not meant."""
    fits: Callable[[Cell, Range], bool] = lambda stated, value: (  # noqa: E731
        stated.amount is not None
        and agrees(stated.amount, value, approx=stated.approx) is not Verdict.CONTRADICTED
    )
    right = [entry for entry in rows if fits(entry[1], entry[2])]
    if len(right) < 2 or len(right) <= len(rows) / 2:
        return
    for row, stated, value, shown in rows:
        if fits(stated, value):
            continue
        label = columns.labels[row]
        derived = show(value, stated.currency)
        audit.add(
            "COST026",
            columns.table.rows[row].line,
            ("tables", name, label, what),
            Verdict.CONTRADICTED,
            Saying(
                "findings.line-comes-to",
                {"table": name, "name": label, "derived": derived, "stated": stated.text},
            ),
            stated=stated.text,
            derived=derived,
            formula=f"{shown} = {derived}",
        )

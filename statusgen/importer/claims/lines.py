"""Calculations between the columns of a table: years, quantities, differences, sums of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.columns import Columns
from statusgen.importer.claims.relations import related
from statusgen.importer.headers import CLOSING, MONTH, OPENING, OTHERWISE, SAVED, UNIT, YEAR
from statusgen.roadmap.adding import is_no_sum
from statusgen.roadmap.agreement import fits, unit_of_last_digit
from statusgen.roadmap.claims import (
    Across,
    Amount,
    Claims,
    Line,
    Lines,
    Place,
    Reading,
    YearLine,
    Years,
    add,
)
from statusgen.roadmap.money import ZERO, Period, Range

MAX_COLUMNS = 9
"""A wider table is no list of quantities and prices."""
_BEFORE = re.compile(r"\b(before|current|old|today|existing|as[- ]is|from)\b", re.I)
_AFTER = re.compile(r"\b(after|new|target|proposed|future|to[- ]be|to)\b", re.I)


def read(claims: Claims, name: str, columns: Columns) -> None:
    """Read every calculation that the table's columns show."""
    _years(claims, name, columns)
    found = [(Across.QUANTITY, lines) for lines in _products(columns)]
    found += [(Across.DIFFERENCE, _differences(columns))]
    found += [(Across.DIFFERENCE, _balances(columns))]
    found += [(Across.ROW, lines) for lines in _across(columns)]
    claims.sums += [Lines(name, what, tuple(lines)) for what, lines in found if lines]
    told = {(line.line, line.stated) for _, lines in found for line in lines}
    for lines in related(columns, MAX_COLUMNS):
        if not any((line.line, line.stated) in told for line in lines):
            claims.sums.append(Lines(name, Across.ROW, tuple(lines), unsaid=True))


def is_moment(columns: Columns, index: int) -> bool:
    """Whether a column says what is there before or after: that of the last line, no sum.

    Its header says so, or each line begins with what the one above ends with.
    """
    header = columns.headers[index]
    if OPENING.search(header) or CLOSING.search(header):
        return True
    own = [columns.cells[index][row].amount for row in columns.body()]
    others = [
        [column[row].amount for row in columns.body()]
        for other, column in enumerate(columns.cells)
        if other not in (0, index)
    ]
    return len(own) > 2 and any(
        None not in (*own, *cells) and (own[1:] == cells[:-1] or own[:-1] == cells[1:])
        for cells in others
    )


def is_unit_price(columns: Columns, index: int) -> bool:
    """Whether a column holds the price of one: a number × it gives another column in most lines.

    Its cells do not add up, whatever stands under them. Two lines at least must say so; of counts
    of anything some are products of others by chance.
    """
    prices = columns.cells[index]
    for count, result in permutations(range(1, len(columns.cells)), 2):
        if index in (count, result):
            continue
        rows = (
            _is_product(columns.cells[count][row], prices[row], columns.cells[result][row])
            for row in columns.body()
        )
        known = [is_product for is_product in rows if is_product is not None]
        if sum(known) >= 2 and 2 * sum(known) > len(known):
            return True
    return False


def _is_product(count: Amount, unit: Amount, whole: Amount) -> bool | None:
    """Whether an amount is a number times another; None where that would tell nothing."""
    if count.amount is None or unit.amount is None or whole.amount is None or count.is_money:
        return None
    if count.amount in (Range.point(1), ZERO) or unit.amount == ZERO:
        return None
    if whole.currency != unit.currency:
        return None
    return fits(whole.amount, unit.amount.scaled(count.amount))


def _years(claims: Claims, name: str, columns: Columns) -> None:
    headers = columns.headers
    plain = [
        i for i, text in enumerate(headers) if not OTHERWISE.search(text) and not UNIT.search(text)
    ]
    months = [i for i in plain if MONTH.search(headers[i])]
    years = [i for i in plain if YEAR.search(headers[i])]
    if len(months) != 1 or len(years) != 1 or months == years:
        return
    lines = [
        YearLine(columns.table.rows[row].line, columns.labels[row], month, year)
        for row, (month, year) in enumerate(
            zip(columns.cells[months[0]], columns.cells[years[0]], strict=True)
        )
        if month.amount is not None and year.amount is not None and month.currency == year.currency
        if month.every in (None, Period.MONTH) and year.every in (None, Period.YEAR)
    ]
    others = [i for i in range(1, len(headers)) if i not in (months[0], years[0])]
    lines = [line for line in lines if not _holds_more(columns, line, others)]
    if _has_gaps(columns, months[0], years[0]):
        totals = {columns.labels[row] for row in columns.totals}
        lines = [line for line in lines if line.label not in totals]
    place = Place(columns.table.line, ("tables", name, "annual"))
    claims.sums.append(Years(place, name, tuple(lines)))


def _holds_more(columns: Columns, line: YearLine, others: Sequence[int]) -> bool:
    """Whether a year holds, besides twelve months, what another column of the line says."""
    row = next(n for n, each in enumerate(columns.table.rows) if each.line == line.line)
    if line.month.amount is None or line.year.amount is None:
        return False
    twelve = line.month.amount.scaled(Range.point(12))
    besides = [columns.cells[index][row] for index in others]
    more = [part.amount for part in besides if part.amount is not None and part.is_money]
    return any(part != ZERO and fits(line.year.amount, twelve + part) for part in more)


def _has_gaps(columns: Columns, month: int, year: int) -> bool:
    """Whether a line is paid by the year alone, or in some months: no sum is twelve of one."""
    return any(
        (columns.cells[month][row].amount is None) != (columns.cells[year][row].amount is None)
        for row in columns.body()
    )


def _line(columns: Columns, row: int, stated: Amount, derived: Range, formula: str) -> Line:
    place = columns.table.rows[row].line
    return Line(place, columns.labels[row], stated, derived, formula)


def _products(columns: Columns) -> Iterator[list[Line]]:
    """Quantity × unit price = amount, in whatever columns most lines show that."""
    for count, unit, whole in permutations(range(1, min(len(columns.cells), MAX_COLUMNS)), 3):
        rows = [
            (row, columns.cells[count][row], columns.cells[unit][row], columns.cells[whole][row])
            for row in columns.body()
        ]
        bare = not any(one.is_money for _, _, *pair in rows for one in pair)
        right = sum(
            bool(_is_product(*cells)) and (not bare or _is_large(cells[-1])) for _, *cells in rows
        )
        applies = [cells for cells in rows if _is_row(*cells[1:], bare=bare)]
        if right < 2 or 2 * right <= len(applies) or (bare and count > unit):
            continue
        yield [
            _product(columns, row, many, one, stated)
            for row, many, one, stated in applies
            if _is_plain(columns, row) or _is_product(many, one, stated)
            if not _is_discounted(many, one, stated, _other_factors(columns, row, count))
        ]


def _is_plain(columns: Columns, row: int) -> bool:
    """Whether nothing of a line says how it is paid: *box of 100*, a remark of its own."""
    if re.search(r"[\d(（]", columns.labels[row]):
        return False
    body = columns.body()
    for index in range(1, len(columns.headers)):
        said = [bool(columns.cells[index][other].blank) for other in body]
        own = columns.cells[index][row]
        if own.amount is None and not own.blank and 2 * sum(said) >= len(said):
            return False
    return True


def _is_large(whole: Amount) -> bool:
    """Whether a bare number is no product of two others by chance."""
    return whole.amount is not None and whole.amount.low >= 100


def _product(columns: Columns, row: int, many: Amount, one: Amount, stated: Amount) -> Line:
    assert many.amount is not None
    assert one.amount is not None
    shown = f"{many.shown()} × {one.shown()}"
    line = _line(columns, row, stated, one.amount.scaled(many.amount), shown)
    return replace(line, slack=_rounding(one) * many.amount.low)


def _rounding(price: Amount) -> Decimal:
    """Return how far a price of one may be off: one in cents may have been rounded to them."""
    assert price.amount is not None
    unit = unit_of_last_digit(price.amount.low)
    return unit / 2 if unit < 1 else Decimal(0)


def _is_row(count: Amount, unit: Amount, whole: Amount, *, bare: bool) -> bool:
    """Whether a line has a number, a price and an amount; ``bare``: none of them is in money."""
    if None in (count.amount, unit.amount, whole.amount) or count.is_money:
        return False
    return bare or (unit.is_money and whole.is_money)


def _other_factors(columns: Columns, row: int, count: int) -> list[Amount]:
    """Return what may count instead of a column: others, and numbers beside the name (*min. 5*)."""
    cells = [columns.cells[index][row] for index in range(1, len(columns.cells)) if index != count]
    named = re.findall(r"\d{1,6}", columns.labels[row])
    return cells + [Amount(text, Range.point(Decimal(text))) for text in named]


def _is_discounted(count: Amount, unit: Amount, whole: Amount, others: Sequence[Amount]) -> bool:
    """Whether an amount may be right for another reason than the product of two columns.

    It is so many twentieths less, nobody says by what, or a third column is a factor too.
    """
    assert count.amount is not None
    assert unit.amount is not None
    assert whole.amount is not None
    product = unit.amount.scaled(count.amount)
    factors = [one.amount for one in others if one.amount is not None and not one.is_money]
    if any(fits(whole.amount, product.scaled(factor)) for factor in factors if factor.low >= 0):
        return True
    if not (product.is_point and whole.amount.is_point) or whole.amount.low >= product.low:
        return False
    return not (whole.amount.low * 20) % product.low


def _differences(columns: Columns) -> list[Line]:
    """Before − after = saved."""
    headers = columns.headers
    found = [
        [i for i, text in enumerate(headers) if i and pattern.search(text)]
        for pattern in (SAVED, _BEFORE, _AFTER)
    ]
    saved = found[0][:1]
    before = [i for i in found[1] if i not in saved]
    after = [i for i in found[2] if i not in saved and i not in before]
    if not (len(saved) == len(before) == len(after) == 1):
        return []
    lines = []
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
            shown = f"{one.shown()} − {two.shown()}"
            lines.append(_line(columns, row, stated, Range.point(value), shown))
    return lines


def _balances(columns: Columns) -> list[Line]:
    """What was there, and what came in or went out = what is left, in each line.

    Which of the columns are added, and which taken off, most lines tell.
    """
    headers = columns.headers
    opening, closing = (
        next((i for i, text in enumerate(headers) if i and said.search(text)), 0)
        for said in (OPENING, CLOSING)
    )
    cells, others = columns.cells, {0, opening, closing}
    moved = [i for i in range(len(headers)) if i not in others and any(map(_is_point, cells[i]))]
    if not opening or not closing or not 0 < len(moved) <= 2:
        return []
    ways = [
        [
            _line(columns, row, cells[closing][row], *_moves(cells, row, (opening, *moved), signs))
            for row in columns.body()
            if _is_point(cells[opening][row]) and _is_point(cells[closing][row])
        ]
        for signs in product((1, -1), repeat=len(moved))
    ]
    return max(ways, key=lambda lines: sum(fits(line.known, line.derived) for line in lines))


def _is_point(part: Amount) -> bool:
    return part.amount is not None and part.amount.is_point


def _moves(
    cells: Sequence[Sequence[Amount]], row: int, at: Sequence[int], signs: Sequence[int]
) -> tuple[Range, str]:
    """Return what a line comes to, and how; an empty cell moves nothing."""
    parts = [(sign, cells[i][row]) for sign, i in zip((1, *signs), at, strict=True)]
    known = [(sign, part) for sign, part in parts if _is_point(part)]
    value = sum((sign * part.amount.low for sign, part in known if part.amount), ZERO.low)
    shown = " ".join(f"{'+' if sign > 0 else '−'} {part.shown()}" for sign, part in known)
    return Range.point(value), shown.removeprefix("+ ")


def _across(columns: Columns) -> list[list[Line]]:
    """A column of totals is the sum of those before it."""
    found = []
    begin = 1
    for whole in range(1, len(columns.cells)):
        if not is_total(columns.headers[whole]) or YEAR.search(columns.headers[whole]):
            continue
        if whole - begin >= 2:
            found.append(_sums_across(columns, begin, whole))
        begin = whole + 1
    return found


def _sums_across(columns: Columns, begin: int, whole: int) -> list[Line]:
    lines = []
    for row in range(len(columns.labels)):
        stated = columns.cells[whole][row]
        parts = [columns.cells[index][row] for index in range(begin, whole)]
        parts = [part for part in parts if part.amount is not None]
        if stated.amount is None or len(parts) < 2 or is_no_sum(Reading(stated, tuple(parts))):
            continue
        if {part.currency for part in parts} == {stated.currency}:
            shown = " + ".join(part.shown() for part in parts)
            lines.append(_line(columns, row, stated, add(parts), shown))
    return lines

"""Quantity × price = amount: which columns of a table these are, and what its lines come to.

Headers say it, or most lines do; one wrong line changes neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.columns import Columns
from statusgen.importer.headers import PRICE, UNIT
from statusgen.importer.table_columns import is_count, is_quantity
from statusgen.roadmap.agreement import fits, is_near, is_slip, unit_of_last_digit
from statusgen.roadmap.claims import Across, Amount, Line, Lines
from statusgen.roadmap.money import ZERO, Range

MAX_COLUMNS = 9
"""A wider table is no list of quantities and prices."""
_COUNT = re.compile(r"(?P<number>\d[\d.,]*)\s?[^\W\d_]{1,4}[²³]?\.?")
"""A number with what is counted: 3泊, *46 m²*, *4 Std.*"""
_Row = tuple[int, Amount, Amount, Amount]
"""A line of a table, how many, what one costs, and the amount."""


def products(columns: Columns, name: str) -> Iterator[Lines]:
    """Yield the lines that are so many times a price, as the headers or most of them say."""
    if named := _named(columns):
        rows = _rows(columns, named)
        telling = [row for row in rows if _told(columns, row, named[0])]
        right = sum(_is_right(row) for row in rows)
        if right and right >= len(telling) - right and len(telling) - right < 2:
            shown = [row for row in telling if _is_sure(columns, row, right)]
            called = tuple(_product(columns, *row) for row in shown)
            yield Lines(name, Across.QUANTITY, called, is_named=True)
            return
    for lines in _by_numbers(columns):
        yield Lines(name, Across.QUANTITY, tuple(lines))


def unit_of(columns: Columns) -> int:
    """Return the column of what one costs, as headers say and no more lines deny; 0 for none."""
    named = _named(columns)
    rows = _rows(columns, named) if named else []
    right = sum(map(_is_right, rows))
    return named[1] if named and right and 2 * right >= len(rows) else 0


def named_unit(header: Sequence[str]) -> int:
    """Return the column of what one costs, as the headers say; 0 where they do not.

    *Price* is that of one between how many there are and what it comes to.
    """
    counts = [index for index, text in enumerate(header) if index and counts_pieces(text)]
    for one in range(1, len(header)):
        each, price = UNIT.search(header[one]), PRICE.fullmatch(plain(header[one]))
        behind = len(header) - 1 > max(one, *counts, 0) if counts else False
        if behind and one not in counts and (each or price):
            return one
    return 0


def counts_pieces(header: str) -> bool:
    """Whether a header says how many there are: *Qty*, *Hours*, *Customers*."""
    return is_quantity(header) or is_count(header)


def plain(header: str) -> str:
    """Return a header without what it adds: *Цена, руб.* is *Цена*, *Prix/mois* *Prix*."""
    return re.sub(r"\s*\(.*\)|[,/].*", "", header).strip(" .…?:*").casefold()


def _named(columns: Columns) -> tuple[int, int, int] | None:
    """Return the columns that headers call a number, a price of one, and an amount behind both."""
    one = named_unit(columns.headers)
    counts = [i for i, text in enumerate(columns.headers) if i and counts_pieces(text)]
    if not one or len(counts) != 1 or len(columns.cells) > MAX_COLUMNS:
        return None
    whole = max(one, counts[0]) + 1
    if UNIT.search(columns.headers[whole]):
        return None
    return counts[0], one, whole


def _rows(columns: Columns, at: tuple[int, int, int]) -> list[_Row]:
    count, one, whole = at
    found = [
        (
            row,
            _counted(columns.cells[count][row]),
            columns.cells[one][row],
            columns.cells[whole][row],
        )
        for row in columns.body()
    ]
    return [row for row in found if _is_row(*row[1:], bare=True)]


def _counted(part: Amount) -> Amount:
    match = _COUNT.fullmatch(part.text) if part.amount is None else None
    return replace(cell(match["number"]), text=part.text) if match else part


def _is_right(row: _Row) -> bool:
    _, count, one, whole = row
    assert count.amount is not None
    assert one.amount is not None
    assert whole.amount is not None
    derived, slack = one.amount.scaled(count.amount), _rounding(one) * count.amount.low
    high = whole.amount.high
    wider = Range(whole.amount.low - slack, None if high is None else high + slack)
    return any(fits(stated, derived, approx=whole.approx) for stated in (whole.amount, wider))


def _told(columns: Columns, row: _Row, count: int) -> bool:
    """Whether a line is one of the calculation: right, or not so for a reason of its own."""
    number, many, one, whole = row
    others = _other_factors(columns, number, count)
    return _is_right(row) or not _is_discounted(many, one, whole, others)


def _is_sure(columns: Columns, row: _Row, right: int) -> bool:
    """Whether a wrong line may be called so.

    It says nothing else of its price, and it is near where hardly another one is right (``right``:
    how many are), or it is off by a digit.
    """
    number, count, one, whole = row
    assert count.amount is not None
    assert one.amount is not None
    assert whole.amount is not None
    derived = one.amount.scaled(count.amount)
    plain_ = _is_plain(columns, number)
    near = (right > 1 or is_near(whole.amount, derived)) if plain_ else False
    return near or is_slip(whole.amount, derived) or _is_right(row)


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


def _by_numbers(columns: Columns) -> Iterator[list[Line]]:
    """Yield such lines in whatever columns most of those show it that could show something else."""
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
        telling = [cells for cells in applies if _is_product(*cells[1:]) is not None]
        if right < 2 or 2 * right <= len(telling) or (bare and count > unit):
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
    derived, slack = one.amount.scaled(many.amount), _rounding(one) * many.amount.low
    place = columns.table.rows[row].line
    return Line(place, columns.labels[row], stated, derived, shown, slack)


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

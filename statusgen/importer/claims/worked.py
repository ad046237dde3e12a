"""Lines of tables that say how their amount comes about: ``3동 × 280,000원 | 840,000원``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.columns import Columns
from statusgen.roadmap.agreement import fits, is_near, is_slip
from statusgen.roadmap.claims import Across, Line, Lines
from statusgen.roadmap.money import SIGN, Range
from statusgen.roadmap.vocabulary import pattern, words

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d[\d.,'’]*(?<![.,])"
_FACTOR = rf"(?:{SIGN})?\s?(?:{_NUMBER})(?:\s?(?:{SIGN}|[^\W\d_x×]{{1,12}}[²³.]?)){{0,2}}"
_TIMES = rf"(?:[×✕*@]|x|(?:{pattern(words('at'))})(?!\w))"
_PRODUCT = re.compile(rf"(?<![\w.,]){_FACTOR}(?:\s*{_TIMES}\s*{_FACTOR}){{1,3}}(?![\w%+])", re.I)
"""*2 × 1 TB × $10*, *105 hours @ £34*."""
_OTHERWISE = re.compile(
    rf"(?<!\w)(?:{pattern((*words('rounded'), *words('tax'), *words('levy'), *words('free')))})",
    re.I,
)
"""*3 × $10 plus VAT*: the amount is another one."""
_PARTS = re.compile(_NUMBER)


def worked(columns: Columns, name: str) -> Iterator[Lines]:
    """Yield the lines of each column of amounts whose products stand in the column before it.

    All of them are right, or all but one, which is near or, beside a single right one, off by a
    digit: else they mean something else.
    """
    for index in range(len(columns.cells)):
        lines = [line for row in columns.body() if (line := _line(columns, row, index))]
        wrong = [line for line in lines if not fits(line.known, line.derived)]
        like = is_near if len(lines) - len(wrong) > 1 else is_slip
        slips = [line for line in wrong if like(line.known, line.derived)]
        if len(lines) > len(wrong) < 2 and slips == wrong:
            yield Lines(name, Across.QUANTITY, tuple(lines), is_named=True)


def _line(columns: Columns, row: int, index: int) -> Line | None:
    """Return what a cell that holds nothing but one product gives, beside its only amount."""
    cells = [part.text for part in columns.table.rows[row].cells]
    products = [*_PRODUCT.finditer(cells[index])]
    amounts = [part for text in cells[index + 1 :] if (part := cell(text)).amount is not None]
    if len(products) != 1 or len(amounts) != 1 or not amounts[0].text:
        return None
    match = products[0]
    beside = f"{cells[index][: match.start()]} {cells[index][match.end() :]}"
    if re.search(r"\d|[+−÷%]", beside) or _OTHERWISE.search(cells[index]):
        return None
    known = [cell(text).amount for text in _PARTS.findall(match[0])]
    if len(known) < 2 or any(each is None or not each.is_point for each in known):
        return None
    derived = Decimal(1)
    for each in known:
        derived *= each.low if each is not None else 1
    place = columns.table.rows[row].line
    return Line(place, columns.labels[row], amounts[0], Range.point(derived), match[0].strip())

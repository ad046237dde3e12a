"""Calculations between the columns of a table: years, quantities, differences, sums of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, product

from statusgen.importer.amounts import is_total
from statusgen.importer.claims.columns import Columns
from statusgen.importer.claims.quantities import MAX_COLUMNS, products
from statusgen.importer.claims.relations import related, running
from statusgen.importer.claims.worked import worked
from statusgen.importer.headers import CLOSING, MONTH, OPENING, OTHERWISE, SAVED, UNIT, YEAR
from statusgen.roadmap.adding import is_no_sum
from statusgen.roadmap.agreement import fits
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

_BEFORE = re.compile(r"\b(before|current|old|today|existing|as[- ]is|from)\b", re.I)
_AFTER = re.compile(r"\b(after|new|target|proposed|future|to[- ]be|to)\b", re.I)


def read(claims: Claims, name: str, columns: Columns) -> None:
    """Read every calculation that the table's columns show."""
    _years(claims, name, columns)
    claims.sums += (bought := [*products(columns, name), *worked(columns, name)])
    found = [(Across.DIFFERENCE, _differences(columns))]
    found += [(Across.DIFFERENCE, _balances(columns))]
    found += [(Across.ROW, lines) for lines in _across(columns)]
    claims.sums += [Lines(name, what, tuple(lines)) for what, lines in found if lines]
    told = {(line.line, line.stated) for _, lines in found for line in lines}
    told |= {(line.line, line.stated) for claim in bought for line in claim.lines}
    for lines in chain(related(columns, MAX_COLUMNS), running(columns, MAX_COLUMNS)):
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


def _years(claims: Claims, name: str, columns: Columns) -> None:
    headers = columns.headers
    plain = [
        i for i, text in enumerate(headers) if not OTHERWISE.search(text) and not UNIT.search(text)
    ]
    months = [i for i in plain if MONTH.search(headers[i])]
    years = [i for i in plain if YEAR.search(headers[i])]
    if len(months) != 1 or len(years) != 1 or months == years:
        return
    month_of, year_of = columns.cells[months[0]], columns.cells[years[0]]
    lines = [
        YearLine(
            columns.table.rows[row].line,
            columns.labels[row],
            month,
            year,
            row in columns.totals,
            *_total_of_years(columns, year_of, row),
        )
        for row, (month, year) in enumerate(zip(month_of, year_of, strict=True))
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


def _total_of_years(
    columns: Columns, years: Sequence[Amount], row: int
) -> tuple[Amount | None, Range | None]:
    """Return the last sum of a column, and what all lines but one come to, if both are known."""
    others = [years[other] for other in columns.body() if other != row]
    totals = [years[total] for total in columns.totals if years[total].amount is not None]
    if not totals or any(part.amount is None and not part.blank for part in others):
        return None, None
    return totals[-1], add(others)


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

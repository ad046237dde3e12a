"""What a stated total may be the sum of: which lines, how often each, and in which period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from statusgen.importer.claims.columns import Columns
from statusgen.importer.claims.figures import are_statistics, statistics
from statusgen.importer.headers import MANY_YEARS, MONTH, YEAR
from statusgen.roadmap.adding import headed, subtotals
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, Reading, add
from statusgen.roadmap.money import Period, Range, divide
from statusgen.roadmap.quantity import times_in
from statusgen.roadmap.vocabulary import grouped, pattern


def of_one_or_all(parts: Sequence[Amount]) -> Iterator[list[Amount]]:
    """Yield the amounts of lines, and what they are where ``2 × CX32`` tells the price of one."""
    yield [*parts]
    if any(times_in(part.name) > 1 for part in parts):
        yield [_times(part, times_in(part.name)) for part in parts]


def row_readings(columns: Columns, index: int, total: int) -> Iterator[list[int]]:
    """Yield the rows that a total may be the sum of, the likeliest first.

    Statistics of other lines are none of them, unless a line is only called like one.
    """
    told = statistics(columns)
    sure = bool(told) and are_statistics(columns, index, total)
    for rows in _row_readings(columns, index, total):
        if told.intersection(rows):
            yield [row for row in rows if row not in told]
        if not told.intersection(rows) or not sure:
            yield rows


def _row_readings(columns: Columns, index: int, total: int) -> Iterator[list[int]]:
    before = [row for row in columns.totals if row < total]
    after = [row for row in columns.totals if row > total]
    if group := columns.parts_of(index, total):
        yield group
    for rows in _whole_readings(columns, index, total, before, after):
        yield rows
        left = columns.details(index) | columns.optional
        for out in (columns.details(index), columns.optional, left, columns.below(index)):
            if out & set(rows):
                yield [row for row in rows if row not in out]


def _whole_readings(
    columns: Columns, index: int, total: int, before: list[int], after: list[int]
) -> Iterator[list[int]]:
    yield columns.body(0, total)
    rows = columns.body(0, total)
    within = subtotals([[columns.cells[index][row]] for row in rows])
    if within:
        yield [row for place, row in enumerate(rows) if place not in within]
    within = headed([[columns.cells[index][row]] for row in rows])
    if within:
        yield [row for place, row in enumerate(rows) if place not in within]
    if before:
        yield columns.body(before[-1] + 1, total)
        since = columns.body(before[-1] + 1, total)
        within = headed([[columns.cells[index][row]] for row in since])
        yield [before[-1], *(row for place, row in enumerate(since) if place not in within)]
        yield before
        for last in (2, 3, 4):  # *Liabilities and equity*, below the assets
            if last < len(before):
                yield before[-last:]
        yield [before[-1], *columns.body(before[-1] + 1, total)]
    if total < len(columns.labels) - 1:
        yield columns.body(total + 1, after[0] if after else None)
        yield columns.body()
    if after:
        yield after


def meanings(
    label: str, default: Period | None, parts: Sequence[Amount], stated: Amount
) -> Iterator[list[Amount]]:
    """Yield what the lines come to under a label: a year's holds months twelve times.

    What names no period may be paid once a year. Beside money, bare numbers count something else.
    """
    years = MANY_YEARS.search(label)
    if years and 1 < int(years[1]) < 100:
        yield [_times(part, _times_in_years(part, int(years[1]))) for part in parts]
    if default is Period.YEAR or not YEAR.search(label):
        yield [*parts]
    else:
        yield [part if part.every is Period.YEAR else _times(part, 12) for part in parts]
        periods = {part.every for part in parts if part.amount is not None}
        if None in periods:  # of amounts without one, all may be those of the year
            yield [_times(part, 12) if part.every is Period.MONTH else part for part in parts]
    money = [part for part in parts if part.is_money]
    if stated.is_money and 0 < len(money) < len(parts):
        yield money


def _named(header: re.Pattern[str], period: str) -> re.Pattern[str]:
    known = pattern((*grouped("period")[period], *grouped("every")[period]))
    return re.compile(rf"{header.pattern}|(?<!\w)(?:{known})", re.I)


_MONTHLY, _YEARLY = _named(MONTH, "month"), _named(YEAR, "year")


def _times_in_years(part: Amount, years: int) -> int:
    """Return how often a line is paid in so many years, by what its name says."""
    if part.every is Period.MONTH or _MONTHLY.search(part.name):
        return 12 * years
    return years if part.every is Period.YEAR or _YEARLY.search(part.name) else 1


def of_several_times(label: str, parts: Sequence[Amount]) -> bool:
    """Whether the names of lines tell periods that their total does not: months beside years."""
    told = {period for part in parts if part.amount is not None if (period := _told(part.name))}
    whole = _told(label) or ("year" if MANY_YEARS.search(label) else "")
    return len(told) > 1 or bool(told and whole and told != {whole})


def _told(label: str) -> str:
    if _MONTHLY.search(label):
        return "month"
    return "year" if _YEARLY.search(label) else ""


def is_multiple(said: str, readings: Sequence[Reading]) -> bool:
    """Whether a total is so many times its lines as its own line says: years, months, pieces."""
    counts = {int(digits) for digits in re.findall(r"(?<![\d.,])\d{1,3}(?![\d.,]*\d)", said)}
    if YEAR.search(said) or MANY_YEARS.search(said):
        counts |= {12} | {12 * count for count in counts}
    return any(
        fits(one.whole.amount, add(one.parts).scaled(Range.point(count)))
        for one in readings
        for count in counts
        if count > 1 and one.whole.amount is not None and not fits(one.whole.amount, add(one.parts))
    )


MOST_TIMES = 120
"""A total of ten years, by the month."""


def is_so_often(columns: Columns, index: int, total: int) -> bool:
    """Whether a second total is the one above it so many times: months of a quarter, people."""
    before = [row for row in columns.totals if row < total]
    if not before:
        return False
    one, other = columns.cells[index][before[-1]], columns.cells[index][total]
    ways = product((one, one.in_thousands()), (other, other.in_thousands()))
    return any(so_often(first.amount, last.amount) for first, last in ways)


def so_often(one: Range | None, other: Range | None) -> bool:
    """Whether an amount is another one a whole number of times."""
    if one is None or other is None or not one.is_point or not other.is_point or one.low <= 0:
        return False
    times = divide(other.low, one.low)
    return times == round(times) and 1 < times <= MOST_TIMES


def is_weighted(columns: Columns, index: int, total: int) -> bool:
    """Whether a total is that of scores, each times its weight in another column or its label.

    Weights in the labels (*Cost (20 %)*) make up a whole; no sum of such lines is a plain one.
    """
    stated = columns.cells[index][total].amount
    rows = columns.body(0, total)
    labelled = [match for row in rows if (match := _IN_LABEL.search(columns.labels[row]))]
    if len(labelled) == len(rows) > 1 and sum(int(match[1]) for match in labelled) == 100:
        return True
    scores = [columns.cells[index][row].amount for row in rows]
    if (
        stated is None
        or len(rows) < 2
        or any(score is None or not score.is_point for score in scores)
    ):
        return False
    for other, column in enumerate(columns.cells):
        weights = [_weight(column[row]) for row in rows]
        known = [weight for weight in weights if weight is not None]
        if other in (0, index) or len(known) < len(rows) or not sum(known):
            continue
        pairs = zip(scores, known, strict=True)
        whole = sum((score.low * weight for score, weight in pairs if score), Decimal(0))
        for scale in (Decimal(1), Decimal(10), Decimal(100), sum(known, Decimal(0))):
            if whole and fits(stated, Range.point(divide(whole, scale))):
                return True
    return False


def _weight(part: Amount) -> Decimal | None:
    match = _SHARE.fullmatch(part.text)
    if match:
        return Decimal(match[1])
    known = part.amount is not None and part.amount.is_point and not part.is_money
    return part.amount.low if known and part.amount is not None else None


_IN_LABEL = re.compile(r"[(（](\d{1,2})\s?%[)）]")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s?%")


def _times(part: Amount, factor: int) -> Amount:
    if part.amount is None:
        return part
    return replace(part, amount=part.amount.scaled(Range.point(factor)))


def adds_up(reading: Reading) -> bool:
    """Whether the parts of a reading, more than one of them known, come to its whole."""
    whole, parts = reading.whole, reading.parts
    known = sum(part.amount is not None for part in parts)
    return (
        known > 1
        and whole.amount is not None
        and fits(whole.amount, add(parts), approx=whole.approx)
    )

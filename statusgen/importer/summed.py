"""Rows of a table that are sums of rows above them, whatever their author calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from statusgen.roadmap.agreement import fits, is_near, is_slip
from statusgen.roadmap.claims import Amount, add
from statusgen.roadmap.money import ZERO
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.vocabulary import pattern, words

SLIP_PARTS = 3
"""Of so many plain rows or more, one that stands out is the sum although a digit of it is wrong."""
MIN_PARTS = 4
"""Of fewer plain rows, one may be the sum of others by chance: $10, $20 and $30 are three plans."""

_ADDS_UP = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(words('adds_up'))})", re.I)


def may_be_sum(label: str) -> bool:
    """Whether a label can be that of a sum, should its amount be one: *All bills*, 지출 계."""
    return bool(_ADDS_UP.search(label))


def amount_of(price: str) -> Amount:
    """Return what a line's price comes to."""
    read = price_or_none(price) if price else None
    if read is None or len(read.alternatives) != 1:
        return Amount(price, None)
    return Amount(price, read.amount, read.currency, read.approx, read.terms[0].every)


def sums_of_lines(
    labels: Sequence[str], prices: Sequence[str], bold: Sequence[bool], known: frozenset[int]
) -> frozenset[int]:
    """Return the lines of a list or a block that only their amounts show to be sums."""
    amounts = [amount_of(price) for price in prices]
    if len({part.every for part in amounts if part.amount is not None}) > 1:
        return frozenset()
    plain = bold.count(False) > bold.count(True)
    marked = [
        (is_bold and plain) or may_be_sum(label)
        for is_bold, label in zip(bold, labels, strict=True)
    ]
    return sums_by_amount([amounts], marked, known)


def sums_by_amount(
    columns: Sequence[Sequence[Amount]],
    marked: Sequence[bool],
    known: frozenset[int],
    below: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """Return the rows that are sums of rows above them, without those that are ``known`` to be.

    ``columns`` are those that may add up; ``marked`` says which rows stand out from the others, by
    bold type or by having no name; ``below`` which rows others may hold already. A row that stands
    out is a sum where one of its amounts is; another one at the foot of the table, where two of its
    amounts are, or one of many parts.
    """
    found: set[int] = set()
    foot = max((row for row, out in enumerate(marked) if not out and row not in known), default=-1)
    for row, stands_out in enumerate(marked):
        at_foot = row >= foot
        # Asked first: what lies in the midst of a long table need not be held against all above it.
        if row in known or not (stands_out or at_foot) or _is_counted(columns, row, known | found):
            continue
        totals = sorted(known | found)
        of_parts = [count for column in columns if (count := _parts(column, row, totals, below))]
        many = len(of_parts) > 1 or any(count >= MIN_PARTS for count in of_parts)
        if not of_parts and stands_out:
            of_parts = [1 for column in columns if _nearly(column, row, totals, below)]
        if of_parts and (stands_out or many):
            found.add(row)
    return frozenset(found)


def _is_counted(
    columns: Sequence[Sequence[Amount]], row: int, totals: frozenset[int] | set[int]
) -> bool:
    """Whether a sum below counts the row as one of its parts."""
    below = [total for total in sorted(totals) if total > row]
    return any(
        _gives(column[below[0]], [column[at] for at in range(below[0]) if at not in totals])
        for column in columns
        if below and column[row].amount not in (None, ZERO)
    )


def _parts(column: Sequence[Amount], row: int, totals: Sequence[int], below: frozenset[int]) -> int:
    """Return of how many amounts a row's is the sum; 0 where it is of none."""
    ways = (way for way in _ways(column, row, totals, below) if _gives(column[row], way))
    return max(map(len, ways), default=0)


def is_foot(columns: Sequence[Sequence[Amount]], without: Sequence[bool]) -> bool:
    """Whether the last line, the only one without a name, may be the sum of all, with a slip.

    It is larger than each of three lines or more, and near what they come to.
    """
    if not without or [place for place, none in enumerate(without) if none] != [len(without) - 1]:
        return False
    return any(_is_foot(column) for column in columns)


def _is_foot(column: Sequence[Amount]) -> bool:
    whole, known = column[-1], [part for part in column[:-1] if part.amount not in (None, ZERO)]
    if whole.amount is None or not whole.is_money or len(known) < SLIP_PARTS:
        return False
    if any(part.amount is None and not part.blank for part in column):
        return False
    alike = {part.currency for part in known} == {whole.currency}
    largest = max(part.amount.low for part in known if part.amount is not None)
    return alike and largest < whole.amount.low and is_near(whole.amount, add(known))


def _nearly(
    column: Sequence[Amount], row: int, totals: Sequence[int], below: frozenset[int]
) -> bool:
    """Whether a row would be a sum but for one digit in it, or in one of many that it is of."""
    whole = column[row].amount
    for way in _ways(column, row, totals, below):
        known = [part for part in way if part.amount not in (None, ZERO)]
        alike = {part.currency for part in known} == {column[row].currency}
        alike = alike and all(part.amount is not None or part.blank for part in way)
        if alike and len(known) >= SLIP_PARTS and whole is not None and is_slip(whole, add(known)):
            return True
    return False


def _ways(
    column: Sequence[Amount], row: int, totals: Sequence[int], below: frozenset[int]
) -> Iterator[list[Amount]]:
    """Yield what a row may be the sum of: all above, all since the last sum, that sum and those."""
    before = [total for total in totals if total < row]
    yield [column[at] for at in range(row) if at not in before]
    if below and row not in below:
        yield [column[at] for at in range(row) if at not in before and at not in below]
    if before:
        since = [column[at] for at in range(before[-1] + 1, row)]
        yield since
        yield [column[before[-1]], *since]
        yield [column[at] for at in before]


def _gives(whole: Amount, parts: Sequence[Amount]) -> bool:
    """Whether an amount is exactly what two others or more come to."""
    known = [part for part in parts if part.amount is not None and part.amount != ZERO]
    if whole.amount in (None, ZERO) or len(known) < 2 or whole.amount is None:
        return False
    return {part.currency for part in known} == {whole.currency} and fits(whole.amount, add(known))

"""Totals that are figures of their own, and lines that are parts of no sum.

*Total equity* beside revenue and income is no sum of them, nor is a plan that is called *Total
Care* one of the others. A line of statistics (*Average*, *Maximum*) tells of other lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from statistics import median

from statusgen.importer.amounts import is_period, is_subtotal
from statusgen.importer.claims.columns import Columns
from statusgen.importer.headers import DIFFERENCE, MORE, TAXED
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Reading, add
from statusgen.roadmap.money import ZERO, Range, divide
from statusgen.roadmap.vocabulary import NO_PART, grouped, pattern, spaced, words

_SUMMED = (*words("total"), *words("subtotal"), *words("adds_up"))
_JOINED = "|".join(sorted((*(w for w in _SUMMED if not spaced(w[0])), "gesamt"), key=len)[::-1])
"""What stands before or behind what is summed without a space: *Gesamtkosten*, 総コスト."""
_TIME = tuple(w for of in ("period", "every") for ws in grouped(of).values() for w in ws)
_GENERIC = re.compile(
    rf"(?<!\w)(?:{pattern((*_SUMMED, *words('qualifier'), *words('per'), *words('common')))}|"
    rf"{pattern((*words('budget'), *words('levy'), *grouped('label')['cost'], *_TIME))})"
)
"""What says of a total no more than that it is one, of what is paid, or of when."""
_STATISTIC = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(words('statistic'))})", re.I)
NO_SUM = re.compile(rf"(?<!\w)(?:{pattern(words('no_sum'))})", re.I)
"""In the label of a total that is no sum: *unique*, *best of three*."""
PACKED = re.compile(rf"(?<!\w)(?:{pattern(words('packed'))})", re.I)
_OF_FIGURES = re.compile(rf"(?:{pattern(words('key_figure'))})s?", re.I)
_OF_VALUES = re.compile(rf"(?:{pattern(words('key_value'))})", re.I)
_OF_OFFERS = re.compile(rf"(?:{pattern(grouped('label')['tier'])}|products?)", re.I)
_FACTORS = frozenset(words("factor"))


def is_factor(unit: str) -> bool:
    """Whether a unit says that a number is one of times: 3 ×, 15 倍."""
    return unit in _FACTORS


def statistics(columns: Columns) -> frozenset[int]:
    """Return the lines that are called like a statistic of others.

    A single one is called nothing else: *Max load* and *Media partner* may be parts of a sum.
    """
    told = {row for row in columns.body() if _STATISTIC.search(columns.labels[row])}
    alone = {row for row in told if _STATISTIC.fullmatch(_plain(columns.labels[row]))}
    return frozenset(told if len(told) > 1 or _is_headed(columns) else alone)


def _plain(label: str) -> str:
    return re.sub(r"\s*[(（\[][^()（）\[\]]*[)）\]]", "", label).strip().strip("*_ :：.")


def _is_headed(columns: Columns, index: int = 0) -> bool:
    """Whether a header says that key figures stand in a table, or in one of its columns."""
    first, header = _plain(columns.headers[0]), _plain(columns.headers[index])
    return bool(_OF_FIGURES.fullmatch(first) or (index and _OF_VALUES.fullmatch(header)))


def are_statistics(columns: Columns, index: int, total: int) -> bool:
    """Whether all such lines above a total are what their labels say, and nothing else.

    Each is the mean, the median, the least or the largest of the others.
    """
    told = statistics(columns)
    column = columns.cells[index]
    known = [
        part.amount.low
        for row in columns.body(0, total)
        if row not in told and (part := column[row]).amount is not None
    ]
    if len(known) < 2:
        return False
    mean = divide(sum(known, Decimal(0)), Decimal(len(known)))
    ways = [Range.point(way) for way in (mean, median(known), min(known), max(known))]
    return all(
        (amount := column[row].amount) is not None and any(fits(amount, way) for way in ways)
        for row in told.intersection(columns.body(0, total))
    )


@lru_cache(maxsize=1024)
def _nouns(label: str) -> tuple[str, ...]:
    """Return the words of a total's label that say of what it is: none of *Total cost a month*."""
    text = re.sub(rf"^(?:{_JOINED})|(?:{_JOINED})$", " ", _plain(label).casefold())
    return tuple(re.findall(r"[^\W\d_]{3,}|[\u2e80-\uffff]+", _GENERIC.sub(" ", text)))


def _speaks_of(text: str, nouns: Sequence[str]) -> bool:
    said = text.casefold()
    return any(_stem(noun) in said for noun in nouns)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)] if spaced(word[0]) else word[-2:]


def _is_other(columns: Columns, total: int, title: str) -> bool:
    """Whether a total is of something that neither headers nor title nor all lines speak of."""
    label = columns.labels[total]
    nouns = _nouns(label)
    if not nouns or total in columns.unnamed or is_subtotal(label):
        return False
    if _speaks_of(" ".join((title, *columns.headers)), nouns):
        return False
    return not all(_speaks_of(columns.labels[row], nouns) for row in columns.body())


def is_figure(columns: Columns, index: int, total: int, title: str) -> bool:
    """Whether a total may be a figure beside others, and the lines no parts of it.

    Its label names something else than the table, and the table is one of key figures or offers,
    its amounts are of several kinds, or it goes on below. ``title`` stands above the table.
    """
    stated = columns.cells[index][total]
    before = columns.body(0, total)
    if statistics(columns).intersection(before) and not are_statistics(columns, index, total):
        return True
    of_one = [row for row in before if NO_PART.match(columns.labels[row])]
    of_one = [row for row in of_one if not is_period(columns.labels[row])]
    if of_one and len(before) - len(of_one) < 2:
        return True  # how many, and how much for one
    headed = _is_headed(columns, index)
    kinds, goes_on = _kinds(columns, index, total), _goes_on(columns, index, total)
    if _is_other(columns, total, title):
        nouns = _nouns(columns.labels[total])
        shared = any(_speaks_of(columns.labels[row], nouns) for row in columns.body())
        alone = len(before) < 2 or bool(_OF_OFFERS.fullmatch(_plain(columns.headers[0])))
        return headed or kinds > 1 or goes_on or (alone and not shared)
    if kinds > 2 or (headed and kinds > 1):
        return True
    return not stated.is_money and _is_between(columns, index, total)


def _kinds(columns: Columns, index: int, total: int) -> int:
    """Return how many kinds of amounts a column holds: money, shares, pieces."""
    column = columns.cells[index]
    some = [column[row] for row in columns.body()]
    known = [column[total], *(part for part in some if part.amount not in (None, ZERO))]
    shares = any(part.amount is None and "%" in part.text for part in some)
    return len({"$" if part.is_money else part.currency for part in known}) + shares


def _goes_on(columns: Columns, index: int, total: int) -> bool:
    """Whether lines stand below the last total that neither change it nor say it again."""
    return total == columns.totals[-1] and any(
        columns.cells[index][row].amount is not None
        and row not in columns.optional
        and not any(said.search(columns.labels[row]) for said in (TAXED, MORE, DIFFERENCE))
        for row in columns.body(total + 1)
    )


def _is_between(columns: Columns, index: int, total: int) -> bool:
    """Whether a number is no more than one of the lines, of which some are no whole numbers.

    It is a mean then, or what is called a sum is one line of others.
    """
    column, stated = columns.cells[index], columns.cells[index][total].amount
    known = [part.amount for row in columns.body() if (part := column[row]).amount is not None]
    if stated is None or len(known) < 2 or any(one.low < 0 for one in known):
        return False
    broken = any(one.low % 1 for one in known) or _goes_on(columns, index, total)
    return broken and min(one.low for one in known) <= stated.low <= max(one.low for one in known)


def holds_another(columns: Columns, index: int, total: int, readings: Sequence[Reading]) -> bool:
    """Whether a total is that of its column, and besides what another column comes to.

    *$54* a year are *$12*, and *$42* that are paid once.
    """
    stated = columns.cells[index][total]
    besides = [
        part.amount
        for other, column in enumerate(columns.cells)
        if other != index and (part := column[total]).is_money and part.amount not in (None, ZERO)
    ]
    return stated.is_money and any(
        stated.amount is not None
        and more is not None
        and fits(stated.amount, add(one.parts) + more)
        for one in readings
        for more in besides
    )

"""Totals of one column that stand for different conditions: net and gross, with a discount.

Only one of them is what the lines come to; its label does not always say which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from statusgen.importer.amounts import is_period
from statusgen.importer.headers import A_YEAR, MORE, TAXED, YEAR
from statusgen.roadmap.agreement import fits, is_near
from statusgen.roadmap.claims import Amount, Reading, add
from statusgen.roadmap.money import Range, divide
from statusgen.roadmap.vocabulary import NO_PART, grouped, pattern, words

_ALONE = r"(?:(?<!\w)|(?<=[\u2e80-\uffff]))"
_NET = re.compile(rf"{_ALONE}(?:{pattern(words('net'))})", re.I)
_GROSS = re.compile(rf"{_ALONE}(?:{pattern(words('gross'))})", re.I)
_CONDITION = re.compile(rf"{_ALONE}(?:{pattern(words('condition'))})", re.I)
_FIRST = re.compile(rf"{_ALONE}(?:{pattern(grouped('header')['first'])})", re.I)
_PLAIN = re.compile(
    rf"{_ALONE}(?:{pattern((*words('total'), *words('subtotal'), *words('adds_up')))}"
    r"|grand|overall|final|estimated|est\.|new|running|combined"
    rf"|{pattern((*grouped('every')['month'], *grouped('every')['year']))}"
    rf"|{pattern(words('per'))}"
    rf"|{pattern((*grouped('period')['month'], *grouped('period')['year']))})",
    re.I,
)
_RATES = [*map(Decimal, range(5, 28)), *map(Decimal, ("5.5", "7.7", "8.1", "8.25", "25.5"))]
"""What taxes on sales usually are, in percent."""


def is_of_more(label: str, *above: str, below: Sequence[str] = ()) -> bool:
    """Whether the label of a total says that it may hold more or less than the lines.

    ``above``: what stands over the lines and beside them; a condition that is named there is
    theirs, too, and a tax that is one of them is in their sum. Nor is a total on a condition whose
    own line stands ``below`` it: *total before discount*.
    """
    if MORE.search(label) or (NO_PART.match(label) and not is_period(label)):
        return True
    rest = _NET.sub(" ", label)
    over = _NET.sub(" ", " ".join(above))
    if _GROSS.search(rest) and not TAXED.search(over):
        return True
    rest = _GROSS.sub(" ", rest)
    named = " ".join((over, *below))
    said = {match[0].casefold() for match in _CONDITION.finditer(named)}
    return any(match[0].casefold() not in said for match in _CONDITION.finditer(rest))


def is_below_net(label: str, stated: Range, readings: Sequence[Reading]) -> bool:
    """Whether a gross total is less than all that its lines may come to.

    No tax makes them less; what is taken off may stand elsewhere.
    """
    sums = [add(reading.parts) for reading in readings]
    return bool(_GROSS.search(label)) and all(
        stated.is_point and stated.low < one.low for one in sums
    )


def is_other_year(label: str, readings: Sequence[Reading]) -> bool:
    """Whether a total is that of a first year, and nothing like what the lines come to.

    Some is free in it, or paid that no other year knows.
    """
    return bool(_FIRST.search(label)) and not any(
        one.whole.amount is not None and is_near(one.whole.amount, add(one.parts))
        for one in readings
    )


def is_net_of(label: str, stated: Range, readings: Sequence[Reading]) -> bool:
    """Whether a net total is that of lines with a tax: they come to more by a usual rate."""
    if not _NET.search(label):
        return False
    several = [
        one.parts for one in readings if sum(part.amount is not None for part in one.parts) > 1
    ]
    return any(_is_taxed(stated, add(parts)) for parts in several)


def is_another(label: str, stated: Amount, others: Sequence[Amount]) -> bool:
    """Whether a total says another thing than those beside it, which the lines come to.

    It says so, or it is more by a usual tax.
    """
    if is_qualified(label):
        return True
    return stated.amount is not None and any(
        other.amount is not None and _is_taxed(other.amount, stated.amount) for other in others
    )


def is_qualified(label: str) -> bool:
    """Whether the label of a total says more than that it is one, and of which period."""
    rest = re.sub(rf"{A_YEAR.pattern}|{YEAR.pattern}", " ", label, flags=re.I)
    return bool(_FIRST.search(label) or re.search(r"[^\W\d_]", _PLAIN.sub(" ", rest)))


def _is_taxed(net: Range, gross: Range) -> bool:
    """Whether an amount is another one with a tax on it, to the last digit."""
    if not net.low or not net.is_point or not gross.is_point:
        return False
    return any(
        fits(gross, Range.point(divide(net.low * (100 + rate), Decimal(100)))) for rate in _RATES
    )

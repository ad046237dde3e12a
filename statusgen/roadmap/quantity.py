"""Quantities, units and periods in the text of prices: 50 GB, 1K-2K requests/day, per month."""

from __future__ import annotations

import re
from decimal import Decimal

from statusgen.base.text import quote
from statusgen.roadmap.money import Period, Range
from statusgen.roadmap.price import Quantity
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.vocabulary import ordinals

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,12})?)(?![\d.,]*\d)"
"""A number with thousands in commas or without, as a pattern."""
_QUANTITY = re.compile(
    rf"(?P<low>{NUMBER})\s?(?P<low_k>[KM](?![A-Za-z]))?"
    rf"(?:\s?[-–]\s?(?P<high>{NUMBER})\s?(?P<high_k>[KM](?![A-Za-z]))?)?"
    r"\s?(?P<unit>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ ]*)?(?:/(?P<every>[a-z]+))?"
)
_PERIODS = {
    "h": Period.HOUR,
    "hr": Period.HOUR,
    "hour": Period.HOUR,
    "day": Period.DAY,
    "week": Period.WEEK,
    "mo": Period.MONTH,
    "month": Period.MONTH,
    "quarter": Period.QUARTER,
    "half-year": Period.HALF_YEAR,
    "yr": Period.YEAR,
    "year": Period.YEAR,
    "annum": Period.YEAR,
}


def parse_quantity(text: str) -> Quantity:
    """Read a usage such as ``10``, ``1K-2K``, ``50 GB``. Raises ValueError."""
    found = quantity(text.strip())
    if found is None:
        raise ValueError(f"{quote(text, 60)} is no quantity; write a number like 10 or 1K-2K")
    return found


_TIMES = re.compile(
    r"(?P<front>[1-9]\d{0,3})\s?[×x*]\s?(?=[^\W\d]).*"
    r"|.*\w[\s(]+(?:[×x]\s?(?P<behind>[1-9]\d{0,3})|(?P<last>[1-9]\d{0,3})\s?[×x])\)?",
    re.S,
)


def times_in(name: str) -> int:
    """Return how many of a thing its name says: ``2 × CX32``, ``CX32 (x2)``, ``Two VMs``; else 1.

    Whether the price beside it is that of one or of all, nobody says.
    """
    name = name.strip()
    if match := _TIMES.fullmatch(name):
        return int(match["front"] or match["behind"] or match["last"])
    if match := _SO_MANY.match(name):
        return int(match[1])
    first = name.partition(" ")[0].casefold()
    return next((known.index(first) + 1 for known in ordinals() if first in known), 1)


_SO_MANY = re.compile(r"([1-9]\d?)\s+(?=[^\W\d_])")
"""*2 VMs at $20/mo*."""


def is_code(unit: str) -> bool:
    """Whether a unit is a currency: a usage of ``sales: $18,000`` is money."""
    return unit in _CODES


_CODES = frozenset(CODES.split("|"))


def period_of(word: str) -> Period | None:
    """Return the period that ``word`` names (``mo``, ``months``, ``yr``), or None."""
    word = word.lower()
    return _PERIODS.get(word) or _PERIODS.get(word.removesuffix("s"))


def singular(unit: str) -> str:
    """Return a unit's one spelling: ``emails`` → ``email``, ``MAUs`` → ``MAU``, ``SMS`` as is."""
    unit = " ".join(unit.split())
    if unit.isupper():
        return unit
    if unit.endswith("ies") and len(unit) > 4:
        return unit[:-3] + "y"
    if unit.endswith("s") and not unit.endswith("ss") and len(unit) > 2:
        return unit[:-1]
    return unit


def plural(unit: str, count: Decimal) -> str:
    """Return a unit's spelling after a number: ``10 hosts``, ``1 query``, ``5 GB``, ``2 SMS``."""
    if count == 1 or not unit.islower() or unit.endswith("s"):
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


def read_allowances(inner: str) -> tuple[tuple[Quantity, ...], str]:
    """Split the inside of parentheses into quantities and the remaining words."""
    quantities, words = [], []
    for part in re.split(r",\s+", inner.strip()):
        found = quantity(part)
        if found is not None:
            quantities.append(found)
        elif part:
            words.append(part)
    return tuple(quantities), ", ".join(words)


def quantity(text: str) -> Quantity | None:
    """Read ``10``, ``50 GB``, ``1K-2K requests/day``; None for anything else."""
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    every = period_of(match["every"]) if match["every"] else None
    if match["every"] and every is None:
        return None
    low = decimal(
        match["low"], scale_of_low(match["low"], match["low_k"], match["high"], match["high_k"])
    )
    high = decimal(match["high"], match["high_k"]) if match["high"] else low
    return Quantity(span(low, high), singular(match["unit"] or ""), every)


def decimal(digits: str, suffix: str | None = None) -> Decimal:
    """Read digits with commas, times a thousand for ``K`` and a million for ``M``."""
    # scaleb keeps the precision: 14.2K was written to the hundred.
    return Decimal(digits.replace(",", "")).scaleb({"K": 3, "M": 6}.get(suffix or "", 0))


def scale_of_low(
    low: str, low_scale: str | None, high: str | None, high_scale: str | None
) -> str | None:
    """Return the K or M of a lower end: of ``1-2K`` the upper's, of ``500-5K`` none."""
    if low_scale or not high or not high_scale:
        return low_scale
    return high_scale if decimal(low) < decimal(high) else None


def span(low: Decimal, high: Decimal | None) -> Range:
    """Return the range of two written ends. Raises ValueError where it runs backwards."""
    if high is not None and high < low:
        raise ValueError(f"the range runs backwards from {low} to {high}; put the lower end first")
    return Range(low, high)

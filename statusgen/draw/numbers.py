"""Money as a reader wants it, and round numbers for axes."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from statusgen.draw.metrics import clean
from statusgen.draw.model import Amount


def money(value: Decimal, symbol: str) -> str:
    """Write a sum: ``$1,589``, ``$6.50``, ``−$58``; cents only where there are any.

    A currency's symbol or code is at most four characters; a code keeps clear of its number, which
    it is never parted from.
    """
    cents = abs(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    text = f"{cents:,.2f}".removesuffix(".00")
    symbol = clean(symbol)[:4]
    if symbol[-1:].isalpha() and symbol.isascii():
        symbol += "\u00a0"
    return f"{'−' if value < 0 and cents else ''}{symbol}{text}"


def money_range(amount: Amount, symbol: str) -> str:
    """Write a range: ``$300–500``, ``$25+``, ``$99``."""
    low = money(amount.low, symbol)
    if amount.high is None:
        return f"{low}+"
    if amount.high == amount.low:
        return low
    return f"{low}–{money(amount.high, '' if amount.low >= 0 else symbol)}"


def signed(value: Decimal, symbol: str) -> str:
    """Write a change: ``+$50``, ``−$343``, ``±$0``."""
    sign = "+" if value > 0 else "" if value < 0 else "±"
    return sign + money(value, symbol)


def ticks(most: Decimal, steps: int = 4) -> list[Decimal]:
    """Return round axis values from 0 to the first at or above ``most``: steps of 1, 2 or 5."""
    if most <= 0:
        return [Decimal(0), Decimal(1)]
    step = Decimal(10) ** ((most / steps).adjusted())
    for factor in (1, 2, 5, 10):
        if step * factor * steps >= most:
            step *= factor
            break
    count = math.ceil(most / step)
    return [step * number for number in range(count + 1)]

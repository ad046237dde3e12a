"""Money in diagrams, written as everywhere, and round numbers for axes."""

from __future__ import annotations

import math
from decimal import Decimal

from statusgen.draw.metrics import clean
from statusgen.draw.model import Amount
from statusgen.words import Words
from statusgen.words import money as writing


def money(value: Decimal, symbol: str, words: Words) -> str:
    """Write a sum with its currency's symbol or code, which is at most four characters."""
    return writing.signed(_sign(symbol), value, writing.typeset(words))


def money_range(amount: Amount, symbol: str, words: Words) -> str:
    """Write a range: ``$300–500``, ``$25+``, ``$99``."""
    return writing.signed_range(_sign(symbol), amount.low, amount.high, writing.typeset(words))


def _sign(symbol: str) -> str:
    symbol = clean(symbol)[:4].strip()
    # A code keeps clear of its number, which it is never parted from.
    return symbol + writing.TYPESET.gap if symbol[-1:].isalpha() and symbol.isascii() else symbol


def signed(value: Decimal, symbol: str, words: Words) -> str:
    """Write a change: ``+$50``, ``−$343``, ``±$0``."""
    sign = "+" if value > 0 else "" if value < 0 else "±"
    return sign + money(value, symbol, words)


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

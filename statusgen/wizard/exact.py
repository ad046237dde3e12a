"""Exact numbers in two languages: whole millionths, as Python's ``int`` and JavaScript's BigInt.

A number here is 1,000,000 times what it means, so that a comparison, and a price times a usage,
come out alike wherever they are reckoned.
"""

from __future__ import annotations

import re
from decimal import Decimal

from statusgen.base.text import quote

MICRO = 1_000_000
LARGEST = 10**9 * MICRO
"""A thousand millions: whatever is larger is a slip of the finger."""

_NUMBER = re.compile(r"(\d{1,3}(?:[, _]\d{3})+|\d{1,15})(?:\.(\d{1,6}))?\s?([kKmM])?")
_SCALE = {"": 1, "k": 1_000, "m": 1_000_000}


def micro_of(text: str) -> int:
    """Read a number as people type it: ``5``, ``50,000``, ``1.5M``. Raises ValueError."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{quote(text, 40)} is no number; write it like 5, 50,000 or 1.5M")
    whole = int(re.sub(r"[, _]", "", match[1])) * MICRO
    value = (whole + int((match[2] or "").ljust(6, "0"))) * _SCALE[(match[3] or "").lower()]
    if value > LARGEST:
        raise ValueError(f"{quote(text, 40)} is too large; write at most 1,000,000,000")
    return value


def micro(value: Decimal) -> int:
    """Return a decimal in millionths. Raises ValueError where that would lose a digit."""
    scaled = value.scaleb(6)
    if scaled != int(scaled):
        raise ValueError(f"{value:f} has more than six decimals")
    return int(scaled)


def plain(value: int) -> str:
    """Write a number of millionths: ``50000``, ``0.5``; ``micro_of`` reads it again."""
    whole, rest = divmod(abs(value), MICRO)
    fraction = f"{rest:06d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' + fraction if fraction else ''}"


def times(amount: int, count: int, per: int) -> int:
    """Return amount × count / per, each in millionths, half a millionth rounded up."""
    return (2 * amount * count + per) // (2 * per)


def money(sign: str, value: int) -> str:
    """Write an amount: ``$45``, ``$19.95``; to cents, below one to a millionth."""
    if 0 < value < MICRO and value % 10_000:
        return f"{sign}{plain(value)}"
    cents = (value + 5_000) // 10_000
    whole, rest = divmod(cents, 100)
    return f"{sign}{whole:,}{f'.{rest:02d}' if rest else ''}"


def money_range(sign: str, low: int, high: int | None) -> str:
    """Write a range of amounts: ``$45``, ``$0-26``, ``$15+``."""
    first = money(sign, low)
    if high is None:
        return f"{first}+"
    last = money("", high)
    return first if money(sign, high) == first else f"{first}-{last}"

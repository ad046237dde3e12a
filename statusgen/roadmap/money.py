"""Exact money: ranges of Decimal amounts, currencies and the periods that prices recur in.

No amount is ever a float. A range without an upper end ("$25+") has ``high=None``. How an amount is
written and rounded stands in :mod:`statusgen.words.money` alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from statusgen.roadmap import signs
from statusgen.roadmap.dialect import current
from statusgen.words.amount import Amount
from statusgen.words.money import amount, amount_range, plain_number

SYMBOLS = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "NT$": "TWD",
    "MX$": "MXN",
    "€": "EUR",
    "£": "GBP",
    "₵": "GHS",
    "GH₵": "GHS",
    "₦": "NGN",
    "₹": "INR",
    "¥": "JPY",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
}
"""Currency signs and the ISO 4217 codes that they stand for, where nothing says otherwise."""

SIGNS = {code: sign for sign, code in reversed(SYMBOLS.items())}
"""The first sign of each currency."""

SIGN = "|".join(re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True))
"""The signs as a pattern; put it into a group."""

FRONT = {
    "rs.": "₹",
    "rs": "₹",
    "kr.": "kr",
    "kr": "kr",
    "fr.": "CHF",
    "sfr.": "CHF",
    "euro": "€",
    "eur": "EUR",
    "rp.": "IDR",
    "rp": "IDR",
    "r": "ZAR",
}
"""What else is written in front of a number; a rand (``R``) only where the text says so."""

BEHIND = {
    "円": "JPY",
    "日元": "JPY",
    "元": "CNY",
    "人民币": "CNY",
    "ドル": "USD",
    "米ドル": "USD",
    "ユーロ": "€",
    "美元": "USD",
    "欧元": "€",
    "달러": "USD",
    "유로": "€",
    "원": "₩",
    "руб.": "₽",
    "руб": "₽",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "kr.": "kr",
    "kr": "kr",
    "rs.": "₹",
    "rs": "₹",
    "tl": "₺",
    "fr.": "CHF",
    "sfr.": "CHF",
    "euro": "€",
    "euros": "€",
    "eur": "EUR",
    "dollars": "$",
    "pounds": "£",
    "franken": "CHF",
    "yen": "JPY",
    "reais": "R$",
}
"""What else is written behind a number, and the sign or code that it means.

A crown (``kr``) is Swedish, Norwegian or Danish: it is read where the text says which.
"""

_CODE = re.compile(r"[A-Z]{3}")
CONTEXT = Context(prec=40, rounding=ROUND_HALF_EVEN)
"""Wide enough for any price, and the same whatever the caller's context is."""


class Period(StrEnum):
    """How often a price recurs."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


_PER_YEAR: dict[Period, Fraction | int] = {
    Period.HOUR: 8760,
    Period.DAY: 365,
    Period.WEEK: Fraction(365, 7),
    Period.MONTH: 12,
    Period.QUARTER: 4,
    Period.HALF_YEAR: 2,
    Period.YEAR: 1,
}
"""A year is 365 days and twelve equal months, so a month is 730 hours: how vendors bill."""


def divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Divide with 40 digits, half to even, whatever the process's decimal context is."""
    return CONTEXT.divide(dividend, divisor)


@dataclass(frozen=True, slots=True)
class Range:
    """Amounts from ``low`` to ``high``; ``high=None`` is an open end. A point has both equal."""

    low: Decimal
    high: Decimal | None

    @classmethod
    def point(cls, value: Decimal | int) -> Range:
        """Return the range that holds ``value`` alone."""
        amount = Decimal(value)
        return cls(amount, amount)

    @property
    def is_point(self) -> bool:
        """Whether low and high are the same amount."""
        return self.low == self.high

    def __add__(self, other: Range) -> Range:
        low = CONTEXT.add(self.low, other.low)
        if self.is_point and other.is_point:
            return Range(low, low)
        if self.high is None or other.high is None:
            return Range(low, None)
        return Range(low, CONTEXT.add(self.high, other.high))

    def __neg__(self) -> Range:
        """Mirror the range. Raises ValueError for an open end, which has no lowest mirror."""
        if self.high is None:
            raise ValueError("a range without an upper end cannot be negated")
        return Range(-self.high, -self.low)

    def scaled(self, factor: Range) -> Range:
        """Multiply by a factor that is nowhere negative (a quantity)."""
        with localcontext(CONTEXT):
            corners = [self.low * factor.low]
            if self.high is None or factor.high is None:
                return Range(min(corners), None)
            corners += [self.low * factor.high, self.high * factor.low, self.high * factor.high]
            return Range(min(corners), max(corners))

    def holds(self, other: Range) -> bool:
        """Whether every amount of ``other`` lies in this range."""
        if other.low < self.low:
            return False
        return self.high is None or (other.high is not None and other.high <= self.high)


def per_month(amount: Range, every: Period) -> Range:
    """Return what an amount per ``every`` comes to a month; exact where the result is finite.

    A month is a twelfth of a year: 730 hours, 30.4 days.
    """
    times = Fraction(_PER_YEAR[every]) / 12
    up, down = Range.point(times.numerator), Decimal(times.denominator)
    whole = amount.scaled(up)
    high = None if whole.high is None else divide(whole.high, down)
    return Range(divide(whole.low, down), high)


ZERO = Range(Decimal(0), Decimal(0))


def currency_of(sign: str) -> str:
    """Return the ISO 4217 code for a sign or a code. Raises ValueError for anything else.

    A sign of several currencies is that of what is being read; see :mod:`statusgen.roadmap.signs`.
    """
    if sign in signs.MEANINGS:
        known = current().signs
        meaning = known.meaning(sign)
        if meaning is None:
            raise ValueError(signs.unsettled(sign, known))
        return meaning
    if sign in SYMBOLS:
        return SYMBOLS[sign]
    if _CODE.fullmatch(sign):
        return sign
    raise ValueError(f"{sign!r} is no currency; write a sign ($ € £ ₵ ₦ ₹ ¥) or a code like USD")


format_number = plain_number
"""Write a number for people; see :mod:`statusgen.words.money`, which holds the rule of rounding."""
format_money = amount
"""Write one amount: ``$1,589``, ``$0.023``, ``-$57``, ``CHF 5``."""


def format_range(currency: str, value: Range) -> Amount:
    """Write a range: ``$175-300``, ``$25+``, ``-$800 to -$400``, ``$19``."""
    return amount_range(currency, value.low, value.high)

"""The many ways to write an amount, brought to the one that the price grammar reads.

Only the spelling changes, never the meaning; the price keeps the text as it was written.
"""

from __future__ import annotations

import re

CODES = "USD|EUR|GBP|CHF|CAD|AUD|JPY|INR|NGN|GHS|KES|ZAR|SEK|NOK|DKK|PLN|BRL|SGD|NZD|MXN"
"""Currency codes that people write behind a number."""

_SIGN = r"[$€£₵₦₹¥]"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_ALONE = rf"(?<![\w.,{_SIGN[1:-1]}])(?!\d{{1,3}}\.\d{{3}}(?!\d))"
"""A number without a sign; 1.200 € is left alone, for it is 1200 to some and 1.2 to others."""

_AMOUNT = rf"{_ALONE}({_NUMBER}[KM]?(?:\s?[-–—]\s?{_NUMBER}[KM]?)?\+?)"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), new)
    for pattern, new in (
        (r"\s+", " "),
        (r"^\(([^()]*)\)$", r"\1"),
        (
            r"(?<![\w.])(?:about|around|approx\.?|approximately|roughly|circa|ca\.)\s*~?\s*(?=\W?\d)",
            "~",
        ),
        # $-50 is -$50, $.05 is $0.05, 30¢ is $0.30.
        (rf"({_SIGN})\s?([-−])\s?(?=\d)", r"\2\1"),
        (rf"({_SIGN})\.(?=\d)", r"\g<1>0."),
        (r"(?<![\d.,])(\d)\s?¢", r"$0.0\1"),
        (r"(?<![\d.,])(\d\d)\s?¢", r"$0.\1"),
        # 20 € and 20 USD: the sign stands in front.
        (rf"{_AMOUNT}\s?([€£₵₦₹])(?!\s?\d)", r"\2\1"),
        (rf"(?<![A-Z]{{3}} ){_AMOUNT}\s?({CODES})\b", r"\2 \1"),
        (rf"({_SIGN}\s?{_NUMBER}[KM]?)\s+to\s+(?={_SIGN}?\d)", r"\1-"),
        (r"(?<=\d)k\b", "K"),
        # $240 / year, $10 monthly, $15 pm, $99 p.a.
        (r"(?<=[\w)+*])\s?/\s?(?=[a-z])", "/"),
        (r"(?<=[\d+*KM])\s+(?:monthly|p\.?m\.?)(?=$|[\s,)*])", "/month"),
        (r"(?<=[\d+*KM])\s+(?:annually|yearly|p\.?a\.?)(?=$|[\s,)*])", "/year"),
        # $41/month*: the mark stands behind the amount.
        (rf"({_SIGN}\s?{_NUMBER}[KM]?\+?)(/[a-z]+)([*†‡]{{1,3}})(?=$|\s)", r"\1\3\2"),
        (r"\b(\d{1,6})\s?[×x]\s(?=\D?\d)", r"\1 × "),
    )
)


def standard(text: str) -> str:
    """Return a price in the grammar's spelling."""
    text = text.strip()
    for pattern, new in _RULES:
        text = pattern.sub(new, text)
    return text

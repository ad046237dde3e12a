"""Amounts as tables write them: bare numbers, the sign behind, commas for points."""

from __future__ import annotations

import re
from functools import lru_cache

from statusgen.roadmap.importer.words import is_price
from statusgen.roadmap.price_spelling import CODES

EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "none", "tbd", "?", "…", "...", "x", "nil"})
"""Cells that say nothing."""


_BEHIND = re.compile(
    r"(?P<front>[<>=~≈+\-−]{0,3})\s*(?P<number>\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[KM]?\+?)\s?"
    rf"(?P<sign>[$€£₵₦₹¥]|(?:{CODES})\b)(?P<tail>.*)",
    re.S,
)
_BARE = re.compile(
    r"(?P<front>[<>=~≈+\-−]{0,3})\s*(?P<number>\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[KM]?\+?\*?)"
)
_COMMA = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d+),(\d{2})(?![\d.,])")
_POINT_OF_THOUSAND = re.compile(r"(?<![\d.])[1-9]\d{0,2}\.\d{3}(?!\d)")
"""1.200 € is 1200 to those who write the sign behind, and 1.2 to the price grammar."""

_HEADER = re.compile(rf"(?P<sign>[$€£₵₦₹¥])|\b(?P<code>{CODES})\b")
_TOTAL = re.compile(
    r"(?:(?:grand|overall|estimated|est\.?|monthly|annual|yearly|combined|new|current|net|"
    r"running|approx\.?|approximate)\s+)*(?:(?P<part>sub)[- ]?)?totals?\b"
    r"|sum\b|summe\b|gesamt|somme\b|suma\b|∑|Σ|in total\b|all together\b",
    re.I,
)


def currency_in(text: str) -> str:
    """Return the sign or code that a header names, such as the one of ``Cost (EUR)``."""
    match = _HEADER.search(text)
    if match is None:
        return ""
    return match["sign"] or match["code"]


def says_nothing(text: str) -> bool:
    """Whether a cell stands for nothing."""
    return text.strip().lower() in EMPTY


@lru_cache(maxsize=8192)
def as_price(text: str, currency: str = "") -> str:
    """Return the text as the price grammar takes it; empty where it is no price.

    What is a price already comes back unchanged. ``currency`` is that of a bare number.
    """
    text = text.strip()
    if is_price(text):
        return text
    if _COMMA.search(text):
        text = _COMMA.sub(lambda match: f"{match[1].replace('.', '')}.{match[2]}", text)
    if (match := _BEHIND.fullmatch(text)) and not _POINT_OF_THOUSAND.search(match["number"]):
        tail = match["tail"]
        written = f"{match['front']}{_spaced(match['sign'])}{match['number']}{tail}"
        if is_price(written):
            return written
    if currency and (match := _BARE.fullmatch(text)):
        written = f"{match['front']}{_spaced(currency)}{match['number']}"
        if is_price(written):
            return written
    return text if is_price(text) else ""


def _spaced(sign: str) -> str:
    return f"{sign} " if sign.isalpha() else sign


def is_total(text: str) -> bool:
    """Whether a label says that a sum stands behind it."""
    match = _TOTAL.match(text.strip().strip("*_ "))
    return match is not None


def is_subtotal(text: str) -> bool:
    """Whether the sum is one of a part."""
    match = _TOTAL.match(text.strip().strip("*_ "))
    return match is not None and bool(match.groupdict().get("part"))

"""Amounts in the cells of tables and behind labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from statusgen.importer.amounts import DASHED, as_price, is_taken_off, says_nothing
from statusgen.roadmap.claims import Amount
from statusgen.roadmap.dialect import BY_POINT, current, remembered
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import MAX_LENGTH, parse_price
from statusgen.roadmap.price_spelling import plain_number, ungrouped
from statusgen.roadmap.vocabulary import pattern, words

_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d{1,9})?|\d(?:[\d.,'’]{0,24}\d)?"
_COUNTER = (
    r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
    r"(?<![十百千万億兆亿割십백천만억조할日週周月年時时分秒일주월년시분초])"
)
"""A letter of what is counted, 件 or 개: not one of ten thousand, of a tenth, or of time."""
_NUMBER = re.compile(
    rf"(?P<approx>[~≈])?\s*(?P<minus>[-−–▲△]\s?(?=\d))?(?P<low>{_DIGITS})"
    rf"(?:\s?[-–]\s?(?P<high>{_DIGITS}))?(?P<open>\+)?\s*(?P<unit>[A-Za-z]{{1,12}}|{_COUNTER})?"
)
_REMARK = re.compile(
    rf"(?<=\d)\s+\([^()]*[\d`][^()]*\)$|(?<=\w)\s+(?:{pattern(words('or'))})\s+[^\d]+$", re.I
)
"""How an amount came about, or what it is of: ``400,000 (8 × 50 kg)``, *5-10 days or never*."""
_RESTATED = re.compile(r"^[^×x*·+−÷=]*\d[^×x*·+−÷=]*(?:=|→|->)\s*\D{0,3}\d")
"""``$12/yr = $1/mo``: the same twice, and which of them is added nobody says."""
_FOOTNOTE = re.compile(r"\s*(?:\[\^?\w{1,8}\]|[¹²³⁴⁵⁶⁷⁸⁹†‡*]{1,3})\s*$")


@remembered
def cell(text: str, currency: str = "") -> Amount:
    """Read a cell; ``currency`` is the sign of the column's header."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return Amount(text, None)
    if is_taken_off(text):
        inner = cell(text.strip("()"), currency)
        if inner.amount is not None and not inner.sign:
            return replace(inner, text=text, amount=-inner.amount, sign=-1)
        return Amount(text, None)
    if _RESTATED.search(text):
        return Amount(text, None)
    written = as_price(text, currency) or as_price(_FOOTNOTE.sub("", text), currency)
    if written:
        price = parse_price(written)
        term = price.terms[0]
        if term.kind is Kind.ONE_OFF:
            return Amount(text, None)  # no part of what is paid again and again
        if price.amount is not None and len(price.alternatives) == 1 and not term.bound:
            every = None if term.kind is not Kind.FIXED else term.every
            amount = term.total or price.amount
            return Amount(text, amount, price.currency, price.approx, every, term.sign)
        return Amount(text, None)
    plain = DASHED.sub("", _FOOTNOTE.sub("", text))
    match = _NUMBER.fullmatch(plain) or _NUMBER.fullmatch(_REMARK.sub("", text))
    if match is None:
        return Amount(text, None, blank=says_nothing(text))
    low = _value(match["low"])
    high = _value(match["high"]) if match["high"] else low
    if low is None or high is None:
        return Amount(text, None)
    if high < low or (match["minus"] and high != low):
        return Amount(text, None)
    unit = (match["unit"] or "").lower()
    amount = Range(low, None if match["open"] else high)
    unit, approx = unit.removesuffix("s"), bool(match["approx"])
    if match["minus"]:
        return Amount(text, -amount, unit, approx, sign=-1)
    return Amount(text, amount, unit, approx)


def without_note(part: Amount) -> Amount:
    """Read an amount that stands before a note in brackets, where both together are none.

    ``67 KB（已有）``, *800 USD (one-time)*.
    """
    if part.amount is not None or not (match := _NOTED.fullmatch(part.text)):
        return part
    return replace(cell(match[1]), text=part.text, name=part.name)


_NOTED = re.compile(r"([^()（）]*\d[^()（）]*?)\s*[(（][^()（）]*[)）]")


def converted(parts: Sequence[Amount]) -> list[Amount]:
    """Take of a column what brackets say in the currency of the others: *25$ (~23€)*."""
    known = Counter(part.currency for part in parts if part.is_money)
    most = known.most_common(1)[0][0] if len(known) > 1 else ""
    return [_in(part, most) if most and part.currency != most else part for part in parts]


def _in(part: Amount, code: str) -> Amount:
    match = _BRACKET.search(part.text)
    inner = cell(match[1]) if match and part.is_money else part
    own = inner.amount is not None and inner.currency == code
    return replace(inner, text=part.text, every=part.every) if own else part


_BRACKET = re.compile(r"[(（]([^()（）]+)[)）]$")


def _value(digits: str) -> Decimal | None:
    """Return a number as the document writes them; a point that may part thousands is a decimal."""
    by_point = current().numbers == BY_POINT
    known = plain_number(ungrouped(digits), thousands_by_point=by_point)
    if known is None and re.fullmatch(r"\d{1,15}\.\d{1,9}", digits):
        known = digits
    return Decimal(known) if known is not None else None

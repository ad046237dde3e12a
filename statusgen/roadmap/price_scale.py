"""Amounts whose size or range is said by words: ``10万円``, ``1,2 Mio. €``, *20 bis 30 €*.

They become the digits that the price grammar reads. Only what stands beside a currency is touched:
``1万件`` is no money.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from statusgen.roadmap.money import BEHIND, FRONT, SIGN
from statusgen.roadmap.vocabulary import grouped, pattern, words

CODES = (
    "USD|EUR|GBP|CHF|CAD|AUD|JPY|INR|NGN|GHS|KES|ZAR|SEK|NOK|DKK|PLN|BRL|SGD|NZD|MXN|KRW|CNY|RUB|"
    "TRY|CZK|HUF|COP|CLP|ARS|HKD|TWD|THB|IDR|ILS|RON|ISK|PKR|LKR|NPR|EGP|AED"
)
"""Currency codes that people write beside a number."""
_NUMBER = r"\d{1,15}(?:[.,'’]\d{1,15}){0,6}"
_MYRIADS = {"万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8}
_STEP = rf"{_NUMBER}\s?[{''.join(_MYRIADS)}]"
_EASTERN = re.compile(
    rf"(?P<front>[¥₩]\s?)?(?:(?P<low>{_NUMBER})\s?[-–~～〜]\s?)?"
    rf"(?P<high>{_STEP}\s?(?:{_STEP})?(?:\d{{1,4}}(?![\d.,]))?)(?P<behind>\s?(?:円|日元|元|원))?"
)
"""``10万円``, ``¥12万``, ``2〜3万円``, ``2億5,000万円``."""
_PIECE = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<myriad>[{''.join(_MYRIADS)}])?")
_BETWEEN = re.compile(
    rf"(?:{pattern(words('between'))})\s+(?P<front>(?:{SIGN})\s?|(?P<code>{CODES})\s)?"
    rf"(?P<low>{_NUMBER})(?P<behind>\s?(?:{SIGN}))?\s+(?:and|und|et|y|e|en|i|и|och|ve)\s+"
    rf"(?:(?:{SIGN})\s?|(?P=code)\s)?(?=\d)",
    re.I,
)
_MANY = pattern(tuple(word for entries in grouped("times").values() for word in entries))
_IN_FRONT = rf"(?:(?:{SIGN})\s?|(?:{CODES})\s|(?:{pattern(tuple(FRONT))})\s?)"
_FOLLOWING = rf"\s?(?:{SIGN}|(?:{CODES})\b|{pattern(tuple(BEHIND))})"
_ON_BOTH = re.compile(
    rf"(?P<low>{_NUMBER})(?P<sign>{_FOLLOWING})\s?[-–—~～〜]\s?(?P<high>{_NUMBER})(?=(?P=sign))",
    re.I,
)
"""``2,000円〜3,000円`` is ``2,000〜3,000円``."""
_LETTER = re.compile(
    rf"(?P<amount>{_IN_FRONT}{_NUMBER}(?:\s?[-–—]\s?{_NUMBER})?)\s(?P<scale>[kKM])(?![\w./])"
)
"""``$800 k`` and ``$1.4 M`` are written apart, too; ``$5 M/L`` is a price of sizes."""
_MILLIONS = re.compile(rf"(?P<amount>{_IN_FRONT}{_NUMBER}(?:\s?[-–—]\s?{_NUMBER})?)m(?![\w./])")
"""``£5m``."""
_FROM = rf"(?:de|von|da|{pattern(words('at_least'))})\s+"
_SCALED_RANGE = re.compile(
    rf"(?<![\w.,])(?:{_FROM}(?P<low>{_NUMBER})\s+(?:{pattern(words('range'))})"
    rf"|(?:{pattern(words('between'))})\s+(?P<least>{_NUMBER})\s+(?:and|und|et|y|e|en|i|и|och|ve))"
    rf"\s+(?=(?P<high>{_NUMBER})\s?(?:{_MANY}))",
    re.I,
)
"""*от 11 до 14 тыс. ₽*: both are thousands."""
_TO = re.compile(
    rf"(?<![\w.,])(?P<de>{_FROM})?(?P<front>{_IN_FRONT})?(?P<low>{_NUMBER})"
    rf"(?P<behind>{_FOLLOWING})?\s+(?P<word>{pattern(words('range'))})\s+"
    rf"(?P<front_high>{_IN_FRONT})?(?P<high>{_NUMBER})(?P<behind_high>{_FOLLOWING})?",
    re.I,
)
_UNSURE = frozenset({"à", "a"})
"""*2 à 20 €* is two of them to some; *20 à 30 €* can only be a range."""


_MANY_RUPEES = pattern(tuple(word for entries in grouped("rupees").values() for word in entries))
_RUPEES = re.compile(
    rf"(?<!\w)(?P<front>₹|Rs\.?|INR)\s?(?P<number>{_NUMBER})"
    rf"(?P<dash>\s?[-–—]\s?(?:₹\s?)?(?P<high>{_NUMBER}))?\s?(?i:(?P<times>{_MANY_RUPEES}))"
    r"\.?(?P<behind>(?!))?"
)


def scaled(text: str) -> str:
    """Return a text whose amounts are written in digits, and their ranges with a hyphen."""
    if not any(character.isdigit() for character in text):
        return text
    text = _KILO.sub(_kilo, text)
    text = _ON_BOTH.sub(r"\g<low>-\g<high>", text)
    text = _LETTER.sub(r"\g<amount>\g<scale>", text)
    text = _MILLIONS.sub(r"\g<amount>M", text)
    text = _EASTERN.sub(_eastern, text)
    text = _SCALED_RANGE.sub(lambda found: f"{found['low'] or found['least']}-", text)
    text = _RUPEES.sub(_times, _western().sub(_times, text))
    text = _BETWEEN.sub(r"\g<front>\g<low>-", text)
    return _TO.sub(_range, text)


_KILO = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})\s?(?:(?P<k>[kKM])(?P<sign>[€$£]|(?:EUR|USD|CHF|GBP)\b)"
    r"|T(?P<euro>€|EUR\b))"
)
"""``45 k€``, ``1,2 M€``, ``45 T€``: the thousands stand at the sign."""


def _kilo(match: re.Match[str]) -> str:
    scale = "M" if match["k"] == "M" else "K"
    return f"{match['number']}{scale} {match['sign'] or match['euro']}"


def _eastern(match: re.Match[str]) -> str:
    if not match["front"] and not match["behind"]:
        return match[0]
    pieces = list(_PIECE.finditer(match["high"]))
    whole = sum(
        (
            _number(piece["number"]).scaleb(_MYRIADS.get(piece["myriad"] or "", 0))
            for piece in pieces
        ),
        Decimal(0),
    )
    low = ""
    if match["low"]:
        scale = _MYRIADS[pieces[0]["myriad"]]
        low = f"{_number(match['low']).scaleb(scale):f}-"
    return f"{match['front'] or ''}{low}{whole:f}{match['behind'] or ''}"


def _number(digits: str) -> Decimal:
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return Decimal("NaN")


@lru_cache(maxsize=1)
def _western() -> re.Pattern[str]:
    front = rf"(?:{SIGN})|\b[A-Z]{{3}}\b|{pattern(tuple(FRONT))}"
    behind = rf"(?:{SIGN})|[A-Z]{{3}}\b|(?:{pattern(tuple(BEHIND))})"
    return re.compile(
        rf"(?:(?P<front>{front})\s?)?(?<![\w.,])(?P<number>{_NUMBER})"
        rf"(?P<dash>\s?[-–—]\s?(?P<high>{_NUMBER}))?\s?(?i:(?P<times>{_MANY}))\.?"
        rf"(?:\s?(?:de\s)?(?P<behind>{behind}))?"
    )


def _times(match: re.Match[str]) -> str:
    if not match["front"] and not match["behind"]:
        return match[0]
    factor = next(
        Decimal(many)
        for many, entries in (*grouped("times").items(), *grouped("rupees").items())
        if match["times"].casefold() in entries
    )
    ends = [_decimal(match[end]) for end in ("number", "high") if match[end]]
    if None in ends:
        return match[0]
    # With its letter an amount stays as exact as it was written: 1,2 Mio. is no 1,200,000.
    step, letter = _LETTERS.get(factor, (factor, ""))
    written = "-".join(f"{end * step:f}{letter}" for end in ends if end is not None)
    front, behind = match["front"] or "", match["behind"] or ""
    gap = " " if front[-1:].isalpha() else ""
    return f"{front}{gap}{written}{' ' if behind else ''}{behind}"


_LETTERS = {Decimal(10) ** 3: (Decimal(1), "K"), Decimal(10) ** 6: (Decimal(1), "M")}


def _decimal(digits: str) -> Decimal | None:
    """Return a short number before a word such as *million*; None where nobody can tell.

    Thousands are not written before such a word, unless in threes.
    """
    if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", digits):
        return Decimal(digits.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits):
        return Decimal(digits.replace(",", ""))
    return None


def _range(match: re.Match[str]) -> str:
    if match["word"].casefold() in _UNSURE and not match["de"]:
        low, high = _decimal(match["low"]), _decimal(match["high"])
        if low is None or high is None or not low < high <= 3 * low:
            return match[0]
    front, behind = match["front"] or match["front_high"], match["behind_high"] or match["behind"]
    signs = [match[name] for name in ("front", "front_high", "behind", "behind_high")]
    if len({sign.strip().casefold() for sign in signs if sign}) > 1:
        return match[0]
    return f"{front or ''}{match['low']}-{match['high']}{'' if front else behind or ''}"

"""Amounts as tables write them: bare numbers under a sign; and which labels stand for sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from statusgen.importer.words import is_price
from statusgen.roadmap.dialect import BY_POINT, current, remembered
from statusgen.roadmap.money import BEHIND, SIGN, Range
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.price_spelling import plain_number, ungrouped
from statusgen.roadmap.signs import MEANINGS
from statusgen.roadmap.vocabulary import grouped, pattern, spaced, words

EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "none", "tbd", "?", "…", "...", "x", "nil"})
"""Cells that say nothing."""


_BARE = re.compile(
    r"(?P<front>[<>=~≈+\-−]{0,3})\s*"
    r"(?P<number>(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+|\d)[\d.,'’]*"
    r"(?:\s?[-–]\s?\d[\d.,]*)?[KM]?\+?\*?)"
)
_WORDS_BEHIND = pattern(tuple({*BEHIND, *map(str.capitalize, BEHIND)}))
_EAST = "百[万萬]|千[万萬]|[万萬億亿千]|백만|천만|[만억천]"
_LETTERS = MappingProxyType({"千": "K", "천": "K", "百万": "M", "百萬": "M", "백만": "M"})
_HEADER = re.compile(
    rf"(?P<sign>{SIGN})|\b(?P<code>{CODES})\b"
    rf"|(?<![^\W\d_\u2e80-\uffff])(?P<behind>{_WORDS_BEHIND})(?<![^\W\d_][元원])"
    rf"|(?P<scale>{_EAST})(?P<unit>[円元원])"
)
"""*Hours* ends with no rupee, *인원* with no won: what is written behind a number stands by itself
in a header, or behind thousands and more."""
_MONEY = r"(?:[€$£]|(?:EUR|USD|CHF|GBP)\b)"
_TIMES = grouped("times")
_SCALES = (
    ("K", rf"(?<![^\W\d_])[kKT]{_MONEY}|{_MONEY}\s?[kK]\b|(?<![\w.,])[’']?000s?\b", "1000"),
    ("M", rf"(?<![^\W\d_])M{_MONEY}|{_MONEY}\s?M\b", "1000000"),
)
"""What says of a column that its amounts are thousands, or millions: *k€*, *$000*, *Mio. €*."""
_RAND = re.compile(r"\(R\)|, R$|^R$")
_TOTAL = re.compile(
    r"(?:(?:grand|overall|estimated|est\.?|monthly|annual|yearly|combined|new|current|net|"
    r"running|approx\.?|approximate)\s+)*(?:(?P<part>sub)[- ]?)?totals?\b"
    r"|in total\b|all together\b|altogether\b",
    re.I,
)
_WORDS_OF_TOTALS = words("total")
_LAST = tuple(word for word in _WORDS_OF_TOTALS if word not in words("alone"))
"""What may end a label that says more: *Tools in all*, *Cloud total*, but not *Lump sum*."""
_QUALIFIED = re.compile(
    rf"(?:{pattern(_WORDS_OF_TOTALS)})(?:\s+(?:for|of|per|a|an|pro|je|im|par|al|por|ao|in|zu|für|pour|de|du|do|da|dos|das|del|della|des|para)\b.*)?"
)


_HEADED = re.compile(
    r"(?:итого|всего|summe|gesamt|totale|totaal|razem|suma|toplam|summa)(?:\s+[^\W\d_]+){1,3}(?:\s+\d{1,2})?"
)
"""*Итого материалы*, *Summe Ausgaben*: what the sum is of stands behind the word, as in English."""
_SOME = re.compile(
    r"(?:everything|all|alles|tout|todo|tudo|tutto)\s+(?:of|for|from|in|von|de|für|di)\s+\S"
)
"""*Everything of phase 1 that stays* is one line."""
_PERIOD = re.compile(
    rf"(?:(?:{pattern(words('per'))})\s*)"
    rf"(?:{pattern(grouped('period')['month'])}|{pattern(grouped('period')['year'])})"
    rf"|{pattern(grouped('every')['month'])}|{pattern(grouped('every')['year'])}"
)


@remembered
def currency_in(text: str) -> str:
    """Return the sign or code that a header names, such as the one of ``Cost (EUR)``."""
    match = _HEADER.search(text)
    if match is None:
        return current().signs.meaning("r") or "" if _RAND.search(text) else ""
    if unit := match["unit"]:
        letter = _LETTERS.get(match["scale"])
        return f"{BEHIND[unit]}*{letter}" if letter else f"{unit}*{match['scale']}"
    sign = match["sign"] or match["code"] or BEHIND[match["behind"].casefold()]
    scale = next((name for name, *said in _SCALES if _is_scaled(text, *said)), "")
    scale = scale or next((word for word in _WORDS_OF_TIMES if _is_word(text, word)), "")
    return f"{sign}*{scale}" if scale else sign


_WORDS_OF_TIMES = tuple(
    word
    for times, known in _TIMES.items()
    for word in known
    if times not in ("1000", "1000000") and word.isascii()
)
"""*lakh*, *crore*, *billion*: more than thousands and millions, which have letters."""


def _is_word(text: str, word: str) -> bool:
    return bool(_word(word).search(text))


@cache
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)


def _is_scaled(text: str, signs: str, times: str) -> bool:
    return bool(re.search(signs, text) or _times(times).search(text))


@cache
def _times(times: str) -> re.Pattern[str]:
    words_ = "|".join(re.escape(word) for word in _TIMES[times])
    return re.compile(rf"(?<!\w)(?:{words_})s?(?!\w)", re.I)


def says_nothing(text: str) -> bool:
    """Whether a cell stands for nothing."""
    return text.strip().lower() in EMPTY


_DOLLARS = re.compile(r"(?<![\w$])\$\s?(?=\d)")
DASHED = re.compile(r"(?<=\d)[.,][-–—]{1,2}$")
"""``6'150.–``: no cents."""


@remembered
def as_price(text: str, currency: str = "") -> str:
    """Return the text as the price grammar takes it; empty where it is no price.

    What is a price already comes back unchanged. ``currency`` is that of a bare number.
    """
    text = DASHED.sub("", text.strip())
    currency, _, scale = currency.partition("*")
    if currency in MEANINGS["$"] and currency != "USD":
        text = _DOLLARS.sub(f"{currency} ", text)  # the sign of several: its column tells which
    if is_price(text):
        return text
    if currency and (match := _BARE.fullmatch(text)):
        if len(scale) > 1 or (scale and not scale.isascii()):
            number = match["number"]
            written = f"{number}{scale}{currency}" if not scale.isascii() else ""
            written = match["front"] + (written or f"{currency}{number} {scale}")
            return written if is_price(written) else ""
        front = f"{match['front']}{currency}{' ' if currency.isalpha() else ''}"
        number = match["number"]
        if scale and number[-1] not in "KM+*":
            number += scale
        by_point = current().numbers == BY_POINT
        digits = number.rstrip("KM")
        plain = plain_number(ungrouped(digits), thousands_by_point=by_point) or digits
        plain += number[len(digits) :]
        if not is_price(front + plain):
            return ""
        if is_price(front + number) and _amount(front + number) == _amount(front + plain):
            return front + number  # as it was written
        return front + plain
    return ""


def _amount(price: str) -> Range | None:
    return parse_price(price).amount


@remembered
def is_total(text: str) -> bool:
    """Whether a label says that a sum stands behind it."""
    return bool(_total(text))


def is_unnamed(cells: Sequence[str]) -> bool:
    """Whether the cells of a line hold amounts and nothing that names them."""
    said = [text for text in cells if not says_nothing(text)]
    return bool(said) and bool(says_nothing(cells[0])) and all(map(_only_amount, said))


def _only_amount(text: str) -> bool:
    return bool(_BARE.fullmatch(text.strip()) or is_price(text)) and any(map(str.isdigit, text))


@lru_cache(maxsize=1024)
def is_period(text: str) -> bool:
    """Whether a label is a period and nothing else, as under a column: *per month*."""
    return bool(_PERIOD.fullmatch(text.strip().strip("*_ :：.").casefold()))


def is_subtotal(text: str) -> bool:
    """Whether the sum is one of a part."""
    return _total(text) == "part"


def _total(text: str) -> str:
    """Return ``part`` for a sum of some lines, ``whole`` for one of all, else nothing."""
    label = re.sub(r"\s*[(（][^()（）]*[)）]", "", text).strip().strip("*_ :：.").casefold()
    if label.startswith(words("subtotal")):
        return "part"
    if match := _TOTAL.match(label):
        return "part" if match.groupdict().get("part") else "whole"
    if _QUALIFIED.fullmatch(label) and not _SOME.match(label):
        return "whole"
    if _HEADED.fullmatch(label):
        return "whole"
    if any(_ends_with(label, word) for word in _LAST) and len(label.split()) <= 6:
        return "whole"
    return ""


def _ends_with(label: str, word: str) -> bool:
    if not label.endswith(word) or len(label) == len(word):
        return False
    if _FOR.search(label[: -len(word)]):
        return False  # *insurance for everything* is one line
    return not spaced(word[0]) or not label[-len(word) - 1].isalnum()


_FOR = re.compile(r"(?<!\w)(?:for|on|of|für|auf|von|pour|sur|para|por|per|su|voor|op)\s+$")


def is_taken_off(text: str) -> bool:
    """Whether brackets around an amount may take it off, as accounts do: ``(£17.19)``."""
    return bool(_BRACKETED.fullmatch(text.strip()))


_BRACKETED = re.compile(r"\([^()\w]{0,3}\d[\d.,' ]*[KM]?[^()\w]{0,2}\)")


def states_total(text: str) -> bool:
    """Whether a line is a sum with its label: ``total: $534/mo``."""
    match = _LABELLED.fullmatch(text)
    return match is not None and is_total(match[1])


_LABELLED = re.compile(r"([^:：=]{2,40}?)(?:\s*[:：=]|\s*\.{3,}|\s{2,})\s*\S*\s?\d.*")

"""Which dialect a document speaks: how its numbers are written, which money a shared sign means.

What its own amounts show comes first (``1.195,50``, ``$1,250``); where they show nothing, the
language of its words. Where its amounts contradict each other, nothing is concluded.
"""

from __future__ import annotations

import re
from collections import Counter

from statusgen.roadmap.dialect import BY_POINT, Dialect
from statusgen.roadmap.money import BEHIND, FRONT, SIGN, SYMBOLS
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.signs import MEANINGS, Signs
from statusgen.roadmap.vocabulary import Tongue, grouped, pattern, tongue_of

_MONEY_FRONT = rf"(?:(?:{SIGN})|(?<![A-Za-z])(?:{CODES}))\s?"
_MONEY_BEHIND = rf"\s?(?:(?:{SIGN})|(?:{CODES})\b|(?i:{pattern(tuple(BEHIND))}|kr\b))"
_START, _END = r"(?<![\w.,'’])", r"(?![\d.,]*\d)"
_POINT_PARTS = re.compile(
    rf"{_START}\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}{_END}"
    rf"|{_START}\d{{1,3}}(?:\.\d{{3}}){{2}}(?![\d.,])"
    rf"|{_START}\d{{1,6}},\d{{1,2}}(?:{_MONEY_BEHIND}|\s?%)"
    rf"|{_MONEY_FRONT}\d{{1,6}},(?:\d{{1,2}}{_END}|[-–—])"
)
"""``1.195,50``, ``2.480.000``, ``20,50 €``, ``7,5 %``, ``€ 85,-``: the comma is of decimals."""
_COMMA_PARTS = re.compile(
    rf"{_START}\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}\.\d{{1,2}}{_END}"
    rf"|{_START}\d{{1,3}}(?:,\d{{2,3}})+,\d{{3}}(?![\d.,])"
    rf"|{_START}\d{{1,6}}\.\d{{1,2}}{_MONEY_BEHIND}"
    rf"|{_MONEY_FRONT}\d{{1,6}}(?:\.\d{{1,2}}|,\d{{3}}){_END}"
    rf"|{_START}\d{{1,3}}(?:,\d{{3}}){_MONEY_BEHIND}"
    r"|\d['’]\d{3}(?!\d)"
)
_BESIDE = re.compile(
    rf"(?P<before>{CODES})\s?[$¥]\s?\d|[$¥]\s?\d[\d.,']*[KM]?\s?(?P<behind>{CODES})\b"
    rf"|[(（](?P<inside>{CODES})[)）]|\b(?:in|en|em|är i)\s+(?P<said>{CODES})\b"
)
"""A code beside the sign, above a column, or said of all: *all amounts in AUD*."""
_TIMES = pattern(
    tuple(
        word for many in grouped("times").values() for word in (*many, *(f"{one}s" for one in many))
    )
)
_NAMED = rf"{SIGN}|{CODES}|(?i:{pattern(tuple(BEHIND))})"
_ALL_IN = re.compile(
    r"(?:(?<!\w)(?i:all|amounts?|figures?|prices?|costs?|fees?|taxes|values?|sums?|beträge|preise|angaben|zahlen|montants?|prix"
    r"|chiffres|importes?|precios?|cifras|valores|preços|importi|prezzi|belopp|priser|beløb|beløp|bedragen|prijzen|kwoty|суммы|цены)"
    r"(?i:\s+(?:are|is|sind|sont|son|estão|sono|zijn|given|shown|all|alle))*\s+(?i:in|en|em|w|в|i)\s+"
    rf"(?:(?i:kronor|kroner|euro|franken|francs?)\s+\()?(?P<in>{_NAMED})|(?<!\w)(?i:currency|währung|devise|moneda|moeda|valuta|waluta|валюта|単位|通貨|货币)"
    rf"\s?[:：]\s?(?P<is>{_NAMED}))(?!\w)(?!\s?(?:[’']?000|[kKM]\b|(?i:{_TIMES})))"
)
"""*All amounts in CHF*, *Currency: EUR*; not *in USD thousands*, nor 単位：千円."""
_ONE = "".join(sign for sign in SYMBOLS if len(sign) == 1)
_MONEY = re.compile(rf"(?P<front>[{_ONE}])\s?\d|\d\s?(?P<behind>[{_ONE}])")
_RAND = re.compile(r"(?<!\w)R\s?\d{1,3}(?:[ \u00a0,]\d{3})+(?!\d)")
"""``R 1 200``, ``R12,500``: nobody else writes so."""
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
MAX_READ = 200_000
"""A longer document has shown by then how it writes."""


def dialect_of(text: str) -> Dialect:
    """Return what a document's own amounts and words tell of its dialect."""
    text = text[:MAX_READ]
    tongue = tongue_of(text)
    dollar = _dollar(text)
    settled = (_settled(sign, text, tongue) for sign in ("¥", "kr", "r"))
    signs = Signs(dollar, tuple(filter(None, settled)), known=True)
    return Dialect(_numbers(text, tongue), signs, _bare(text))


def _bare(text: str) -> str:
    """Return the currency that a text says all its amounts are in; empty where it says several."""
    said = {match["in"] or match["is"] for match in _ALL_IN.finditer(text)}
    said = {FRONT.get(word.casefold()) or BEHIND.get(word.casefold()) or word for word in said}
    return said.pop() if len(said) == 1 else ""


def _numbers(text: str, tongue: Tongue | None) -> str:
    """Return how thousands are written where points part them.

    Where commas do, ``€1.200`` is more likely a slip than a price of one and a fifth.
    """
    if _COMMA_PARTS.search(text):
        return ""
    if _POINT_PARTS.search(text):
        return BY_POINT
    if tongue is None or re.search(r"\b(?:CHF|Fr\.|SFr\.)", text):
        return ""  # the Swiss write each language their own way
    return BY_POINT if tongue.decimal == "," else ""


def _dollar(text: str) -> str:
    """Return whose dollars a document is in; empty where it does not say, or names the American."""
    named = {code for match in _BESIDE.finditer(text) for code in match.groups() if code}
    named &= {*MEANINGS["$"]}
    return named.pop() if len(named) == 1 and not re.search(r"\bUSD\b", text) else ""


def _settled(sign: str, text: str, tongue: Tongue | None) -> str:
    """Return the currency of a sign without a usual meaning; empty where nothing tells it."""
    text = text.replace("￥", "¥")
    named = {
        code for code in MEANINGS[sign] if re.search(rf"(?<![A-Za-z]){code}(?![A-Za-z])", text)
    }
    if sign == "¥":
        named |= {"CNY"} if re.search(r"\d\s?[万亿]?元|人民币|\bRMB\b", text) else set()
        named |= {"JPY"} if re.search(r"円|日元", text) else set()
    if sign == "r":
        named |= {"ZAR"} if len(_RAND.findall(text)) > 1 or "South Africa" in text else set()
    if named:
        return named.pop() if len(named) == 1 else ""
    if tongue is not None and (meant := dict(tongue.signs).get(sign)):
        return meant
    return _by_script(text) if sign == "¥" and _is_most("¥", text) else ""


def _by_script(text: str) -> str:
    return "CNY" if _HAN.search(text) and not _KANA.search(text) else "JPY"


def _is_most(sign: str, text: str) -> bool:
    """Whether most amounts of a text bear the sign: a lone one in another currency is not told."""
    counts = Counter(match["front"] or match["behind"] for match in _MONEY.finditer(text))
    return max(counts, key=lambda each: counts[each], default=sign) == sign

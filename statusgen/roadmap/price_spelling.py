"""The many ways to write an amount, brought to the one that the price grammar reads.

Only the spelling changes, never the meaning; the price keeps the text as it was written. Numbers
come with commas or points for decimals, and what cannot be told is left alone: ``€1.200`` is 1200
to some and 1.2 to others, while behind a number (``1.200 €``) the sign stands only where a point
parts the thousands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from operator import methodcaller

from statusgen.roadmap import signs
from statusgen.roadmap.dialect import BY_COMMA, BY_POINT, current
from statusgen.roadmap.money import BEHIND, FRONT, SIGN
from statusgen.roadmap.price_scale import CODES, scaled
from statusgen.roadmap.price_ways import in_our_way
from statusgen.roadmap.quantity import period_of
from statusgen.roadmap.vocabulary import grouped, pattern, words

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_ALONE = r"(?<![\w.,$€£₵₦₹¥₩₽₺])(?!\d{1,3}\.\d{3}(?!\d))"
"""A number without a sign; 1.200 is left alone where nothing tells what its point is."""

_AMOUNT = rf"{_ALONE}({_NUMBER}[KM]?(?:\s?[-–—]\s?{_NUMBER}[KM]?)?\+?)"

_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_RULES: tuple[_Rule, ...] = tuple(
    # A template with groups is worked out at each call, a method only where something is found.
    (re.compile(pattern_, re.I), methodcaller("expand", new))
    for pattern_, new in (
        (r"\s+", " "),
        (r"^\(([^()]*)\)$", r"\1"),
        (
            rf"(?<![\w.])(?:{pattern(words('about'))})\s*~?\s*(?=\W?\d)",
            "~",
        ),
        # $-50 is -$50, $.05 is $0.05, 30¢ is $0.30, 25p is £0.25.
        (rf"({SIGN})\s?([-−])\s?(?=\d)", r"\2\1"),
        (rf"({SIGN})\.(?=\d)", r"\g<1>0."),
        (r"(?<![\d.,])(\d)\s?¢", r"$0.0\1"),
        (r"(?<![\d.,])(\d\d)\s?¢", r"$0.\1"),
        (r"(?<![\w.,])(\d)p(?=$|[\s/])", r"£0.0\1"),
        (r"(?<![\w.,])(\d\d)p(?=$|[\s/])", r"£0.\1"),
        # 20 € and 20 USD: the sign stands in front.
        (rf"{_AMOUNT}\s?([€£₵₦₹₩₽₺])(?!\s?\d)", r"\2\1"),
        (rf"(?<![A-Z]{{3}} ){_AMOUNT}\s?({CODES})\b", r"\2 \1"),
        (rf"((?:{SIGN})\s?{_NUMBER}[KM]?)\s+to\s+(?=(?:{SIGN})?\d)", r"\1-"),
        (r"(?<=\d)k\b", "K"),
        # $240 / year, $10 monthly, $15 pm, $99 p.a.
        (r"(?<=[\w)+*])\s?/\s?(?=[a-z])", "/"),
        # $41/month*: the mark stands behind the amount.
        (rf"((?:{SIGN})\s?{_NUMBER}[KM]?\+?)(/[a-z]+)([*†‡]{{1,3}})(?=$|\s)", r"\1\3\2"),
        (r"\b(\d{1,6})\s?[×x]\s(?=\D?\d)", r"\1 × "),
        # 12 hours at €95 = €1140 and 25 boxes × $5 = $125: as many times the amount of one.
        (
            rf"^(\d{{1,6}})\s+[^\W\d_][^\d=×]{{0,30}}?\s+(?:×|x|at|@|à|zu|je|por|a)\s+(?=(?:{SIGN}|(?:{CODES})\s)\s?\d[\d.]*\s?=)",
            r"\1 × ",
        ),
    )
)

_BEHIND_SIGN = pattern(tuple(BEHIND))
_FRONT_SIGN = "|".join(map(re.escape, sorted(FRONT, key=len, reverse=True)))
_GAP = "[ \u00a0\u202f\u2009]"
_DIGITS = rf"\d{{1,30}}(?:[.,'’]\d{{1,30}}|{_GAP}\d{{3}}(?!\d))*"
_LOCAL = re.compile(
    rf"(?P<front>(?:{SIGN})\s?|(?:{CODES})\s|(?<!\w)(?:{_FRONT_SIGN})\s?)"
    rf"(?:(?P<from>{_DIGITS})\s?[-–—]\s?(?:(?P=front))?)?(?P<number>{_DIGITS})"
    rf"|(?<![A-Za-z0-9_.,])(?:(?P<low>{_DIGITS})(?P<dash>\s?[-–—]\s?))?(?P<last>{_DIGITS})"
    rf"(?P<tail>[KM]?\+?)\s?(?P<behind>(?:{SIGN})(?!\s?\d)|{_BEHIND_SIGN}|(?:{CODES})\b|kr\b\.?)",
    re.I,
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x301C: "-",
    0xFF5E: "-",
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
}
"""Full-width letters and signs, and the wave between two numbers."""
_TRIANGLE = re.compile(r"^[▲△]\s?(?=\W?\d)")
"""What is taken off, in Japanese accounts."""
_POINT_PARTS_THOUSANDS = ("R$", "₺", "€", "₽")
"""Signs that, behind a number, or R$ anywhere, are written where a point parts the thousands."""


def standard(text: str) -> str:
    """Return a price in the grammar's spelling."""
    text = text.strip()
    if _PLAIN.fullmatch(text) is None:
        text = _translated(in_our_way(respelled(text)))
    for pattern_, new in _RULES:
        text = pattern_.sub(new, text)
    return text


def respelled(text: str) -> str:
    """Return a text with its amounts of money as the grammar spells them: ``980 €`` as ``€980``."""
    text = _TRIANGLE.sub("-", text.translate(_WIDE))
    if not any(map(str.isdecimal, text)):
        return text  # an amount has a number
    text = _SWISS.sub(_undashed, ungrouped(text))
    return _LOCAL.sub(_number, scaled(_NAMED.sub(_in_its_code, text)))


def is_doubtful(text: str) -> bool:
    """Whether a price in the grammar's spelling holds an amount of which nobody can tell the size.

    ``€1.200`` is 1200 to some and 1.2 to others; a price of a unit (``€1.125/GB``) is one of cents.
    """
    return current().numbers != BY_COMMA and _EITHER.search(text) is not None


_PLAIN = re.compile(r"[~+-]?\$\d[\d,]*(?:\.\d+)?(?:/(?:mo|month))?|Free|free")
"""Most prices: nothing to respell."""
_SWISS = re.compile(r"(?P<digits>\d(?:[.,]?\d){0,30})(?P<point>[.,])[-–—]{1,2}(?!\d)")
"""29.– and 29,- are 29, and the point of ``1.020,-`` parts thousands."""
_INDIAN = re.compile(r"(?<![\d.,])\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])")
"""``1,20,00,000``: a crore and twenty lakh."""
_EITHER = re.compile(
    r"(?:[€₺₽₩]|(?<![A-Z])(?:EUR|CHF|TRY|RUB|PLN|SEK|NOK|DKK|CZK|HUF|BRL|COP|CLP|ARS) )\s?"
    r"[1-9]\d{0,2}\.\d{3}(?![\d.,]|\s?/(?!(?:day|week|month|mo|quarter|half-year|year|yr)\b))"
)
_NAMED = re.compile(
    rf"(?<![\w$])(?:(?P<before>{CODES})\s?(?P<one>[$¥])|(?P<two>[$¥]))\s?"
    rf"(?P<digits>{_DIGITS}[KM]?)(?:\s?(?P<behind>{CODES})\b)?"
)
"""``$1,150 MXN`` and ``MXN $1,150``: the sign of several currencies, and which it is."""


def _undashed(match: re.Match[str]) -> str:
    return match["digits"].replace("." if match["point"] == "," else ",", "")


def ungrouped(text: str) -> str:
    """Return a text with its lakhs and crores as plain numbers: ``1,20,000`` as ``120000``."""
    return _INDIAN.sub(lambda match: match[0].replace(",", ""), text)


def _in_its_code(match: re.Match[str]) -> str:
    """Write an amount with the code beside it instead of a sign that several currencies share."""
    codes = {code.upper() for code in (match["before"], match["behind"]) if code}
    if len(codes) != 1:
        return match[0]
    (code,) = codes
    return (
        f"{code} {match['digits']}"
        if code in signs.MEANINGS[match["one"] or match["two"]]
        else match[0]
    )


def _number(match: re.Match[str]) -> str:
    """Write one amount with a point for decimals and its sign in front."""
    front = (match["front"] or "").strip()
    sign = front or match["behind"].strip()
    dialect = current()
    by_point = dialect.numbers == BY_POINT or sign in ("R$", "Rp", "Rp.")
    by_point = by_point or (not front and sign in _POINT_PARTS_THOUSANDS)
    numbers = [
        plain_number(digits, thousands_by_point=by_point) if digits else ""
        for digits in (match["low"] or match["from"], match["number"] or match["last"])
    ]
    if None in numbers:
        return match[0]
    known = (FRONT if front else BEHIND).get(sign.casefold(), sign)
    if sign in ("r", "R") and (sign == "r" or len(re.sub(r"\D", "", match["number"])) < 2):
        return match[0]  # the store R2, the machine r5
    if word := signs.word_of(sign):
        settled = dialect.signs.meaning(word)
        if settled is None:
            return match[0]
        known = known if settled == "INR" else settled
    gap = " " if known.isalpha() else ""
    low = f"{numbers[0]}-" if numbers[0] else ""
    return f"{known}{gap}{low}{numbers[1]}{match['tail'] or ''}"


def plain_number(digits: str, *, thousands_by_point: bool = False) -> str | None:
    """Return a number as ``1234.56``, whatever parts its thousands; None where nobody can tell.

    ``20,50`` and ``1.132,20`` have a decimal comma, for no thousand has two digits; ``1,132`` has
    a comma for thousands. ``1.200`` is a thousand two hundred only where ``thousands_by_point``.
    """
    text = re.sub(rf"{_GAP}|['’]", "", digits)
    if re.fullmatch(r"\d+", text):
        return text
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+", text):
        return text.replace(",", "")
    if re.fullmatch(r"(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}|\d{1,3}(?:\.\d{3})*,\d{4,}|0,\d+", text):
        return text.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", text):
        return text.replace(".", "")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        return text.replace(".", "") if thousands_by_point else None
    return None


@lru_cache(maxsize=1)
def _translations() -> tuple[_Rule, ...]:
    """Return pattern → English, for the words around an amount."""
    period, every = grouped("period"), grouped("every")
    per = pattern(words("per"))
    rules: list[tuple[str, str]] = []
    sign = rf"(?:(?:{SIGN})\s?|[A-Z]{{3}}\s)"
    digits = r"[\d.,]*\d[KM]?"
    # Atomic: no part of a number is a number.
    number = rf"(?>{sign}{digits}(?:\s?[-–—]\s?{sign}?{digits})?\+?\*?)"
    tax = pattern(words("tax"))
    about = rf"(?:(?:{pattern(words('about'))})\s*|[~≈]\s?)?"
    # + VAT is no further price.
    rules.append(
        (r"(?<=[\w.)])\s*\+\s*(VAT|GST|sales tax|MwSt\.?|USt\.?|TVA|IVA|BTW)(?!\w)", r" plus \1")
    )
    # 7.19 € TTC/mois: what the tax is stands behind, as a remark.
    rules.append((rf"({number})\s*[(（]?({tax})[)）]?(.*)", r"\1\3 (\2)"))
    known = pattern(tuple(word for entries in period.values() for word in entries))
    other_unit = rf"/(?!(?:{known})(?!\w))[^\W\d_](?>[\w-]*)"
    for name, entries in every.items():
        every_ = pattern(entries)
        rules.append(
            (rf"(?:{every_})\s*[:：]?\s*({about}{number}(?:{other_unit})?)(?!\s*/)", rf"\1/{name}")
        )
        rules.append((rf"({number})\s*[,(]?\s*(?:{every_})\)?(?=$|[\s,)*(])", rf"\1/{name}"))
    for name, entries in period.items():
        # What the grammar reads by itself stays as it is, in remarks too.
        unit = pattern(tuple(word for word in entries if period_of(word) is None))
        rules.append((rf"(?<=[\w+*)])\s*/\s*(?:{unit})", f"/{name}"))
        rules.append((rf"(?<=[\d+*KM)])\s+(?:{per})\s*(?:{unit})", f"/{name}"))
        each = rf"(?:each|every)\s+(?:{pattern(entries)})"
        rules.append((rf"(?<=[\d+*KM)])\s+{each}", f"/{name}"))
    free = pattern(tuple(word for word in words("free") if word != "free"))
    rules.append((rf"^(?:{free})(?!\w)", "Free"))
    amount = rf"(?=(?:(?:{SIGN})|[A-Z]{{3}} )?\s?\d)"
    rules.append((rf"(?<!\w)(?:{pattern(words('up_to'))})\s*{amount}", "up to "))
    rules.append((rf"^(?:{pattern(words('at_least'))})\s*{amount}", "from "))
    rules.append((rf"^({number}\S*)\s?(?:から|以上)$", r"from \1"))
    once = pattern(tuple(word for word in words("once") if word not in ("once",)))
    rules.append((rf"({number})\s*[,(]?\s*(?:{once})\)?(?=$|[\s,)])", r"\1 (one-time)"))
    rules.append(
        (rf"^(?:{pattern(words('once'))})\s*[:：]?\s*({number})(?=$|[\s,(])", r"\1 (one-time)")
    )
    # 0.99 € par billet, 5 € pro Nutzer: of a unit that only its author can name.
    foreign = pattern(
        tuple(word for word in words("per") if len(word) > 1 and word not in _ENGLISH)
    )
    rules.append((rf"(?<=[\d+*KM)])\s+(?:{foreign})\s+(?=[^\W\d_])", " per "))
    for name, entries in period.items():  # 5 € pro Nutzer und Monat
        joint = rf"(?:{per}|und|and|et|y|e)\s+(?:{pattern(entries)})"
        rules.append((rf"((?:/|\sper\s)[^\W\d_]+)\s+{joint}$", rf"\1/{name}"))
    return tuple((re.compile(text, re.I), methodcaller("expand", new)) for text, new in rules)


_ENGLISH = ("per", "an", "each", "every")


def _translated(text: str) -> str:
    before = text
    for pattern_, new in _translations():
        text = pattern_.sub(new, text)
    text = _PERCENT.sub(r"\1.\2\3", text)
    if text != before and not any(character >= "\u2e80" for character in text):
        # The words are of a language that parts thousands by points, or writes no such number.
        text = _THOUSANDS.sub(r"\1\2", text)
    return text


_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{1,2})(\s?%)")
_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2})\.(\d{3})(?![\d.,])")

"""Calculations in prose, in any currency: ``5 meses × 980 € = 4.900 €`` as ``5 * 980``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from statusgen.roadmap.dialect import BY_POINT, current
from statusgen.roadmap.money import SIGN as SIGNS
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.price_spelling import respelled
from statusgen.roadmap.vocabulary import grouped, pattern, words

SIGN = rf"(?:{SIGNS}|(?:{CODES})\s)"
"""What stands in front of an amount, once its spelling is the common one."""
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?"

_END = r"(?:\b|(?=[\u3040-\u9fff])[\u3040-\u9fff]{1,4})"
_TERM = rf"(?:{SIGN})?(?:{NUMBER})[KM]?{_END}(?![.,]?\d)%?"
_WORDS = r"(?:/\w+)?(?:\s+[^\W\d_][\w/]*){0,3}"
_EQUATION = re.compile(
    rf"(?<![^\W\u3040-\u9fff])(?<![.,$%€£/-])(?P<terms>{_TERM}{_WORDS}(?:\s*[-+−–×x*·/÷]\s+{_TERM}{_WORDS}){{1,8}})"
    rf"\s*=\s*(?P<approx>~)?(?P<result>{_TERM})"
)
_PIECE = re.compile(
    rf"(?P<op>(?<!^)\s[-+−–×x*·/÷]\s)|(?P<sign>{SIGN})?(?<![^\W\d_])(?P<number>{NUMBER})(?P<scale>[KM]\b)?(?P<pc>%)?"
)
_OPERATORS = {"−": "-", "–": "-", "×": "*", "x": "*", "·": "*", "÷": "/"}
_MANY = re.compile(r"\bper (?P<many>million|1M|thousand|1,?000|1K)\b", re.I)
"""The price of so many: *3M requests × $0.40 per million*."""
_AMBIGUOUS = re.compile(r"(?<![\d.,$€£])(?:\d+,\d{1,2}|\d{1,3}\.\d{3})(?![\d.,]|%)")
"""A bare number that is one thing in English and another elsewhere."""


_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_IN_LETTERS = re.compile(r"(?<=\d)k(?![^\W_])")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])0,\d")
_BY_COMMA = re.compile(r"(?<![\d.,$])\d{1,3},\d{3}(?![\d.,])")
"""One thing where commas part thousands, another where they stand before decimals."""
_SURCHARGE = re.compile(r"[-+−–]\s+\d[\d.,]*\s?%")
"""*$500 + 19 %* adds a share of what stands before it, which the words tell and no rule here."""
_EITHER = re.compile(r"€\s?[1-9]\d{0,2}\.\d{3}(?!\d)")
"""*€1.200* is 1200 to some, and 1.2 to others."""
_UNIT_BEHIND = re.compile(r"/\w+")
_RANGE = re.compile(r"\s?[-–—]\s?\d")
"""A result from one amount to another."""


_NAMED_TERM = re.compile(
    r"\d[\d.,]*[KM]?(?:\s?/\s?\w+|\s?%)?(?:\s+[^\W\d_]\S*){0,3}\s+[+−×x*÷]\s+(?:[^\W\d_][^\s=;:]*(?:\s+|$)){1,6}$"
)
"""In front of an amount that words name as a term: *$25 + support $110 − $10 = $125*, *2 × large at
 $1.36 × 730 h*."""
_GOES_ON = re.compile(r"[-+−–]\s*[^=.;,]{0,4}\d[^=;]{0,60}=")
"""Behind a result: it is the first term of what stands before the next sign of equality."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """One calculation whose terms or result are money."""

    whole: str
    terms: str
    formula: str
    """As :mod:`statusgen.roadmap.formula` reads it."""
    result: str
    """In the common spelling."""
    stated: str
    """The result as its author wrote it."""
    approx: bool
    money: bool
    """Whether one of the terms is an amount of money."""
    sure: bool = True
    """Whether nothing beside it may make its result something else: a discount, a tax, a chain."""
    converts: bool = False
    """Whether it goes from one unit to another without a word: TB × $/GB, days × €/hour."""


def calculations(text: str) -> Iterator[Calculation]:
    """Yield the calculations of a line that stand alone."""
    if "=" not in text:
        return
    common = _THOUSANDS.sub("", _IN_LETTERS.sub("K", respelled(text)))
    if (common != text and _AMBIGUOUS.search(common)) or _DECIMAL_COMMA.search(common):
        return
    if current().numbers == BY_POINT and _BY_COMMA.search(common):
        return
    for match in _EQUATION.finditer(common):
        tokens, money = _tokens(match["terms"])
        sensible = len(tokens) % 2 == 1 and all(t in "+-*/" for t in tokens[1::2])
        if not sensible or any(t in "+-*/" for t in tokens[::2]) or not _is_whole(common, match):
            continue
        if (
            _EITHER.search(match[0])
            or _SURCHARGE.search(match["terms"])
            or _RANGE.match(common, match.end())
        ):
            continue
        unit = _UNIT_BEHIND.match(common, match.end())
        yield Calculation(
            match[0] + (unit[0] if unit else ""),
            match["terms"],
            " ".join(tokens),
            match["result"],
            _written(text, common[: match.start("result")].count("=")) or match["result"],
            bool(match["approx"]) or "≈" in match[0],
            money,
            _is_sure(common, match),
            converts(match[0] + (unit[0] if unit else "")),
        )


_TIME = pattern(
    tuple(
        word for kind in ("period", "every") for known in grouped(kind).values() for word in known
    )
)
_END_OF_RESULT = re.compile(
    rf"(?:\s?/\s?\w+|\s+(?:{pattern(words('per'))})\s*(?:{_TIME})|\s+(?:{_TIME})|\s+(?:{pattern(words('total'))})"
    rf"|\s+(?!(?:{pattern(words('rounded'))}))[^\W\d_]+)?\s*"
    r"(?:$|[.;:!?。；）)\]|]|,(?!\d)|\s[–—]\s)",
    re.I,
)
_LEVIED = re.compile(
    rf"%|(?<!\w)(?:{pattern((*words('levy'), *words('saving'), *words('tax')))})", re.I
)
_UNIT = re.compile(r"(?<=\d)[KM]?\s?/?\s?(?!(?:x|K|M)\b)[^\W\d_]\w*")
_RATE = re.compile(r"/\s?([^\W\d_]+)")
_MODEL = re.compile(r"[^\W\d_]\d|\d\s?\^")


def _is_sure(text: str, match: re.Match[str]) -> bool:
    """Whether a calculation stands for itself in its sentence.

    A result that words follow may be after tax or rounded up; what stands behind another sign of
    equality goes on from there; more than two factors with units may convert one into another.
    """
    begin = max(text.rfind(end, 0, match.start()) for end in (". ", "; ", ": ", "。", "；", "："))
    before, behind = text[begin + 1 : match.start()], text[match.end() :]
    *others, last = re.split(r",\s|\s(?:and|und|et|y|e|en)\s", before)
    goes_on = "=" in text[: match.start()] and _AT.search(last)
    if re.search(r"=|(?<![^\W\d_])\d", last) or goes_on or _MODEL.search(match["terms"]):
        return False
    if any(re.search(r"\d", one) and "=" not in one for one in others):
        return False  # *base $20, plus 500 users × $0.05 = $45*
    if _LEVIED.search(before) or _LEVIED.search(re.split(r"[.;]\s(?=[A-Z])|[。；]", behind)[0]):
        return False
    terms = [re.split(r"\s[×x*·]\s", one) for one in re.split(r"\s[-+−–]\s", match["terms"])]
    return (
        all(map(_is_of_one_unit, terms))
        and _END_OF_RESULT.match(behind) is not None
        and len(set(re.findall(SIGN, match[0]))) < 2
    )


_AT = re.compile(rf"(?:^|\s)(?:{pattern(words('at'))})\s*$", re.I)


def _is_of_one_unit(factors: Sequence[str]) -> bool:
    """Whether no factor may have to be brought to the unit of another."""
    if any(_UNIT.search(one) for one in factors[1:-1]):
        return False
    for place, factor in enumerate(factors):
        others = " ".join((*factors[:place], *factors[place + 1 :]))
        if any(rate not in others for rate in _RATE.findall(factor)) and _UNIT.search(others):
            return False  # *2 PT × 60 €/h*: one unit holds several of the other
    return True


_BYTES = re.compile(r"(?<![^\W\d_])([KMGTP])i?B(?![^\W\d_])")
_PERIODS = {
    period: re.compile(rf"(?:(?<=[\d/])|(?<![^\W\d_]))(?:{pattern(entries)})", re.I)
    for period, entries in grouped("period").items()
}


def converts(whole: str) -> bool:
    """Whether a calculation names two units of one kind: bytes of two sizes, two periods."""
    if len(set(_BYTES.findall(whole))) > 1:
        return True
    return sum(bool(names.search(whole)) for names in _PERIODS.values()) > 1


def _tokens(terms: str) -> tuple[list[str], bool]:
    tokens: list[str] = []
    money = False
    for piece in _PIECE.finditer(terms):
        if piece["op"]:
            sign = piece["op"].strip()
            tokens.append(_OPERATORS.get(sign, sign))
            continue
        number = Decimal(piece["number"].replace(",", ""))
        number *= {"K": 1000, "M": 1_000_000}.get(piece["scale"] or "", 1)
        money = money or bool(piece["sign"])
        tokens.append(f"{number:f}" if not piece["pc"] else f"({number:f} / 100)")
    many = _MANY.search(terms)
    if many and len(tokens) > 1 and tokens[-1].rstrip("0") == "1":
        tokens.pop()  # "per 1,000" gave a number of its own
    if many and tokens:
        tokens += ["/", "1000000" if many["many"].lower() in ("million", "1m") else "1000"]
    return tokens, money


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether a calculation stands alone: not a piece of a longer one, nor half of a bracket."""
    before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if re.search(r"(?:[-+−–×*·/÷)=]|(?<![^\W\d_])x)$", before) or re.match(
        r"[×*÷=]|x\s?\d", behind
    ):
        return False
    if _NAMED_TERM.search(before):
        return False
    if _GOES_ON.match(behind):
        return False  # "2 × 25 + 3 × 12 = 50 + 36 = 86" goes on by its parts
    return not before.endswith("(") or "=" in text[match.start() :].partition(")")[0]


def _written(text: str, equals: int) -> str:
    """Return the amount behind so many signs of equality, as it was written."""
    behind = text.split("=", equals)[equals].lstrip(" ~≈") if text.count("=") >= equals else ""
    match = re.match(
        rf"(?:{SIGN}\s?|[^\W\d]{{1,4}}\.?\s?)?"
        r"\d(?:[\d.,'’]{0,19}\d)?(?:[ \u00a0\u202f]\d{3}){0,4}[KM]?"
        rf"(?:\s?(?:[$€£₵₦₹¥₩₽₺]|円|元|원|zł|kr\b|руб\.?|(?:{CODES})\b))?",
        behind,
    )
    return match[0].rstrip(" .,") if match else ""

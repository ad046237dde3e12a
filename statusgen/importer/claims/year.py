"""``$784/month ($9,408/year)``, *180 $/mes, es decir 2.160 $ al año*: twelve times the first."""

from __future__ import annotations

import re

from statusgen.importer.calculations import NUMBER, SIGN
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken, amount, as_written
from statusgen.roadmap.claims import Amount, Year
from statusgen.roadmap.price_spelling import respelled
from statusgen.roadmap.vocabulary import grouped, pattern, words

_PER = rf"(?:\s?/\s?|\s+(?:{pattern(words('per'))})\s*)"


def _of(period: str) -> str:
    """Return a pattern of what stands behind an amount of a period."""
    names, every = grouped("period")[period], grouped("every").get(period, ())
    return rf"(?:{_PER}(?:{pattern(names)})|\s+(?:{pattern((*every, 'annually', 'monthly'))}))"


_AMOUNT = rf"~?{SIGN}(?:{NUMBER})[KM]?(?!\w)"
_SAYS = rf"(?:\s?[(（,;:=≈|]|\s*(?:{pattern((*words('restated'), '='))}))*"
_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>{_AMOUNT}){_of('month')}{_SAYS}\s*(?P<year>{_AMOUNT})\s?{_of('year')}", re.I
)
_OTHERWISE = re.compile(
    r"\d\s?%|\bpaid\b|at once|in advance|up-?front|im voraus|d'avance|por adelantado|"
    r"discount|\boff\b|sav|billed|free|rabatt|remise|descuento|desconto|sconto|割引",
    re.I,
)
"""What makes a year cost something else."""
_SHORTER = re.compile(
    r"(?:/\s?|\bper |\ban? )(?:hour|hr|day|week)s?\b|daily|weekly|hourly|"
    rf"(?:{pattern(words('per'))})\s(?:{pattern(grouped('period')['week'])}|{pattern(grouped('period')['day'])})",
    re.I,
)
"""A shorter period that both were rounded from."""


_MONEY = re.compile(_AMOUNT, re.I)
_AGAIN = re.compile(rf"=|≈|(?<!\w)(?:{pattern((*words('restated'), 'i.e.', 'that is'))})", re.I)


_ABOUT = re.compile(rf"(?<!\w)(?:{pattern(words('about'))})", re.I)
_LEVIED = re.compile(rf"(?<!\w)(?:{pattern((*words('levy'), *words('tax')))})", re.I)


def _says_again(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence says nothing but what a month is in a year.

    Two prices of one plan (*$20/mo or $200/yr*, *$20/mo ($200/yr)*) are two offers where the year
    is less; seats, further amounts and dates make a year something else.
    """
    begin = max(text.rfind(end, 0, match.start()) for end in (". ", "; ", "。", "；")) + 1
    sentence = text[begin:].partition(". ")[0]
    between = text[match.end("month") : match.start("year")]
    others = _MONEY.sub("", sentence)
    if len(_MONEY.findall(sentence)) > 2 or re.search(r"\d", others):
        return False
    if not re.match(r"\s*(?:$|[.;:!?)）,])", text[match.end() :]):
        return False  # *net*, *with tax*
    if _ABOUT.search(sentence) or _LEVIED.search(sentence):
        return False
    month, year = amount(match["month"]), amount(match["year"])
    if month is None or year is None:
        return False
    bracket = re.search(r"[(（]\s*$", between)
    less = 0 < year.value.low < 12 * month.value.low and year.value.low >= 8 * month.value.low
    if less and "=" not in between:
        return False
    return bool(_AGAIN.search(between) or bracket)


def read(spoken: Spoken, found: Collected) -> None:
    """Read an amount a month with the same a year behind it."""
    text = respelled(spoken.text)
    for match in _MONTH_AND_YEAR.finditer(text):
        month, year = amount(match["month"]), amount(match["year"])
        if month is None or year is None or month.unit != year.unit:
            continue
        approx = "~" in match[0] or "≈" in match[0]
        otherwise = bool(_OTHERWISE.search(text[match.start() :]) or _SHORTER.search(text))
        otherwise = otherwise or not _says_again(text, match)
        one, twelve = (
            Amount(as_written(spoken.text, each.raw), each.value, each.unit, approx)
            for each in (month, year)
        )
        found.claims.sentences.append(Year(spoken.place("year"), one, twelve, otherwise))

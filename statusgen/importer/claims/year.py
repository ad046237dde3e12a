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


def read(spoken: Spoken, found: Collected) -> None:
    """Read an amount a month with the same a year behind it."""
    text = respelled(spoken.text)
    for match in _MONTH_AND_YEAR.finditer(text):
        month, year = amount(match["month"]), amount(match["year"])
        if month is None or year is None or month.unit != year.unit:
            continue
        approx = "~" in match[0] or "≈" in match[0]
        otherwise = bool(_OTHERWISE.search(text[match.start() :]) or _SHORTER.search(text))
        one, twelve = (
            Amount(as_written(spoken.text, each.raw), each.value, each.unit, approx)
            for each in (month, year)
        )
        found.claims.sentences.append(Year(spoken.place("year"), one, twelve, otherwise))

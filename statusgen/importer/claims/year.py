"""``$784/month ($9,408/year)``: the second is twelve times the first."""

from __future__ import annotations

import re

from statusgen.importer.calculations import NUMBER, SIGN
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken, amount
from statusgen.roadmap.claims import Amount, Year
from statusgen.roadmap.model import Figure

_MONTH_AND_YEAR = re.compile(
    rf"(?P<month>~?{SIGN}(?:{NUMBER})[KM]?\b)\s?(?:/mo(?:nth)?\b|per month|a month|monthly)"
    rf"(?:\s?[(,;=≈|]|,?\s+(?:or|i\.e\.|which is|=|that is))*\s*"
    rf"(?P<year>~?{SIGN}(?:{NUMBER})[KM]?\b)\s?(?:/y(?:ea)?r\b|per year|a year|annually|yearly)",
    re.I,
)
_OTHERWISE = re.compile(
    r"discount|\boff\b|sav|billed|free"
    r"|(?:/\s?|\bper |\ban? )(?:hour|hr|day|week)s?\b|daily|weekly|hourly",
    re.I,
)
"""What makes a year cost something else, or a shorter period that both were rounded from."""


def read(spoken: Spoken, found: Collected) -> None:
    """Read an amount a month with the same a year behind it."""
    for match in _MONTH_AND_YEAR.finditer(spoken.text):
        month, year = amount(match["month"]), amount(match["year"])
        if month is None or year is None or month.unit != year.unit:
            continue
        approx = "~" in match[0] or "≈" in match[0]
        otherwise = bool(_OTHERWISE.search(spoken.text))
        one, twelve = _amount(month, approx), _amount(year, approx)
        found.claims.sentences.append(Year(spoken.place("year"), one, twelve, otherwise))


def _amount(figure: Figure, approx: bool) -> Amount:
    return Amount(figure.raw, figure.value, figure.unit, approx)

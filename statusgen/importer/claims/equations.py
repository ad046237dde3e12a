"""``$15K MRR - $800 costs = $14.2K profit`` with the margin beside it, ``110 × 430 = 47,300``."""

from __future__ import annotations

import re

from statusgen.importer.calculations import calculations
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken, amount, percents
from statusgen.roadmap.model import ClaimKind, Figure, parse_figure

_MULTIPLIED = re.compile(r"\d+(?:\.\d+)?(?: \* \d+(?:\.\d+)?)+")
_PERIOD = re.compile(r"/(hour|hr|day|week|month|mo|year|yr)\b")


def read(spoken: Spoken, found: Collected, *, in_table: bool = False) -> None:
    """Read the calculations of a line that come to money, and products of whatever it counts.

    What the headers of a table say of its cells (``in_table``) no calculation knows.
    """
    for one in calculations(spoken.text):
        counted = not one.money and _MULTIPLIED.fullmatch(one.formula)
        result = parse_figure(one.result) if counted else amount(one.result)
        if result is None or not (one.money or counted):
            continue
        stated = Figure(one.stated, result.value, unit=result.unit, approx=one.approx)
        # Several periods may be converted without a word, and bare numbers are of anything.
        several = in_table or one.converts or not (one.sure and one.money)
        several = several or len(set(_PERIOD.findall(one.whole))) > 1
        kind = ClaimKind.SUM
        try:
            found.reckon(spoken, "calculation", kind, stated, one.formula, only_right=several)
        except ValueError:
            continue
        _margin(spoken, found, result, one.terms)


def _margin(spoken: Spoken, found: Collected, profit: Figure, terms: str) -> None:
    """``margin 95% ($15K revenue - $800 = $14.2K profit)``."""
    revenue = amount(terms)
    stated = percents(spoken.text)
    if revenue is None or not revenue.value.low or len(stated) != 1:
        return
    if "margin" in spoken.text.lower() and re.search(r"\s[-−–]\s", terms):
        values = {"profit": profit.value, "revenue": revenue.value}
        way = "profit / revenue"
        found.reckon(spoken, "margin", ClaimKind.MARGIN, stated[0], way, values=values)

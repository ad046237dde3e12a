"""``$784 saved (85% reduction)`` beside two tables, or beside two ranges."""

from __future__ import annotations

import re

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.goals import TablePair, ranges, table_pair
from statusgen.importer.claims.prose import FROM_TO, SAVED, Spoken, amount, percents
from statusgen.importer.tree import Section
from statusgen.roadmap.claims import Amount
from statusgen.roadmap.model import ClaimKind, Figure
from statusgen.roadmap.money import Range

_SAVING = re.compile(r"\b(sav(?:e[sd]?|ings?)|reduc\w+|cheaper|lower)\b", re.I)
_YEARLY = re.compile(r"annual|year", re.I)


def read(found: Collected, lines: list[Spoken]) -> None:
    """Read what a document says that it saves, where it names both ends."""
    pair = table_pair(found)
    ends = {id(one.section): one for one in ranges(lines)}
    for spoken in lines:
        if not _SAVING.search(spoken.text):
            continue
        if pair is not None and _beside(spoken.section, pair):
            _of_tables(found, spoken, pair)
        elif one := ends.get(id(spoken.section)):
            values = {"before": one.before.value, "after": one.after.value}
            if one.before.value.low > 0:
                _share(found, spoken, percents(spoken.text)[:1], values)


def _beside(section: Section, pair: TablePair) -> bool:
    return section in pair.after.parent.sections or section is pair.after.section


def _share(
    found: Collected, spoken: Spoken, stated: list[Figure], values: dict[str, Range]
) -> None:
    for one in stated:
        way = "1 - after / before"
        found.reckon(spoken, "percent", ClaimKind.PERCENT, one, way, values=values)


def _of_tables(found: Collected, spoken: Spoken, pair: TablePair) -> None:
    if FROM_TO.search(spoken.text):
        return
    months = _ends(pair.before.monthly, pair.after.monthly)
    years = _ends(pair.before.annual, pair.after.annual)
    if months is None:
        return
    if months[0].is_point and months[1].is_point and months[0].low:
        values = {"before": months[0], "after": months[1]}
        _share(found, spoken, percents(spoken.text), values)
    match = SAVED.search(spoken.text)
    what = amount(match["a"] or match["b"]) if match else None
    if what is None:
        return
    values = {"before": months[0], "after": months[1]}
    ways = ["before - after", "(before - after) * 12"]
    if years is not None:
        values |= {"before.year": years[0], "after.year": years[1]}
        ways[1] = "before.year - after.year"
    if not all(value.is_point for value in values.values()):
        return
    if _YEARLY.search(spoken.text):
        ways.reverse()
    found.reckon(spoken, "saved", ClaimKind.SAVING, what, *ways, values=values)


def _ends(one: Amount | None, two: Amount | None) -> tuple[Range, Range] | None:
    if one is None or two is None or one.amount is None or two.amount is None:
        return None
    return one.amount, two.amount

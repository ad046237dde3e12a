"""Ranges that a document names for what is and for what shall be, against its two tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statusgen.importer.claims.collected import Collected, TotalOf
from statusgen.importer.claims.prose import Spoken, span
from statusgen.importer.tree import Section
from statusgen.roadmap.claims import Place, Reckoned
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.model import ClaimKind, Figure

_BEFORE = re.compile(
    r"\b(before|current|today|old|traditional|existing|as[- ]is|status quo|so far)\b", re.I
)
_AFTER = re.compile(
    r"\b(after|target|goal|new|proposed|future|to[- ]be|planned|optimi[sz]ed|lean)\b", re.I
)


@dataclass(frozen=True, slots=True)
class TablePair:
    """What things cost before, and what after."""

    before: TotalOf
    after: TotalOf


@dataclass(frozen=True, slots=True)
class Ends:
    """The ranges that a section names for what is and for what shall be."""

    section: Section
    lines: tuple[int, int]
    before: Figure
    after: Figure


def read(found: Collected, lines: list[Spoken]) -> None:
    """Hold such ranges ready against the totals of the tables."""
    pair = table_pair(found)
    if pair is None:
        return
    for ends in ranges(lines):
        sides = ((ends.before, pair.before), (ends.after, pair.after))
        for number, (stated, table) in zip(ends.lines, sides, strict=True):
            total = table.monthly
            if total is None or total.amount is None or total.currency != stated.unit:
                continue
            place = Place(number, ("claims", ends.section.title.text, "range"))
            formula, values = parse_formula("total"), {"total": total.amount}
            claim = Reckoned(place, ClaimKind.RANGE, stated, (formula,), values)
            found.claims.sentences.append(claim)


def table_pair(found: Collected) -> TablePair | None:
    """Return the two tables of a comparison, where the document has exactly one."""
    pairs = [
        TablePair(one, two)
        for one, two in zip(found.totals, found.totals[1:], strict=False)
        if one.parent is two.parent
        and _BEFORE.search(one.name)
        and _AFTER.search(two.name)
        and not _BEFORE.search(two.name)
        and one.monthly
        and two.monthly
        and one.monthly.currency == two.monthly.currency
    ]
    return pairs[0] if len(pairs) == 1 else None


def ranges(lines: list[Spoken]) -> list[Ends]:
    """Return the sections in which one line names what is and one what shall be."""
    sides: dict[int, dict[str, tuple[Spoken, Figure]]] = {}
    for spoken in lines:
        label = spoken.line.lead or spoken.text.partition(":")[0]
        stated = span(spoken.text)
        if stated is None or len(label) > 40 or spoken.line is spoken.section.title:
            continue
        own = sides.setdefault(id(spoken.section), {})
        if _BEFORE.search(label):
            own.setdefault("before", (spoken, stated))
        elif _AFTER.search(label):
            own.setdefault("after", (spoken, stated))
    return [
        Ends(one.section, (one.line.number, two.line.number), before, after)
        for own in sides.values()
        if len(own) == 2
        for (one, before), (two, after) in [(own["before"], own["after"])]
    ]

"""Totals that the sentence behind a table says again: ``Das macht 383,64 € im Jahr.``"""

from __future__ import annotations

from itertools import pairwise

from statusgen.importer.claims.cells import cell
from statusgen.importer.claims.collected import Collected, TotalOf
from statusgen.importer.claims.prose import MAX_TEXT, Spoken
from statusgen.importer.restated import SENTENCE, yearly
from statusgen.importer.tree import Paragraph, Table
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.claims import Amount, Place, Year


def read(found: Collected, lines: list[Spoken]) -> None:
    """Read such sentences."""
    del lines
    for total in found.totals:
        if total.monthly is None or total.annual is not None:
            continue
        for block, after in pairwise(total.section.blocks):
            if not isinstance(block, Table) or not isinstance(after, Paragraph):
                continue
            if block.line <= total.line < after.line:
                _year_of_total(found, total, total.monthly, after)


def _year_of_total(found: Collected, total: TotalOf, month: Amount, after: Paragraph) -> None:
    year = cell(next(filter(None, map(yearly, SENTENCE.split(after.text[:MAX_TEXT])[:2])), ""))
    if year.amount is None or month.amount is None or year.currency != month.currency:
        return
    if not fits(year.amount, month.amount):  # else the table is one of a year itself
        place = Place(after.line, ("claims", total.name, "year"))
        found.claims.sentences.append(Year(place, month, year, of_total=total.line))

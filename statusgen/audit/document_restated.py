"""Totals that the sentence behind a table says again: ``Das macht 383,64 € im Jahr.``"""

from __future__ import annotations

from itertools import pairwise

from statusgen.audit.cells import cell, show
from statusgen.audit.document import DocumentAudit, Stated
from statusgen.audit.finding import Verdict
from statusgen.audit.prose import MAX_TEXT
from statusgen.base.saying import Saying
from statusgen.importer.restated import SENTENCE, yearly
from statusgen.importer.tree import Paragraph, Table
from statusgen.roadmap.agreement import fits, is_year_of
from statusgen.roadmap.money import Range


def check(audit: DocumentAudit) -> None:
    """Check every such sentence."""
    for total in audit.totals:
        if total.monthly is None or total.annual is not None:
            continue
        for block, after in pairwise(total.section.blocks):
            if not isinstance(block, Table) or not isinstance(after, Paragraph):
                continue
            if block.line <= total.monthly.line < after.line:
                _year_of_total(audit, total.name, total.monthly, after)


def _year_of_total(audit: DocumentAudit, name: str, month: Stated, after: Paragraph) -> None:
    text = " ".join(line.text for line in after.lines)
    stated = next(filter(None, map(yearly, SENTENCE.split(text[:MAX_TEXT])[:2])), "")
    year = cell(stated)
    if year.amount is None or year.currency != month.currency:
        return
    if fits(year.amount, month.amount):  # the table is one of a year itself
        return
    if any(found.line == month.line and found.is_fault for found in audit.findings):
        return  # the total itself is in question: which of the two is wrong, nobody can tell
    holds = is_year_of(year.amount, month.amount, approx=month.approx or year.approx)
    derived = show(month.amount.scaled(Range.point(12)), month.currency)
    audit.add(
        "COST006", after.line, ("claims", name, "year"),
        Verdict.HOLDS if holds else Verdict.CONTRADICTED,
        Saying(
            f"findings.month-and-year-{'holds' if holds else 'contradicted'}",
            {"month": month.text, "derived": derived, "stated": stated},
        ),
        stated=stated, derived=derived, formula=f"12 × {month.text} = {derived}",
    )  # fmt: skip

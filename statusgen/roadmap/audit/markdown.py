"""The audit of any Markdown document: its tables, its plan, and the numbers in its prose.

Every check tries more than one reading of a table before it speaks of a fault: totals may stand on
top, cover a part, or run on. What cannot be told is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

from statusgen.roadmap.audit import (
    coverage,
    document_break_even,
    document_claims,
    document_goals,
    document_tables,
    impacts,
    prices,
    promises,
    stages,
    windows,
)
from statusgen.roadmap.audit.context import Audit, Check
from statusgen.roadmap.audit.document import DocumentAudit
from statusgen.roadmap.audit.finding import Finding, Severity, Verdict, told_apart
from statusgen.roadmap.costs import is_priced
from statusgen.roadmap.importer import read_document
from statusgen.roadmap.importer.plan import plan_of
from statusgen.roadmap.importer.staged import find_stages
from statusgen.roadmap.importer.tree import Section, parse

_PLAN_CHECKS: tuple[Check, ...] = (
    stages.basis,
    coverage.check,
    impacts.check,
    prices.check,
    windows.check,
    promises.superlatives,
)
"""The rules that need the document read as a roadmap; its sums and claims are checked as written,
in more readings than a roadmap file leaves."""


_STAGE_RULES = ("COST002", "COST008")


def audit_markdown(source: Path | bytes | str, name: str) -> list[Finding]:
    """Check every sum and every claim of a document; findings come by line, then rule.

    ``source`` is a file, its bytes, or its text; ``name`` is the file's name in the findings.
    Findings where the claim holds are returned too; see :attr:`Finding.is_fault`. Raises
    InputError for a file that cannot be read.
    """
    raw = source.encode("utf-8", "replace") if isinstance(source, str) else source
    root = parse(read_document(raw, name).text)
    audit = DocumentAudit(name, root, find_stages(root))
    document_tables.check(audit)
    document_claims.check(audit)
    document_goals.check(audit)
    document_break_even.check(audit)
    judged = {finding.subject for finding in audit.findings if finding.rule in _STAGE_RULES}
    found = [*audit.findings, *_plan(root, name, judged)]
    return list(told_apart(sorted(found, key=lambda f: (f.line, f.rule, f.subject))))


def _plan(root: Section, name: str, judged: Set[str]) -> Iterator[Finding]:
    plan = plan_of(root, name)
    if plan is None:
        return
    audit = Audit.of(plan, of_document=True)
    yield from _stage_totals(audit, judged)
    for check in _PLAN_CHECKS:
        for finding in check(audit):
            # Where one reading of the stage costs fits all, a document has said enough.
            if finding.rule != "COST003" or finding.verdict is Verdict.CONTRADICTED:
                yield finding


def _stage_totals(audit: Audit, judged: Set[str]) -> Iterator[Finding]:
    """Hold stage costs against their items, where no breakdown of the document gave a verdict.

    A document need not price everything that it lists: then the sum shows nothing.
    """
    whole = {
        f"stages.{stage.id}.cost"
        for stage in audit.roadmap.stages
        if stage.items and all(is_priced(item) for item in stage.items)
    }
    for finding in stages.totals(audit):
        if finding.subject in judged:
            continue
        if finding.verdict is Verdict.HOLDS or finding.subject in whole:
            yield finding
        else:
            yield replace(finding, verdict=Verdict.OPEN, severity=Severity.INFO)

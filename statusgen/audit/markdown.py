"""The audit of any Markdown document: its tables, its plan, and the numbers in its prose.

Every check tries more than one reading of a table before it speaks of a fault: totals may stand on
top, cover a part, or run on. What cannot be told is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from statusgen.audit import (
    coverage,
    document_break_even,
    document_claims,
    document_goals,
    document_restated,
    document_tables,
    impacts,
    prices,
    promises,
    stages,
    windows,
)
from statusgen.audit.context import Audit, Check
from statusgen.audit.document import DocumentAudit
from statusgen.audit.drift import Mention, mentions
from statusgen.audit.drifting import check as check_drift
from statusgen.audit.finding import Finding, Severity, Verdict, told_apart
from statusgen.base.saying import Saying
from statusgen.importer import read_document
from statusgen.importer.outline import outline
from statusgen.importer.plan import plan_of
from statusgen.importer.staged import find_stages
from statusgen.importer.tree import Section
from statusgen.roadmap.costs import is_priced
from statusgen.roadmap.model import Roadmap, Wizard

_PLAN_CHECKS: tuple[Check, ...] = (
    stages.basis,
    coverage.check,
    impacts.check,
    prices.check,
    windows.check,
    promises.superlatives,
    check_drift,
)
"""The rules that need the document read as a roadmap; its sums and claims are checked as written,
in more readings than a roadmap file leaves."""


_MAY_STAY_OPEN = ("COST003", "COST023")
"""A document need not say what a roadmap file should: what costs count, or every price."""

_BARE = ("findings.number-unstated", "findings.usage-bare")
"""A price by unit or by usage with no cost beside it is a price, and nothing is wrong with it."""

_STAGE_RULES = ("COST002", "COST008")


@dataclass(frozen=True, slots=True)
class Text:
    """A document in Markdown, read for the audit."""

    name: str
    root: Section
    plan: Roadmap | None
    """The roadmap that it holds; its prices may be compared with those of other documents."""

    def audit(
        self, others: Sequence[Roadmap | Wizard] = (), today: date | None = None
    ) -> list[Finding]:
        """Check every sum and every claim; findings come by line, then rule.

        ``others`` are the documents to compare prices with. ``today`` tells whether the document's
        own date makes its prices stale; without it none are. Findings where the claim holds are
        returned too; see :attr:`Finding.is_fault`.
        """
        audit = DocumentAudit(self.name, self.root, find_stages(self.root))
        document_tables.check(audit)
        document_claims.check(audit)
        document_restated.check(audit)
        document_goals.check(audit)
        document_break_even.check(audit)
        judged = {finding.subject for finding in audit.findings if finding.rule in _STAGE_RULES}
        elsewhere = tuple(
            mention for other in others if other is not self.plan for mention in mentions(other)
        )
        found = [*audit.findings, *_plan(self.plan, judged, elsewhere)]
        if self.plan is not None and today is not None:
            found += _stale(Audit.of(self.plan, today=today, of_document=True))
        return list(told_apart(sorted(found, key=lambda f: (f.line, f.rule, f.subject))))


def read_text(source: Path | bytes | str, name: str) -> Text:
    """Read a document: a file, its bytes, or its text; ``name`` is its name in the findings.

    Raises InputError for a file that cannot be read.
    """
    raw = source.encode("utf-8", "replace") if isinstance(source, str) else source
    root = outline(read_document(raw, name).text)
    return Text(name, root, plan_of(root, name))


def audit_markdown(
    source: Path | bytes | str,
    name: str,
    others: Sequence[Roadmap | Wizard] = (),
    today: date | None = None,
) -> list[Finding]:
    """Read and audit one document; see :func:`read_text` and :meth:`Text.audit`."""
    return read_text(source, name).audit(others, today)


def _plan(
    plan: Roadmap | None, judged: Set[str], elsewhere: tuple[Mention, ...]
) -> Iterator[Finding]:
    if plan is None:
        return
    audit = Audit.of(plan, elsewhere, of_document=True)
    totals = list(_stage_totals(audit, judged))
    yield from totals
    wrong = any(total.verdict is Verdict.CONTRADICTED for total in totals)
    for check in _PLAN_CHECKS:
        for finding in check(audit):
            if finding.verdict is Verdict.OPEN and (
                finding.rule in _MAY_STAY_OPEN or finding.saying.key in _BARE
            ):
                finding = replace(finding, severity=Severity.INFO)
            if finding.rule == "COST003" and wrong:
                continue  # the wrong total, told above, is why no reading fits all
            yield finding


def _stale(audit: Audit) -> Iterator[Finding]:
    """Say once that the prices of an old document are old."""
    updated, today = audit.roadmap.updated, audit.today
    count = sum(1 for _ in mentions(audit.roadmap))
    if updated is None or today is None or not count:
        return
    age = (today - updated).days
    if age > prices.STALE_DAYS:
        days = Saying("findings.days", {"count": age})
        day = updated.isoformat()
        saying = Saying("findings.prices-old", {"count": count, "age": days, "day": day})
        yield audit.finding("COST021", (), "prices", Verdict.OPEN, saying, stated=updated)


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
        if finding.verdict is Verdict.HOLDS or (
            finding.verdict is Verdict.CONTRADICTED and finding.subject in whole
        ):
            yield finding
        else:
            yield replace(finding, verdict=Verdict.OPEN, severity=Severity.INFO)

"""The audit of a document: of the plan that it holds, and of the claims that it makes.

Every claim comes with the readings that it may have. What cannot be told is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from statusgen.audit import (
    apart,
    coverage,
    impacts,
    prices,
    promises,
    stage_claims,
    stages,
    sums,
    windows,
)
from statusgen.audit import claims as sentences
from statusgen.audit.context import Audit, Check
from statusgen.audit.drift import Mention, elsewhere, mentions
from statusgen.audit.drifting import check as check_drift
from statusgen.audit.finding import Finding, Severity, Verdict, told_apart
from statusgen.audit.said import Said
from statusgen.base.saying import Saying
from statusgen.roadmap.claims import Claims, Sum
from statusgen.roadmap.costs import is_priced
from statusgen.roadmap.model import Roadmap, Wizard

_PLAN_CHECKS: tuple[Check, ...] = (
    stages.basis,
    coverage.check,
    impacts.check,
    prices.check,
    windows.check,
    apart.check,
    promises.superlatives,
    check_drift,
)
"""The rules over a plan that the claims of a document do not answer already."""
_MAY_STAY_OPEN = ("COST003", "COST023")
"""A document need not say what a roadmap file should: what costs count, or every price."""
_BARE = ("findings.number-unstated", "findings.usage-bare")
"""A price by unit or by usage with no cost beside it is a price, and nothing is wrong with it."""
_STAGE_RULES = ("COST002", "COST008")


def audit_document(
    name: str,
    plan: Roadmap | None,
    claims: Claims,
    others: Sequence[Roadmap | Wizard] = (),
    today: date | None = None,
) -> list[Finding]:
    """Check every claim of a document; findings come by line, then rule.

    ``name`` is the document's in the findings. ``others`` are the documents to compare prices with.
    ``today`` tells whether the document's own date makes its prices stale; without it none are.
    Findings where the claim holds are returned too; see :attr:`Finding.is_fault`.
    """
    said = Said(name)
    sums.check(said, claims.sums)
    stage_claims.check(said, claims.stages)
    sentences.check_sentences(said, claims.sentences)
    judged = {finding.subject for finding in said.findings if finding.rule in _STAGE_RULES}
    totals = {claim.place.line for claim in claims.sums if isinstance(claim, Sum)}
    found = [*said.findings, *_plan(plan, judged, totals, elsewhere(plan, others))]
    if plan is not None and today is not None:
        found += _stale(Audit.of(plan, today=today, of_document=True))
    return list(told_apart(found))


def _plan(
    plan: Roadmap | None, judged: Set[str], lines: Set[int], others: tuple[Mention, ...]
) -> Iterator[Finding]:
    if plan is None:
        return
    audit = Audit.of(plan, others, of_document=True)
    totals = list(_stage_totals(audit, judged, lines))
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


def _stage_totals(audit: Audit, judged: Set[str], lines: Set[int]) -> Iterator[Finding]:
    """Hold stage costs against their items, where no breakdown of the document gave a verdict.

    A document need not price everything that it lists: then the sum shows nothing. What the total
    of a list or a table in one of the ``lines`` comes to, was said of that.
    """
    whole = {
        f"stages.{stage.id}.cost"
        for stage in audit.roadmap.stages
        if stage.items and all(is_priced(item) for item in stage.items)
    }
    for finding in stages.totals(audit):
        if finding.subject in judged:
            continue
        if finding.verdict is Verdict.HOLDS:
            yield finding
        elif finding.verdict is Verdict.CONTRADICTED and finding.line in lines:
            continue
        elif finding.verdict is Verdict.CONTRADICTED and finding.subject in whole:
            # No line calls it their sum: it may count what was replaced, or be a ceiling.
            yield replace(finding, severity=Severity.WARNING)
        else:
            yield replace(finding, verdict=Verdict.OPEN, severity=Severity.INFO)

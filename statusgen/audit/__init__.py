"""The audit: every stated number held against what can be derived.

A finding is made for every check, also where the claim holds; :attr:`Finding.is_fault` picks those
that somebody should look at. No finding ever changes the data.

``finding`` lists the rules (COST001 …), ``context`` is what each of them gets, ``agree`` says
whether two numbers agree, ``far`` what is too far off to be called wrong. Of roadmaps: ``tables``,
``stages``, ``impacts``, ``prices``, ``coverage``, ``claims``, ``promises``, ``windows``, ``apart``,
``drift`` and ``drifting`` (across files). Of ``data/wizard.yml``: ``wizard``. Of documents:
``documents``, whose plans are audited like any roadmap, and whose own statements ``sums`` (by
``compared``; ``years``: a month and its year), ``stage_claims`` and ``claims`` judge; ``said`` is
where they report. Around an audit of any repository: ``ignoring`` (comments), ``baseline``,
``reports`` (SARIF, GitHub).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from statusgen.audit import (
    apart,
    claims,
    coverage,
    impacts,
    prices,
    promises,
    stages,
    tables,
    windows,
)
from statusgen.audit.context import Audit, Check
from statusgen.audit.drift import elsewhere
from statusgen.audit.drifting import check as check_drift
from statusgen.audit.drifting import drifts
from statusgen.audit.finding import (
    RULES,
    Finding,
    Measured,
    Rule,
    Severity,
    Verdict,
    told_apart,
)
from statusgen.audit.wizard import check as check_wizard
from statusgen.roadmap.model import Acceptance, Roadmap, Wizard

__all__ = [
    "RULES",
    "Finding",
    "Measured",
    "Rule",
    "Severity",
    "Verdict",
    "audit_roadmap",
    "audit_wizard",
]

CHECKS: tuple[Check, ...] = (
    stages.check,
    tables.check,
    coverage.check,
    impacts.check,
    claims.check,
    prices.check,
    windows.check,
    apart.check,
    promises.check,
    check_drift,
)
"""Every family of rules; a new one is added here and nowhere else."""

Document: TypeAlias = Roadmap | Wizard
"""What holds prices that others may be compared with."""


def audit_roadmap(
    roadmap: Roadmap, others: Sequence[Document] = (), today: date | None = None
) -> list[Finding]:
    """Check every claim of a roadmap; findings come by line, then rule, then subject.

    ``others`` are the documents to compare prices with. ``today`` decides which prices are stale
    and which acceptances have run out; without it none are and none have.
    """
    audit = Audit.of(roadmap, elsewhere(roadmap, others), today)
    found = (finding for check in CHECKS for finding in check(audit))
    return _finished(found, roadmap.accept, today)


def audit_wizard(
    wizard: Wizard, others: Sequence[Document] = (), today: date | None = None
) -> list[Finding]:
    """Check the wizard's defaults, bands, trees, examples and prices, as :func:`audit_roadmap`."""
    found = [*check_wizard(wizard), *drifts(wizard, elsewhere(wizard, others))]
    return _finished(found, wizard.accept, today)


def _finished(
    found: Iterable[Finding], accept: Sequence[Acceptance], today: date | None
) -> list[Finding]:
    return [_accepted(finding, accept, today) for finding in told_apart(found)]


def _accepted(finding: Finding, accept: Sequence[Acceptance], today: date | None) -> Finding:
    for entry in accept:
        if entry.rule != finding.rule or entry.subject not in ("", finding.subject):
            continue
        running = today is None or today <= entry.until
        if running and finding.verdict is not Verdict.HOLDS:
            return replace(finding, accepted=entry.reason, accepted_until=entry.until)
    return finding

"""The audit: every stated number held against what can be derived.

A finding is made for every check, also where the claim holds; :attr:`Finding.is_fault` picks those
that somebody should look at. No finding ever changes the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from statusgen.roadmap.audit import (
    claims,
    coverage,
    impacts,
    prices,
    promises,
    stages,
    tables,
    windows,
)
from statusgen.roadmap.audit.context import Audit, Check
from statusgen.roadmap.audit.drift import Mention, mentions
from statusgen.roadmap.audit.drifting import check as check_drift
from statusgen.roadmap.audit.finding import RULES, Finding, Rule, Severity, Verdict
from statusgen.roadmap.model import Acceptance, Roadmap, parse_day

__all__ = [
    "RULES",
    "Finding",
    "Mention",
    "Rule",
    "Severity",
    "Verdict",
    "audit_roadmap",
    "mentions",
]

CHECKS: tuple[Check, ...] = (
    stages.check,
    tables.check,
    coverage.check,
    impacts.check,
    claims.check,
    prices.check,
    windows.check,
    promises.check,
    check_drift,
)
"""Every family of rules; a new one is added here and nowhere else."""


def audit_roadmap(
    roadmap: Roadmap, others: Sequence[Roadmap | Mention] = (), today: date | None = None
) -> list[Finding]:
    """Check every claim of a roadmap; findings come by line, then rule, then subject.

    ``others`` are the documents to compare prices with. ``today`` decides which prices are stale
    and which acceptances have run out; without it none are and none have.
    """
    elsewhere: list[Mention] = []
    for other in others:
        elsewhere += [other] if isinstance(other, Mention) else mentions(other)
    audit = Audit.of(roadmap, tuple(elsewhere), today)
    found = [finding for check in CHECKS for finding in check(audit)]
    found = [_accepted(finding, roadmap.accept, today) for finding in found]
    return sorted(found, key=lambda finding: (finding.line, finding.rule, finding.subject))


def _accepted(finding: Finding, accept: Sequence[Acceptance], today: date | None) -> Finding:
    for entry in accept:
        if entry.rule != finding.rule or entry.subject not in ("", finding.subject):
            continue
        until = parse_day(entry.until)
        if finding.verdict is not Verdict.HOLDS and (today is None or today <= until):
            return replace(finding, accepted=entry.reason, accepted_until=until)
    return finding

"""What every check of a Markdown document needs: the document, its totals, a way to report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from statusgen.audit.finding import SEVERITY, Finding, Severity, Verdict, quoting
from statusgen.base.saying import Saying
from statusgen.importer.staged import Stages
from statusgen.importer.tree import Section
from statusgen.importer.words import slug
from statusgen.roadmap.money import Range


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount that the document states, with its place."""

    line: int
    text: str
    amount: Range
    currency: str
    approx: bool = False


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A table's stated total: what claims are held against."""

    name: str
    section: Section
    parent: Section
    monthly: Stated | None
    annual: Stated | None


@dataclass(slots=True)
class DocumentAudit:
    """One audit of one document."""

    name: str
    root: Section
    stages: Stages
    totals: list[TotalOf] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        rule: str,
        line: int,
        subject: Iterable[str],
        verdict: Verdict,
        saying: Saying,
        *,
        stated: str = "",
        derived: str = "",
        formula: str = "",
        severity: Severity | None = None,
    ) -> None:
        """Make a finding; subjects that repeat are numbered in the document's order."""
        name = ".".join(slug(part) for part in subject)
        count = self._taken[name] = self._taken.get(name, 0) + 1
        self.findings.append(
            Finding(
                rule=rule,
                subject=name if count == 1 else f"{name}-{count}",
                verdict=verdict,
                severity=severity or SEVERITY[verdict],
                saying=quoting(saying),
                stated=stated,
                derived=derived,
                formula=formula,
                file=self.name,
                line=line,
                column=1,
            )
        )

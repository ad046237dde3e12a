"""Findings about claims that stand in the lines of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from statusgen.audit.finding import SEVERITY, Finding, Judged, one_lined, quoting
from statusgen.base.ids import slug
from statusgen.roadmap.claims import Place


@dataclass(slots=True)
class Said:
    """The findings about one document."""

    name: str
    findings: list[Finding] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=dict)

    def add(self, rule: str, place: Place, judged: Judged, stated: str = "") -> None:
        """Make a finding; subjects that repeat are numbered in the document's order."""
        name = ".".join(slug(part) for part in place.subject)
        count = self._taken[name] = self._taken.get(name, 0) + 1
        self.findings.append(
            Finding(
                rule=rule,
                subject=name if count == 1 else f"{name}-{count}",
                verdict=judged.verdict,
                severity=judged.severity or SEVERITY[judged.verdict],
                saying=quoting(judged.saying),
                stated=stated,
                derived=one_lined(judged.derived),
                formula=one_lined(judged.formula),
                file=self.name,
                line=place.line,
                column=1,
            )
        )

"""What every rule needs: the roadmap, its neighbours, the day, and a way to make findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Unpack

from statusgen.audit.drift import Mention
from statusgen.audit.finding import Details, Finding, Judged, Verdict, finding_at
from statusgen.base.saying import Saying
from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.cost import Cost, convert
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.model import Path, Roadmap
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Price


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit of one roadmap."""

    roadmap: Roadmap
    elsewhere: tuple[Mention, ...] = ()
    """The prices that other documents state."""
    today: date | None = None
    """The day of the audit; without it no price is stale and no acceptance runs out."""
    costs: Sequence[StageCost] = field(default=())
    of_document: bool = False
    """Whether a document was read: findings then name no fields to write."""

    @classmethod
    def of(
        cls,
        roadmap: Roadmap,
        elsewhere: tuple[Mention, ...] = (),
        today: date | None = None,
        *,
        of_document: bool = False,
    ) -> Audit:
        """Begin an audit."""
        return cls(roadmap, elsewhere, today, stage_costs(roadmap), of_document)

    def advice(self, key: str, **values: str) -> str | Saying:
        """Return what to write, to stand behind a sentence; nothing for a document."""
        return "" if self.of_document else Saying(key, values)

    def finding(
        self,
        rule: str,
        path: Path,
        subject: str,
        verdict: Verdict,
        saying: Saying,
        **details: Unpack[Details],
    ) -> Finding:
        """Make a finding that points at ``path``."""
        return finding_at(self.roadmap, rule, path, subject, verdict, saying, **details)

    def judged(
        self, rule: str, path: Path, subject: str, judged: Judged, stated: object
    ) -> Finding:
        """Make a finding of what a check said."""
        return self.finding(
            rule,
            path,
            subject,
            judged.verdict,
            judged.saying,
            stated=stated,
            derived=judged.derived,
            formula=judged.formula,
            severity=judged.severity,
            values=judged.values,
        )

    def amount(self, cost: Cost, price: Price) -> Range | None:
        """Return a derived cost in the currency of a stated price; None without a rate."""
        currency = price.currency or self.roadmap.currency
        converted = convert(cost, self.roadmap.rates, currency)
        return None if converted is None else converted.of(currency)

    def currency(self, price: Price) -> str:
        """Return the currency of a stated price; the roadmap's where it names none."""
        return price.currency or self.roadmap.currency


Check = Callable[[Audit], Iterator[Finding]]
"""A family of rules: looks at a roadmap and yields its findings in file order."""

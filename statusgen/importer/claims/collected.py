"""What the recognisers of claims share: the document, its totals, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from statusgen.importer.claims.above import Above
from statusgen.importer.claims.prose import Spoken
from statusgen.importer.staged import Stages
from statusgen.importer.tree import Section
from statusgen.roadmap.claims import NO_VALUES, Amount, Claims, Reckoned
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.model import ClaimKind, Figure
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Price


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A table's stated total: what claims in sentences are about."""

    name: str
    line: int
    section: Section
    parent: Section
    monthly: Amount | None
    annual: Amount | None


@dataclass(slots=True)
class Collected:
    """One document on the way through it."""

    name: str
    root: Section
    stages: Stages
    totals: list[TotalOf] = field(default_factory=list)
    above: Above = field(default_factory=Above)
    claims: Claims = field(default_factory=Claims)

    def reckon(
        self,
        spoken: Spoken,
        what: str,
        kind: ClaimKind,
        stated: Figure,
        *ways: str,
        values: Mapping[str, Range] = NO_VALUES,
        slack: Decimal = Decimal(0),
        fees: Price | None = None,
        only_right: bool = False,
    ) -> None:
        """Note a number of a sentence, with the formulas that may be meant by it.

        ``what`` is the claim's name in findings; for the others see :class:`Reckoned`. Raises
        ValueError for what is no formula.
        """
        formulas = tuple(map(parse_formula, ways))
        place, text = spoken.place(what), spoken.text
        self.claims.sentences.append(
            Reckoned(place, kind, stated, formulas, values, text, slack, fees, only_right)
        )

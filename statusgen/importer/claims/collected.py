"""What the recognisers of claims share: the document, its totals, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from statusgen.importer.staged import Stages
from statusgen.importer.tree import Section
from statusgen.roadmap.claims import Amount, Claims


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
    claims: Claims = field(default_factory=Claims)

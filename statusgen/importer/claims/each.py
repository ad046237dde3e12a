"""``2× VMs: $7/month each = $14/month``."""

from __future__ import annotations

import re

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import MONEY, Spoken, amount
from statusgen.roadmap.claims import Reckoned
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.model import ClaimKind

_EACH = re.compile(
    rf"(?P<count>\d{{1,4}})\s?[×x]\s.{{0,60}}?(?P<unit>{MONEY})\s+each\s*=\s*(?P<total>{MONEY})"
)


def read(spoken: Spoken, found: Collected) -> None:
    """Read a number of things at a price each."""
    for match in _EACH.finditer(spoken.text):
        unit, total = amount(match["unit"]), amount(match["total"])
        if unit is None or total is None or unit.unit != total.unit:
            continue
        formula = parse_formula(f"{match['count']} * each")
        values = {"each": unit.value}
        place = spoken.place("each")
        found.claims.sentences.append(
            Reckoned(place, ClaimKind.SUM, total, (formula,), values, spoken.text)
        )

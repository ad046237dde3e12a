"""COST015: one finding for each product whose price differs elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.audit.context import Audit
from statusgen.audit.drift import Mention, differing, mentions
from statusgen.audit.finding import (
    Finding,
    Severity,
    Verdict,
    finding_at,
    one_after_another,
)
from statusgen.base.saying import Saying
from statusgen.roadmap.model import Roadmap, Wizard


def check(audit: Audit) -> Iterator[Finding]:
    """Hold the prices of this roadmap against those of the other documents."""
    return drifts(audit.roadmap, audit.elsewhere)


def drifts(document: Roadmap | Wizard, elsewhere: Sequence[Mention]) -> Iterator[Finding]:
    """Yield one finding for each product of ``document`` whose price differs elsewhere."""
    seen: dict[str, list[Mention]] = {}
    first: dict[str, Mention] = {}
    for own in mentions(document):
        found = differing(own, elsewhere)
        if found:
            first.setdefault(own.key, own)
            listed = seen.setdefault(own.key, [])
            listed += [other for other in found if other not in listed]
    for key, others in seen.items():
        own = first[key]
        shown = "; ".join(f"{other.price} in {other.file}:{other.line}" for other in others)
        yield finding_at(
            document,
            "COST015",
            own.path,
            f"drift.{key}",
            Verdict.OPEN,
            Saying(
                "findings.drift",
                {"name": own.name, "price": str(own.price), "others": _places(others)},
            ),
            stated=own.price,
            derived=shown,
            severity=Severity.WARNING,
        )


def _places(others: Sequence[Mention]) -> str | Saying:
    """Return the other prices, each with where it stands, as a value of a sentence."""
    return one_after_another(
        [
            Saying(
                "findings.price-there",
                {"price": str(other.price), "place": f"{other.file}:{other.line}"},
            )
            for other in others
        ]
    )

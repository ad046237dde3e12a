"""What a comparison saves: a month, a year, and as a share."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.words import dashed
from statusgen.roadmap.formula import parse_formula
from statusgen.roadmap.model import Comparison
from statusgen.roadmap.money import Range, format_number, format_range


def savings(dossier: Dossier, comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return title, amount and arithmetic of what is saved, from the sums of the lines.

    Empty where a side's lines cannot be added in the roadmap's currency.
    """
    return list(_savings(dossier, comparison))


def _savings(dossier: Dossier, comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    before = dossier.known.get(f"{comparison.before.id}.sum")
    after = dossier.known.get(f"{comparison.after.id}.sum")
    if before is None or after is None or before.high is None or after.high is None:
        return
    values = {"before": before, "after": after}
    for title, text in (
        ("Saved a month", "before - after"),
        ("Saved a year", "12 * (before - after)"),
    ):
        formula = parse_formula(text)
        saved = format_range(dossier.roadmap.currency, formula.value(values))
        yield title, dashed(saved), formula.shown(values)
    if before.low > 0:
        share = parse_formula("1 - after / before")
        yield "Saved of the whole", _percent(share.value(values)), share.shown(values)


def _percent(share: Range) -> str:
    """Write a share with one digit, which the audit's percentages have as well."""
    parts = share.scaled(Range.point(100))
    low = format_number(parts.low, 1)
    if parts.high is None or parts.is_point:
        return f"{low} %"
    return f"{low}–{format_number(parts.high, 1)} %"

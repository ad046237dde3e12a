"""What a comparison saves, in words: a month, a year, and as a share."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.roadmap.comparing import savings
from statusgen.roadmap.model import Comparison
from statusgen.roadmap.money import Range, format_number, format_range
from statusgen.words.money import TYPESET


def savings_told(dossier: Dossier, comparison: Comparison) -> list[tuple[str, str, str]]:
    """Return title, amount and arithmetic of what is saved; empty where that cannot be told."""
    return list(_savings(dossier, comparison))


def _savings(dossier: Dossier, comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    saved = savings(comparison, dossier.known)
    if saved is None:
        return
    say = dossier.words.say
    for key, figure in (("month", saved.month), ("year", saved.year)):
        title = say(f"roadmap.saved-{key}")
        yield title, format_range(dossier.roadmap.currency, figure.value, TYPESET), figure.shown
    if saved.share is not None:
        yield say("roadmap.saved-share"), _percent(saved.share.value), saved.share.shown


def _percent(share: Range) -> str:
    """Write a share with one digit, which the audit's percentages have as well."""
    parts = share.scaled(Range.point(100))
    low = format_number(parts.low, 1)
    if parts.high is None or parts.is_point:
        return f"{low} %"
    return f"{low}–{format_number(parts.high, 1)} %"

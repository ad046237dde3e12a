"""What a comparison saves, in words: a month, a year, and as a share."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.roadmap.comparing import savings
from statusgen.roadmap.model import Comparison
from statusgen.roadmap.money import Range
from statusgen.words import Words
from statusgen.words.money import calculation, money_range, number, typeset


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
        low, high = figure.value.low, figure.value.high
        text = money_range(dossier.roadmap.currency, low, high, typeset(dossier.words))
        yield title, text, calculation(dossier.words, figure.shown)
    if saved.share is not None:
        shown = calculation(dossier.words, saved.share.shown)
        yield say("roadmap.saved-share"), _percent(dossier.words, saved.share.value), shown


def _percent(words: Words, share: Range) -> str:
    """Write a share with one digit, which the audit's percentages have as well."""
    style, parts = typeset(words), share.scaled(Range.point(100))
    low = number(parts.low, style, 1)
    if parts.high is None or parts.is_point:
        return f"{low} %"
    return f"{low}–{number(parts.high, style, 1)} %"

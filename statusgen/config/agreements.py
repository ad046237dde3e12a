"""Agreements: from what was written to what it means, and what their steps must be together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from statusgen.base.errors import Problem
from statusgen.base.yamltree import Document
from statusgen.config.agreement_entries import AgreementEntry, CreditEntry
from statusgen.config.settings import Agreement, Credit, LeftOut


def agreement_of(entry: AgreementEntry) -> Agreement:
    """Return what an agreement means."""
    return Agreement(
        id=entry.id,
        name=entry.name or entry.id,
        components=entry.monitors,
        target=Fraction(entry.target),
        period=entry.period,
        method=entry.method,
        clause=entry.clause.strip(),
        link=entry.link or "",
        excluded=tuple(LeftOut(each.start, each.end, each.why) for each in entry.excluded),
        credits=tuple(step for _, step in _steps(entry.credits)),
        claim_within=entry.claim_within,
        fee=entry.fee,
    )


def agreement_faults(entries: Sequence[AgreementEntry], document: Document) -> Iterator[Problem]:
    """Yield what is wrong between the steps, and the stretches, of agreements."""
    for index, entry in enumerate(entries):
        path = ("agreements", index)
        for number, stretch in enumerate(entry.excluded):
            if stretch.end <= stretch.start:
                yield document.problem(
                    (*path, "excluded", number, "end"),
                    "the stretch ends before it begins",
                    "write the later moment under `end:`",
                )
        yield from _step_faults(entry, document, index)


def _steps(entries: Sequence[CreditEntry]) -> list[tuple[int, Credit]]:
    """Return the steps from the highest uptime to the lowest, each with its place in the file."""
    ordered = sorted(enumerate(entries), key=lambda each: -Fraction(each[1].below))
    found = []
    for place, (index, entry) in enumerate(ordered):
        below = Fraction(entry.below)
        lower = [Fraction(each.below) for _, each in ordered[place + 1 :]]
        implied = lower[0] if lower else Fraction(0)
        floor = implied if entry.at_least is None else Fraction(entry.at_least)
        found.append((index, Credit(below, floor, Fraction(entry.credit))))
    return found


def _step_faults(entry: AgreementEntry, document: Document, index: int) -> Iterator[Problem]:
    steps = _steps(entry.credits)
    path = ("agreements", index, "credits")

    def line(number: int) -> int:
        return document.mark((*path, number, "below")).line

    for number, step in steps:
        if step.below <= step.at_least:
            same = next(
                (one for one, other in steps if one != number and other.below == step.below), -1
            )
            what = (
                f"begins where the step in line {line(same)} begins"
                if same >= 0 and entry.credits[number].at_least is None
                else "holds for no uptime: it ends where it begins, or above"
            )
            yield document.problem(
                (*path, number, "below"), what, "write `below:` above `at_least:`, each step once"
            )
    if steps and steps[0][1].below > Fraction(entry.target):
        yield document.problem(
            (*path, steps[0][0], "below"),
            f"a credit would be owed while the promise of {_percent(entry.target)} is kept",
            f"write at most {_percent(entry.target)}",
        )
    for (upper_at, upper), (lower_at, lower) in pairwise(steps):
        if upper.below <= upper.at_least or lower.below <= lower.at_least:
            continue  # told already
        if lower.below > upper.at_least:
            yield document.problem(
                (*path, lower_at, "below"),
                f"overlaps the step in line {line(upper_at)}: an uptime of "
                f"{_percent(max(lower.at_least, upper.at_least))} would be in both",
                f"write {_percent(upper.at_least)}, or leave `at_least:` out of the other step",
            )
        elif lower.below < upper.at_least:
            yield document.problem(
                (*path, lower_at, "below"),
                f"no step holds from {_percent(lower.below)} to {_percent(upper.at_least)}",
                f"write {_percent(upper.at_least)}",
            )
        elif lower.share < upper.share:
            yield document.problem(
                (*path, lower_at, "credit"),
                f"less is owed for a lower uptime than by the step in line {line(upper_at)}",
                "write at least as much",
            )


def _percent(share: str | Fraction) -> str:
    value = Fraction(share) * 100
    return f"{(Decimal(value.numerator) / value.denominator).normalize():f}%"

"""Free allowances of a roadmap: what is used of each, and when it runs out."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.gates.fuses import Fuse
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Mark, Table
from statusgen.roadmap.quantity import plural
from statusgen.words.money import exact


def fuse_table(dossier: Dossier) -> Table | None:
    """Return the free allowances of which anybody says what is used; None where there is none."""
    if not dossier.fuses:
        return None
    say = dossier.words.say
    return Table(
        name="free-allowances",
        title=say("prices.free-title"),
        columns=(
            Column(say("prices.column-name")),
            Column(say("prices.column-allowance")),
            Column(say("prices.column-used")),
            Column(say("prices.column-out")),
        ),
        rows=tuple(_row(dossier, each) for each in dossier.fuses),
    )


def _row(dossier: Dossier, fuse: Fuse) -> tuple[Cell, ...]:
    say = dossier.words.say
    used, share = fuse.used or Fraction(0), fuse.share or Fraction(0)
    mark: Mark = "bad" if share >= 1 else "good" if share < Fraction(4, 5) else "open"
    told = say(
        "prices.share",
        used=_amount(dossier, used, fuse.unit),
        share=dossier.words.share(math.floor(share * 100) * 100),
    )
    note = (
        say("prices.as-written")
        if fuse.on is None
        else say("prices.measured", day=_day(dossier, fuse.on))
    )
    return (
        Cell(fuse.name),
        Cell(_amount(dossier, fuse.allowance, fuse.unit)),
        Cell(told, note=note, mark=mark),
        _out(dossier, fuse),
    )


def _out(dossier: Dossier, fuse: Fuse) -> Cell:
    say = dossier.words.say
    if fuse.share is not None and fuse.share >= 1:
        return Cell(say("prices.out"), mark="bad")
    if fuse.runs_out is not None:
        found = fuse.runs_out
        return Cell(
            say(
                f"promises.crossing-{found.method}",
                day=_day(dossier, found.likely),
                first=_day(dossier, found.first),
                last=_day(dossier, found.last),
                count=dossier.words.number(found.figures),
            )
        )
    return Cell(EMPTY if fuse.refused is None else say(f"promises.refused-{fuse.refused}"))


def _amount(dossier: Dossier, value: Fraction, unit: str) -> str:
    whole = value.denominator == 1
    number = Decimal(value.numerator) / Decimal(value.denominator)
    text = dossier.words.number(int(value)) if whole else exact(round(number, 2))
    return dossier.words.say("prices.amount", amount=text, unit=plural(unit, number))


def _day(dossier: Dossier, at: Instant) -> str:
    return dossier.words.dated_day(datetime.fromtimestamp(at, dossier.zone).date())

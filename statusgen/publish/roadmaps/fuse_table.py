"""Free allowances: what is used of each, and when it runs out; those of this site's own checks."""

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
from statusgen.setup.minutes import Minutes
from statusgen.setup.schedules import FREE_MINUTES
from statusgen.words import Words
from statusgen.words.money import exact


def fuse_table(dossier: Dossier, minutes: Minutes | None = None) -> Table | None:
    """Return the free allowances of which anybody says what is used; None where there is none.

    ``minutes``: what this site's own checks take, which stands beneath.
    """
    if not dossier.fuses:
        return None
    own = own_minutes(dossier.words, minutes).rows if minutes else ()
    return _table(dossier.words, (*(_row(dossier, each) for each in dossier.fuses), *own))


def own_minutes(words: Words, minutes: Minutes) -> Table:
    """Return what this site's own checks take of the minutes that GitHub's free plan includes.

    On which day of a month they begin to count is not known here, so days are counted.
    """
    say = words.say
    share = Fraction(minutes.total, FREE_MINUTES)
    mark: Mark = "bad" if share > 1 else "good" if share < Fraction(4, 5) else "open"
    told = say(
        "prices.share",
        used=say("prices.minutes", count=minutes.total),
        share=words.share(math.floor(share * 100) * 100),
    )
    lasting = say("prices.minutes-last", count=minutes.days) if share > 1 else EMPTY
    row = (
        Cell(say("prices.minutes-own")),
        Cell(say("prices.minutes", count=FREE_MINUTES)),
        Cell(told, note=say("prices.minutes-asked"), mark=mark),
        Cell(lasting),
    )
    return _table(words, (row,))


def _table(words: Words, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    say = words.say
    return Table(
        name="free-allowances",
        title=say("prices.free-title"),
        columns=(
            Column(say("drawings.column-what")),
            Column(say("prices.column-allowance")),
            Column(say("prices.column-used")),
            Column(say("prices.column-out")),
        ),
        rows=rows,
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

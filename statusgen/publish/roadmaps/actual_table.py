"""What was billed beside what was planned, of the newest month that invoices tell of."""

from __future__ import annotations

from decimal import Decimal

from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Table
from statusgen.publish.roadmaps.values import Money
from statusgen.roadmap.actual import Compared, Verdict, compare
from statusgen.words import Words
from statusgen.words.money import money_range, typeset

_GOOD = (Verdict.AS_PLANNED, Verdict.LESS)
_BAD = (Verdict.MORE, Verdict.UNPLANNED)
_COLUMNS = ("service", "planned", "billed", "difference", "verdict")


def actual_table(dossier: Dossier) -> Table | None:
    """Return each service of the month with both amounts; None where nothing was billed."""
    invoices, words = dossier.invoices, dossier.words
    if not invoices:
        return None
    month = max(line.month for line in invoices)
    found = compare(dossier.roadmap, month, invoices)
    say, told = words.say, words.month(month)
    if found.stage is None:
        note = say("actual.no-stage", month=told)
    else:
        note = say("actual.note", month=told, stage=found.stage.name)
    return Table(
        name="billed",
        title=say("actual.heading", month=told),
        columns=tuple(
            Column(say(f"actual.column-{name}"), name in _COLUMNS[1:4]) for name in _COLUMNS
        ),
        rows=tuple(_row(words, row, row.service) for row in found.rows),
        sums=tuple(
            _row(words, row, say("actual.sum", currency=row.currency)) for row in found.sums
        ),
        note=note,
    )


def _row(words: Words, row: Compared, name: str) -> tuple[Cell, ...]:
    planned, difference = row.planned, row.difference
    return (
        Cell(name),
        Cell(EMPTY) if planned is None else _amount(words, row.currency, planned.low, planned.high),
        Cell(EMPTY) if row.billed is None else _amount(words, row.currency, row.billed, row.billed),
        Cell(EMPTY) if not difference else _amount(words, row.currency, difference, difference),
        Cell(
            words.say(f"actual.verdict-{row.verdict}"),
            mark="good" if row.verdict in _GOOD else "bad" if row.verdict in _BAD else "open",
        ),
    )


def _amount(words: Words, currency: str, low: Decimal, high: Decimal | None) -> Cell:
    text = money_range(currency, low, high, typeset(words))
    return Cell(text, value=Money(((currency, low, high),)))

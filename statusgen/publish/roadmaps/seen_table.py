"""Prices whose terms a vendor's page shows: when that was last looked at, and what it said."""

from __future__ import annotations

from datetime import datetime

from statusgen.base.clock import Instant
from statusgen.history.pricelog import Outcome, Seen
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Mark, Table
from statusgen.roadmap.seen import Watched, watched_prices

_MARKS: dict[Outcome, Mark] = {
    Outcome.SEEN: "good",
    Outcome.VANISHED: "bad",
    Outcome.REDIRECTED: "bad",
    Outcome.UNTOLD: "open",
}


def seen_table(dossier: Dossier) -> Table | None:
    """Return the prices that name a page; None where none does."""
    prices = watched_prices(dossier.roadmap)
    if not prices:
        return None
    say = dossier.words.say
    return Table(
        name="prices",
        title=say("prices.title"),
        columns=(
            Column(say("prices.column-name")),
            Column(say("prices.column-price")),
            Column(say("prices.column-page")),
            Column(say("prices.column-look")),
        ),
        rows=tuple(_row(dossier, each) for each in prices),
    )


def _row(dossier: Dossier, price: Watched) -> tuple[Cell, ...]:
    expected = dossier.words.say("prices.expected", texts=", ".join(price.expect))
    return (
        Cell(price.name),
        Cell(price.price or EMPTY),
        Cell(price.url, note=expected),
        _look(dossier, dossier.looks.get(price.key)),
    )


def _look(dossier: Dossier, known: Seen | None) -> Cell:
    say = dossier.words.say
    if known is None:
        return Cell(say("prices.never"), mark="open")
    last = known.last
    when = _ago(dossier, last.at)
    key = str(last.outcome)
    if last.outcome is Outcome.UNTOLD and last.why == "scripts":
        key = "scripts"
    if last.outcome is Outcome.VANISHED and last.why == "gone":
        key = "gone"
    note = ""
    if last.outcome is not Outcome.SEEN and known.seen is not None:
        note = say("prices.before", when=_ago(dossier, known.seen))
    return Cell(
        say(f"prices.{key}", when=when, what=last.detail), note=note, mark=_MARKS[last.outcome]
    )


def _ago(dossier: Dossier, at: Instant) -> str:
    """Say how many days ago an instant was, and on which day."""
    words, day = dossier.words, datetime.fromtimestamp(at, dossier.zone).date()
    count = 0 if dossier.today is None else (dossier.today - day).days
    if count < 1:
        return words.dated_day(day)
    return words.say("prices.ago", count=count, day=words.dated_day(day))

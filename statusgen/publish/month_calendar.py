"""Uptime by month, and each month as a calendar of its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from statusgen.base.states import Look
from statusgen.publish.edition import Edition
from statusgen.publish.figures import uptime_text
from statusgen.status.snapshot import ComponentStatus, DayBar


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a calendar; without a day it is empty."""

    day: date | None = None
    look: Look | None = None
    """None where nothing is known: before the first check, after now."""


@dataclass(frozen=True, slots=True)
class MonthCard:
    """One month."""

    title: str
    uptime: str
    weeks: tuple[tuple[Cell, ...], ...]
    """From Monday to Sunday."""


def months(edition: Edition, component: ComponentStatus) -> list[MonthCard]:
    """Return the months since the first check, twelve at most, newest first."""
    known = {bar.day: bar for bar in (*component.older, *component.bars)}
    words = edition.words
    return [
        MonthCard(
            words.month(f"{month.first:%Y-%m}"),
            uptime_text(words, month.uptime),
            _weeks(month.first, known),
        )
        for month in reversed(component.months)
    ]


def _weeks(first: date, known: dict[date, DayBar]) -> tuple[tuple[Cell, ...], ...]:
    cells = [Cell()] * first.weekday()
    day = first
    while day.month == first.month:
        bar = known.get(day)
        shown = None if bar is None or not bar.monitored else bar.look
        cells.append(Cell(day, shown))
        day += timedelta(days=1)
    cells += [Cell()] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))

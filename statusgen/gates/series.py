"""Figures over time that checks of uptime do not measure: counted, read, or written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.history.figures import HOURS, Figures
from statusgen.roadmap.model import Measure as Written

_DIGITS = 10**6
"""What readings are rounded to: one denominator for all keeps sums of them small."""


class Origin(StrEnum):
    """Where the figures of a series come from."""

    FILE = "file"
    """A committed file below ``data/metrics/``."""
    HAND = "hand"
    """Written into the roadmap, with its day and where it was read."""
    READ = "read"
    """By a check of JSON, an hour's mean each."""


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one thing, oldest first."""

    name: str
    points: tuple[tuple[Instant, Fraction], ...]
    origin: Origin = Origin.FILE
    told: tuple[str, ...] = field(default=())
    """Of each point: who says so, where that was written down; else empty, or one for all."""

    def until(self, moment: Instant) -> Series:
        """Return what was known at a moment."""
        kept = tuple(each for each in self.points if each[0] <= moment)
        told = self.told if len(self.told) < 2 else self.told[: len(kept)]
        return Series(self.name, kept, self.origin, told)

    @property
    def last(self) -> tuple[Instant, Fraction] | None:
        """The newest figure."""
        return self.points[-1] if self.points else None

    @property
    def teller(self) -> str:
        """Who says the newest figure; empty where nobody wrote that down."""
        return self.told[-1] if self.told else ""


def midnight(day: date, zone: ZoneInfo) -> Instant:
    """Return the instant at which a day begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def of_hand(name: str, written: tuple[Written, ...], zone: ZoneInfo) -> Series:
    """Return the figures that an author wrote into a roadmap."""
    found = sorted(
        (midnight(each.on, zone), Fraction(each.value.value.low), str(each.source or ""))
        for each in written
        if each.on is not None and each.value is not None
    )
    return Series(
        name,
        tuple((at, figure) for at, figure, _ in found),
        Origin.HAND,
        tuple(teller for _, _, teller in found),
    )


def of_checks(name: str, days: Mapping[Instant, str], teller: str) -> Series:
    """Return what a check read: an hour's mean where that hour begins, damaged ones left out."""
    points = []
    for day, text in sorted(days.items()):
        for index, part in enumerate(text.split(";")[:HOURS]):
            if not part:
                continue
            try:
                mean = Figures.from_text(part).mean
            except ValueError:
                continue
            points.append((day + index * HOUR, Fraction(round(mean * _DIGITS), _DIGITS)))
    return Series(name, tuple(points), Origin.READ, (teller,))


def age_in_days(series: Series, now: Instant) -> int:
    """Return how many whole days old the newest figure is; 0 for none."""
    return 0 if series.last is None else (now - series.last[0]) // DAY

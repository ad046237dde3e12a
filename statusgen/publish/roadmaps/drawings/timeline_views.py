"""The views of a timeline: which part of time it shows, and what its rows stand under."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from statusgen.publish.roadmaps.addresses import section_path

Grouping = Literal["", "owner", "state"]
"""Empty: in the order of the plan, by stages."""
GROUPINGS: tuple[Grouping, ...] = ("owner", "state")
_MOST = 12
"""Quarters that can be chosen one by one; a longer plan is shown by years, as many at most."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar quarter or year."""

    year: int
    quarter: int = 0
    """1 to 4; 0 is the whole year."""

    @property
    def key(self) -> str:
        """Its name in addresses: ``2026-Q4``, ``2026``."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def title(self) -> str:
        """How it is shown, as in reports: ``2026 Q4``, ``2026``."""
        return self.key.replace("-", " ")

    @property
    def span(self) -> tuple[float, float]:
        """The ordinals of its first day and of the day after its last."""
        first = date(self.year, 3 * self.quarter - 2 if self.quarter else 1, 1)
        if self.quarter in (0, 4):
            return float(first.toordinal()), float(date(self.year, 12, 31).toordinal() + 1)
        return float(first.toordinal()), float(date(self.year, first.month + 3, 1).toordinal())

    def meets(self, start: float, end: float | None) -> bool:
        """Whether any day from ``start`` up to ``end`` lies in it; None is an open end."""
        first, after = self.span
        return start < after and (end is None or max(end, start + 0.5) > first)


@dataclass(frozen=True, slots=True)
class View:
    """What a page of a timeline shows."""

    period: Period | None = None
    """None: all of it."""
    grouping: Grouping = ""

    def path(self, roadmap: str) -> str:
        """Return its address from the site's root."""
        path = section_path(roadmap, "timeline")
        if self.period is not None:
            path += f"{self.period.key}/"
        return path + (f"by-{self.grouping}/" if self.grouping else "")


WHOLE = View()


def periods(spans: Iterable[tuple[float, float | None]]) -> list[Period]:
    """Return the quarters in which there is work, in order; years of a plan that is long.

    ``spans``: ordinals of first days, and of the days after the last ones, None where the end is
    open: such work is looked for up to the last day that anything names. Nothing where all lies
    in one quarter, so that there is nothing to choose, and where even the years are too many.
    """
    known = list(spans)
    if not known:
        return []
    first = min(start for start, _ in known)
    last = max(max(start + 1, end or 0.0) for start, end in known) - 1
    one, two = date.fromordinal(int(first)), date.fromordinal(int(last))
    quarters = range(_number(one), _number(two) + 1)
    if len(quarters) == 1:
        return []
    if len(quarters) <= _MOST:
        found = [Period(number // 4, number % 4 + 1) for number in quarters]
    elif two.year - one.year < _MOST:
        found = [Period(year) for year in range(one.year, two.year + 1)]
    else:
        return []
    return [one for one in found if any(one.meets(*span) for span in known)]


def _number(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def views(shown: Sequence[Period], groupings: Collection[Grouping]) -> list[View]:
    """Return every view that a plan has, but for the whole one."""
    made = [
        View(period, grouping)
        for period in (None, *shown)
        for grouping in ("", *GROUPINGS)
        if not grouping or grouping in groupings
    ]
    return [one for one in made if one != WHOLE]

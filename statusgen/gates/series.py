"""Figures that checks do not measure: ``data/metrics/<id>.csv``, a date and a number a line.

::

    date,value
    2026-10-01,31
    2026-11-01,44

Lines that begin with ``#`` are comments: where the figure comes from. The header may be left out.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import quote
from statusgen.base.yamltree import read_text

METRICS = Path("data/metrics")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one file, by date, oldest first."""

    name: str
    points: tuple[tuple[date, Fraction], ...]

    def until(self, day: date) -> Series:
        """Return what was known on a day."""
        return Series(self.name, tuple(each for each in self.points if each[0] <= day))

    @property
    def last(self) -> tuple[date, Fraction] | None:
        """The newest figure."""
        return self.points[-1] if self.points else None

    def crossing(self, value: Fraction) -> tuple[date, date, date] | None:
        """Return when a growing figure reaches a value: earliest, most likely, latest.

        A straight line by least squares over the last twelve figures; the band is two standard
        errors of its slope either way. None of fewer than three figures, of one that does not grow
        beyond doubt, or of one that would take longer than ten years.
        """
        points = self.points[-12:]
        if len(points) < 3 or points[-1][1] >= value:
            return None
        origin, last = points[-1]
        xs = [float((day - origin).days) for day, _ in points]
        ys = [float(each) for _, each in points]
        mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
        spread = sum((x - mean_x) ** 2 for x in xs)
        if spread == 0:
            return None
        slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
        rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
        error = 2 * math.sqrt(rest / (len(xs) - 2) / spread)
        missing = float(value - last)
        if slope - error <= 0:
            return None
        days = [math.ceil(missing / each) for each in (slope + error, slope, slope - error)]
        if days[-1] > 3653:
            return None
        early, likely, late = (origin + timedelta(days=each) for each in days)
        return early, likely, late


def read_series(root: Path) -> tuple[Mapping[str, Series], Sequence[Problem]]:
    """Read all figures below a repository's ``data/metrics/``, and what is wrong with them.

    A file with a fault gives no series.
    """
    found: dict[str, Series] = {}
    problems: list[Problem] = []
    folder = root / METRICS
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        shown = str(METRICS / path.name)
        try:
            found[path.stem] = Series(path.stem, _points(path, shown))
        except InputError as error:
            problems += error.problems
    return found, problems


def _points(path: Path, shown: str) -> tuple[tuple[date, Fraction], ...]:
    text = read_text(path, shown)
    points: dict[date, Fraction] = {}
    faults: list[Problem] = []
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        fix = "keep a figure a day"
        raise InputError([Problem(f"more than {_MOST_LINES:,} lines", fix, shown)])
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
        if not points and not faults and cells[:2] == ["date", "value"]:
            continue
        try:
            day = date.fromisoformat(cells[0]) if len(cells[0]) == 10 else None
        except ValueError:
            day = None
        if day is None:
            faults.append(_fault(cells[0], "no date; write it like 2026-11-01", shown, number))
        elif len(cells) < 2 or not _NUMBER.fullmatch(cells[1]):
            told = cells[1] if len(cells) > 1 else ""
            faults.append(_fault(told, "no number; write it like 44 or 0.5", shown, number))
        elif day in points:
            faults.append(
                _fault(cells[0], "a date that stands here twice; keep one", shown, number)
            )
        else:
            points[day] = Fraction(cells[1])
    if faults:
        raise InputError(faults)
    return tuple(sorted(points.items()))


def _fault(told: str, what: str, shown: str, line: int) -> Problem:
    message, _, fix = what.partition("; ")
    return Problem(f"{quote(told, 40)} is {message}", fix, shown, line, 1)

"""Figures that checks read, by hour: the least, the mean, the greatest, and how many.

As text an hour is ``LEAST/MEAN/GREATEST/COUNT``, a day its 24 hours by semicolons, those at the
end left out if empty; numbers as JSON writes them. Means of hours join by their counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from statusgen.base.clock import DAY, HOUR, Instant

HOURS = DAY // HOUR


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read over some time."""

    least: float
    mean: float
    greatest: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Figures:
        """Sum up some values, at least one."""
        least, greatest = min(values), max(values)
        return cls(
            least, _between(least, sum(values) / len(values), greatest), greatest, len(values)
        )

    def to_text(self) -> str:
        """Write an hour."""
        return "/".join(json.dumps(part) for part in (self.least, self.mean, self.greatest)) + (
            f"/{self.count}"
        )

    @classmethod
    def from_text(cls, text: str) -> Figures:
        """Read an hour. Raises ValueError for what is none."""
        least, mean, greatest, count = text.split("/")
        found = cls(_number(least), _number(mean), _number(greatest), int(count))
        if found.count < 1 or not found.least <= found.mean <= found.greatest:
            raise ValueError("no figures of an hour")
        return found


def join(parts: Iterable[Figures]) -> Figures | None:
    """Put hours together; None of nothing."""
    known = list(parts)
    count = sum(part.count for part in known)
    if not count:
        return None
    mean = sum(part.mean * part.count for part in known) / count
    least, greatest = min(part.least for part in known), max(part.greatest for part in known)
    return Figures(least, _between(least, mean, greatest), greatest, count)


def day_text(day: Instant, at: Sequence[Instant], values: Sequence[float]) -> str:
    """Write a day of checks; empty without any."""
    hours: list[list[float]] = [[] for _ in range(HOURS)]
    for moment, value in zip(at, values, strict=True):
        hours[(moment - day) // HOUR].append(value)
    return ";".join(Figures.of(hour).to_text() if hour else "" for hour in hours).rstrip(";")


def hours_of(days: Mapping[Instant, str], start: Instant, end: Instant) -> Iterator[Figures]:
    """Yield the hours that share a moment with ``[start, end)``; damaged ones are passed over."""
    for day, text in days.items():
        if not start - DAY < day < end:
            continue
        for index, part in enumerate(text.split(";")):
            at = day + index * HOUR
            if part and start < at + HOUR and at < end:
                try:
                    yield Figures.from_text(part)
                except ValueError:
                    continue


def _between(least: float, mean: float, greatest: float) -> float:
    """Keep a mean within its values: three times 0.1 adds up to a little more than 0.3."""
    return min(max(mean, least), greatest)


def _number(text: str) -> float:
    value = json.loads(text)
    if type(value) not in (int, float):
        raise ValueError("no number")
    found: float = value
    return found

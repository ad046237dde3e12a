"""Response times by hour, read from their compact text when asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.history.histogram import Histogram


class HourlyLatency(Mapping[Instant, Histogram]):
    """Histograms by start of the UTC hour, in time's order, made only when asked for.

    A year of fifty monitors holds half a million of them, of which pages show a few thousand.
    Hours without checks are absent. One whose text is damaged is empty: latencies are told, never
    decided upon.
    """

    def __init__(self, days: Mapping[Instant, str]) -> None:
        """Take the text of each day (24 histograms by semicolons), by its start, in order."""
        self.days = days

    def __getitem__(self, hour: Instant) -> Histogram:
        day = hour - hour % DAY
        parts = self.days.get(day, "").split(";")
        index = (hour - day) // HOUR
        if hour % HOUR or index >= len(parts) or not parts[index]:
            raise KeyError(hour)
        return _histogram(parts[index])

    def items(self) -> ItemsView[Instant, Histogram]:
        """Return hours and histograms; walking through them splits each day once."""
        return _Items(self.days, self)

    def __iter__(self) -> Iterator[Instant]:
        for day, text in self.days.items():
            for index, part in enumerate(text.split(";")):
                if part:
                    yield day + index * HOUR

    def __len__(self) -> int:
        return sum(1 for _ in self)


def between(
    hours: Mapping[Instant, Histogram], start: Instant, end: Instant
) -> Iterator[tuple[Instant, Histogram]]:
    """Yield the hours that share a moment with ``[start, end)``, reading no day outside it."""
    if isinstance(hours, HourlyLatency):
        first, last = start - start % DAY, end
        days = {day: text for day, text in hours.days.items() if first <= day < last}
        hours = HourlyLatency(days)
    for at, times in hours.items():
        if start < at + HOUR and at < end:
            yield at, times


class _Items(ItemsView[Instant, Histogram]):
    def __init__(self, days: Mapping[Instant, str], hours: HourlyLatency) -> None:
        super().__init__(hours)
        self._days = days

    def __iter__(self) -> Iterator[tuple[Instant, Histogram]]:
        for day, text in self._days.items():
            for index, part in enumerate(text.split(";")):
                if part:
                    yield day + index * HOUR, _histogram(part)


def _histogram(text: str) -> Histogram:
    try:
        return Histogram.from_text(text)
    except ValueError:
        return Histogram()

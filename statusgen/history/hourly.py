"""Response times by hour, read from their compact text when asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.history.histogram import Histogram


def histograms(day: Instant, text: str) -> dict[Instant, Histogram]:
    """Read a monitor's day (24 histograms by semicolons) by start of the UTC hour.

    Hours without checks are absent. A part that is damaged counts as absent, too: latencies are
    told, never decided upon.
    """
    found: dict[Instant, Histogram] = {}
    for hour, part in enumerate(text.split(";")):
        if part:
            try:
                found[day + hour * HOUR] = Histogram.from_text(part)
            except ValueError:
                continue
    return found


class HourlyLatency(Mapping[Instant, Histogram]):
    """Histograms by start of the UTC hour, in time's order, made only when asked for.

    A year of fifty monitors holds half a million of them, of which pages show a few thousand.
    """

    def __init__(self, days: Mapping[Instant, str]) -> None:
        """Take the text of each day, by its start, in time's order."""
        self._days = days

    def __getitem__(self, hour: Instant) -> Histogram:
        day = hour - hour % DAY
        return histograms(day, self._days.get(day, ""))[hour]

    def __iter__(self) -> Iterator[Instant]:
        for day, text in self._days.items():
            yield from histograms(day, text)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> ItemsView[Instant, Histogram]:
        """Return all pairs; each day's text is read once, not once an hour."""
        return ItemsView(
            {
                hour: histogram
                for day, text in self._days.items()
                for hour, histogram in histograms(day, text).items()
            }
        )

    def values(self) -> ValuesView[Histogram]:
        """Return all histograms; as cheap as :meth:`items`."""
        return ValuesView(dict(self.items()))

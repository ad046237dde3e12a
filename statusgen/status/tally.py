"""The past of one thing as prefix sums, so that any window of it is added up in microseconds.

The arithmetic is that of ``status.uptime``, in whole tenths of seconds; Upptime's where a site asks
for that (``compat: upptime``). What was observed stays what it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from statusgen.base.clock import HOUR, Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.facts import Measured
from statusgen.status.intervals import touching
from statusgen.status.uptime import DEFAULT_WEIGHTS, Observed

_TENTHS = {state: int(weight * 10) for state, weight in DEFAULT_WEIGHTS.items()}


class Past:
    """The past of one thing, ready to be asked about many windows: each takes microseconds."""

    def __init__(self, measured: Measured, cadence: int) -> None:
        """``cadence``: seconds expected between its checks."""
        self._upptime: Past | None = None
        if measured.past.outages is not None:
            counted = replace(measured, past=Observed(_as_counted(measured)))
            self._upptime = Past(counted, cadence)
        self.measured, self.cadence = measured, max(1, cadence)
        self._starts: list[Instant] = []
        self._sums: list[tuple[int, int]] = [(0, 0)]
        """Seconds observed, and tenths of good ones, before each segment."""
        self._kept: list[tuple[Instant, Instant, int]] = []
        for segment in measured.past.segments:
            tenths = _TENTHS.get(segment.state)
            if tenths is None:
                continue
            length = segment.end - segment.start
            seen, good = self._sums[-1]
            self._starts.append(segment.start)
            self._kept.append((segment.start, segment.end, tenths))
            self._sums.append((seen + length, good + tenths * length))
        self._asked: dict[
            tuple[int, int, int], tuple[list[Instant], list[tuple[int, int, int]]]
        ] = {}
        self._windows = list(measured.past.maintenance)
        self._window_starts = [start for start, _ in self._windows]
        self._window_sums = [0]
        for start, end in self._windows:
            self._window_sums.append(self._window_sums[-1] + end - start)

    @property
    def by_upptime(self) -> bool:
        """Whether its figures are Upptime's."""
        return self._upptime is not None

    def tally(self, start: Instant, end: Instant) -> Tally:
        """Return what ``[start, end)`` holds."""
        if end <= start:
            return Tally(0, 0, 0)
        (seen_to, good_to), (seen, good) = self._upto(end), self._upto(start)
        maintained = self._maintained(end) - self._maintained(start)
        found = Tally(seen_to - seen, good_to - good, end - start - maintained)
        if self._upptime is None:
            return found
        theirs = self._upptime.tally(start, end)
        return replace(theirs, seen=found.observed, whole=found.whole)

    def _upto(self, at: Instant) -> tuple[int, int]:
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0, 0
        start, end, tenths = self._kept[place]
        seen, good = self._sums[place]
        length = min(at, end) - start
        return seen + length, good + tenths * length

    def _maintained(self, at: Instant) -> int:
        place = bisect_right(self._window_starts, at) - 1
        if place < 0:
            return 0
        start, end = self._windows[place]
        return self._window_sums[place] + min(at, end) - start

    def sums(self, marks: Sequence[Instant]) -> list[tuple[int, int, int]]:
        """Return seconds observed, tenths of good ones, and seconds maintained, up to each mark."""
        key = (marks[0], marks[-1], len(marks)) if marks else (0, 0, 0)
        if key not in self._asked or self._asked[key][0] != list(marks):
            told = [(*self._upto(at), self._maintained(at)) for at in marks]
            self._asked[key] = (list(marks), told)
        return self._asked[key][1]

    def bad_hours(self, start: Instant, end: Instant) -> int:
        """Return how many hours of the window were not wholly good."""
        found: set[int] = set()
        for segment in touching(self.measured.past.segments, start, end):
            if _TENTHS.get(segment.state, 10) < 10:
                first, last = max(segment.start, start), min(segment.end, end) - 1
                found.update(range(first // HOUR, last // HOUR + 1))
        return len(found)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a window holds."""

    observed: int
    """Seconds whose state is known, maintenance left out."""
    tenths: int
    """Tenths of good seconds."""
    whole: int
    """Seconds of the window, maintenance left out."""
    seen: int = -1
    """Seconds that were really observed, where the figure is Upptime's; -1: as ``observed``."""

    @property
    def known(self) -> int:
        """Seconds that were really observed, by whatever arithmetic they count."""
        return self.observed if self.seen < 0 else self.seen

    @property
    def bad(self) -> Fraction:
        """Seconds lost, a partial outage in its part."""
        return Fraction(10 * self.observed - self.tenths, 10)

    @property
    def ratio(self) -> Fraction | None:
        """The uptime."""
        return Fraction(self.tenths, 10 * self.observed) if self.observed else None

    @property
    def coverage(self) -> Fraction:
        """The share of the window that was observed."""
        return Fraction(self.known, self.whole) if self.whole else Fraction(0)


def _as_counted(measured: Measured) -> list[Segment]:
    """Return the time since the first check as Upptime counts it: up, but in its incidents."""
    begun, found = measured.since, list[Segment]()
    if begun is None:
        return found
    for start, end in measured.past.outages or ():
        if begun < start:
            found.append(Segment(begun, start, State.UP))
        found.append(Segment(start, end, State.DOWN))
        begun = end
    if begun < measured.now:
        found.append(Segment(begun, measured.now, State.UP))
    return found

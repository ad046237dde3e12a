"""How often checks really come: the gap in which a random moment of the last seven days lies.

Of all gaps, sorted, it is the one at which half of the *time* is reached, not half of the count:
a gap of an hour is sixty times as likely to hold a random moment as one of a minute.

A burst is one visit: checks at most :data:`CLOSE` seconds apart that together last no longer than
:data:`LONGEST_VISIT` count from the first of them to the first of the next visit. So a job that
checks five times a minute apart and then rests for half an hour comes every 34 minutes, whether or
not it checks five times. Checks that go on for longer are a stream, in which each gap counts.

Everything looks back only: what comes later never changes what a past check stood for.
"""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Iterator, Sequence
from enum import StrEnum

from statusgen.base.clock import DAY, MINUTE, Instant

WINDOW = 7 * DAY
"""How far back the gaps count."""
CLOSE = 2 * MINUTE
LONGEST_VISIT = 10 * MINUTE


class Rule(StrEnum):
    """How the usual gap is found; the record of a closed day names the rule it was made by."""

    COUNT = "count"
    """The median of the gaps' number: what records without a name were made by."""
    VISITS = "visits"
    """The median of visits' gaps by their length, as told above."""
    LOOKS = "looks"
    """The same, of what several vantages say together (:mod:`statusgen.history.looks`); days of
    several that were rolled up before that was so are named ``visits``."""


PRESENT_RULE = Rule.VISITS


def usual_gaps(
    times: Sequence[Instant], first: int = 0, rule: Rule = PRESENT_RULE
) -> Iterator[int | None]:
    """Yield for each check from index ``first`` on the usual gap of the seven days before it.

    ``times`` ascend and do not repeat. None where there is no gap yet.
    """
    return median_gaps(times, first) if rule is Rule.COUNT else _visit_gaps(times, first)


def usual_gap(times: Sequence[Instant]) -> int | None:
    """Return the usual gap at the last of ``times``, which ascend; None with fewer than two."""
    return next(usual_gaps(times, max(0, len(times) - 1)), None)


def _visit_gaps(times: Sequence[Instant], first: int) -> Iterator[int | None]:
    if first >= len(times):
        return
    gaps = _Gaps()
    begun = times[0]
    """When the visit or stream under way began."""
    streaming = False
    for index, at in enumerate(times):
        before = times[index - 1] if index else at
        if index and at - before > CLOSE:
            since = before if streaming else begun
            gaps.add(since, at - since)
            begun, streaming = at, False
        elif at - begun > LONGEST_VISIT:
            since = index - 1 if streaming else bisect.bisect_left(times, begun)
            for inner in range(since, index):
                gaps.add(times[inner], times[inner + 1] - times[inner])
            streaming = True
        if index >= first:
            # A visit is judged as a whole, at its beginning: its length moves no window.
            gaps.forget_before((at if streaming else begun) - WINDOW)
            yield gaps.middle()


class _Gaps:
    """Gaps in a moving window, and the one at which half of their time is reached."""

    def __init__(self) -> None:
        self._in_order: deque[tuple[Instant, int]] = deque()
        self._sorted: list[int] = []
        self._total = 0
        self._index = 0
        """Of the middle gap in ``_sorted``."""
        self._below = 0
        """Time in the gaps before ``_index``."""

    def add(self, since: Instant, length: int) -> None:
        self._in_order.append((since, length))
        place = bisect.bisect_left(self._sorted, length)
        self._sorted.insert(place, length)
        self._total += length
        if place < self._index:
            self._index += 1
            self._below += length

    def forget_before(self, oldest: Instant) -> None:
        while self._in_order and self._in_order[0][0] < oldest:
            _, length = self._in_order.popleft()
            place = bisect.bisect_left(self._sorted, length)
            del self._sorted[place]
            self._total -= length
            if place < self._index:
                self._index -= 1
                self._below -= length

    def middle(self) -> int | None:
        """Return the gap at which half of the time is reached; None of nothing."""
        gaps = self._sorted
        while self._index and (self._index >= len(gaps) or 2 * self._below >= self._total):
            self._index -= 1
            self._below -= gaps[self._index]
        if not gaps:
            return None
        while 2 * (self._below + gaps[self._index]) < self._total:
            self._below += gaps[self._index]
            self._index += 1
        return gaps[self._index]


def median_of_sorted(values: Sequence[int]) -> int | None:
    """Return the median, in whole seconds rounded down, or None of nothing."""
    if not values:
        return None
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) // 2


def median_gaps(times: Sequence[Instant], first: int = 0) -> Iterator[int | None]:
    """Yield the median gap of the seven days before each check: the rule of older records.

    A gap counts while both its ends lie in the seven days up to and including the check. One pass
    with a sorted window: O(log n) comparisons a check.
    """
    if first >= len(times):
        return
    oldest = bisect.bisect_left(times, times[first] - WINDOW)
    window = sorted(times[i] - times[i - 1] for i in range(oldest + 1, first + 1))
    for index in range(first, len(times)):
        if index > first:
            bisect.insort(window, times[index] - times[index - 1])
        while times[oldest] < times[index] - WINDOW:
            del window[bisect.bisect_left(window, times[oldest + 1] - times[oldest])]
            oldest += 1
        yield median_of_sorted(window)

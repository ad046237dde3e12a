"""One past, counted by five methods: ours, ours with maintenance counted, and three others'.

What others do is told in ``content/guide/reports.md`` with its sources. They know no unobserved
time: a state lasts until another is reported. So their figures are computed over the *carried*
past, in which each observed state lasts until the next one, and the window begins no earlier than
the first check. Exact: whole seconds and fractions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from statusgen.base.clock import MINUTE, Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, covered, union, without
from statusgen.status.snapshot import Lost, Uptime
from statusgen.status.uptime import DEFAULT_WEIGHTS, Observed, fixed, hundredths


class Method(StrEnum):
    """Who counts; in the order shown."""

    OURS = "ours"
    COUNTED = "counted"
    """Ours, with the maintenance that is left out counted like any other time."""
    STATUSPAGE = "statuspage"
    INCIDENT_IO = "incident-io"
    UPPTIME = "upptime"


STATUSPAGE_LOSS: Mapping[State, Fraction] = MappingProxyType(
    {State.DOWN: Fraction(1), State.PARTIAL: Fraction(3, 10)}
)
"""How much of a second is downtime; of the other states nothing is."""
INCIDENT_IO_LOSS: Mapping[State, Fraction] = MappingProxyType(
    {State.DOWN: Fraction(1), State.PARTIAL: Fraction(1)}
)
FORGOTTEN = 15 * MINUTE
"""An incident that was closed before this age is deleted by Upptime, and so is its downtime."""


def carried(segments: Sequence[Segment], since: Instant | None, now: Instant) -> list[Segment]:
    """Return the past in which each observed state lasts until the next one, up to ``now``.

    It begins with ``since``, the first check; before the first known state nothing was reported
    wrong, so it is up.
    """
    if since is None or since >= now:
        return []
    found: list[Segment] = []
    begun, state = since, State.UP
    for segment in segments:
        if segment.start >= now:
            break
        if segment.state is state:
            continue
        start = max(segment.start, since)
        if begun < start:
            found.append(Segment(begun, start, state))
        begun, state = start, segment.state
    found.append(Segment(begun, now, state))
    return found


def upptime_outages(past: Sequence[Segment], windows: Sequence[Interval]) -> list[Interval]:
    """Return the incidents by which Upptime counts, from a carried past and a union of windows.

    Whatever is not up is one, slow too. One that begins in a window opens no issue; one that was
    closed within 15 minutes is deleted. One that is open counts however young it is.
    """
    bad = union((each.start, each.end) for each in past if each.state is not State.UP)
    now = past[-1].end if past else 0
    return [
        (start, end)
        for start, end in bad
        if (end >= now or end - start >= FORGOTTEN)
        and not any(begin <= start < stop for begin, stop in windows)
    ]


@dataclass(frozen=True)
class Lived:
    """One component's past, to be counted by any method over any window."""

    segments: Sequence[Segment]
    """As observed, sorted and disjoint, no maintenance cut out."""
    since: Instant | None
    """Its first check."""
    now: Instant
    windows: Sequence[Interval] = ()
    """All its maintenance; may overlap itself."""
    excluded: Sequence[Interval] = ()
    """That of it which is left out of uptime."""

    @cached_property
    def joined(self) -> Sequence[Interval]:
        """All its maintenance, as a union."""
        return union(self.windows)

    @cached_property
    def ours(self) -> Observed:
        """As every page counts."""
        return Observed.of(self.segments, self.excluded)

    @cached_property
    def carried(self) -> Sequence[Segment]:
        """As those see it who know no unobserved time."""
        return carried(self.segments, self.since, self.now)

    @cached_property
    def worked(self) -> Sequence[Segment]:
        """The carried past outside of maintenance, which stands over every state there."""
        return without(self.carried, self.joined)

    @cached_property
    def _sums(self) -> Mapping[Method, tuple[_Sum, _Sum]]:
        """Method → how many seconds count, and how many tenths of them are good, or lost."""
        ours = _Sum(self.ours.segments, _ALL), _Sum(self.ours.segments, _GOOD)
        alike = not self.ours.maintenance
        return {
            Method.OURS: ours,
            Method.COUNTED: ours
            if alike
            else (_Sum(self.segments, _ALL), _Sum(self.segments, _GOOD)),
            Method.STATUSPAGE: (_NOTHING, _Sum(self.worked, STATUSPAGE_LOSS)),
            Method.INCIDENT_IO: (_NOTHING, _Sum(self.worked, INCIDENT_IO_LOSS)),
        }

    @cached_property
    def _failed(self) -> _Sum:
        return _Sum(self.ours.segments, INCIDENT_IO_LOSS)

    def failed(self, start: Instant, end: Instant) -> int:
        """Return the seconds observed in a major or partial outage, maintenance left out."""
        return int(self._failed.between(*self.window(start, end)))

    @cached_property
    def outages(self) -> Sequence[Interval]:
        """What Upptime counts."""
        return upptime_outages(self.carried, self.joined)

    def window(self, start: Instant, end: Instant) -> Interval:
        """Return the part of a window that there was: since the first check, up to now."""
        end = min(end, self.now)
        return (end if self.since is None else min(max(start, self.since), end), end)

    def uptime(self, method: Method, start: Instant, end: Instant) -> Uptime:
        """Return the uptime over ``[start, end)``, which begins no earlier than the first check.

        Of the others' methods all of that window is observed.
        """
        start, end = self.window(start, end)
        whole = max(0, end - start)
        if method is Method.UPPTIME:
            lost = covered(self.outages, start, end) if whole else 0
            return Uptime(Fraction(whole - lost), whole, whole, Lost(lost, whole))
        seen, counted = self._sums[method]
        share = counted.between(start, end)
        if method in (Method.STATUSPAGE, Method.INCIDENT_IO):
            return Uptime(whole - share, whole, whole)
        out = covered(self.ours.maintenance, start, end) if method is Method.OURS and whole else 0
        return Uptime(share, int(seen.between(start, end)), whole - out)


class _Sum:
    """Seconds of segments, each times the weight of its state, up to any moment: in tenths."""

    def __init__(self, segments: Sequence[Segment], weights: Mapping[State, Fraction]) -> None:
        tenths = {state: int(weight * 10) for state, weight in weights.items() if weight}
        kept = [
            (each.start, each.end, tenths[each.state]) for each in segments if each.state in tenths
        ]
        self._starts = [start for start, _, _ in kept]
        self._kept = kept
        self._before = [0, *accumulate([(end - start) * tenth for start, end, tenth in kept])]

    def between(self, start: Instant, end: Instant) -> Fraction:
        """Return the weighted seconds of ``[start, end)``."""
        return Fraction(self._upto(end) - self._upto(start), 10) if start < end else Fraction(0)

    def _upto(self, at: Instant) -> int:
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return 0
        start, end, tenth = self._kept[place]
        return self._before[place] + (min(at, end) - start) * tenth


_ALL: Mapping[State, Fraction] = dict.fromkeys(DEFAULT_WEIGHTS, Fraction(1))
_GOOD = DEFAULT_WEIGHTS
_NOTHING = _Sum((), {})


def printed(uptime: Uptime) -> int | None:
    """Return what a report prints of any method, in hundredths of a percent; None: nothing.

    Upptime's figure is rounded as it rounds; all others are cut.
    """
    if uptime.lost is not None:
        return fixed(uptime.lost)
    return hundredths(uptime.ratio)

"""One past, counted by five methods: ours, ours with maintenance counted, and three others'.

What others do is told in ``content/guide/reports.md`` with its sources. They know no unobserved
time: a state lasts until another is reported. So their figures are computed over the *carried*
past, in which each observed state lasts until the next one, and the window begins no earlier than
the first check. Exact: whole seconds and fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from statusgen.base.clock import MINUTE, Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, covered, touching, union, without
from statusgen.status.snapshot import Lost, Uptime
from statusgen.status.uptime import Observed, fixed, hundredths


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
    found = [Segment(since, now, State.UP)]
    for segment in segments:
        if segment.state is State.UNKNOWN or segment.start >= now:
            continue
        last = found[-1]
        start = max(segment.start, since)
        if last.state is segment.state:
            continue
        found[-1:] = [
            *([Segment(last.start, start, last.state)] if last.start < start else []),
            Segment(start, now, segment.state),
        ]
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
        if method is Method.OURS:
            return self.ours.uptime(start, end, self.now)
        if method is Method.COUNTED:
            return Observed(self.segments).uptime(start, end, self.now)
        whole = max(0, end - start)
        if method is Method.UPPTIME:
            lost = covered(self.outages, start, end) if whole else 0
            return Uptime(Fraction(whole - lost), whole, whole, Lost(lost, whole))
        losses = STATUSPAGE_LOSS if method is Method.STATUSPAGE else INCIDENT_IO_LOSS
        return Uptime(whole - _lost(self.worked, losses, start, end), whole, whole)


def printed(uptime: Uptime) -> int | None:
    """Return what a report prints of any method, in hundredths of a percent; None: nothing.

    Upptime's figure is rounded as it rounds; all others are cut.
    """
    if uptime.lost is not None:
        return fixed(uptime.lost)
    return hundredths(uptime.ratio)


def _lost(
    past: Sequence[Segment], losses: Mapping[State, Fraction], start: Instant, end: Instant
) -> Fraction:
    lost = dict.fromkeys(losses, 0)
    for segment in touching(past, start, end) if start < end else ():
        if segment.state in lost:
            lost[segment.state] += min(segment.end, end) - max(segment.start, start)
    return sum((losses[state] * seconds for state, seconds in lost.items()), Fraction(0))

"""Uptime: the share of the observed time in which a service worked, and what of it is shown.

The formulas of ``content/reference/states-and-uptime.md``, exact: whole seconds and fractions, no
floating point. With ``W`` the window up to now, ``M`` the maintenance in it and ``w`` the weights::

    K = seconds of W without M whose state is known        uptime   = A / K
    A = the same seconds, each times w(its state)          coverage = K / |W without M|
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, covered, touching, union, without
from statusgen.status.snapshot import Lost, Uptime

DEFAULT_WEIGHTS: Mapping[State, Fraction] = MappingProxyType(
    {
        State.UP: Fraction(1),
        State.DEGRADED: Fraction(1),
        State.PARTIAL: Fraction(7, 10),
        State.DOWN: Fraction(0),
    }
)
"""How much of a second in each state counts as good, from 0 to 1."""

_SHOWN_FROM, _PLAIN_FROM = Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Observed:
    """An observed past with its maintenance cut out once, to be asked about many windows."""

    segments: Sequence[Segment]
    """Sorted and disjoint; none in maintenance."""
    maintenance: Sequence[Interval] = ()
    """A union: sorted and disjoint."""
    outages: Sequence[Interval] | None = None
    """What Upptime counts as down (``status.methods``), a union; None: the figures are ours."""
    since: Instant | None = None
    """The first check, where ``outages`` are told: before it, Upptime counts nothing."""

    @classmethod
    def of(cls, segments: Sequence[Segment], maintenance: Iterable[Interval] = ()) -> Observed:
        """Cut the maintenance, which may overlap itself, out of sorted disjoint segments."""
        joined = union(maintenance)
        return cls(without(segments, joined), joined)

    def seconds(self, start: Instant, end: Instant) -> dict[State, int]:
        """Return the observed seconds of ``[start, end)`` in each state that occurs.

        Nothing for a window that ends where it begins, or before.
        """
        if end <= start:
            return {}
        found: dict[State, int] = {}
        for segment in touching(self.segments, start, end):
            length = min(segment.end, end) - max(segment.start, start)
            found[segment.state] = found.get(segment.state, 0) + length
        found.pop(State.UNKNOWN, None)
        return found

    def uptime(
        self,
        start: Instant,
        end: Instant,
        now: Instant,
        weights: Mapping[State, Fraction] = DEFAULT_WEIGHTS,
    ) -> Uptime:
        """Return the uptime over ``[start, min(end, now))``."""
        end = max(start, min(end, now))
        seconds = self.seconds(start, end)
        return Uptime(
            good=sum((weights[state] * length for state, length in seconds.items()), Fraction(0)),
            observed=sum(seconds.values()),
            window=end - start - covered(self.maintenance, start, end),
            lost=self._lost(start, end),
        )

    def _lost(self, start: Instant, end: Instant) -> Lost | None:
        """Return what Upptime would say was lost; None where the figures are ours."""
        if self.outages is None:
            return None
        start = end if self.since is None else min(max(start, self.since), end)
        return Lost(covered(self.outages, start, end), end - start)


def uptime(
    segments: Sequence[Segment],
    *,
    start: Instant,
    end: Instant,
    now: Instant,
    maintenance: Iterable[Interval] = (),
    maintenance_counts: bool = False,
    weights: Mapping[State, Fraction] = DEFAULT_WEIGHTS,
) -> Uptime:
    """Return the uptime of one window ``[start, end)``, of which only what lies before now exists.

    ``segments`` are sorted and disjoint. Maintenance is left out of the window, unless it counts
    like any other time. ``weights`` must hold every state that occurs, each from 0 to 1.
    """
    past = Observed.of(touching(segments, start, end), () if maintenance_counts else maintenance)
    return past.uptime(start, end, now, weights)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an uptime is shown to a visitor, in hundredths of a percent, cut off."""

    uptime: int | None
    """None under 50 % coverage: too little was observed for a number."""
    about: bool
    """Whether the coverage is under 90 %, so that the number is told as about right."""
    coverage: int | None
    """None for an empty window."""


def hundredths(ratio: Fraction | None) -> int | None:
    """Return a ratio in hundredths of a percent, cut off and never rounded up.

    Any loss shows (at most 9999) and so does any good second (at least 1).
    """
    if ratio is None:
        return None
    cut = ratio.numerator * 10_000 // ratio.denominator
    return max(cut, 1) if ratio > 0 else cut


def shown(uptime: Uptime) -> Shown:
    """Decide what to print: a number only where at least half of the window was observed."""
    coverage = uptime.coverage
    if uptime.lost is not None:
        return Shown(fixed(uptime.lost), about=False, coverage=hundredths(coverage))
    enough = coverage is not None and coverage >= _SHOWN_FROM
    return Shown(
        uptime=hundredths(uptime.ratio) if enough else None,
        about=coverage is not None and coverage < _PLAIN_FROM,
        coverage=hundredths(coverage),
    )


def fixed(lost: Lost) -> int | None:
    """Return what Upptime prints, in hundredths of a percent: JavaScript's ``toFixed(2)``.

    It rounds: 30 days with one second down are 100.00 % there. None for an empty window.
    """
    if not lost.whole:
        return None
    share = max(0.0, 100 - lost.seconds / lost.whole * 100)
    return int(Decimal(share).quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)


def weights_shown(weights: Mapping[State, Fraction] = DEFAULT_WEIGHTS) -> dict[str, int]:
    """Return the weights in hundredths of a percent, for the definition under the numbers."""
    return {str(state): hundredths(weight) or 0 for state, weight in weights.items()}

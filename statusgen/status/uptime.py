"""Uptime: the share of the observed time in which a service worked, and how it is written.

Formulas 3.3 of the reference, exact: whole seconds and fractions, no floating point. With ``W``
the window up to now, ``M`` the maintenance in it and ``w`` the weights::

    K = seconds of W without M whose state is known        uptime   = A / K
    A = the same seconds, each times w(its state)          coverage = K / |W without M|
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, covered, touching, union, without
from statusgen.status.snapshot import Uptime

DEFAULT_WEIGHTS: Mapping[State, Fraction] = MappingProxyType(
    {
        State.UP: Fraction(1),
        State.DEGRADED: Fraction(1),
        State.PARTIAL: Fraction(7, 10),
        State.DOWN: Fraction(0),
    }
)
"""How much of a second in each state counts as good, from 0 to 1."""

NOTHING = "—"
"""Written where there is no number to write."""
_SHOWN_FROM, _PLAIN_FROM = Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Observed:
    """An observed past with its maintenance cut out once, to be asked about many windows."""

    segments: Sequence[Segment]
    """Sorted and disjoint; none in maintenance."""
    maintenance: Sequence[Interval] = ()
    """A union: sorted and disjoint."""

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
        )


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
class UptimeText:
    """An uptime as a visitor reads it."""

    uptime: str
    """``99.98 %``; ``≈ 99.98 %`` under 90 % coverage; ``—`` under 50 %."""
    coverage: str
    is_number: bool
    """Whether ``uptime`` holds a number."""


def percent_text(uptime: Uptime) -> str:
    """Write the uptime in percent, cut off after two decimals and never rounded up.

    Any loss shows (at most 99.99) and so does any good second (at least 0.01); ``—`` where
    nothing was observed.
    """
    return _percent(uptime.ratio)


def coverage_text(uptime: Uptime) -> str:
    """Write which share of the window was observed, by the rules of ``percent_text``."""
    return _percent(uptime.coverage)


def shown(uptime: Uptime) -> UptimeText:
    """Decide what to print: a number only where at least half of the window was observed."""
    coverage = uptime.coverage
    text = UptimeText(NOTHING, coverage_text(uptime), is_number=False)
    if coverage is None or coverage < _SHOWN_FROM:
        return text
    about = "" if coverage >= _PLAIN_FROM else "≈ "
    return UptimeText(about + percent_text(uptime), text.coverage, is_number=True)


def definition(
    weights: Mapping[State, Fraction] = DEFAULT_WEIGHTS, *, maintenance_counts: bool = False
) -> str:
    """Say in words what the printed uptime means; stands under the number."""
    names = {
        State.UP: "operational",
        State.DEGRADED: "degraded",
        State.PARTIAL: "partial outage",
        State.DOWN: "major outage",
    }
    parts = ", ".join(f"{name} {_weight(weights[state])}" for state, name in names.items())
    maintenance = "counts like any other time" if maintenance_counts else "is left out"
    return (
        f"Uptime is the share of the observed time that was good, second by second: {parts}. "
        f"Time that was not observed is left out, shown in grey and told by the coverage. "
        f"Scheduled maintenance {maintenance}. A group is up while all its components are. "
        f"Percentages are cut off, never rounded up."
    )


def _weight(weight: Fraction) -> str:
    if weight in (0, 1):
        return "counts in full" if weight else "does not count"
    return f"counts {_percent(weight).replace('.00', '')}"


def _percent(ratio: Fraction | None) -> str:
    if ratio is None:
        return NOTHING
    hundredths = ratio.numerator * 10_000 // ratio.denominator
    if ratio > 0:
        hundredths = max(hundredths, 1)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"

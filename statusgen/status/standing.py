"""How targets stand: a measured figure held against what was promised, and what samples prove.

One evaluation for objectives, criteria, triggers and watched metrics. Everything follows from the
observed past alone, at whatever instant: nothing is stored, and a replay over the past gives the
same dates at every build. Exact arithmetic: whole seconds and fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from statusgen.base.binomial import checks_needed
from statusgen.base.clock import DAY, HOUR, MINUTE, Instant
from statusgen.base.target import Combine, Metric, Operator, Target
from statusgen.status.intervals import Interval
from statusgen.status.proof import Proof, proof_of
from statusgen.status.tally import Past, Tally

SHARES = (Metric.UPTIME, Metric.ERROR_RATE)
LATENCY = {Metric.LATENCY_P50: "p50", Metric.LATENCY_P95: "p95", Metric.LATENCY_P99: "p99"}
_UNITS = {
    "ms": Fraction(1, 1000), "s": Fraction(1), "sec": Fraction(1), "second": Fraction(1),
    "min": Fraction(MINUTE), "minute": Fraction(MINUTE), "m": Fraction(MINUTE),
    "h": Fraction(HOUR), "hour": Fraction(HOUR), "d": Fraction(DAY), "day": Fraction(DAY),
}  # fmt: skip


class Verdict(StrEnum):
    """Whether a figure is as it was promised."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why nothing can be told."""

    NONE = ""
    NOTHING = "nothing"
    """Nothing was measured of it."""
    COVERAGE = "coverage"
    """Too little of the window was observed."""
    SAMPLES = "samples"
    """So few checks prove nothing of the kind, even if none fails."""
    UNIT = "unit"
    """Its unit says nothing of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a target stands at one instant."""

    target: Target
    start: Instant
    end: Instant
    figure: Fraction | None
    """In seconds where it is a time, else as the target's; None where nothing was measured."""
    value: Fraction
    """What it is held against, in the same unit."""
    verdict: Verdict
    doubt: Doubt
    coverage: Fraction
    bad: Fraction
    """Seconds lost in the window, of the worst."""
    interval: int
    """Seconds between the checks of the one that is checked least often."""
    wanted: int = 0
    """Seconds between checks that could tell, where these are too few; 0: none could."""
    proof: Proof | None
    since: Instant | None = None
    """The hour in which the verdict became this one; None: not looked, or younger than a day."""
    always: bool = False
    """Whether it was never another, as far back as was looked."""


Period = Literal["day", "week", "month", "quarter", "year"]

_PERIODS: tuple[tuple[int, Period], ...] = (
    (360, "year"),
    (85, "quarter"),
    (28, "month"),
    (7, "week"),
)
"""The fewest days of each, the longest first; below them it is a day."""


def is_latency(target: Target) -> bool:
    """Whether a target is about response times, which are known by the hour and slow to ask."""
    return target.metric in LATENCY


def value_of(target: Target) -> Fraction | None:
    """Return what a figure is held against: seconds for times; None where its unit is none."""
    if target.metric in SHARES:
        return target.value
    scale = _UNITS.get(target.unit.lower(), _UNITS.get(target.unit.lower().rstrip("s")))
    return None if scale is None else target.value * scale


def window_of(target: Target, at: Instant, zone: ZoneInfo, default: int = 30 * DAY) -> Interval:
    """Return the window looked back on: the last so many seconds, or the period under way."""
    length = target.window or default
    if target.rolling:
        return at - length, at
    local = datetime.fromtimestamp(at, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    match calendar_period(length):
        case "year":
            local = local.replace(month=1, day=1)
        case "quarter":
            local = local.replace(month=local.month - (local.month - 1) % 3, day=1)
        case "month":
            local = local.replace(day=1)
        case "week":
            local -= timedelta(days=local.weekday())
        case "day":
            pass
    return int(local.timestamp()), at


def calendar_period(length: int) -> Period:
    """Return the period of the calendar that is about so many seconds long."""
    return next((name for least, name in _PERIODS if length >= least * DAY), "day")


@dataclass(frozen=True, slots=True)
class Judged:
    """A target held against one window."""

    start: Instant
    end: Instant
    tallies: tuple[Tally, ...]
    value: Fraction | None
    figure: Fraction | None
    coverage: Fraction
    verdict: Verdict
    doubt: Doubt


def judged(
    target: Target, pasts: Sequence[Past], at: Instant, zone: ZoneInfo, default: int
) -> Judged:
    """Hold a target against the window that ends at an instant."""
    start, end = window_of(target, at, zone, default)
    value = value_of(target)
    tallies = tuple(past.tally(start, end) for past in pasts)
    coverage = min((each.coverage for each in tallies), default=Fraction(0))
    figures = [
        _figure(target, past, each, start, end) for past, each in zip(pasts, tallies, strict=True)
    ]
    known = [figure for figure in figures if figure is not None]
    figure = _combined(target, known) if known and len(known) == len(figures) else None
    verdict, doubt = _verdict(target, value, figure, coverage, pasts, end - start)
    return Judged(start, end, tallies, value, figure, coverage, verdict, doubt)


def standing(
    target: Target, pasts: Sequence[Past], at: Instant, zone: ZoneInfo, default: int = 30 * DAY
) -> Standing:
    """Hold a target against the past of the things that it names, as of an instant.

    ``default``: the window in seconds where the author names none.
    """
    found = judged(target, pasts, at, zone, default)
    shares = target.metric in SHARES
    return Standing(
        target=target,
        start=found.start,
        end=found.end,
        figure=found.figure,
        value=found.value if found.value is not None else target.value,
        verdict=found.verdict,
        doubt=found.doubt,
        coverage=found.coverage,
        bad=max((each.bad for each in found.tallies), default=Fraction(0)),
        interval=max((past.cadence for past in pasts), default=0),
        wanted=_wanted(target, found.value, found.end - found.start),
        proof=_proof(pasts, found.tallies, found.start, found.end) if shares else None,
    )


def _figure(
    target: Target, past: Past, tally: Tally, start: Instant, end: Instant
) -> Fraction | None:
    if target.metric is Metric.UPTIME:
        return tally.ratio
    if target.metric is Metric.ERROR_RATE:
        return None if tally.ratio is None else 1 - tally.ratio
    if target.metric is Metric.DOWNTIME:
        return tally.bad if tally.observed else None
    if target.metric in LATENCY:
        found = getattr(past.measured.latency(start, end), LATENCY[target.metric])
        return None if found is None else Fraction(found, 1000)
    return None


def _combined(target: Target, figures: Sequence[Fraction]) -> Fraction:
    if target.combine is Combine.AVERAGE:
        return sum(figures, Fraction(0)) / len(figures)
    return min(figures) if target.metric is Metric.UPTIME else max(figures)


def _verdict(
    target: Target,
    value: Fraction | None,
    figure: Fraction | None,
    coverage: Fraction,
    pasts: Sequence[Past],
    window: int,
) -> tuple[Verdict, Doubt]:
    if value is None:
        return Verdict.UNKNOWN, Doubt.UNIT
    if figure is None:
        return Verdict.UNKNOWN, Doubt.NOTHING
    if coverage < target.min_coverage:
        return Verdict.UNKNOWN, Doubt.COVERAGE
    met = _met(target.operator, figure, value)
    rising = target.operator in (Operator.ABOVE, Operator.AT_LEAST)
    well = met is (rising if target.metric is Metric.UPTIME else not rising)
    if well and proves_nothing(target, value, pasts, window):
        return Verdict.UNKNOWN, Doubt.SAMPLES
    return (Verdict.MET if met else Verdict.MISSED), Doubt.NONE


def proves_nothing(target: Target, value: Fraction, pasts: Sequence[Past], window: int) -> bool:
    """Whether checks come too seldom to tell that all is well, even where none fails.

    Of a downtime, two that fail one after the other show that it lasted for the time between them.
    """
    slowest = max(past.cadence for past in pasts)
    if target.metric is not Metric.DOWNTIME and target.metric not in SHARES:
        return False
    return slowest > _wanted(target, value, window)


def _wanted(target: Target, value: Fraction | None, window: int) -> int:
    """Return how many seconds apart checks could tell that all is well; 0: none could."""
    if value is None:
        return 0
    if target.metric is Metric.DOWNTIME:
        return int(value) // 2
    if target.metric not in SHARES:
        return 0
    needed = checks_needed(value if target.metric is Metric.UPTIME else 1 - value)
    return 0 if needed is None else window // needed


def _met(operator: Operator, figure: Fraction, value: Fraction) -> bool:
    return {
        Operator.BELOW: figure < value,
        Operator.AT_MOST: figure <= value,
        Operator.ABOVE: figure > value,
        Operator.AT_LEAST: figure >= value,
    }[operator]


def _proof(
    pasts: Sequence[Past], tallies: Sequence[Tally], start: Instant, end: Instant
) -> Proof | None:
    """Return what the checks of the worst prove."""
    seen = [(past, each) for past, each in zip(pasts, tallies, strict=True) if each.observed]
    if not seen:
        return None
    past, tally = min(seen, key=lambda each: each[1].ratio or 0)
    return proof_of(tally.known, tally.bad, past.bad_hours(start, end), past.cadence)

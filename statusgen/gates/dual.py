"""A dual run: what a migration leaves and what it goes to, measured beside each other.

Over whole days of the site's time zone since the run began, the present one left out. A day is
*clean* where at least half of it was observed on the new side, nothing was lost in it, and checks
came at least hourly. After so many clean days in a row, up to yesterday, the old side may be
switched off, as far as checks can tell: they know nothing of data that only the old one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import HOUR, Instant
from statusgen.roadmap.model import DualRun
from statusgen.status.days import day_start, local_day
from statusgen.status.tally import Past

_OBSERVED = Fraction(1, 2)
_MOST = 400
"""Days looked back on at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side over the days of the run that both were checked on."""

    component: str
    uptime: Fraction | None
    coverage: Fraction
    lost: Fraction
    """Seconds."""
    p50: int | None
    """Milliseconds."""
    p95: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dual:
    """Both sides of a migration, as they stand."""

    item: str
    start: Instant
    end: Instant
    days: int
    """Whole days of the run so far."""
    old: Side
    new: Side
    clean: int
    """Clean days of the new side in a row, up to yesterday."""
    wanted: int
    dirty: date | None
    """The last day that was not clean; None where each was."""

    @property
    def safe(self) -> bool:
        """Whether the old side may be switched off, as far as checks can tell."""
        return self.clean >= self.wanted


def dual_run(
    item: str,
    run: DualRun,
    pasts: Callable[[Sequence[str]], list[Past]],
    now: Instant,
    zone: ZoneInfo,
) -> Dual | None:
    """Return how a dual run stands; None while either side has no whole day behind it.

    Raises KeyError for a component that is not there.
    """
    old, new = pasts([run.old, run.new])
    firsts = [old.measured.since, new.measured.since]
    if firsts[0] is None or firsts[1] is None:
        return None
    today = local_day(now, zone)
    first = max(local_day(each, zone) for each in firsts if each is not None)
    # The day of a first check is no whole day, unless the run is said to begin later.
    begin = first + timedelta(days=1) if run.start is None else max(run.start, first)
    begin = max(begin, today - timedelta(days=_MOST))
    days = [begin + timedelta(days=count) for count in range((today - begin).days)]
    if not days:
        return None
    start, end = day_start(begin, zone), day_start(today, zone)
    clean, dirty = 0, None
    for day in reversed(days):
        if not _clean(new, day, zone):
            dirty = day
            break
        clean += 1
    return Dual(
        item=item,
        start=start,
        end=end,
        days=len(days),
        old=_side(run.old, old, start, end),
        new=_side(run.new, new, start, end),
        clean=clean,
        wanted=run.clean_days,
        dirty=dirty,
    )


def _clean(past: Past, day: date, zone: ZoneInfo) -> bool:
    start, end = day_start(day, zone), day_start(day + timedelta(days=1), zone)
    tally = past.tally(start, end)
    return tally.coverage >= _OBSERVED and tally.bad == 0 and past.cadence <= HOUR


def _side(component: str, past: Past, start: Instant, end: Instant) -> Side:
    tally, latency = past.tally(start, end), past.measured.latency(start, end)
    return Side(
        component=component,
        uptime=tally.ratio,
        coverage=tally.coverage,
        lost=tally.bad,
        p50=latency.p50,
        p95=latency.p95,
    )

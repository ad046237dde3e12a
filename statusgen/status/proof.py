"""What the checks of a window prove of an availability."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.binomial import least_availability
from statusgen.base.clock import HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the checks of a window prove."""

    checks: int
    failed: int
    least: float
    """The lower bound of availability at 95 %, were checks independent."""
    hours: int
    bad_hours: int
    least_hours: float
    """The same bound over hours, for failures come in runs: the cautious figure."""
    interval: int
    """Seconds between checks: what is shorter may be missed."""


def proof_of(observed: int, bad: Fraction, bad_hours: int, interval: int) -> Proof:
    """Return what the checks of a time prove.

    ``observed`` and ``bad`` are seconds, ``interval`` those between checks. A number of checks is
    that of the time observed, at one each interval: whatever the pattern of visits, that is what
    the time can hold of checks that tell of different moments.
    """
    checks = max(1, observed // interval)
    failed = min(checks, -int(-bad // interval))
    hours = max(1, observed // HOUR)
    bad_hours = min(hours, bad_hours)
    return Proof(
        checks=checks,
        failed=failed,
        least=least_availability(checks, failed),
        hours=hours,
        bad_hours=bad_hours,
        least_hours=least_availability(hours, bad_hours),
        interval=interval,
    )

"""What a number of checks proves: exact binomial bounds (Clopper and Pearson, 1934).

Of ``n`` independent checks ``k`` failed. The one-sided lower bound of availability at a confidence
of 95 % is ``1 - q`` with ``P(at most k of n fail | q) = 0.05``; without a failure that is
``0.05 ** (1 / n)``. Failures of a service come in runs, so its checks are not independent: say so
wherever a bound is shown.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

DOUBT = 0.05
"""One minus the confidence."""


def least_availability(checks: int, failed: int, doubt: float = DOUBT) -> float:
    """Return the lower bound of availability that so many checks prove, to 1e-12.

    ``doubt``: one minus the confidence. 0 where every check failed, or none was made. Raises
    ValueError where more failed than were made.
    """
    if not 0 <= failed <= checks:
        raise ValueError(f"{failed} of {checks} checks cannot have failed")
    if failed == checks:
        return 0.0
    if failed == 0:
        return math.exp(math.log(doubt) / checks)
    # The chance of at most so many failures falls as the share of failures grows.
    low, high = failed / checks, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if _at_most(checks, failed, middle) > doubt:
            low = middle
        else:
            high = middle
    return 1.0 - high


def greatest_availability(checks: int, failed: int, doubt: float = DOUBT) -> float:
    """Return the upper bound of availability that so many checks leave open, to 1e-12.

    It is the lower bound of the share of failures, seen from the other side. 1 where none failed.
    Raises ValueError as :func:`least_availability`.
    """
    return 1.0 - least_availability(checks, checks - failed, doubt)


def _at_most(checks: int, failed: int, share: float) -> float:
    """Return the chance that at most ``failed`` fail, where each fails with that chance.

    From the greatest term of the tail downwards: at and below the bound each is smaller.
    """
    log_first = (
        _log_choose(checks, failed)
        + failed * math.log(share)
        + (checks - failed) * math.log1p(-share)
    )
    odds, term, total = (1.0 - share) / share, 1.0, 1.0
    for index in range(failed, 0, -1):
        term *= index / (checks - index + 1) * odds
        total += term
        if term < total * 1e-17:
            break
    return math.exp(log_first + math.log(total))


def _log_choose(whole: int, part: int) -> float:
    part = min(part, whole - part)
    if part <= 64:  # exact: differences of large logarithms would lose digits
        return math.log(math.comb(whole, part))
    return math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)


@lru_cache
def checks_needed(target: Fraction) -> int | None:
    """Return how many checks, none of which fails, prove a target between 0 and 1.

    None for 100 %, which no number of checks proves.
    """
    if target >= 1:
        return None
    if target <= 0:
        return 1
    # log1p of the exact difference: a target near 1 keeps its digits.
    needed = math.ceil(math.log(DOUBT) / math.log1p(float(target - 1)))
    return max(needed, 1)


def seen_with(outage: int, interval: int) -> Fraction:
    """Return the chance that checks so many seconds apart see an outage of so many seconds."""
    return min(Fraction(1), Fraction(outage, interval)) if interval > 0 else Fraction(1)

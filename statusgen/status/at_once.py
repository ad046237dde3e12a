"""Verdicts at many moments at once, in whole numbers: what a replay by the hour needs.

The same as ``status.standing`` says of each moment alone (a test holds the two together), for
targets on the time lost over the last so many seconds, of which the worst counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from statusgen.base.clock import Instant
from statusgen.base.target import Combine, Metric, Operator, Target
from statusgen.status.standing import Verdict, proves_nothing, value_of
from statusgen.status.tally import Past

_RISING = (Operator.ABOVE, Operator.AT_LEAST)


def verdicts_at(
    target: Target, pasts: Sequence[Past], marks: Sequence[Instant], default: int
) -> list[Verdict] | None:
    """Return the verdict at each moment; None where they must be asked for one by one."""
    value = value_of(target)
    lost = target.metric in (Metric.UPTIME, Metric.DOWNTIME, Metric.ERROR_RATE)
    if not lost or value is None or not target.rolling or not pasts or pasts[0].by_upptime:
        return None
    if target.combine is not Combine.WORST and len(pasts) > 1:
        return None
    window = target.window or default
    starts = [mark - window for mark in marks]
    met = _test(target, value.numerator, value.denominator)
    least = target.min_coverage
    known = [True] * len(marks)
    rising = target.operator in _RISING
    # The worst is above a limit where any is; of an uptime the worst is the least.
    any_of = rising is not (target.metric is Metric.UPTIME)
    found = [not any_of] * len(marks)
    for past in pasts:
        columns = zip(past.sums(starts), past.sums(marks), strict=True)
        tallies = [
            (seen - seen_, good - good_, window - kept + kept_)
            for (seen_, good_, kept_), (seen, good, kept) in columns
        ]
        known = [
            before and seen > 0 and seen * least.denominator >= least.numerator * whole
            for before, (seen, _, whole) in zip(known, tallies, strict=True)
        ]
        own = [met(seen, good) for seen, good, _ in tallies]
        joined = zip(found, own, strict=True)
        found = [one or two for one, two in joined] if any_of else [a and b for a, b in joined]
    # Where all is well and checks come too seldom to show it, nothing can be told.
    blind = proves_nothing(target, value, pasts, window)
    well = rising if target.metric is Metric.UPTIME else not rising
    return [
        Verdict.UNKNOWN
        if not told or (blind and is_met is well)
        else Verdict.MET
        if is_met
        else Verdict.MISSED
        for told, is_met in zip(known, found, strict=True)
    ]


def _test(target: Target, above: int, below: int) -> Callable[[int, int], bool]:
    """Return whether so many seconds observed, with so many tenths of good ones, meet a target.

    ``above / below`` is the value. Both sides are multiplied out, so all is whole.
    """
    compare: dict[Operator, Callable[[int, int], bool]] = {
        Operator.BELOW: int.__lt__,
        Operator.AT_MOST: int.__le__,
        Operator.ABOVE: int.__gt__,
        Operator.AT_LEAST: int.__ge__,
    }
    holds = compare[target.operator]
    if target.metric is Metric.UPTIME:
        return lambda seen, good: holds(good * below, 10 * seen * above)
    if target.metric is Metric.ERROR_RATE:
        return lambda seen, good: holds((10 * seen - good) * below, 10 * seen * above)
    return lambda seen, good: holds((10 * seen - good) * below, 10 * above)

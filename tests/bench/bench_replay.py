"""Triggers run over a made-up past: 20 monitors, 90 days, 20 triggers; the aim is below a second.

Run by ``python -m tests.bench.bench_replay``.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, HOUR
from statusgen.base.states import State
from statusgen.base.target import Metric, Operator, Target
from statusgen.history.segments import Segment
from statusgen.status.facts import Measured
from statusgen.status.replay import Replay
from statusgen.status.tally import Past
from statusgen.status.uptime import Observed

NOW = 1_790_000_000
DAYS = 90
COUNT = 20
LIMITS = {
    Metric.DOWNTIME: (Operator.ABOVE, Fraction(5), "minutes"),
    Metric.UPTIME: (Operator.BELOW, Fraction(999, 1000), ""),
    Metric.ERROR_RATE: (Operator.ABOVE, Fraction(1, 200), ""),
}


def past(seed: int) -> Past:
    """Return a past with an outage every other day."""
    chance, segments, at = random.Random(seed), [], NOW - DAYS * DAY
    while at < NOW:
        for state, length in (
            (State.UP, chance.randrange(HOUR, 4 * DAY)),
            (State.DOWN, chance.choice((300, 600, 2400))),
        ):
            end = min(NOW, at + length)
            if end > at:
                segments.append(Segment(at, end, state))
            at = end
    return Past(Measured(NOW, Observed(segments), NOW - DAYS * DAY), 300)


def replayed(pasts: Sequence[Sequence[Past]]) -> float:
    """Return the seconds of CPU that it takes to replay a trigger over each list of pasts."""
    begun = time.process_time()
    for number, several in enumerate(pasts):
        metric = list(LIMITS)[number % len(LIMITS)]
        operator, value, unit = LIMITS[metric]
        window = (DAY, 7 * DAY, 30 * DAY)[number % 3]
        target = Target(metric=metric, operator=operator, value=value, unit=unit, window=window)
        replay = Replay(target, several, NOW, ZoneInfo("UTC"))
        assert replay.present.target is target
        replay.fired(DAYS)
        replay.flips(DAYS)
    return time.process_time() - begun


def main() -> None:
    """Print the figures."""
    every = [past(seed) for seed in range(COUNT)]
    alone = replayed([[each] for each in every])
    every = [past(seed) for seed in range(COUNT)]
    together = replayed([every] * COUNT)
    print(f"{COUNT} triggers over {DAYS} days, by the hour, with since and flips:")
    print(f"each on one of {COUNT} monitors: {alone:.2f} s of CPU")
    print(f"each on all {COUNT} monitors:    {together:.2f} s of CPU (aim: below 1)")


if __name__ == "__main__":
    main()

"""A made-up past: 90 days of rounds in the real format, the same for every run at one instant."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.round import Check, Round, round_key

DAYS = 90
STEP = 5 * MINUTE
VANTAGE = "demo"


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A stretch in which one monitor did not do well."""

    monitor: str
    start: Instant
    end: Instant
    state: State
    reason: Reason
    code: int | None


def made_up_rounds(
    monitors: Sequence[Monitor], usual_ms: Mapping[str, int], *, until: Instant, down: str | None
) -> Iterator[Round]:
    """Yield the rounds of the 90 days before ``until``, oldest first.

    ``usual_ms`` gives each monitor's ordinary response time. ``down`` names the monitor that went
    down shortly before ``until``. Now and then the scheduler stops, as real ones do, once for days:
    that time stays unobserved.
    """
    if not monitors:
        return
    rng = random.Random(20260101)  # noqa: S311 (a made-up past, not a secret)
    first = (until - DAYS * DAY) // STEP * STEP
    troubles = _troubles(monitors, rng, first=first, until=until, down=down)
    silences = [
        (first + day * DAY + 2 * HOUR, first + day * DAY + hours * HOUR)
        for day, hours in ((23, 9), (61, 71))
    ]
    number = 0
    for slot in range(first, until - STEP, STEP):
        at = slot + rng.randrange(3, 40)
        noise = [rng.gauss(1.0, 0.12) for _ in monitors]
        if rng.random() < 0.01 or any(start <= at < end for start, end in silences):
            continue  # a round that the scheduler dropped
        number += 1
        rush = 1.0 + 0.35 * max(0.0, 1 - abs((at % DAY) / HOUR - 15) / 6)  # busier in the afternoon
        checks = {
            monitor.id: _check(monitor.id, at, usual_ms[monitor.id] * rush * factor, troubles)
            for monitor, factor in zip(monitors, noise, strict=True)
        }
        yield Round(
            key=round_key(at, VANTAGE, str(number), 1),
            at=at,
            vantage=VANTAGE,
            took_ms=max(check.ms or 0 for check in checks.values()) + 40,
            checks=checks,
        )


def _check(monitor: str, at: Instant, ms: float, troubles: Sequence[_Trouble]) -> Check:
    for trouble in troubles:
        if trouble.monitor == monitor and trouble.start <= at < trouble.end:
            if trouble.state is State.DEGRADED:
                return Check(state=State.DEGRADED, ms=1200, code=200, reason=trouble.reason)
            return Check(
                state=State.DOWN,
                ms=10_000 if trouble.code is None else max(1, round(ms)),
                code=trouble.code,
                reason=trouble.reason,
                attempts=3,
            )
    return Check(state=State.UP, ms=max(1, round(ms)), code=200)


def _troubles(
    monitors: Sequence[Monitor],
    rng: random.Random,
    *,
    first: Instant,
    until: Instant,
    down: str | None,
) -> list[_Trouble]:
    found: list[_Trouble] = []
    lengths = [11 * MINUTE, 47 * MINUTE, 2 * HOUR + 20 * MINUTE, 26 * MINUTE, 5 * HOUR, 12 * MINUTE]
    causes = [(Reason.STATUS, 503), (Reason.TIMEOUT, None), (Reason.CONNECT, None)]
    for index, length in enumerate(lengths):
        monitor = rng.choice(monitors).id
        start = first + rng.randrange(3, DAYS - 3) * DAY + rng.randrange(0, DAY)
        reason, code = causes[index % len(causes)]
        found.append(_Trouble(monitor, start, start + length, State.DOWN, reason, code))
    for _ in range(5):
        monitor = rng.choice(monitors).id
        start = first + rng.randrange(3, DAYS - 1) * DAY + rng.randrange(0, DAY)
        length = rng.randrange(1, 4) * HOUR
        found.append(_Trouble(monitor, start, start + length, State.DEGRADED, Reason.SLOW, 200))
    if down is not None:
        start = until - 38 * MINUTE
        found.append(_Trouble(down, start, until, State.DOWN, Reason.STATUS, 503))
    return found

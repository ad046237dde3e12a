"""The shapes of a schedule: what each gives, and what it costs in minutes and money.

Minutes are those of a month of 30 days in which every run comes, each job rounded up as GitHub
does. In a public repository they are free.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from statusgen.base.clock import DAY, HOUR, MINUTE

DOLLARS_A_MINUTE = Decimal("0.006")
"""What GitHub asks for a minute of a Linux runner beyond those that a plan includes (2026)."""
FREE_MINUTES = 2000
"""Minutes a month that GitHub's free plan includes for private repositories (2026)."""
MONTH = 30 * DAY
PREPARED = 40
"""Seconds that a job takes before its first round: check out, Python, installation."""
PUSHED = 10
"""Seconds that a job takes after its last round."""
PUBLISHED_MINUTES = 3
"""Of one publication: a job that builds (two) and one that deploys (one)."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One way to have checks made."""

    every: int
    """Seconds between two starts of a job, as asked for."""
    round_every: int
    """Seconds between two rounds of a job."""
    lasting: int
    """Seconds after which a job begins no round."""
    gives: str
    """What can be expected of it, in a sentence."""
    publication: int = HOUR
    """Seconds between regular publications."""

    @property
    def job_minutes(self) -> int:
        """Minutes that are counted for one job that checks."""
        rounds = max(0, (self.lasting - 1) // self.round_every)
        return -(-(PREPARED + rounds * self.round_every + PUSHED) // MINUTE)

    @property
    def jobs(self) -> int:
        """Jobs a month that check."""
        return MONTH // self.every

    @property
    def minutes(self) -> int:
        """Minutes a month of the jobs that check; one job after the other is all there can be."""
        return min(self.jobs * self.job_minutes, MONTH // MINUTE)

    @property
    def publishing(self) -> int:
        """Minutes a month of the regular publications; each change costs as much as one of them."""
        return MONTH // self.publication * PUBLISHED_MINUTES

    @property
    def dollars(self) -> int:
        """What the checking minutes cost a month in a private repository."""
        return dollars(self.minutes)


def dollars(minutes: int) -> int:
    """Return what minutes cost in a private repository, in whole dollars."""
    return int((minutes * DOLLARS_A_MINUTE).quantize(Decimal(1), ROUND_HALF_UP))


VISITS = Schedule(
    every=5 * MINUTE,
    round_every=MINUTE,
    lasting=4 * MINUTE,
    gives="a job every 5 minutes that checks each minute for four; the cron often comes late",
)
SINGLE = Schedule(
    every=5 * MINUTE,
    round_every=MINUTE,
    lasting=0,
    gives="a job every 5 minutes that checks once; the cron often comes late",
)
RELAY = Schedule(
    every=50 * MINUTE,
    round_every=MINUTE,
    lasting=50 * MINUTE,
    gives="a check each minute, day and night: each job starts the next, whatever the cron does",
)

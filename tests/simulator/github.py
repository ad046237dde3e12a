"""Plays GitHub Actions in made-up time: cron that comes late or never, dispatches, groups, deaths.

What is known of it stands in ``content/guide/schedules.md``. The next run of a schedule comes as
long after the one before as :data:`LAGS` tells, in an order that chance deals; ticks in between are
dropped without a record. A concurrency group has one run that goes on and one that waits; a newer
one takes the place of that which waits. A job's own token starts a workflow by
``workflow_dispatch``.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

LAGS = (
    131, 216, 83, 81, 114, 51, 64, 59, 98, 43, 35, 58, 53, 56, 64, 122, 61, 47, 83, 77, 92, 105,
    130, 49, 46, 75, 87, 75, 64,
)  # fmt: skip
"""Minutes by which one daily cron was late on 29 days of 2026."""
STARTS = (20.0, 105.0)
"""Seconds from the request of a run to its first step, least and most."""
LOST_DISPATCHES = 0.02
DEATHS, CANCELS = 1 / 150, 1 / 150
"""Of jobs: a runner that is lost, a job that is cancelled."""


class KilledError(BaseException):
    """The runner is gone; nothing that the job had not pushed is left."""


class World:
    """Time, and what is to happen in it."""

    def __init__(self, seed: int) -> None:
        self.time = 0.0
        self.chance = random.Random(seed)
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def at(self, moment: float, what: Callable[[], None]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._queue, (moment, next(self._count), what))

    def advance(self, until: float) -> None:
        """Let time pass, and everything happen that is due; a job inside of it may do the same."""
        while self._queue and self._queue[0][0] <= until:
            moment, _, what = heapq.heappop(self._queue)
            self.time = max(self.time, moment)
            what()
        self.time = max(self.time, until)


@dataclass
class Runner:
    """The machine of one job: its time, and its end before its time."""

    world: World
    dies_at: float = float("inf")
    told_at: float = float("inf")

    def spend(self, seconds: float, *, ends: bool = False) -> None:
        """Let seconds pass. ``ends``: a job that is told to stop stops here."""
        target = self.world.time + seconds
        if ends and self.told_at <= target:
            self.world.advance(max(self.told_at, self.world.time))
            raise KeyboardInterrupt
        if self.dies_at <= target:
            self.world.advance(max(self.dies_at, self.world.time))
            raise KilledError
        self.world.advance(target)


@dataclass
class Group:
    """A concurrency group of one workflow: one run goes on, one waits."""

    world: World
    job: Callable[[Runner], float]
    """Does its work and lets time pass; or returns the seconds that it takes beside all else."""
    mortal: bool = True
    going: int = 0
    most_at_once: int = 0
    waiting: bool = False
    evicted: int = 0
    runs: int = 0
    minutes: int = 0
    """Each job rounded up, as they are charged."""
    seconds: float = 0.0
    starts: deque[float] = field(default_factory=deque)
    noticed: list[float] = field(default_factory=list)
    """When the end of a runner that was lost was noticed."""

    def request(self) -> None:
        """Ask for a run, as cron and dispatches do."""
        if self.going:
            self.evicted += self.waiting
            self.waiting = True
            return
        self.going += 1
        self.world.at(self.world.time + self.world.chance.uniform(*STARTS), self._run)

    def _run(self) -> None:
        self.most_at_once = max(self.most_at_once, self.going)
        self.runs += 1
        begun = self.world.time
        self.starts.append(begun)
        chance, runner = self.world.chance, Runner(self.world)
        if self.mortal and chance.random() < DEATHS:
            runner.dies_at = begun + chance.uniform(0, 3000)
        elif self.mortal and chance.random() < CANCELS:
            runner.told_at = begun + chance.uniform(60, 3000)
        beside = 0.0
        try:
            beside = self.job(runner)
        except KilledError:
            self.world.advance(self.world.time + chance.uniform(5, 120))  # until it is noticed
            self.noticed.append(self.world.time)
        self.world.at(self.world.time + beside, lambda: self._over(begun))

    def _over(self, begun: float) -> None:
        spent = self.world.time - begun
        self.seconds += spent
        self.minutes += max(1, -int(-spent // 60))
        self.going -= 1
        if self.waiting:
            self.waiting = False
            self.request()


def cron(world: World, until: float, what: Callable[[], None]) -> list[float]:
    """Have a schedule run: late, and with most of its ticks dropped. Return when it came."""
    came: list[float] = []
    deal: list[int] = []
    moment = 0.0
    while True:
        if not deal:
            deal = list(LAGS)
            world.chance.shuffle(deal)
        moment += deal.pop() * 60
        if moment >= until:
            return came
        came.append(moment)
        world.at(moment, what)

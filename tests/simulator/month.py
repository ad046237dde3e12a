"""Thirty days of one shape of a schedule, run by the program's own decisions."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from statusgen.base.clock import DAY, HOUR, MINUTE
from statusgen.base.errors import OutsideError
from statusgen.base.states import State
from statusgen.history.segments import gap_limits
from statusgen.run.publications import Publications
from statusgen.run.relay import Relay
from statusgen.run.watch import Before, Ended, Pace, Seen, watch
from statusgen.setup.schedules import PREPARED, RELAY, VISITS
from statusgen.status.publication import Published, next_publication, old_after
from tests.simulator.github import LOST_DISPATCHES, Group, Runner, World, cron

DAYS = 30
END = DAYS * DAY
EPOCH = 1_795_046_400 // DAY * DAY
MONITORS = ("api", "mail", "shop", "web")
ROUND_TAKES, PUSH_TAKES = 3.0, 4.0


@dataclass
class Month:
    """What came of it; times are seconds since its beginning."""

    shape: str
    rounds: list[int] = field(default_factory=list)
    """Rounds that the branch holds at the end."""
    lost: list[int] = field(default_factory=list)
    """Rounds that were measured and went with their machine."""
    kills: list[float] = field(default_factory=list)
    """When a job ended that had not pushed everything."""
    refused: list[tuple[float, float]] = field(default_factory=list)
    """When the repository took no push."""
    commits: int = 0
    deployments: int = 0
    minutes: int = 0
    pages_minutes: int = 0
    most_at_once: int = 0
    torn: int = 0
    """Rounds that were pushed and that the branch has not."""
    crons: list[float] = field(default_factory=list)
    noticed: list[float] = field(default_factory=list)
    pages: list[tuple[float, int]] = field(default_factory=list)
    """When each page stood there, and the newest round in it."""

    @property
    def checked_minutes(self) -> float:
        """The share of minutes in which a round began."""
        return len({at // MINUTE for at in self.rounds}) / (END / MINUTE)

    @property
    def coverage(self) -> float:
        """The share of time that the page calls observed: how long a round may stand for."""
        times = [EPOCH + at for at in self.rounds]
        limits = gap_limits(times, cadence=MINUTE, max_gap=None)
        ends = [*times[1:], EPOCH + END]
        pairs = zip(times, ends, limits, strict=True)
        return sum(min(limit, end - at) for at, end, limit in pairs) / END

    def grey(self, cadence: int) -> float:
        """The share of time in which the page called itself out of date."""
        late = 0.0
        for (_, last), (replaced, _) in itertools.pairwise([*self.pages, (float(END), END)]):
            promised = next_publication(EPOCH + last, HOUR, cadence)
            late += max(0.0, replaced - (old_after(promised, cadence) - EPOCH))
        return late / END

    @property
    def holes(self) -> list[tuple[int, int]]:
        """Every stretch without a round that is longer than two minutes."""
        edges = [*self.rounds, END]
        return [(a, b) for a, b in itertools.pairwise(edges) if b - a > 2 * MINUTE]

    @property
    def longest_hole(self) -> int:
        """In seconds."""
        return max((b - a for a, b in self.holes), default=0)


@dataclass
class Truth:
    """How the monitored services really are, and when nobody reaches the repository."""

    outages: list[tuple[str, float, float]]
    refused: list[tuple[float, float]]

    @classmethod
    def of(cls, world: World) -> Truth:
        """Deal a month: fifteen outages, an hour of flapping, two outages of the repository."""
        chance = world.chance
        outages = []
        for _ in range(15):
            begun = chance.uniform(0, END)
            outages.append((chance.choice(MONITORS), begun, begun + chance.uniform(300, 5400)))
        flapping = chance.uniform(0, END - HOUR)
        outages += [
            ("shop", flapping + n * 120, flapping + n * 120 + 60) for n in range(HOUR // 120)
        ]
        refused = [(begun, begun + 1200) for begun in (chance.uniform(0, END) for _ in range(2))]
        return cls(outages, refused)

    def states(self, at: float) -> Mapping[str, State]:
        """What a round that begins at a moment sees."""
        down = {name for name, start, end in self.outages if start <= at < end}
        return {name: State.DOWN if name in down else State.UP for name in MONITORS}

    def takes(self, at: float) -> bool:
        """Whether the repository takes a push."""
        return not any(start <= at < end for start, end in self.refused)


class Play:
    """One shape, played."""

    def __init__(self, shape: str, pace: Pace | None, *, relay: bool, seed: int) -> None:
        self.world = World(seed)
        self.truth = Truth.of(self.world)
        self.month = Month(shape)
        self._pace, self._chain = pace, relay
        self._branch: dict[int, Mapping[str, State]] = {}
        self._pushed: set[int] = set()
        self._failures = dict.fromkeys(MONITORS, 0)
        self.checks = Group(self.world, self._job)
        self.pages = Group(self.world, self._publish, mortal=False)

    def run(self) -> Month:
        """Let the month pass and return what came of it."""
        month = self.month
        month.crons = cron(self.world, END, self.checks.request)
        self.world.at(0, self.checks.request)  # by hand, as who sets it up does
        self.world.advance(END)
        month.rounds = sorted(at for at in self._branch if at < END)
        month.torn = len(self._pushed - self._branch.keys())
        month.minutes, month.pages_minutes = self.checks.minutes, self.pages.minutes
        month.most_at_once = self.checks.most_at_once
        month.refused = self.truth.refused
        month.noticed = self.checks.noticed
        month.deployments = self.pages.runs
        return month

    def _job(self, runner: Runner) -> float:
        """What one job of the workflow does."""
        job = _Job(self, runner)
        try:
            runner.spend(PREPARED)
            if self._pace is None:
                job.once()
            else:
                self._finish(job, watch(self._pace, job.round, job.push, job, self._before()))
        except KeyboardInterrupt:
            pass  # cancelled before its first round
        finally:
            if job.unpushed:
                self.month.lost += job.unpushed
                self.month.kills.append(self.world.time)
        return 0.0

    def _finish(self, job: _Job, ended: Ended) -> None:
        if self._chain:
            with contextlib.suppress(OutsideError):
                job.relay.hand_over(ended)

    def dispatch(self, workflow: str) -> None:
        """Start a workflow as a job does."""
        if not self.truth.takes(self.world.time):
            raise OutsideError("GitHub is out of order")
        if workflow == "pages.yml":
            self.pages.request()
            return
        lost = self.world.chance.random()
        if lost < LOST_DISPATCHES / 2:
            return  # taken, and never to become a run
        if lost < LOST_DISPATCHES:
            # It becomes a run, in the place of one that waited, and dies before its first step.
            self.checks.evicted += self.checks.waiting
            self.checks.waiting = False
            return
        self.checks.request()

    def look(self) -> Published:
        """What pages made now would show."""
        if not self._branch:
            return Published(None, "nothing")
        last = max(self._branch)
        return Published(EPOCH + last, repr(sorted(self._branch[last].items())))

    def take(self, rounds: Mapping[int, Mapping[str, State]]) -> None:
        """Let the branch have rounds."""
        self._branch.update(rounds)
        self._pushed |= rounds.keys()
        self.month.commits += 1

    def happens(self, states: Mapping[str, State]) -> bool:
        """Whether an incident opens or resolves: the second failure, the second success."""
        happened = False
        for name, state in states.items():
            count = self._failures[name]
            if state is State.DOWN:
                self._failures[name] = count + 1 if count >= 0 else 1
                happened = happened or self._failures[name] == 2
            elif count >= 2:
                self._failures[name] = -1
            elif count == -1:
                self._failures[name], happened = 0, True
            else:
                self._failures[name] = 0
        return happened

    def _before(self) -> Before:
        if not self._branch:
            return Before({})
        last = max(self._branch)
        return Before(self._branch[last], EPOCH + last)

    def _publish(self, runner: Runner) -> float:
        """Build for a good minute and deploy for half a minute: two jobs of the workflow."""
        self.pages.minutes += 1  # the second job's minute beside the first's two
        built, deployed = 70.0, 30.0
        if self._branch:
            self.month.pages.append((self.world.time + built + deployed, max(self._branch)))
        return built + deployed


class _Job:
    """The hands of one job, and its clock."""

    def __init__(self, play: Play, runner: Runner) -> None:
        self._play, self._runner = play, runner
        self._seen: dict[int, Mapping[str, State]] = {}
        publications = Publications(HOUR, play.look(), play.look)
        successor = "status.yml" if play._chain else ""
        begun = self.elapsed()
        self.relay = Relay(
            start=play.dispatch,
            waits=lambda workflow: play.checks.waiting,
            elapsed=lambda: self.elapsed() - begun,
            publish="pages.yml" if play._pace else "",
            successor=successor,
            publications=publications,
        )

    @property
    def unpushed(self) -> list[int]:
        """The rounds that only this machine has."""
        return sorted(self._seen)

    def now(self) -> int:
        return EPOCH + int(self._play.world.time)

    def elapsed(self) -> float:
        return self._play.world.time

    def wait(self, seconds: float) -> None:
        self._runner.spend(seconds, ends=True)

    def round(self, at: int) -> Seen:
        self._runner.spend(ROUND_TAKES, ends=True)
        states = self._play.truth.states(at - EPOCH)
        self._seen[at - EPOCH] = states
        return Seen(states, self._play.happens(states))

    def push(self) -> bool:
        self._runner.spend(PUSH_TAKES)
        if not self._play.truth.takes(self._play.world.time):
            return False
        self._play.take(self._seen)
        self._seen = {}
        for do in (self.relay.have_published, self.relay.keep_successor):
            with contextlib.suppress(OutsideError):
                do()
        return True

    def once(self) -> None:
        """One round and one push, and a deployment after each, as the workflow of before did."""
        self.round(self.now())
        if self.push():
            self._play.pages.request()


def months(seed: int) -> list[Month]:
    """Return a month of each shape."""
    visits = Pace(VISITS.round_every, VISITS.lasting, publish_every=HOUR)
    relay = Pace(RELAY.round_every, RELAY.lasting, publish_every=HOUR)
    return [
        Play("one check a run", None, relay=False, seed=seed).run(),
        Play("visits", visits, relay=False, seed=seed).run(),
        Play("relay", relay, relay=True, seed=seed).run(),
    ]


def table(found: list[Month]) -> str:
    """Return the months as a table of Markdown."""
    columns = (
        "shape", "minutes with a check", "observed, as the page counts", "longest hole", "commits",
        "deployments", "minutes of checks", "minutes of publishing",
    )  # fmt: skip
    head = f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    rows = [
        f"| {each.shape} | {100 * each.checked_minutes:.1f} % | {100 * each.coverage:.1f} % "
        f"| {each.longest_hole // 60} min | {each.commits:,} | {each.deployments:,} "
        f"| {each.minutes:,} | {each.pages_minutes:,} |\n"
        for each in found
    ]
    return head + "".join(rows)


if __name__ == "__main__":
    print(table(months(1)))

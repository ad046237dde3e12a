"""Rounds again and again: when they begin, when they are pushed, how they end. No clock is real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from statusgen.base.states import State
from statusgen.run.watch import Before, Ended, Pace, Seen, watch

UP, DOWN = State.UP, State.DOWN
START = 1_795_000_000


@dataclass
class Stage:
    """A job in made-up time: what its rounds see, how long things take, when it is told to stop."""

    states: Callable[[int], Mapping[str, State]] = lambda second: {"api": UP}
    happens: Callable[[int], bool] = lambda second: False
    remote: Callable[[int], bool] = lambda second: True
    round_takes: float = 2.0
    push_takes: float = 3.0
    stop_at: float | None = None
    time: float = 0.0
    rounds: list[int] = field(default_factory=list)
    tried: list[int] = field(default_factory=list)
    pushed: list[int] = field(default_factory=list)

    def now(self) -> int:
        return START + int(self.time)

    def elapsed(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self._pass(seconds)

    def round(self, at: int) -> Seen:
        second = at - START
        self._pass(self.round_takes)
        self.rounds.append(second)
        return Seen(self.states(second), self.happens(second))

    def push(self) -> bool:
        self.tried.append(int(self.time))
        self.time += self.push_takes
        if self.remote(self.tried[-1]):
            self.pushed.append(self.tried[-1])
            return True
        return False

    def run(self, pace: Pace, known: Mapping[str, State] | None = None) -> Ended:
        before = Before(known or {"api": UP}, START - 60)
        return watch(pace, self.round, self.push, self, before)

    def _pass(self, seconds: float) -> None:
        if self.stop_at is not None and self.time + seconds >= self.stop_at:
            self.time = max(self.time, self.stop_at)
            raise KeyboardInterrupt
        self.time += seconds


def test_a_visit_where_nothing_changes_is_one_push_at_its_end() -> None:
    stage = Stage()

    ended = stage.run(Pace(every=60, lasting=240))

    assert stage.rounds == [0, 60, 120, 180]
    assert stage.pushed == [182]
    assert ended == Ended(rounds=4, stopped=False, pushes=1, pushed=True)


def test_a_long_job_pushes_every_ten_minutes() -> None:
    stage = Stage()

    stage.run(Pace(every=60, lasting=50 * 60))

    assert len(stage.rounds) == 50
    between = [b - a for a, b in zip([0, *stage.pushed], stage.pushed, strict=False)]
    assert max(between) <= 10 * 60 + 60
    assert len(stage.pushed) == 5


def test_a_change_is_pushed_at_once_and_so_is_what_happened() -> None:
    def states(second: int) -> Mapping[str, State]:
        return {"api": DOWN if 120 <= second < 300 else UP, "web": UP}

    stage = Stage(states=states, happens=lambda second: second == 180)

    stage.run(Pace(every=60, lasting=700), {"api": UP, "web": UP})

    # 122: the first failure; 182: the incident. 302, up again, waits out the calm of five minutes.
    assert stage.pushed == [122, 182, 482, 662]


def test_a_first_sight_is_a_change() -> None:
    stage = Stage()

    stage.run(Pace(every=60, lasting=240), {"web": UP})

    assert stage.pushed[0] == 2


def test_a_flapping_monitor_does_not_push_each_minute() -> None:
    stage = Stage(states=lambda second: {"api": DOWN if second // 60 % 2 else UP})

    stage.run(Pace(every=60, lasting=3600))

    assert len(stage.pushed) <= 13


def test_the_first_round_of_a_stretch_is_pushed_at_once_where_somebody_publishes() -> None:
    hour = 3600
    into = START % hour  # the hour ends so many seconds after the job began
    rest = hour - into
    stage = Stage()

    stage.run(Pace(every=60, lasting=2 * hour, push_every=hour * 9, publish_every=hour))

    ends = [rest + n * hour for n in range(2) if rest + n * hour < 2 * hour]
    for end, at in zip(ends, stage.pushed, strict=False):
        assert 0 <= at - end <= 63
    assert len(stage.pushed) == len(ends) + 1


def test_told_to_stop_it_pushes_what_it_saw() -> None:
    waiting = Stage(stop_at=130)
    checking = Stage(stop_at=121, round_takes=5)

    for stage in (waiting, checking):
        ended = stage.run(Pace(every=60))
        assert ended.stopped
        assert ended.pushed
        assert stage.pushed == [int(stage.stop_at or 0)]
    assert waiting.rounds == [0, 60, 120]
    assert checking.rounds == [0, 60]  # the third was abandoned


def test_a_push_that_fails_is_tried_again_but_not_each_minute() -> None:
    stage = Stage(remote=lambda second: second > 1300)

    ended = stage.run(Pace(every=60, lasting=1600))

    assert stage.tried[0] == 602
    assert stage.pushed == [1322, 1562]
    assert len(stage.tried) == 8
    assert ended.pushed


def test_a_remote_that_never_answers_is_told_at_the_end() -> None:
    ended = Stage(remote=lambda second: False).run(Pace(every=60, lasting=120))

    assert (ended.pushed, ended.pushes) == (False, 0)


def test_a_round_that_overruns_skips_a_start_and_none_piles_up() -> None:
    stage = Stage(round_takes=70)

    stage.run(Pace(every=60, lasting=600))

    assert stage.rounds == [0, 120, 240, 360, 480]


def test_where_nothing_is_due_nothing_is_pushed() -> None:
    stage = Stage(states=lambda second: {})

    ended = stage.run(Pace(every=60, lasting=3600))

    assert stage.tried == []
    assert ended.pushed


@pytest.mark.parametrize("push_every", [120, 600, 1200])
def test_no_more_than_push_every_is_ever_unpushed(push_every: int) -> None:
    stage = Stage()

    stage.run(Pace(every=60, lasting=7200, push_every=push_every))

    for second in stage.rounds:
        assert min(at for at in stage.pushed if at >= second) - second <= push_every + 60

"""Rounds again and again within one job: when the next begins, when to push, when to end.

Pure decisions: rounds, pushes and the passing of time are handed in, so that a simulated month
runs them as a real job does.

A push is due

- at once when something happened to an incident or a window: somebody may be waiting for it;
- when a monitor's state is another than before, but within :data:`CALM` of the last push only once
  that has passed: a monitor that flaps must not commit every minute;
- when ``push_every`` has passed: no more than that is lost with a job that is killed;
- with the first round after a whole ``publish_every``, when pages are to be published;
- at the end, also when the job was told to stop.

After a push that failed the next is tried :data:`AGAIN` later, or at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from statusgen.base.clock import MINUTE, Instant
from statusgen.base.states import State

PUSH_EVERY = 10 * MINUTE
CALM = 5 * MINUTE
AGAIN = 2 * MINUTE


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to check, and for how long; seconds."""

    every: int
    lasting: int | None = None
    """None: until told to stop."""
    push_every: int = PUSH_EVERY
    publish_every: int | None = None
    """None: nobody publishes after a push."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a round showed, as far as it decides when to push."""

    states: Mapping[str, State]
    """By monitor; empty where nothing was due, so that nothing was recorded."""
    happened: bool = False
    """Whether something happened to an incident or a window."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was recorded before the job began."""

    states: Mapping[str, State]
    """The newest of each monitor."""
    newest: Instant | None = None
    """When the newest round was."""


class Timepiece(Protocol):
    """The passing of time."""

    def now(self) -> Instant:
        """Return the present by the wall clock."""

    def elapsed(self) -> float:
        """Return seconds that only grow."""

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass. Raises KeyboardInterrupt once the job is told to stop."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job's rounds ended."""

    rounds: int
    stopped: bool
    """Whether it was told to stop before its time."""
    pushes: int
    """Those that the remote took."""
    pushed: bool
    """Whether the remote holds all that was seen; True where nothing was to be pushed."""


class Pushes:
    """When what was seen is pushed; see above. ``elapsed`` is seconds that only grow."""

    def __init__(self, pace: Pace, elapsed: float, before: Before) -> None:
        self._every, self._publish_every = pace.push_every, pace.publish_every
        self._known = dict(before.states)
        self._stretch = self._stretch_of(before.newest)
        self._pushed_at = elapsed
        """When the remote last held everything; at first the beginning of the job."""
        self._quiet_until = elapsed
        self._tried_at: float | None = None
        """When a push failed that was not made good."""
        self._changed = self._happened = self._published = False
        self.waiting = False
        """Whether something was seen that the remote lacks."""
        self.made = 0

    def saw(self, seen: Seen, at: Instant) -> None:
        """Take note of a round."""
        if not seen.states:
            return
        self.waiting = True
        stretch = self._stretch_of(at)
        self._published = self._published or stretch != self._stretch
        self._stretch = stretch
        self._happened = self._happened or seen.happened
        for monitor, state in seen.states.items():
            self._changed = self._changed or self._known.get(monitor) is not state
            self._known[monitor] = state

    def due(self, elapsed: float) -> bool:
        """Whether to push now."""
        if not self.waiting:
            return False
        if self._tried_at is not None:
            return elapsed - self._tried_at >= AGAIN
        if self._happened or self._published:
            return True
        if self._changed and elapsed >= self._quiet_until:
            return True
        return elapsed - self._pushed_at >= self._every

    def done(self, elapsed: float, ok: bool) -> None:
        """Take note of a push that was made, or failed."""
        if not ok:
            self._tried_at = elapsed
            return
        self._tried_at = None
        self._pushed_at = elapsed
        self._quiet_until = elapsed + CALM
        self._changed = self._happened = self._published = self.waiting = False
        self.made += 1

    def _stretch_of(self, at: Instant | None) -> int | None:
        return None if at is None or self._publish_every is None else at // self._publish_every


def watch(
    pace: Pace,
    round_: Callable[[Instant], Seen],
    push: Callable[[], bool] | None,
    time: Timepiece,
    before: Before | None = None,
) -> Ended:
    """Run rounds until the time is over or the job is told to stop; return how that went.

    ``round_`` checks and records; told to stop it may raise KeyboardInterrupt, and what it was
    about to see is lost, nothing else. ``push`` says whether the remote took everything; None
    where nothing is to be pushed.
    """
    begun = time.elapsed()
    pushes = Pushes(pace, begun, before or Before({}))
    until = None if pace.lasting is None else begun + pace.lasting
    at, number, rounds, stopped = 0, 0, 0, False
    try:
        while True:
            at = max(time.now(), at + 1)  # the start is part of a round's key
            pushes.saw(round_(at), at)
            rounds += 1
            if push is not None and pushes.due(time.elapsed()):
                pushes.done(time.elapsed(), push())
            # The next whole period after now: a round that overran skips a start, none piles up.
            number = max(number + 1, -int(-(time.elapsed() - begun) // pace.every))
            following = begun + number * pace.every
            if until is not None and following >= until:
                break
            time.wait(max(0.0, following - time.elapsed()))
    except KeyboardInterrupt:
        stopped = True
    if push is not None and pushes.waiting:
        pushes.done(time.elapsed(), push())
    return Ended(rounds, stopped, pushes.made, push is None or not pushes.waiting)

"""The threshold machine: from raw states to outages that are worth an incident.

A monitor goes down after F failures in a row and up again after S successes in a row (reference
3.2, step 6). An unknown state says nothing, so it neither advances nor resets a streak; but two
failures more than three cadences apart belong to two streaks. An outage begins with the first
failure of its streak and ends with the first success of the streak that closed it.

What a failure is, ``State.failed`` says. Degraded is slow but working and counts as a success.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from statusgen.base.clock import Instant
from statusgen.base.states import State
from statusgen.config.settings import Thresholds
from statusgen.status.snapshot import Outage

STREAK_CADENCES = 3
"""Two failures further apart than this many cadences are not one streak."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One raw check of one monitor, with the key of its round."""

    at: Instant
    round_key: str
    state: State
    reason: str | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of the settled state, brought about by one observation."""

    index: int
    """Position of the observation in time's order, duplicates left out."""
    at: Instant
    state: State
    """``down`` or ``up``."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the machine says after the last observation."""

    state: State
    """``down`` or ``up``."""
    stale: bool
    """Whether ``state`` is only remembered: no known state in the last three cadences."""
    transitions: tuple[Transition, ...]
    outages: tuple[Outage, ...]
    """Oldest first; only the last can be open. Holds the outage that the machine began with."""


def outages(
    monitor: str,
    observations: Iterable[Observation],
    *,
    cadence: int,
    thresholds: Thresholds | None = None,
    continuing: Outage | None = None,
) -> tuple[Outage, ...]:
    """Return the outages of one monitor; the arguments are those of ``settle``."""
    settled = settle(
        monitor, observations, cadence=cadence, thresholds=thresholds, continuing=continuing
    )
    return settled.outages


def settle(
    monitor: str,
    observations: Iterable[Observation],
    *,
    cadence: int,
    thresholds: Thresholds | None = None,
    continuing: Outage | None = None,
) -> Settled:
    """Run the machine over all observations of one monitor, in whatever order they come.

    ``cadence`` is the expected number of seconds between checks (``freshness.expected_cadence``:
    a scheduler slower than the configured interval must not tear every streak apart).
    ``continuing`` is an outage still open from earlier, else the machine starts up; what was
    observed up to the round that opened it has been judged already and is skipped. Of several
    observations with one round key the worst counts.
    """
    ordered = _in_order(observations)
    if continuing is not None:
        judged = continuing.opened, continuing.opened_round
        ordered = [seen for seen in ordered if _after(seen, *judged)]
    machine = _Machine(monitor, thresholds or Thresholds(), STREAK_CADENCES * cadence, continuing)
    for index, observation in enumerate(ordered):
        machine.take(index, observation)
    known = [seen.at for seen in ordered if seen.state is not State.UNKNOWN]
    return Settled(
        state=State.DOWN if machine.open else State.UP,
        stale=not known or ordered[-1].at - known[-1] > STREAK_CADENCES * cadence,
        transitions=tuple(machine.transitions),
        outages=tuple(machine.closed + ([machine.open] if machine.open else [])),
    )


def _after(seen: Observation, at: Instant, round_key: str) -> bool:
    """Whether a round came after another one, which may be of the same second."""
    return seen.at > at or (seen.at == at and "" < round_key < seen.round_key)


def _in_order(observations: Iterable[Observation]) -> list[Observation]:
    by_round: dict[str, Observation] = {}
    for seen in observations:
        other = by_round.get(seen.round_key)
        if other is None or (seen.state.severity, seen.at) > (other.state.severity, other.at):
            by_round[seen.round_key] = seen
    return sorted(by_round.values(), key=lambda seen: (seen.at, seen.round_key))


class _Machine:
    """Takes one observation after the other, in time's order."""

    def __init__(
        self, monitor: str, thresholds: Thresholds, patience: int, continuing: Outage | None
    ) -> None:
        self.open = continuing
        self.closed: list[Outage] = []
        self.transitions: list[Transition] = []
        self._monitor = monitor
        self._thresholds = thresholds
        self._patience = patience
        self._streak: list[Observation] = []
        """Those in a row that speak against the settled state."""

    def take(self, index: int, seen: Observation) -> None:
        """Advance, reset or ignore; then change the settled state if the streak is long enough."""
        if seen.state is State.UNKNOWN:
            return
        fails = seen.state.failed
        if fails == (self.open is not None):
            self._streak = []
            return
        if fails and self._streak and seen.at - self._streak[-1].at > self._patience:
            self._streak = []
        self._streak.append(seen)
        needed = self._thresholds.failures if fails else self._thresholds.successes
        if len(self._streak) < needed:
            return
        if self.open is None:
            self.open = self._opened(seen)
        else:
            self.closed.append(self._closed(self.open, seen))
            self.open = None
        self.transitions.append(Transition(index, seen.at, State.DOWN if fails else State.UP))
        self._streak = []

    def _opened(self, last: Observation) -> Outage:
        first = self._streak[0]
        return Outage(
            monitor=self._monitor,
            start=first.at,
            opened=last.at,
            opened_round=last.round_key,
            reason=first.reason,
            code=first.code,
        )

    def _closed(self, outage: Outage, last: Observation) -> Outage:
        return replace(outage, end=self._streak[0].at, closed=last.at, closed_round=last.round_key)

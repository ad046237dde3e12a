"""Triggers for rolling back, run over the recorded past, beside deployments and incidents.

A trigger that fired tells of what happened in its window, so a deployment counts as near where it
was made while the trigger fired, or in the window that the trigger looked back on when it began
to. That both came together proves no cause.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from statusgen.base.clock import Instant
from statusgen.base.target import Metric
from statusgen.gates.deploys import Deploy
from statusgen.gates.gate import Gate, Kind
from statusgen.status.intervals import Interval

_TOLD_BY_NUMBER = (Metric.DOWNTIME, Metric.UPTIME, Metric.ERROR_RATE)
"""What only enough checks can tell of; a response time is told by each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck:
    """An incident, as far as a roadmap is concerned."""

    id: str
    title: str
    start: Instant
    end: Instant | None
    """None while it lasts."""
    components: tuple[str, ...]
    limitations: tuple[str, ...] = ()
    """What its author tagged it with: ``roadmap/limitation``, or the limitation alone."""

    def lasted(self, now: Instant) -> int:
        """Seconds from its beginning to its end, or to now."""
        return max(0, (now if self.end is None else min(self.end, now)) - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A trigger would have fired once."""

    trigger: str
    text: str
    start: Instant
    end: Instant
    lasts: bool
    """Whether it fires still."""
    deploys: tuple[Deploy, ...]
    incidents: tuple[Struck, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """A trigger that checks come too seldom for."""

    trigger: str
    text: str
    target: str
    window: int
    interval: int
    """Seconds between checks."""
    wanted: int
    """Seconds between checks that could see it; 0: none could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """All triggers of a roadmap over the recorded past."""

    since: Instant
    """Where the past that was looked at begins."""
    firings: tuple[Firing, ...]
    """Newest first."""
    blind: tuple[Blind, ...]
    judged: int
    """Triggers that the checks can tell of."""
    deploys: int
    """Deployments known in that past."""


def replayed(
    gates: Sequence[Gate],
    now: Instant,
    since: Instant,
    deploys: Sequence[Deploy],
    incidents: Sequence[Struck],
) -> Replayed:
    """Put the triggers of a roadmap beside what happened from ``since`` to ``now``."""
    triggers = [each for each in gates if each.kind is Kind.TRIGGER and each.standing is not None]
    firings = [
        _firing(gate, stretch, now, deploys, incidents)
        for gate in triggers
        for stretch in gate.fired
    ]
    blind = tuple(
        Blind(
            trigger=gate.id,
            text=gate.text,
            target=gate.target,
            window=standing.end - standing.start,
            interval=standing.interval,
            wanted=standing.wanted,
        )
        for gate in triggers
        if (standing := gate.standing) is not None
        and standing.target.metric in _TOLD_BY_NUMBER
        and standing.interval > standing.wanted
    )
    return Replayed(
        since=since,
        firings=tuple(sorted(firings, key=lambda each: (-each.start, each.trigger))),
        blind=blind,
        judged=len(triggers),
        deploys=sum(since <= each.at <= now for each in deploys),
    )


def _firing(
    gate: Gate,
    stretch: Interval,
    now: Instant,
    deploys: Sequence[Deploy],
    incidents: Sequence[Struck],
) -> Firing:
    start, end = stretch
    standing = gate.standing
    assert standing is not None
    window = standing.end - standing.start
    named = standing.target.components
    return Firing(
        trigger=gate.id,
        text=gate.text,
        start=start,
        end=end,
        lasts=end >= now,
        deploys=tuple(
            each for each in deploys if start - window <= each.at <= end and each.touches(named)
        ),
        incidents=tuple(
            each
            for each in incidents
            if each.start <= end and (each.end is None or each.end >= start - window)
            if set(each.components) & set(named)
        ),
    )


def tagged(
    roadmap: str, limitations: Sequence[str], incidents: Sequence[Struck]
) -> Mapping[str, tuple[Struck, ...]]:
    """Return a roadmap's limitations with the incidents that are tagged with each, newest first."""
    return {
        one: tuple(
            sorted(
                (each for each in incidents if {one, f"{roadmap}/{one}"} & set(each.limitations)),
                key=lambda each: (-each.start, each.id),
            )
        )
        for one in limitations
    }

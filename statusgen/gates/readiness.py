"""Whether a stage of a roadmap may begin, and because of what it may or may not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from statusgen.gates.gate import Gate, Kind
from statusgen.roadmap.model import Roadmap, Stage, Status
from statusgen.roadmap.moments import state_of
from statusgen.roadmap.references import dependency_edges


class State(StrEnum):
    """Where a stage stands."""

    READY = "ready"
    NOT_READY = "not-ready"
    UNKNOWN = "unknown"
    """Nothing says no, and something cannot be told."""
    UNASKED = "unasked"
    """Nobody wrote what it waits for."""
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


class Because(StrEnum):
    """What sort of reason it is."""

    COUNTED = "counted"
    """What makes the stage due: ``50+ users``."""
    WORDS = "words"
    """A condition in words, which nothing measures."""
    NOW = "now"
    """It is due now."""
    WAITS = "waits"
    """A stage or an item that it depends on."""
    FIRED = "fired"
    """A reason to go back came about."""
    CRITERION = "criterion"
    """What the stage itself must reach."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against."""

    because: Because
    good: bool | None
    """Whether it speaks for the stage; None where that cannot be told."""
    gate: Gate | None = None
    part: str = ""
    """The id of the stage or item waited for, or the condition as written."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a stage may begin."""

    stage: str
    state: State
    reasons: tuple[Reason, ...] = ()

    @property
    def against(self) -> tuple[Reason, ...]:
        """What speaks against it."""
        return tuple(each for each in self.reasons if each.good is False)


_OVER = (Status.DONE, Status.DROPPED)
_NOW = frozenset({"now", "current", "today"})


def readiness(roadmap: Roadmap, gates: Sequence[Gate]) -> Mapping[str, Readiness]:
    """Return how ready each stage is, by its id.

    A stage waits for what makes it due, for what it depends on where the author says so, and for
    no reason to go back having come about. Its own criteria are what it must reach, not what it
    waits for: they are told beside, of a stage under way.
    """
    return {stage.id: _of_stage(roadmap, stage, gates) for stage in roadmap.stages}


def _of_stage(roadmap: Roadmap, stage: Stage, gates: Sequence[Gate]) -> Readiness:
    own = tuple(_criteria(roadmap, stage, gates))
    settled = {Status.DONE: State.DONE, Status.CURRENT: State.BEGUN, Status.DROPPED: State.DROPPED}
    if state_of(roadmap, stage) in settled:
        return Readiness(stage.id, settled[state_of(roadmap, stage)], own)
    asked = [*_due(stage, gates), *_waits(roadmap, stage)]
    fired = [*_fired(gates)] if asked else []
    reasons = (*asked, *fired, *own)
    if not asked:
        return Readiness(stage.id, State.UNASKED, reasons)
    counted = any(each.because is Because.COUNTED for each in asked)
    deciding = [
        each.good
        for each in (*asked, *fired)
        if not (counted and each.because is Because.WORDS)  # "500+ users, compliance": either
    ]
    if False in deciding:
        state = State.NOT_READY
    else:
        state = State.UNKNOWN if None in deciding else State.READY
    return Readiness(stage.id, state, reasons)


def _due(stage: Stage, gates: Sequence[Gate]) -> Iterator[Reason]:
    if stage.trigger is None:
        return
    for gate in gates:
        if (gate.kind, gate.id) == (Kind.STAGE, stage.id):
            yield Reason(Because.COUNTED, gate.good, gate)
    for words in stage.trigger.conditions:
        if words.lower() in _NOW:
            yield Reason(Because.NOW, True)
        else:
            yield Reason(Because.WORDS, None, None, words)


def _waits(roadmap: Roadmap, stage: Stage) -> Iterator[Reason]:
    named = dict.fromkeys(end for start, end, _ in dependency_edges(roadmap) if start == stage.id)
    for name in named:
        part = roadmap.stage(name) or roadmap.item(name)
        if part is not None:
            yield Reason(Because.WAITS, state_of(roadmap, part) in _OVER, None, name)


def _fired(gates: Sequence[Gate]) -> Iterator[Reason]:
    for gate in gates:
        if gate.kind is Kind.TRIGGER and gate.good is False:
            yield Reason(Because.FIRED, False, gate)


def _criteria(roadmap: Roadmap, stage: Stage, gates: Sequence[Gate]) -> Iterator[Reason]:
    own = {each.id for each in roadmap.success if each.stage == stage.id}
    for gate in gates:
        if gate.kind is Kind.SUCCESS and gate.id in own:
            yield Reason(Because.CRITERION, gate.good, gate)

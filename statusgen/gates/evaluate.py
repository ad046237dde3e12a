"""A roadmap's promises held against what was measured, derived, or written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant
from statusgen.base.target import MEASURED, Metric, Operator, Target
from statusgen.gates.counted import counted
from statusgen.gates.expected import expected_gates
from statusgen.gates.forecast import Forecast
from statusgen.gates.gate import Gate, Kind, Source, Why, good_in
from statusgen.gates.series import Series, of_checks, of_hand
from statusgen.roadmap.figures import figures, formulas_of
from statusgen.roadmap.formula import Formula
from statusgen.roadmap.model import Claim, ClaimKind, Criterion, Roadmap, Stage
from statusgen.roadmap.money import Range
from statusgen.status.replay import Replay
from statusgen.status.standing import Doubt, Verdict
from statusgen.status.tally import Past

REPLAYED = 90
"""Days over which triggers and verdicts are replayed."""
_KINDS = {Metric.BREAK_EVEN: ClaimKind.BREAK_EVEN, Metric.MARGIN: ClaimKind.MARGIN}
_WINDOWS = {Kind.SUCCESS: 30 * DAY, Kind.TRIGGER: DAY, Kind.METRIC: DAY}
"""What is looked back on where the author names no window."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What promises are held against."""

    now: Instant
    zone: ZoneInfo
    pasts: Callable[[Sequence[str]], list[Past]]
    """The pasts of components; raises KeyError for one that is not there."""
    series: Mapping[str, Series] = field(default_factory=dict)
    """Committed figures, by name."""
    forecasts: Mapping[str, Mapping[str, Forecast]] = field(default_factory=dict)
    """Roadmap → architecture → what its parts let one expect."""


def gates_of(roadmap: Roadmap, measure: Measure) -> tuple[Gate, ...]:
    """Return all promises of a roadmap as they stand, in the order of its file."""
    own = replace(measure, series={**measure.series, **_own_series(roadmap, measure)})
    return tuple(_gates(roadmap, own))


def _own_series(roadmap: Roadmap, measure: Measure) -> dict[str, Series]:
    """Return the figures that a roadmap says itself where they come from."""
    found: dict[str, Series] = {}
    for name, written in roadmap.measures.items():
        by_hand = tuple(each for each in written if each.component is None)
        read = [each.component for each in written if each.component is not None]
        if by_hand:
            found[name] = of_hand(name, by_hand, measure.zone)
        elif read:
            try:
                (past,) = measure.pasts(read[:1])
            except KeyError:
                continue
            days = next((each for each in past.measured.values if each), {})
            found[name] = of_checks(name, days, read[0])
    return found


def _gates(roadmap: Roadmap, measure: Measure) -> Iterator[Gate]:
    known = figures(roadmap)
    for index, criterion in enumerate(roadmap.success):
        gate = Gate(
            roadmap=roadmap.id, kind=Kind.SUCCESS, id=criterion.id, path=("success", index),
            text=criterion.text, target=str(criterion.target), verdict=Verdict.UNKNOWN,
        )  # fmt: skip
        yield _criterion(gate, criterion, measure, roadmap, known)
    for index, trigger in enumerate(roadmap.rollback.triggers):
        gate = Gate(
            roadmap=roadmap.id, kind=Kind.TRIGGER, id=trigger.id,
            path=("rollback", "triggers", index), text=trigger.text, target=str(trigger.target),
            verdict=Verdict.UNKNOWN,
        )  # fmt: skip
        yield _criterion(gate, trigger, measure, roadmap, known)
    for index, metric in enumerate(roadmap.metrics):
        gate = Gate(
            roadmap=roadmap.id, kind=Kind.METRIC, id=metric.id, path=("metrics", index),
            text=metric.name, target=str(metric.alert), verdict=Verdict.UNKNOWN,
        )  # fmt: skip
        yield _held(gate, metric.held_against, measure)
    for index, stage in enumerate(roadmap.stages):
        found = _stage(roadmap, index, stage, measure)
        if found is not None:
            yield found
    yield from expected_gates(roadmap, measure.forecasts.get(roadmap.id, {}))


def _criterion(
    gate: Gate,
    criterion: Criterion,
    measure: Measure,
    roadmap: Roadmap,
    known: Mapping[str, Range],
) -> Gate:
    target = criterion.held_against
    measured = gate.id in measure.series and gate.id in roadmap.measures
    if target is None or target.metric in MEASURED or measured:
        return _held(gate, target, measure)
    if formulas := formulas_of(roadmap, criterion):
        return _derived(gate, target, [(formulas[0], known)])
    claims = _claims(roadmap, criterion)
    if claims and gate.id not in measure.series:
        own = [({**known, **{k: v.ratio for k, v in each.values.items()}}) for each in claims]
        pairs = [(each.formula[0], values) for each, values in zip(claims, own, strict=True)]
        return _derived(gate, target, pairs)
    return _held(gate, target, measure)


def _claims(roadmap: Roadmap, criterion: Criterion) -> list[Claim]:
    """Return the claims of the same kind: of its id, else those that state the same figure."""
    kind = _KINDS.get(criterion.metric)
    alike = [each for each in roadmap.claims if each.kind is kind and each.formula]
    named = [each for each in alike if each.id == criterion.id]
    stated = [each for each in alike if criterion.stated in (None, each.stated)]
    return named or stated


def _held(gate: Gate, target: Target | None, measure: Measure) -> Gate:
    if target is None:
        return replace(gate, why=Why.NO_TARGET)
    series = measure.series.get(gate.id)
    if series is not None:
        return _counted(gate, target, series, measure)
    if target.metric not in MEASURED or not target.components:
        return replace(gate, why=Why.SOURCE, value=target.value, unit=_unit(target))
    try:
        pasts = measure.pasts(target.components)
    except KeyError:
        return replace(gate, why=Why.SOURCE, value=target.value, unit=_unit(target))
    replay = Replay(target, pasts, measure.now, measure.zone, _WINDOWS[gate.kind])
    found = replay.present
    return replace(
        gate,
        verdict=found.verdict,
        why=Why(str(found.doubt)) if found.doubt is not Doubt.NONE else Why.NONE,
        source=Source.CHECKS,
        figure=found.figure,
        value=found.value,
        unit="share" if target.metric in ("uptime", "error_rate") else "seconds",
        standing=found,
        fired=() if gate.kind is Kind.SUCCESS else replay.fired(REPLAYED),
        since=found.since,
        flips=replay.flips(REPLAYED),
        last_good=_last_good(gate.kind, found.verdict, replay),
    )


def _last_good(kind: Kind, verdict: Verdict, replay: Replay) -> Instant | None:
    """Return when a promise was last as one would wish; None of one that is, or never was."""
    if good_in(kind, verdict):
        return None
    return replay.last(lambda each: good_in(kind, each) is True)


def _derived(
    gate: Gate, target: Target, formulas: Sequence[tuple[Formula, Mapping[str, Range]]]
) -> Gate:
    """Hold a target against what formulas give over figures of the roadmap.

    Where several say it, between the least and the greatest of them.
    """
    gate = replace(gate, source=Source.DERIVED, value=target.value, unit=_unit(target))
    try:
        found = [formula.value(values) for formula, values in formulas]
    except (KeyError, ValueError, ArithmeticError):
        return replace(gate, why=Why.OPEN)
    low = Fraction(min(each.low for each in found))
    highs = [each.high for each in found if each.high is not None]
    if len(highs) < len(found):
        return replace(gate, why=Why.OPEN, figure=low)
    high = Fraction(max(highs))
    ends = {target.met_by(low), target.met_by(high)}
    verdict = Verdict.UNKNOWN if len(ends) > 1 else _verdict(ends.pop())
    why = Why.OPEN if verdict is Verdict.UNKNOWN else Why.NONE
    return replace(gate, verdict=verdict, why=why, figure=low, upto=None if high == low else high)


def _counted(gate: Gate, target: Target, series: Series, measure: Measure) -> Gate:
    """Hold a target against a series of figures, which are in the target's own unit."""
    percent = not target.unit and gate.target.rstrip().find("%") >= 0
    gate = replace(gate, value=target.value, unit=_unit(target))
    scale = Fraction(1, 100) if percent else Fraction(1)
    return counted(gate, target, series, scale, measure.now, REPLAYED * DAY)


def _stage(roadmap: Roadmap, index: int, stage: Stage, measure: Measure) -> Gate | None:
    """Hold what makes a stage due against what is counted; None where it counts nothing."""
    trigger = stage.trigger
    if trigger is None or trigger.value is None or not trigger.counted:
        return None
    at_most = trigger.op in ("<", "<=")
    limit = trigger.value.high if at_most else trigger.value.low
    value = Fraction(trigger.value.low if limit is None else limit)
    operator = Operator(trigger.op) if trigger.op else Operator.AT_LEAST
    gate = Gate(
        roadmap=roadmap.id, kind=Kind.STAGE, id=stage.id, path=("stages", index, "trigger"),
        text=stage.name, target=str(trigger), verdict=Verdict.UNKNOWN, value=value,
        unit=trigger.metric,
    )  # fmt: skip
    series = measure.series.get(trigger.counted)
    if series is None:
        return replace(gate, why=Why.SOURCE)
    target = Target(metric=Metric.OTHER, operator=operator, value=value, unit=trigger.metric)
    return counted(gate, target, series, Fraction(1), measure.now, REPLAYED * DAY)


def _verdict(met: bool) -> Verdict:
    return Verdict.MET if met else Verdict.MISSED


def _unit(target: Target) -> str:
    if target.unit:
        return target.unit
    small = target.value <= 1 and target.operator in Operator
    return "share" if small and target.value.denominator != 1 else ""

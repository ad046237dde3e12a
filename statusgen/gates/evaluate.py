"""A roadmap's promises held against what was measured, derived, or written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant
from statusgen.base.target import MEASURED, Metric, Operator, Target
from statusgen.gates.expected import expected_gates
from statusgen.gates.forecast import Forecast
from statusgen.gates.gate import Gate, Kind, Source, Why
from statusgen.gates.series import Series
from statusgen.roadmap.figures import figures
from statusgen.roadmap.formula import Formula
from statusgen.roadmap.model import Claim, ClaimKind, Criterion, Roadmap
from statusgen.roadmap.money import Range
from statusgen.status.standing import Doubt, Replay, Verdict
from statusgen.status.tally import Past

REPLAYED = 90
"""Days over which triggers are replayed."""
OLD_AFTER = 100
"""Days after which the newest figure of a file tells nothing of the present."""
_KINDS = {Metric.BREAK_EVEN: ClaimKind.BREAK_EVEN, Metric.MARGIN: ClaimKind.MARGIN}
_WINDOWS = {Kind.SUCCESS: 30 * DAY, Kind.TRIGGER: DAY, Kind.METRIC: DAY}
"""What is looked back on where the author names no window."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What promises are held against."""

    now: Instant
    zone: ZoneInfo
    today: date | None
    pasts: Callable[[Sequence[str]], list[Past]]
    """The pasts of components; raises KeyError for one that is not there."""
    series: Mapping[str, Series] = field(default_factory=dict)
    forecasts: Mapping[str, Mapping[str, Forecast]] = field(default_factory=dict)
    """Roadmap → architecture → what its parts let one expect."""


def gates_of(roadmap: Roadmap, measure: Measure) -> tuple[Gate, ...]:
    """Return all promises of a roadmap as they stand, in the order of its file."""
    return tuple(_gates(roadmap, measure))


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
        trigger_text = stage.trigger
        if trigger_text is None or trigger_text.value is None or not trigger_text.metric:
            continue
        gate = Gate(
            roadmap=roadmap.id, kind=Kind.STAGE, id=stage.id, path=("stages", index, "trigger"),
            text=stage.name, target=str(trigger_text), verdict=Verdict.UNKNOWN,
            value=Fraction(trigger_text.value.low), unit=trigger_text.metric,
        )  # fmt: skip
        yield _stage(gate, trigger_text.metric, Fraction(trigger_text.value.low), measure)
    yield from expected_gates(roadmap, measure.forecasts.get(roadmap.id, {}))


def _criterion(
    gate: Gate,
    criterion: Criterion,
    measure: Measure,
    roadmap: Roadmap,
    known: Mapping[str, Range],
) -> Gate:
    target = criterion.held_against
    if target is None or target.metric in MEASURED:
        return _held(gate, target, measure)
    if criterion.formula:
        return _derived(gate, target, [(criterion.formula[0], known)])
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
    )


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
    """Hold a target against a file of figures, which are in the target's own unit."""
    percent = not target.unit and gate.target.rstrip().find("%") >= 0
    scale = Fraction(1, 100) if percent else Fraction(1)
    gate = replace(gate, source=Source.FILE, value=target.value, unit=_unit(target))
    known = series if measure.today is None else series.until(measure.today)
    if known.last is None:
        return replace(gate, why=Why.NOTHING)
    day, figure = known.last
    gate = replace(gate, figure=figure * scale, on=day)
    if measure.today is not None and (measure.today - day).days > OLD_AFTER:
        return replace(gate, why=Why.OLD)
    return replace(gate, verdict=_verdict(target.met_by(figure * scale)))


def _stage(gate: Gate, metric: str, value: Fraction, measure: Measure) -> Gate:
    series = measure.series.get(metric.replace(" ", "-"))
    if series is None:
        return replace(gate, why=Why.SOURCE)
    known = series if measure.today is None else series.until(measure.today)
    if known.last is None:
        return replace(gate, why=Why.NOTHING, source=Source.FILE)
    day, figure = known.last
    gate = replace(gate, source=Source.FILE, figure=figure, on=day)
    if measure.today is not None and (measure.today - day).days > OLD_AFTER:
        return replace(gate, why=Why.OLD)
    verdict = _verdict(figure >= value)
    return replace(gate, verdict=verdict, crossing=known.crossing(value))


def _verdict(met: bool) -> Verdict:
    return Verdict.MET if met else Verdict.MISSED


def _unit(target: Target) -> str:
    if target.unit:
        return target.unit
    small = target.value <= 1 and target.operator in Operator
    return "share" if small and target.value.denominator != 1 else ""

"""Promised uptimes against forecasts, and what a stage pays for each minute that it saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.target import Metric, Target
from statusgen.gates.forecast import Between, Forecast
from statusgen.gates.gate import Gate, Kind, Source, Why
from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.model import Architecture, Criterion, Roadmap
from statusgen.roadmap.moments import current_stage
from statusgen.status.standing import Verdict


def architecture_of(roadmap: Roadmap, criterion: Criterion) -> Architecture | None:
    """Return the drawing that a promised uptime is about.

    The one that it names, else the only one of its stage. Of two, nobody knows which is meant.
    """
    if criterion.architecture:
        named = (one for one in roadmap.architectures if one.id == criterion.architecture)
        return next(named, None)
    if criterion.stage is None:
        return None
    alike = [one for one in roadmap.architectures if one.stage == criterion.stage]
    return alike[0] if len(alike) == 1 else None


def expected_gates(roadmap: Roadmap, forecasts: Mapping[str, Forecast]) -> Iterator[Gate]:
    """Yield the promised uptimes that speak of an architecture, held against its forecast.

    Missed where the promise lies above the whole interval, which can be told even while parts are
    unknown; met where it lies below the whole of it.
    """
    for index, criterion in enumerate(roadmap.success):
        model = architecture_of(roadmap, criterion)
        target = criterion.held_against
        if criterion.metric is not Metric.UPTIME or model is None or target is None:
            continue
        found = forecasts.get(model.id)
        if found is None:
            continue
        verdict, why = _verdict(target, found)
        yield Gate(
            roadmap=roadmap.id,
            kind=Kind.FORECAST,
            id=criterion.id,
            path=("success", index),
            text=criterion.text,
            target=str(criterion.target),
            verdict=verdict,
            why=why,
            source=Source.FORECAST,
            figure=None if found.unknown else found.whole.low,
            upto=found.whole.high,
            value=target.value,
            unit="share",
        )


def _verdict(target: Target, found: Forecast) -> tuple[Verdict, Why]:
    ends = [target.met_by(found.whole.low), target.met_by(found.whole.high)]
    if ends == [True, True]:
        return Verdict.MET, Why.NONE
    if ends == [False, False]:
        return Verdict.MISSED, Why.NONE
    return Verdict.UNKNOWN, Why.PARTS if found.unknown else Why.INTERVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """What a stage pays for each minute of outage a month that it saves."""

    before: str
    """The architecture that it is compared with."""
    after: str
    cost: tuple[Fraction, Fraction] | None
    """What the stages up to it change in the monthly bill; None where that is open."""
    saved: Between
    """Minutes a month; the figure is None where either forecast has none."""

    @property
    def price(self) -> tuple[Fraction, Fraction] | None:
        """The cost of one minute, from the cheapest to the dearest by the two figures.

        None where there is no figure, or where nothing is saved.
        """
        minutes = self.saved.figure
        if self.cost is None or minutes is None or minutes <= 0:
            return None
        return self.cost[0] / minutes, self.cost[1] / minutes

    @property
    def sure(self) -> bool:
        """Whether minutes are saved wherever in their intervals both forecasts lie."""
        return self.saved.low > 0


def minutes(
    roadmap: Roadmap, costs: Sequence[StageCost], forecasts: Mapping[str, Forecast]
) -> Iterator[Minute]:
    """Yield what each stage pays for the minutes that its architecture saves.

    Each is compared with the architecture before it: that without a stage is today's, at the stage
    that is under way. A stage with
    two architectures is left out, for nobody knows which of them is its own.
    """
    before: Forecast | None = None
    spent: list[StageCost] = []
    for stage, cost in _in_order(roadmap, costs):
        spent += [] if cost is None else [cost]
        alike = [one for one in roadmap.architectures if one.stage == stage and one.id in forecasts]
        own = [forecasts[one.id] for one in alike if forecasts[one.id].needed]
        if len(own) != 1:
            continue
        if before is not None:
            yield Minute(
                before=before.architecture,
                after=own[0].architecture,
                cost=_change(spent, roadmap.currency),
                saved=_saved(before.lost_minutes, own[0].lost_minutes),
            )
        before, spent = own[0], []


def _in_order(
    roadmap: Roadmap, costs: Sequence[StageCost]
) -> Iterator[tuple[str | None, StageCost | None]]:
    """Yield the stages in order, and among them today, which is behind the current one."""
    current = current_stage(roadmap)
    if current is None:
        yield None, None
    for each in costs:
        if each.dropped:
            continue
        yield each.stage, each
        if current is not None and each.stage == current.id:
            yield None, None


def _change(spent: Sequence[StageCost], currency: str) -> tuple[Fraction, Fraction] | None:
    """Return what stages change in the bill together, in one currency; None where it is open."""
    changes = [each.change for each in spent]
    if any(not one.amounts or one.missing or set(one.currencies) - {currency} for one in changes):
        return None
    amounts = [one.of(currency) for one in changes]
    highs = [one.high for one in amounts if one.high is not None]
    if len(highs) < len(amounts):
        return None
    return Fraction(sum(one.low for one in amounts)), Fraction(sum(highs))


def _saved(before: Between, after: Between) -> Between:
    known = before.figure is not None and after.figure is not None
    figure = before.figure - after.figure if known else None  # type: ignore[operator]
    return Between(before.low - after.high, figure, before.high - after.low)

"""What was measured of a roadmap as a whole: its forecasts, triggers, dual runs, news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant
from statusgen.gates.deploys import Deploy
from statusgen.gates.dual import Dual, dual_run
from statusgen.gates.evaluate import REPLAYED, Measure
from statusgen.gates.expected import Minute, minutes
from statusgen.gates.forecast import Forecast, Seen, forecast, seen
from statusgen.gates.gate import Gate
from statusgen.gates.news import News, news
from statusgen.gates.rollback import Replayed, Struck, replayed, tagged
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.model import Roadmap
from statusgen.status.tally import Past

Pasts = Callable[[Sequence[str]], list[Past]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What was measured of one roadmap, seen from an instant."""

    now: Instant
    forecasts: Mapping[str, Forecast] = field(default_factory=dict)
    """By architecture."""
    minutes: tuple[Minute, ...] = ()
    replayed: Replayed | None = None
    """None where no trigger can be told of by checks."""
    struck: Mapping[str, tuple[Struck, ...]] = field(default_factory=dict)
    """Limitation → the incidents that show it."""
    duals: Mapping[str, Dual | None] = field(default_factory=dict)
    """Item → its dual run; None while there is no whole day of it."""
    news: tuple[News, ...] = ()


def forecasts_of(roadmap: Roadmap, pasts: Pasts, now: Instant) -> Mapping[str, Forecast]:
    """Return by architecture what its parts let one expect.

    One of which nothing at all is measured has none, and one whose nodes are all optional.
    """
    made: dict[str, Forecast] = {}
    for model in roadmap.architectures:
        found: dict[str, Seen] = {}
        for node in model.nodes.values():
            if node.component is not None and node.component not in found:
                one = _seen(node.component, pasts, now)
                if one is not None:
                    found[node.component] = one
        expected = forecast(model, found)
        if expected.measured or expected.stated:
            made[model.id] = expected
    return made


def _seen(component: str, pasts: Pasts, now: Instant) -> Seen | None:
    try:
        return seen(pasts([component])[0], now)
    except KeyError:  # told with its place where files are judged
        return None


def live(
    roadmap: Roadmap,
    gates: Sequence[Gate],
    measure: Measure,
    deploys: Sequence[Deploy],
    incidents: Sequence[Struck],
) -> Live:
    """Return everything that was measured of a roadmap."""
    now, zone = measure.now, measure.zone
    costs = stage_costs(roadmap)
    forecasts = measure.forecasts.get(roadmap.id, {})
    back = replayed(gates, now, now - REPLAYED * DAY, deploys, incidents)
    return Live(
        now=now,
        forecasts=forecasts,
        minutes=tuple(minutes(roadmap, costs, forecasts)),
        replayed=back if back.judged else None,
        struck=tagged(roadmap.id, [each.id for each in roadmap.limitations], incidents),
        duals=dict(_duals(roadmap, measure.pasts, now, zone)),
        news=news(roadmap, costs, gates, _named(gates, measure.pasts), measure.series, now, zone),
    )


def _duals(
    roadmap: Roadmap, pasts: Pasts, now: Instant, zone: ZoneInfo
) -> Iterable[tuple[str, Dual | None]]:
    for _, item in roadmap.items():
        if item.dual_run is not None:
            try:
                yield item.id, dual_run(item.id, item.dual_run, pasts, now, zone)
            except KeyError:  # told with its place where files are judged
                yield item.id, None


def _named(gates: Sequence[Gate], pasts: Pasts) -> dict[tuple[str, ...], list[Past]]:
    return {
        gate.standing.target.components: pasts(gate.standing.target.components)
        for gate in gates
        if gate.standing is not None
    }

"""Tables of what goes on: availability to be expected, triggers over the past, dual runs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.gates.dual import Dual, Side
from statusgen.gates.evaluate import REPLAYED
from statusgen.gates.expected import Minute, architecture_of
from statusgen.gates.forecast import Between, Forecast
from statusgen.gates.gate import Kind
from statusgen.gates.rollback import Blind, Firing, Struck
from statusgen.publish.links import incident_path
from statusgen.publish.promises import exact, gate_note, upper
from statusgen.publish.roadmaps.addresses import section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Table
from statusgen.publish.roadmaps.words import dashed, told
from statusgen.roadmap.costs import service_cost
from statusgen.roadmap.model import Architecture, Item
from statusgen.words import Words
from statusgen.words.money import money_range, typeset

NONE = Cell(EMPTY)


_SHORT = ("expected", "interval", "lost")
"""Columns of figures, each of which stays on its line."""


def forecast_table(dossier: Dossier) -> Table | None:
    """Return what can be expected of each architecture; None where nothing can be told."""
    live, say = dossier.live, dossier.words.say
    if live is None or not live.forecasts:
        return None
    prices = {each.after: each for each in live.minutes}
    models = {each.id: each for each in dossier.roadmap.architectures}
    rows = [
        _forecast_row(dossier, models[name], found, prices.get(name))
        for name, found in live.forecasts.items()
    ]
    keys = ["drawing", "expected", "interval", "lost", "promised", "made-of", "minute"]
    for place in (6, 4):  # columns in which nothing stands
        if all(row[place] == NONE for row in rows):
            keys.pop(place)
            rows = [(*row[:place], *row[place + 1 :]) for row in rows]
    return Table(
        name="forecast",
        title=say("live.forecast"),
        columns=tuple(Column(say(f"live.column-{key}"), fixed=key in _SHORT) for key in keys),
        rows=tuple(rows),
    )


def _forecast_row(
    dossier: Dossier, model: Architecture, found: Forecast, price: Minute | None
) -> tuple[Cell, ...]:
    words = dossier.words
    stage = dossier.roadmap.stage(model.stage or "")
    path = f"{section_path(dossier.id, 'architecture')}#{model.id}"
    return (
        Cell(model.name, path, note=stage.name if stage else ""),
        Cell(expected(words, found)),
        Cell(EMPTY if not found.known else interval(words, found.whole)),
        Cell(_lost(words, found)),
        _promised(dossier, model),
        Cell(_made_of(dossier, model, found)),
        NONE if price is None else _minute(dossier, price),
    )


def expected(words: Words, found: Forecast) -> str:
    """Say what can be expected, or the most that could be."""
    figure = found.whole.figure
    if figure is not None:
        return words.percent(_floor(figure))
    if found.whole.high < 1:
        return words.say("live.at-most", share=upper(words, found.whole.high))
    return words.say("promises.unknown")


def interval(words: Words, between: Between) -> str:
    """Say between which ends an availability lies, each rounded outwards."""
    return f"{words.percent(_floor(between.low))}–{upper(words, between.high)}"


def _floor(share: Fraction) -> int:
    return math.floor(share * 10_000)


def _lost(words: Words, found: Forecast) -> str:
    minutes = found.lost_minutes.figure
    return EMPTY if minutes is None else words.duration(round(minutes * 60))


def _promised(dossier: Dossier, model: Architecture) -> Cell:
    for gate in dossier.gates:
        if gate.kind is not Kind.FORECAST:
            continue
        criterion = dossier.roadmap.success[int(gate.path[1])]
        if architecture_of(dossier.roadmap, criterion) is model:
            note = gate_note(dossier.words, dossier.zone, gate)
            return Cell(dashed(gate.target), section_path(dossier.id, "gates"), note=note)
    return NONE


def _made_of(dossier: Dossier, model: Architecture, found: Forecast) -> str:
    words = dossier.words

    def names(nodes: Iterable[str]) -> str:
        return words.joined([model.nodes[one].label for one in nodes])

    measured = [
        name
        for one in found.needed
        for name in one
        if name not in found.stated and name not in found.unknown
    ]
    lists = {"measured": measured, "stated": found.stated, "unknown": found.unknown}
    return "; ".join(
        words.say(f"live.parts-{key}", names=names(nodes)) for key, nodes in lists.items() if nodes
    )


def _minute(dossier: Dossier, found: Minute) -> Cell:
    """Say what a minute costs that a stage is expected to save."""
    words, saved = dossier.words, found.saved.figure
    if saved is None:
        return Cell(words.say("promises.unknown"))
    key = "live.minute-saves" if saved > 0 else "live.minute-more"
    told_minutes = words.say(key, duration=words.duration(round(abs(saved) * 60)))
    if saved <= 0:
        return Cell(EMPTY, note=told_minutes)
    unsure = "" if found.sure else words.say("live.minute-unsure")
    price = found.price
    if price is None:
        text = words.say("live.minute-open")
    else:
        low, high = (_cents(each) for each in price)
        amount = money_range(dossier.roadmap.currency, low, high, typeset(words))
        text = words.say("live.minute", price=amount)
    return Cell(text, note=", ".join(filter(None, (told_minutes, unsure))))


def _cents(amount: Fraction) -> Decimal:
    """Round to cents: a forecast knows no more digits; below a cent it says what there is."""
    exactly = Decimal(amount.numerator) / amount.denominator
    return exactly if abs(exactly) < Decimal("0.01") else exactly.quantize(Decimal("0.01"))


def replay_table(dossier: Dossier) -> Table | None:
    """Return when triggers would have fired; None where checks tell of none."""
    live, say = dossier.live, dossier.words.say
    if live is None or live.replayed is None:
        return None
    keys = ("trigger", "began", "lasted", "deploys", "incidents")
    return Table(
        name="replay",
        title=say("live.replay", days=dossier.words.number(REPLAYED)),
        columns=tuple(Column(say(f"live.column-{key}")) for key in keys),
        rows=tuple(_firing_row(dossier, each) for each in live.replayed.firings),
    )


def _firing_row(dossier: Dossier, firing: Firing) -> tuple[Cell, ...]:
    words = dossier.words
    lasted = words.duration(firing.end - firing.start)
    deploys = "; ".join(
        " ".join(filter(None, (_moment(dossier, one.at), one.version, one.what)))
        for one in firing.deploys
    )
    return (
        Cell(firing.text),
        Cell(_moment(dossier, firing.start), key=str(firing.start)),
        Cell(words.say("live.still", duration=lasted) if firing.lasts else lasted),
        Cell(deploys or EMPTY),
        incidents_cell(firing.incidents),
    )


def incidents_cell(incidents: Iterable[Struck]) -> Cell:
    """Return incidents by their titles, each a link."""
    links = tuple((one.title, incident_path(one.id)) for one in incidents)
    return Cell(", ".join(title for title, _ in links) or EMPTY, links=links)


def blind_told(dossier: Dossier) -> list[str]:
    """Say which triggers checks come too seldom for."""
    live = dossier.live
    blind = live.replayed.blind if live is not None and live.replayed is not None else ()
    return [_blind(dossier.words, each) for each in blind]


def _blind(words: Words, one: Blind) -> str:
    values = {"name": one.text, "target": dashed(one.target), "window": words.duration(one.window)}
    if not one.wanted:
        return words.say("live.blind-never", **values)
    return words.say(
        "live.blind",
        **values,
        wanted=exact(words, one.wanted),
        interval=exact(words, one.interval),
    )


def dual_table(dossier: Dossier, item: Item) -> Table | None:
    """Return both sides of a dual run; None where there is none, or no day of it yet."""
    found = dossier.live.duals.get(item.id) if dossier.live is not None else None
    if found is None:
        return None
    words, say = dossier.words, dossier.words.say
    sides = (found.old, found.new)
    rows = [
        (Cell(say("live.row-uptime")), *(Cell(_share(words, one.uptime)) for one in sides)),
        (Cell(say("live.row-coverage")), *(Cell(_share(words, one.coverage)) for one in sides)),
        (Cell(say("live.row-lost")), *(Cell(_duration(words, one)) for one in sides)),
        (Cell("p50"), *(Cell(words.milliseconds(one.p50)) for one in sides)),
        (Cell("p95"), *(Cell(words.milliseconds(one.p95)) for one in sides)),
    ]
    bills = [
        told(words, service_cost(services[0])).text if services else EMPTY
        for services in (item.moves_from, item.moves_to)
    ]
    if any(each != EMPTY for each in bills):
        rows.append((Cell(say("live.row-cost")), *map(Cell, bills)))
    names = [_component(dossier, one) for one in sides]
    return Table(
        name=f"dual-{item.id}",
        title=say("live.dual"),
        columns=(
            Column(say("roadmap.column-figure")),
            *(
                Column(f"{say(f'roadmap.moves-{end}')}: {name}", numeric=True)
                for end, name in zip(("from", "to"), names, strict=True)
            ),
        ),
        rows=tuple(rows),
    )


def dual_told(dossier: Dossier, item: Item) -> list[str]:
    """Say whether the old side of a dual run may be switched off; empty where there is none."""
    if item.dual_run is None or dossier.live is None:
        return []
    found, say = dossier.live.duals.get(item.id), dossier.words.say
    if found is None:
        return [say("live.dual-none")]
    words = dossier.words
    said = [
        say("live.dual-over", count=found.days, day=_day(dossier, found.start)),
        say(
            "live.dual-safe" if found.safe else "live.dual-not-yet",
            name=_component(dossier, found.old),
            clean=words.number(found.clean),
            wanted=words.number(found.wanted),
        ),
    ]
    if found.dirty is not None and not found.safe:
        said.append(say("live.dual-dirty", day=words.dated_day(found.dirty)))
    return [*said, say("live.dual-about")]


def dual_is_safe(dossier: Dossier, item: Item) -> bool | None:
    """Whether the old side may be switched off; None where nothing is told of it."""
    found: Dual | None = dossier.live.duals.get(item.id) if dossier.live is not None else None
    return None if found is None else found.safe


def _component(dossier: Dossier, side: Side) -> str:
    one = dossier.components.get(side.component)
    return one.name if one is not None else side.component


def stage_forecast(dossier: Dossier, stage: str) -> tuple[str, str] | None:
    """Return what can be expected of a stage, with its interval; None where nothing can be told."""
    live = dossier.live
    found = [each for each in live.forecasts.values() if each.stage == stage] if live else []
    if len(found) != 1:
        return None
    one, words = found[0], dossier.words
    note = interval(words, one.whole) if one.known else ""
    return expected(words, one), note


def stage_minute(dossier: Dossier, stage: str) -> Cell | None:
    """Return what a minute costs that a stage is expected to save; None where none is told."""
    live = dossier.live
    if live is None:
        return None
    own = {each.architecture for each in live.forecasts.values() if each.stage == stage}
    return next((_minute(dossier, each) for each in live.minutes if each.after in own), None)


def _share(words: Words, share: Fraction | None) -> str:
    return EMPTY if share is None else words.percent(_floor(share))


def _duration(words: Words, side: Side) -> str:
    return words.duration(math.ceil(side.lost)) if side.uptime is not None else EMPTY


def _moment(dossier: Dossier, at: Instant) -> str:
    local = datetime.fromtimestamp(at, dossier.zone)
    return f"{dossier.words.dated_day(local.date())}, {local:%H:%M}"


def _day(dossier: Dossier, at: Instant) -> str:
    return dossier.words.dated_day(datetime.fromtimestamp(at, dossier.zone).date())

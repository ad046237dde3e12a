"""What happened to a roadmap, for its feed: derived from its file and by replay, nothing stored.

A stage was reached, and with it the bill changed: from ``reached:``. An item was done: from
``changed:``. A count crossed what makes a stage due: from ``data/metrics/``. A promise was broken
or is kept again: by replaying its verdict over the recorded past, by the hour (of response times
by midnight). What cannot be told in between changes nothing; where too few checks find nothing
wrong, a promise counts as not broken, and is not called kept. The past does not change, so every
build tells the same of it, under the same key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, HOUR, Instant, format_instant
from statusgen.gates.gate import Gate, Kind, Source
from statusgen.gates.series import Series
from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Roadmap, Status
from statusgen.status.days import day_start
from statusgen.status.replay import Replay
from statusgen.status.standing import Doubt, Verdict, is_latency, judged
from statusgen.status.tally import Past

TOLD = 90
"""Days that are told of."""
_BASE = 30
"""Days before those, from which it is known how a promise stood."""


class Happened(StrEnum):
    """What sort of news it is."""

    REACHED = "reached"
    """A stage, by its author's word."""
    DUE = "due"
    """A stage, by a count."""
    COST = "cost"
    """The bill changed with a stage."""
    DONE = "done"
    """An item."""
    BROKEN = "broken"
    """A promise."""
    KEPT = "kept"
    """A promise, again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened to a roadmap."""

    what: Happened
    at: Instant
    key: str
    """The same in every build: what it is of, and when."""
    subject: str
    """The stage's, the item's or the promise's id."""
    name: str
    target: str = ""
    """Of a promise: as its author wrote it. Of a stage: what makes it due."""
    before: Cost | None = None
    after: Cost | None = None
    figure: str = ""
    """Of a count: the number, as written in its file."""


def news(
    roadmap: Roadmap,
    costs: Sequence[StageCost],
    gates: Sequence[Gate],
    pasts: Mapping[tuple[str, ...], list[Past]],
    series: Mapping[str, Series],
    now: Instant,
    zone: ZoneInfo,
) -> tuple[News, ...]:
    """Return what happened to a roadmap up to ``now``, newest first.

    ``pasts``: the pasts of the components that its promises name.
    """
    found = [
        *_of_stages(roadmap, costs, zone),
        *_of_items(roadmap, zone),
        *_of_counts(roadmap, series),
        *(one for gate in gates for one in _of_promise(gate, pasts, now, zone)),
    ]
    told = (one for one in found if one.at <= now)
    return tuple(sorted(told, key=lambda each: (-each.at, each.key)))


def _of_stages(roadmap: Roadmap, costs: Sequence[StageCost], zone: ZoneInfo) -> Iterator[News]:
    before: StageCost | None = None
    for stage, cost in zip(roadmap.stages, costs, strict=True):
        if stage.reached is not None:
            at = day_start(stage.reached, zone)
            day = stage.reached.isoformat()
            yield News(
                what=Happened.REACHED,
                at=at,
                key=f"stage/{stage.id}/{day}",
                subject=stage.id,
                name=stage.name,
                target=str(stage.trigger or ""),
            )
            if before is not None and not cost.dropped and _changed(before.running, cost.running):
                yield News(
                    what=Happened.COST,
                    at=at,
                    key=f"cost/{stage.id}/{day}",
                    subject=stage.id,
                    name=stage.name,
                    before=before.running,
                    after=cost.running,
                )
        before = before if cost.dropped else cost


def _changed(before: Cost, after: Cost) -> bool:
    """Whether two bills are known, and differ."""
    known = before.amounts and after.amounts and not before.missing and not after.missing
    return bool(known) and before.amounts != after.amounts


def _of_items(roadmap: Roadmap, zone: ZoneInfo) -> Iterator[News]:
    for _, item in roadmap.items():
        if item.status is Status.DONE and item.changed is not None:
            yield News(
                what=Happened.DONE,
                at=day_start(item.changed, zone),
                key=f"item/{item.id}/{item.changed.isoformat()}",
                subject=item.id,
                name=item.name,
            )


def _of_counts(roadmap: Roadmap, series: Mapping[str, Series]) -> Iterator[News]:
    for stage in roadmap.stages:
        trigger = stage.trigger
        if trigger is None or trigger.value is None or not trigger.metric:
            continue
        counted = series.get(trigger.metric.replace(" ", "-"))
        for at, figure in counted.points if counted is not None else ():
            if figure >= trigger.value.low:
                yield News(
                    what=Happened.DUE,
                    at=at,
                    key=f"due/{stage.id}/{format_instant(at)}",
                    subject=stage.id,
                    name=stage.name,
                    target=str(trigger),
                    figure=_plain(figure),
                )
                break


def _plain(figure: object) -> str:
    number = float(figure)  # type: ignore[arg-type]
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _of_promise(
    gate: Gate, pasts: Mapping[tuple[str, ...], list[Past]], now: Instant, zone: ZoneInfo
) -> Iterator[News]:
    """Yield the hours in which a promise was broken, and was kept again."""
    if gate.kind is not Kind.SUCCESS or gate.source is not Source.CHECKS or gate.standing is None:
        return
    target = gate.standing.target
    known = pasts.get(target.components)
    if known is None:
        return
    window = gate.standing.end - gate.standing.start
    replay = Replay(target, known, now, zone, window)
    broken: bool | None = None
    for mark in _marks(known, now, zone, daily=is_latency(target)):
        verdict = replay.at(mark)
        if verdict is Verdict.UNKNOWN:
            if judged(target, known, mark, zone, window).doubt is Doubt.SAMPLES:
                broken = False  # nothing is wrong, though so few checks cannot prove it
            continue
        before, broken = broken, verdict is Verdict.MISSED
        if before is not None and before is not broken and mark > now - TOLD * DAY:
            yield News(
                what=Happened.KEPT if verdict is Verdict.MET else Happened.BROKEN,
                at=mark,
                key=f"promise/{gate.id}/{format_instant(mark)}",
                subject=gate.id,
                name=gate.text,
                target=gate.target,
            )


def _marks(
    pasts: Sequence[Past], now: Instant, zone: ZoneInfo, *, daily: bool
) -> Iterator[Instant]:
    """Yield the moments at which a promise is looked at, oldest first."""
    oldest = max((past.measured.since or now for past in pasts), default=now)
    first = max(now - (TOLD + _BASE) * DAY, oldest)
    if not daily:
        yield from range(first - first % HOUR + HOUR, now + 1, HOUR)
        return
    day = date.fromisoformat(format_instant(first)[:10]) + timedelta(days=1)
    while (mark := day_start(day, zone)) <= now:
        if mark > first:
            yield mark
        day += timedelta(days=1)

"""Who saw what: what each vantage said last, for the component's page and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.base.clock import format_instant
from statusgen.base.states import State
from statusgen.base.vantage import OUTSIDE
from statusgen.publish.api.facts import json_asset
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus, VantageWord
from statusgen.words.reasons import reason

PATH = "api/vantages.json"


@dataclass(frozen=True, slots=True)
class WordRow:
    """One vantage's word, in words."""

    place: str
    state: State
    why: str
    response: str
    at: int
    stands: bool


@dataclass(frozen=True, slots=True)
class SeenFrom:
    """One monitor as its vantages see it."""

    name: str
    state: State
    rows: tuple[WordRow, ...]


def seen_from(edition: Edition, component: ComponentStatus) -> list[SeenFrom]:
    """Return what the vantages say of a component's monitors; nothing where there is one."""
    return [
        SeenFrom(check.name, check.state, tuple(_row(edition, word) for word in check.words))
        for check in component.checks
        if check.words
    ]


def _row(edition: Edition, word: VantageWord) -> WordRow:
    words = edition.words
    if word.reason:
        why = reason(words, word.reason, word.code, working=word.state is State.DEGRADED)
    else:
        why = ""
    return WordRow(
        place_name(edition, word.vantage, word.places),
        word.state,
        why,
        words.milliseconds(word.ms) if word.ms is not None else "",
        word.at,
        word.counts,
    )


def place_name(edition: Edition, vantage: str, places: tuple[int, int] | None = None) -> str:
    """Return what visitors read of a vantage."""
    name = edition.settings.vantage_name(vantage)
    if vantage == OUTSIDE and name == vantage:
        name = "Globalping"
    if places is None:
        return name
    return edition.words.say("component.probes", name=name, reached=places[0], of=places[1])


def vantage_files(edition: Edition) -> Iterator[Asset]:
    """Return ``api/vantages.json`` where there are several vantages."""
    monitors: list[dict[str, object]] = [
        {
            "id": check.monitor,
            "component": component.id,
            "state": str(check.state),
            "vantages": [_json(edition, word) for word in check.words],
        }
        for component in edition.snapshot.components
        for check in component.checks
        if check.words
    ]
    if monitors:
        yield json_asset(PATH, {"monitors": _unrepeated(monitors)})


def _unrepeated(monitors: list[dict[str, object]]) -> list[dict[str, object]]:
    """Leave one entry of a monitor that stands in several components, with all of them."""
    found: dict[object, dict[str, object]] = {}
    for each in monitors:
        component = each.pop("component")
        known = found.setdefault(each["id"], {**each, "components": []})
        listed = known["components"]
        assert isinstance(listed, list)
        listed.append(component)
    return list(found.values())


def _json(edition: Edition, word: VantageWord) -> dict[str, object]:
    return {
        "vantage": word.vantage,
        "name": place_name(edition, word.vantage),
        "state": str(word.state),
        "at": format_instant(word.at),
        "response_ms": word.ms,
        "code": word.code,
        "reason": word.reason,
        "round": word.round,
        "counts": word.counts,
        "probes": {"reached": word.places[0], "of": word.places[1]} if word.places else None,
    }

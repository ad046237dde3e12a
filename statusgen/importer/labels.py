"""Labelled values: which field of a stage, an item or an option a label means."""

from __future__ import annotations

import re

from statusgen.importer.amounts import is_total
from statusgen.importer.found import Entity, Found
from statusgen.importer.headers import BUDGET
from statusgen.importer.pieces import is_change, leading_price, names_no_period, said_status
from statusgen.importer.plan_tables import services
from statusgen.importer.spent import give_effort
from statusgen.importer.staged import reads
from statusgen.importer.words import Pair, has_amount, priced
from statusgen.roadmap.model import parse_trigger, parse_when
from statusgen.roadmap.vocabulary import words


def apply(part: Entity, read: Pair, found: Found) -> None:
    """Give a labelled value its field; what has none is kept under its label."""
    if read.key == "cost" and _cost(part, read, found):
        return
    handler = {
        "cost_impact": _impact,
        "effort": _time,
        "when": _time,
        "trigger": _trigger,
        "status": _status,
        "from": _moves,
        "to": _moves,
        "service": _service,
        "tier": _service,
        "region": _service,
        "pros": _phrases,
        "cons": _phrases,
        "features": _commas,
        "includes": _commas,
    }.get(read.key)
    if handler is not None and handler(part, read):
        return
    if read.key == "goal" and _SCORE.match(read.value):
        part.facet(read.label, read.value)
        return
    if read.key == "goal" and part.kind == "roadmap" and part.set("goal", read.value):
        return
    if read.key in ("goal", "why") and part.kind in ("stage", "item"):
        name = "reason" if read.key == "why" and part.kind == "stage" else read.key
        if part.set(name, read.value):
            return
    if read.key == "category" and part.kind == "item" and part.set("category", read.value):
        return
    part.facet(read.label, read.value)


_SCORE = re.compile(r"\d{1,3}\s?[-–:]\s?\d{1,3}(?=\s*(?:$|[,;(]))")
"""*Goals: 3-2, penalties 4-2*: how a game ended."""


def _cost(part: Entity, read: Pair, found: Found) -> bool:
    price, note = leading_price(read.value)
    if not price:
        if any(character.isdigit() for character in read.value):
            found.skip(read.line, read.value, f"{read.label!r} is not read as a price")
        return False
    if part.kind == "stage" and BUDGET.search(read.label) and names_no_period(read.label, price):
        return False  # what may be spent in all is no cost of a month
    if part.kind == "stage" and is_change(price):
        return _changes(part, read, price, note)
    if note:
        part.add("notes", note)
    if part.kind == "option":
        return part.set("price", price)
    service = part.fields.get("service")
    if isinstance(service, Entity) and service.set("price", price):
        return True
    kind = "total" if is_total(read.label) else "stated"
    return part.set("cost", Entity(kind, read.line, {"stated": price}))


def _impact(part: Entity, read: Pair) -> bool:
    price, note = leading_price(read.value)
    return part.kind == "stage" and has_amount(price) and _changes(part, read, price, note)


def _changes(part: Entity, read: Pair, price: str, note: str) -> bool:
    stated = Entity("stated", read.line, {"stated": price})
    stated.set("note", note)
    return part.set("cost_impact", stated)


def _time(part: Entity, read: Pair) -> bool:
    due = read.key == "when" and read.label.strip().casefold() in words("due")
    if part.kind in ("item", "stage") and not due and give_effort(part, read.value):
        return True
    if part.kind in ("item", "stage") and reads(parse_when, read.value):
        setup = part.kind == "item" and "setup" in read.label.lower()
        return part.set("setup" if setup else "when", read.value)
    return False


def _trigger(part: Entity, read: Pair) -> bool:
    return (
        part.kind == "stage"
        and reads(parse_trigger, read.value)
        and part.set("trigger", read.value)
    )


def _status(part: Entity, read: Pair) -> bool:
    if part.kind not in ("stage", "item"):
        return False
    status = said_status(read.value)
    if not status or not part.set("status", status):
        return False
    if len(read.value.split()) > 2:
        part.add("notes", read.value)
    return True


def _moves(part: Entity, read: Pair) -> bool:
    if len(read.label) == 1 and "from" not in part.fields:
        return False  # "A: Node 18" answers a question
    return part.kind == "item" and part.set(read.key, list(services(read.value, read.line)))


def _service(part: Entity, read: Pair) -> bool:
    if part.kind != "item":
        return False
    service = part.fields.get("service")
    if read.key == "service":
        split = priced(read.value)
        new = Entity("service", read.line, {"name": split.name or read.value})
        new.set("price", split.price)
        return part.set("service", new)
    if not isinstance(service, Entity):
        return False
    return service.set(read.key, [read.value] if read.key == "region" else read.value)


def _phrases(part: Entity, read: Pair) -> bool:
    return part.kind == "option" and part.set(read.key, read.value)


def _commas(part: Entity, read: Pair) -> bool:
    return give_features(part, read.key, [word.strip() for word in read.value.split(",")])


def give_features(part: Entity, key: str, texts: list[str]) -> bool:
    """Give features to the service that an item is about."""
    target = part.product if part.kind == "item" else None
    return target is not None and target.set(key, texts)

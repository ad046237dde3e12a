"""The shapes in which people write parts of a roadmap, brought to the one that the model holds.

A part that is only a name may be a text alone, and a part with a name needs no ``id:``: it gets one
made of the name, or of a number made of it where it has no Latin letters. Who links to a page from
outside writes the id, for a name may change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from statusgen.base.fieldtree import inner_models
from statusgen.base.ids import id_fault, id_like
from statusgen.roadmap.criteria import promised
from statusgen.roadmap.model import (
    Choice,
    Criterion,
    Item,
    Option,
    Roadmap,
    Stage,
    Status,
    TimelineEntry,
    parse_when,
)
from statusgen.roadmap.model.time import parse_progress
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import parse_price

_NAMES = ("name", "text", "risk")
"""What an id may be made of."""
_MISNAMED = ("title", "label")
"""Keys that people write for a name; they are told so, and nothing of an id besides."""
_ALL = 100
"""Percent of work that is done."""
_PLAN = (Stage, Item)
"""Stages and items share one space of ids."""


def natural(data: dict[str, Any]) -> dict[str, Any]:
    """Return a roadmap's mapping with its short forms written out and its ids filled in."""
    shaped: dict[str, Any] = _shaped(data, Roadmap)
    taken: dict[str, set[str]] = {}
    for space, entry in _entries(shaped, Roadmap, ""):
        if isinstance(entry.get("id"), str):
            taken.setdefault(space, set()).add(entry["id"])
    for space, entry in _entries(shaped, Roadmap, ""):
        if "id" not in entry and (made := _free(entry, taken.setdefault(space, set()))):
            entry["id"] = made
            taken[space].add(made)
    for _, entry in _entries(shaped, Roadmap, ""):
        _choose(entry)
    return shaped


def _choose(entry: dict[str, Any]) -> None:
    """Take an option that is chosen by its name, or marked where it stands, for its id."""
    listed = entry.get("options")
    options = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    marked = [one for one in options if str(one.get("chosen")).casefold() in ("true", "yes")]
    if len(marked) == 1 and "chosen" not in entry:
        entry["chosen"] = {"option": marked[0].get("id")}
        del marked[0]["chosen"]
    chosen = entry.get("chosen")
    wanted = chosen.get("option") if isinstance(chosen, dict) else chosen
    if not isinstance(wanted, str) or any(one.get("id") == wanted for one in options):
        return
    names = [one for one in options if str(one.get("name")).casefold() == wanted.casefold()]
    if len(names) == 1:
        by_id = {"option": names[0].get("id")}
        entry["chosen"] = chosen | by_id if isinstance(chosen, dict) else by_id


def _shaped(value: Any, model: type[BaseModel]) -> Any:
    """Copy a mapping, with texts as mappings where the parts of a list have a name and an id."""
    if not isinstance(value, dict):
        return value
    made = _counted(_begins(dict(value))) if issubclass(model, _PLAN) else dict(value)
    for key, inner in _parts(model):
        entries = made.get(key)
        if isinstance(entries, list):
            made[key] = [_shaped(_named(entry, inner), inner) for entry in entries]
        elif isinstance(entries, dict):
            made[key] = _shaped(entries, inner)
    return _begun(_windowed(made, model), model)


def _begun(entry: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Say that work is under way, or done, where its progress tells so and nobody else does."""
    if not {"progress", "status"} <= model.model_fields.keys() or "progress" not in entry:
        return entry
    if entry.keys() & {"status", "state"}:
        return entry
    try:
        far = parse_progress(str(entry["progress"]))
    except ValueError:
        return entry  # the model says what is wrong with it
    if not far:
        return entry
    return entry | {"status": str(Status.DONE if far == _ALL else Status.CURRENT)}


def _windowed(entry: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Write a window by its two ends as one text, and what a bar is about as its only step."""
    known = model.model_fields.keys()
    if "when" in known and not {"start", "end"} & known and "when" not in entry:
        ends = [entry.get(key) for key in ("start", "end")]
        if all(isinstance(end, str) for end in ends):
            entry = {key: value for key, value in entry.items() if key not in ("start", "end")}
            entry["when"] = f"{ends[0]} to {ends[1]}"
    if issubclass(model, TimelineEntry) and "item" in entry and "steps" not in entry:
        item = entry["item"]
        entry = {key: value for key, value in entry.items() if key != "item"}
        entry["steps"] = [{"text": entry.get("name", ""), "item": item}]
    return entry


def _named(entry: Any, model: type[BaseModel]) -> Any:
    if isinstance(entry, str) and {"id", "name"} <= model.model_fields.keys():
        return {"name": entry}
    if isinstance(entry, str) and issubclass(model, Criterion):
        return promised(entry) or entry
    return entry


def _begins(made: dict[str, Any]) -> dict[str, Any]:
    """Write a ``start:`` without an end as the open ``when:`` that it is."""
    with suppress(ValueError):
        if "start" in made and not {"when", "end"} & made.keys():
            when = f"{made['start']}+"
            parse_when(when)
            return {key: value for key, value in made.items() if key != "start"} | {"when": when}
    return made


def _counted(made: dict[str, Any]) -> dict[str, Any]:
    """Write a ``quantity:`` of a product or a cost as ``3 × €29/month``, or as its usage."""
    for key, priced in (("service", "price"), ("cost", "stated")):
        part = made.get(key)
        part = {priced: part} if isinstance(part, str) and key == "cost" else part
        if not isinstance(part, dict):
            continue
        holder = part if "quantity" in part else made
        many = _times(part.get(priced), holder.get("quantity"), part)
        if many is not None:
            rest = {name: value for name, value in part.items() if name != "quantity"}
            others = {name: value for name, value in made.items() if name != "quantity"}
            return others | {key: rest | many}
    return made


def _times(price: Any, count: Any, part: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a number of a thing makes of its price; None where that is not clear."""
    if not isinstance(price, str) or not str(count).isdecimal() or isinstance(count, bool):
        return None
    with suppress(ValueError):
        terms = parse_price(price).alternatives
        if len(terms) > 1 or len(terms[0]) > 1:
            return None
        (term,) = terms[0]
        if term.kind is Kind.FIXED and term.total is None and not re.match(r"\d+\s?[×x]", price):
            return {("price" if "price" in part else "stated"): f"{count} × {price}"}
        if term.kind is Kind.PER_UNIT and len(term.per) == 1 and "usage" not in part:
            return {"usage": {term.per[0].unit: str(count)}} if "price" in part else None
    return None


def _entries(
    value: Any, model: type[BaseModel], within: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every mapping that needs an id with the space in which it is the only one."""
    if not isinstance(value, dict):
        return
    for key, inner in _parts(model):
        entries = value.get(key)
        listed = entries if isinstance(entries, list) else [entries]
        for index, entry in enumerate(listed):
            at = f"{within}.{key}.{index}"
            if isinstance(entry, dict):
                if _needs_id(inner):
                    yield _space(inner, within), entry
                yield from _entries(entry, inner, at)


def _space(model: type[BaseModel], within: str) -> str:
    if issubclass(model, _PLAN):
        return "plan"
    return f"options{within}" if issubclass(model, Option) else model.__name__


def _needs_id(model: type[BaseModel]) -> bool:
    field = model.model_fields.get("id")
    return field is not None and field.is_required() and not issubclass(model, Choice)


@cache
def _parts(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel]], ...]:
    """Return the keys of a model that hold others, each with the first that it may hold."""
    inner = (
        (f.alias or name, inner_models(f.annotation)) for name, f in model.model_fields.items()
    )
    return tuple((key, found[0]) for key, found in inner if found)


def _free(entry: dict[str, Any], taken: set[str]) -> str:
    keys = (*_NAMES, *_MISNAMED)
    name = next((entry[key] for key in keys if isinstance(entry.get(key), str)), "unnamed")
    base = id_like(name)[:58].strip("-")
    if not base or id_fault(base):
        # A name without a letter of ours, サーバー: as stable as the name itself.
        base = f"n-{sha256(name.encode()).hexdigest()[:8]}" if name.strip() else ""
    if not base:
        return ""
    made, count = base, 1
    while made in taken:
        count += 1
        made = f"{base}-{count}"
    return made

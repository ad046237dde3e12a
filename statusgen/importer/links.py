"""Ties between what a document says in two places: a table's line and the item that it pays for.

A tie is made where names leave one reading only; what could be two things is left alone, for the
author of the draft to write.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.found import Entity
from statusgen.importer.names import (
    MAX_CANDIDATES,
    Line,
    Names,
    alike,
    best,
    services,
    without_brackets,
    words,
)
from statusgen.importer.words import has_amount
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_grammar import price_or_none
from statusgen.roadmap.quantity import parse_quantity, singular

_SEVERAL = re.compile(r"\s*/\s*|\s+or\s+|\s+\+\s+|\s+and\s+")
_USAGE = re.compile(
    r"[~≈]?\s*(?P<amount>\d[\d.,]*[KM]?(?:\s?[-–]\s?\d[\d.,]*[KM]?)?)\s?(?P<unit>[A-Za-z]+)"
)


def link(roadmap: Entity) -> None:
    """Tie lines, steps and totals to the items of the plan, in place."""
    stages = roadmap.parts("stages")
    items = [item for stage in stages for item in stage.parts("items")]
    items += roadmap.parts("choices")
    options = _options_by_name(items)
    for table in roadmap.parts("stacks"):
        stage = table.fields.get("stage")
        if isinstance(stage, Entity):
            _breakdown(table, stage)
        else:
            _options(table, options)
    for comparison in roadmap.parts("comparisons"):
        for side, key in (("before", "from"), ("after", "to")):
            stack = comparison.fields.get(side)
            if isinstance(stack, Entity):
                _side(stack, items, key)
    names = Names(items)
    for timeline in roadmap.parts("timelines"):
        for entry in timeline.parts("entries"):
            for step in entry.parts("steps"):
                if mentioned := names.mentioned_in(step.text("text")):
                    step.set("item", [reference(item) for item in mentioned])
    for stage in stages:
        _base(stage, roadmap.parts("stacks"))


def reference(item: Entity, option: Entity | None = None) -> Entity:
    """Return what becomes the id of an item, or ``item/option``, in the draft."""
    tie = Entity("reference", item.line, {"item": item})
    if option is not None:
        tie.fields["option"] = option
    return tie


def _side(table: Entity, items: Sequence[Entity], key: str) -> None:
    """Tie the lines of one side of a comparison to the migrations."""
    names = Names([item for item in items if services(item, key)], key)
    for row in table.parts("rows"):
        item = names.named_by(Line.of(row))
        if item is not None:
            row.set("items", [reference(item)])


def _breakdown(table: Entity, stage: Entity) -> None:
    """Tie the lines of a stage's breakdown to its items; they cost what the line says.

    A price that leaves the cost open (by host, by usage) is joined by the line's amount.
    """
    names = Names(stage.parts("items"))
    for row in table.parts("rows"):
        item = names.named_by(Line.of(row))
        if item is None:
            continue
        row.set("items", [reference(item)])
        service = item.fields.get("service")
        stated = row.text("monthly")
        if isinstance(service, Entity) and has_amount(stated) and _is_open(service.text("price")):
            service.set("cost", Entity("stated", row.line, {"stated": stated}))


def _is_open(price: str) -> bool:
    """Whether a price alone does not tell a cost: by unit, by usage, or none at all."""
    read = price_or_none(price)
    if read is None:
        return True
    return any(term.kind in (Kind.PER_UNIT, Kind.USAGE, Kind.VARIES) for term in read.terms)


_Options = dict[str, list[tuple[Entity, Entity]]]
"""Items with their options, by the first word of the option's name."""


def _options_by_name(items: Sequence[Entity]) -> _Options:
    found: _Options = {}
    for item in items:
        for option in item.parts("options"):
            for first in words(option.text("name"))[:1]:
                found.setdefault(first, []).append((item, option))
    return found


def _options(table: Entity, options: _Options) -> None:
    """Tie the lines of a summary to the options that they pay for."""
    for row in table.parts("rows"):
        names = map(words, _SEVERAL.split(without_brackets(row.text("name"))))
        paid = [pair for name in names if name for pair in _named_options(name, options)]
        if not paid:
            continue
        row.set("items", [reference(item, option) for item, option in paid])
        _usage(row, [option for _, option in paid])


def _named_options(name: tuple[str, ...], options: _Options) -> list[tuple[Entity, Entity]]:
    """Return, of each item, the one option that a name means."""
    known = options.get(name[0], [])
    by_item: dict[int, list[tuple[Entity, Entity]]] = {}
    for item, option in known if len(known) <= MAX_CANDIDATES else ():
        by_item.setdefault(id(item), []).append((item, option))
    found = []
    for pairs in by_item.values():
        meant = best((alike(name, words(one.text("name"))), one) for _, one in pairs)
        if meant is not None:
            found.append((pairs[0][0], meant))
    return found


def _usage(row: Entity, options: Sequence[Entity]) -> None:
    """Read ``~50GB`` in a line's tier as usage, where a price of its options asks for that unit."""
    match = _USAGE.fullmatch(row.text("tier").strip())
    if match is None:
        return
    units = {
        quantity.unit.lower()
        for option in options
        if (price := price_or_none(option.text("price"))) is not None
        for term in price.all_terms
        for quantity in term.per
    }
    unit = singular(match["unit"])
    try:
        parse_quantity(match["amount"])
    except ValueError:
        return
    if unit.lower() in units:
        row.set("usage", {unit: [match["amount"]]})


def _base(stage: Entity, tables: Sequence[Entity]) -> None:
    """A stage of changes (``+$18/mo``) states the sum of the stack before it and the changes."""
    cost = stage.fields.get("cost")
    stated = price_or_none(cost.text("stated")) if isinstance(cost, Entity) else None
    if not isinstance(cost, Entity) or stated is None or stated.monthly is None:
        return
    changes = ZERO
    signed = False
    for item in stage.parts("items"):
        service = item.fields.get("service")
        price = price_or_none(service.text("price")) if isinstance(service, Entity) else None
        if price is None or price.monthly is None:
            continue
        changes += price.monthly
        signed = signed or service.text("price").lstrip("~≈ ").startswith(("+", "-", "−"))  # type: ignore[union-attr]
    bases = [
        (table, total.monthly)
        for table in tables
        if "stage" not in table.fields and table.line < stage.line
        if (total := _total(table)) is not None and total.monthly is not None
    ]
    if not signed or not bases:
        return
    fits = [table for table, amount in bases if _gives(stated, amount + changes)]
    if fits or len(bases) == 1:
        cost.set("basis", "change")
        cost.set("base", reference(fits[-1] if fits else bases[0][0]))


def _gives(stated: Price, derived: Range) -> bool:
    assert stated.monthly is not None
    return fits(stated.monthly, derived, approx=stated.approx)


def _total(table: Entity) -> Price | None:
    total = table.fields.get("total")
    return price_or_none(total.text("monthly")) if isinstance(total, Entity) else None

"""Ties between what a document says in two places: a table's line and the item that it pays for.

A tie is made where names leave one reading only; what could be two things is left alone, for the
author of the draft to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from statusgen.roadmap.audit.agree import agrees
from statusgen.roadmap.audit.finding import Verdict
from statusgen.roadmap.importer.found import Entity, facets
from statusgen.roadmap.importer.words import canonical, has_amount
from statusgen.roadmap.money import ZERO, Range
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.quantity import parse_quantity, singular

_WORD = re.compile(r"[a-z0-9]+(?:[.&'-][a-z0-9]+)*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_SEVERAL = re.compile(r"\s*/\s*|\s+or\s+|\s+\+\s+|\s+and\s+")
_USAGE = re.compile(
    r"[~≈]?\s*(?P<amount>\d[\d.,]*[KM]?(?:\s?[-–]\s?\d[\d.,]*[KM]?)?)\s?(?P<unit>[A-Za-z]+)"
)
_NO_NAME = frozenset({
    "a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "vm", "vms", "server", "servers",
    "instance", "instances", "each", "existing", "free", "paid", "tier", "plan", "pro", "basic",
    "team", "standard", "hosted", "self-hosted", "cloud", "managed", "other", "new", "old",
})  # fmt: skip
"""Words in brackets that name nothing by themselves."""


def link(roadmap: Entity) -> None:
    """Tie lines, steps and totals to the items of the plan, in place."""
    stages = roadmap.parts("stages")
    items = [item for stage in stages for item in stage.parts("items")]
    items += roadmap.parts("choices")
    for table in roadmap.parts("stacks"):
        stage = table.fields.get("stage")
        if isinstance(stage, Entity):
            _breakdown(table, stage)
        else:
            _options(table, items)
    for comparison in roadmap.parts("comparisons"):
        for side, key in (("before", "from"), ("after", "to")):
            stack = comparison.fields.get(side)
            if isinstance(stack, Entity):
                _side(stack, items, key)
    for timeline in roadmap.parts("timelines"):
        for entry in timeline.parts("entries"):
            for step in entry.parts("steps"):
                _step(step, items)
    for item in items:
        _recommend(item, [item, *roadmap.parts("x-sections")])
    for stage in stages:
        _base(stage, roadmap.parts("stacks"))


def reference(item: Entity, option: Entity | None = None) -> Entity:
    """Return what becomes the id of an item, or ``item/option``, in the draft."""
    tie = Entity("reference", item.line, {"item": item})
    if option is not None:
        tie.fields["option"] = option
    return tie


# Names


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_BRACKET.sub(" ", text).lower()))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many words two names share, where one begins with the whole of the other."""
    count = min(len(one), len(other))
    return count if count and one[:count] == other[:count] else 0


def _same_product(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Say how many words two products share; a vendor's name alone is none of its products."""
    shared = _alike(one, other)
    rest = (one if len(one) > shared else other)[shared:]
    if shared == 1 and any(word not in _NO_NAME for word in rest):
        return 0
    return shared


def _mentions(words: tuple[str, ...], title: tuple[str, ...]) -> int:
    """Say how well a few words name a title: by its beginning, or by words out of it."""
    return 10 * _alike(words, title) or (len(words) if set(words) <= set(title) else 0)


def _services(item: Entity, key: str) -> list[Entity]:
    """Return the services under ``from``, ``to`` or ``service``; the last also where alone."""
    found = item.parts(key)
    single = item.fields.get("service")
    if isinstance(single, Entity) and key != "from":
        found = [*found, single]
    return found


def _titles(item: Entity) -> list[tuple[str, ...]]:
    name = item.text("name")
    texts = [name, item.text("category"), *name.split(":")]
    return [words for words in dict.fromkeys(map(_words, texts)) if words]


def _best(scores: Iterable[tuple[int, Entity]]) -> Entity | None:
    """Return the one entity with the highest score; None where several share it."""
    ranked = sorted(scores, key=lambda entry: -entry[0])
    if not ranked or not ranked[0][0]:
        return None
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        return None
    return ranked[0][1]


@dataclass(frozen=True, slots=True)
class _Line:
    """The names on a table's line."""

    name: tuple[str, ...]
    role: tuple[str, ...]
    bracket: frozenset[str]
    """Words that say what a general product is used for: ``Fly.io (Listmonk VM)``."""

    @classmethod
    def of(cls, row: Entity) -> _Line:
        inside = " ".join(_BRACKET.findall(row.text("name"))).lower()
        told = {word for word in _WORD.findall(inside) if word not in _NO_NAME and len(word) > 1}
        return cls(_words(row.text("name")), _words(row.text("role")), frozenset(told))

    def score(self, item: Entity, key: str) -> int:
        """Say how well the line names an item: by its use, by its product, by its role."""
        products = [_words(service.text("name")) for service in _services(item, key)]
        titles = _titles(item)
        if any(words and words[0] in self.bracket for words in products):
            return 300
        if any(self.bracket & set(words) for words in titles):
            return 200
        product = max((_same_product(self.name, words) for words in products), default=0)
        title = max(
            (_alike(mine, words) for mine in (self.name, self.role) for words in titles), default=0
        )
        return 10 * product or title


# Tables


def _side(table: Entity, items: Sequence[Entity], key: str) -> None:
    """Tie the lines of one side of a comparison to the migrations."""
    moving = [item for item in items if _services(item, key)]
    for row in table.parts("rows"):
        line = _Line.of(row)
        item = _best((line.score(item, key), item) for item in moving)
        if item is not None:
            row.set("items", [reference(item)])


def _breakdown(table: Entity, stage: Entity) -> None:
    """Tie the lines of a stage's breakdown to its items; they cost what the line says.

    A price that leaves the cost open (by host, by usage) is joined by the line's amount.
    """
    items = stage.parts("items")
    for row in table.parts("rows"):
        line = _Line.of(row)
        item = _best((line.score(item, "to"), item) for item in items)
        if item is None:
            continue
        row.set("items", [reference(item)])
        service = item.fields.get("service")
        stated = row.text("monthly")
        if isinstance(service, Entity) and has_amount(stated) and _is_open(service.text("price")):
            service.set("cost", Entity("stated", row.line, {"stated": stated}))


def _is_open(price: str) -> bool:
    """Whether a price alone does not tell a cost: by unit, by usage, or none at all."""
    read = _read(price)
    if read is None:
        return True
    return any(term.kind in (Kind.PER_UNIT, Kind.USAGE, Kind.VARIES) for term in read.terms)


def _options(table: Entity, items: Sequence[Entity]) -> None:
    """Tie the lines of a summary to the options that they pay for."""
    for row in table.parts("rows"):
        paid = [pair for name in _names(row) for pair in _named_options(name, items)]
        if not paid:
            continue
        row.set("items", [reference(item, option) for item, option in paid])
        _usage(row, [option for _, option in paid])


def _names(row: Entity) -> list[tuple[str, ...]]:
    plain = _BRACKET.sub(" ", row.text("name"))
    return [words for words in map(_words, _SEVERAL.split(plain)) if words]


def _named_options(
    name: tuple[str, ...], items: Sequence[Entity]
) -> Iterator[tuple[Entity, Entity]]:
    for item in items:
        options = item.parts("options")
        option = _best((_alike(name, _words(option.text("name"))), option) for option in options)
        if option is not None:
            yield item, option


def _usage(row: Entity, options: Sequence[Entity]) -> None:
    """Read ``~50GB`` in a line's tier as usage, where a price of its options asks for that unit."""
    match = _USAGE.fullmatch(row.text("tier").strip())
    if match is None:
        return
    units = {
        quantity.unit.lower()
        for option in options
        if (price := _read(option.text("price"))) is not None
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


# Items and stages


def _step(step: Entity, items: Sequence[Entity]) -> None:
    """Tie a step of a timeline to the item that it names."""
    words = _words(step.text("text"))
    item = _best((max(_mentions(words, title) for title in _titles(item)), item) for item in items)
    if item is not None:
        step.set("item", reference(item))


def _recommend(item: Entity, places: Sequence[Entity]) -> None:
    """Mark the option that "Recommendation: …" names, in the item or in its section's remarks."""
    said = [
        text
        for place in places
        if place.text("name") == item.text("name")
        for label, texts in facets(place).items()
        if canonical(label) == "chosen"
        for text in texts
    ]
    if len(said) != 1 or any("recommended" in option.fields for option in item.parts("options")):
        return
    words = _words(said[0])
    named = _best(
        (_alike(words, _words(option.text("name"))), option) for option in item.parts("options")
    )
    if named is not None:
        named.set("recommended", True)


def _base(stage: Entity, tables: Sequence[Entity]) -> None:
    """A stage of changes (``+$18/mo``) states the sum of the stack before it and the changes."""
    cost = stage.fields.get("cost")
    stated = _read(cost.text("stated")) if isinstance(cost, Entity) else None
    if not isinstance(cost, Entity) or stated is None or stated.monthly is None:
        return
    changes = ZERO
    signed = False
    for item in stage.parts("items"):
        service = item.fields.get("service")
        price = _read(service.text("price")) if isinstance(service, Entity) else None
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
    return agrees(stated.monthly, derived, approx=stated.approx) is Verdict.HOLDS


def _total(table: Entity) -> Price | None:
    total = table.fields.get("total")
    return _read(total.text("monthly")) if isinstance(total, Entity) else None


def _read(text: str) -> Price | None:
    try:
        return parse_price(text) if text else None
    except ValueError:
        return None

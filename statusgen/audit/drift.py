"""COST015: the same product at different prices in different documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from statusgen.roadmap.model import Path, Roadmap, Wizard
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Kind, Price

Paid: TypeAlias = tuple[Kind, str, str, Range]
"""Kind of the term, currency, unit or period, amount."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A price that a document states for a product."""

    name: str
    price: Price
    file: str
    line: int
    path: Path = ()

    @property
    def key(self) -> str:
        """The product's name without case, spaces and endings: LogTail and Logtail are one."""
        return "".join(self.name.lower().split()).removesuffix(".io").removesuffix(".com")


def mentions(document: Roadmap | Wizard) -> Iterator[Mention]:
    """Yield every priced product of a document, in file order."""
    return _of_wizard(document) if isinstance(document, Wizard) else _of_roadmap(document)


def elsewhere(
    document: Roadmap | Wizard | None, others: Iterable[Roadmap | Wizard]
) -> tuple[Mention, ...]:
    """Return what documents other than this one mention."""
    return tuple(one for other in others if other is not document for one in mentions(other))


def _of_wizard(wizard: Wizard) -> Iterator[Mention]:
    for number, question in enumerate(wizard.questions):
        for path, option in question.choices():
            if option.price is not None:
                at = ("questions", number, *path)
                line = wizard.mark(at).line
                yield Mention(option.name, option.price, wizard.file, line, at)


def _of_roadmap(roadmap: Roadmap) -> Iterator[Mention]:

    def mention(name: str, price: Price | None, path: Path) -> Iterator[Mention]:
        if price is not None:
            line = roadmap.mark(path).line
            yield Mention(name, price, roadmap.file, line, path)

    for path, item in roadmap.items():
        for at, service in item.services(path):
            for name in (service.name, *service.aliases):
                yield from mention(name, service.price, at)
        for index, option in enumerate(item.options):
            yield from mention(option.name, option.price, (*path, "options", index))
    for path, table in roadmap.tables():
        for index, row in enumerate(table.rows):
            if row.items:
                continue  # what an item costs there depends on its usage; the item has the price
            yield from mention(row.name, row.monthly, (*path, "rows", index))


def differing(own: Mention, others: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of the same product whose paid amounts cannot be the same."""
    return [
        other
        for other in others
        if other.key == own.key and not _compatible(_paid(own.price), _paid(other.price))
    ]


def _paid(price: Price) -> list[Paid]:
    """Return the amounts of a price that are more than nothing: kind, currency, unit, range."""
    found: list[Paid] = []
    for term in price.all_terms:
        if term.amount is None or term.sign or term.amount.high == 0:
            continue
        if term.kind in (Kind.FIXED, Kind.PER_UNIT):
            unit = term.per[0].unit if term.per else str(term.every or "month")
            found.append((term.kind, term.currency, unit, term.amount))
    return found


def _compatible(own: Sequence[Paid], other: Sequence[Paid]) -> bool:
    """Whether some amount of the one may be an amount of the other; free plans tell nothing."""
    pairs = [(a, b) for a in own for b in other if a[:3] == b[:3]]
    return not pairs or any(_overlap(a[3], b[3]) for a, b in pairs)


def _overlap(one: Range, two: Range) -> bool:
    below = one.high is not None and one.high < two.low
    above = two.high is not None and two.high < one.low
    return not below and not above

"""Which item of the plan a text names, where names leave one reading only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from statusgen.importer.found import Entity
from statusgen.roadmap.acts import thing_by_thing

MAX_CANDIDATES = 100
"""What more items than this begin with names none of them; it also keeps the work in bounds."""

_WORD = re.compile(r"[^\W_]+(?:[.&'-][^\W_]+)*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_NO_NAME = frozenset({
    "a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "vm", "vms", "server", "servers",
    "instance", "instances", "each", "existing", "free", "paid", "tier", "plan", "pro", "basic",
    "team", "standard", "hosted", "self-hosted", "cloud", "managed", "other", "new", "old",
})  # fmt: skip
"""Words that name nothing by themselves."""

Words = tuple[str, ...]
"""A name in lower case, word by word, without what stands in brackets."""


def words(text: str) -> Words:
    """Return the words of a name."""
    return tuple(_WORD.findall(without_brackets(text).lower()))


def without_brackets(text: str) -> str:
    """Return a text without what stands in parentheses."""
    return _BRACKET.sub(" ", text)


def alike(one: Words, other: Words) -> int:
    """Return how many words two names share, where one begins with the whole of the other."""
    count = min(len(one), len(other))
    return count if count and one[:count] == other[:count] else 0


def best(scores: Iterable[tuple[int, Entity]]) -> Entity | None:
    """Return the one entity with the highest score; None where several share it."""
    ranked = sorted(scores, key=lambda entry: -entry[0])
    if not ranked or not ranked[0][0]:
        return None
    if len(ranked) > 1 and ranked[1][0] == ranked[0][0]:
        return None
    return ranked[0][1]


@dataclass(frozen=True, slots=True)
class Line:
    """The names on a table's line."""

    name: Words
    role: Words
    bracket: frozenset[str]
    """Words that say what a general product is used for: ``Fly.io (Listmonk VM)``."""

    @classmethod
    def of(cls, row: Entity) -> Line:
        """Read the names of a row."""
        inside = " ".join(_BRACKET.findall(row.text("name"))).lower()
        told = {word for word in _WORD.findall(inside) if word not in _NO_NAME and len(word) > 1}
        return cls(words(row.text("name")), words(row.text("role")), frozenset(told))


@dataclass(frozen=True, slots=True)
class _Named:
    item: Entity
    products: tuple[Words, ...]
    titles: tuple[Words, ...]

    def score(self, line: Line) -> int:
        """Say how well a line names the item: by its use, by its product, by its role."""
        if any(product[0] in line.bracket for product in self.products):
            return 300
        if any(line.bracket & set(title) for title in self.titles):
            return 200
        product = max((_same_product(line.name, one) for one in self.products), default=0)
        title = max(
            (alike(mine, one) for mine in (line.name, line.role) for one in self.titles), default=0
        )
        return 10 * product or title

    def mentioned(self, said: Words) -> int:
        """Say how well a few words name the item: by a title's beginning, or words out of it."""
        return max(
            (
                10 * alike(said, title) or (len(said) if set(said) <= set(title) else 0)
                for title in self.titles
            ),
            default=0,
        )


class Names:
    """The names of items and of the services that they move ``from`` or ``to``."""

    def __init__(self, items: Sequence[Entity], key: str = "to") -> None:
        self._first: dict[str, list[_Named]] = {}
        """By the first word of a product or a title."""
        self._any: dict[str, list[_Named]] = {}
        """By any word of a title, or the first of a product."""
        for item in items:
            products = [words(service.text("name")) for service in services(item, key)]
            named = _Named(item, tuple(filter(None, products)), tuple(_titles(item)))
            firsts = {one[0] for one in (*named.products, *named.titles)}
            for word in firsts:
                self._first.setdefault(word, []).append(named)
            for word in firsts.union(*named.titles):
                self._any.setdefault(word, []).append(named)

    def named_by(self, line: Line) -> Entity | None:
        """Return the one item that a table's line names."""
        found = [self._first.get(name[0], ()) for name in (line.name, line.role) if name]
        found += [self._any.get(word, ()) for word in sorted(line.bracket)]
        return best((one.score(line), one.item) for one in _distinct(found))

    def mentioned_in(self, text: str) -> list[Entity]:
        """Return the items that a step's few words name: *Web, database* may be two.

        A name of several words may itself hold an *and*. Of a list, a part counts that is an item's
        title with or without what is done with it; a word out of a title may be anything there.
        """
        parts = [words(part) for part in thing_by_thing(without_brackets(text))]
        whole, ranked = words(text), self._ranked
        if len(parts) < 2 or any(whole == title for one in ranked(whole) for title in one.titles):
            only = best((one.mentioned(whole), one.item) for one in ranked(whole))
            return [only] if only is not None else []
        found = (
            best(
                (one.mentioned(part) if one.mentioned(part) >= 10 else 0, one.item)
                for one in ranked(part)
            )
            for part in parts
        )
        return list({id(item): item for item in found if item is not None}.values())

    def _ranked(self, said: Words) -> list[_Named]:
        return list(_distinct([self._any.get(said[0], ())])) if said else []


def _distinct(found: Iterable[Sequence[_Named]]) -> Iterator[_Named]:
    seen: set[int] = set()
    for group in found:
        for one in group if len(group) <= MAX_CANDIDATES else ():
            if id(one) not in seen:
                seen.add(id(one))
                yield one


def _same_product(one: Words, other: Words) -> int:
    """Say how many words two products share; a vendor's name alone is none of its products."""
    shared = alike(one, other)
    rest = (one if len(one) > shared else other)[shared:]
    if shared == 1 and any(word not in _NO_NAME for word in rest):
        return 0
    return shared


def services(item: Entity, key: str) -> list[Entity]:
    """Return the services under ``from`` or ``to``; with the latter also the item's own."""
    found = item.parts(key)
    single = item.fields.get("service")
    if isinstance(single, Entity) and key != "from":
        found = [*found, single]
    return found


def _titles(item: Entity) -> list[Words]:
    name = item.text("name")
    texts = [name, item.text("category"), *name.split(":")]
    return [found for found in dict.fromkeys(map(words, texts)) if found]

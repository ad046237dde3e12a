"""Prices whose terms a vendor's page shows (``seen_at:``), wherever in a roadmap they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.roadmap.model import Part, Path, Roadmap, Row, SeenAt, Service, Tier


@dataclass(frozen=True, slots=True)
class Watched:
    """One price, and where its terms are shown."""

    roadmap: str
    path: Path
    """Where it stands in the file."""
    name: str
    price: str
    """As written; empty where only the page is named."""
    url: str
    expect: tuple[str, ...]

    @property
    def key(self) -> str:
        """What looks at the same page for the same words have in common."""
        told = "\n".join((self.url, *self.expect))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def watched_prices(roadmap: Roadmap) -> tuple[Watched, ...]:
    """Return the prices of a roadmap that say where they are shown, in file order."""
    return tuple(_walk(roadmap.id, roadmap, ()))


def _walk(roadmap: str, part: object, path: Path) -> Iterator[Watched]:
    if isinstance(part, Part):
        if isinstance(part, Service | Row | Tier) and part.seen_at is not None:
            yield _watched(roadmap, part, part.seen_at, path)
        for name, info in type(part).model_fields.items():
            yield from _walk(roadmap, getattr(part, name), (*path, info.alias or name))
    elif isinstance(part, tuple | list):
        for index, each in enumerate(part):
            yield from _walk(roadmap, each, (*path, index))


def _watched(roadmap: str, part: Service | Row | Tier, seen: SeenAt, path: Path) -> Watched:
    tier = "" if isinstance(part, Tier) else part.tier
    price = part.price
    name = " ".join(filter(None, [part.name, tier]))
    return Watched(roadmap, path, name, "" if price is None else str(price), seen.url, seen.expect)

"""What a document was found to hold, before it becomes a roadmap file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from statusgen.importer.inline import Line

Field: TypeAlias = "str | bool | Entity | list[str] | list[Entity] | dict[str, list[str]]"


@dataclass(slots=True)
class Entity:
    """One thing that the document names; its fields are called as in the roadmap's model."""

    kind: str
    """stage, item, service, option, table, row, group, point, step, code, claim …"""
    line: int
    fields: dict[str, Field] = field(default_factory=dict)

    def add(self, name: str, *values: str | Entity) -> None:
        """Append to a field that is a list."""
        current = self.fields.setdefault(name, [])
        assert isinstance(current, list)
        current.extend(values)  # type: ignore[arg-type]

    def facet(self, label: str, *values: str) -> None:
        """Append to a list under a label of the author's."""
        facets = self.fields.setdefault("facets", {})
        assert isinstance(facets, dict)
        facets.setdefault(label[:80].strip() or "Points", []).extend(values)

    def link(self, line: Line) -> None:
        """Keep the links of a line."""
        for text, address in line.links:
            links = self.fields.setdefault("links", {})
            assert isinstance(links, dict)
            links.setdefault(text[:120] or address[:120], [address])

    def set(self, name: str, value: Field) -> bool:
        """Set a field that is not set yet; say whether it was free."""
        if value in ("", [], {}) or name in self.fields:
            return False
        self.fields[name] = value
        return True

    def text(self, name: str) -> str:
        """Return a field that is a text; empty where there is none."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def parts(self, name: str) -> list[Entity]:
        """Return a field that is a list of entities."""
        value = self.fields.get(name, [])
        return (
            [part for part in value if isinstance(part, Entity)] if isinstance(value, list) else []
        )

    @property
    def product(self) -> Entity | None:
        """The service that an item is about: its own, else the first that it moves to."""
        own = self.fields.get("service")
        return own if isinstance(own, Entity) else next(iter(self.parts("to")), None)


def facets(part: Entity) -> dict[str, list[str]]:
    """Return an entity's lists under labels."""
    found = part.fields.get("facets", {})
    assert isinstance(found, dict)
    return found


def kept_text(line: int, text: str) -> Entity:
    """Keep what was not understood as it was written, to be shown so."""
    return Entity("x-text", line, {"text": text[:MAX_KEPT] or "(nothing)"})


MAX_KEPT = 10_000
"""Characters of one piece that is kept as it is."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the document that found no place of its own in the draft."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.line}: {self.why}: {self.text}"


@dataclass(slots=True)
class Found:
    """Everything that a document holds."""

    name: str
    roadmap: Entity
    """Fields of the roadmap itself; its lists hold the entities."""
    stage_key: str = "stages"
    unread: list[Unread] = field(default_factory=list)
    letters: dict[int, str] = field(default_factory=dict)
    """The author's letter or number of an option, by the option's ``id()``."""
    listed: set[int] = field(default_factory=set)
    """The options that stand in lists, by ``id()``."""
    decides: bool = False
    """Whether a heading of the document is that of a decision: it is the record of one."""

    tells_status: bool = False
    """Whether signs before entries say how far each is; see :func:`marks.tells_status`."""

    def skip(self, line: int, text: str, why: str) -> None:
        """Note what could not be read."""
        self.unread.append(Unread(line, " ".join(text.split())[:200], why))

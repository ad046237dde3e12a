"""Architecture: nodes, groups and edges."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field

from statusgen.base.model import Id
from statusgen.roadmap.model.part import Part, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.work import Code

_EDGE = re.compile(r"\s*(?P<start>[a-z0-9-]+)\s*->\s*(?P<end>[a-z0-9-]+)\s*(?::\s*(?P<label>.*))?")


class Node(Part):
    """One box of a diagram."""

    shorthand: ClassVar[str | None] = "label"

    label: str
    sub: Words = Field(default=(), description="Smaller lines under the label.")
    group: str | None = Field(default=None, alias="in")
    component: str | None = Field(default=None, description="A component of the status page.")
    item: str | None = None
    price: PriceText | None = None


class Group(Part):
    """A frame around nodes: a region, a provider, a network."""

    shorthand: ClassVar[str | None] = "label"

    label: str
    sub: Words = ()
    group: str | None = Field(default=None, alias="in")


class Edge(Part):
    """An arrow from one node to another; shorthand ``a -> b: label``."""

    text_schema: ClassVar[dict[str, Any] | None] = {"type": "string"}

    start: str = Field(alias="from")
    end: str = Field(alias="to")
    label: str = ""

    @classmethod
    def of_text(cls, text: str) -> object:
        """Read an arrow. See ``Model``. Raises ValueError."""
        match = _EDGE.fullmatch(text)
        if match is None:
            raise ValueError("this is no edge; write it like `web -> database: query`")
        return {"from": match["start"], "to": match["end"], "label": (match["label"] or "").strip()}


class Layout(Part):
    """Where the author wants the nodes."""

    rows: tuple[tuple[str, ...], ...] = ()


class Architecture(Part):
    """A diagram as data; ``art`` keeps a drawing in letters beside it, to the letter."""

    id: Id
    name: str
    stage: str | None = None
    nodes: dict[Id, Node]
    groups: dict[Id, Group] = Field(default={})
    edges: tuple[Edge, ...] = ()
    layout: Layout = Layout()
    art: Code | None = None

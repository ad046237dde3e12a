"""Architecture: nodes, groups and edges."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import Field, model_validator

from statusgen.base.ids import id_like
from statusgen.base.model import Bool, Id
from statusgen.base.text import quote
from statusgen.roadmap.model.part import Part, Words
from statusgen.roadmap.model.pricing import PriceText
from statusgen.roadmap.model.threshold import FigureText
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
    optional: Bool = Field(default=False, description="The system works without it.")
    parallel: str = Field(
        default="", description="A name; of the nodes that share it, one is enough."
    )
    availability: FigureText | None = Field(
        default=None, description="What is stated of a node that nobody measures: a vendor's word."
    )

    @model_validator(mode="after")
    def _a_share(self) -> Node:
        stated = self.availability
        if stated is None:
            return self
        ends = (stated.ratio.low, stated.ratio.high)
        if stated.unit != "%" or any(one is None or not 0 <= one <= 1 for one in ends):
            raise ValueError("`availability:` is a share of time; write it like 99.95%")
        return self


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
    """A diagram as data; ``art`` keeps a drawing in letters beside it, to the letter.

    The nodes may be a list of names, or of mappings with ``id`` or ``label``; arrows may then name
    nodes by their labels.
    """

    meant: ClassVar[dict[str, str]] = {
        "boxes": "nodes", "components": "nodes", "services": "nodes", "arrows": "edges",
        "connections": "edges", "links": "edges", "frames": "groups", "title": "name",
    }  # fmt: skip

    id: Id
    name: str
    stage: str | None = None
    nodes: dict[Id, Node]
    groups: dict[Id, Group] = Field(default={})
    edges: tuple[Edge, ...] = ()
    layout: Layout = Layout()
    art: Code | None = None

    @model_validator(mode="before")
    @classmethod
    def _nodes_listed(cls, data: Any) -> Any:
        nodes = data.get("nodes") if isinstance(data, dict) else None
        if not isinstance(nodes, list):
            return data
        made: dict[str, Any] = {}
        labels: dict[str, str] = {}
        for number, entry in enumerate(nodes, 1):
            rest = dict(entry) if isinstance(entry, dict) else {"label": entry}
            label = rest.get("label", rest.pop("name", rest.get("id", f"Node {number}")))
            key = str(rest.pop("id", "") or id_like(str(label)) or f"node-{number}")
            if key in made:
                raise ValueError(f"two nodes are {quote(key, 60)}; give one of them another id")
            made[key] = rest | {"label": label}
            labels[str(label).casefold()] = key
        edges = data.get("edges")
        if isinstance(edges, list):
            edges = [_by_id(edge, labels) for edge in edges]
        return data | {"nodes": made} | ({"edges": edges} if edges is not None else {})


def _by_id(edge: Any, labels: dict[str, str]) -> Any:
    """Write an arrow between labels as one between ids."""
    if not isinstance(edge, str) or "->" not in edge:
        return edge
    start, _, rest = edge.partition("->")
    end, colon, label = rest.partition(":")
    names = [labels.get(name.strip().casefold(), name.strip()) for name in (start, end)]
    return f"{names[0]} -> {names[1]}{colon}{label}"

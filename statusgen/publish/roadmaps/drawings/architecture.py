"""Parts of a system in their groups, all of them or one view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from statusgen.base.states import Look, State
from statusgen.draw.architecture import draw_architecture
from statusgen.draw.figure import Diagram
from statusgen.draw.model import ArchGroup, ArchNode, Day, Edge, Verdict
from statusgen.draw.model import Architecture as Picture
from statusgen.draw.scene import BROAD, WIDE, Fill, Symbol
from statusgen.publish.figures import uptime_text
from statusgen.publish.links import component_path
from statusgen.publish.roadmaps.addresses import item_path, section_path, view_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.drawings.arch_views import (
    CROWDED,
    OVERVIEW,
    View,
    boxed,
    chain,
    members,
    views,
)
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.model import Architecture, Node
from statusgen.roadmap.model import Edge as ModelEdge


def architecture(
    dossier: Dossier, model: Architecture, components: Collection[str], view: View | None = None
) -> Drawing:
    """Draw an architecture; a part leads to its component's status, else to its item.

    With a ``view``, for the page of that view, else for the page of all architectures.
    """

    def draw(to: To, prefix: str) -> Diagram:
        picture = _Picture(dossier, model, components, to, view)
        return draw_architecture(picture.made(), prefix, BROAD if view else WIDE)

    name, home = f"architecture-{model.id}", section_path(dossier.id, "architecture")
    if view is None:
        return Drawing(name, home, draw, _reading(dossier, model, None))
    page = view_path(dossier.id, model.id, view.key)
    reading = _reading(dossier, model, view)
    if not view.key and first_view(dossier, model) is not None:
        # Its files stand where those of every other architecture stand.
        return Drawing(name, home, draw, reading, page)
    return Drawing(f"{name}-{view.key}".removesuffix("-"), page, draw, reading)


def in_short(dossier: Dossier, model: Architecture, components: Collection[str]) -> Drawing:
    """Draw an architecture for a page that shows other things too: a large one by its groups."""
    view = first_view(dossier, model)
    if view is None:
        return architecture(dossier, model, components)

    def draw(to: To, prefix: str) -> Diagram:
        return draw_architecture(_Picture(dossier, model, components, to, view).made(), prefix)

    made = architecture(dossier, model, components, view)
    return Drawing(made.name, made.home, draw, made.reading)


def first_view(dossier: Dossier, model: Architecture) -> View | None:
    """Return the overview where there is too much to begin with all of it."""
    if len(model.nodes) <= CROWDED:
        return None
    return next((one for one in views(dossier, model) if one.key == OVERVIEW), None)


def _reading(dossier: Dossier, model: Architecture, view: View | None) -> tuple[str, ...]:
    words = dossier.words
    said = []
    boxes = set(view.shown.values()) if view else set(model.nodes)
    nodes = [node for name, node in model.nodes.items() if name in boxes]
    if model.edges:
        said.append(words.say("drawings.arch-read-arrow"))
    if len(nodes) < len(boxes):
        said.append(words.say("drawings.arch-read-group"))
        said.append(words.say("drawings.arch-read-joined"))
    if view.frames if view else model.groups:
        said.append(words.say("drawings.arch-read-frame"))
    if view and view.stage:
        said.append(words.say("drawings.arch-read-stage"))
    if any(node.item or node.component for node in nodes):
        said.append(words.say("drawings.arch-read-link"))
    measured = [dossier.components.get(node.component or "") for node in nodes]
    days = max((len(one.bars) for one in measured if one is not None), default=0)
    if days:
        said.append(words.say("live.read-strip", days=words.number(days)))
    return tuple(said)


class _Picture:
    """An architecture, or one view of it, in the drawing room's words."""

    def __init__(
        self,
        dossier: Dossier,
        model: Architecture,
        components: Collection[str],
        to: To,
        view: View | None,
    ) -> None:
        self.dossier = dossier
        self.model = model
        self.components = components
        self.to = to
        self.whole = view is None or not view.key
        self.view = view or View("", "", {name: name for name in model.nodes})
        self.frames = frozenset(model.groups) if self.whole else self.view.frames
        self.held = members(model)
        self.keys = {one.key for one in views(dossier, model)}

    def made(self) -> Picture:
        """Return it."""
        words, name = self.dossier.words, self.model.name
        if not self.whole:
            name = words.say("drawings.view-title", name=name, view=self.view.title)
        shown = self.view.shown
        rows = ([shown[one] for one in row if one in shown] for row in self.model.layout.rows)
        return Picture(
            title=name,
            nodes=tuple(self._boxes()),
            groups=tuple(
                # Groups and nodes have ids of their own; a diagram has one set of them.
                ArchGroup(
                    id=boxed(one),
                    name=group.label,
                    lines=tuple(group.sub),
                    group=self._frame(group.group),
                )
                for one, group in self.model.groups.items()
                if one in self.frames
            ),
            edges=tuple(self._edges()),
            rows=self.model.layout.rows if self.whole else _once(rows),
            later=not self.view.last,
            words=words,
        )

    def _frame(self, group: str | None) -> str:
        """Return the innermost drawn frame around what lies in a group; empty where none is."""
        around = [one for one in chain(self.model, group) if one in self.frames]
        return boxed(around[-1]) if around else ""

    def _boxes(self) -> Iterator[ArchNode]:
        told: set[str] = set()
        for name, node in self.model.nodes.items():
            box = self.view.shown.get(name)
            if box == name:
                yield self._node(name, node)
            elif box is not None and box not in told:
                told.add(box)
                yield self._folded(box)

    def _node(self, name: str, node: Node) -> ArchNode:
        made = _node(self.dossier, name, node, self.components, self.to)
        words = self.dossier.words
        lines = made.lines
        for edge in self.model.edges:
            if edge.start == edge.end == name:
                lines = (*lines, f"↻ {edge.label or words.say('drawings.itself')}")
        new = name in self.view.new
        if new:
            lines = (*lines, words.say("drawings.new"))
        fill: Fill = "range" if new else "card"
        return replace(made, group=self._frame(node.group), lines=lines, fill=fill)

    def _folded(self, box: str) -> ArchNode:
        """Return one box for a whole group, with the worst that was measured in it."""
        identifier = next(one for one in self.model.groups if boxed(one) == box)
        group, say = self.model.groups[identifier], self.dossier.words.say
        names = self.held[identifier]
        nodes = [self.model.nodes[name] for name in names]
        found = [self.dossier.components.get(node.component or "") for node in nodes]
        looks = [one.look for one in found if one is not None]
        parts = say("drawings.parts", count=len(names))
        if looks:
            number = self.dossier.words.number(len(looks))
            parts = say("drawings.folded", parts=parts, measured=number)
        worst = max(looks, key=lambda look: look.severity, default=None)
        labels = ", ".join(node.label for node in nodes)
        return ArchNode(
            id=box,
            name=group.label,
            lines=(parts if len(names) > 1 else labels,),
            group=self._frame(group.group),
            verdict=Verdict(_symbol(worst), say(f"states.{worst}")) if worst else None,
            told=labels if len(names) > 1 else "",
            fill="group",
            href=self._leads_to(identifier, names),
        )

    def _leads_to(self, group: str, names: list[str]) -> str:
        key = f"group-{group}"
        if key in self.keys:
            return self.to(view_path(self.dossier.id, self.model.id, key))
        if len(names) > 1:
            return ""
        only = self.model.nodes[names[0]]
        return _node(self.dossier, names[0], only, self.components, self.to).href

    def _edges(self) -> Iterator[Edge]:
        """Yield the edges between boxes, those of the same two boxes as one."""
        shown, inside = self.view.shown, self.held.get(self.view.group, [])
        joined: dict[tuple[str, str], list[ModelEdge]] = {}
        for edge in self.model.edges:
            start, end = shown.get(edge.start, ""), shown.get(edge.end, "")
            touches = not self.view.group or edge.start in inside or edge.end in inside
            if start and end and touches and (start != end or start == edge.start):
                joined.setdefault((start, end), []).append(edge)
        for (start, end), edges in joined.items():
            if self.whole or (start in self.model.nodes and end in self.model.nodes):
                yield from (Edge(start, end, edge.label) for edge in edges)
            else:
                yield Edge(start, end, self._label(edges), told=self._told(edges))

    def _label(self, edges: list[ModelEdge]) -> str:
        labels = list(dict.fromkeys(edge.label for edge in edges))
        if len(labels) == 1:
            return labels[0]
        return self.dossier.words.say("drawings.connections", count=len(edges))

    def _told(self, edges: list[ModelEdge]) -> str:
        nodes = self.model.nodes
        return "; ".join(
            f"{nodes[edge.start].label} → {nodes[edge.end].label}"
            + (f": {edge.label}" if edge.label else "")
            for edge in edges
        )


def _once(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return rows in which each box stands once, where it is named first."""
    seen: set[str] = set()
    found = []
    for row in rows:
        fresh = [one for one in dict.fromkeys(row) if one not in seen]
        seen.update(fresh)
        if fresh:
            found.append(tuple(fresh))
    return tuple(found)


def _node(dossier: Dossier, name: str, node: Node, components: Collection[str], to: To) -> ArchNode:
    path = ""
    if node.component and node.component in components:
        path = component_path(node.component)
    elif node.item:
        path = item_path(dossier.roadmap, node.item)
    price = (str(node.price),) if node.price else ()
    return ArchNode(
        id=name,
        name=node.label,
        lines=(*node.sub, *price),
        href=to(path) if path else "",
        **_measured(dossier, node),
    )


_DAYS: dict[Look, Day] = {
    Look.UP: "good",
    Look.DEGRADED: "worse",
    Look.PARTIAL: "worse",
    Look.DOWN: "failed",
    Look.MAINTENANCE: "worked-at",
    Look.UNKNOWN: "unseen",
    Look.UNMONITORED: "before",
}


def _symbol(look: Look) -> Symbol:
    if look is Look.UP:
        return "ok"
    return "unknown" if look in (Look.UNKNOWN, Look.MAINTENANCE) else "bad"


def _measured(dossier: Dossier, node: Node) -> dict[str, Any]:
    """Return what is shown of a node that names a component: its state, uptime and days."""
    one, words = dossier.components.get(node.component or ""), dossier.words
    if one is None:
        return {}
    symbol = _symbol(one.look)
    state = words.say(f"states.{one.look}")
    uptime = uptime_text(words, one.uptimes["90d"]) if "90d" in one.uptimes else ""
    seen = [bar for bar in one.bars if bar.monitored and bar.state is not State.UNKNOWN]
    failed = sum(bar.state.failed for bar in seen)
    key = "live.days-failed" if failed else "live.days-calm"
    values = {"seen": words.number(len(seen))} | (
        {"failed": words.number(failed)} if failed else {}
    )
    return {
        "verdict": Verdict(symbol, " · ".join(filter(None, (state, uptime)))),
        "strip": tuple(_DAYS[bar.look] for bar in one.bars),
        "told": words.say(key, **values) if seen else "",
    }

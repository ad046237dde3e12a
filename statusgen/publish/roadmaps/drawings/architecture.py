"""Parts of a system in their groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from statusgen.base.states import Look, State
from statusgen.draw.architecture import draw_architecture
from statusgen.draw.figure import Diagram
from statusgen.draw.model import ArchGroup, ArchNode, Day, Edge, Verdict
from statusgen.draw.model import Architecture as Picture
from statusgen.draw.scene import Symbol
from statusgen.publish.figures import uptime_text
from statusgen.publish.links import component_path
from statusgen.publish.roadmaps.addresses import item_path, section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.model import Architecture, Node


def architecture(dossier: Dossier, model: Architecture, components: Collection[str]) -> Drawing:
    """Draw an architecture; a part leads to its component's status, else to its item."""

    def draw(to: To, prefix: str) -> Diagram:
        nodes = tuple(
            _node(dossier, name, node, components, to) for name, node in model.nodes.items()
        )
        groups = tuple(
            # Groups and nodes have ids of their own; a diagram has one set of them.
            ArchGroup(
                id=f"group.{name}",
                name=group.label,
                lines=tuple(group.sub),
                group=f"group.{group.group}" if group.group else "",
            )
            for name, group in model.groups.items()
        )
        picture = Picture(
            title=model.name,
            nodes=nodes,
            groups=groups,
            edges=tuple(Edge(edge.start, edge.end, edge.label) for edge in model.edges),
            rows=model.layout.rows,
            words=dossier.words,
        )
        return draw_architecture(picture, prefix)

    name = f"architecture-{model.id}"
    home = section_path(dossier.id, "architecture")
    return Drawing(name, home, draw, _reading(dossier, model))


def _reading(dossier: Dossier, model: Architecture) -> tuple[str, ...]:
    words = dossier.words
    said = []
    if model.edges:
        said.append(words.say("drawings.arch-read-arrow"))
        ends = {end for edge in model.edges for end in (edge.start, edge.end)}
        if any(name not in ends for name in model.nodes):
            said.append(words.say("drawings.arch-read-alone"))
    if model.groups:
        said.append(words.say("drawings.arch-read-frame"))
    if any(node.item or node.component for node in model.nodes.values()):
        said.append(words.say("drawings.arch-read-link"))
    measured = [dossier.components.get(node.component or "") for node in model.nodes.values()]
    days = max((len(one.bars) for one in measured if one is not None), default=0)
    if days:
        said.append(words.say("live.read-strip", days=words.number(days)))
    return tuple(said)


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
        group=f"group.{node.group}" if node.group else "",
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


def _measured(dossier: Dossier, node: Node) -> dict[str, Any]:
    """Return what is shown of a node that names a component: its state, uptime and days."""
    one, words = dossier.components.get(node.component or ""), dossier.words
    if one is None:
        return {}
    symbol: Symbol = "ok" if one.look is Look.UP else "bad"
    if one.look in (Look.UNKNOWN, Look.MAINTENANCE):
        symbol = "unknown"
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

"""Parts of a system in their groups."""

from __future__ import annotations

from collections.abc import Collection

from statusgen.draw.architecture import draw_architecture
from statusgen.draw.figure import Diagram
from statusgen.draw.model import ArchGroup, ArchNode, Edge
from statusgen.draw.model import Architecture as Picture
from statusgen.publish.links import component_path
from statusgen.publish.roadmaps.addresses import item_path, section_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.drawings import Drawing
from statusgen.publish.roadmaps.table import To
from statusgen.roadmap.model import Architecture, Node
from statusgen.words import Words


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
    return Drawing(name, home, draw, _reading(dossier.words, model))


def _reading(words: Words, model: Architecture) -> tuple[str, ...]:
    said = []
    if model.edges:
        said.append(words.say("drawings.arch-read-arrow"))
    if model.groups:
        said.append(words.say("drawings.arch-read-frame"))
    if any(node.item or node.component for node in model.nodes.values()):
        said.append(words.say("drawings.arch-read-link"))
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
    )

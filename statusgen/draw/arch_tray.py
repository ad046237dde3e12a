"""Parts that no edge reaches: set apart in a labelled tray, so that none seems forgotten."""

from __future__ import annotations

from dataclasses import replace

from statusgen.draw.arch_nesting import around, parents, usable
from statusgen.draw.model import ArchGroup, Architecture


def with_trays(model: Architecture) -> Architecture:
    """Return the model with its unconnected parts in trays, each inside the group it was in.

    A part is connected where an edge ends at it, at something in it, or at a group around it. Of a
    group of which nothing is connected the whole frame goes into the tray. Where there is no edge
    at all, nothing is set apart from anything.
    """
    edges = usable(model)
    if not edges:
        return model
    inside = parents(model)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    holding = {one for end in ends for one in around(inside, end)}
    loose = {
        one: parent
        for one, parent in inside.items()
        if not _joined(one, inside, ends, holding)
        and (not parent or _joined(parent, inside, ends, holding))
    }
    if not loose:
        return model
    label = model.words.say("drawings.alone-yet" if model.later else "drawings.alone")
    names = {parent: _free(f"tray.{parent}", inside) for parent in loose.values()}
    trays = tuple(
        ArchGroup(id=name, name=label, group=parent, tray=True) for parent, name in names.items()
    )
    return replace(
        model,
        nodes=tuple(
            replace(node, group=names[loose[node.id]]) if node.id in loose else node
            for node in model.nodes
        ),
        groups=(
            *(
                replace(group, group=names[loose[group.id]]) if group.id in loose else group
                for group in model.groups
            ),
            *trays,
        ),
    )


def _joined(part: str, inside: dict[str, str], ends: set[str], holding: set[str]) -> bool:
    return part in holding or any(one in ends for one in around(inside, part))


def _free(name: str, taken: dict[str, str]) -> str:
    while name in taken:
        name += "."
    return name

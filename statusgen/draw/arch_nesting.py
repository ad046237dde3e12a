"""Which part of an architecture lies in which, and which edges can be drawn for it."""

from __future__ import annotations

from collections.abc import Mapping

from statusgen.draw.model import Architecture, Edge


def usable(model: Architecture) -> tuple[Edge, ...]:
    """Return the edges that can be drawn: both ends known, neither holding the other."""
    inside = parents(model)
    return tuple(
        edge
        for edge in model.edges
        if edge.source in inside
        and edge.target in inside
        and edge.source not in around(inside, edge.target)
        and edge.target not in around(inside, edge.source)
    )


def around(inside: Mapping[str, str], part: str) -> list[str]:
    """Return a part and the groups around it, innermost first; ``inside``: part to group."""
    found = [part]
    while (part := inside.get(part, "")) and part not in found:
        found.append(part)
    return found


def parents(model: Architecture) -> dict[str, str]:
    """Return each part's group; unknown groups and rings of groups count as the page."""
    groups = {group.id: group.group for group in model.groups}
    for identifier in groups:
        seen: set[str] = set()
        at = identifier
        while at in groups and at not in seen:
            seen.add(at)
            at = groups[at]
        if at in seen:
            groups[identifier] = ""
    parts = {node.id: node.group for node in model.nodes} | groups
    return {one: parent if parent in groups else "" for one, parent in parts.items()}

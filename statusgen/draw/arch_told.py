"""A crowded drawing on a narrow screen: each box says in words where it leads, without lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from statusgen.draw.arch_layout import place
from statusgen.draw.arch_nesting import usable
from statusgen.draw.arch_tray import with_trays
from statusgen.draw.cards import NARROW_SIZES
from statusgen.draw.metrics import clean
from statusgen.draw.model import Architecture
from statusgen.draw.scene import NARROW


def told_in_boxes(model: Architecture) -> Architecture:
    """Return the model without edges, their words in the boxes that they leave.

    Parts stay in the order that their edges give them, those without any in their tray.
    """
    model = with_trays(model)
    names = {group.id: clean(group.name) for group in model.groups}
    names |= {node.id: clean(node.name) for node in model.nodes}
    leads: dict[str, list[str]] = defaultdict(list)
    for edge in usable(model):
        if names[edge.target] not in leads[edge.source]:
            leads[edge.source].append(names[edge.target])
    words = {one: (f"→ {', '.join(names)}",) for one, names in leads.items()}
    rows = place(model, NARROW, NARROW_SIZES, False).rows
    trays = {group.id for group in model.groups if group.tray}  # they come last anyway
    return replace(
        model,
        nodes=tuple(replace(n, lines=(*n.lines, *words.get(n.id, ()))) for n in model.nodes),
        groups=tuple(replace(g, lines=(*g.lines, *words.get(g.id, ()))) for g in model.groups),
        edges=(),
        rows=tuple(row for row in rows if not trays & {*row}),
    )

"""Where the parts of an architecture stand: layers inside nested groups.

A container (the page or a group) puts its children in rows: by the author's wish, else by their
longest chain of edges; trays of what no edge reaches come last. An edge between parts of two
containers counts for the children of the innermost container that holds both. What room is left
beside the widest row widens all nodes alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from statusgen.draw.arch_layers import by_depth, ordered
from statusgen.draw.arch_nesting import around, parents, usable
from statusgen.draw.cards import PAD, Card, Row, Sizes, card, verdict_lines
from statusgen.draw.metrics import Wrapped, clean, longest_word, width, wrap
from statusgen.draw.model import Architecture, ArchNode, Edge
from statusgen.draw.scene import Box, block

GROUP_PAD = 18.0
COLUMN_GAP = 26.0
BESIDE = 36.0
"""What a label between two neighbours needs beside its own width: clear ends and an arrowhead."""
ROW_GAP, QUIET_GAP = 34.0, 18.0
"""Between rows that an edge joins, and between rows that none does."""
LABEL_ROOM = 20.0
MARGIN = 14.0
_LEAST, _MOST = 118.0, 226.0
_STRETCH, _WIDEST = 1.8, 300.0
"""How far nodes widen where there is room: at most so many times, and to so many px."""
_HALVINGS = 4
"""After that many the room is used but for a few px."""


@dataclass(slots=True)
class Plan:
    """Places of nodes and groups, before edges are routed."""

    boxes: dict[str, Box] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    heads: dict[str, Wrapped] = field(default_factory=dict)
    subheads: dict[str, tuple[Wrapped, ...]] = field(default_factory=dict)
    header_boxes: dict[str, Box] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Which parts share a row, from the inside out."""
    width: float = 0
    height: float = 0

    def ancestors(self, identifier: str) -> list[str]:
        """Return the groups around a part, innermost first."""
        return around(self.parents, identifier)[1:]


@dataclass(frozen=True, slots=True)
class Give:
    """Room beyond the usual, in px: what an earlier try turned out to need."""

    extra: float = 0
    """In the gaps that these edges cross, whose labels found no place."""
    homeless: frozenset[Edge] = frozenset()
    sides: float = 0
    """At each side of the page, for lines."""
    above: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    """Above one row, for lines, by the parts in it."""


def place(
    model: Architecture, room: float, sizes: Sizes, right: bool, give: Give | None = None
) -> Plan:
    """Lay the parts out in ``room`` px."""
    give = give or Give()
    margin = MARGIN + give.sides
    inner = room - 2 * margin

    def tried(stretch: float) -> tuple[Plan, float, float]:
        builder = _Builder(model, sizes, right, give, stretch)
        _, height = builder.container("", inner)
        return builder.plan, max((b.right for b in builder.plan.boxes.values()), default=0), height

    plan, used, height = tried(1.0)
    low, high, stretch = 1.0, _STRETCH, _STRETCH
    for _ in range(_HALVINGS + 1):
        wider, wide, tall = tried(stretch)
        if wider.rows == plan.rows and wide <= inner:
            plan, used, height, low = wider, wide, tall, stretch
        else:
            high = stretch
        stretch = (low + high) / 2
    shift = margin + max(0.0, (inner - used) / 2)
    for boxes in (plan.boxes, plan.header_boxes):
        for identifier, box in boxes.items():
            boxes[identifier] = box.moved(shift, MARGIN)
    plan.width, plan.height = room, height + 2 * MARGIN
    return plan


class _Builder:
    """Places containers from the inside out; coordinates are shifted as each is set down."""

    def __init__(
        self, model: Architecture, sizes: Sizes, right: bool, give: Give, stretch: float
    ) -> None:
        self.sizes = sizes
        self.stretch = stretch
        self.right = right
        self.give = give
        self.rows = model.rows
        self.nodes = {node.id: node for node in model.nodes}
        self.groups = {group.id: group for group in model.groups}
        self.plan = Plan(parents=parents(model))
        self.children: dict[str, list[str]] = defaultdict(list)
        for identifier, parent in self.plan.parents.items():
            self.children[parent].append(identifier)
        self.edges = [self._lifted(edge) for edge in usable(model)]

    def _lifted(self, edge: Edge) -> tuple[str, str, str, Edge]:
        """Return the innermost container of both ends, and its children that hold them."""
        ends = [[edge.source, *self.plan.ancestors(edge.source), ""]]
        ends.append([edge.target, *self.plan.ancestors(edge.target), ""])
        common = next(one for one in ends[0] if one in ends[1] and one not in ends[0][:1])
        one, two = (chain[chain.index(common) - 1] for chain in ends)
        return common, one, two, edge

    def container(self, identifier: str, room: float) -> tuple[float, float]:
        """Place the children of a container from (0, 0); return its inner width and height."""
        children = self.children[identifier]
        edges = [(a, b, edge) for where, a, b, edge in self.edges if where == identifier and a != b]
        layers = self._layers(children, [(a, b) for a, b, _ in edges])
        sizes = {child: self._size(child, room) for child in children if child in self.groups}
        natural = [self._natural(child) for child in children if child in self.nodes]
        uniform = min(max(natural, default=_LEAST) * self.stretch, _WIDEST)
        if self.right and not identifier:
            placed = self._columns(layers, sizes, uniform, edges, room)
            if placed:
                return placed
        return self._stack(layers, sizes, uniform, edges, room)

    def _size(self, group: str, room: float) -> tuple[float, float]:
        """Lay a group out at the origin; return its outer size."""
        inner = room - 2 * GROUP_PAD
        one = self.groups[group]
        head = wrap(one.name, inner, self.sizes.small, True)
        under = tuple(wrap(text, inner, self.sizes.small) for text in one.lines if text)
        tall = block(head, self.sizes.small) + sum(block(t, self.sizes.small) for t in under)
        wide = max(
            *(width(line, self.sizes.small, True) for line in head.lines or ("",)),
            *(width(line, self.sizes.small) for text in under for line in text.lines),
            0.0,
        )
        content, height = self.container(group, inner)
        across = max(content, wide)
        top = 8 + tall + 12
        for child in self._inside(group):
            dx = GROUP_PAD + (across - content) / 2
            for boxes in (self.plan.boxes, self.plan.header_boxes):
                if child in boxes:
                    boxes[child] = boxes[child].moved(dx, top)
        self.plan.heads[group], self.plan.subheads[group] = head, under
        self.plan.header_boxes[group] = Box(12, 8, wide, tall)
        return across + 2 * GROUP_PAD, top + height + GROUP_PAD

    def _inside(self, group: str) -> list[str]:
        return [one for one in self.plan.parents if group in self.plan.ancestors(one)]

    def _natural(self, identifier: str) -> float:
        node, small = self.nodes[identifier], self.sizes.small
        wide = [width(clean(node.name), small, True)]
        wide += [width(clean(text), small) for text in node.lines]
        if node.verdict:
            wide.append(width(clean(node.verdict.text), small, True) + small + 5)
        return min(max(*wide, _LEAST - 2 * PAD) + 2 * PAD + 1, _MOST)

    def _least(self, identifier: str) -> float:
        """Return the width at which no word of a node has to be broken."""
        node, small = self.nodes[identifier], self.sizes.small
        words = [longest_word(node.name, small, True)]
        words += [longest_word(text, small) for text in node.lines]
        return max(words) + 2 * PAD

    def _card(self, node: ArchNode, room: float) -> Card:
        wide = room - 2 * PAD
        said = verdict_lines(node.verdict, wide, self.sizes.small) if node.verdict else 0
        foot = (Row("\u2003 "),) * (said + bool(node.strip))
        return card(room, self.sizes, node.name, node.lines, foot, "card", node.href, most=3)

    def _layers(self, children: list[str], edges: list[tuple[str, str]]) -> list[list[str]]:
        wished = [[one for one in row if one in children] for row in self.rows]
        layers = [row for row in wished if row]
        asked = {one for row in layers for one in row}
        trays = [one for one in children if one in self.groups and self.groups[one].tray]
        rest = [one for one in children if one not in asked and one not in trays]
        if not layers:
            joined = {end for edge in edges for end in edge}
            layers = ordered(by_depth([one for one in rest if one in joined], edges), edges)
            rest = [one for one in rest if one not in joined]
        return [*layers, *([rest] if rest else []), *([one] for one in trays)]

    def _set(self, child: str, x: float, y: float, wide: float, tall: float) -> None:
        """Put a child at its place, with all that it holds."""
        self.plan.boxes[child] = Box(x, y, wide, tall)
        if child in self.groups:
            self.plan.header_boxes[child] = self.plan.header_boxes[child].moved(x, y)
            for one in self._inside(child):
                self.plan.boxes[one] = self.plan.boxes[one].moved(x, y)
                if one in self.plan.header_boxes:
                    self.plan.header_boxes[one] = self.plan.header_boxes[one].moved(x, y)

    def _stack(
        self,
        layers: list[list[str]],
        sizes: dict[str, tuple[float, float]],
        uniform: float,
        edges: list[tuple[str, str, Edge]],
        room: float,
    ) -> tuple[float, float]:
        """Set rows below each other, each centred."""
        rows = [row for layer in layers for row in self._broken(layer, sizes, uniform, room)]
        rows = self._making_room(rows, edges, room)
        self.plan.rows += [tuple(child for child, _ in row) for row in rows]
        gaps = [self._between(row, edges, room) for row in rows]
        across = max(map(_row_width, rows, gaps), default=0.0)
        level = {child: number for number, row in enumerate(rows) for child, _ in row}
        y = 0.0
        for number, row in enumerate(rows):
            if number:
                y += self._gap(number, level, edges)
                y += self.give.above.get(tuple(child for child, _ in row), 0.0)
            wides = dict(row)
            for child, wide in row:
                if child in self.nodes:
                    self.plan.cards[child] = self._card(self.nodes[child], wide)
            talls = {
                child: sizes[child][1] if child in sizes else self.plan.cards[child].height
                for child, _ in row
            }
            tall = max(talls.values())
            # Nodes of a row are alike, but none grows with a group that stands beside it.
            alike = max((talls[child] for child in talls if child in self.nodes), default=0.0)
            x = (across - _row_width(row, gaps[number])) / 2
            for (child, _), gap in zip(row, [*gaps[number], 0.0], strict=True):
                self._set(child, x, y, wides[child], alike if child in self.nodes else talls[child])
                x += wides[child] + gap
            y += tall
        return across, y

    def _between(
        self, row: list[tuple[str, float]], edges: list[tuple[str, str, Edge]], room: float
    ) -> list[float]:
        """Return the gaps between the parts of a row: room for the labels of neighbours."""
        gaps = self._wished(row, edges)
        return gaps if _row_width(row, gaps) <= room else [COLUMN_GAP] * len(gaps)

    def _wished(
        self, row: list[tuple[str, float]], edges: list[tuple[str, str, Edge]]
    ) -> list[float]:
        gaps = []
        for (left, _), (right, _) in pairwise(row):
            labels = [
                width(clean(edge.label), self.sizes.small) + BESIDE
                for one, two, edge in edges
                if edge.label and {one, two} == {left, right}
            ]
            gaps.append(max([COLUMN_GAP, *labels]))
        return gaps

    def _making_room(
        self,
        rows: list[list[tuple[str, float]]],
        edges: list[tuple[str, str, Edge]],
        room: float,
    ) -> list[list[tuple[str, float]]]:
        """Narrow all nodes where that gives the labels between neighbours their place."""
        fitting = [
            (room - sum(self._wished(row, edges))) / len(row)
            for row in rows
            if all(child in self.nodes for child, _ in row)
        ]
        nodes = [child for row in rows for child, _ in row if child in self.nodes]
        least = max([_LEAST, *map(self._least, nodes)])
        most = min((each for each in fitting if each >= least), default=room)
        return [
            [(child, min(wide, most) if child in self.nodes else wide) for child, wide in row]
            for row in rows
        ]

    def _broken(
        self,
        layer: list[str],
        sizes: dict[str, tuple[float, float]],
        uniform: float,
        room: float,
    ) -> list[list[tuple[str, float]]]:
        """Break a layer into rows that fit, equally full; nodes shrink before they wrap."""
        rows: list[list[tuple[str, float]]] = []
        nodes = [child for child in layer if child in self.nodes]
        most = max(1, int((room + COLUMN_GAP) // (min(uniform, room) + COLUMN_GAP)))
        shrunk = (room - COLUMN_GAP * (len(nodes) - 1)) / max(len(nodes), 1)
        if len(nodes) > most and shrunk >= max(_LEAST, *map(self._least, nodes), uniform * 0.7):
            most, uniform = len(nodes), shrunk
        uniform = min(uniform, room)
        lines = -(-len(nodes) // most)
        each = -(-len(nodes) // max(lines, 1))
        for start in range(0, len(nodes), max(each, 1)):
            rows.append([(child, uniform) for child in nodes[start : start + each]])
        for child in (one for one in layer if one in self.groups):
            wide = sizes[child][0]
            last = rows[-1] if rows else []
            if last and _row_width(last, [COLUMN_GAP] * len(last)) + wide <= room:
                last.append((child, wide))
            else:
                rows.append([(child, wide)])
        return rows

    def _gap(self, number: int, level: dict[str, int], edges: list[tuple[str, str, Edge]]) -> float:
        """Return the gap above a row: wider where edges cross it, wider still for their labels."""
        crossing = [
            edge
            for one, two, edge in edges
            if min(level[one], level[two]) < number <= max(level[one], level[two])
        ]
        if not crossing:
            return QUIET_GAP
        labels = LABEL_ROOM if any(edge.label for edge in crossing) else 0
        return ROW_GAP + labels + self._more(crossing) + 4 * min(len(crossing) - 1, 6)

    def _more(self, crossing: Iterable[Edge]) -> float:
        """Return by how much a gap is widened for the labels of edges that cross it."""
        homeless = any(edge in self.give.homeless for edge in crossing)
        return self.give.extra if homeless else 0.0

    def _columns(
        self,
        layers: list[list[str]],
        sizes: dict[str, tuple[float, float]],
        uniform: float,
        edges: list[tuple[str, str, Edge]],
        room: float,
    ) -> tuple[float, float] | None:
        """Set layers side by side, from left to right; None where they are too wide."""
        level = {child: number for number, layer in enumerate(layers) for child in layer}
        gaps = [0.0]
        for number in range(1, len(layers)):
            crossing = [
                edge
                for one, two, edge in edges
                if min(level[one], level[two]) < number <= max(level[one], level[two])
            ]
            wide = max((width(clean(one.label), self.sizes.small) for one in crossing), default=0.0)
            gaps.append(max(44.0, wide + 62 if wide else 0) + self._more(crossing))
        wides = [
            max(sizes[child][0] if child in sizes else uniform for child in layer)
            for layer in layers
        ]
        if not layers or sum(gaps) + sum(wides) > room:
            return None
        for child in (one for layer in layers for one in layer if one in self.nodes):
            self.plan.cards[child] = self._card(self.nodes[child], uniform)

        def tall(child: str) -> float:
            return sizes[child][1] if child in sizes else self.plan.cards[child].height

        between = QUIET_GAP + 6 + self._more(edge for _, _, edge in edges) / 2
        talls = [sum(map(tall, layer)) + between * (len(layer) - 1) for layer in layers]
        x = 0.0
        for gap, wide, layer, height in zip(gaps, wides, layers, talls, strict=True):
            x += gap
            y = (max(talls) - height) / 2
            for child in layer:
                self._set(child, x, y, sizes[child][0] if child in sizes else wide, tall(child))
                y += tall(child) + between
            x += wide
        return x, max(talls, default=0.0)


def _row_width(row: list[tuple[str, float]], gaps: list[float]) -> float:
    return sum(wide for _, wide in row) + sum(gaps)

"""Architecture: nodes in nested groups, joined by right-angled, labelled edges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import Literal

from statusgen.draw.arch_crowd import MANY_BOXES, MANY_EDGES, crowd
from statusgen.draw.arch_labels import Label, labels
from statusgen.draw.arch_layout import MARGIN, Give, Plan, place
from statusgen.draw.arch_nesting import usable
from statusgen.draw.arch_route import Route, route
from statusgen.draw.arch_told import told_in_boxes
from statusgen.draw.arch_tray import with_trays
from statusgen.draw.cards import NARROW_SIZES, PAD, WIDE_SIZES, Sizes, verdict_lines, verdict_marks
from statusgen.draw.day_strip import STRIP, strip
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, clean, wrap
from statusgen.draw.model import ArchGroup, Architecture, ArchNode, Edge
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Fill,
    Line,
    Mark,
    Rect,
    Scene,
    Stroke,
    Text,
    Tone,
    block,
    lines,
    linked,
)

_FRAME: tuple[Tone, bool, Literal["start"], bool] = ("ink", True, "start", True)
_TRAY: tuple[Tone, bool, Literal["start"], bool] = ("muted", False, "start", False)
"""How the names of frames and of trays are written."""

_TRIES = 4
"""Layouts tried, each with wider gaps, until every label has a place of its own."""

_HOPELESS = 6
"""With more labels than this without a place only the widest gaps are tried, for each try costs."""

_TOO_MANY = 12
"""More labels than that without a place are not listed beneath a drawing, but left to its table."""

LIMIT = 15_000
"""Bytes of a variant, from which on the words at the arrows are left to the table."""

_LEAST_SHOWN = 8
"""Twentieths of the room that even a single column keeps, so that notes beneath it have lines."""

ROOMY = 6
"""With more parts than this a drawing can be shown larger, and has views."""


def draw_architecture(model: Architecture, prefix: str, room: float = WIDE) -> Diagram:
    """Draw an architecture; ``prefix`` makes its ids unique on the page.

    ``room``: the width of the wide variant in px, `WIDE` or `BROAD`; what needs no more than
    `WIDE` is not given more.
    """
    right = model.direction == "right"
    if room > WIDE and _reach(model, room, right) <= WIDE:
        room = WIDE
    say = model.words.say
    parts = (_description(model), _table(model))
    notes: list[str] = []
    if len(model.nodes) > 1 and not usable(model):
        notes.append(say("drawings.none-joined-yet" if model.later else "drawings.none-joined"))

    def drawn() -> Diagram:
        broad = arrange(model, room, WIDE_SIZES, right)
        near = (say("drawings.lines-near"),) if broad.mixed else ()
        wide, narrow = broad.scene(*notes, *near), _narrow(model, notes)
        made = diagram(prefix, model.title, parts[0], wide, narrow, parts[1])
        share = round(100 * wide.width / room)
        return replace(made, broad=room > WIDE, zoom=len(model.nodes) > ROOMY, share=share)

    made = drawn() if _guess(model) <= 2 * LIMIT and _worded(model, room) else None
    if (made is None or _weight(made) > LIMIT) and any(edge.label for edge in model.edges):
        bare = tuple(replace(edge, label="") for edge in model.edges)
        model = replace(model, edges=bare)
        notes.append(say("drawings.arrows-in-table"))
        made = drawn() if _guess(model) <= 2 * LIMIT else None
    if (made is None or _weight(made) > LIMIT) and any(node.strip for node in model.nodes):
        model = replace(model, nodes=tuple(replace(node, strip=()) for node in model.nodes))
        notes.append(say("drawings.days-in-table"))
        made = None
    return made or drawn()


def _worded(model: Architecture, room: float) -> bool:
    """Say whether all but a few labels find a place on the page."""
    made = arrange(model, room, WIDE_SIZES, model.direction == "right")
    return sum(label.box is None for label in made.labels) <= _TOO_MANY


def _narrow(model: Architecture, notes: list[str]) -> Scene:
    """Lay out the narrow variant; more lines than can be told apart are words in the boxes."""
    made = None
    if len(usable(model)) <= MANY_EDGES:
        made = arrange(model, NARROW, NARROW_SIZES, False)
    if made is None or made.mixed:
        made = arrange(told_in_boxes(model), NARROW, NARROW_SIZES, False)
        notes = [*notes, model.words.say("drawings.arrows-in-boxes")]
    return made.scene(*notes)


def _reach(model: Architecture, room: float, right: bool) -> float:
    """Return how many px of ``room`` a drawing fills, its margins included."""
    boxes = place(with_trays(model), room, WIDE_SIZES, right).boxes.values()
    left = min((box.x for box in boxes), default=MARGIN)
    return max((box.right for box in boxes), default=MARGIN) - left + 2 * MARGIN


def _weight(made: Diagram) -> int:
    return max(len(made.wide_svg.encode()), len(made.narrow_svg.encode()))


def _guess(model: Architecture) -> int:
    """Return about how many bytes a variant takes: laying it out to find out is dear."""
    nodes = 200 * len(model.nodes) + 150 * len(model.groups)
    nodes += sum(300 + 20 * len(list(groupby(node.strip))) for node in model.nodes if node.strip)
    return nodes + sum(170 + (120 if edge.label else 0) for edge in model.edges)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A finished layout: where parts stand, how edges run, where labels lie."""

    model: Architecture
    sizes: Sizes
    plan: Plan
    routes: list[Route]
    labels: list[Label]
    mixed: bool = False
    """Whether some lines are too near to others to be told apart."""

    def scene(self, *notes: str) -> Scene:
        """Return the marks: frames, edges, then nodes and labels above them, notes beneath."""
        plan, model = self.plan, self.model
        marks: list[Mark] = []
        for group in sorted(model.groups, key=lambda one: len(plan.ancestors(one.id))):
            head: list[Mark] = [Rect(plan.boxes[group.id], "tray" if group.tray else "group", 8)]
            at = plan.header_boxes[group.id]
            small, tone = self.sizes.small, _TRAY if group.tray else _FRAME
            head += lines(plan.heads[group.id], at.x, at.y, small, *tone)
            top = at.y + block(plan.heads[group.id], small)
            for text in plan.subheads[group.id]:
                head += lines(text, at.x, top, small, "muted")
                top += block(text, small)
            marks += linked(group.href, head)
        for one in self.routes:
            critical = one.edge.critical
            stroke: Stroke = "accent" if critical else "edge"
            marks.append(Line(one.points, stroke, arrow=True, heavy=critical))
        for node in model.nodes:
            marks += self._node(node)
        for label in self.labels:
            marks += self._label(label)
        rest, height = self._unplaced(plan.height)
        for note in notes:
            under = wrap(note, plan.width - 2 * PAD, self.sizes.small)
            rest += lines(under, PAD, height, self.sizes.small, "muted")
            height += block(under, self.sizes.small)
        return Scene(plan.width, height, (*marks, *rest))

    def _node(self, node: ArchNode) -> list[Mark]:
        box, card = self.plan.boxes[node.id], self.plan.cards[node.id]
        card = replace(card, fill=node.fill, href=node.href)
        marks = card.place(box.x, box.y, box.height)
        room, foot = box.width - 2 * PAD, box.bottom - PAD + 2
        if node.strip:
            marks += strip(node.strip, Box(box.x + PAD, foot - STRIP - 1, room, STRIP))
            foot -= self.sizes.step
        if node.verdict:
            small = self.sizes.small
            top = foot - self.sizes.step * verdict_lines(node.verdict, room, small)
            marks += verdict_marks(node.verdict, box.x + PAD, top, room, small)
        return marks

    def _label(self, label: Label) -> list[Mark]:
        if label.box is None:
            return []
        x, _ = label.box.centre
        size = self.sizes.small
        inside = any(self.plan.boxes[group.id].holds(label.box) for group in self.model.groups)
        fill: Fill = "band" if inside else "page"
        y = label.box.y + 1 + ASCENT * size
        return [Rect(label.box, fill, 3), Text(x, y, label.text, size, "muted", anchor="middle")]

    def _unplaced(self, top: float) -> tuple[list[Mark], float]:
        """Write labels that found no place beneath the picture, so that none is lost."""
        marks: list[Mark] = []
        names = _names(self.model)
        for label in self.labels:
            if label.box is None:
                edge = label.edge
                words = f"{names[edge.source]} → {names[edge.target]}: {clean(edge.label)}"
                wrapped = wrap(words, self.plan.width - 2 * PAD, self.sizes.small)
                marks += lines(wrapped, PAD, top, self.sizes.small, "muted")
                top += block(wrapped, self.sizes.small)
        return marks, top


def arrange(model: Architecture, room: float, sizes: Sizes, right: bool) -> Arrangement:
    """Lay out, route and label; try wider gaps until every label lies clear."""
    model = with_trays(model)
    # Where a part leads does not move it: the same drawing on another page is laid out already.
    bare = tuple(replace(node, href="", fill="card", told="") for node in model.nodes)
    edges = tuple(replace(edge, told="") for edge in model.edges)
    plain = replace(model, title="", nodes=bare, edges=edges)
    made = replace(_arranged(plain, room, sizes, right), model=model)
    return made if room <= NARROW else _cropped(made)


def _cropped(made: Arrangement) -> Arrangement:
    """Return a drawing without the empty room at its sides, which nobody wants to see larger.

    What is left is so many twentieths of the room, for which the stylesheet has widths.
    """
    places = (*made.plan.boxes.values(), *(label.box for label in made.labels if label.box))
    xs = [x for box in places for x in (box.x, box.right)]
    xs += [x for one in made.routes for x, _ in one.points]
    room = made.plan.width
    used = max(xs, default=room) - min(xs, default=0.0) + 2 * MARGIN
    shown = min(max(ceil(20 * used / room), _LEAST_SHOWN), 20) * room / 20
    dx = (shown - used) / 2 + MARGIN - min(xs, default=0.0)
    plan = replace(
        made.plan,
        boxes={one: box.moved(dx, 0) for one, box in made.plan.boxes.items()},
        header_boxes={one: box.moved(dx, 0) for one, box in made.plan.header_boxes.items()},
        width=shown,
    )
    routes = [replace(one, points=tuple((x + dx, y) for x, y in one.points)) for one in made.routes]
    labels = [replace(one, box=one.box and one.box.moved(dx, 0)) for one in made.labels]
    return replace(made, plan=plan, routes=routes, labels=labels)


@lru_cache(maxsize=128)
def _arranged(model: Architecture, room: float, sizes: Sizes, right: bool) -> Arrangement:
    edges = usable(model)
    if len(model.nodes) + len(model.groups) > MANY_BOXES or len(edges) > MANY_EDGES:
        return _crowded(model, edges, room, sizes, right)
    tried: list[Arrangement] = []
    homeless: set[Edge] = set()
    number, last = 0, _TRIES - 1
    while number <= last:
        give = Give(extra=number * 18.0, homeless=frozenset(homeless))
        plan = place(model, room, sizes, right, give)
        routes = route(plan, edges, right)
        if routes is None:
            return _crowded(model, edges, room, sizes, right)
        written = labels(plan, routes, sizes.small, strict=True)
        unplaced = {label.edge for label in written if label.box is None}
        tried.append(Arrangement(model, sizes, plan, routes, written))
        if not unplaced:
            return tried[-1]
        homeless |= unplaced
        number = last if number < last and len(unplaced) > _HOPELESS else number + 1
    # Wider gaps do not help: where they bring nothing, the closest drawing is the best one.
    forgiving = [
        replace(one, labels=labels(one.plan, one.routes, sizes.small, strict=False))
        for one in tried
    ]
    return min(forgiving, key=lambda one: sum(label.box is None for label in one.labels))


def _crowded(
    model: Architecture, edges: tuple[Edge, ...], room: float, sizes: Sizes, right: bool
) -> Arrangement:
    made = crowd(model, edges, room, sizes, right)
    # Where lines lie close a word across several would seem to belong to any of them.
    written = labels(made.plan, made.routes, sizes.small, strict=True)
    return Arrangement(model, sizes, made.plan, made.routes, written, made.mixed)


def _names(model: Architecture) -> dict[str, str]:
    names = {node.id: clean(node.name) for node in model.nodes}
    return names | {group.id: clean(group.name) for group in model.groups}


def _label(edge: Edge) -> str:
    said = edge.told or edge.label
    return f" ({said})" if said else ""


def _description(model: Architecture) -> str:
    names = _names(model)
    told = [
        model.words.say("drawings.leads", start=names[edge.source], end=names[edge.target])
        + _label(edge)
        for edge in model.edges
        if edge.source in names and edge.target in names
    ]
    say = model.words.say
    parts = say("drawings.parts", count=len(model.nodes))
    if len(model.groups) > 1:
        groups = say("drawings.groups", count=len(model.groups))
        parts = say("drawings.parts-in-groups", parts=parts, groups=groups)
    return f"{parts}. " + ("; ".join(told) if told else say("drawings.no-connections"))


def _table(model: Architecture) -> str:
    names = _names(model)
    drawn = with_trays(model)
    trays = {group.id for group in drawn.groups if group.tray}
    alone = {group.id for group in drawn.groups if group.group in trays}
    alone |= {node.id for node in drawn.nodes if node.group in trays}
    apart = model.words.say("drawings.alone-yet" if model.later else "drawings.alone")
    rows: list[tuple[Cell | str, ...]] = []
    parts: tuple[ArchGroup | ArchNode, ...] = (*model.groups, *model.nodes)
    for part in parts:
        leads = [
            names[edge.target] + _label(edge)
            for edge in model.edges
            if edge.source == part.id and edge.target in names
        ]
        state = part.verdict.text if isinstance(part, ArchNode) and part.verdict else ""
        told = part.told if isinstance(part, ArchNode) else ""
        words = " · ".join((*part.lines, *filter(None, (state, told))))
        leads += [apart] if part.id in alone else []
        rows.append(
            (Cell(part.name, part.href), words, names.get(part.group, ""), ", ".join(leads))
        )
    columns = ("part", "details", "inside", "leads-to")
    return table([model.words.say(f"drawings.column-{name}") for name in columns], rows)

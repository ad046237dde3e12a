"""The stage ladder: stages from top to bottom, their items beside them, the critical path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from statusgen.draw.cards import (
    NARROW_SIZES,
    PAD,
    PROGRESS_WORDS,
    WIDE_SIZES,
    Card,
    Row,
    Sizes,
    card,
    progress_fill,
    verdict_height,
    verdict_marks,
)
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, Wrapped, clean, fit, width, wrap
from statusgen.draw.model import Edge, Ladder, LadderItem, LadderStage
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Disc,
    Line,
    Mark,
    Point,
    Rect,
    Scene,
    Text,
    block,
    lines,
    linked,
)

_STAGE_WIDTH, _STAGE_GAP = 172.0, 24.0
_ITEM_GAP, _ROW_GAP = 20.0, 26.0
_SPINE = 22.0
_DISC = 13.0


def draw_ladder(model: Ladder, prefix: str) -> Diagram:
    """Draw a ladder; ``prefix`` makes its ids unique on the page."""
    return diagram(
        prefix,
        model.title,
        _description(model),
        _wide(model),
        _narrow(model),
        _table(model),
    )


def chained(stages: tuple[LadderStage, ...]) -> tuple[Edge, ...]:
    """Return the plain order: each stage to its first item, item to item, stage to stage."""
    edges = [Edge(one.id, two.id) for one, two in pairwise(stages)]
    for stage in stages:
        chain = (stage.id, *(item.id for item in stage.items))
        edges += [Edge(one, two) for one, two in pairwise(chain)]
    return tuple(edges)


@dataclass(frozen=True, slots=True)
class _Order:
    """The edges that arrows show, by their ends; the others are told in words on the card."""

    shown: dict[tuple[str, str], Edge]
    needs: dict[str, tuple[str, ...]]

    def line(self, source: str, target: str, points: tuple[Point, ...]) -> list[Mark]:
        """Return the arrow of an edge, or nothing where there is none."""
        edge = self.shown.get((source, target))
        if edge is None:
            return []
        return [Line(points, "accent", arrow=True, heavy=edge.critical)]


def _order(model: Ladder) -> _Order:
    neighbours = {(edge.source, edge.target) for edge in chained(model.stages)}
    names = {item.id: item.name for stage in model.stages for item in stage.items}
    names |= {stage.id: stage.name for stage in model.stages}
    shown, needs = {}, dict[str, tuple[str, ...]]()
    for edge in model.edges:
        if (edge.source, edge.target) in neighbours:
            shown[edge.source, edge.target] = edge
        elif edge.source in names and edge.target in names:
            needs[edge.target] = (*needs.get(edge.target, ()), names[edge.source])
    return _Order(shown, needs)


def _needs(order: _Order, identifier: str) -> str:
    return "needs " + ", ".join(order.needs[identifier]) if identifier in order.needs else ""


def _legend(model: Ladder, size: float) -> tuple[list[Mark], float]:
    """Explain the heavy arrow where some arrows are heavy and some are not."""
    kinds = {edge.critical for edge in model.edges}
    if kinds != {True, False}:
        return [], 1.0
    y = size * ASCENT
    marks: list[Mark] = []
    x = 1.0
    for heavy, words in ((True, "critical path"), (False, "can wait")):
        marks.append(Line(((x, y - 4), (x + 28, y - 4)), "accent", arrow=True, heavy=heavy))
        marks.append(Text(x + 34, y, words, size, "muted"))
        x += 34 + width(words, size) + 20
    return marks, size * 2


@dataclass(frozen=True, slots=True)
class _Head:
    """A measured stage card."""

    stage: LadderStage
    number: int
    box_width: float
    sizes: Sizes

    def _name(self) -> Wrapped:
        room = self.box_width - 44 - PAD
        return wrap(self.stage.name, room, self.sizes.body, True, 3)

    def _note(self) -> Wrapped:
        words = (PROGRESS_WORDS[self.stage.progress][0], clean(self.stage.note))
        text = " · ".join(part for part in words if part)
        return wrap(text, self.box_width - 44 - PAD, self.sizes.small)

    def _figures(self) -> list[tuple[str, str]]:
        pairs = (("stated", self.stage.stated), ("itemised", self.stage.itemised))
        return [(name, clean(value)) for name, value in pairs if value]

    def _one_row(self) -> bool:
        """Say whether both figures stand beside each other, as they do on phones."""
        words = "".join(name + value for name, value in self._figures())
        taken = width(words, self.sizes.small, True) + 40
        return len(self._figures()) == 2 and taken < self.box_width - 2 * PAD

    @property
    def height(self) -> float:
        small = self.sizes.small
        total = block(self._name(), self.sizes.body) + block(self._note(), small)
        total = max(total, 2 * _DISC + 4) + 2 * PAD - 4
        figures = self._figures()
        if figures or self.stage.verdict:
            rows = 1 if self._one_row() else len(figures)
            total += 8 + rows * self.sizes.step
        if self.stage.verdict:
            total += verdict_height(self.stage.verdict, self.box_width - 2 * PAD, small)
        return total

    def place(self, x: float, y: float, height: float) -> list[Mark]:
        stage, sizes = self.stage, self.sizes
        marks: list[Mark] = [
            Rect(Box(x, y, self.box_width, height), progress_fill(stage.progress)),
            Disc(x + _SPINE, y + PAD + _DISC, _DISC, "accent"),
            Text(
                x + _SPINE,
                y + PAD + _DISC + 4.5,
                str(self.number),
                sizes.body,
                "inverse",
                True,
                "middle",
            ),
        ]
        top, left = y + PAD - 2, x + 44
        marks += lines(self._name(), left, top, sizes.body, bold=True, title=True)
        top += block(self._name(), sizes.body)
        tone = PROGRESS_WORDS[stage.progress][1]
        marks += lines(self._note(), left, top, sizes.small, tone)
        top += block(self._note(), sizes.small)
        top = max(top, y + PAD - 2 + 2 * _DISC + 4) + 8
        return linked(stage.href, marks + self._figure_marks(x, top))

    def _figure_marks(self, x: float, top: float) -> list[Mark]:
        small, marks = self.sizes.small, list[Mark]()
        right = x + self.box_width - PAD
        if self._one_row():
            (one, stated), (two, itemised) = self._figures()
            y = top + small * ASCENT
            after = x + PAD + width(one, small) + 6
            before = right - width(itemised, small, True) - 6
            marks.append(Text(x + PAD, y, one, small, "muted"))
            marks.append(Text(after, y, stated, small, "ink", True))
            marks.append(Text(before, y, two, small, "muted", False, "end"))
            marks.append(Text(right, y, itemised, small, "ink", True, "end"))
            top += self.sizes.step
        for name, value in () if self._one_row() else self._figures():
            y = top + small * ASCENT
            room = self.box_width - 2 * PAD - width(name, small) - 6
            marks.append(Text(x + PAD, y, name, small, "muted"))
            shown = fit(value, room, small, True)
            full = value if shown != value else ""
            marks.append(Text(right, y, shown, small, "ink", True, "end", full))
            top += self.sizes.step
        if self.stage.verdict:
            room = self.box_width - 2 * PAD
            marks += verdict_marks(self.stage.verdict, x + PAD, top, room, small)
        return marks


def _item_card(item: LadderItem, room: float, sizes: Sizes, needs: str) -> Card:
    word, tone = PROGRESS_WORDS[item.progress]
    when = " · ".join(part for part in (clean(item.when), word) if part)
    foot = Row(when, tone if word else "muted", clean(item.price))
    return card(
        room,
        sizes,
        item.name,
        (item.detail, needs),
        (foot,),
        progress_fill(item.progress),
        item.href,
        most=3,
    )


def _wide(model: Ladder) -> Scene:
    order = _order(model)
    marks, y = _legend(model, WIDE_SIZES.small)
    most = max((len(stage.items) for stage in model.stages), default=0)
    columns = 3 if most > 2 else 2
    left = 1 + _STAGE_WIDTH + _STAGE_GAP
    room = (WIDE - 1 - left - (columns - 1) * _ITEM_GAP) / columns
    previous: tuple[str, float] | None = None
    for number, stage in enumerate(model.stages, 1):
        head = _Head(stage, number, _STAGE_WIDTH, WIDE_SIZES)
        cards = [_item_card(i, room, WIDE_SIZES, _needs(order, i.id)) for i in stage.items]
        chunks = [cards[at : at + columns] for at in range(0, len(cards), columns)]
        heights = [max(one.height for one in chunk) for chunk in chunks]
        if len(heights) == 1:
            heights = [max(heights[0], head.height)]
        height = max(head.height, sum(heights) + _ROW_GAP * (len(heights) - 1))
        if previous:
            marks += order.line(previous[0], stage.id, _down(1 + _SPINE, previous[1], y))
        marks += head.place(1, y, max(head.height, heights[0] if heights else 0))
        bottom = y + max(head.height, heights[0] if heights else 0)
        boxes = list(_grid(left, y, room, heights, columns, len(cards)))
        for one, box in zip(cards, boxes, strict=True):
            marks += one.place(box.x, box.y, box.height)
        marks += _row_arrows(order, stage, Box(1, y, _STAGE_WIDTH, height), boxes)
        previous = (stage.id, bottom)
        y += height + _ROW_GAP
    return Scene(WIDE, y - _ROW_GAP + 1, tuple(marks))


def _grid(
    left: float, top: float, room: float, heights: list[float], columns: int, count: int
) -> Iterator[Box]:
    for place in range(count):
        row, column = divmod(place, columns)
        y = top + sum(heights[:row]) + row * _ROW_GAP
        yield Box(left + column * (room + _ITEM_GAP), y, room, heights[row])


def _down(x: float, start: float, end: float) -> tuple[Point, ...]:
    return (x, start), (x, end)


def _row_arrows(order: _Order, stage: LadderStage, head: Box, boxes: list[Box]) -> list[Mark]:
    """Join stage and items in reading order; a wrapping chain runs through the gap of the rows."""
    marks: list[Mark] = []
    before, source = head, stage.id
    for item, box in zip(stage.items, boxes, strict=True):
        if box.y > before.y + 0.5:
            middle = (before.bottom + box.y) / 2
            start, end = before.centre[0], box.centre[0]
            points: tuple[Point, ...] = (
                (start, before.bottom),
                (start, middle),
                (end, middle),
                (end, box.y),
            )
        else:
            y = box.y + PAD + _DISC
            points = ((before.right, y), (box.x, y))
        marks += order.line(source, item.id, points)
        before, source = box, item.id
    return marks


def _narrow(model: Ladder) -> Scene:
    order = _order(model)
    marks, y = _legend(model, NARROW_SIZES.small)
    gap, left = 18.0, 40.0
    previous: tuple[str, float] | None = None
    for number, stage in enumerate(model.stages, 1):
        head = _Head(stage, number, NARROW - 2, NARROW_SIZES)
        if previous:
            marks += order.line(previous[0], stage.id, _down(1 + _SPINE - 4, previous[1], y))
        marks += head.place(1, y, head.height)
        previous = (stage.id, y + head.height)
        y += head.height + gap
        source, above = stage.id, y - gap
        for item in stage.items:
            one = _item_card(item, NARROW - 1 - left, NARROW_SIZES, _needs(order, item.id))
            marks += order.line(source, item.id, _down(left + 24, above, y))
            marks += one.place(left, y, one.height)
            source, above = item.id, y + one.height
            y += one.height + gap
        y += 4
    return Scene(NARROW, y - gap - 3, tuple(marks))


def _description(model: Ladder) -> str:
    parts = [
        f"{number}. {stage.name}" + (f" ({stage.stated})" if stage.stated else "")
        for number, stage in enumerate(model.stages, 1)
    ]
    return f"{len(model.stages)} stages in order: " + "; ".join(parts)


def _table(model: Ladder) -> str:
    names = {item.id: item.name for stage in model.stages for item in stage.items}
    names |= {stage.id: stage.name for stage in model.stages}
    after: dict[str, list[str]] = {}
    for edge in model.edges:
        if edge.source in names:
            words = names[edge.source] + (" (critical)" if edge.critical else "")
            after.setdefault(edge.target, []).append(words)
    rows: list[tuple[Cell | str, ...]] = []
    for stage in model.stages:
        check = stage.verdict.text if stage.verdict else ""
        note = " · ".join(part for part in (stage.note, PROGRESS_WORDS[stage.progress][0]) if part)
        cost = " / ".join(part for part in (stage.stated, stage.itemised) if part)
        waits = ", ".join(after.get(stage.id, []))
        rows.append((Cell(stage.name, stage.href), note, "", Cell(cost, "", True), check, waits))
        for item in stage.items:
            note = " · ".join(
                part for part in (item.when, PROGRESS_WORDS[item.progress][0]) if part
            )
            waits = ", ".join(after.get(item.id, []))
            price = Cell(item.price, "", True)
            rows.append((Cell(item.name, item.href), note, item.detail, price, "", waits))
    head = ("Stage or item", "When", "Choice", "Stated / itemised", "Check", "After")
    return table(head, rows)

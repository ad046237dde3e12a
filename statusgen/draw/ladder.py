"""The stage ladder: stages from top to bottom, their items beside them, the critical path.

A ladder that would be heavier than `LIMIT` shows fewer items of each stage, and a card that leads
to the others; the table beneath it always holds all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from statusgen.draw.cards import (
    NARROW_SIZES,
    PAD,
    WIDE_SIZES,
    Card,
    Row,
    Sizes,
    card,
    progress_fill,
    progress_word,
)
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.ladder_head import DISC, SPINE, StageHead
from statusgen.draw.metrics import ASCENT, clean, width
from statusgen.draw.model import Edge, Ladder, LadderItem, LadderStage
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Line,
    Mark,
    Point,
    Scene,
    Text,
)
from statusgen.words import Words

_STAGE_WIDTH, _STAGE_GAP = 172.0, 24.0
_ALONE = 440.0
"""The width of stages that have no items beside them."""
_ITEM_GAP, _ROW_GAP = 20.0, 26.0

LIMIT = 15_000
"""Bytes of a variant, from which on the ladder is shortened."""
_FEWER = (8, 6, 5, 4, 3, 2, 1, 0)


def draw_ladder(model: Ladder, prefix: str) -> Diagram:
    """Draw a ladder; ``prefix`` makes its ids unique on the page."""
    names = _names(model)
    parts = (model.title, _description(model))

    def drawn(shown: Ladder) -> Diagram:
        order = _order(shown, names)
        shown = _with_needs(shown, order)
        return diagram(prefix, *parts, _wide(shown, order), _narrow(shown, order), _table(model))

    made = drawn(model)
    longest = max((len(stage.items) for stage in model.stages), default=0)
    for most in (number for number in _FEWER if number < longest):
        if max(len(made.wide_svg.encode()), len(made.narrow_svg.encode())) <= LIMIT:
            break
        made = drawn(_shortened(model, most))
    return made


def _shortened(model: Ladder, most: int) -> Ladder:
    """Show the first ``most`` items of each stage, and how many there are besides."""
    stages = []
    into: dict[str, str] = {}
    for stage in model.stages:
        shown, others = stage.items[:most], stage.items[most:]
        name = model.words.say("drawings.and-more", count=len(others))
        rest = LadderItem(id=f"{stage.id}/more", name=name, href=stage.href)
        into |= {item.id: rest.id for item in others}
        if others and shown:
            stage = replace(stage, items=(*shown, rest))
        elif others:
            count = model.words.say("drawings.items", count=len(others))
            note = " · ".join(part for part in (stage.note, count) if part)
            stage = replace(stage, note=note, items=())
        stages.append(stage)
    # An arrow to what is not shown leads to the card that stands for it; one from there is told
    # in words, as every arrow that leaves the row.
    edges = tuple(replace(edge, target=into.get(edge.target, edge.target)) for edge in model.edges)
    steps = {(edge.source, edge.target) for edge in chained(tuple(stages))}
    kept = tuple(
        edge
        for edge in edges
        if edge.target not in into.values() or (edge.source, edge.target) in steps
    )
    return replace(model, stages=tuple(stages), edges=kept)


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


def _names(model: Ladder) -> dict[str, str]:
    names = {item.id: item.name for stage in model.stages for item in stage.items}
    return names | {stage.id: stage.name for stage in model.stages}


def _order(model: Ladder, names: Mapping[str, str]) -> _Order:
    neighbours = {(edge.source, edge.target) for edge in chained(model.stages)}
    shown, needs = {}, dict[str, tuple[str, ...]]()
    for edge in model.edges:
        if (edge.source, edge.target) in neighbours:
            shown[edge.source, edge.target] = edge
        elif edge.source in names and edge.target in names:
            needs[edge.target] = (*needs.get(edge.target, ()), names[edge.source])
    return _Order(shown, needs)


def _needs(order: _Order, identifier: str, words: Words) -> str:
    if identifier not in order.needs:
        return ""
    return words.say("drawings.needs", names=", ".join(order.needs[identifier]))


def _with_needs(model: Ladder, order: _Order) -> Ladder:
    """Tell on each stage's card what it waits for, where no arrow can."""
    stages = []
    for stage in model.stages:
        told = (stage.note, _needs(order, stage.id, model.words))
        stages.append(replace(stage, note=" · ".join(filter(None, told))))
    return replace(model, stages=tuple(stages))


def _legend(model: Ladder, size: float) -> tuple[list[Mark], float]:
    """Explain the heavy arrow where some arrows are heavy and some are not."""
    kinds = {edge.critical for edge in model.edges}
    if kinds != {True, False}:
        return [], 1.0
    y = size * ASCENT
    marks: list[Mark] = []
    x = 1.0
    for heavy, key in ((True, "critical-path"), (False, "can-wait")):
        words = model.words.say(f"drawings.{key}")
        marks.append(Line(((x, y - 4), (x + 28, y - 4)), "accent", arrow=True, heavy=heavy))
        marks.append(Text(x + 34, y, words, size, "muted"))
        x += 34 + width(words, size) + 20
    return marks, size * 2


def _item_card(item: LadderItem, room: float, sizes: Sizes, order: _Order, words: Words) -> Card:
    word, tone = progress_word(item.progress, words)
    when = " · ".join(part for part in (clean(item.when), word) if part)
    foot = Row(when, tone if word else "muted", clean(item.price))
    return card(
        room,
        sizes,
        item.name,
        (item.detail, _needs(order, item.id, words)),
        (foot,),
        progress_fill(item.progress),
        item.href,
        most=4,
    )


def _wide(model: Ladder, order: _Order) -> Scene:
    marks, y = _legend(model, WIDE_SIZES.small)
    arrows: list[Mark] = []
    most = max((len(stage.items) for stage in model.stages), default=0)
    stage_width = _STAGE_WIDTH if most else _ALONE
    left = 1 + _STAGE_WIDTH + _STAGE_GAP
    previous: tuple[str, float] | None = None
    for number, stage in enumerate(model.stages, 1):
        head = StageHead(stage, number, stage_width, WIDE_SIZES, model.words)
        # Fewer cards are wider: their names then need fewer lines, and no column stays empty.
        columns = 3 if len(stage.items) > 2 else 2
        room = (WIDE - 1 - left - (columns - 1) * _ITEM_GAP) // columns
        cards = [_item_card(i, room, WIDE_SIZES, order, model.words) for i in stage.items]
        chunks = [cards[at : at + columns] for at in range(0, len(cards), columns)]
        heights = [max(one.height for one in chunk) for chunk in chunks]
        height = max(head.height, sum(heights) + _ROW_GAP * (len(heights) - 1))
        if previous:
            arrows += order.line(previous[0], stage.id, _down(1 + SPINE, previous[1], y))
        tall = _even(head.height, heights[0]) if len(heights) == 1 else head.height
        marks += head.place(1, y, tall)
        bottom = y + tall
        boxes = [
            replace(box, height=_even(one.height, box.height))
            for one, box in zip(
                cards, _grid(left, y, room, heights, columns, len(cards)), strict=True
            )
        ]
        for one, box in zip(cards, boxes, strict=True):
            marks += one.place(box.x, box.y, box.height)
        arrows += _row_arrows(order, stage, Box(1, y, _STAGE_WIDTH, bottom - y), boxes)
        previous = (stage.id, bottom)
        y += height + _ROW_GAP
    return Scene(WIDE, y - _ROW_GAP + 1, (*marks, *arrows))


def _even(own: float, row: float) -> float:
    """Return the height of a card: as high as its row where it nearly is, and never half-empty."""
    return row if own < row <= own + WIDE_SIZES.step else own


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
            y = box.y + PAD + DISC
            points = ((before.right, y), (box.x, y))
        marks += order.line(source, item.id, points)
        before, source = box, item.id
    return marks


def _narrow(model: Ladder, order: _Order) -> Scene:
    marks, y = _legend(model, NARROW_SIZES.small)
    arrows: list[Mark] = []
    gap, left = 18.0, 40.0
    previous: tuple[str, float] | None = None
    for number, stage in enumerate(model.stages, 1):
        head = StageHead(stage, number, NARROW - 2, NARROW_SIZES, model.words)
        if previous:
            arrows += order.line(previous[0], stage.id, _down(1 + SPINE - 4, previous[1], y))
        marks += head.place(1, y, head.height)
        previous = (stage.id, y + head.height)
        y += head.height + gap
        source, above = stage.id, y - gap
        for item in stage.items:
            one = _item_card(item, NARROW - 1 - left, NARROW_SIZES, order, model.words)
            arrows += order.line(source, item.id, _down(left + 24, above, y))
            marks += one.place(left, y, one.height)
            source, above = item.id, y + one.height
            y += one.height + gap
        y += 4
    return Scene(NARROW, y - gap - 3, (*marks, *arrows))


def _description(model: Ladder) -> str:
    parts = [
        f"{number}. {stage.name}" + (f" ({stage.stated})" if stage.stated else "")
        for number, stage in enumerate(model.stages, 1)
    ]
    say = model.words.say
    return say("drawings.stages-in-order", count=len(model.stages), stages="; ".join(parts))


def _table(model: Ladder) -> str:
    names, say = _names(model), model.words.say
    after: dict[str, list[str]] = {}
    for edge in model.edges:
        if edge.source in names:
            name = names[edge.source]
            words = say("drawings.critical", name=name) if edge.critical else name
            after.setdefault(edge.target, []).append(words)
    rows: list[tuple[Cell | str, ...]] = []
    for stage in model.stages:
        check = stage.verdict.text if stage.verdict else ""
        word = progress_word(stage.progress, model.words)[0]
        note = " · ".join(part for part in (stage.note, word) if part)
        cost = " / ".join(part for part in (stage.stated, stage.itemised) if part)
        waits = ", ".join(after.get(stage.id, []))
        rows.append((Cell(stage.name, stage.href), note, "", Cell(cost, "", True), check, waits))
        for item in stage.items:
            word = progress_word(item.progress, model.words)[0]
            note = " · ".join(part for part in (item.when, word) if part)
            waits = ", ".join(after.get(item.id, []))
            price = Cell(item.price, "", True)
            rows.append((Cell(item.name, item.href), note, item.detail, price, "", waits))
    columns = ("stage-or-item", "when", "choice", "stated-itemised", "check", "after")
    return table([say(f"drawings.column-{name}") for name in columns], rows)

"""Where the edges of a crowded drawing may run: one street through the middle of each free gap.

A gap is what lies free between a box and whatever stands next to it. Streets cross the whole page;
a stretch between two crossings is shut where it would come near a node or a title, or run along
the rim of a frame. `statusgen.draw.arch_crowd` finds ways on them, `arch_lanes` parts the lines
that share one.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from statusgen.draw.arch_layout import Plan
from statusgen.draw.scene import Box

CLEAR = 6.0
"""Between a line and a box beside it."""
RIM = 4.0
"""Between a line and the rim of a frame along which it runs."""
LANE = 7.0
"""Between two lines side by side."""
_BROAD, _BESIDE = 52.0, 16.0
"""A gap wider than that has a street at each of its sides, so far from the box."""
_LEAST_GAP = 10.0
_MIDDLE_SLACK = 10.0
PAGE = -1
"""In place of the number of a group: outside of all."""
SHUT = math.inf


@dataclass(slots=True)
class Streets:
    """The streets and what each stretch between two crossings is like, by its left or upper end.

    A crossing's number is its row times the number of columns, plus its column.
    """

    xs: list[float]
    ys: list[float]
    flat: list[float] = field(default_factory=list)
    """What a level stretch costs: its length when empty, infinite when shut."""
    tall: list[float] = field(default_factory=list)
    flat_group: list[int] = field(default_factory=list)
    """The innermost group that a stretch touches, by its number, or `PAGE`."""
    tall_group: list[int] = field(default_factory=list)
    flat_lanes: list[float] = field(default_factory=list)
    """How many lines fit beside each other."""
    tall_lanes: list[float] = field(default_factory=list)


def turned(box: Box) -> Box:
    """Return a box with its axes exchanged, so that both are treated by the same rules."""
    return Box(box.y, box.x, box.height, box.width)


def streets(plan: Plan, numbers: Mapping[str, int]) -> Streets:
    """Lay streets through a plan; ``numbers``: those of its groups."""
    upright = {one: turned(box) for one, box in plan.boxes.items()}
    around = {one: set(plan.ancestors(one)) for one in plan.boxes}
    made = Streets(_lines(plan.boxes, around, plan.width), _lines(upright, around, plan.height))
    groups = sorted(numbers, key=lambda one: (len(around[one]), numbers[one]))
    frames = [(numbers[one], plan.boxes[one]) for one in groups]
    solid = solids(plan)
    count = len(made.xs) * len(made.ys)
    wide = len(made.xs)

    # Both kinds of stretch by the same code: for level ones the axes are exchanged.
    tall = _stretches(made.xs, made.ys, solid, frames)
    flat = _stretches(
        made.ys, made.xs, [turned(b) for b in solid], [(n, turned(b)) for n, b in frames]
    )
    # What leads off the last column or row is shut, so that a search need not ask for the end.
    made.tall, made.tall_group, made.tall_lanes = ([SHUT] * count, [PAGE] * count, [1.0] * count)
    made.flat, made.flat_group, made.flat_lanes = ([SHUT] * count, [PAGE] * count, [1.0] * count)
    for (x, y), (price, group, lanes) in tall.items():
        at = y * wide + x
        made.tall[at], made.tall_group[at], made.tall_lanes[at] = price, group, lanes
    for (y, x), (price, group, lanes) in flat.items():
        at = y * wide + x
        made.flat[at], made.flat_group[at], made.flat_lanes[at] = price, group, lanes
    return made


def solids(plan: Plan) -> list[Box]:
    """Return what no edge may pass: nodes and titles."""
    nodes = [box for one, box in plan.boxes.items() if one not in plan.header_boxes]
    return nodes + [box for box in plan.header_boxes.values() if box.width]


def _lines(boxes: Mapping[str, Box], around: Mapping[str, set[str]], limit: float) -> list[float]:
    """Return the places of streets across one axis, narrow gaps served first."""
    wished: list[tuple[float, float, float]] = []  # how far it may be moved, where, the gap
    for name, box in boxes.items():
        low, high = _free(name, boxes, around, limit)
        for near, far in ((box.x, low), (box.right, high)):
            gap = abs(far - near)
            if gap < _LEAST_GAP:
                continue
            if gap <= _BROAD:
                wished.append((gap / 2 - CLEAR, (near + far) / 2, gap))
            else:
                step = math.copysign(_BESIDE, far - near)
                wished += [(_BESIDE - CLEAR, near + step, gap), (_BESIDE - CLEAR, far - step, gap)]
        wished.append((_MIDDLE_SLACK, box.centre[0], 0.0))
    kept: list[float] = []
    for slack, place, _ in sorted({(max(s, 0.5), round(p, 1), g) for s, p, g in wished}):
        at = bisect_left(kept, place)
        if all(abs(one - place) > slack for one in kept[max(at - 1, 0) : at + 1]):
            insort(kept, place)
    return kept


def _free(
    name: str, boxes: Mapping[str, Box], around: Mapping[str, set[str]], limit: float
) -> tuple[float, float]:
    """Return up to where it is free before and behind a box."""
    box, low, high = boxes[name], 0.0, limit
    for other, there in boxes.items():
        if there.y >= box.bottom or there.bottom <= box.y or other == name:
            continue
        if other in around[name]:
            low, high = max(low, there.x), min(high, there.right)
        elif name in around[other]:
            continue
        elif there.x >= box.right:
            high = min(high, there.x)
        elif there.right <= box.x:
            low = max(low, there.right)
    return low, high


def _stretches(
    across: list[float], along: list[float], solid: list[Box], frames: list[tuple[int, Box]]
) -> dict[tuple[int, int], tuple[float, int, float]]:
    """Return price, group and lanes of the upright stretches, by column and row."""
    made: dict[tuple[int, int], tuple[float, int, float]] = {}
    for row in range(len(along) - 1):
        top, bottom = along[row], along[row + 1]
        walls = [b for b in solid if b.y - CLEAR < bottom and b.bottom + CLEAR > top]
        over = [(n, b) for n, b in frames if b.y < bottom and b.bottom > top]
        rims = [x for _, b in over for x in (b.x, b.right)]
        edges = sorted([x for b in walls for x in (b.x, b.right)] + rims)
        spans = sorted((b.x - CLEAR, b.right + CLEAR) for b in walls)
        spans = _joined([*spans, *((x - RIM, x + RIM) for x in rims)])
        starts = [low for low, _ in spans]
        for column, x in enumerate(across):
            inside = bisect_left(starts, x) - 1
            price = bottom - top
            if inside >= 0 and x < spans[inside][1]:
                price = SHUT
            group, nested = PAGE, list[Box]()
            for number, box in over:  # the outer ones come first
                if box.x < x < box.right:
                    if nested and not nested[-1].holds(box):
                        price = SHUT  # from one into its neighbour: no gap was found between
                    group = number
                    nested.append(box)
            at = bisect_right(edges, x)
            left = edges[at - 1] if at else 0.0
            right = edges[at] if at < len(edges) else left + 60.0
            lanes = max(1.0, (right - left - 2 * RIM) / LANE)
            made[column, row] = (price, group, lanes)
    return made


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join spans that overlap, so that one look tells whether a place lies in any."""
    kept: list[tuple[float, float]] = []
    for low, high in sorted(spans):
        if kept and low < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], high))
        else:
            kept.append((low, high))
    return kept

"""Where the labels of edges stand: on their lines, clear of whatever else is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from statusgen.draw.arch_layout import Plan
from statusgen.draw.arch_route import Route
from statusgen.draw.metrics import ASCENT, DESCENT, fit, width
from statusgen.draw.metrics import clean as clean_text
from statusgen.draw.model import Edge
from statusgen.draw.scene import Box, Point


@dataclass(frozen=True, slots=True)
class Label:
    """An edge's label with the room it takes; ``box`` is None where it found no place."""

    edge: Edge
    text: str
    box: Box | None


def labels(plan: Plan, routes: list[Route], size: float, strict: bool) -> list[Label]:
    """Place labels on their lines, clear of boxes, titles, each other and other edges.

    Unless ``strict``, one that finds no such place may lie over another edge.
    """
    taken = [box for one, box in plan.boxes.items() if one not in plan.header_boxes]
    taken += list(plan.header_boxes.values())
    frames = [plan.boxes[one] for one in plan.header_boxes]
    placed: list[Label] = []
    for here in routes:
        if not here.edge.label:
            continue
        text = fit(clean_text(here.edge.label), plan.width * 0.55, size)
        wide, tall = width(text, size) + 8, (ASCENT + DESCENT) * size + 2
        others = [r for r in routes if r is not here]
        box = None
        for forgiving in (False,) if strict else (False, True):
            for spot in _spots(here.points, wide, tall):
                good = not any(spot.meets(b.grown(2)) for b in taken)
                good = good and spot.x >= 1 and spot.right <= plan.width - 1
                good = good and spot.y >= 1 and spot.bottom <= plan.height - 1
                good = good and not any(_cuts(frame, spot) for frame in frames)
                if good and (forgiving or not any(_runs(r.points, spot.grown(2)) for r in others)):
                    box = spot
                    break
            if box:
                break
        if box:
            taken.append(box)
        placed.append(Label(here.edge, text, box))
    return placed


_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75)
"""How far along a stretch a label may lie, the middle first."""


def _spots(points: tuple[Point, ...], wide: float, tall: float) -> Iterable[Box]:
    """Yield places on a route, on its longest stretches first, then beside those that stand.

    Arrowheads stay free. A label beside a line may as well be that of the next one.
    """
    beside: list[Box] = []
    stretches = sorted(
        pairwise(points), key=lambda s: -(abs(s[0][0] - s[1][0]) + abs(s[0][1] - s[1][1]))
    )
    for (x1, y1), (x2, y2) in stretches:
        level = abs(y1 - y2) < 0.1
        need = wide + 22 if level else tall + 16
        if abs(x1 - x2) + abs(y1 - y2) < need:
            continue
        for share in _SHARES:
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            yield Box(x - wide / 2, y - tall / 2, wide, tall)
        if not level:
            for share in _SHARES:
                top = y1 + (y2 - y1) * share - tall / 2
                beside += (Box(x, top, wide, tall) for x in (x1 + 6, x1 - 6 - wide))
    yield from beside


def _cuts(frame: Box, spot: Box) -> bool:
    """Say whether a label would lie on a group's frame."""
    return frame.meets(spot.grown(2)) and not frame.holds(spot.grown(2))


def _runs(points: tuple[Point, ...], box: Box) -> bool:
    """Say whether a route passes through a box."""
    for (x1, y1), (x2, y2) in pairwise(points):
        beside = max(x1, x2) <= box.x + 0.01 or min(x1, x2) >= box.right - 0.01
        if not beside and max(y1, y2) > box.y + 0.01 and min(y1, y2) < box.bottom - 0.01:
            return True
    return False

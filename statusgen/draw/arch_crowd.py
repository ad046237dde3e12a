"""Crowded drawings: lines on streets, and as much room between the parts as the lines need.

A first try shows where lines lack room; the parts are then laid out with more of it, there only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from statusgen.draw.arch_lanes import Want, part
from statusgen.draw.arch_layout import Give, Plan, place
from statusgen.draw.arch_route import Route, simple
from statusgen.draw.arch_ways import ways
from statusgen.draw.cards import Sizes
from statusgen.draw.model import Architecture, Edge

MANY_BOXES, MANY_EDGES = 24, 24
"""With more than these a drawing is crowded."""
STEPS = 1_000_000
"""Crossings looked at for one drawing, in all tries."""
_TRIES = 3
_WORDS = 18.0
_FEW = 2.0
"""With fewer px of lines too near to each other than that, for each edge, no room is added."""
_SIDES = 0.16
"""Up to this share of the page is given to lines, at each side."""
_MOST_ABOVE = 160.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """A crowded drawing, laid out."""

    plan: Plan
    routes: list[Route]
    mixed: bool
    """Whether some lines run so near to others that they are not told apart."""


def crowd(
    model: Architecture, edges: Sequence[Edge], room: float, sizes: Sizes, right: bool
) -> Crowd:
    """Lay out parts and lines, with room for words in the gaps that edges with words cross."""
    give, left = Give(extra=_WORDS, homeless=frozenset(one for one in edges if one.label)), STEPS
    best: tuple[tuple[int, float], Crowd] | None = None
    for _ in range(_TRIES):
        plan = place(model, room, sizes, right, give)
        found = ways(plan, edges, left)
        lanes = part(plan, edges, found.lines)
        left -= found.steps
        lines = zip(edges, lanes.lines, strict=True)
        routes = [Route(edge, simple(list(points))) for edge, points in lines]
        mixed = found.plain > 0 or lanes.tight > 0
        rank = (found.plain, lanes.tight)
        if best is None or rank < best[0]:
            best = (rank, Crowd(plan, routes, mixed))
        if rank <= (0, _FEW * len(edges)) or left < found.steps:
            break
        give = _more(plan, give, lanes.wants, room)
    assert best is not None
    return best[1]


def _more(plan: Plan, give: Give, wants: Sequence[Want], room: float) -> Give:
    """Return what to give next time, so that each line that lacked room finds it."""
    outer = max((want.short for want in wants if want.upright and want.outer), default=0.0)
    above = dict(give.above)
    gaps = _gaps(plan)
    asked: dict[tuple[str, ...], float] = {}
    for want in wants:
        if want.upright:
            continue
        over = [
            (bottom - top, row) for row, (top, bottom) in gaps.items() if top <= want.at <= bottom
        ]
        if over:
            _, row = min(over)
            asked[row] = max(asked.get(row, 0.0), want.short)
    for row, px in asked.items():
        above[row] = min(above.get(row, 0.0) + px, _MOST_ABOVE)
    sides = min(give.sides + outer / 2 + (1 if outer else 0), _SIDES * room)
    return replace(give, sides=sides, above=above)


def _gaps(plan: Plan) -> dict[tuple[str, ...], tuple[float, float]]:
    """Return, for each row but the first of its container, from where to where the gap above is."""
    found: dict[tuple[str, ...], tuple[float, float]] = {}
    last: dict[str, float] = {}
    for row in plan.rows:
        around = plan.parents[row[0]]
        if around in last:
            found[row] = (last[around], min(plan.boxes[one].y for one in row))
        last[around] = max(plan.boxes[one].bottom for one in row)
    return found

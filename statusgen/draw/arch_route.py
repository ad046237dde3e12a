"""How edges run: right-angled, around nodes and titles, shortest first (A* on a sparse grid).

The grid's lines pass beside every box at two distances and through the ports of the edge at hand.
Bends, crossings and shared stretches cost; boxes cannot be passed at all.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from statusgen.draw.arch_layout import Plan
from statusgen.draw.model import Edge
from statusgen.draw.scene import Box, Point

STUB = 12.0
"""Straight stretch at each end, room for the arrowhead."""
_CLEAR = 6.0
_BEND, _CROSS, _SHARE, _WRONG_SIDE = 34.0, 40.0, 8.0, 95.0
_OFF_CENTRE, _OFF_MOST = 1.2, 24.0
_SIDES = {"down": (0, 1), "up": (0, -1), "right": (1, 0), "left": (-1, 0)}
WAYS = tuple(_SIDES.values())
ONWARD = tuple(tuple(turn for turn, other in enumerate(WAYS) if other != (-x, -y)) for x, y in WAYS)
"""By a way's number, those that go on from it: all but the one back."""
STEPS = 60_000
"""Crossings looked at for one drawing; one that needs more is crowded."""
_UNKNOWN = -1.0
"""In place of a price that nobody asked for yet."""
_Left = tuple[float, int]


@dataclass(frozen=True, slots=True)
class Route:
    """An edge with the points it runs through."""

    edge: Edge
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Port:
    """A place on a box's rim, the point before it, and what it costs to use it."""

    rim: Point
    stub: Point
    way: tuple[int, int]
    cost: float


@dataclass(slots=True)
class _Used:
    """Stretches and ports that earlier routes took."""

    flat: list[tuple[float, float, float]] = field(default_factory=list)
    """y, from x, to x; sorted, as the next."""
    tall: list[tuple[float, float, float]] = field(default_factory=list)
    """x, from y, to y."""
    ports: list[Point] = field(default_factory=list)
    steps: int = 0
    """How many crossings were looked at."""

    def add(self, points: tuple[Point, ...]) -> None:
        for (x1, y1), (x2, y2) in pairwise(points):
            if abs(y1 - y2) < 0.1:
                insort(self.flat, (y1, min(x1, x2), max(x1, x2)))
            else:
                insort(self.tall, (x1, min(y1, y2), max(y1, y2)))
        self.ports += [points[0], points[-1]]

    def price(self, a: Point, b: Point) -> float:
        """Return what the stretch from a to b costs beyond its length."""
        level = abs(a[1] - b[1]) < 0.1
        along, across = (self.flat, self.tall) if level else (self.tall, self.flat)
        at, (low, high) = (a[1], sorted((a[0], b[0]))) if level else (a[0], sorted((a[1], b[1])))
        total = 0.0
        for index in range(bisect_left(along, (at - 6,)), len(along)):
            other, start, end = along[index]
            if other - at >= 6:
                break
            if at - other < 6:
                total += _SHARE * max(0.0, min(high, end) - max(low, start))
        for index in range(bisect_left(across, (low,)), len(across)):
            other, start, end = across[index]
            if other > high:
                break
            if low < other and start < at < end:
                total += _CROSS
        return total


def route(plan: Plan, edges: Iterable[Edge], right: bool) -> list[Route] | None:
    """Route every edge, short ones first; the result is in the order given.

    None where that takes more than `STEPS`: the drawing is crowded (`statusgen.draw.arch_crowd`).
    """
    given = list(edges)

    def reach(edge: Edge) -> float:
        one, two = plan.boxes[edge.source].centre, plan.boxes[edge.target].centre
        return abs(one[0] - two[0]) + abs(one[1] - two[1])

    used, found = _Used(), dict[int, Route]()
    for number in sorted(range(len(given)), key=lambda at: (reach(given[at]), at)):
        edge = given[number]
        points = _path(plan, edge, right, used)
        if used.steps > STEPS:
            return None
        used.add(points)
        found[number] = Route(edge, points)
    return [found[number] for number in range(len(given))]


def obstacles(plan: Plan, edge: Edge) -> list[Box]:
    """Return what an edge may not pass: nodes, titles, and groups that hold neither end."""
    around = {*plan.ancestors(edge.source), *plan.ancestors(edge.target)}
    walls = [box for one, box in plan.boxes.items() if one not in around]
    return walls + [box for one, box in plan.header_boxes.items() if one in around]


def _ports(
    plan: Plan, this: str, other: str, right: bool, leaving: bool, used: _Used
) -> list[_Port]:
    box, far = plan.boxes[this], plan.boxes[other]
    best = ("right" if leaving else "left") if right else ("down" if leaving else "up")
    found: list[_Port] = []
    for side, way in _SIDES.items():
        upright = way[0] == 0
        start, length = (box.x, box.width) if upright else (box.y, box.height)
        middle = start + length / 2
        spots = [middle, *(middle + step * sign for step in (16, 32, 48) for sign in (-1, 1))]
        spots += _common(box, far, upright)
        for spot in sorted({round(s, 1) for s in spots if start + 7 <= s <= start + length - 7}):
            if upright:
                rim = (spot, box.bottom if way[1] > 0 else box.y)
            else:
                rim = (box.right if way[0] > 0 else box.x, spot)
            stub = (rim[0] + way[0] * STUB, rim[1] + way[1] * STUB)
            cost = min(_OFF_CENTRE * abs(spot - middle), _OFF_MOST)
            cost += 0 if side == best else _WRONG_SIDE
            near = [p for p in used.ports if abs(p[0] - rim[0]) + abs(p[1] - rim[1]) < 12]
            found.append(_Port(rim, stub, way, cost + 90 * len(near)))
    return found


def _common(one: Box, two: Box, upright: bool) -> list[float]:
    """Return places where a straight line joins both boxes; the same whichever comes first."""
    if upright:
        low, high = max(one.x, two.x) + 14, min(one.right, two.right) - 14
    else:
        low, high = max(one.y, two.y) + 10, min(one.bottom, two.bottom) - 10
    return [low, (low + high) / 2, high] if low <= high else []


def _axis(values: Iterable[float], limit: float) -> list[float]:
    """Return sorted grid coordinates on the page, those closer than a px joined."""
    kept: list[float] = []
    for value in sorted(values):
        if 2 <= value <= limit - 2 and (not kept or value - kept[-1] >= 1.0):
            kept.append(value)
    return kept


def _path(plan: Plan, edge: Edge, right: bool, used: _Used) -> tuple[Point, ...]:
    starts = _ports(plan, edge.source, edge.target, right, True, used)
    ends = _ports(plan, edge.target, edge.source, right, False, used)
    walls = [box.grown(_CLEAR) for box in obstacles(plan, edge)]
    starts = [port for port in starts if not _inside(port.stub, walls, plan)]
    ends = [port for port in ends if not _inside(port.stub, walls, plan)]
    one, two = plan.boxes[edge.source], plan.boxes[edge.target]
    found = _search(*_grid(plan, starts, ends), starts, ends, walls, used)
    # Boxed in: a straight line is better than none.
    return simple(found) if found is not None else elbow(one, two)


def _grid(plan: Plan, starts: list[_Port], ends: list[_Port]) -> tuple[list[float], list[float]]:
    """Return the lines along which an edge may run."""
    boxes = plan.boxes.values()
    steps = (STUB, STUB + 9)
    xs = [x for b in boxes for s in steps for x in (b.x - s, b.right + s)]
    ys = [y for b in boxes for s in steps for y in (b.y - s, b.bottom + s)]
    exact_x = {port.stub[0] for port in starts + ends}
    exact_y = {port.stub[1] for port in starts + ends}
    xs = [x for x in xs if not _close(x, exact_x)]
    ys = [y for y in ys if not _close(y, exact_y)]
    grid_x = sorted({*_axis(xs, plan.width), *exact_x})
    return grid_x, sorted({*_axis(ys, plan.height), *exact_y})


def _close(value: float, exact: set[float]) -> bool:
    return any(abs(value - one) < 1.0 for one in exact)


def _inside(point: Point, walls: list[Box], plan: Plan) -> bool:
    x, y = point
    if not (1 <= x <= plan.width - 1 and 1 <= y <= plan.height - 1):
        return True
    return any(w.x < x < w.right and w.y < y < w.bottom for w in walls)


def elbow(one: Box, two: Box) -> tuple[Point, ...]:
    """Return the way from the foot of one box to the top of another, whatever lies between."""
    (x1, _), (x2, _) = one.centre, two.centre
    middle = (one.bottom + two.y) / 2
    return simple([(x1, one.bottom), (x1, middle), (x2, middle), (x2, two.y)])


@dataclass(slots=True)
class _Prices:
    """What each stretch of the grid costs, worked out once; by the stretch's left or upper end."""

    xs: list[float]
    ys: list[float]
    used: _Used
    flat: list[float]
    tall: list[float]

    @classmethod
    def of_grid(cls, xs: list[float], ys: list[float], walls: list[Box], used: _Used) -> _Prices:
        """Begin with the stretches that run through a wall: nothing passes there."""
        wide = len(xs)
        flat, tall = [_UNKNOWN] * (wide * len(ys)), [_UNKNOWN] * (wide * len(ys))
        for wall in walls:
            left, right = bisect_right(xs, wall.x + 0.01), bisect_left(xs, wall.right - 0.01)
            top, bottom = bisect_right(ys, wall.y + 0.01), bisect_left(ys, wall.bottom - 0.01)
            first, count = max(left - 1, 0), right - max(left - 1, 0)
            for y in range(top, bottom):
                flat[y * wide + first : y * wide + right] = [math.inf] * count
            for y in range(max(top - 1, 0), bottom):
                tall[y * wide + left : y * wide + right] = [math.inf] * (right - left)
        return cls(xs, ys, used, flat, tall)

    def of(self, at: int, level: bool) -> float:
        """Return the price of a stretch; infinite through a wall."""
        known = self.flat if level else self.tall
        if known[at] >= 0:
            return known[at]
        y, x = divmod(at, len(self.xs))
        a, b = (self.xs[x], self.ys[y]), (self.xs[x + level], self.ys[y + (not level)])
        price = b[0] - a[0] + b[1] - a[1] + self.used.price(a, b)
        known[at] = price
        return price


def sides_left(xs: list[float], ys: list[float], around: Box) -> tuple[list[_Left], list[_Left]]:
    """Return, for each line of the grid, how far it is to ``around`` and on which side."""

    def left(values: list[float], low: float, high: float) -> list[_Left]:
        return [(max(low - v, v - high, 0.0), (v < low) - (v > high)) for v in values]

    return left(xs, around.x, around.right), left(ys, around.y, around.bottom)


def _turns_left(way: tuple[int, int], across: int, down: int) -> int:
    """Return how many bends a way has before it at least, to what lies on those sides."""
    needed = [one for one in ((across, 0), (0, down)) if one != (0, 0)]
    if not needed:
        return 0
    if way in needed:
        return len(needed) - 1
    return 2 if len(needed) == 2 or (-way[0], -way[1]) in needed else 1


BENDS = [
    [_BEND * _turns_left(way, across, down) for across in (0, 1, -1) for down in (0, 1, -1)]
    for way in WAYS
]


def _search(
    xs: list[float],
    ys: list[float],
    starts: list[_Port],
    ends: list[_Port],
    walls: list[Box],
    used: _Used,
) -> list[Point] | None:
    """Return the cheapest way from any start to any end, rim to rim; None where there is none.

    A state is a crossing of the grid with the way it was reached by, as one number.
    """
    wide, high = len(xs), len(ys)

    def state(port: _Port, way: tuple[int, int]) -> int:
        return (ys.index(port.stub[1]) * wide + xs.index(port.stub[0])) * 4 + WAYS.index(way)

    goals = {state(p, (-p.way[0], -p.way[1])): p for p in ends}
    prices = _Prices.of_grid(xs, ys, walls, used)
    # A lower bound of what is left: the way to the rectangle around all ends, and its bends.
    rest_x, rest_y = sides_left(xs, ys, hull([port.stub for port in ends]))
    queue: list[tuple[float, int, float, int]] = []
    came, best, count = dict[int, int | _Port](), dict[int, float](), 0

    def reach(to: int, cost: float, back: int | _Port) -> None:
        nonlocal count
        best[to], came[to] = cost, back
        count += 1
        y, x = divmod(to >> 2, wide)
        (far_x, across), (far_y, down) = rest_x[x], rest_y[y]
        total = cost + far_x + far_y + BENDS[to & 3][across % 3 * 3 + down % 3]
        heapq.heappush(queue, (total, count, cost, to))

    for port in starts:
        if port.cost < best.get(first := state(port, port.way), math.inf):
            reach(first, port.cost, port)
    final: tuple[float, int, _Port] | None = None
    while queue and used.steps <= STEPS:
        used.steps += 1
        total, _, cost, here = heapq.heappop(queue)
        if final and total >= final[0]:
            break
        if cost > best[here]:
            continue
        at, way = here >> 2, here & 3
        y, x = divmod(at, wide)
        for turn in ONWARD[way]:
            so_far = cost if turn == way else cost + _BEND
            goal = goals.get(at * 4 + turn)
            if goal and (final is None or so_far + goal.cost < final[0]):
                final = (so_far + goal.cost, here, goal)
            dx, dy = WAYS[turn]
            after = at + dx + dy * wide
            if not (0 <= x + dx < wide and 0 <= y + dy < high):
                continue
            new = so_far + prices.of(min(at, after), dy == 0)
            if new < best.get(after * 4 + turn, math.inf):
                reach(after * 4 + turn, new, here)
    return None if final is None else _walk(final[1], final[2], came, xs, ys)


def hull(points: list[Point]) -> Box:
    """Return the smallest box around points."""
    if not points:
        return Box(0, 0, 0, 0)
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def _walk(
    state: int, end: _Port, came: dict[int, int | _Port], xs: list[float], ys: list[float]
) -> list[Point]:
    points: list[Point] = [end.rim]
    at: int | _Port = state
    while isinstance(at, int):
        y, x = divmod(at >> 2, len(xs))
        points.append((xs[x], ys[y]))
        at = came[at]
    return [*points, at.rim][::-1]


def simple(points: list[Point]) -> tuple[Point, ...]:
    """Drop points that do not turn."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) + abs(kept[-1][1] - point[1]) < 0.05:
            continue
        while len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _straight(a: Point, b: Point, c: Point) -> bool:
    return (abs(a[0] - b[0]) < 0.05 and abs(b[0] - c[0]) < 0.05) or (
        abs(a[1] - b[1]) < 0.05 and abs(b[1] - c[1]) < 0.05
    )

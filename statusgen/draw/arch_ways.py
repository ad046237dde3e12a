"""Which way each edge of a crowded drawing takes on the streets (A*), lines before it minded.

A way is cheap where it is short, with few bends and crossings, and where few lines run already.
The work is bounded by counted steps, never by a clock; when they are used up, what is left follows
one tree of open streets, which leads everywhere without any search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from statusgen.draw.arch_lanes import RIM_ROOM
from statusgen.draw.arch_layout import Plan
from statusgen.draw.arch_route import BENDS, ONWARD, WAYS, elbow, hull, sides_left, simple
from statusgen.draw.arch_streets import CLEAR, SHUT, Streets, solids, streets
from statusgen.draw.model import Edge
from statusgen.draw.scene import Box, Point

_BEND, _CROSS = 34.0, 14.0
_ASIDE, _AWAY, _WORN = 30.0, 80.0, 5.0
"""Leaving a box by a side that faces sideways or away; and for each line that does so already."""
_FULL, _OVERFULL = 0.5, 3.0
"""What each px costs more in a street that is full, and for each line too many."""
_STUB = 8.0
_STRAIGHT = 10.0
"""So broad must two boxes overlap to be joined by a straight line."""


@dataclass(frozen=True, slots=True)
class _Port:
    """A side of a box with the first crossing before it."""

    rim: Point
    at: int
    way: int
    length: float


@dataclass(slots=True)
class Town:
    """A plan with its streets, and the lines that run there already."""

    plan: Plan
    net: Streets = field(init=False)
    numbers: dict[str, int] = field(init=False)
    solid: list[Box] = field(init=False)
    left: int
    """Steps that may still be taken."""
    lines: dict[bool, list[int]] = field(init=False)
    """How many lines run on each level and on each upright stretch."""
    through: dict[bool, list[int]] = field(init=False)
    """How many lines cross each crossing straight on, level and upright."""
    length: dict[bool, list[float]] = field(init=False)
    ports: dict[str, list[_Port]] = field(default_factory=dict)
    worn: dict[tuple[str, int], int] = field(default_factory=dict)
    tree: list[int] = field(default_factory=list)
    """For each crossing the next one on the plain way to the middle; itself there."""

    def __post_init__(self) -> None:
        self.numbers = {one: number for number, one in enumerate(self.plan.header_boxes)}
        self.net = streets(self.plan, self.numbers)
        self.solid = solids(self.plan)
        count = len(self.net.flat)
        self.lines = {True: [0] * count, False: [0] * count}
        self.through = {True: [0] * count, False: [0] * count}
        self.length = {True: self.net.flat[:], False: self.net.tall[:]}

    def point(self, at: int) -> Point:
        """Return where a crossing lies."""
        y, x = divmod(at, len(self.net.xs))
        return self.net.xs[x], self.net.ys[y]

    def sides(self, box_of: str) -> list[_Port]:
        """Return the sides of a box from which a street can be reached."""
        if box_of not in self.ports:
            found = (self._side(self.plan.boxes[box_of], way) for way in range(4))
            self.ports[box_of] = [port for port in found if port]
        return self.ports[box_of]

    def _side(self, box: Box, way: int) -> _Port | None:
        dx, dy = WAYS[way]
        xs, ys = self.net.xs, self.net.ys
        if dy:
            column = _nearest(xs, box.centre[0], box.x + RIM_ROOM, box.right - RIM_ROOM)
            rim = box.bottom if dy > 0 else box.y
            row = _beyond(ys, rim, dy)
        else:
            row = _nearest(ys, box.centre[1], box.y + RIM_ROOM, box.bottom - RIM_ROOM)
            rim = box.right if dx > 0 else box.x
            column = _beyond(xs, rim, dx)
        if column is None or row is None:
            return None
        end = (xs[column], ys[row])
        start = (end[0], rim) if dy else (rim, end[1])
        stub = hull([start, end]).grown(CLEAR - 0.5)
        own = box.grown(0.5)
        if any(stub.meets(one) and not own.holds(one) for one in self.solid):
            return None
        far = abs(end[0] - start[0]) + abs(end[1] - start[1])
        return _Port(start, row * len(xs) + column, way, far)

    def take(self, crossings: Sequence[int]) -> None:
        """Remember that a line runs along these crossings."""
        wide = len(self.net.xs)
        before: int | None = None
        for one, two in pairwise(crossings):
            level = abs(one - two) < wide
            at = min(one, two)
            lines = self.lines[level]
            lines[at] += 1
            lanes = (self.net.flat_lanes if level else self.net.tall_lanes)[at]
            more = _FULL * lines[at] / lanes + _OVERFULL * max(0.0, lines[at] + 1 - lanes)
            priced = self.net.flat if level else self.net.tall
            priced[at] = self.length[level][at] * (1 + more)
            if before is not None and one - before == two - one:
                self.through[level][one] += 1
            before = one


def _nearest(places: list[float], wish: float, low: float, high: float) -> int | None:
    """Return the number of the place nearest to a wish within bounds."""
    inside = [at for at, one in enumerate(places) if low <= one <= high]
    return min(inside, key=lambda at: (abs(places[at] - wish), at), default=None)


def _beyond(places: list[float], rim: float, step: int) -> int | None:
    """Return the number of the first place that leaves room for an arrowhead before a rim."""
    found = [at for at, one in enumerate(places) if (one - rim) * step >= _STUB]
    return (min(found) if step > 0 else max(found)) if found else None


@dataclass(frozen=True, slots=True)
class Ways:
    """The points of every edge, in the order given."""

    lines: list[tuple[Point, ...]]
    plain: int
    """How many took the plain way, which others may share."""
    steps: int
    """How many crossings were looked at."""


def ways(plan: Plan, edges: Sequence[Edge], steps: int) -> Ways:
    """Find a way for every edge, short ones first, in at most so many steps."""
    town = Town(plan, left=steps)
    found: dict[int, tuple[Point, ...]] = {}
    plain = 0

    def reach(edge: Edge) -> float:
        one, two = plan.boxes[edge.source].centre, plan.boxes[edge.target].centre
        return abs(one[0] - two[0]) + abs(one[1] - two[1])

    for number in sorted(range(len(edges)), key=lambda at: (reach(edges[at]), at)):
        edge = edges[number]
        points = _straight(town, edge) or _searched(town, edge)
        if points is None:
            points, plain = _plain(town, edge), plain + 1
        found[number] = points
    return Ways([found[number] for number in range(len(edges))], plain, steps - town.left)


def _allowed(town: Town, edge: Edge) -> list[bool]:
    """Return by a group's number whether an edge may run through it; last, at `PAGE`, the page."""
    inside = {*town.plan.ancestors(edge.source), *town.plan.ancestors(edge.target)}
    return [*(one in inside for one in town.numbers), True]


def _straight(town: Town, edge: Edge) -> tuple[Point, ...] | None:
    """Return a straight line between two boxes that face each other with nothing between."""
    one, two = town.plan.boxes[edge.source], town.plan.boxes[edge.target]
    low, high = max(one.x, two.x) + RIM_ROOM, min(one.right, two.right) - RIM_ROOM
    level = False
    if high - low < _STRAIGHT:
        level = True
        low, high = max(one.y, two.y) + RIM_ROOM, min(one.bottom, two.bottom) - RIM_ROOM
    if high - low < 0:
        return None
    middle = (low + high) / 2
    if level:
        ends = (one.right, two.x) if two.x >= one.right else (one.x, two.right)
        line = ((ends[0], middle), (ends[1], middle))
    else:
        ends = (one.bottom, two.y) if two.y >= one.bottom else (one.y, two.bottom)
        line = ((middle, ends[0]), (middle, ends[1]))
    if abs(ends[0] - ends[1]) < _STUB:
        return None
    room = hull(list(line)).grown(CLEAR - 0.5)
    owns = (one.grown(0.5), two.grown(0.5))
    inside = {*town.plan.ancestors(edge.source), *town.plan.ancestors(edge.target)}
    walls = [*town.solid, *(town.plan.boxes[g] for g in town.numbers if g not in inside)]
    if any(room.meets(wall) and not any(own.holds(wall) for own in owns) for wall in walls):
        return None
    _settle(town, line, level)
    _wear(town, edge, line)
    return line


def _settle(town: Town, line: tuple[Point, Point], level: bool) -> None:
    """Count a straight line among those of the street next to it."""
    along, across = (town.net.xs, town.net.ys) if level else (town.net.ys, town.net.xs)
    low, high = sorted((line[0][not level], line[1][not level]))
    place = line[0][level]
    beside = min(range(len(across)), key=lambda at: (abs(across[at] - place), at), default=0)
    wide = len(town.net.xs)
    row = [at for at, one in enumerate(along) if low <= one <= high]
    town.take([beside * wide + at if level else at * wide + beside for at in row])


def _wear(town: Town, edge: Edge, points: tuple[Point, ...]) -> None:
    """Remember by which sides an edge leaves and arrives."""
    for name, (a, b) in ((edge.source, points[:2]), (edge.target, points[:-3:-1])):
        dx, dy = b[0] - a[0], b[1] - a[1]
        way = WAYS.index(((dx > 0.1) - (dx < -0.1), (dy > 0.1) - (dy < -0.1)))
        town.worn[name, way] = town.worn.get((name, way), 0) + 1


def _prices(town: Town, this: str, other: str) -> list[tuple[_Port, float]]:
    """Return the sides of a box, each with what it costs to use it towards another one."""
    box, far = town.plan.boxes[this], town.plan.boxes[other]
    (x, y), (there_x, there_y) = box.centre, far.centre
    if far.y >= box.bottom or far.bottom <= box.y:
        facing = (0, 1 if there_y > y else -1)
    else:
        facing = (1 if there_x > x else -1, 0)
    found = []
    for port in town.sides(this):
        dx, dy = WAYS[port.way]
        toward = dx * facing[0] + dy * facing[1]
        cost = 0.0 if toward > 0 else _AWAY if toward < 0 else _ASIDE
        side = box.width if dy else box.height
        worn = town.worn.get((this, port.way), 0)
        cost += _WORN * worn + (_AWAY if worn >= (side - 2 * RIM_ROOM) / 8 else 0)
        found.append((port, cost + port.length))
    return found


def _searched(town: Town, edge: Edge) -> tuple[Point, ...] | None:
    """Return the cheapest way on the streets; None where the steps are used up or none leads."""
    starts = _prices(town, edge.source, edge.target)
    ends = _prices(town, edge.target, edge.source)
    if not starts or not ends:
        return None
    open_to = _allowed(town, edge)
    found = _search(town, starts, ends, open_to)
    if found is None:
        found = _search(town, starts, ends, [True] * len(open_to))
    if found is None:
        return None
    start, crossings, end = found
    town.take(crossings)
    points = simple([start.rim, *map(town.point, crossings), end.rim])
    _wear(town, edge, points)
    return points


def _search(
    town: Town,
    starts: list[tuple[_Port, float]],
    ends: list[tuple[_Port, float]],
    open_to: list[bool],
) -> tuple[_Port, list[int], _Port] | None:
    """Return a cheapest way: its first side, its crossings, its last side.

    A state is four times a crossing's number plus the way by which it was reached.
    """
    net, wide = town.net, len(town.net.xs)
    goals = {port.at * 4 + (port.way ^ 1): (port, cost) for port, cost in ends}
    # What is left at least: the way to the rectangle around all ends, and its bends.
    rest = sides_left(net.xs, net.ys, hull([town.point(port.at) for port, _ in ends]))
    kinds = _kinds(town)
    best, came = [SHUT] * (4 * len(net.flat)), [-1] * (4 * len(net.flat))
    arrived: dict[int, tuple[float, int]] = {}
    queue: list[tuple[float, float, int]] = []

    def reach(state: int, cost: float) -> None:
        best[state] = cost
        y, x = divmod(state >> 2, wide)
        (far_x, across), (far_y, down) = rest[0][x], rest[1][y]
        total = cost + far_x + far_y + BENDS[state & 3][across % 3 * 3 + down % 3]
        heappush(queue, (total, -cost, state))

    for port, cost in starts:
        if cost < best[port.at * 4 + port.way]:
            reach(port.at * 4 + port.way, cost)
    while queue and town.left > 0:
        _, negative, here = heappop(queue)
        if here < 0:
            end = -here - 1
            return (*_walked(arrived[end][1], came, starts), goals[end][0])
        if -negative > best[here]:
            continue
        town.left -= 1
        at, way = here >> 2, here & 3
        for turn in ONWARD[way]:
            end = at * 4 + turn
            if end in goals:
                whole = goals[end][1] - negative + (0 if turn == way else _BEND)
                if whole < arrived.get(end, (SHUT, 0))[0]:
                    arrived[end] = (whole, here)
                    heappush(queue, (whole, 0.0, -end - 1))
            price, group, ahead, step, across = kinds[turn]
            cost = price[at + ahead] - negative + (_CROSS * across[at] if turn == way else _BEND)
            if cost == SHUT or not open_to[group[at + ahead]]:
                continue
            state = (at + step) * 4 + turn
            if cost < best[state]:
                came[state] = here
                reach(state, cost)
    return None


_Kind = tuple[list[float], list[int], int, int, list[int]]


def _kinds(town: Town) -> tuple[_Kind, ...]:
    """Return by way: its stretches' prices and groups, which of them is ahead, how far the next
    crossing is, and what runs across it."""
    net, wide = town.net, len(town.net.xs)
    return (
        (net.tall, net.tall_group, 0, wide, town.through[True]),
        (net.tall, net.tall_group, -wide, -wide, town.through[True]),
        (net.flat, net.flat_group, 0, 1, town.through[False]),
        (net.flat, net.flat_group, -1, -1, town.through[False]),
    )


def _walked(
    state: int, came: list[int], starts: list[tuple[_Port, float]]
) -> tuple[_Port, list[int]]:
    """Return the side that a way began at and its crossings in order."""
    crossings = [state >> 2]
    while came[state] >= 0:
        state = came[state]
        crossings.append(state >> 2)
    start = next(port for port, _ in starts if port.at * 4 + port.way == state)
    return start, crossings[::-1]


def _plain(town: Town, edge: Edge) -> tuple[Point, ...]:
    """Return the way along one tree of open streets: free of boxes, shared with others."""
    starts, ends = town.sides(edge.source), town.sides(edge.target)
    tree = town.tree = town.tree or _tree(town)
    for start in starts:
        for end in ends:
            one, two = _climb(tree, start.at), _climb(tree, end.at)
            if one[-1] != two[-1]:
                continue
            while len(one) > 1 and len(two) > 1 and one[-2] == two[-2]:
                one.pop()
                two.pop()
            crossings = one + two[-2::-1]
            return simple([start.rim, *map(town.point, crossings), end.rim])
    return elbow(town.plan.boxes[edge.source], town.plan.boxes[edge.target])


def _climb(tree: list[int], at: int) -> list[int]:
    found = [at]
    while tree[at] not in (at, -1):
        at = tree[at]
        found.append(at)
    return found


def _tree(town: Town) -> list[int]:
    """Return for each crossing the next one towards the middle of the page, by open stretches."""
    wide, count = len(town.net.xs), len(town.net.flat)
    tree = [-1] * count
    middle = (town.plan.width / 2, town.plan.height / 2)
    order = sorted(
        range(count),
        key=lambda at: abs(town.point(at)[0] - middle[0]) + abs(town.point(at)[1] - middle[1]),
    )
    for root in order:
        if tree[root] >= 0:
            continue
        tree[root] = root
        row = [root]
        for at in row:
            for written, step, open_ in (
                (at, wide, town.length[False]),
                (at - wide, -wide, town.length[False]),
                (at, 1, town.length[True]),
                (at - 1, -1, town.length[True]),
            ):
                if open_[written] != SHUT and tree[at + step] < 0:
                    tree[at + step] = at
                    row.append(at + step)
    return tree

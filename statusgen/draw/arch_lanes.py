"""A lane for each line: those that share a street are set side by side, crossing least.

A stretch of a line may be moved across its own direction as far as nothing stands in its way. Of
two that run beside each other over some length, the one that turns off to the left keeps left; then
all are set apart, evenly where there is too little room for all.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from statusgen.draw.arch_layout import Plan
from statusgen.draw.arch_streets import CLEAR, LANE, RIM, solids, turned
from statusgen.draw.model import Edge
from statusgen.draw.scene import Box, Point

RIM_ROOM = 9.0
"""Between a line's end and the corner of its box."""
_ARROW_ROOM = 10.0
_TOUCH = 5.0
"""Lines on one street that end nearer than this to each other would seem to be one."""
NEAR = 3.0
"""Lines side by side that are nearer to each other than that are not told apart."""
_THRONG = 150
"""So many lines on one street have no room anyhow, in whatever order."""
_SAME = 1.0
_APART = tuple(LANE * share for share in (1.0, 0.85, 0.7, 0.58, 0.45, 0.3, 0.15, 0.0))
_EVEN = 0.01
_EDGE = 3.0
"""Between a line and the edge of the page."""


@dataclass(slots=True)
class _Run:
    """A straight stretch of a line, upright: level ones are looked at with axes exchanged."""

    line: int
    number: int
    """Its first point's place in its line."""
    at: float
    low: float
    high: float
    least: float
    most: float
    before: int
    """Where its line comes from at the upper end: -1 the left, 1 the right, 0 a box."""
    behind: int
    """The same at the lower end."""
    street: float
    """Where it ran before it was moved to ``at``."""
    wish: float = 0.0
    apart: float = LANE
    cramped: bool = False


_Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Want:
    """Where lines had too little room: a stretch of them, and the px that were missing."""

    upright: bool
    at: float
    low: float
    high: float
    short: float
    outer: bool
    """Whether it runs between the edge of the page and what is next to it."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lines in lanes of their own."""

    lines: list[tuple[Point, ...]]
    tight: float
    """Over how many px two of them run nearer to each other than `NEAR`."""
    wants: tuple[Want, ...]


def part(plan: Plan, edges: Sequence[Edge], lines: Sequence[tuple[Point, ...]]) -> Lanes:
    """Set the lines apart that share a street."""
    made = [list(line) for line in lines]
    tight = {True: 0.0, False: 0.0}
    wants: list[Want] = []
    for number, upright in enumerate((True, False, True, False)):
        field = _Field.of(plan, upright)
        runs = _ordered(_runs(field, edges, made, upright))
        tight[upright], short = _spread(runs)
        if any(short):
            for run, px in zip(runs, short, strict=True):
                run.cramped = px > 0
            runs = _ordered(runs)
            tight[upright], short = _spread(runs)
        for run, px in zip(runs, short, strict=True):
            for at in (run.number, run.number + 1):
                x, y = made[run.line][at]
                made[run.line][at] = (run.at, y) if upright else (x, run.at)
            if px > 0 and number < 2:
                outer = run.least <= _EDGE + _EVEN or run.most >= field.limit - _EDGE - _EVEN
                wants.append(Want(upright, run.at, run.low, run.high, px, outer))
    return Lanes([tuple(line) for line in made], sum(tight.values()), tuple(wants))


@dataclass(frozen=True, slots=True)
class _Field:
    """What stands on the page, with axes exchanged for level stretches."""

    boxes: dict[str, Box]
    solid: list[tuple[float, float, float, float]]
    """Left, right, top and bottom of what stands in the way."""
    frames: list[tuple[float, float, float, float]]
    limit: float

    @classmethod
    def of(cls, plan: Plan, upright: bool) -> _Field:
        def view(box: Box) -> Box:
            return box if upright else turned(box)

        def sides(box: Box) -> tuple[float, float, float, float]:
            seen = view(box)
            return seen.x, seen.right, seen.y, seen.bottom

        return cls(
            {one: view(box) for one, box in plan.boxes.items()},
            [sides(box) for box in solids(plan)],
            [sides(plan.boxes[one]) for one in plan.header_boxes],
            plan.width if upright else plan.height,
        )

    def room(self, at: float, low: float, high: float) -> tuple[float, float]:
        """Return how far a stretch may be moved to either side."""
        least, most = _EDGE, self.limit - _EDGE
        for left, right, top, bottom in self.solid:
            if top < high and bottom > low:
                if right <= at:
                    least = max(least, right + CLEAR)
                elif left >= at:
                    most = min(most, left - CLEAR)
        for left, right, top, bottom in self.frames:
            if top < high and bottom > low:
                for rim in (left, right):
                    if rim <= at:
                        least = max(least, rim + RIM)
                    else:
                        most = min(most, rim - RIM)
        return least, most


def _runs(
    field: _Field, edges: Sequence[Edge], lines: list[list[Point]], upright: bool
) -> list[_Run]:
    """Return the upright stretches of all lines with the room that each has."""
    found = []
    for number, (edge, given) in enumerate(zip(edges, lines, strict=True)):
        points = given if upright else [(y, x) for x, y in given]
        last = len(points) - 2
        for at, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
            if abs(x1 - x2) > _EVEN or abs(y1 - y2) < _EVEN:
                continue
            begins, ends = at == 0, at == last
            up = y1 < y2
            # At a box a stretch ends before it; elsewhere what is near its corner counts too.
            start, stop = sorted(((y1, begins), (y2, ends)))
            low = start[0] + (0.5 if start[1] else 1 - CLEAR)
            high = stop[0] - (0.5 if stop[1] else 1 - CLEAR)
            least, most = field.room(x1, low, high)
            for near, name in ((begins, edge.source), (ends, edge.target)):
                box = field.boxes[name]
                if near:
                    least, most = max(least, box.x + RIM_ROOM), min(most, box.right - RIM_ROOM)
            for near, rim in ((at == 1, 0), (at == last - 1, -1)):
                if near:
                    tip = points[rim][0]
                    if tip < x1:
                        least = max(least, tip + _ARROW_ROOM)
                    else:
                        most = min(most, tip - _ARROW_ROOM)
            before = 0 if begins else _sign(points[at - 1][0] - x1)
            behind = 0 if ends else _sign(points[at + 2][0] - x1)
            found.append(
                _Run(
                    number, at, x1, min(y1, y2), max(y1, y2), min(least, x1), max(most, x1),
                    *((before, behind) if up else (behind, before)), x1,
                )
            )  # fmt: skip
    return found


def _sign(value: float) -> int:
    return (value > _EVEN) - (value < -_EVEN)


def _beside(one: _Run, two: _Run) -> bool:
    """Say whether two runs share a stretch of the street, or nearly touch end to end."""
    return one.low < two.high + _TOUCH and two.low < one.high + _TOUCH


def _vote(one: _Run, two: _Run) -> int:
    """Return how much speaks for ``one`` right of ``two``: where each turns off."""
    votes = 0
    for near, other, side, its in (
        (one.low, two.low, one.before, two.before),
        (-one.high, -two.high, one.behind, two.behind),
    ):
        if abs(near - other) < _SAME:
            votes += _sign(side - its)
        else:
            votes += side if near > other else -its
    if one.cramped or two.cramped:
        # Better one crossing more than no room: each to the side to which it can give way.
        lean = one.least + one.most - two.least - two.most
        votes += 3 * (_sign(lean) if abs(lean) > LANE else 0)
    return votes


def _ordered(runs: list[_Run]) -> list[_Run]:
    """Return the runs from left to right; those of one street as they cross least."""
    runs = sorted(runs, key=lambda run: (run.street, run.line, run.number))
    made: list[_Run] = []
    start = 0
    for at, run in enumerate(runs):
        if run.street - runs[start].street >= _SAME:
            made += _untangled(runs[start:at])
            start = at
    return made + _untangled(runs[start:])


def _untangled(here: list[_Run]) -> list[_Run]:
    """Order runs of one street: first by all votes, then neighbour by neighbour."""
    if len(here) > _THRONG:
        return here
    score = [sum(_vote(one, two) for two in here if _beside(one, two)) for one in here]
    order = sorted(range(len(here)), key=lambda at: (score[at], at))
    made = [here[at] for at in order]
    for _ in range(len(made)):
        changed = False
        for at in range(len(made) - 1):
            one, two = made[at], made[at + 1]
            if _beside(one, two) and _vote(one, two) > 0:
                made[at], made[at + 1], changed = two, one, True
        if not changed:
            break
    return made


def _spread(runs: list[_Run]) -> tuple[float, list[float]]:
    """Set ordered runs apart; return the px on which two are too near, and what each run lacked."""
    pairs = _pairs(runs)
    settled = [False] * len(runs)
    short = [0.0] * len(runs)
    for apart in _APART:
        low, high = _bounds(runs, pairs, [apart] * len(runs))
        for at, run in enumerate(runs):
            if apart == LANE:
                short[at] = max(0.0, low[at] - high[at] - _EVEN)
            if not settled[at] and low[at] <= high[at] + _EVEN:
                run.apart, settled[at] = apart, True
        if all(settled):
            break
    _centre(runs, pairs)
    _, high = _bounds(runs, pairs, [run.apart for run in runs])
    before: dict[int, list[_Run]] = {}
    for left, right in pairs:
        before.setdefault(right, []).append(runs[left])
    tight = 0.0
    for at, run in enumerate(runs):
        others = before.get(at, [])
        low_here = max([run.least, *(one.at + min(one.apart, run.apart) for one in others)])
        run.at = max(run.least, min(max(low_here, min(run.wish, high[at])), run.most))
        for one in others:
            beside = min(run.high, one.high) - max(run.low, one.low)
            if beside > LANE and run.at - one.at < NEAR:
                tight += beside
    return tight, short


def _pairs(runs: list[_Run]) -> _Pairs:
    """Return the pairs that have to be kept apart, in order.

    Each run is paired with those that it sees to its left: where a third run lies between two,
    its own pairs see to them.
    """
    found: _Pairs = []
    starts, owners = [-math.inf], [-1]  # which run is the rightmost so far, from where on
    for number, run in enumerate(runs):
        first = bisect_right(starts, run.low - _TOUCH) - 1
        seen = set(owners[first : bisect_left(starts, run.high + _TOUCH)])
        found += [(one, number) for one in seen if one >= 0]
        first, end = bisect_right(starts, run.low) - 1, bisect_left(starts, run.high)
        behind = owners[end - 1]
        first += starts[first] < run.low
        ends_here = end < len(starts) and starts[end] == run.high
        starts[first:end] = [run.low] if ends_here else [run.low, run.high]
        owners[first:end] = [number] if ends_here else [number, behind]
    return sorted(found)


def _bounds(
    runs: list[_Run], pairs: _Pairs, aparts: list[float]
) -> tuple[list[float], list[float]]:
    """Return how far left and how far right each run can be where all keep their distance."""
    low, high = [run.least for run in runs], [run.most for run in runs]
    for one, two in pairs:
        low[two] = max(low[two], low[one] + min(aparts[one], aparts[two]))
    for one, two in reversed(pairs):
        high[one] = min(high[one], high[two] - min(aparts[one], aparts[two]))
    return low, high


def _centre(runs: list[_Run], pairs: _Pairs) -> None:
    """Let the runs of one place wish to lie evenly around it."""
    left, right = [0.0] * len(runs), [0.0] * len(runs)
    places = [run.street for run in runs]
    for one, two in pairs:
        if abs(places[one] - places[two]) < LANE:
            left[two] = max(left[two], left[one] + min(runs[one].apart, runs[two].apart))
    for one, two in reversed(pairs):
        if abs(places[one] - places[two]) < LANE:
            right[one] = max(right[one], right[two] + min(runs[one].apart, runs[two].apart))
    for at, run in enumerate(runs):
        run.wish = run.street + (left[at] - right[at]) / 2

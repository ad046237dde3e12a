"""Lines and areas over two axes as SVG path data.

A path holds no colour, so that every line takes the page's, and follows its toggle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plane:
    """Where data lies in a picture: px from its top left, data units right and upwards."""

    start: float
    """The x of the data at ``origin``; its y there is 0."""
    origin: tuple[float, float]
    scale: tuple[float, float]
    """Px per unit of data, both positive."""

    def line(self, xs: Sequence[float], ys: Sequence[float]) -> str:
        """Return the ``d`` of a line through points, in tenths of a px.

        A point at which a level or an upright line merely goes on is left out.
        """
        return _written(_corners(self._placed(xs, ys)))

    def area(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> str:
        """Return the ``d`` of the area between two lines over the same xs, which ascend."""
        back = reversed(list(self._placed(xs, lows)))
        return f"{_written([*self._placed(xs, highs), *back])}z"

    def _placed(self, xs: Sequence[float], ys: Sequence[float]) -> Iterator[_Point]:
        (left, bottom), (wide, high) = self.origin, self.scale
        for x, y in zip(xs, ys, strict=True):
            yield round(left + (x - self.start) * wide, 1), round(bottom - y * high, 1)


def steps(xs: Sequence[float], ys: Sequence[float], end: float) -> tuple[list[float], list[float]]:
    """Return the corners of a line that keeps each value until the next one, the last to ``end``.

    None of no points.
    """
    corners_x: list[float] = []
    corners_y: list[float] = []
    for x, until, y in zip(xs, [*xs[1:], end], ys, strict=False):
        corners_x += (x, until)
        corners_y += (y, y)
    return corners_x, corners_y


def _corners(points: Iterable[_Point]) -> list[_Point]:
    """Return the points at which a line turns, and its ends."""
    found: list[_Point] = []
    for point in points:
        if len(found) > 1 and _goes_on(found[-2], found[-1], point):
            found[-1] = point
        elif found[-1:] != [point]:
            found.append(point)
    return found


def _goes_on(first: _Point, middle: _Point, last: _Point) -> bool:
    level = first[1] == middle[1] == last[1] and first[0] <= middle[0] <= last[0]
    upright = first[0] == middle[0] == last[0]
    return level or (upright and (middle[1] - first[1]) * (last[1] - middle[1]) >= 0)


def _written(points: Iterable[_Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)

"""Lines of many points as SVG path data: matplotlib places, clips and simplifies them.

Only its paths and transforms are used, which is where the drawing of a dense line happens. Its
figures would bring axes, fonts and layout that we do not show: ten times the time of a chart, and
0.2 s more to import. A path holds no colour, so that every line takes the page's, and follows its
toggle. matplotlib is imported only where a line is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

_UNSEEN = 0.8
"""Vertices that move a line by less than this (in px) are dropped, by matplotlib's own measure:
the distance from the simplified line."""
_LETTERS = {1: "M", 2: "L", 79: "z"}


@dataclass(frozen=True, slots=True)
class Plane:
    """Where data lies in a picture: px from its top left, data units right and upwards."""

    start: float
    """The x of the data at ``origin``; its y there is 0."""
    origin: tuple[float, float]
    scale: tuple[float, float]
    """Px per unit of data, both positive."""
    size: tuple[float, float]
    """Of the picture; what lies outside is cut away."""

    def line(self, xs: Sequence[float], ys: Sequence[float]) -> str:
        """Return the ``d`` of a line through points whose xs ascend; NaN breaks it.

        Tenths of a px; the same points give the same bytes.
        """
        import numpy as np
        from matplotlib.path import Path

        if not len(xs):
            return ""
        left = self.start - self.origin[0] / self.scale[0]
        # One point beyond either side, so that the line runs out of the picture.
        first = max(int(np.searchsorted(xs, left)) - 1, 0)
        last = int(np.searchsorted(xs, left + self.size[0] / self.scale[0], "right")) + 1
        path = Path(np.column_stack((xs[first:last], ys[first:last])))
        path.should_simplify, path.simplify_threshold = True, _UNSEEN
        return _written(path.cleaned(self._placed(), True, clip=(0, 0, *self.size), simplify=True))

    def area(self, xs: Sequence[float], lows: Sequence[float], highs: Sequence[float]) -> str:
        """Return the ``d`` of the area between two lines over the same xs, which ascend."""
        import numpy as np
        from matplotlib.path import Path

        along, back = np.column_stack((xs, highs)), np.column_stack((xs, lows))[::-1]
        path = Path(np.concatenate((along, back, along[:1])), closed=True)
        return _written(path.cleaned(self._placed(), True))

    def _placed(self) -> Affine2D:
        from matplotlib.transforms import Affine2D

        placed = Affine2D().translate(-self.start, 0).scale(self.scale[0], -self.scale[1])
        return placed.translate(*self.origin)


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


def _written(path: Path) -> str:
    assert path.codes is not None
    vertices, codes = path.vertices.tolist(), path.codes.tolist()  # type: ignore[union-attr]
    text = "".join(
        [
            "z" if _LETTERS[code] == "z" else f"{_LETTERS[code]}{x:.1f} {y:.1f}"
            for (x, y), code in zip(vertices, codes, strict=True)
            if code in _LETTERS
        ]
    )
    for after in " MLz":
        text = text.replace(f".0{after}", after)
    return text.removesuffix(".0")

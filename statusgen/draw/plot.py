"""Lines of many points as SVG path data: matplotlib places, clips and simplifies them.

Only its paths and transforms are used, which is where the drawing of a dense line happens. Its
figures would bring axes, fonts and layout that we do not show: ten times the time of a chart, and
0.2 s more to import. It is imported only where a line is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence

_UNSEEN = 0.8
"""Vertices that move a line by less than this (in px) are dropped; matplotlib's own measure is
the distance from the simplified line."""
_MOVE, _LINE = 1, 2


def line_path(
    xs: Sequence[float],
    ys: Sequence[float],
    *,
    left_bottom: tuple[float, float],
    origin: tuple[float, float],
    scale: tuple[float, float],
    size: tuple[float, float],
) -> str:
    """Return the ``d`` of a line through points given in data units, xs ascending; NaN breaks it.

    ``left_bottom`` (data) is drawn at ``origin`` (px from the top left); ``scale`` is px per data
    unit, upwards for y. What lies outside of ``size`` (px) is cut away. Tenths of a pixel; the
    same input gives the same bytes.
    """
    import numpy as np
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    right = left_bottom[0] + size[0] / scale[0]
    # One point beyond either side, so that the line runs out of the picture.
    first = max(int(np.searchsorted(xs, left_bottom[0])) - 1, 0)
    last = int(np.searchsorted(xs, right, "right")) + 1
    path = Path(np.column_stack((xs[first:last], ys[first:last])))
    path.should_simplify, path.simplify_threshold = True, _UNSEEN
    placed = Affine2D().translate(-left_bottom[0], -left_bottom[1])
    placed.scale(scale[0], -scale[1]).translate(*origin)
    drawn = path.cleaned(placed, remove_nans=True, clip=(0, 0, *size), simplify=True)
    letters = {_MOVE: "M", _LINE: "L"}
    text = "".join(
        [
            f"{letters[code]}{x:.1f} {y:.1f}"
            for (x, y), code in zip(drawn.vertices.tolist(), drawn.codes.tolist(), strict=True)
            if code in letters
        ]
    )
    for after in " ML":
        text = text.replace(f".0{after}", after)
    return text.removesuffix(".0")

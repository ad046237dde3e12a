"""A picture of response times that stands alone: in a README, a chat, a mail. SVG and PNG.

Drawn by matplotlib, which takes half a second to import: only where somebody asked for pictures.
The same points give the same bytes: no date, no random id.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from statusgen.base.clock import HOUR, Instant, to_datetime
from statusgen.base.text import one_line, xml_legal
from statusgen.status.snapshot import LatencyPoint

_SIZE = (6.0, 2.4)
"""Inches, at 100 dots each."""
_LINE, _BAND, _INK = "#1d5bb8", "#b9cff0", "#59626e"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in both forms."""

    svg: bytes
    png: bytes


def draw_response(
    points: Sequence[LatencyPoint], *, start: Instant, end: Instant, title: str, unit: str
) -> Picture:
    """Draw p50 as a line and p50 to p95 as a band, from ``start`` to ``end``; gaps stay gaps.

    ``title`` stands above, ``unit`` beside the heights.
    """
    import matplotlib
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure

    settings: Any = {"svg.hashsalt": "statusgen", "svg.fonttype": "none", "font.size": 9.0}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "Glyph"
        )  # a PNG shows a box in the place of such a letter
        figure = Figure(figsize=_SIZE, layout="constrained", facecolor="white")
        axes = figure.add_subplot()
        for stretch in _stretches([each for each in points if start <= each.start < end]):
            times = [to_datetime(each.start) for each in stretch]
            p50 = [each.latency.p50 or 0 for each in stretch]
            p95 = [each.latency.p95 or 0 for each in stretch]
            axes.fill_between(times, p50, p95, color=_BAND, linewidth=0)  # type: ignore[arg-type]
            axes.plot(times, p50, color=_LINE, linewidth=1.4, marker="." if len(times) == 1 else "")  # type: ignore[arg-type]
        axes.set_xlim(to_datetime(start), to_datetime(end))  # type: ignore[arg-type]
        axes.set_ylim(bottom=0)
        axes.set_title(_plain(title), loc="left", fontsize=10, color="#161b22", parse_math=False)
        axes.set_ylabel(_plain(unit), color=_INK)
        locator = AutoDateLocator(maxticks=7)  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_locator(locator)
        form = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(form)
        axes.tick_params(colors=_INK, length=0)
        axes.grid(axis="y", color="#d9dee5", linewidth=0.8)
        axes.set_axisbelow(True)
        for side in axes.spines.values():
            side.set_visible(False)
        svg, png = io.BytesIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(png, format="png", dpi=100, metadata={"Software": None})
    return Picture(svg.getvalue(), png.getvalue())


def _plain(text: str) -> str:
    return xml_legal(one_line(text, 80))


def _stretches(points: Sequence[LatencyPoint]) -> list[list[LatencyPoint]]:
    """Return the points without those that hold nothing, cut wherever an hour is missing."""
    found: list[list[LatencyPoint]] = []
    for point in points:
        if point.latency.p50 is None:
            continue
        if found and point.start - found[-1][-1].start <= HOUR:
            found[-1].append(point)
        else:
            found.append([point])
    return found

"""The chart of response times: a dense series, whose lines matplotlib draws and simplifies.

Around the lines stand our own grid and labels: text stays text, grows on narrow screens by the
page's CSS (``.lx`` and ``.ly``), and every colour is the page's (``.p50``, ``.p95``, ``.grid``).
There is no style attribute: our pages' content security policy forbids them.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from statusgen.base.clock import HOUR, Instant, to_datetime
from statusgen.base.text import xml_legal
from statusgen.status.snapshot import Latency, LatencyPoint

WIDTH, HEIGHT = 800, 280
TOP, BOTTOM = 40, 52
"""Room for labels, which narrow screens draw larger."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE = re.compile(r'<g id="(p50|p95)">\s*<path d="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The window of the chart and the height of its axis, in milliseconds."""

    start: Instant
    end: Instant
    highest: int

    def x(self, instant: float) -> float:
        return (instant - self.start) / (self.end - self.start) * WIDTH

    def y(self, milliseconds: float) -> float:
        return HEIGHT - BOTTOM - milliseconds / self.highest * (HEIGHT - BOTTOM - TOP)


def draw_latency(
    series: Sequence[LatencyPoint],
    *,
    start: Instant,
    end: Instant,
    zone: ZoneInfo,
    title: str,
) -> str:
    """Return an SVG of the p50 and p95 of each hour from ``start`` to ``end``.

    An hour without a sample is a gap. The same input gives the same bytes.
    """
    step = _step(_usual_highest(series))
    frame = _Frame(start, end, step * 4)
    parts = [_grid(frame), _lines(series, frame), _heights(frame, step), _days(frame, zone)]
    name = "latency-" + hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:8]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(xml_legal(title))}</title>'
        f'<desc id="{name}-desc">{_describe(series)}</desc>{"".join(parts)}</svg>'
    )


def highest_shown(series: Sequence[LatencyPoint]) -> int:
    """Return the milliseconds at the top of the axis; a rare spike may rise above it."""
    return _step(_usual_highest(series)) * 4


def _lines(series: Sequence[LatencyPoint], frame: _Frame) -> str:
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(
        rc={"svg.hashsalt": "statusgen", "path.simplify": True, "path.simplify_threshold": 0.8}
    ):
        figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0, BOTTOM / HEIGHT, 1, 1 - (BOTTOM + TOP) / HEIGHT))
        axes.set_axis_off()
        axes.set_xlim(frame.start, frame.end)
        axes.set_ylim(0, frame.highest)
        for name, value in (("p95", lambda one: one.p95), ("p50", lambda one: one.p50)):
            axes.plot(*_points(series, value), gid=name)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None})
    return "".join(
        f'<path class="{name}" d="{_short(path)}"/>'
        for name, path in _LINE.findall(text.getvalue())
    )


def _points(
    series: Sequence[LatencyPoint], value: Callable[[Latency], int | None]
) -> tuple[list[float], list[float]]:
    """Return the line's points: the middle of each hour, broken where an hour is missing.

    An hour alone is drawn at its full width: a line of one point would not be seen.
    """
    times: list[float] = []
    heights: list[float] = []
    known = {point.start for point in series if value(point.latency) is not None}
    for point in series:
        height = value(point.latency)
        if height is None:
            continue
        before, after = point.start - HOUR in known, point.start + HOUR in known
        places = [point.start + HOUR / 2] if before or after else [point.start, point.start + HOUR]
        times += places
        heights += [height] * len(places)
        if not after:
            times.append(places[-1])
            heights.append(math.nan)
    return times, heights


def _short(path: str) -> str:
    """Round to a tenth of a unit and drop the spaces that SVG does not need."""
    rounded = _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), path)
    return re.sub(r"\s*([ML])\s*", r"\1", " ".join(rounded.split()))


def _grid(frame: _Frame) -> str:
    rules = "".join(f"M0 {frame.y(frame.highest * line / 4):g}h{WIDTH}" for line in range(5))
    return f'<path class="grid" d="{rules}"/>'


def _heights(frame: _Frame, step: int) -> str:
    """Label two of the rules, at the right: narrow screens show the newer half only."""
    return "".join(
        f'<text class="ly" x="{WIDTH}" y="{frame.y(step * line) - 5:g}">{step * line} ms</text>'
        for line in (2, 4)
    )


def _days(frame: _Frame, zone: ZoneInfo) -> str:
    """Label every second Monday."""
    day = to_datetime(frame.start).astimezone(zone).date() + timedelta(days=3)
    day += timedelta(days=-day.weekday() % 7)
    ticks, labels = "", ""
    while True:
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
        x = frame.x(midnight)
        if x > WIDTH - 40:
            break
        ticks += f"M{x:.1f} {HEIGHT - BOTTOM}v6"
        label = f"{day.day} {_MONTHS[day.month - 1]}"
        labels += f'<text class="lx" x="{x:.1f}" y="{HEIGHT - BOTTOM + 10}">{label}</text>'
        day += timedelta(days=14)
    return f'<path class="grid" d="{ticks}"/>{labels}' if ticks else ""


def _usual_highest(series: Sequence[LatencyPoint]) -> int:
    """Return what the axis must hold: nearly all of p95, so that one spike hides nothing else."""
    values = sorted(point.latency.p95 for point in series if point.latency.p95 is not None)
    return max(values[int((len(values) - 1) * 0.995)], 1) if values else 1


def _step(highest: int) -> int:
    """Return the round number of milliseconds of which four make ``highest`` or more."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor * 4 >= highest:
                return size * factor
        size *= 10


def _describe(series: Sequence[LatencyPoint]) -> str:
    p50 = [point.latency.p50 for point in series if point.latency.p50 is not None]
    p95 = [point.latency.p95 for point in series if point.latency.p95 is not None]
    if not p50 or not p95:
        return "No measurement."
    return (
        f"By hour: half of the answers within {min(p50)} to {max(p50)} ms, "
        f"95 of 100 within {min(p95)} to {max(p95)} ms, over {len(series)} measured hours."
    )

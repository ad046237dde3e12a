"""The chart of response times: a dense series, whose lines matplotlib draws and simplifies.

Around the lines stand our own grid and labels: text stays text, grows on narrow screens by the
page's CSS (``.lx`` and ``.ly``), and every colour is the page's (``.p50``, ``.p95``, ``.grid``).
There is no style attribute: our pages' content security policy forbids them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from statusgen.base.clock import HOUR, Instant, to_datetime
from statusgen.base.text import xml_legal
from statusgen.draw.plot import Plane
from statusgen.status.snapshot import LatencyPoint

WIDTH, HEIGHT = 800, 280
TOP, BOTTOM = 40, 52
"""Room for labels, which narrow screens draw larger."""


@dataclass(frozen=True, slots=True)
class LatencyTexts:
    """What the chart says; this room makes no sentence."""

    title: str
    description: str
    """For who cannot see it."""
    day: Callable[[date], str]
    """Labels a day, ``13 Sep``."""
    milliseconds: Callable[[int], str]
    """Labels a height, ``200 ms``."""


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

    @property
    def plane(self) -> Plane:
        return Plane(
            self.start,
            origin=(0, HEIGHT - BOTTOM),
            scale=(WIDTH / (self.end - self.start), (HEIGHT - BOTTOM - TOP) / self.highest),
            size=(WIDTH, HEIGHT),
        )


def draw_latency(
    series: Sequence[LatencyPoint],
    *,
    start: Instant,
    end: Instant,
    zone: ZoneInfo,
    texts: LatencyTexts,
) -> str:
    """Return an SVG of the p50 and p95 of each hour from ``start`` to ``end``.

    An hour without a sample is a gap. The same input gives the same bytes.
    """
    step = _step(_usual_highest(series))
    frame = _Frame(start, end, step * 4)
    parts = [
        _grid(frame),
        _lines(series, frame),
        _heights(frame, step, texts),
        _days(frame, zone, texts),
    ]
    name = "latency-" + hashlib.sha256(texts.title.encode("utf-8", "replace")).hexdigest()[:8]
    described = escape(xml_legal(texts.description))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(xml_legal(texts.title))}</title>'
        f'<desc id="{name}-desc">{described}</desc>{"".join(parts)}</svg>'
    )


def highest_shown(series: Sequence[LatencyPoint]) -> int:
    """Return the milliseconds at the top of the axis; a rare spike may rise above it."""
    return _step(_usual_highest(series)) * 4


def _lines(series: Sequence[LatencyPoint], frame: _Frame) -> str:
    lines = (
        ("p95", [(point.start, point.latency.p95) for point in series]),
        ("p50", [(point.start, point.latency.p50) for point in series]),
    )
    return "".join(
        f'<path class="{name}" d="{frame.plane.line(*_points(line))}"/>' for name, line in lines
    )


def _points(line: Sequence[tuple[Instant, int | None]]) -> tuple[list[float], list[float]]:
    """Return the line's points: the middle of each hour, broken where an hour is missing.

    An hour alone is drawn at its full width: a line of one point would not be seen.
    """
    known = [(start, height) for start, height in line if height is not None]
    times: list[float] = []
    heights: list[float] = []
    for index, (start, height) in enumerate(known):
        before = index > 0 and known[index - 1][0] == start - HOUR
        after = index + 1 < len(known) and known[index + 1][0] == start + HOUR
        if before or after:
            times.append(start + HOUR / 2)
            heights.append(height)
        else:
            times += (start, start + HOUR)
            heights += (height, height)
        if not after:
            times.append(times[-1])
            heights.append(math.nan)
    return times, heights


def _grid(frame: _Frame) -> str:
    rules = "".join(f"M0 {frame.y(frame.highest * line / 4):g}h{WIDTH}" for line in range(5))
    return f'<path class="grid" d="{rules}"/>'


def _heights(frame: _Frame, step: int, texts: LatencyTexts) -> str:
    """Label two of the rules, at the right: narrow screens show the newer half only."""
    return "".join(
        f'<text class="ly" x="{WIDTH}" y="{frame.y(step * line) - 5:g}">'
        f"{escape(texts.milliseconds(step * line))}</text>"
        for line in (2, 4)
    )


def _days(frame: _Frame, zone: ZoneInfo, texts: LatencyTexts) -> str:
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
        label = escape(texts.day(day))
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

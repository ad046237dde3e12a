"""The chart of response times: a line of p50 with a band up to p95, slot by slot.

The lines stretch with the page; text does not: it is placed in percent of the width and px of the
height, so that it keeps its size on a phone. Labels of the height stand in a gutter of their own,
a second picture at the left. Every colour is the page's (``.p50``, ``.band``, ``.grid``), and
there is no style attribute: our pages' content security policy forbids them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from statusgen.base.clock import Instant
from statusgen.base.text import xml_legal
from statusgen.status.snapshot import Latency

WIDTH, PLOT, TOP, HEIGHT = 1000, 176, 26, 232
"""Units of the lines' own width; px of their height, of the room above, of the whole."""
GUTTER = 64
_THIN = 'vector-effect="non-scaling-stroke"'
"""As wide as the style sheet says, however far the picture is stretched; no property of CSS."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An hour or a day, and what was measured in it; None where nothing was."""

    start: Instant
    latency: Latency | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the chart."""

    slot: float
    """How many slots from the left."""
    text: str
    minor: bool = False
    """Whether a narrow screen may leave it out."""


@dataclass(frozen=True, slots=True)
class LatencyTexts:
    """What the chart says; this room makes no sentence."""

    title: str
    description: str
    """For who cannot see it."""
    milliseconds: Callable[[int], str]
    """Labels a height, ``200 ms``."""


@dataclass(frozen=True, slots=True)
class LatencyChart:
    """The two pictures, side by side."""

    gutter: str
    plot: str


def draw_latency(slots: Sequence[Slot], ticks: Sequence[Tick], texts: LatencyTexts) -> LatencyChart:
    """Return the chart of consecutive slots; one without a sample is a gap.

    A rare spike may rise above the axis: the highest value is labelled with its figure either way.
    The same input gives the same bytes.
    """
    step = _step(_usual_highest(slots))
    top = step * 4
    name = "latency-" + hashlib.sha256(texts.title.encode("utf-8", "replace")).hexdigest()[:8]
    described = escape(xml_legal(texts.description))
    lines = "".join(_band(run, len(slots), top) for run in _runs(slots))
    plot = (
        f'<svg class="latency" height="{HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(xml_legal(texts.title))}</title>'
        f'<desc id="{name}-desc">{described}</desc>'
        f'<svg y="{TOP}" width="100%" height="{PLOT}" viewBox="0 0 {WIDTH} {PLOT}" '
        f'preserveAspectRatio="none">{_grid()}{lines}</svg>'
        f"{_ticks(ticks, len(slots))}{_peak(slots, top, texts)}</svg>"
    )
    return LatencyChart(_gutter(step, texts), plot)


def _runs(slots: Sequence[Slot]) -> list[list[tuple[int, Latency]]]:
    """Return the unbroken stretches of slots with samples."""
    known = [
        (place, slot.latency)
        for place, slot in enumerate(slots)
        if slot.latency is not None and slot.latency.p50 is not None
    ]
    return [
        [member for _, member in members]
        for _, members in groupby(enumerate(known), key=lambda each: each[1][0] - each[0])
    ]


def _band(run: Sequence[tuple[int, Latency]], count: int, top: int) -> str:
    """Draw one stretch; a slot alone at its full width, for a line of one point is not seen."""

    def x(place: float) -> str:
        return f"{place / count * WIDTH:.1f}"

    def y(value: int | None) -> str:
        return f"{PLOT - min((value or 0) / top, 1.2) * PLOT:.1f}"

    points = [(place + 0.5, latency) for place, latency in run]
    if len(points) == 1:
        place, latency = points[0]
        points = [(place - 0.5, latency), (place + 0.5, latency)]
    low = [f"{x(place)} {y(latency.p50)}" for place, latency in points]
    high = [f"{x(place)} {y(latency.p95)}" for place, latency in points]
    area = "L".join([*high, *reversed(low)])
    return f'<path class="band" d="M{area}z"/><path class="p50" d="M{"L".join(low)}" {_THIN}/>'


def _grid() -> str:
    rules = "".join(f"M0 {PLOT * line / 4:g}h{WIDTH}" for line in range(5))
    return f'<path class="grid" d="{rules}" {_THIN}/>'


def _gutter(step: int, texts: LatencyTexts) -> str:
    labels = "".join(
        f'<text class="ly" x="{GUTTER - 8}" y="{TOP + PLOT - PLOT * line / 4 + 4:g}">'
        f"{escape(texts.milliseconds(step * line))}</text>"
        for line in (0, 2, 4)
    )
    return (
        f'<svg class="gutter" width="{GUTTER}" height="{HEIGHT}" aria-hidden="true">{labels}</svg>'
    )


def _ticks(ticks: Sequence[Tick], count: int) -> str:
    return "".join(
        f'<text class="{_anchor(tick.slot / count)}{" minor" if tick.minor else ""}" '
        f'x="{tick.slot / count * 100:.2f}%" y="{TOP + PLOT + 20}">{escape(tick.text)}</text>'
        for tick in ticks
    )


def _peak(slots: Sequence[Slot], top: int, texts: LatencyTexts) -> str:
    """Label the highest p95 with its value, above its place or at the upper edge."""
    found = peak(slots)
    if found is None:
        return ""
    place, value = found
    share = (place + 0.5) / len(slots)
    height = TOP + PLOT - min(value / top, 1) * PLOT
    arrow = "▲ " if value > top else ""
    return (
        f'<text class="{_anchor(share)} peak" x="{share * 100:.2f}%" y="{max(height - 6, 16):.1f}">'
        f"{arrow}{escape(texts.milliseconds(value))}</text>"
    )


def peak(slots: Sequence[Slot]) -> tuple[int, int] | None:
    """Return the first slot with the highest p95, and that; None without a sample."""
    known = [
        (slot.latency.p95, -place)
        for place, slot in enumerate(slots)
        if slot.latency is not None and slot.latency.p95 is not None
    ]
    if not known:
        return None
    value, place = max(known)
    return -place, value


def _anchor(share: float) -> str:
    return "la" if share < 0.06 else "lz" if share > 0.94 else "lx"


def _usual_highest(slots: Sequence[Slot]) -> int:
    """Return what the axis must hold: nearly all of p95, so that a spike hides nothing else."""
    values = sorted(
        slot.latency.p95
        for slot in slots
        if slot.latency is not None and slot.latency.p95 is not None
    )
    if not values:
        return 1
    usual = values[int((len(values) - 1) * 0.96)]
    return max(values[-1] if values[-1] <= usual * 1.6 else usual, 1)


def _step(highest: int) -> int:
    """Return the round number of milliseconds of which four make ``highest`` or more."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor * 4 >= highest:
                return size * factor
        size *= 10

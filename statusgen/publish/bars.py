"""The strip of days: one small SVG per component, whose shapes speak without colour.

Days stand 10 units apart. A run of equal days is one line whose dashes are the days, so 90 quiet
days are one short element. Height and form tell the state:

======== ================================================================
up       full height
degraded three quarters
partial  half
down     an exclamation mark that grows with the time that it was down,
         what was good of the day above it
unknown  an empty frame
none     a thin line: the first check came later
planned  full height, cut across twice: maintenance
======== ================================================================

A day's line grows with the root of its share: a minute is seen, and an hour is not a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import sqrt

from markupsafe import Markup

from statusgen.base.states import Look, State
from statusgen.status.snapshot import DayBar

PITCH = 10
HEIGHT = 36
_LINES: dict[Look, tuple[tuple[str, int, int], ...]] = {
    # class, offset from the day's left edge, y of the line's middle (its width stands in the CSS)
    Look.UP: (("u", 0, 16),),
    Look.DEGRADED: (("g", 0, 20),),
    Look.PARTIAL: (("p", 0, 24),),
    Look.UNKNOWN: (("n", 0, 16), ("m", 1, 16)),
    Look.MAINTENANCE: (("w", 0, 16), ("x", 0, 10), ("x", 0, 22)),
    Look.DOWN: (),  # one by one
    Look.UNMONITORED: (("z", 0, 16),),
}
_BOTTOM, _DOT, _NECK, _LEAST, _GAP = 32, 6, 23, 4, 2
"""Of an exclamation mark: where it stands, its dot, where its line begins, the line's least
length, and what parts it from the good rest above."""

LOOKS = (
    Look.UP,
    Look.DEGRADED,
    Look.PARTIAL,
    Look.DOWN,
    Look.UNKNOWN,
    Look.MAINTENANCE,
    Look.UNMONITORED,
)
"""All looks, in the order of the legend."""


def draw_bars(bars: Sequence[DayBar]) -> Markup:
    """Return the SVG of ``bars``; hidden from screen readers, which get the table beside it."""
    shapes: list[str] = []
    position = 0
    for look, days in _runs(bars):
        if look is Look.DOWN:
            shapes += [_down((position + at) * PITCH, share(day)) for at, day in enumerate(days)]
        for kind, shift, y in _LINES[look]:
            start = position * PITCH + shift
            length = (len(days) - 1) * PITCH + (5 if shift else 7)
            shapes.append(f'<path class="{kind}" d="M{start} {y}h{length}"/>')
        position += len(days)
    if bars and bars[-1].is_today:
        shapes.append(f'<path class="now" d="M{(position - 1) * PITCH} 35h7"/>')
    return Markup(  # noqa: S704 - numbers alone
        f'<svg viewBox="0 0 {len(bars) * PITCH - 3} {HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(shapes)}</svg>'
    )


def share(bar: DayBar) -> float:
    """Return which share of the observed day was down, from 0 to 1."""
    observed = sum(bar.seconds.values())
    return bar.seconds.get(State.DOWN, 0) / observed if observed else 1


def _down(x: int, part: float) -> str:
    """Draw a day that was down for a part of it, and the good rest above."""
    length = _LEAST + (_NECK - _LEAST) * sqrt(part)
    top = _NECK - length
    middle = x + 3.5
    mark = f"M{middle} {_BOTTOM}v-{_DOT}m0-3v-{length:.3g}"
    rest = f'<path class="v" d="M{middle} {top - _GAP:.3g}V0"/>' if top > _GAP + 1 else ""
    return f'<path class="d" d="{mark}"/>{rest}'


def look_key(look: Look | State) -> str:
    """Return the key of a look's name."""
    return f"states.{look}"


def draw_key(look: Look) -> Markup:
    """Return one day that looks so, for the legend."""
    shapes = "".join(
        f'<path class="{name}" d="M{shift} {y}h{5 if shift else 7}"/>'
        for name, shift, y in _LINES[look]
    )
    if look is Look.DOWN:
        shapes = _down(0, 0.4)
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="day" viewBox="0 0 7 32" preserveAspectRatio="none" '
        f'aria-hidden="true">{shapes}</svg>'
    )


def _runs(bars: Iterable[DayBar]) -> Iterable[tuple[Look, list[DayBar]]]:
    for state, days in groupby(bars, key=lambda bar: bar.look):
        yield state, list(days)

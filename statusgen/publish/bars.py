"""The strip of days: one small SVG per component, whose shapes speak without colour.

Days stand 10 units apart. A run of equal days is one line whose dashes are the days, so 90 quiet
days are one short element. Height and form tell the state:

======== ==============================================
up       full height
degraded three quarters
partial  half
down     full height, split like an exclamation mark
unknown  an empty frame
none     a thin line: the first check came later
planned  full height, cut across twice: maintenance
======== ==============================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from statusgen.base.states import Look, State
from statusgen.status.snapshot import DayBar
from statusgen.words import Words

PITCH = 10
HEIGHT = 36
_LINES: dict[Look, tuple[tuple[str, int, int], ...]] = {
    # class, offset from the day's left edge, y of the line's middle (its width stands in the CSS)
    Look.UP: (("u", 0, 16),),
    Look.DEGRADED: (("g", 0, 20),),
    Look.PARTIAL: (("p", 0, 24),),
    Look.DOWN: (("d", 0, 11), ("e", 0, 29)),
    Look.UNKNOWN: (("n", 0, 16), ("m", 1, 16)),
    Look.MAINTENANCE: (("w", 0, 16), ("x", 0, 10), ("x", 0, 22)),
    Look.UNMONITORED: (("z", 0, 16),),
}


LOOKS = tuple(_LINES)
"""All looks, in the order of the legend."""


def draw_bars(bars: Sequence[DayBar], words: Words) -> Markup:
    """Return the SVG of ``bars``; hidden from screen readers, which get the table beside it."""
    shapes: list[str] = []
    position = 0
    for state, days in _runs(bars):
        name = words.say(look_key(state))
        titled = words.say("days.titled", days=_span(days, words), state=name)
        title = Markup("<title>{}</title>").format(titled)
        for kind, shift, y in _LINES[state]:
            start = position * PITCH + shift
            length = (len(days) - 1) * PITCH + (5 if shift else 7)
            shapes.append(f'<path class="{kind}" d="M{start} {y}h{length}">{title}</path>')
        position += len(days)
    if bars and bars[-1].is_today:
        shapes.append(f'<path class="now" d="M{(position - 1) * PITCH} 35h7"/>')
    return Markup(  # noqa: S704 - numbers, and titles escaped above
        f'<svg viewBox="0 0 {len(bars) * PITCH - 3} {HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true">{"".join(shapes)}</svg>'
    )


def look_key(look: Look | State) -> str:
    """Return the key of a look's name."""
    return f"states.{look}"


def draw_key(look: Look) -> Markup:
    """Return one day that looks so, for the legend."""
    shapes = "".join(
        f'<path class="{name}" d="M{shift} {y}h{5 if shift else 7}"/>'
        for name, shift, y in _LINES[look]
    )
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="day" viewBox="0 0 7 32" preserveAspectRatio="none" '
        f'aria-hidden="true">{shapes}</svg>'
    )


def _runs(bars: Iterable[DayBar]) -> Iterable[tuple[Look, list[DayBar]]]:
    for state, days in groupby(bars, key=lambda bar: bar.look):
        yield state, list(days)


def _span(days: Sequence[DayBar], words: Words) -> str:
    first, last = words.short_day(days[0].day), words.short_day(days[-1].day)
    return first if len(days) == 1 else words.say("days.from-to", first=first, last=last)

"""The timeline: spans of work on one axis, relative (weeks, months) or of real dates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES, progress_word
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, fit, width, wrap
from statusgen.draw.model import Progress, Timeline, TimelineRow
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Fill,
    Icon,
    Line,
    Mark,
    Rect,
    Scene,
    Stroke,
    Symbol,
    Text,
    block,
    lines,
    linked,
)
from statusgen.draw.time_axis import TimeAxis, counted_axis, date_axis
from statusgen.words import Words

_LEFT = 236.0
_BAR = 16.0
_FILLS: dict[str, Fill] = {
    "done": "carried",
    "now": "accent",
    "planned": "range",
    "late": "bad",
    "dropped": "track",
    "expected": "soft",
}


def draw_timeline(model: Timeline, prefix: str) -> Diagram:
    """Draw a timeline; ``prefix`` makes its ids unique on the page."""
    axis = _axis(model)
    said = "; ".join(f"{row.name}: {_when(row, model.words)}" for row in model.rows)
    return diagram(
        prefix,
        model.title,
        model.words.say("drawings.rows", count=len(model.rows), rows=said),
        _wide(model, axis),
        _narrow(model, axis),
        _table(model),
    )


def _axis(model: Timeline) -> TimeAxis:
    if model.span is not None:
        return date_axis(*model.span, model.words.language.short_months())
    starts = [row.start for row in model.rows] or [0.0]
    ends = [row.end if row.end is not None else row.start for row in model.rows] or [1.0]
    low, high = min(starts), max(*ends, min(starts) + 1e-6)
    open_ended = any(row.end is None for row in model.rows)
    if model.unit == "date":
        until = high + (high - low) * 0.12 if open_ended else high
        return date_axis(low, until, model.words.language.short_months())
    # An open end gets at least one more cell, so that its arrow has a length.
    return counted_axis(low, math.ceil(high) + 1 if open_ended else high)


def _when(row: TimelineRow, words: Words) -> str:
    told = (row.when, progress_word(row.progress, words)[0])
    return ", ".join(part for part in told if part) or words.say("drawings.no-date")


def _grouped(rows: Sequence[TimelineRow]) -> list[tuple[str, list[TimelineRow]]]:
    """Return neighbours of one group together, in the author's order."""
    groups: list[tuple[str, list[TimelineRow]]] = []
    for row in rows:
        if not groups or groups[-1][0] != row.group:
            groups.append((row.group, []))
        groups[-1][1].append(row)
    return groups


def _bar(row: TimelineRow, axis: TimeAxis, left: float, room: float, y: float) -> list[Mark]:
    """Draw a span: its fill says its progress, an arrow its open end, a chevron that it goes on."""
    start = axis.at(row.start, left, room)
    end = left + room if row.end is None else axis.at(row.end, left, room)
    fill = _FILLS[row.progress]
    if row.end is None:
        body = max(min((end - start) * 0.55, end - start - 14), 4)
        return [
            Line(((start + body - 1, y + _BAR / 2), (end, y + _BAR / 2)), "accent", True, True),
            Rect(Box(start, y, body, _BAR), fill, 3),
            *_goes_on(row, axis, start, start + body, y),
        ]
    marks: list[Mark] = [Rect(Box(start, y, max(end - start, 4), _BAR), fill, 3)]
    if row.progress == "expected":  # a day between these, not work from one to the other
        marks.append(Line(((start, y + _BAR / 2), (end, y + _BAR / 2)), "accent", dashed=True))
    if row.progress == "dropped":
        marks.append(Line(((start, y + _BAR / 2), (end, y + _BAR / 2)), "ink"))
    return [*marks, *_goes_on(row, axis, start, end, y)]


def _goes_on(row: TimelineRow, axis: TimeAxis, start: float, end: float, y: float) -> list[Mark]:
    """Mark the ends of a bar behind which it goes on, where the axis shows only a part of it."""
    ends = [(start + 7, -3)] if row.start < axis.start else []
    if row.end is not None and row.end > axis.end:
        ends.append((end - 7, 3))
    middle = y + _BAR / 2
    if end - start < 8 + 8 * len(ends):
        return []
    stroke: Stroke = "inverse" if row.progress == "now" else "ink"
    return [
        Line(((x - by, middle - 4), (x + by, middle), (x - by, middle + 4)), stroke)
        for x, by in ends
    ]


_SYMBOLS: dict[Progress, Symbol] = {"done": "ok", "late": "bad"}


def _state(row: TimelineRow, x: float, baseline: float, size: float, words: Words) -> list[Mark]:
    """Write the progress in a word, with a symbol where one helps."""
    word, tone = progress_word(row.progress, words)
    if not word:
        return []
    marks: list[Mark] = []
    if row.progress in _SYMBOLS:
        marks.append(Icon(x, baseline, size, _SYMBOLS[row.progress]))
        x += size + 4
    return [*marks, Text(x, baseline, word, size, tone, True, halo=True)]


def _state_width(row: TimelineRow, size: float, words: Words) -> float:
    word = progress_word(row.progress, words)[0]
    symbol = size + 4 if row.progress in _SYMBOLS else 0
    return width(word, size, True) + symbol if word else 0.0


def _unit(model: Timeline) -> str:
    return "" if model.unit == "date" else model.words.say(f"drawings.unit-{model.unit}")


def _wide(model: Timeline, axis: TimeAxis) -> Scene:
    size = WIDE_SIZES.small
    room = WIDE - 2 - _LEFT
    years = _years(axis, room, size) if model.unit == "date" else []
    head = size * 1.28 * (2 if axis.weeks or years else 1) + 3
    top = head + 5
    rows: list[Mark] = []
    middles: dict[str, float] = {}
    entered = {edge.target for edge in model.edges}
    for group, members in _grouped(model.rows):
        title = wrap(group, _LEFT - 14, WIDE_SIZES.body, True)
        rows += lines(title, 1, top, WIDE_SIZES.body, bold=True)
        top += block(title, WIDE_SIZES.body) + (4 if group else 0)
        for row in members:
            middles[row.id] = top + 3 + _BAR / 2
            below = row.id in entered
            height, inner = _wide_row(row, axis, top, room, model.words, below=below)
            rows += linked(row.href, inner)
            top += height
        top += 10
    top -= 6
    marks: list[Mark] = [Text(1, size * ASCENT, _unit(model), size, "muted")]
    marks += _weeks(axis, room, head - 3 - size * 1.28, top)
    marks += [Text(x, size * ASCENT, year, size, "muted") for x, year in years]
    line = size * 1.28 if years else 0.0
    every = _labelled(axis, room, size)
    for number, (start, end, name) in enumerate(axis.cells):
        x, after = axis.at(start, _LEFT, room), axis.at(end, _LEFT, room)
        if number % 2 == 0:
            marks.insert(0, Rect(Box(x, head, after - x, top - head), "band", 0))
        fits = not years and width(name, size) + 4 <= after - x
        shown = name if fits else name.split(" ")[0]
        middle = (x + after) / 2
        if number % every == 0 and middle + width(shown, size) / 2 <= WIDE - 1:
            words = Text(middle, line + size * ASCENT, shown, size, "muted", anchor="middle")
            marks.append(words)
    bottom = top
    if model.today is not None and axis.start <= model.today <= axis.end:
        today, bottom = _today(model, axis, (head, top), room, size)
        marks += today
    return Scene(WIDE, bottom + 4, (*marks, *_elbows(model, axis, middles, room), *rows))


def _years(axis: TimeAxis, room: float, size: float) -> list[tuple[float, str]]:
    """Return where years stand above the cells; none where each has room in its first cell."""
    named = [(start, end, name) for start, end, name in axis.cells if " " in name]
    if axis.weeks or all(
        width(name, size) + 4 <= axis.at(end, _LEFT, room) - axis.at(start, _LEFT, room)
        for start, end, name in named
    ):
        return []
    found: list[tuple[float, str]] = []
    for start, _, name in named:
        x, year = axis.at(start, _LEFT, room), name.split(" ")[-1]
        if x + width(year, size) > WIDE - 1 or (found and x < found[-1][0] + 4 + width(year, size)):
            continue
        found.append((x, year))
    return found


def _weeks(axis: TimeAxis, room: float, above: float, bottom: float) -> list[Mark]:
    """Write the day of each Monday, with a line from it down, where there is room for them."""
    size = WIDE_SIZES.small
    marks: list[Mark] = []
    for at, name in axis.weeks:
        x, half = axis.at(at, _LEFT, room), width(name, size) / 2
        line = Line(((x, above + size * 1.28 + 3), (x, bottom)), "faint")
        marks.append(line)
        if x - half >= _LEFT and x + half <= WIDE - 1:
            marks.append(Text(x, above + size * ASCENT, name, size, "muted", anchor="middle"))
    return marks


def _labelled(axis: TimeAxis, room: float, size: float) -> int:
    """Return at every which cell there is room for a label; the same distance all along."""
    widest = max(width(name.split(" ")[0], size) for _, _, name in axis.cells) + 4
    return max(1, math.ceil(widest * len(axis.cells) / room))


def _elbows(model: Timeline, axis: TimeAxis, middles: dict[str, float], room: float) -> list[Mark]:
    """Lead from the end of a span to the start of one that waits for it, above or below."""
    known = {row.id: row for row in model.rows}
    marks: list[Mark] = []
    for edge in model.edges:
        one, two = known.get(edge.source), known.get(edge.target)
        if one is None or two is None or one.end is None or two.start < one.end - 1e-9:
            continue
        leaves, enters = middles[one.id], middles[two.id]
        x = axis.at(one.end, _LEFT, room) - 11
        points = ((x, leaves), (x, enters), (axis.at(two.start, _LEFT, room), enters))
        marks.append(Line(points, "accent" if edge.critical else "edge", True, heavy=edge.critical))
    return marks


def _today(
    model: Timeline, axis: TimeAxis, ends: tuple[float, float], room: float, size: float
) -> tuple[list[Mark], float]:
    top = ends[1]
    x = axis.at(model.today or 0.0, _LEFT, room)
    now = model.words.say("drawings.progress-now")
    half = width(now, size, True) / 2
    label = min(max(x, _LEFT + half), _LEFT + room - half)
    line = Line(((x, ends[0]), (x, top)), "warn", dashed=True)
    text = Text(label, top + 3 + size * ASCENT, now, size, "warn", True, "middle")
    return [line, text], top + 4 + size * 1.28


def _wide_row(
    row: TimelineRow, axis: TimeAxis, top: float, room: float, words: Words, *, below: bool
) -> tuple[float, list[Mark]]:
    """Draw a row and say how high it is; ``below``: an arrow ends at its bar, so no word may."""
    size = WIDE_SIZES.small
    left = 13.0 if row.within else 1.0
    said = "" if row.when in (row.name, row.group) else row.when
    when = wrap(said, _LEFT * 0.4, size)
    taken = max((width(line, size) + 12 for line in when.lines), default=0.0)
    state = _state_width(row, size, words)
    name = wrap(row.name, _LEFT - 9 - left - taken, size, True)
    detail = wrap(row.detail, _LEFT - 13 - left, size)
    marks: list[Mark] = [*lines(name, left, top + 3, size, bold=True, title=True)]
    marks += lines(when, _LEFT - 10, top + 3, size, "muted", anchor="end")
    head = max(block(name, size), block(when, size))
    beside = wrap(row.detail, _LEFT - 9 - left - taken, size)
    room_beside = block(when, size) - block(name, size)
    if row.detail and block(beside, size) <= room_beside + 0.01:  # below the name, by the time
        detail = wrap("", room, size)
        marks += lines(beside, left, top + 3 + block(name, size), size, "muted")
    marks += lines(detail, left, top + 3 + head, size, "muted")
    bar = _bar(row, axis, _LEFT, room, top + 3)
    marks += bar
    start = axis.at(row.start, _LEFT, room)
    end = _LEFT + room if row.end is None else axis.at(row.end, _LEFT, room)
    baseline = top + 3 + _BAR / 2 + 4.3
    if state and end + 8 + state <= _LEFT + room:
        marks += _state(row, end + 8, baseline, size, words)
    elif state and start - state - 8 >= _LEFT and not below:
        marks += _state(row, start - state - 8, baseline, size, words)
    elif state and below:
        x = max(_LEFT, min(start, _LEFT + room - state))
        marks += _state(row, x, top + 3 + _BAR + 3 + size * ASCENT, size, words)
        return max(head + block(detail, size), _BAR + 3 + size * 1.28) + 7, marks
    return max(head + block(detail, size), _BAR) + 7, marks


def _narrow(model: Timeline, axis: TimeAxis) -> Scene:
    """List the rows, each with its span drawn thin beneath its words."""
    size, room = NARROW_SIZES.small, NARROW - 2.0
    marks, top = list[Mark](), 1.0
    words = _reach(model, axis)
    marks.append(Text(1, top + size * ASCENT, fit(words, room, size), size, "muted"))
    top += size * 1.28 + 8
    for group, members in _grouped(model.rows):
        head = wrap(group, room, NARROW_SIZES.body, True)
        marks += lines(head, 1, top, NARROW_SIZES.body, bold=True)
        top += block(head, NARROW_SIZES.body) + (4 if group else 0)
        for row in members:
            height, inner = _narrow_row(model, row, axis, top, room)
            marks += linked(row.href, inner)
            top += height
        top += 6
    return Scene(NARROW, top - 8, tuple(marks))


def _reach(model: Timeline, axis: TimeAxis) -> str:
    """Say from when to when a drawing without an axis reaches."""
    (start, _, first), (end, _, last) = axis.cells[0], axis.cells[-1]
    if model.unit != "date":
        return model.words.say(f"drawings.axis-{model.unit}", first=first, last=last)
    if start == end:
        return first
    years = [date.fromordinal(int(each)).year for each in (start, end)]
    if years[0] != years[1] and str(years[1]) not in last:
        last = f"{last} {years[1]}"
    return model.words.say("drawings.axis-date", first=first, last=last)


def _narrow_row(
    model: Timeline, row: TimelineRow, axis: TimeAxis, top: float, room: float
) -> tuple[float, list[Mark]]:
    size, start = NARROW_SIZES.small, top
    state = _state_width(row, size, model.words)
    name = wrap(row.name, room - state - 10, size, True)
    marks: list[Mark] = [*lines(name, 1, top, size, bold=True, title=True)]
    if state:
        marks += _state(row, 1 + room - state, top + size * ASCENT, size, model.words)
    top += block(name, size)
    said = "" if row.when == row.name else row.when
    when = wrap(" · ".join(part for part in (said, row.detail) if part), room, size)
    if said != row.group or row.detail:
        marks += lines(when, 1, top, size, "muted")
        top += block(when, size)
    top += 4
    marks.append(Rect(Box(1, top + 3, room, 10), "track", 0))
    marks += _bar(row, axis, 1, room, top)
    if model.today is not None and axis.start <= model.today <= axis.end:
        x = axis.at(model.today, 1, room)
        marks.append(Line(((x, top - 2), (x, top + _BAR + 2)), "warn", dashed=True))
    return top - start + _BAR + 14, marks


def _table(model: Timeline) -> str:
    names = {row.id: row.name for row in model.rows}
    rows = []
    for row in model.rows:
        after = [names[e.source] for e in model.edges if e.target == row.id and e.source in names]
        name = Cell(row.name, row.href)
        word = progress_word(row.progress, model.words)[0]
        rows.append((name, row.when, word, row.detail, ", ".join(after)))
    columns = ("what", "when", "state", "details", "after")
    return table([model.words.say(f"drawings.column-{one}") for one in columns], rows)

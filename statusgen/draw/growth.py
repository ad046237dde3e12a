"""How cost grows over time: steps, for a price holds until it changes.

Around lines and areas stand axis, legend and labels, measured and placed so that none covers
another or a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES, Sizes
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, clean, fit, width
from statusgen.draw.model import Amount, Growth, GrowthBand, GrowthPoint, GrowthSeries
from statusgen.draw.numbers import money, money_range, ticks
from statusgen.draw.plot import Plane, steps
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Curve,
    Line,
    Mark,
    Rect,
    Scene,
    Stroke,
    Text,
)
from statusgen.draw.time_axis import TimeAxis, counted_axis, date_axis
from statusgen.words import Words

# Series differ by dash as well as by colour.
_STYLES: tuple[tuple[Stroke, Literal["", "dash", "dot"]], ...] = (
    ("accent", ""),
    ("warn", "dash"),
    ("edge", "dot"),
)
_LABELLED = 16
"""Of a series with more points only the first, the last and the highest are labelled."""
_TABLE_ROWS = 120


def draw_growth(model: Growth, prefix: str) -> Diagram:
    """Draw cost over time; ``prefix`` makes its ids unique on the page.

    Raises ValueError for more than three series: more could not be told apart.
    """
    if len(model.series) > len(_STYLES):
        raise ValueError(f"{len(model.series)} series; at most {len(_STYLES)} can be told apart")
    return diagram(
        prefix,
        model.title,
        _description(model),
        _scene(model, WIDE, 220.0, WIDE_SIZES),
        _scene(model, NARROW, 200.0, NARROW_SIZES),
        _table(model),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The field that data is drawn on, and its two axes."""

    axis: TimeAxis
    plane: Plane
    field: Box
    marks: tuple[Decimal, ...]
    """The values at the horizontal rules, from 0 up."""

    def x(self, at: float) -> float:
        return self.axis.at(at, self.field.x, self.field.width)

    def y(self, value: Decimal) -> float:
        return self.field.bottom - float(value) * self.plane.scale[1]

    def high(self, amount: Amount) -> Decimal:
        """Return the upper end; of an open range, the top of the picture."""
        return self.marks[-1] if amount.high is None else amount.high


def _scene(model: Growth, room: float, height: float, sizes: Sizes) -> Scene:
    size = sizes.small
    marks, top = _legend(model, room, size)
    values = ticks(_most(model))
    names = [money(value, model.symbol, model.words) for value in values]
    axis = _axis(model)
    if model.unit == "date":  # the first year stands before cells that do not say it
        unit = _name(model, axis.start)[:4]
    else:
        unit = model.words.say(f"drawings.unit-{model.unit}")
    left = max(width(name, size) for name in (*names, unit)) + 10
    # Above the field there is room for a label of its highest line.
    field = Box(left, top + size * 1.6, room - 1 - left, height)
    scale = (field.width / (axis.end - axis.start), height / float(values[-1]))
    plane = Plane(axis.start, (left, field.bottom), scale)
    frame = _Frame(axis, plane, field, tuple(values))
    marks += _grid(frame, names, unit, size, model.words)
    marks += _areas(model, frame)
    marks += _lines(model, frame)
    marks += _labels(model, frame, size)
    below = 1.28 if _years(frame, unit, size) else 0.0
    return Scene(room, field.bottom + 9 + size * (1.4 + below), tuple(marks))


def _axis(model: Growth) -> TimeAxis:
    start = min((point.at for series in model.series for point in series.points), default=0.0)
    end = max(model.end, start + 1)
    if model.unit == "date":
        axis = date_axis(start, end, model.words.language.short_months())
    else:
        axis = counted_axis(start, end)
    if model.before is None:
        return axis
    first = axis.cells[0]
    # Half as long again as a cell, so that its word fits on a phone.
    lead = (first[0] - (first[1] - first[0]) * 1.5, first[0], model.words.say("drawings.before"))
    return TimeAxis(lead[0], axis.end, (lead, *axis.cells))


def _most(model: Growth) -> Decimal:
    amounts = [point.amount for series in model.series for point in series.points]
    amounts += [band.stated for band in model.bands]
    amounts += [model.before] if model.before else []
    return max((one.high or one.low for one in amounts), default=Decimal(0))


def _legend(model: Growth, room: float, size: float) -> tuple[list[Mark], float]:
    """Name the lines, each beside a piece of it; entries flow into rows."""
    marks: list[Mark] = []
    x, top = 1.0, 1.0
    names = [clean(series.name) for series in model.series]
    names += [model.words.say("drawings.stated-range")] if model.bands else []
    for number, name in enumerate(names):
        words = fit(name, room - 32, size)
        taken = 30 + width(words, size)
        if x > 1 and x + taken > room - 1:
            x, top = 1.0, top + size * 1.6
        middle = top + size * 0.6
        if number < len(model.series):
            stroke, dash = _STYLES[number]
            marks.append(Curve(f"M{x:.1f} {middle:.1f}h22", stroke, dash))
        else:
            marks.append(Rect(Box(x, top + 1, 22, size - 1), "range", 0))
        marks.append(Text(x + 30, top + size * ASCENT, words, size, "muted"))
        x += taken + 18
    return marks, top + size * 1.28


def _years(frame: _Frame, unit: str, size: float) -> list[tuple[float, str]]:
    """Return where years stand below the months; none where each has room in its own cell."""
    named = [
        (frame.x(start), frame.x(end), name.split(" ")[-1])
        for start, end, name in frame.axis.cells
        if " " in name and name[-4:].isdecimal() and not name.endswith(f" {unit}")
    ]
    if all(width(year, size) + 4 <= after - x for x, after, year in named):
        return []
    return [(x, year) for x, _, year in named if x + width(year, size) <= frame.field.right + 1]


def _grid(frame: _Frame, names: Sequence[str], unit: str, size: float, words: Words) -> list[Mark]:
    field, marks = frame.field, list[Mark]()
    first_month = words.language.short_months()[0]
    years = _years(frame, unit, size)
    marks += [
        Text(x, field.bottom + 9 + size * (ASCENT + 1.28), year, size, "muted") for x, year in years
    ]
    foot = field.bottom + 9 + size * ASCENT
    for start, end, name in frame.axis.cells:
        x, after = frame.x(start), frame.x(end)
        marks.append(Line(((x, field.bottom), (x, field.bottom + 5)), "edge"))
        # "Jan 2027" becomes "2027" where there is no room, any other month its name alone.
        first = name.split(" ")[0]
        if years or (unit and name.endswith(f" {unit}")):
            name = first
        short = name.split(" ")[-1 if first == first_month and not years else 0]
        fitting = (one for one in (name, short) if width(one, size) + 4 <= after - x)
        marks.append(Text((x + after) / 2, foot, next(fitting, ""), size, "muted", anchor="middle"))
    marks.append(Text(field.x - 8, foot, unit, size, "muted", anchor="end"))
    for value, name in zip(frame.marks, names, strict=True):
        y = frame.y(value)
        marks.append(Line(((field.x, y), (field.right, y)), "faint" if value else "edge"))
        marks.append(Text(field.x - 8, y + size * 0.35, name, size, "muted", anchor="end"))
    return marks


def _areas(model: Growth, frame: _Frame) -> list[Mark]:
    """Draw the stated ranges, and behind each line of ranges what lies between its ends."""
    marks: list[Mark] = []
    for band in model.bands:
        until = _end_of(band, model, frame)
        low, high = float(band.stated.low), float(frame.high(band.stated))
        if until > band.at:
            area = frame.plane.area((band.at, until), (low, low), (high, high))
            marks.append(Curve(area, fill="range"))
    for series in model.series:
        if any(point.amount.high != point.amount.low for point in series.points):
            xs, lows, highs = _corners(series, model, frame)
            marks.append(Curve(frame.plane.area(xs, lows, highs), fill="soft"))
    return marks


def _end_of(band: GrowthBand, model: Growth, frame: _Frame) -> float:
    """Return where a stated range ends: with its stage, and where the next one begins."""
    ends = [other.at for other in model.bands if other.at > band.at]
    return min([frame.axis.end, *ends, *([] if band.until is None else [band.until])])


def _lines(model: Growth, frame: _Frame) -> list[Mark]:
    marks: list[Mark] = []
    for series, (stroke, dash) in zip(model.series, _STYLES, strict=False):
        if not series.points:
            continue
        xs, lows, highs = _corners(series, model, frame)
        for ys in [lows] if lows == highs else [lows, highs]:
            marks.append(Curve(frame.plane.line(xs, ys), stroke, dash))
    return marks


def _corners(
    series: GrowthSeries, model: Growth, frame: _Frame
) -> tuple[list[float], list[float], list[float]]:
    points = _from_before(series, model, frame)
    ats = [point.at for point in points]
    xs, lows = steps(ats, [float(point.amount.low) for point in points], frame.axis.end)
    _, highs = steps(ats, [float(frame.high(point.amount)) for point in points], frame.axis.end)
    return xs, lows, highs


def _from_before(series: GrowthSeries, model: Growth, frame: _Frame) -> tuple[GrowthPoint, ...]:
    """Return the points of a series, led by what is paid before the first series begins."""
    if model.before is None or series is not model.series[0]:
        return series.points
    before = GrowthPoint(frame.axis.start, model.before, partly=model.before_partly)
    return (before, *series.points)


def _labels(model: Growth, frame: _Frame, size: float) -> list[Mark]:
    """Write values beside their steps, the weightiest first, wherever nothing is in the way."""
    walls = _walls(model, frame)
    placed: list[Text] = []
    for series in model.series:
        points = _from_before(series, model, frame)
        for number in _weighty(points):
            words = _amount(points[number], model)
            _place(_around(points, number, frame, words, size), walls, placed, frame)
    for band in model.bands:
        _place(_within(band, _end_of(band, model, frame), frame, model, size), walls, placed, frame)
    return list(placed)


def _weighty(points: Sequence[GrowthPoint]) -> list[int]:
    """Return the points to be labelled: first, last, highest, then by how far the value jumps."""
    if not points:
        return []
    lows = [point.amount.low for point in points]
    told = [(point.amount, point.partly) for point in points]
    moved = [n for n in range(1, len(points)) if told[n] != told[n - 1]]
    chosen = [0, *moved[-1:], lows.index(max(lows))]
    if len(points) <= _LABELLED:
        chosen += sorted(moved, key=lambda n: -abs(lows[n] - lows[n - 1]))
    return list(dict.fromkeys(chosen))


def _around(
    points: Sequence[GrowthPoint], number: int, frame: _Frame, words: str, size: float
) -> list[Text]:
    """Return the places for a step's label: before the corner of a rise, or above the line."""
    point = points[number]
    x, y = frame.x(point.at), frame.y(frame.high(point.amount))
    rises = number > 0 and point.amount.low > points[number - 1].amount.low
    above = Text(x + 4, y - 6, words, size, bold=True, halo=True)
    before = Text(x - 6, y + size * 0.35, words, size, bold=True, anchor="end", halo=True)
    until = frame.x(points[number + 1].at) if number + 1 < len(points) else frame.field.right
    middle = Text((x + until) / 2, y - 6, words, size, bold=True, anchor="middle", halo=True)
    # Flush with the picture's edge, or under the line: the last value should always be there.
    flush = Text(until, y - 6, words, size, bold=True, anchor="end", halo=True)
    below = Text(until - 4, y + size * 1.15, words, size, bold=True, anchor="end", halo=True)
    return [before, above, middle, flush] if rises else [above, middle, flush, below]


def _within(
    band: GrowthBand, until: float, frame: _Frame, model: Growth, size: float
) -> list[Text]:
    """Return the places for a stated range: on top of its area, or in it where it is high."""
    left, right = frame.x(band.at) + 4, frame.x(until) - 4
    y, foot = frame.y(frame.high(band.stated)), frame.y(band.stated.low)
    heights = [y - 5] + ([y + size * 1.15] if foot - y > size * 1.4 else [])
    sides: tuple[tuple[float, Literal["start", "end"]], ...] = ((left, "start"), (right, "end"))
    plain = money_range(band.stated, model.symbol, model.words)
    return [
        Text(x, at, words, size, "muted", anchor=anchor)
        for words in (model.words.say("drawings.stated-amount", amount=plain), plain)
        for at in heights
        for x, anchor in sides
    ]


def _place(spots: Sequence[Text], walls: Sequence[Box], placed: list[Text], frame: _Frame) -> None:
    field = frame.field
    page = Box(field.x, field.y - 18, field.width, field.height + 18)
    for spot in spots:
        box = spot.box
        around = box.grown(4)
        taken = any(box.meets(wall) for wall in walls)
        if page.holds(box) and not taken and not any(around.meets(one.box) for one in placed):
            placed.append(spot)
            return


def _walls(model: Growth, frame: _Frame) -> list[Box]:
    """Return the stretches of the lines as thin boxes, which no label may cover."""
    walls: list[Box] = []
    for series in model.series:
        xs, lows, highs = _corners(series, model, frame)
        for ys in (lows, highs):
            places = [
                (frame.x(x), frame.field.bottom - y * frame.plane.scale[1])
                for x, y in zip(xs, ys, strict=True)
            ]
            for (x1, y1), (x2, y2) in pairwise(places):
                walls.append(Box(x1 - 1, min(y1, y2) - 1, x2 - x1 + 2, abs(y2 - y1) + 2))
    return walls


def _amount(point: GrowthPoint, model: Growth) -> str:
    """Write a sum; with its "?" where more is paid than is known."""
    text = money_range(point.amount, model.symbol, model.words)
    return model.words.say("money.partly", amount=text) if point.partly else text


def _before(model: Growth, before: Amount) -> str:
    return _amount(GrowthPoint(0.0, before, partly=model.before_partly), model)


def _name(model: Growth, place: float) -> str:
    if model.unit == "date":
        return date.fromordinal(min(max(1, int(place)), date.max.toordinal())).isoformat()
    return model.words.say(f"drawings.at-{model.unit}", number=f"{place + 1:g}")


def _description(model: Growth) -> str:
    parts = []
    for series in model.series:
        if not series.points:
            continue
        told = [(one.when or _name(model, one.at), _amount(one, model)) for one in series.points]
        if len(told) > _LABELLED:
            told = [told[0], told[-1]]
        if model.before is not None and series is model.series[0]:
            told.insert(0, (model.words.say("drawings.before"), _before(model, model.before)))
        words = ", ".join(f"{when} {amount}" for when, amount in told)
        parts.append(f"{series.name}: {words}")
    return "; ".join(parts) or model.words.say("drawings.no-values")


def _table(model: Growth) -> str:
    """Return the same as a table, a row for each place; of a very long series, the last ones."""
    say = model.words.say
    noted = any(point.note for series in model.series for point in series.points)
    every = [{point.at for point in series.points} for series in model.series]
    short = {band.at for band in model.bands}.union(*(s for s in every if len(s) <= _TABLE_ROWS))
    long = sorted(set().union(*every) - short)
    places = sorted(short.union(long[-_TABLE_ROWS:]))
    stated = {band.at: band for band in model.bands}
    by_place = [{point.at: point for point in series.points} for series in model.series]
    rows: list[list[Cell | str]] = []
    if model.before is not None:
        first = Cell(_before(model, model.before), numeric=True)
        rest = [""] * (len(model.series) - 1 + bool(model.bands))
        rows.append([say("drawings.before"), *([""] if noted else []), first, *rest])
    for place in places:
        points = [known.get(place) for known in by_place]
        told = [point for point in points if point is not None]
        when = next((point.when for point in told if point.when), _name(model, place))
        row: list[Cell | str] = [when]
        if noted:
            row.append("; ".join(point.note for point in told if point.note))
        row += [Cell(_amount(point, model) if point else "", numeric=True) for point in points]
        if model.bands:
            band = stated.get(place)
            row.append(_cell(band.stated if band else None, model))
        rows.append(row)
    head = [say("drawings.column-from"), *([say("drawings.column-changes")] if noted else [])]
    head += [series.name[:1].upper() + series.name[1:] for series in model.series]
    return table([*head, *([say("drawings.column-range")] if model.bands else [])], rows)


def _cell(amount: Amount | None, model: Growth) -> Cell:
    return Cell(money_range(amount, model.symbol, model.words) if amount else "", numeric=True)

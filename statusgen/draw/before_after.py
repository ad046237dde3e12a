"""Before and after: each thing that changes as a line between two amounts, and the sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES, Sizes
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, Wrapped, clean, fit, width, wrap
from statusgen.draw.model import BeforeAfter, BeforeAfterRow
from statusgen.draw.numbers import money, signed, ticks
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Disc,
    Line,
    Mark,
    Rect,
    Scene,
    Stroke,
    Text,
    Tone,
    block,
    lines,
    linked,
)

_ZERO = Decimal(0)
_SHORT = 22.0
"""The length of the arrow of a change that is hardly longer than the discs of its ends."""


def draw_before_after(model: BeforeAfter, prefix: str) -> Diagram:
    """Draw two states of a bill, the largest change first; ``prefix`` makes its ids unique."""
    sums = _sums(model)
    return diagram(
        prefix,
        model.title,
        model.words.say("drawings.compared", sums=sums.sentence, count=len(model.rows)),
        _wide(model, sums),
        _narrow(model, sums),
        _table(model, sums),
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """The derived totals, and what was stated where it differs."""

    before: Decimal
    after: Decimal
    sentence: str
    change: str
    notes: tuple[str, str]


def _sums(model: BeforeAfter) -> _Sums:
    before = sum((row.before or _ZERO for row in model.rows), _ZERO)
    after = sum((row.after or _ZERO for row in model.rows), _ZERO)
    change = signed(after - before, model.symbol, model.words)
    if before:
        percent = (abs(after - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        sign = "−" if after < before else "+"
        change += f" ({sign}{model.words.language.decimal(str(percent))} %)"

    def note(stated: Decimal | None, derived: Decimal) -> str:
        differs = stated is not None and stated != derived
        if not differs or stated is None:
            return ""
        return model.words.say(
            "drawings.stated-amount", amount=money(stated, model.symbol, model.words)
        )

    notes = (note(model.stated_before, before), note(model.stated_after, after))
    words = model.words.say(
        "drawings.sums",
        before=f"{model.before_name} {money(before, model.symbol, model.words)}",
        after=f"{model.after_name} {money(after, model.symbol, model.words)}",
        change=change,
    )
    return _Sums(before, after, words, change, notes)


def _delta(row: BeforeAfterRow) -> Decimal:
    return (row.after or _ZERO) - (row.before or _ZERO)


def _sorted(model: BeforeAfter) -> list[BeforeAfterRow]:
    """Largest change first; equal ones in the author's order."""
    return sorted(model.rows, key=lambda row: -abs(_delta(row)))


def _change(row: BeforeAfterRow, model: BeforeAfter) -> tuple[str, Tone]:
    """Return the change in words, with the tone that repeats them."""
    delta = _delta(row)
    tone: Tone = "good" if delta < 0 else "warn" if delta > 0 else "muted"
    return signed(delta, model.symbol, model.words) if delta else model.words.say(
        "drawings.unchanged"
    ), tone


def _names(row: BeforeAfterRow, model: BeforeAfter) -> str:
    """Return what becomes what."""
    one, two, say = clean(row.before_name), clean(row.after_name), model.words.say
    if row.before is None:
        return say("drawings.new-name", name=two) if two else say("drawings.new")
    if row.after is None:
        return f"{one} → {say('drawings.none')}" if one else say("drawings.gone")
    return f"{one} → {two}" if one and two else one or two


def _totals(model: BeforeAfter, sums: _Sums, room: float, sizes: Sizes) -> tuple[list[Mark], float]:
    """Draw both sums as bars on one scale, and the change between them."""
    size, marks, top = sizes.small, list[Mark](), 1.0
    most = max(sums.before, sums.after) or Decimal(1)
    pairs = (
        (model.before_name, sums.before, sums.notes[0], "carried"),
        (model.after_name, sums.after, sums.notes[1], "accent"),
    )
    for name, value, note, fill in pairs:
        words = money(value, model.symbol, model.words)
        label = fit(clean(name), room / 2, size)
        marks.append(Text(1, top + size * ASCENT, label, size))
        x = 1 + width(label, size) + 10
        marks.append(Text(x, top + size * ASCENT, words, size, "ink", True))
        x += width(words, size, True) + 10
        marks.append(Text(x, top + size * ASCENT, fit(note, room - x, size), size, "warn"))
        top += size * 1.28 + 3
        long = max(float(value / most) * (room - 2), 1.5 if value else 0)
        marks.append(Rect(Box(1, top, room - 2, 12), "track", 0))
        if long:
            marks.append(
                Rect(Box(1, top, long, 12), "accent" if fill == "accent" else "carried", 0)
            )
        top += 22
    tone: Tone = "good" if sums.after < sums.before else "warn"
    change = wrap(_monthly(model, sums), room - 2, sizes.body, True)
    marks += lines(change, 1, top, sizes.body, tone, True)
    return marks, top + block(change, sizes.body) + 18


def _monthly(model: BeforeAfter, sums: _Sums) -> str:
    return model.words.say("drawings.change-a-month", change=sums.change)


def _key(model: BeforeAfter, room: float, top: float, size: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    x = 1.0
    for name, fill in ((model.before_name, "carried"), (model.after_name, "accent")):
        label = fit(clean(name), room / 2 - 30, size)
        middle = top + size * 0.6
        marks.append(Disc(x + 6, middle, 5, "accent" if fill == "accent" else "carried"))
        marks.append(Text(x + 17, top + size * ASCENT, label, size, "muted"))
        x += 17 + width(label, size) + 18
    return marks, top + size * 1.28 + 10


def _dumbbell(row: BeforeAfterRow, left: float, y: float, room: float, most: Decimal) -> list[Mark]:
    """Draw one change: a disc for each side that exists, an arrow between them."""

    def at(value: Decimal) -> float:
        return left + float(value / most) * room

    marks: list[Mark] = [Line(((left, y), (left + room, y)), "faint")]
    start, end = at(row.before or _ZERO), at(row.after or _ZERO)
    if start != end:
        one_sided = row.before is None or row.after is None
        stroke: Stroke = "good" if end < start else "warn"
        way = 1 if end > start else -1
        short = abs(end - start) <= _SHORT
        if short:  # beneath the discs, which leave it no room between them
            first = min(max((start + end - _SHORT) / 2, left - 5), left + room + 5 - _SHORT)
            ends = (first, y + 10), (first + _SHORT, y + 10)
            points = ends if way > 0 else ends[::-1]
        else:
            points = (start, y), (end - (0 if row.after is None else way * 7), y)
        heavy = not one_sided and not short
        marks.append(Line(points, stroke, arrow=True, dashed=one_sided, heavy=heavy))
    if row.before is not None:
        marks.append(Disc(at(row.before), y, 5, "carried"))
    if row.after is not None:
        marks.append(Disc(at(row.after), y, 5, "accent"))
    return marks


def _values(row: BeforeAfterRow, model: BeforeAfter) -> str:
    none = model.words.say("drawings.none")
    sides = (
        none if v is None else money(v, model.symbol, model.words) for v in (row.before, row.after)
    )
    return " → ".join(sides)


def _most(model: BeforeAfter) -> Decimal:
    return max((value or _ZERO for r in model.rows for value in (r.before, r.after)), default=_ZERO)


def _wide(model: BeforeAfter, sums: _Sums) -> Scene:
    size = WIDE_SIZES.small
    marks, top = _totals(model, sums, WIDE, WIDE_SIZES)
    key, top = _key(model, WIDE, top, size)
    marks += key
    left = 236.0
    values, changes = _columns(model, size)
    room = WIDE - left - values - changes - 34
    axis = ticks(_most(model), 3)
    start = top
    top += size * 1.28 + 6
    rows: list[Mark] = []
    for row in _sorted(model):
        inner, height = _wide_row(model, row, left, top, room, axis[-1], changes)
        rows += linked(row.href, inner)
        top += height + 8
    for value in axis:
        x = left + float(value / axis[-1]) * room
        marks.append(Line(((x, start + size * 1.28 + 2), (x, top)), "faint"))
        label = money(value, model.symbol, model.words)
        marks.append(Text(x, start + size * ASCENT, label, size, "muted", anchor="middle"))
    return Scene(WIDE, top + 2, (*marks, *rows))


def _columns(model: BeforeAfter, size: float) -> tuple[float, float]:
    """Return how wide the amounts and their changes are, at most what leaves a drawing."""
    values = [width(_values(row, model), size) for row in model.rows]
    changes = [width(_change(row, model)[0], size, True) for row in model.rows]
    return min(max(values, default=0.0), 180.0), min(max(changes, default=0.0), 110.0)


def _wide_row(
    model: BeforeAfter,
    row: BeforeAfterRow,
    left: float,
    top: float,
    room: float,
    most: Decimal,
    changes: float,
) -> tuple[list[Mark], float]:
    size = WIDE_SIZES.small
    name = wrap(row.name, left - 14, size, True)
    what = wrap(_names(row, model), left - 14, size)
    height = max(block(name, size) + block(what, size), size * 1.28 * 2)
    middle = top + height / 2
    marks: list[Mark] = [*lines(name, 1, top, size, bold=True, title=True)]
    marks += lines(what, 1, top + block(name, size), size, "muted")
    marks += _dumbbell(row, left, middle, room, most)
    words, tone = _change(row, model)
    marks.append(Text(WIDE - 1, middle + 4, words, size, tone, True, "end"))
    values = wrap(_values(row, model), 180.0, size)
    up = block(values, size) / 2 if len(values.lines) > 1 else size * ASCENT - 4
    marks += lines(values, WIDE - 1 - changes - 10, middle - up, size, anchor="end")
    return marks, height


def _narrow(model: BeforeAfter, sums: _Sums) -> Scene:
    size, room = NARROW_SIZES.small, NARROW - 2
    marks, top = _totals(model, sums, NARROW, NARROW_SIZES)
    key, top = _key(model, NARROW, top, size)
    marks += key
    most = _most(model) or Decimal(1)
    for row in _sorted(model):
        words, tone = _change(row, model)
        name = wrap(row.name, room - width(words, size, True) - 10, size, True)
        what: Wrapped = wrap(_names(row, model), room, size)
        inner: list[Mark] = [*lines(name, 1, top, size, bold=True, title=True)]
        inner.append(Text(1 + room, top + size * ASCENT, words, size, tone, True, "end"))
        top += block(name, size)
        inner += lines(what, 1, top, size, "muted")
        top += block(what, size)
        values = wrap(_values(row, model), room, size)
        inner += lines(values, 1, top, size)
        top += block(values, size) + 9
        inner += _dumbbell(row, 7, top, room - 12, most)
        marks += linked(row.href, inner)
        top += 25
    return Scene(NARROW, top - 8, tuple(marks))


def _table(model: BeforeAfter, sums: _Sums) -> str:
    def cell(value: Decimal | None) -> Cell:
        return Cell("" if value is None else money(value, model.symbol, model.words), "", True)

    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(row.name, row.href),
            row.before_name,
            cell(row.before),
            row.after_name,
            cell(row.after),
            Cell(_change(row, model)[0], "", True),
        )
        for row in _sorted(model)
    ]
    change = Cell(sums.change, "", True)
    say = model.words.say
    total = say("drawings.sum")
    rows.append((total, sums.notes[0], cell(sums.before), sums.notes[1], cell(sums.after), change))
    one, two = clean(model.before_name), clean(model.after_name)
    head = (
        say("drawings.column-what"),
        one,
        say("drawings.column-amount", name=one),
        two,
        say("drawings.column-amount", name=two),
        say("drawings.column-change"),
    )
    return table(head, rows)

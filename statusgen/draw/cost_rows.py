"""Costs of stages lying down: each on its own scale, or all of them on one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from statusgen.draw.cards import WIDE_SIZES, Sizes, verdict_height, verdict_marks
from statusgen.draw.cost_figures import Figures
from statusgen.draw.metrics import ASCENT, width, wrap
from statusgen.draw.model import CostChart
from statusgen.draw.numbers import money
from statusgen.draw.scene import WIDE, Box, Hatch, Line, Mark, Rect, Text, block, lines, linked

_ZERO = Decimal(0)


def scale(value: Decimal, most: Decimal, room: float) -> float:
    """Return the length of a value in px."""
    return float(value / most) * room if most else 0.0


def own_scales(
    model: CostChart, figures: Sequence[Figures], top: float, room: float, sizes: Sizes
) -> tuple[list[Mark], float]:
    """Draw each stage as a row with an axis of its own, so that small ones are readable too."""
    size = sizes.small
    words = wrap(model.words.say("drawings.own-scales"), room - 2, size)
    marks: list[Mark] = [*lines(words, 1, top, size, "muted")]
    top += block(words, size) + 8
    left, right = 150.0, 150.0
    for one in figures:
        name = wrap(one.stage.name, left - 12, size, True)
        note = wrap(one.stage.note, left - 12, size)
        inner: list[Mark] = [*lines(name, 1, top, size, bold=True, title=True)]
        inner += lines(note, 1, top + block(name, size), size, "muted")
        drawn, strip_height = strip(model, one, left, top, room - left - right - 16, size)
        inner += drawn
        said, side_height = numbers_of(one, room - right, top, right - 1, size)
        marks += linked(one.stage.href, inner + said)
        top += max(block(name, size) + block(note, size), strip_height, side_height) + 14
    return marks, top - 10


def strip(
    model: CostChart, one: Figures, x: float, top: float, room: float, size: float
) -> tuple[list[Mark], float]:
    """Draw one stage lying down: the bar, under it the stated range, under it the axis."""
    most = one.most or Decimal(1)
    end = money(most, model.symbol, model.words)

    def at(value: Decimal) -> float:
        return x + scale(value, most, room)

    marks: list[Mark] = [Rect(Box(x, top, room, 14), "track", 0)]
    carried, itemised = one.stage.carried.low, one.itemised
    if carried:
        marks.append(Rect(Box(x, top, at(carried) - x, 14), "carried", 0))
    if itemised.low > carried:
        marks.append(Rect(Box(at(carried), top, at(itemised.low) - at(carried), 14), "accent", 0))
    high = itemised.high or itemised.low
    if high > itemised.low:
        marks.append(Rect(Box(at(itemised.low), top, at(high) - at(itemised.low), 14), "soft", 0))
        marks.append(Line(((at(high), top), (at(high), top + 14)), "accent"))
    if one.gap:
        marks.append(Hatch(Box(at(high), top, max(at(high + one.gap) - at(high), 2), 14)))
    axis = top + 18
    stated = one.stage.stated
    if stated:
        until = at(stated.high) if stated.high is not None else x + room
        marks.append(Rect(_seen(at(stated.low), until, x + room, top + 17), "range", 3))
        axis = top + 30
    marks.append(Line(((x, axis), (x + room, axis)), "faint"))
    baseline = axis + 3 + size * ASCENT
    marks.append(Text(x, baseline, money(_ZERO, model.symbol, model.words), size, "muted"))
    marks.append(Text(x + room, baseline, end, size, "muted", False, "end"))
    return marks, axis + 3 + size * 1.28 - top


def _seen(start: float, end: float, limit: float, top: float) -> Box:
    """Return the box of what is stated, wide enough to be seen where it is one amount."""
    broad = max(end - start, 6.0)
    return Box(min(start, limit - broad), top, broad, 9)


def numbers_of(
    one: Figures, x: float, top: float, room: float, size: float
) -> tuple[list[Mark], float]:
    """Write a stage's numbers and its verdict."""
    start = top
    marks: list[Mark] = []
    for name, value in (("itemised", one.itemised_text), ("stated", one.stated_text)):
        if not value:
            continue
        y = top + size * ASCENT
        marks.append(Text(x, y, one.words.say(f"drawings.{name}"), size, "muted"))
        marks.append(Text(x + room, y, value, size, "ink", True, "end"))
        top += size * 1.28
    if one.verdict:
        marks += verdict_marks(one.verdict, x, top, room, size)
        top += verdict_height(one.verdict, room, size)
    return marks, top - start


def overview(
    model: CostChart,
    figures: Sequence[Figures],
    top: float,
    across: float = WIDE,
    sizes: Sizes = WIDE_SIZES,
    says_stated: bool = True,
) -> tuple[list[Mark], float]:
    """Draw every itemised sum, and beneath it the stated range, lying down on one scale.

    ``says_stated``: no row of the stage's own follows that would say what is stated and link it.
    """
    size, room = sizes.small, across - 2
    most = max((one.most for one in figures), default=_ZERO)
    words = model.words.say(
        "drawings.one-scale-up-to", amount=money(most, model.symbol, model.words)
    )
    head = wrap(words, room, size)
    marks: list[Mark] = [*lines(head, 1, top, size)]
    top += block(head, size) + 6
    for one in figures:
        words = one.stated_told if says_stated else ""
        value = one.itemised_text
        taken = width(value, size, True) + (width(words, size) + 12 if words else 0)
        right, baseline = 1 + room, top + size * ASCENT
        name = wrap(one.stage.name, room - taken - 10, size, True, most=1)
        inner: list[Mark] = [*lines(name, 1, top, size, bold=True, title=True)]
        inner.append(Text(right, baseline, value, size, "ink", True, "end"))
        if words:
            before = right - width(value, size, True) - 12
            inner.append(Text(before, baseline, words, size, "muted", False, "end"))
        top += size * 1.28 + 2
        inner.append(Rect(Box(1, top, room, 8), "track", 0))
        carried, solid = (scale(v, most, room) for v in (one.stage.carried.low, one.itemised.low))
        if carried:
            inner.append(Rect(Box(1, top, max(carried, 1.5), 8), "carried", 0))
        if solid > carried:
            inner.append(Rect(Box(1 + carried, top, max(solid - carried, 1.5), 8), "accent", 0))
        reach = scale(one.itemised.high or one.itemised.low, most, room)
        if reach > solid:
            inner.append(Rect(Box(1 + solid, top, reach - solid, 8), "soft", 0))
            inner.append(Line(((1 + reach, top), (1 + reach, top + 8)), "accent"))
        stated = one.stage.stated
        if stated:
            left = 1 + min(scale(stated.low, most, room), room - 6)
            until = 1 + scale(stated.high or most, most, room)
            broad = max(until - left, 6)
            inner.append(Rect(Box(left, top + 9, broad, 6), "range", 2 if broad > 6 else 1))
        marks += linked(one.stage.href, inner) if says_stated else inner
        top += 22
    return marks, top + 10

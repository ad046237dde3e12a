"""Cost per stage: what is itemised, what was stated, and what lies between.

Stages jump, so there are bars and no line. Where the dearest stage is more than `CRUSHED` times
the cheapest, one scale would flatten the small ones: then every stage is drawn once more on a
scale of its own, with its axis written out. No logarithm: a bar on one has no honest length.
Where columns would be too narrow for their words, the stages lie below one another instead; where
both together would be heavier than `LIMIT`, only the one common scale is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.cost_figures import Figures, crushed, figures_of
from statusgen.draw.cost_rows import numbers_of, overview, own_scales, scale, strip
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, longest_word, width, wrap
from statusgen.draw.model import Amount, CostChart
from statusgen.draw.numbers import money, money_range, ticks
from statusgen.draw.scene import (
    NARROW,
    WIDE,
    Box,
    Hatch,
    Line,
    Mark,
    Rect,
    Scene,
    Text,
    Tone,
    block,
    lines,
    linked,
)

_ZERO = Decimal(0)
LIMIT = 15_000
"""Bytes of a variant, from which on the stages have no scales of their own."""


def draw_cost(model: CostChart, prefix: str) -> Diagram:
    """Draw the cost of stages; ``prefix`` makes its ids unique on the page."""
    figures = [figures_of(stage, model) for stage in model.stages]
    said = "; ".join(f"{one.stage.name}: {one.sentence}" for one in figures)
    said = model.words.say("drawings.cost-of-each", stages=said)
    table_html = _table(model, figures)

    def drawn(own: bool) -> Diagram:
        wide, narrow = _wide(model, figures, own), _narrow(model, figures, own)
        return diagram(prefix, model.title, said, wide, narrow, table_html)

    made = drawn(own=True)
    if max(len(made.wide_svg.encode()), len(made.narrow_svg.encode())) > LIMIT:
        made = drawn(own=False)
    return made


@dataclass(frozen=True, slots=True)
class _Key:
    """An entry of the legend."""

    words: str
    mark: str


def _legend(
    model: CostChart, figures: Sequence[Figures], room: float, size: float, gaps: bool
) -> tuple[list[Mark], float]:
    """Explain only what is drawn (``gaps``: whether those are); entries flow into lines."""
    say = model.words.say
    keys = [_Key(say("drawings.key-added"), "accent")]
    if any(one.stage.carried.low or one.stage.carried.high for one in figures):
        keys.insert(0, _Key(say("drawings.key-running"), "carried"))
    if gaps and any(one.gap for one in figures):
        keys.append(_Key(say("drawings.key-gap"), "hatch"))
    if any(one.itemised.high not in (None, one.itemised.low) for one in figures):
        keys.append(_Key(say("drawings.key-most"), "soft"))
    stated = [one.stage.stated for one in figures if one.stage.stated]
    if stated:
        ranges = any(amount.high != amount.low for amount in stated)
        keys.append(_Key(say(f"drawings.stated{'-range' if ranges else ''}"), "range"))
    marks: list[Mark] = []
    x, top = 1.0, 1.0
    for key in keys:
        taken = 20 + width(key.words, size) + 14
        if x > 1 and x + taken - 14 > room:
            x, top = 1.0, top + size * 1.6
        sample = Box(x, top + 1, 14, size - 1)
        if key.mark == "hatch":
            marks.append(Hatch(sample))
        elif key.mark == "range":
            marks.append(Rect(sample, "range", 3))
        elif key.mark == "soft":
            marks.append(Rect(sample, "soft", 0))
            marks.append(Line(((sample.right, sample.y), (sample.right, sample.bottom)), "accent"))
        else:
            marks.append(Rect(sample, "accent" if key.mark == "accent" else "carried", 1))
        marks.append(Text(x + 20, top + size * ASCENT, key.words, size, "muted"))
        x += taken
    return marks, top + size * 1.6


def _wide(model: CostChart, figures: Sequence[Figures], own: bool = True) -> Scene:
    fits = _fits(model, figures)
    marks, top = _legend(model, figures, WIDE, WIDE_SIZES.small, fits)
    common = _columns if fits else overview
    stages, top = common(model, figures, top + 6)
    marks += stages
    if own and fits and crushed(figures):
        rows, top = own_scales(model, figures, top + 22, WIDE, WIDE_SIZES)
        marks += rows
    return Scene(WIDE, top, tuple(marks))


def _axis(model: CostChart, figures: Sequence[Figures]) -> tuple[list[Decimal], list[str], float]:
    """Return the values of the common axis, their labels, and where the columns begin."""
    axis = ticks(max((one.most for one in figures), default=_ZERO))
    labels = [money(value, model.symbol, model.words) for value in axis]
    return axis, labels, max(width(label, WIDE_SIZES.small) for label in labels) + 10


def _slot(left: float, count: int) -> tuple[float, float]:
    """Return the width of a column with its surroundings, and of its bar."""
    slot = (WIDE - 1 - left) / max(count, 1)
    return slot, min(34.0, slot * 0.26)


def _fits(model: CostChart, figures: Sequence[Figures]) -> bool:
    """Say whether every column has room for its words: no word broken, no sum over another."""
    size = WIDE_SIZES.small
    slot, bar = _slot(_axis(model, figures)[2], len(figures))
    over = [width(one.itemised_text, size, True) for one in figures]
    over += [
        width(f"+ {money(one.gap, model.symbol, model.words)}", size, True)
        for one in figures
        if one.gap
    ]
    under = [longest_word(one.stage.name, size, True) for one in figures]
    for one in figures:
        under += [longest_word(text, size) for text in (one.stage.note, one.stated_text)]
    return max(over, default=0.0) <= slot - bar - 12 and max(under, default=0.0) <= slot - 8


def _columns(model: CostChart, figures: Sequence[Figures], top: float) -> tuple[list[Mark], float]:
    """Draw all stages on one scale: itemised and stated side by side."""
    size, height = WIDE_SIZES.small, 210.0
    axis, labels, left = _axis(model, figures)
    head = top + size * ASCENT
    marks: list[Mark] = [Text(1, head, model.words.say("drawings.one-scale"), size, "muted")]
    top += size * 2.6
    base = top + height
    for value, label in zip(axis, labels, strict=True):
        y = base - scale(value, axis[-1], height)
        marks.append(Line(((left, y), (WIDE - 1, y)), "faint" if value else "edge"))
        marks.append(Text(left - 8, y + 4, label, size, "muted", False, "end"))
    slot, bar = _slot(left, len(figures))
    foot = base
    for number, one in enumerate(figures):
        middle = left + slot * (number + 0.5)
        inner = _bar(one, middle - bar - 4, base, bar, axis[-1], height, size, model)
        caption, end = _caption(one, middle, base + 8, slot - 8, size)
        marks += linked(one.stage.href, inner + caption)
        foot = max(foot, end)
    return marks, foot


def _bar(
    one: Figures,
    x: float,
    base: float,
    bar: float,
    most: Decimal,
    height: float,
    size: float,
    model: CostChart,
) -> list[Mark]:
    """Draw one stage's bar, its hatched gap, its stated range beside it and its sum above it."""

    def y(value: Decimal) -> float:
        return base - scale(value, most, height)

    marks: list[Mark] = []
    carried, itemised = one.stage.carried, one.itemised
    if carried.low:
        marks.append(Rect(Box(x, y(carried.low), bar, base - y(carried.low)), "carried", 0))
    if itemised.low > carried.low:
        marks.append(
            Rect(Box(x, y(itemised.low), bar, y(carried.low) - y(itemised.low)), "accent", 0)
        )
    top = y(itemised.low)
    high = itemised.high or itemised.low
    if high > itemised.low:
        marks.append(Rect(Box(x, y(high), bar, top - y(high)), "soft", 0))
        marks.append(Line(((x, y(high)), (x + bar, y(high))), "accent"))
        top = y(high)
    if one.gap:
        until = y(high + one.gap)
        if top - until >= 3:
            marks.append(Hatch(Box(x, until, bar, top - until)))
            gap = money(one.gap, model.symbol, model.words)
            marks.append(_over(f"+ {gap}", x + bar, until - 6, size, "warn"))
            until -= size * 1.28
        top = until
    # Right-aligned to the bar, and so never over the stated range beside it.
    marks.append(_over(one.itemised_text, x + bar, top - 6, size, "ink"))
    stated = one.stage.stated
    if stated:
        upper = y(stated.high or most)
        deep = max(y(stated.low) - upper, 5.0)
        upper = min(upper, base - deep)
        marks.append(Rect(Box(x + bar + 8, upper, bar, deep), "range", min(3.0, deep / 2)))
    return marks


def _over(words: str, x: float, y: float, size: float, tone: Tone) -> Text:
    return Text(x, y, words, size, tone, True, "end", halo=True)


def _caption(
    one: Figures, middle: float, top: float, room: float, size: float
) -> tuple[list[Mark], float]:
    name = wrap(one.stage.name, room, size, True)
    note = wrap(one.stage.note, room, size)
    stated = wrap(one.stated_told, room, size)
    marks: list[Mark] = [*lines(name, middle, top, size, bold=True, anchor="middle", title=True)]
    top += block(name, size)
    for words in (note, stated):
        marks += lines(words, middle, top, size, "muted", anchor="middle")
        top += block(words, size)
    return marks, top


def _narrow(model: CostChart, figures: Sequence[Figures], own: bool = True) -> Scene:
    """Stack the stages; before them, where scales differ, all of them on one scale."""
    size, body, room = NARROW_SIZES.small, NARROW_SIZES.body, NARROW - 2
    marks, top = _legend(model, figures, NARROW, size, own)
    if crushed(figures) or not own:
        stages, top = overview(model, figures, top + 6, NARROW, NARROW_SIZES, not own)
        marks += stages
    if own and crushed(figures):
        marks += lines(wrap(model.words.say("drawings.own-scales"), room, size), 1, top, size)
        top += size * 1.28 + 10
    for one in figures if own else ():
        name = wrap(one.stage.name, room, body, True)
        inner: list[Mark] = [*lines(name, 1, top, body, bold=True, title=True)]
        top += block(name, body)
        note = wrap(one.stage.note, room, size)
        inner += lines(note, 1, top, size, "muted")
        top += block(note, size) + 4
        said, height = numbers_of(one, 1, top, room, size)
        inner += said
        top += height + 6
        drawn, height = strip(model, one, 1, top, room, size)
        marks += linked(one.stage.href, inner + drawn)
        top += height + 18
    return Scene(NARROW, top - 14, tuple(marks))


def _table(model: CostChart, figures: Sequence[Figures]) -> str:
    def cell(one: Figures, amount: Amount) -> Cell:
        words = (
            money_range(amount, model.symbol, model.words) if one.stage.known else one.itemised_text
        )
        return Cell(words, "", True)

    rows = [
        (
            Cell(one.stage.name, one.stage.href),
            one.stage.note,
            cell(one, one.stage.carried),
            cell(one, one.stage.added),
            Cell(one.itemised_text, "", True),
            Cell(one.stated_text, "", True),
            one.verdict.text if one.verdict else "",
        )
        for one in figures
    ]
    columns = ("stage", "when", "running", "added", "itemised", "stated", "check")
    return table([model.words.say(f"drawings.column-{name}") for name in columns], rows)

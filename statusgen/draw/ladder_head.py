"""The card of a stage in the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from statusgen.draw.cards import (
    PAD,
    Sizes,
    progress_fill,
    progress_word,
    verdict_height,
    verdict_marks,
)
from statusgen.draw.metrics import ASCENT, Wrapped, clean, fit, width, wrap
from statusgen.draw.model import LadderStage
from statusgen.draw.scene import Box, Disc, Mark, Rect, Text, block, lines, linked
from statusgen.words import Words

SPINE = 22.0
"""From the left side of the card to the middle of its number."""
DISC = 13.0
"""Radius of the disc with the number."""


@dataclass(frozen=True, slots=True)
class StageHead:
    """A measured stage card: number, name, what is stated of it and what its items come to."""

    stage: LadderStage
    number: int
    box_width: float
    sizes: Sizes
    words: Words

    def _name(self) -> Wrapped:
        room = self.box_width - 44 - PAD
        return wrap(self.stage.name, room, self.sizes.body, True, 3)

    def _note(self) -> Wrapped:
        words = (progress_word(self.stage.progress, self.words)[0], clean(self.stage.note))
        text = " · ".join(part for part in words if part)
        return wrap(text, self.box_width - 44 - PAD, self.sizes.small, most=3)

    def _figures(self) -> list[tuple[str, str]]:
        summed = "running" if self.stage.running else "itemised"
        pairs = (("stated", self.stage.stated), (summed, self.stage.itemised))
        say = self.words.say
        return [(say(f"drawings.{name}"), clean(value)) for name, value in pairs if value]

    @property
    def _room(self) -> float:
        return self.box_width - 2 * PAD

    def _one_row(self) -> bool:
        """Say whether both figures stand beside each other, as they do on phones."""
        words = "".join(name + value for name, value in self._figures())
        taken = width(words, self.sizes.small, True) + 40
        return len(self._figures()) == 2 and taken < self._room

    def _rows(self) -> list[tuple[str, str]]:
        """Return the lines of figures, a name at the left and a value at the right.

        A value too long to stand beside its name stands beneath it.
        """
        rows: list[tuple[str, str]] = []
        small = self.sizes.small
        for name, value in self._figures():
            if width(name, small) + 6 + width(value, small, True) <= self._room:
                rows.append((name, value))
            else:
                rows.append((name, ""))
                whole = fit(value, self._room, small, True) == value
                parts = (value,) if whole else wrap(value, self._room, small, True, 2).lines
                rows += [("", part) for part in parts]
        return rows

    @property
    def height(self) -> float:
        """The height it needs."""
        small = self.sizes.small
        total = block(self._name(), self.sizes.body) + block(self._note(), small)
        total = max(total, 2 * DISC + 4) + 2 * PAD - 4
        rows = self._rows()
        if rows or self.stage.verdict:
            total += 8 + (1 if self._one_row() else len(rows)) * self.sizes.step
        if self.stage.verdict:
            total += verdict_height(self.stage.verdict, self._room, small)
        return ceil(total)

    def place(self, x: float, y: float, height: float) -> list[Mark]:
        """Return its marks at a place, its frame ``height`` px high."""
        stage, sizes = self.stage, self.sizes
        marks: list[Mark] = [
            Rect(Box(x, y, self.box_width, height), progress_fill(stage.progress)),
            Disc(x + SPINE, y + PAD + DISC, DISC, "accent"),
            Text(
                x + SPINE,
                y + PAD + DISC + 4.5,
                str(self.number),
                sizes.body,
                "inverse",
                True,
                "middle",
            ),
        ]
        top, left = y + PAD - 2, x + 44
        marks += lines(self._name(), left, top, sizes.body, bold=True, title=True)
        top += block(self._name(), sizes.body)
        tone = progress_word(stage.progress, self.words)[1]
        marks += lines(self._note(), left, top, sizes.small, tone)
        top += block(self._note(), sizes.small)
        top = max(top, y + PAD - 2 + 2 * DISC + 4) + 8
        return linked(stage.href, marks + self._figure_marks(x, top))

    def _figure_marks(self, x: float, top: float) -> list[Mark]:
        small, marks = self.sizes.small, list[Mark]()
        right = x + self.box_width - PAD
        if self._one_row():
            (one, stated), (two, itemised) = self._figures()
            y = top + small * ASCENT
            after = x + PAD + width(one, small) + 6
            before = right - width(itemised, small, True) - 6
            marks.append(Text(x + PAD, y, one, small, "muted"))
            marks.append(Text(after, y, stated, small, "ink", True))
            marks.append(Text(before, y, two, small, "muted", False, "end"))
            marks.append(Text(right, y, itemised, small, "ink", True, "end"))
            top += self.sizes.step
        for name, value in () if self._one_row() else self._rows():
            y = top + small * ASCENT
            if name:
                marks.append(Text(x + PAD, y, name, small, "muted"))
            if value:
                shown = fit(value, self._room, small, True)
                full = value if shown != value else ""
                marks.append(Text(right, y, shown, small, "ink", True, "end", full))
            top += self.sizes.step
        if self.stage.verdict:
            marks += verdict_marks(self.stage.verdict, x + PAD, top, self._room, small)
        return marks

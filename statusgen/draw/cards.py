"""Cards: a framed name with lines beneath, measured first and placed when heights are settled."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from statusgen.draw.metrics import ASCENT, LINE_HEIGHT, Wrapped, fit, width, wrap
from statusgen.draw.model import Progress, Verdict
from statusgen.draw.scene import (
    BODY,
    BODY_NARROW,
    SMALL,
    SMALL_NARROW,
    Box,
    Fill,
    Icon,
    Mark,
    Rect,
    Symbol,
    Text,
    Tone,
    block,
    lines,
    linked,
)
from statusgen.words import Words


@dataclass(frozen=True, slots=True)
class Sizes:
    """Text sizes of a variant, in px."""

    small: float
    body: float

    @property
    def step(self) -> float:
        """Height of a small line."""
        return self.small * LINE_HEIGHT


WIDE_SIZES, NARROW_SIZES = Sizes(SMALL, BODY), Sizes(SMALL_NARROW, BODY_NARROW)
PAD = 10.0

_PROGRESS_TONES: dict[Progress, Tone] = {"done": "good", "now": "good", "late": "warn"}


def progress_word(progress: Progress, words: Words) -> tuple[str, Tone]:
    """Return how far a thing is in a word, with its tone; what is planned needs none."""
    word = "" if progress == "planned" else words.say(f"drawings.progress-{progress}")
    return word, _PROGRESS_TONES.get(progress, "muted")


def progress_fill(progress: Progress) -> Fill:
    """Return the frame of a card: what is going on now stands out, what is late too."""
    return "now" if progress == "now" else "bad" if progress == "late" else "card"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: words at the left, and at the right where there is room."""

    left: str
    left_tone: Tone = "muted"
    right: str = ""
    right_tone: Tone = "ink"


@dataclass(frozen=True, slots=True)
class Card:
    """A measured card of a given width."""

    width: float
    sizes: Sizes
    title: Wrapped
    body: tuple[Wrapped, ...]
    foot: tuple[Row, ...]
    fill: Fill
    href: str

    @property
    def height(self) -> float:
        """The height it needs."""
        small = self.sizes.small
        return ceil(
            block(self.title, small)
            + sum(block(part, small) for part in self.body)
            + len(self.foot) * self.sizes.step
            + 2 * PAD
            - 4
        )

    def place(self, x: float, y: float, height: float) -> list[Mark]:
        """Return its marks at a place; a foot stands at the bottom of ``height``."""
        small, inner = self.sizes.small, x + PAD
        marks: list[Mark] = [Rect(Box(x, y, self.width, height), self.fill)]
        top = y + PAD - 2
        marks += lines(self.title, inner, top, small, bold=True, title=True)
        top += block(self.title, small)
        for part in self.body:
            marks += lines(part, inner, top, small, "muted")
            top += block(part, small)
        top = y + height - PAD + 2 - len(self.foot) * self.sizes.step
        for row in self.foot:
            marks += self._row(row, x, top)
            top += self.sizes.step
        return linked(self.href, marks)

    def _row(self, row: Row, x: float, top: float) -> list[Mark]:
        baseline = top + self.sizes.small * ASCENT
        marks: list[Mark] = []
        if row.left:
            marks.append(Text(x + PAD, baseline, row.left, self.sizes.small, row.left_tone))
        if row.right:
            right = x + self.width - PAD
            marks.append(
                Text(right, baseline, row.right, self.sizes.small, row.right_tone, True, "end")
            )
        return marks


def card(
    room: float,
    sizes: Sizes,
    title: str,
    body: tuple[str, ...] = (),
    foot: tuple[Row, ...] = (),
    fill: Fill = "card",
    href: str = "",
    most: int = 2,
) -> Card:
    """Measure a card ``room`` px wide; each text takes at most ``most`` lines."""
    inner = room - 2 * PAD
    return Card(
        room,
        sizes,
        wrap(title, inner, sizes.small, True, most),
        tuple(wrap(text, inner, sizes.small, False, most) for text in body if text),
        tuple(part for row in foot for part in _split(row, inner, sizes.small)),
        fill,
        href,
    )


def _split(row: Row, room: float, size: float) -> list[Row]:
    """Return the row, in two where both ends do not fit beside each other; none where empty."""
    if not row.left and not row.right:
        return []
    taken = width(row.left, size) + width(row.right, size, True)
    if not row.left and width(row.right, size, True) > room:
        return _amounts(row, room, size)
    if not row.left or not row.right or taken + 8 <= room:
        return [
            Row(
                fit(row.left, room, size),
                row.left_tone,
                fit(row.right, room, size, True),
                row.right_tone,
            )
        ]
    return [Row(fit(row.left, room, size), row.left_tone), *_amounts(row, room, size)]


def _amounts(row: Row, room: float, size: float) -> list[Row]:
    """Return the right end of a row beneath its left one, in lines: no amount is cut off."""
    parts = wrap(row.right, room, size, True, 2).lines
    return [Row("", row.left_tone, part, row.right_tone) for part in parts]


_TONES: dict[Symbol, Tone] = {"ok": "good", "bad": "warn", "unknown": "muted"}


def verdict_marks(
    verdict: Verdict, x: float, top: float, room: float, size: float, most: int = 2
) -> list[Mark]:
    """Place a verdict: symbol, then its words in at most ``most`` lines."""
    words = wrap(verdict.text, room - size - 5, size, True, most)
    tone = _TONES[verdict.symbol]
    icon = Icon(x, top + size * ASCENT, size, verdict.symbol)
    return [icon, *lines(words, x + size + 5, top, size, tone, True)]


def verdict_lines(verdict: Verdict, room: float, size: float) -> int:
    """Return how many lines `verdict_marks` takes."""
    return len(wrap(verdict.text, room - size - 5, size, True, 2).lines)


def verdict_height(verdict: Verdict, room: float, size: float) -> float:
    """Return the height that `verdict_marks` takes."""
    return block(wrap(verdict.text, room - size - 5, size, True), size)

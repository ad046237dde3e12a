"""What a layout hands to the renderer: boxes, texts and lines at their places, nothing of SVG.

Layouts are pure functions from a model to a `Scene`; `statusgen.draw.svg` writes it. Units are px
of the variant's own width. y grows downwards; a text's y is its baseline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from statusgen.draw.metrics import ASCENT, DESCENT, LINE_HEIGHT, Wrapped, width

WIDE, NARROW = 680, 300
"""Widths of the two variants in px. Material's column on a 1280 px screen is 688; a phone of
320 px leaves 288 after margins, so the narrow texts are `SMALL_NARROW` or larger."""
BROAD = 900
"""Width in px of a drawing that has a page of its own; in less room it scrolls."""

SMALL, BODY = 12.0, 13.0
"""Text sizes of the wide variant in px; it is never shown smaller than drawn."""
SMALL_NARROW, BODY_NARROW = 12.6, 13.6
"""Text sizes of the narrow variant: 288/300 of the smaller is still 12 px."""

Tone = Literal["ink", "muted", "accent", "good", "warn", "inverse"]
Fill = Literal[
    "card",
    "now",
    "group",
    "accent",
    "carried",
    "range",
    "band",
    "page",
    "soft",
    "bad",
    "track",
    "good",
    "warn",
    "faint",
    "tray",
]
Stroke = Literal["accent", "faint", "ink", "inverse", "warn", "good", "edge"]
Symbol = Literal["ok", "bad", "unknown"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y of the lower side."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        """Return the box with ``by`` more on each side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, dx: float, dy: float) -> Box:
        """Return the box at another place."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """Say whether ``other`` lies inside."""
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def meets(self, other: Box, slack: float = 0.01) -> bool:
        """Say whether the two share more than a rim."""
        return (
            self.x + slack < other.right
            and other.x + slack < self.right
            and self.y + slack < other.bottom
            and other.y + slack < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle; its fill decides its outline too."""

    box: Box
    fill: Fill
    radius: float = 6


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    x: float
    y: float
    text: str
    size: float
    tone: Tone = "ink"
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    full: str = ""
    """The whole text where ``text`` was cut."""
    title: bool = False
    """Names what it stands in: bold, and underlined inside a link."""
    halo: bool = False
    """Keeps clear of the lines behind it."""
    goes_on: bool = False
    """The next text is its next line."""

    @property
    def box(self) -> Box:
        """The room the text takes at most, by measured width."""
        wide = width(self.text, self.size, self.bold)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - ASCENT * self.size, wide, (ASCENT + DESCENT) * self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, with an arrowhead at its end where asked."""

    points: tuple[Point, ...]
    stroke: Stroke = "edge"
    arrow: bool = False
    dashed: bool = False
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A path made by `statusgen.draw.plot`: an area where it has a fill, else a line."""

    path: str
    """SVG's path data, of numbers and letters only."""
    stroke: Stroke = "accent"
    dash: Literal["", "dash", "dot"] = ""
    fill: Fill | None = None


@dataclass(frozen=True, slots=True)
class Hatch:
    """A hatched area: something that is said but not shown to be there."""

    box: Box


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle, for the number of a stage or an end of a dumbbell."""

    x: float
    y: float
    radius: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Icon:
    """A tick, a warning triangle or a question mark, drawn so that no font has to hold it."""

    x: float
    y: float
    """The baseline of the text it stands before."""
    size: float
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Link:
    """Marks that lead somewhere."""

    href: str
    marks: tuple[Mark, ...]


Mark = Rect | Text | Line | Curve | Hatch | Disc | Icon | Link


@dataclass(frozen=True, slots=True)
class Scene:
    """A variant of a diagram, laid out."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def flat(self) -> Iterator[Mark]:
        """Yield every mark, those inside links too, in drawing order."""
        for mark in self.marks:
            if isinstance(mark, Link):
                yield from mark.marks
            else:
                yield mark

    def texts(self) -> list[Text]:
        """Return every text."""
        return [mark for mark in self.flat() if isinstance(mark, Text)]


def linked(href: str, marks: list[Mark]) -> list[Mark]:
    """Return the marks as one link, or as they are where there is no ``href``."""
    return [Link(href, tuple(marks))] if href else marks


def lines(
    wrapped: Wrapped,
    x: float,
    top: float,
    size: float,
    tone: Tone = "ink",
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "start",
    title: bool = False,
) -> list[Text]:
    """Place wrapped lines below ``top``, one line height each."""
    placed = []
    for number, line in enumerate(wrapped.lines):
        last = number == len(wrapped.lines) - 1
        y = top + size * (ASCENT + number * LINE_HEIGHT)
        full = wrapped.full if last else ""
        # The blank between two lines would shift centred ones, and be underlined in a link.
        # Pictures keep lines of their own: their font is taller, and one element has one box.
        plain = all(character < "\u2300" for part in wrapped.lines for character in part)
        goes_on = anchor == "start" and plain and not title and not last
        placed.append(Text(x, y, line, size, tone, bold, anchor, full, title, goes_on=goes_on))
    return placed


def block(wrapped: Wrapped, size: float) -> float:
    """Return the height that `lines` takes."""
    return len(wrapped.lines) * size * LINE_HEIGHT

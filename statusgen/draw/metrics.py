"""How wide a text will be, and how to make it fit: measured, never guessed.

Widths come from `statusgen.draw.widths`, the widest of the fonts that `FONT_STACK` can end in, so
a text is drawn at most as wide as measured. Characters outside the table are measured by what
kind they are (East Asian width, emoji, combining mark), again from above.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from statusgen.base.text import one_line
from statusgen.draw import widths

FONT_STACK = 'Arial,Helvetica,"Liberation Sans",Arimo,Roboto,"DejaVu Sans Condensed",sans-serif'
"""Arial is on Windows, macOS and iOS; Linux gives its metric twin; Android gives Roboto."""

ASCENT, DESCENT = 0.94, 0.25
"""Reach of a line above and below its baseline, in em: the largest of the stack's fonts."""

LINE_HEIGHT = 1.28
"""Distance of two baselines in em; above ASCENT + DESCENT, so that lines never touch."""

TEXT_LIMIT = 300
"""Characters of one text that a diagram will look at; the rest is cut with an ellipsis."""

_SAFETY = 1.01
_ELLIPSIS = "…"
_MARKS_IN_A_ROW = re.compile(
    r"((?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]){2})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_WORDS = re.compile(r"[^ /_.·-]+[/_.·-]*|[/_.·-]+| +")


_DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)+\.?[a-z]{2,}[.,;:)]*")


def _table(ranges: tuple[tuple[int, str], ...]) -> dict[str, float]:
    return {
        chr(first + offset): int(width) / 1000
        for first, row in ranges
        for offset, width in enumerate(row.split())
        if width != "0"
    }


_REGULAR, _BOLD = _table(widths.REGULAR), _table(widths.BOLD)


@lru_cache(maxsize=4096)
def _unlisted(character: str) -> float:
    """Return a width in em, from above, of a character that the table does not hold."""
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if code == 0xFDFD or 0x12000 <= code <= 0x1254F:  # a whole phrase, cuneiform: the widest known
        return 12.0
    if 0x1F000 <= code <= 0x1FAFF or 0x2300 <= code <= 0x2BFF:  # pictures, often from an emoji font
        return 1.4
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    return 1.0 if code < 0x3000 else 1.3


def clean(text: str) -> str:
    """Return outside text as one harmless line: no control or bidirectional characters, no towers.

    More than two combining marks on a letter would climb into the neighbouring lines.
    """
    return _clean(text[: TEXT_LIMIT * 8])


# A layout is tried in many widths: each text is taken apart once.
@lru_cache(maxsize=2048)
def _clean(text: str) -> str:
    return _MARKS_IN_A_ROW.sub(r"\1", one_line(text, TEXT_LIMIT))


def width(text: str, size: float, bold: bool = False) -> float:
    """Return an upper bound of the drawn width of ``text`` at ``size`` px, in px."""
    table = _BOLD if bold else _REGULAR
    total = 0.0
    for character in text:
        known = table.get(character)
        total += _unlisted(character) if known is None else known
    return total * size * _SAFETY


def fit(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return ``text``, cut with an ellipsis where it is wider than ``room`` px."""
    if width(text, size, bold) <= room:
        return text
    taken = width(_ELLIPSIS, size, bold)
    if taken > room:
        return ""
    kept = 0
    for character in text:
        taken += width(character, size, bold)
        if taken > room:
            break
        kept += 1
    return text[:kept].rstrip(" ·,-–(/") + _ELLIPSIS


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text broken into lines."""

    lines: tuple[str, ...]
    full: str = ""
    """The whole text where some of it was cut; empty where all of it is shown."""


def wrap(text: str, room: float, size: float, bold: bool = False, most: int = 2) -> Wrapped:
    """Break outside text into at most ``most`` lines of ``room`` px; what does not fit is cut.

    Lines break at spaces; a word that fills more than a line after ``/ . - _ ·``, so that a domain
    stays in one piece where it can; a longer piece breaks anywhere.
    """
    return _wrapped(clean(text), room, size, bold, most)


@lru_cache(maxsize=4096)
def _wrapped(whole: str, room: float, size: float, bold: bool, most: int) -> Wrapped:
    lines: list[str] = []
    line = ""
    lost = False
    for piece in _pieces(whole, room, size, bold):
        if width(piece.strip(), size, bold) > room:  # a single character as wide as a phrase
            piece, lost = _ELLIPSIS, True
        if width((line + piece).rstrip(), size, bold) <= room or not line.strip():
            line += piece
        else:
            lines.append(line)
            line = piece
    if line.strip():
        lines.append(line)
    if len(lines) <= most:
        return Wrapped(tuple(text.strip() for text in lines), whole if lost else "")
    last = fit("".join(lines[most - 1 :]).strip(), room, size, bold)
    return Wrapped((*(text.strip() for text in lines[: most - 1]), last), whole)


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """Return the width in px below which `wrap` would have to break inside a word."""
    return _longest(clean(text), size, bold)


@lru_cache(maxsize=2048)
def _longest(text: str, size: float, bold: bool) -> float:
    words = _WORDS.findall(text)
    return max((width(word.strip(), size, bold) for word in words), default=0.0)


def _whole_words(text: str, room: float, size: float, bold: bool) -> list[str]:
    """Return the words between spaces, each with what follows it; those too long in their parts.

    The parts before the last are joined as far as a line goes, the last two stay together where
    they fit: ``support.`` and ``example.com``, not ``support.example.`` and ``com``.
    """
    found: list[str] = []
    for word in re.findall(r"\S+ *| +", text):
        parts = _WORDS.findall(word)
        if len(parts) == 1 or width(word.rstrip(), size, bold) <= room:
            found.append(word)
            continue
        last = "".join(parts[-2:])
        ends = _DOMAIN.fullmatch(word.strip()) and width(last.rstrip(), size, bold) <= room
        found += [*parts[:-2], last] if ends else parts
    return found


def _pieces(text: str, room: float, size: float, bold: bool) -> list[str]:
    """Return the unbreakable pieces of a text; none is wider than ``room`` unless one character."""
    pieces: list[str] = []
    words = _whole_words(text, room, size, bold)
    for word in words:
        if width(word, size, bold) <= room and not any(
            unicodedata.east_asian_width(character) == "W" for character in word
        ):
            pieces.append(word)
            continue
        part = ""
        for character in word:
            wide = unicodedata.east_asian_width(character) == "W"
            if part and (wide or width(part + character, size, bold) > room):
                pieces.append(part)
                part = ""
            part += character
        pieces.append(part)
    return pieces

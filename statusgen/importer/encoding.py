"""Undoing double encoding: UTF-8 that was read as Windows-1252 and saved as UTF-8 once more.

Windows-1252 has no characters for the bytes 81, 8D, 8F, 90 and 9D; programs that save a text
anyway drop them. So ``┐`` (E2 94 90) may come as ``â”`` with nothing behind it. A text is changed
only where all of it reads as double encoding, and every character that needed a lost byte is told.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""The bytes that Windows-1252 does not define."""

MAX_LOST = 0.6
MAX_BARE = 0.2
"""With more broken characters than these shares the text is something else.

Quotation marks lose every second one; a first byte with nothing behind it may be a letter.
"""

_LEADS = frozenset({0xC2, 0xC3, 0xE2, 0xEF, 0xF0})
"""First bytes of accents, punctuation, drawing characters and emoji: the usual victims."""

_USUAL = ("┐", "”", "←", "\ufe0f", "║", "═")
"""What lost a byte, where several characters are possible: the commonest of each block."""

_LIGHT = frozenset("─│┌┐└┘├┤┬┴┼╭╮╯╰╱╲╳╌╎┄┆┈┊╴╵╶╷")


@dataclass(frozen=True, slots=True)
class Guess:
    """A character that was not in the text and had to be guessed."""

    line: int
    column: int
    """Both 1-based, in the repaired text."""
    was: str
    """What stood in the text as it came."""
    guess: str
    """What stands there now; U+FFFD where nothing could be told."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text, and what was done to it."""

    text: str
    was_double_encoded: bool
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """One character of the original text: what it is, or the bytes that are left of it."""

    text: str
    was: str
    left: bytes = b""


def repair(raw: bytes) -> Repaired:
    """Decode a document, and undo double encoding where all of it proves to be that.

    Bytes that are not UTF-8 are read as Windows-1252, each reported as a guess. A text that holds
    anything that double encoding cannot have made is returned as it is.
    """
    text, guesses = _decode(raw)
    if guesses or text.isascii():
        return Repaired(text, False, guesses)
    units = _units(text)
    if units is None or not _proven(units):
        return Repaired(text, False)
    return _joined(units)


def _decode(raw: bytes) -> tuple[str, tuple[Guess, ...]]:
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16"), ()
        except UnicodeDecodeError:
            pass
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return _with_places(map(_undecoded, text))


def _undecoded(character: str) -> tuple[str, str]:
    """Return a character; that of an undecodable byte, a lone surrogate, with what it was."""
    code = ord(character)
    if not 0xDC80 <= code <= 0xDCFF:
        return character, ""
    byte = bytes([code - 0xDC00])
    return byte.decode("cp1252", "replace"), f"byte {byte.hex().upper()}"


def _with_places(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Guess, ...]]:
    """Join characters, each with what stood there where it was guessed, and place the guesses."""
    parts: list[str] = []
    guesses: list[Guess] = []
    line, column = 1, 1
    for text, was in pieces:
        if was:
            guesses.append(Guess(line, column, was, text))
        parts.append(text)
        line, column = (line + 1, 1) if text == "\n" else (line, column + 1)
    return "".join(parts), tuple(guesses)


def _byte(character: str) -> int | None:
    """Return the byte that was read as this character, or None where none can have been."""
    code = ord(character)
    if code < 0x80 or code in HOLES:
        return code
    try:
        return character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None


def _units(text: str) -> list[_Unit] | None:
    """Cut the text into the characters that it was; None where it cannot have been any."""
    units: list[_Unit] = []
    position = 0
    while position < len(text):
        first = _byte(text[position])
        if first is None or 0x80 <= first < 0xC2 or first > 0xF4:
            return None
        size = 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
        end = position + 1
        found = [first]
        while end < len(text) and len(found) < size:
            byte = _byte(text[end])
            if byte is None or not 0x80 <= byte < 0xC0:
                break
            found.append(byte)
            end += 1
        was = text[position:end]
        if len(found) == size:
            try:
                units.append(_Unit(bytes(found).decode("utf-8"), was))
            except UnicodeDecodeError:
                return None
        else:
            units.append(_Unit("", was, bytes(found)))
        position = end
    return units


def _proven(units: list[_Unit]) -> bool:
    whole = [unit for unit in units if len(unit.was) > 1 and not unit.left]
    lost = sum(bool(unit.left) for unit in units)
    bare = sum(len(unit.left) == 1 for unit in units)
    if not any(_byte(unit.was[0]) in _LEADS for unit in whole):
        return False
    count = len(whole) + lost
    return lost <= MAX_LOST * count and bare <= MAX_BARE * count


def _joined(units: list[_Unit]) -> Repaired:
    light = all(
        unit.text in _LIGHT for unit in units if unit.text and "\u2500" <= unit.text <= "\u257f"
    )
    text, guesses = _with_places(
        (_fill(unit.left, light), unit.was) if unit.left else (unit.text, "") for unit in units
    )
    return Repaired(text, True, guesses)


def _fill(left: bytes, light: bool) -> str:
    """Return the one character that a lost byte can have made, or U+FFFD."""
    candidates = list(dict.fromkeys(_candidates(left)))
    drawing = [character for character in candidates if "\u2500" <= character <= "\u257f"]
    if light and drawing and len(drawing) == len(candidates):
        candidates = [character for character in drawing if character in _LIGHT]
    if len(candidates) == 1:
        return candidates[0]
    usual = [character for character in _USUAL if character in candidates]
    return usual[0] if len(usual) == 1 else "\ufffd"


def _candidates(left: bytes) -> Iterator[str]:
    """Put a lost byte into every place behind the first one."""
    for place in range(1, len(left) + 1):
        for hole in HOLES:
            try:
                text = (left[:place] + bytes([hole]) + left[place:]).decode("utf-8")
            except UnicodeDecodeError:
                continue
            if unicodedata.category(text) != "Cn":
                yield text

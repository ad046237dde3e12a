"""Making outside text harmless and short."""

from __future__ import annotations

import re
import unicodedata

from statusgen.base.odd import visible

# XML 1.0 section 2.2 allows these and no others.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def one_line(text: str, limit: int = 200, *, exact: bool = False) -> str:
    """Return ``text`` as one printable line of at most ``limit`` characters.

    Control, bidirectional and unassigned characters go, runs of space become one (but where
    ``exact``), and what is cut off ends in an ellipsis. Safe for terminals, logs and workflow
    commands (T3, T4 and T22 of content/reference).
    """
    kept = text[: limit * 8]
    if not kept.isprintable():  # nearly all are, and then hold none of what goes
        kept = "".join(
            " " if character.isspace() else character
            for character in kept
            if character.isspace()
            or (unicodedata.category(character)[0] != "C" and character not in _BIDI)
        )
    line = kept.strip() if exact else " ".join(kept.split())
    # Both spellings of a workflow command: ``::name::`` behind any space, ``##[name]`` anywhere.
    if line.startswith("::"):
        line = line.lstrip(": ")
    while "##[" in line:
        line = line.replace("##[", "#[")
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def quote(text: str, limit: int = 80) -> str:
    """Return ``text`` in quotes for a message: as it stands, what is invisible written out."""
    cut = text if len(text) <= limit else f"{text[: limit - 1]}…"
    shown = visible(cut)
    while "##[" in shown:
        shown = shown.replace("##[", "#[")
    return f'"{shown}"' if "'" in shown and '"' not in shown else f"'{shown}'"


def xml_legal(text: str) -> str:
    """Drop the characters that XML 1.0 cannot hold, even escaped."""
    return _NOT_XML.sub("", text)


def and_list(words: list[str], most: int = 3) -> str:
    """Join words for a sentence: ``A``, ``A and B``, ``A, B and 4 more``."""
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def formula_safe(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula (OWASP: CSV injection)."""
    if _NUMBER.fullmatch(text) or not text.lstrip(" \n\u00a0").startswith(_FORMULA):
        return text
    return f"'{text}"

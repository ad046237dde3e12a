"""Characters that look like another, or like nothing: named, so that a person can find them."""

from __future__ import annotations

import unicodedata

_NAMES = {
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
    "\u2007": "a figure space",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u202f": "a narrow no-break space",
    "\u2060": "a word joiner",
    "\u3000": "an ideographic space",
    "\ufeff": "a byte order mark",
    "\u2010": "a typographic hyphen",
    "\u2011": "a no-break hyphen",
    "\u2013": "an en dash",
    "\u2014": "an em dash",
    "\u2212": "a minus sign",
    "\u2026": "an ellipsis",
    "\uff1a": "a full-width colon",
} | dict.fromkeys("\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb", "a curly quote")
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def odd_characters(text: str) -> str:
    """Say which characters of ``text`` are not what they look like; empty where none is.

    Invisible ones are told wherever they stand; typographic ones (curly quotes, dashes) only in a
    text without a space, or around it: in a sentence they are how people write.
    """
    sentence = " " in text and not is_curly(text)
    found = (
        f"{_name(each)} (U+{ord(each):04X})"
        for each in dict.fromkeys(text)
        if is_invisible(each) or (not sentence and _is_typographic(each))
    )
    return ", ".join(found)


def plain(text: str) -> str:
    """Return ``text`` with ordinary characters for those that only look like them."""
    made = unicodedata.normalize("NFKC", text)
    for odd, name in _NAMES.items():
        instead = "" if name.startswith(("a zero-width", "a soft", "a word", "a byte")) else " "
        if "hyphen" in name or "dash" in name or "minus" in name:
            instead = "" if name.startswith("a soft") else "-"
        elif "quote" in name:
            instead = "'" if odd in "\u2018\u2019\u201a" else '"'
        elif "ellipsis" in name:
            instead = "..."
        made = made.replace(odd, instead)
    return made


def is_curly(text: str) -> bool:
    """Whether ``text`` begins and ends with a typographic quote: meant were straight ones."""
    return len(text) > 1 and all(_NAMES.get(end) == "a curly quote" for end in (text[0], text[-1]))


def is_invisible(character: str) -> bool:
    """Whether a character cannot be seen, or is a space that is no ordinary one."""
    category = unicodedata.category(character)
    return category in ("Cf", "Zs", "Zl", "Zp") and character != " "


def visible(text: str) -> str:
    """Return ``text`` with what cannot be seen written out, as U+00A0 in a string of Python."""
    return "".join(_escaped(each) if _hides(each) else each for each in text)


def _hides(character: str) -> bool:
    return is_invisible(character) or unicodedata.category(character)[0] == "C"


def _escaped(character: str) -> str:
    if character in "\n\t\r":
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}[character]
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _is_typographic(character: str) -> bool:
    return character in _NAMES or ord(character) in _FULL_WIDTH


def _name(character: str) -> str:
    if character in _NAMES:
        return _NAMES[character]
    if ord(character) in _FULL_WIDTH:
        return "a full-width character"
    return f"an invisible {unicodedata.name(character, 'character').lower()}"

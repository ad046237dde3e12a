"""What a page shows to who reads it, and whether certain words are among it.

Scripts, styles and what is struck through or hidden are not shown. No claim is made of a page that
scripts make: what it shows is not in the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "template", "noscript", "del", "s", "strike", "svg"})
_BLOCK = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "button",
            "dd",
            "details",
            "div",
            "dl",
        ),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *(
            "h6",
            "header",
            "hr",
            "label",
            "li",
            "main",
            "nav",
            "ol",
            "option",
            "p",
            "pre",
            "section",
        ),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    }
)
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SIGN = re.compile(r"(?<=[$€£₵₦₹¥₩₽₺])\s+(?=\d)|(?<=\d)\s+(?=[$€£₵₦₹₩₽₺])")
_SLASH = re.compile(r"\s*/\s*")
FEW = 200
"""A page that shows fewer letters than this, and runs scripts, is held to be made by them."""


class _Reader(HTMLParser):
    """Gathers what is shown. Never raises for what a page holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.scripts = 0
        self._silent: list[str] = []
        """The open elements of which nothing is shown, outermost first."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in _BLOCK:
            self.pieces.append(" ")
        if tag in _VOID:
            return
        told = dict(attrs)
        hidden = "hidden" in told or _HIDDEN.search(told.get("style") or "")
        if tag in _SILENT or hidden or (self._silent and tag == self._silent[-1]):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        if tag in _BLOCK:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def shown_text(page: str, *, markup: bool) -> tuple[str, bool]:
    """Return what a page shows, and whether it is made by scripts, as far as can be told.

    ``markup``: whether it is HTML; any other text is shown as it is.
    """
    if not markup:
        return _even(page), False
    reader = _Reader()
    reader.feed(page)
    reader.close()
    text = _even("".join(reader.pieces))
    letters = sum(each.isalnum() for each in text[: 10 * FEW])
    return text, reader.scripts > 0 and letters < FEW


def missing(text: str, expected: Sequence[str]) -> list[str]:
    """Return which of some words are not among what is shown (from :func:`shown_text`).

    A number is found as a whole alone: $2 is not in $25, in $2.50 or in $2,000.
    """
    return [each for each in expected if not _pattern(each).search(text)]


def _pattern(expected: str) -> re.Pattern[str]:
    wanted = _even(expected)
    before = r"(?<!\w)(?<!\d[.,])" if wanted[:1].isalnum() else ""
    after = ""
    if wanted[-1:].isdigit():
        after = r"(?!\w)(?![.,]\d)"
    elif wanted[-1:].isalnum():
        after = r"(?!\w)"
    return re.compile(before + re.escape(wanted) + after)


def _even(text: str) -> str:
    """Return a text without what differs between two ways to write the same."""
    even = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _SLASH.sub("/", _SIGN.sub("", even))

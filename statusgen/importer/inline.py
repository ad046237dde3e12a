"""Lines of running text, without their markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

DONE = frozenset("✅☑✔✓")
EMPTY_BOXES = frozenset("☐⬜🔲")
CROSSED = frozenset("❌✗✘")
BOXES = DONE | EMPTY_BOXES | CROSSED
"""Signs in front of a line that say whether it is done."""
MAX_TITLE = 160
"""A line with more characters is a sentence, whatever it is marked as."""
SAYING = BOXES | frozenset("✖❎⚠⛔🚫🛑❗‼❓🔴🟠🟡🟢🔵⭐🚧🔄⏳🔒🔓👍👎🏆")
"""Signs that say something of what stands behind them; others adorn it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text, without its markup."""

    number: int
    """1-based, in the document."""
    text: str
    """Code keeps its backticks, so that it stays visible as code."""
    lead: str = ""
    """The bold words at the beginning of :attr:`text`."""
    mark: str = ""
    """The sign in front (✅, 🟢), which :attr:`text` does not hold."""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def marked(self) -> str:
        """The text behind its sign."""
        return f"{self.mark} {self.text}".strip()

    @property
    def rest(self) -> str:
        """What follows the bold words."""
        return self.text[len(self.lead) :]


def joined(lines: Sequence[Line]) -> Line:
    """Join wrapped lines to one."""
    if len(lines) == 1:
        return lines[0]
    if not lines:
        return Line(0, "")
    text = " ".join([lines[0].text, *(line.marked for line in lines[1:])])
    links = tuple(link for line in lines for link in line.links)
    return Line(lines[0].number, text, lines[0].lead, lines[0].mark, links)


class LineBuilder:
    """Collects the pieces of one line of text."""

    def __init__(self, strong: int = 0) -> None:
        self.strong = strong
        self._parts: list[str] = []
        self._lead: int | None = None
        self._links: list[tuple[str, str]] = []
        self._link: tuple[str, int] | None = None

    def take(self, token: Token) -> None:
        """Add what one inline token holds."""
        if token.type == "strong_open":
            self.strong += 1
            if not _unmarked("".join(self._parts))[1].strip():
                self._lead = -1
        elif token.type == "strong_close":
            self.strong -= 1
            if self._lead == -1:
                self._lead = sum(map(len, self._parts))
        elif token.type == "link_open":
            self._link = (str(token.attrs.get("href", "")), sum(map(len, self._parts)))
        elif token.type == "link_close" and self._link is not None:
            text = "".join(self._parts)[self._link[1] :].strip()
            self._links.append((text, self._link[0]))
            self._link = None
        elif token.type == "image":
            self._links.append((token.content, str(token.attrs.get("src", ""))))
            self._parts.append(token.content)
        else:
            self._parts.append(_text(token))

    def line(self, number: int, ends: bool) -> Line:
        """Return the line; ``ends`` takes marks from its end as well."""
        whole = "".join(self._parts)
        mark, text = _unmarked(whole)
        lead = ""
        if self._lead is not None:
            end = len(whole) if self._lead == -1 else self._lead
            lead = _unmarked(whole[:end])[1].strip()
        text = text.strip()
        if ends:
            reversed_mark, reversed_text = _unmarked(text[::-1])
            if reversed_text and reversed_mark:
                text, mark = reversed_text[::-1].strip(), mark or reversed_mark[::-1]
                lead = lead if text.startswith(lead) else ""
        return Line(number, text, lead, mark, tuple(self._links))


def _text(token: Token) -> str:
    if token.type == "code_inline":
        return f"`{token.content}`"
    if token.type in ("s_open", "s_close"):
        return "~~"
    if token.type == "html_inline":
        if token.content.startswith("<!--"):
            return ""  # a remark to other programs, such as statusgen-ignore; nobody sees it
        return " " if token.content.lower().startswith("<br") else token.content
    if token.type in ("em_open", "em_close"):
        return ""
    return token.content


def _unmarked(text: str) -> tuple[str, str]:
    """Split the signs in front of a text from the text."""
    text = text.lstrip()
    end = 0
    while end < len(text) and _is_sign(text[end], begun=end > 0):
        end += 1
    return text[:end].strip(), text[end:].lstrip() if end else text


_CLOCKS = frozenset("⌚⌛⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺▶")
"""Drawn signs that stand before all others."""


def _is_sign(character: str, *, begun: bool) -> bool:
    if character in "\ufe0f\u200d" or (begun and character == " "):
        return True
    if character in _CLOCKS:
        return True
    return character >= "\u2600" and unicodedata.category(character) == "So"

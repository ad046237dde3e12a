"""The index of the search: every page of the site as titles, headings and sentences.

One index for the pages of ours and of another engine. Excerpts are shown as they stand in it, so
only what reads as text enters: no drawings, no code, no tables that repeat a drawing; a row of a
table becomes a sentence, each cell after the name of its column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from statusgen.publish.links import SEARCH
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.sitefiles import MOVED
from statusgen.words import Words

_TOKEN = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>""")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_SKIPPED = frozenset(
    ("script", "style", "svg", "nav", "pre", "button", "dialog", "template", "header", "footer")
)
_HEADINGS = frozenset(("h1", "h2", "h3"))
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "ol",
        "ul",
        "dl",
        "blockquote",
        "figure",
        "figcaption",
        "summary",
        "details",
        "main",
        "h4",
        "h5",
        "h6",
        "hr",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "aside",
    ]
)
_INLINE = frozenset(("span", "small", "strong", "b", "time"))
_KINDS = {
    "": "status",
    "components": "component",
    "incidents": "incident",
    "maintenance": "maintenance",
    "history": "history",
    "days": "day",
    "roadmaps": "roadmap",
    "wizard": "roadmap",
    "wizards": "roadmap",
}
_LEFT_OUT = ("badges/", "subscribe/")
"""Pages that name every component and say nothing of it."""
_LONGEST = 1_000
"""Letters of one block; nobody reads more in an excerpt."""


@dataclass(slots=True)
class Part:
    """A heading and the blocks of text below it."""

    heading: str
    anchor: str
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the index."""

    title: str
    address: str
    """From the site's root."""
    kind: str
    parts: tuple[Part, ...]


def read_page(title: str, address: str, kind: str, html: str) -> Found:
    """Return what the search knows of a page; ``html`` is its body."""
    return Found(title, address, kind, tuple(_Reader().read(html)))


def manifest_pages(manifest: Manifest) -> list[Found]:
    """Return the pages of a manifest that a visitor may look for."""
    found = []
    for entry in manifest:
        if not entry.path.endswith("index.html") or entry.source == MOVED:
            continue
        if entry.path.startswith(_LEFT_OUT):
            continue
        address = entry.path.removesuffix("index.html")
        kind = _KINDS.get(address.partition("/")[0], "prose")
        if isinstance(entry, Page):
            if not entry.searched:
                continue
            found.append(read_page(entry.title, address, kind, entry.body))
        else:
            html = entry.content.decode()
            main = html.partition("<main")[2].partition("</main>")[0]
            if kind == _KINDS["days"]:
                # Its table names every component every day: who looks for one wants its own page.
                main = main.partition("<table")[0]
            name = html.partition("<title>")[2].partition("</title>")[0].rpartition(" · ")[0]
            found.append(read_page(unescape(name), address, kind, f"<main{main}"))
    return found


def search_index(pages: Iterable[Found], words: Words) -> Asset:
    """Return the index: kinds in words, then ``[title, address, kind, [[heading, id, texts]]]``.

    What is true now stands first: of two pages that fit as well, the earlier one is shown first.
    """
    order = {kind: number for number, kind in enumerate(dict.fromkeys(_KINDS.values()))}
    listed = sorted(pages, key=lambda each: (order.get(each.kind, 9), each.address))
    document = {
        "kinds": {kind: words.say(f"chrome.kind-{kind}") for kind in (*order, "prose")},
        "pages": [
            [
                page.title,
                page.address,
                page.kind,
                [[part.heading, part.anchor, part.texts] for part in page.parts],
            ]
            for page in listed
        ],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Asset(path=SEARCH, content=text.encode("utf-8", "replace"), source="the search")


class _Reader:
    """Reads HTML as blocks of text; what it holds is never shown as HTML."""

    def __init__(self) -> None:
        self.parts = [Part("", "")]
        self.words: list[str] = []
        self.skipped: list[str] = []
        self.details = 0
        self.columns: list[str] = []
        self.cells: list[str] | None = None
        self.head = False

    def read(self, html: str) -> list[Part]:
        """Return the parts that hold anything."""
        position = 0
        for token in _TOKEN.finditer(html):
            self._text(html[position : token.start()])
            position = token.end()
            named = _NAME.match(token[0])
            if named:
                self._tag(named[1].lower(), token[0])
        self._text(html[position:])
        self._flush()
        return [part for part in self.parts if part.heading or part.texts]

    def _text(self, text: str) -> None:
        if text and not self.skipped:
            self.words.append(text)

    def _tag(self, name: str, tag: str) -> None:
        closing = tag.startswith("</")
        if self.skipped or name in _SKIPPED or _is_hidden(name, tag, self.details):
            self._skip(name, tag, closing=closing)
        elif name in _HEADINGS:
            self._heading(tag, closing=closing)
        elif name in ("td", "th", "tr", "thead"):
            self._cell(name, closing=closing)
        elif name == "br" or (name in _INLINE and not closing and self._ends_in_word()):
            self.words.append(" ")
        elif name in _BLOCKS:
            self._flush()
            if name == "details":
                self.details += -1 if closing else 1
            if name == "table":
                self.columns, self.cells = [], None

    def _ends_in_word(self) -> bool:
        """Whether two words would run together that a style sheet keeps apart."""
        return bool(self.words) and self.words[-1][-1].isalnum()

    def _skip(self, name: str, tag: str, *, closing: bool) -> None:
        if not self.skipped:
            if not closing and not tag.endswith("/>"):
                self._flush() if name not in ("svg", "button") else self.words.append(" ")
                self.skipped.append(name)
        elif name == self.skipped[0]:
            if closing:
                self.skipped.pop()
            elif not tag.endswith("/>"):
                self.skipped.append(name)

    def _heading(self, tag: str, *, closing: bool) -> None:
        if closing:
            self.parts[-1].heading = self._taken()
        else:
            self._flush()
            anchor = None if tag[:3] == "<h1" else _ID.search(tag)
            self.parts.append(Part("", unescape(anchor[1]) if anchor else ""))

    def _cell(self, name: str, *, closing: bool) -> None:
        if name == "thead":
            self.head = not closing
        elif name == "tr":
            self._row(closing=closing)
        elif self.cells is not None and closing:
            self.cells.append(self._taken())

    def _row(self, *, closing: bool) -> None:
        if not closing:
            self._flush()
            self.cells = []
        elif self.cells is not None:
            cells, self.cells = self.cells, None
            if self.head:
                self.columns = cells
            else:
                self._add(_sentence(cells, self.columns))

    def _flush(self) -> None:
        if self.cells is None:
            self._add(self._taken())
        elif self.words:
            self.words.append(" ")

    def _taken(self) -> str:
        text = " ".join(unescape("".join(self.words)).replace("¶", "").split())
        self.words.clear()
        return text

    def _add(self, text: str) -> None:
        if any(letter.isalpha() for letter in text):
            self.parts[-1].texts.append(text[:_LONGEST])


_UNREAD = re.compile(
    r"""\s(hidden(?=[\s>])|aria-hidden="true"|class="(?:[^"]* )?(?:old|crumb|steps|axis|key)[ "])"""
)


def _is_hidden(name: str, tag: str, details: int) -> bool:
    """Whether an element is no text of its page: hidden, a way to others, data of a drawing."""
    if name == "table" and details:
        return True
    return name not in ("input", "img", "br") and bool(_UNREAD.search(tag))


def _sentence(cells: list[str], columns: list[str]) -> str:
    """Write a row as one reads it: the first cell, then each cell after its column's name."""
    if not cells:
        return ""
    names = columns if len(columns) == len(cells) else [""] * len(cells)
    rest = [
        f"{name} {cell}".strip()
        for name, cell in zip(names[1:], cells[1:], strict=True)
        if cell and cell not in ("—", "-", "?")
    ]
    return f"{cells[0]}: {', '.join(rest)}" if rest and cells[0] else cells[0] or ", ".join(rest)

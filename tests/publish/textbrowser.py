"""What a visitor reads of a page, as a text browser would show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.publish.trees import tree_of

MOST_ROWS = 3
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "header", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tr", "ul",
}  # fmt: skip
_UNREAD = {"script", "style", "head", "template", "button"}
"""What is not text, or works with scripts alone."""
_NARROW = {"narrow", "d60", "d30"}
"""What the style sheet shows on small screens only."""


def lines_of(html: str, *, chrome: bool) -> str:
    """Return what a page shows by its blocks; of long tables the first rows.

    Icons stand as ``[down]``, a strip of days as ``[u1-89 d90]``: what is painted
    must say what is written. ``chrome``: with the header and the footer around every page.
    """
    document = tree_of(html)
    title = document.findtext(".//title") or ""
    part = document.find("body" if chrome else ".//main")
    assert part is not None
    unseen = {"fresh" if "stale" in document.get("class", "") else "old", *_NARROW}
    text = "".join(_walk(part, unseen))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join([title, *(line for line in lines if line)]) + "\n"


def _walk(node: Element, unseen: set[str]) -> Iterator[str]:
    tag, classes = node.tag, set(node.get("class", "").split())
    if tag == "svg" and node.get("aria-hidden") == "true":
        yield _painted(node)
    elif tag not in _UNREAD and not classes & unseen and node.get("hidden") is None:
        block = tag in _BLOCKS
        yield "\n" if block else ""
        yield " | " if tag in ("td", "th") else ""
        yield node.text or ""
        rows = [child for child in node if child.tag == "tr"]
        for child in node:
            if child.tag == "tr" and rows.index(child) >= MOST_ROWS:
                continue
            yield from _walk(child, unseen)
        if len(rows) > MOST_ROWS:
            yield f"\n({len(rows) - MOST_ROWS} more rows)"
        yield "\n" if block else ""
    yield node.tail or ""


def _painted(picture: Element) -> str:
    """Return an icon by the shape that it uses, a strip by its shapes and their days."""
    use = picture.find("use")
    if use is not None:
        return f"[{use.get('href', '').removeprefix('#')}] "
    days = [
        f"{path.get('class')}{_placed(path.get('d', ''))}"
        for path in picture.findall("path")
        if path.get("class")
    ]
    return f"[{' '.join(days)}] " if days else ""


def _placed(drawn: str) -> str:
    """Return which days a shape paints, the oldest being 1: ``1-89`` or ``90``."""
    found = re.match(r"M([\d.]+) [\d.]+(?:h([\d.]+))?", drawn)
    assert found, drawn
    first = int(float(found[1])) // 10 + 1
    last = int(float(found[1]) + float(found[2] or 0)) // 10 + 1
    return f"{first}-{last}" if last > first else f"{first}"

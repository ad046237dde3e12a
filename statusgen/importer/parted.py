"""A name and what stands beside it: its number, the bracket behind it, what it is joined to."""

from __future__ import annotations

import re

from statusgen.roadmap.price_ways import split_outside

_ORDER = re.compile(r"^(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?|[A-Z][.)])\s+")


def last_bracket(text: str) -> tuple[str, str, str]:
    """Split ``name (inside) rest`` at the last pair of parentheses that is not nested.

    In code they are of a call and of no name: `` `connect(options)` ``.
    """
    end = text.rfind(")")
    depth = 0
    for index in range(end, -1, -1):
        depth += (text[index] == ")") - (text[index] == "(")
        if depth == 0:
            if text.count("`", 0, index) % 2:
                return text, "", ""
            name, inner = text[:index].rstrip(), text[index + 1 : end].strip()
            return (name, inner, text[end + 1 :].strip(" .,;—–-")) if name else (text, "", "")
    return text, "", ""


def narrow(text: str) -> str:
    """Return a text with brackets of ordinary width, so that :func:`last_bracket` reads them."""
    return text.replace("（", " (").replace("）", ")")


def alternatives(text: str) -> list[str]:
    """Split ``A ($1) or B ($2)`` and ``A + B`` outside parentheses."""
    parts = split_outside(text, r"\s+(?:or|\+|and)\s+")
    return [said for part in parts if (said := part.strip(" ,"))]


def unnumbered(text: str) -> tuple[str, str]:
    """Split the author's number from a heading: ``1.2 Name`` → (``1.2``, ``Name``)."""
    match = _ORDER.match(text)
    if match is None:
        return "", text.strip()
    return match[0].strip(" ().:"), text[match.end() :].strip()

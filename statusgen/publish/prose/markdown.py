"""Markdown that the site's owner wrote, by the library that MkDocs uses, made harmless.

Python-Markdown reads what MkDocs would read, with the extensions that ``mkdocs.yml`` names as far
as our pages can show what they make. Unlike there, the HTML then passes an allow-list: our pages'
policy lets no script and no style of their own run anyway.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import nh3

from statusgen.base.fields import FOLLOWED
from statusgen.base.text import xml_legal

_ALWAYS = ("toc", "tables", "fenced_code")
"""MkDocs' own."""
_OF_MARKDOWN = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code",
    "footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists",
    "smarty", "tables", "toc",
})  # fmt: skip
_OF_PYMDOWN = frozenset({
    "betterem", "caret", "details", "highlight", "inlinehilite", "keys", "magiclink",
    "mark", "smartsymbols", "superfences", "tabbed", "tasklist", "tilde",
})  # fmt: skip
_FIXED: Mapping[str, dict[str, Any]] = {
    "codehilite": {"use_pygments": False},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.tabbed": {"alternate_style": False},  # each label stands before its content
    "pymdownx.superfences": {"custom_fences": []},  # what Python makes of them is not shown here
}
_TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "label", "li",
    "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
    "u", "ul", "var",
})  # fmt: skip
_ATTRIBUTES: Mapping[str, set[str]] = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_ALIGNED = re.compile(r'(?<=<t[dh]) style="text-align: (left|center|right);"')
"""How tables say where a column is set; our policy lets no style of an element's own."""
_TABLE = re.compile(r"(<table>.*?</table>)", re.DOTALL)
"""Wider than a phone, it scrolls by itself, for a keyboard too."""
_TAKEN = frozenset({"main"})
"""Ids of the layout."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page."""

    level: int
    anchor: str
    text: str
    below: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and its headings."""

    html: str
    headings: tuple[Heading, ...]


class Reader:
    """Makes HTML of Markdown, with the extensions of one site."""

    def __init__(self, extensions: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Take the extensions; those that our pages cannot show are in ``unknown``."""
        self.unknown: list[str] = []
        self._configs: dict[str, dict[str, Any]] = {name: {} for name in _ALWAYS}
        for written, options in extensions:
            name = written.removeprefix("markdown.extensions.")
            if not _is_there(name):
                self.unknown.append(written)
                continue
            known = {key: value for key, value in options.items() if value is not None}
            self._configs[name] = known | _FIXED.get(name, {})
        if "pymdownx.superfences" in self._configs:
            del self._configs["fenced_code"]
            self._configs.setdefault("pymdownx.highlight", dict(_FIXED["pymdownx.highlight"]))
        self._configs["toc"]["slugify"] = _slug
        self._markdown = self._made()

    def _made(self) -> Any:
        import markdown

        try:
            return markdown.Markdown(extensions=[*self._configs], extension_configs=self._configs)
        except (AttributeError, KeyError, TypeError, ValueError):
            # An option that an extension refuses: without options all of them can be made.
            plain = {name: dict(_FIXED.get(name, {})) for name in self._configs}
            return markdown.Markdown(extensions=[*plain], extension_configs=plain)

    def read(self, text: str) -> Rendered:
        """Return the HTML of a text."""
        self._markdown.reset()
        html = _ALIGNED.sub(r' class="to-\1"', self._markdown.convert(xml_legal(text)))
        tokens = getattr(self._markdown, "toc_tokens", [])
        clean = nh3.clean(
            html,
            tags=set(_TAGS),
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            url_schemes=set(FOLLOWED),
            url_relative="pass_through",
            link_rel=None,
            clean_content_tags={"script", "style"},
            attribute_filter=_filtered,
        )
        clean = _TABLE.sub(r'<div class="scrolls" tabindex="0">\1</div>', clean)
        clean = clean.replace("<pre>", '<pre tabindex="0">')
        return Rendered(clean, tuple(map(_heading, tokens)))


def _is_there(name: str) -> bool:
    """Whether our pages can show what an extension makes, and it is installed."""
    package, _, own = name.rpartition(".")
    if package != "pymdownx":
        return not package and name in _OF_MARKDOWN
    if own not in _OF_PYMDOWN:
        return False
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _slug(text: str, separator: str) -> str:
    """Return MkDocs' anchor for a heading, or another one where the layout has it."""
    from markdown.extensions.toc import slugify

    slug = str(slugify(text, separator))
    return f"{slug}{separator}1" if slug in _TAKEN else slug


def _heading(token: Mapping[str, Any]) -> Heading:
    below = tuple(_heading(each) for each in token["children"])
    return Heading(token["level"], token["id"], unescape(token["name"]), below)


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """Let a field be nothing but a box that is ticked or not."""
    if tag == "input" and attribute == "type":
        return "checkbox" if value == "checkbox" else "hidden"
    return value

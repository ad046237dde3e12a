"""Markdown that people wrote for visitors, made into HTML that cannot act."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from statusgen.base.fields import FOLLOWED
from statusgen.base.text import xml_legal

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "i", "li",
    "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "time", "tr", "ul",
}  # fmt: skip


def render_markdown(text: str, written: Callable[[str], Markup] = escape) -> Markup:
    """Return the HTML of ``text``: raw HTML shown as text, then an allow-list of tags.

    No picture, no style, no relative link (feeds carry the same HTML); links tell crawlers that
    we do not vouch for them. ``written`` makes HTML of plain text outside of code: a page puts
    ``<time>`` there, nothing else passes.
    """
    html = _parser().render(xml_legal(text), {"written": written})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "time": {"datetime", "data-f"}},
        url_schemes=set(FOLLOWED),
        url_relative="deny",
        link_rel="noopener nofollow",
        clean_content_tags={"script", "style"},
    )
    return Markup(clean.strip())  # noqa: S704 - sanitised in the line above


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("heading_open", _lower_heading)
    parser.add_render_rule("heading_close", _lower_heading)
    parser.add_render_rule("text", _text)
    parser.add_render_rule("image", _image)
    return parser


def _lower_heading(self: object, tokens: list, index: int, *_: object) -> str:  # type: ignore[type-arg]
    """Set headings below the page's own: ``#`` becomes h3."""
    token = tokens[index]
    level = min(6, int(token.tag[1]) + 2)
    return f"<{'/' if token.nesting < 0 else ''}h{level}>"


def _image(self: object, tokens: list, index: int, *_: object) -> str:  # type: ignore[type-arg]
    """Link to a picture by the words that describe it: feeds and terminals show none."""
    source = str(tokens[index].attrs.get("src", ""))
    return str(Markup('<a href="{}">{}</a>').format(source, tokens[index].content or source))


def _text(self: object, tokens: list, index: int, _: object, env: dict[str, Any]) -> str:  # type: ignore[type-arg]
    return str(env["written"](tokens[index].content))

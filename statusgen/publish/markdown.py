"""Markdown that people wrote for visitors, made into HTML that cannot act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from statusgen.base.fields import FOLLOWED
from statusgen.base.text import xml_legal
from statusgen.publish.references import Target, nowhere

_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "li", "ol", "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "time", "tr",
    "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "time": {"datetime", "data-f"},
}


def render_markdown(
    text: str,
    written: Callable[[str], Markup] = escape,
    target: Target = nowhere,
    outline: int = 3,
) -> Markup:
    """Return the HTML of ``text``: raw HTML shown as text, then an allow-list of tags.

    No style, no picture of others; links tell crawlers that we do not vouch for them. ``written``
    makes HTML of plain text outside of code: a page puts ``<time>`` there, nothing else passes.
    ``target`` says where links lead; ``outline`` is the level of the highest heading, below which
    the others follow without a gap.
    """
    env: dict[str, Any] = {"written": written, "target": target}
    tokens = _parser().parse(xml_legal(text), env)
    env["levels"] = _levels(tokens, outline)
    html = _parser().renderer.render(tokens, _parser().options, env)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=set(FOLLOWED),
        url_relative="pass_through",  # only a target leads to one
        link_rel="noopener nofollow",
        clean_content_tags={"script", "style"},
    )
    return Markup(clean.strip())  # noqa: S704 - sanitised in the line above


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("heading_open", _fitted_heading)
    parser.add_render_rule("heading_close", _fitted_heading)
    parser.add_render_rule("text", _text)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link)
    return parser


def _levels(tokens: Sequence[Token], outline: int) -> dict[str, int]:
    """Map the headings that occur to consecutive levels from ``outline`` on."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    return {tag: min(6, outline + depth) for depth, tag in enumerate(used)}


def _fitted_heading(
    self: object, tokens: Sequence[Token], index: int, _: object, env: dict[str, Any]
) -> str:
    token = tokens[index]
    return f"<{'/' if token.nesting < 0 else ''}h{env['levels'][token.tag]}>"


def _link(self: object, tokens: Sequence[Token], index: int, _: object, env: dict[str, Any]) -> str:
    """Open a link where it leads somewhere; else an anchor without an address keeps the words."""
    address = env["target"](str(tokens[index].attrs.get("href", "")))
    return str(Markup('<a href="{}">').format(address)) if address else "<a>"


def _image(
    self: object, tokens: Sequence[Token], index: int, _: object, env: dict[str, Any]
) -> str:
    """Show a picture of the site's own; link to any other by the words that describe it."""
    source = str(tokens[index].attrs.get("src", ""))
    words, address = tokens[index].content, env["target"](source)
    if address and not urlsplit(source).scheme:
        return str(Markup('<img src="{}" alt="{}">').format(address, words))
    if not address:
        return str(escape(words or source))
    return str(Markup('<a href="{}">{}</a>').format(address, words or source))


def _text(self: object, tokens: Sequence[Token], index: int, _: object, env: dict[str, Any]) -> str:
    return str(env["written"](tokens[index].content))

"""CSS, scripts and HTML of an Upptime file: its operator's own, so in every page as written.

What they are made for are Upptime's own pages. Its colours are read where ours mean the same;
rules for parts that our pages do not have are harmless, and told of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any

from statusgen.base.colour import parse_colour
from statusgen.base.fields import link_fault
from statusgen.base.palette import Colours, Scheme
from statusgen.base.text import and_list, quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.colours import colours_of, contrast_problems
from statusgen.config.upptimewarn import Warnings

_AT: Path_ = ("status-website",)
_PROPERTY = re.compile(r"(--[a-z0-9-]+)\s*:\s*([^;}]+)", re.IGNORECASE)
_COLOURS = {
    "--up-border-left-color": "up",
    "--tag-up-background-color": "up",
    "--degraded-border-left-color": "degraded",
    "--tag-degraded-background-color": "degraded",
    "--down-border-left-color": "down",
    "--tag-down-background-color": "down",
    "--nav-current-border-bottom-color": "accent",
}
"""Upptime's custom properties → our colours; of two of one colour the first counts."""
_LINK = ("rel", "href", "media", "as", "type", "sizes", "crossorigin")
_SCRIPT = ("src", "type", "crossorigin", "integrity")
_SWITCHES = ("async", "defer")
_TOLD = frozenset({"viewport", "generator", "description", "color-scheme", "build"})
_THEIRS = re.compile(
    r"--(?:body|nav|card|submit-button|change|up|down|degraded|tag|graph|notification)"
    r"(?:-[a-z0-9]+)+",
    re.IGNORECASE,
)


class OwnParts:
    """What the keys come to: HTML for three places of a page, a style sheet, colours."""

    def __init__(
        self, document: Document, data: Mapping[str, Any], warnings: Warnings, base: str
    ) -> None:
        self._document, self._data, self._warnings, self._base = document, data, warnings, base
        self.css = self._text("css")
        self.colours = self._colours()
        self._theme()
        self.robots = ""
        self.head = "\n".join(filter(None, [self._meta(), self._links(), self._head()]))
        self.top = self._text("customBodyHtml")
        self.foot = "\n".join(
            filter(None, [self._text("customFootHtml"), self._scripts(), self._js()])
        )

    def _colours(self) -> Colours:
        """Read colours from the style sheet; one that is not seen well enough stays ours."""
        found: dict[str, dict[Scheme, str]] = {}
        without: list[str] = []
        for name, value in _PROPERTY.findall(re.sub(r"/\*.*?\*/", " ", self.css, flags=re.DOTALL)):
            colour = parse_colour(value)
            if name in _COLOURS and colour:
                found.setdefault(_COLOURS[name], {"light": colour})
            elif _THEIRS.fullmatch(name):
                without.append(name)
        for (name, _), problem in list(contrast_problems(self._document, (*_AT, "css"), found)):
            message = f"{problem.message}: not used for {name}"
            self._say("css", message, problem.fix)
            del found[name]
        if without:
            named = and_list(list(dict.fromkeys(without)), most=4)
            self._say("css", f"sets what our pages do not have: {named}")
        return colours_of(found)

    def _theme(self) -> None:
        if self._text("themeUrl"):
            self._say(
                "themeUrl",
                "is not fetched: a theme of Upptime's sets what our pages do not have",
                "write its colours as `css:`, or data/status.yml, where a site has `colors:`",
            )

    def _meta(self) -> str:
        """Return the tags for search engines and others; what robots are told is kept apart."""
        tags, made, robots = self._data.get("metaTags"), [], []
        for index, tag in enumerate(tags if isinstance(tags, list) else [tags] if tags else []):
            own = tag if isinstance(tag, dict) else {}
            name, content = own.get("name"), own.get("content")
            if not (isinstance(name, str) and isinstance(content, str) and name.strip()):
                self._warn((*_AT, "metaTags", index), "needs a name and a content: not used")
            elif name.strip().lower() == "robots":
                robots.append(content)
            elif name.strip().lower() in ("viewport", "generator", "description", "color-scheme"):
                self._warn(
                    (*_AT, "metaTags", index), f"{quote(name, 40)} is told by the page itself"
                )
            else:
                made.append(f'<meta name="{escape(name.strip())}" content="{escape(content)}">')
        self.robots = " ".join(", ".join(robots).split())
        return "\n".join(made)

    def _head(self) -> str:
        """Return the HTML for the head, without what it tells robots, which every page tells."""
        html = self._text("customHeadHtml")
        if not html:
            return ""
        reader = _Robots()
        reader.feed(html)
        reader.close()
        self.robots = " ".join(", ".join(filter(None, [self.robots, *reader.found])).split())
        for tag in reader.tags:
            html = html.replace(tag, "", 1)
        return html.strip()

    def _links(self) -> str:
        made = []
        for at, own in self._entries("links"):
            href = str(own.get("href") or "").strip()
            fault = link_fault(href) if href else "needs a href"
            if fault:
                self._warn(at, f"{fault.partition(';')[0]}: not used", "write `href:`")
                continue
            made.append(f"<link{self._said(at, own, _LINK)}>")
        return "\n".join(made)

    def _scripts(self) -> str:
        made = []
        for at, own in self._entries("scripts"):
            src = str(own.get("src") or "").strip()
            fault = link_fault(src) if src else "needs a src"
            if fault or src.startswith("mailto:"):
                said = (fault or "is no script").partition(";")[0]
                self._warn(at, f"{said}: not used", "write `src:`")
                continue
            switches = [each for each in _SWITCHES if str(own.get(each)).lower() == "true"]
            said = self._said(at, own, _SCRIPT) + "".join(f" {each}" for each in switches)
            made.append(f"<script{said}></script>")
        return "\n".join(made)

    def _js(self) -> str:
        """Return the script as an element; its own text cannot end it."""
        text = self._text("js")
        plain = re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)
        return f"<script>{plain}</script>" if text else ""

    def _said(self, at: Path_, own: Mapping[str, Any], known: tuple[str, ...]) -> str:
        """Return the attributes that are read; others are told of."""
        for key in own:
            if key not in (*known, *_SWITCHES):
                self._warn((*at, key), f"is no attribute that is read here: {quote(key, 40)}")
        return "".join(
            f' {key}="{escape(str(own[key]))}"' for key in known if isinstance(own.get(key), str)
        )

    def _entries(self, key: str) -> list[tuple[Path_, Mapping[str, Any]]]:
        listed = self._data.get(key)
        if listed is not None and not isinstance(listed, list):
            self._say(key, "must be a list: not used", "write each entry after `- `")
        found: list[tuple[Path_, Mapping[str, Any]]] = []
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(entry, dict):
                found.append(((*_AT, key, index), entry))
            else:
                self._warn((*_AT, key, index), "must be a mapping: not used")
        return found

    def _text(self, key: str) -> str:
        value = self._data.get(key)
        if isinstance(value, (dict, list)):
            self._say(key, "must be text: not used", "write it behind `|`, indented")
        return value.strip() if isinstance(value, str) else ""

    def _say(self, key: str, message: str, fix: str = "") -> None:
        self._warn((*_AT, key), message, fix)

    def _warn(self, path: Path_, message: str, fix: str = "") -> None:
        self._warnings.add(self._document.problem(path, message, fix))


class _Robots(HTMLParser):
    """Finds ``<meta name="robots">`` in HTML, comments left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what robots are told, and the tag that tells it."""
        said = {name: (value or "").strip() for name, value in attrs}
        if tag == "meta" and said.get("name", "").lower() == "robots":
            self.found.append(said.get("content", ""))
            self.tags.append(self.get_starttag_text() or "")

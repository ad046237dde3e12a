"""What an owner's HTML and CSS need of a page's content security policy, each by its name.

A host is named as an origin, inline scripts and styles by their SHA-256. What no policy of ours
can allow is named as a doubt.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from statusgen.base.text import quote

_HOST = re.compile(
    r"(?:https://|wss://)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.IGNORECASE)
_IMPORT = re.compile(
    r"@import\s+(?:url\(\s*)?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"';)]+))", re.IGNORECASE
)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]+))\s*\)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(\s(?:src|href|poster)\s*=\s*)(["'])([^"'<>]*)\2""", re.IGNORECASE)
_DATA = re.compile(r"(application|text)/(ld\+)?(json|template|x-template|plain)", re.IGNORECASE)
_LINKS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "mask-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_PRELOADS = {"font": "font-src", "style": "style-src", "script": "script-src", "image": "img-src"}
_TAGS = {
    "img": "img-src", "script": "script-src", "iframe": "frame-src", "audio": "media-src",
    "video": "media-src", "source": "media-src", "track": "media-src", "form": "form-action",
}  # fmt: skip
_IN_HEAD = frozenset({"script", "link", "meta", "style", "template", "noscript", "title"})
_RAW = frozenset({"script", "style", "title", "textarea", "template", "noscript", "iframe"})
_SWALLOWS = "it would swallow the rest of the page"
ROOT = "\ue000"
"""Stands in an owner's HTML where the way to the site's root belongs."""


@dataclass(slots=True)
class Needs:
    """What a piece of HTML or CSS needs."""

    sources: dict[str, list[str]] = field(default_factory=dict)
    """Directive → what it must name."""
    files: list[str] = field(default_factory=list)
    """Paths of files beside it, as written."""
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    """As ``doubts``: what would break the page."""
    doubts: list[tuple[int, str, str]] = field(default_factory=list)
    """Line of the piece, from 1; what is wrong; what to write."""

    def add(self, directive: str, source: str) -> None:
        """Note a source, once."""
        known = self.sources.setdefault(directive, [])
        if source not in known:
            known.append(source)

    def address(self, directive: str, written: str) -> None:
        """Note the host of an address, or the file that a path names."""
        text = written.strip()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", text, re.IGNORECASE)
        if text.startswith(("https://", "http://", "//")):
            host = urlsplit(f"https:{text}" if text.startswith("//") else text)
            self.add(directive, f"{host.scheme}://{host.netloc.rpartition('@')[2].lower()}")
        elif scheme:
            if scheme[1].lower() in ("data", "blob"):
                self.add(directive, f"{scheme[1].lower()}:")
        elif text and not text.startswith("#"):
            self.add(directive, "'self'")
            if not text.startswith("/"):
                self.files.append(re.split(r"[?#]", text, maxsplit=1)[0])


def digest(text: str) -> str:
    """Return an inline script's or style's name in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def host_fault(text: str) -> str | None:
    """Return why a policy cannot name ``text``, or None."""
    if _HOST.fullmatch(text.strip()):
        return None
    hint = "write a host, like cdn.example.com or https://cdn.example.com"
    return f"{quote(text, 60)} is no host; {hint}"


def css_needs(text: str) -> Needs:
    """Return what a style sheet needs: other sheets, fonts, pictures."""
    needs, plain = Needs(), _COMMENT.sub(" ", text)
    for found in _IMPORT.finditer(plain):
        needs.address("style-src", found[1] or found[2] or found[3] or "")
    plain = _IMPORT.sub(" ", plain)
    for face in _FACE.findall(plain):
        for address in _addresses(face):
            needs.address("font-src", address)
    for address in _addresses(_FACE.sub(" ", plain)):
        needs.address("img-src", address)
    return needs


def _addresses(css: str) -> Iterator[str]:
    return (found[1] or found[2] or found[3] or "" for found in _URL.finditer(css))


def html_needs(text: str, part: str) -> Needs:
    """Return what a piece of HTML needs that stands in the page's ``head``, ``top`` or ``foot``."""
    reader = _Reader(part)
    reader.feed(text)
    reader.close()
    needs = reader.done()
    opened = text.rfind("<!--")
    if opened > text.rfind("-->"):
        line = text.count("\n", 0, opened) + 1
        needs.faults.append((line, f"a comment is not closed: {_SWALLOWS}", "write -->"))
    return needs


def from_root(html: str, folder: str) -> str:
    """Return HTML whose paths of files lead into ``folder`` below the site's root."""

    def led(found: re.Match[str]) -> str:
        path = found[3].strip()
        if not path or re.match(r"[a-z][a-z0-9+.-]*:|[/#]", path, re.IGNORECASE):
            return found[0]
        return f"{found[1]}{found[2]}{ROOT}{folder}{path}{found[2]}"

    return _ATTRIBUTE.sub(led, html)


class _Reader(HTMLParser):
    """Gathers what HTML asks for while it is read."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._needs, self._part = Needs(), part
        self._raw: tuple[str, int, dict[str, str]] | None = None
        self._text: list[str] = []
        self._told = False

    def done(self) -> Needs:
        """Return what was found, with what was left open."""
        if self._raw is not None:
            tag, line, _ = self._raw
            said = f"<{tag}> is not closed: {_SWALLOWS}"
            self._needs.faults.append((line, said, f"write </{tag}>"))
        return self._needs

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag asks for."""
        said = {name: (value or "").strip() for name, value in attrs}
        if tag in ("base", "body", "html", "head"):
            fault = f"<{tag}> has no place here"
            self._needs.faults.append((self.getpos()[0], fault, "leave it out"))
        elif self._part == "head" and tag not in _IN_HEAD and not self._told:
            self._told = True
            message = f"<{tag}> does not belong in the head of a page: browsers show it elsewhere"
            self._doubt(self.getpos()[0], message, "write it under `top:` or `foot:`")
        if tag == "link":
            self._link(said)
        elif tag in _TAGS:
            key = "action" if tag == "form" else "src"
            if said.get(key):
                self._needs.address(_TAGS[tag], said[key])
        for candidate in re.split(r",\s+", said.get("srcset", "")):
            if candidate.strip():
                self._needs.address("img-src", candidate.split()[0])
        for name, value in said.items():
            self._inline(name, value)
        if tag in _RAW:
            self._raw, self._text = (tag, self.getpos()[0], said), []

    def handle_data(self, data: str) -> None:
        """Keep the text of a script or a style."""
        if self._raw is not None:
            self._text.append(data)
        elif self._part == "head" and data.strip() and not self._told:
            self._told = True
            message = "text does not belong in the head of a page: browsers show it elsewhere"
            self._doubt(self.getpos()[0], message, "write it under `top:` or `foot:`")

    def handle_endtag(self, tag: str) -> None:
        """Name an inline script or style by its text."""
        if self._raw is None or self._raw[0] != tag:
            return
        text, said = "".join(self._text), self._raw[2]
        self._raw = None
        if tag == "script" and not said.get("src") and not _DATA.fullmatch(said.get("type", "")):
            self._needs.add("script-src", digest(text))
        elif tag == "style":
            self._needs.add("style-src", digest(text))
            inner = css_needs(text)
            self._needs.files += inner.files
            for directive, sources in inner.sources.items():
                for source in sources:
                    self._needs.add(directive, source)

    def _link(self, said: dict[str, str]) -> None:
        kinds = said.get("rel", "").lower().split()
        directive = next((_LINKS[kind] for kind in kinds if kind in _LINKS), "")
        if "preload" in kinds:
            directive = _PRELOADS.get(said.get("as", "").lower(), "connect-src")
        if directive and said.get("href"):
            self._needs.address(directive, said["href"])

    def _inline(self, name: str, value: str) -> None:
        """Note style and handlers that stand in attributes: a policy can name them, too."""
        if name == "style" and value:
            self._needs.add("style-src", "'unsafe-hashes'")
            self._needs.add("style-src", digest(value))
        elif re.fullmatch(r"on[a-z]+", name) and value:
            self._needs.add("script-src", "'unsafe-hashes'")
            self._needs.add("script-src", digest(value))
        elif re.match(r"\s*javascript:", value, re.IGNORECASE):
            message = "an address that begins with javascript: is not followed"
            self._doubt(self.getpos()[0], message, "write a <script>")

    def _doubt(self, line: int, message: str, fix: str) -> None:
        self._needs.doubts.append((line, message, fix))

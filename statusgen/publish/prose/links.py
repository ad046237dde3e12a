"""Links in prose: from where its author wrote them to where they lead, and what leads nowhere.

A link is written as seen from its file (``../about.md#contact``, ``picture.png``), as MkDocs reads
it; or as seen from the published page (``../components/api/``), which browsers follow as it is; or
from the site's root (``/history/``).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, unquote, urlsplit

from statusgen.base.errors import Problem
from statusgen.base.text import quote as quoted
from statusgen.publish.links import relative
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.prose.sources import Source

_LINK = re.compile(r"""(<(?:a|img)\b(?:[^>"]|"[^"]*")*?\s(?:href|src)=")([^"]*)(")""")
_ID = re.compile(r"""\sid="([^"]+)\"""")
_OF_LAYOUT = frozenset({"main", ""})


@dataclass(slots=True)
class Links:
    """What there is to link to."""

    manifest: Manifest
    """Everything that is published but the pages of prose."""
    pages: Mapping[str, Source]
    bodies: Mapping[str, str]
    """The HTML of the pages of prose, by their uri."""
    problems: list[Problem] = field(default_factory=list)
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)

    def led(self, source: Source) -> str:
        """Return a page's HTML with its links leading where they should; note what does not."""

        def lead(found: re.Match[str]) -> str:
            written = unescape(found[2])
            return found[1] + escape(self._lead(source, written)) + found[3]

        return _LINK.sub(lead, self.bodies[source.uri])

    def _lead(self, source: Source, written: str) -> str:
        try:
            parts = urlsplit(written)
        except ValueError:
            self._note(source, written, "is no address")
            return ""
        if parts.scheme or parts.netloc:
            return written
        suffix = (f"?{parts.query}" if parts.query else "") + (
            f"#{parts.fragment}" if parts.fragment else ""
        )
        path = unquote(parts.path)
        target = source.path if not path else self._target(source, path)
        if target is None:
            self._note(source, written, "leads nowhere")
            return written
        if parts.fragment and not self._has(target, unquote(parts.fragment)):
            self._note(source, written, "leads to no heading of that page")
        if not path:
            return written
        address = target.removesuffix("index.html") if target.endswith("/index.html") else target
        address = "" if address == "index.html" else address
        return relative(source.path, quote(address)) + suffix

    def _target(self, source: Source, path: str) -> str | None:
        """Return the published path that a link means; None where there is nothing."""
        if path.startswith("/"):
            return self._published(posixpath.normpath(path).strip("/"))
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(source.uri), path))
        if beside in self.pages:
            return self.pages[beside].path
        here = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path))
        as_file = self._published(beside)
        as_seen = self._published(here)
        # A folder is meant as a browser sees it, a file as it lies beside the author's.
        return as_seen or as_file if path.endswith("/") else as_file or as_seen

    def _published(self, path: str) -> str | None:
        path = "" if path == "." else path
        if path.startswith(".."):
            return None
        for each in (path, f"{path}/index.html".lstrip("/")):
            if each.casefold() in self.manifest.entries:
                return each
        return next((page.path for page in self.pages.values() if page.address == f"{path}/"), None)

    def _has(self, target: str, anchor: str) -> bool:
        if not target.endswith(".html"):
            return True
        if target not in self._ids:
            self._ids[target] = frozenset(_ID.findall(self._html(target)))
        return anchor in self._ids[target] or anchor in _OF_LAYOUT

    def _html(self, target: str) -> str:
        for uri, page in self.pages.items():
            if page.path == target:
                return self.bodies[uri]
        entry = self.manifest.entries.get(target.casefold())
        if isinstance(entry, Page):
            return entry.body
        return entry.content.decode() if isinstance(entry, Asset) else ""

    def _note(self, source: Source, written: str, what: str) -> None:
        before = source.text.partition(written)[0]
        line = before.count("\n") + 1 if len(before) < len(source.text) else 0
        column = len(before) - before.rfind("\n") if line else 0
        message = f"the link {quoted(written, 120)} {what}"
        self.problems.append(Problem(message, "correct it", source.shown, line, column))

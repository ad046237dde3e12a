"""Where the links in a person's words lead, on a page and in a feed.

A link may be relative to the author's file, as editors complete it (``../guide.md``,
``2026-11-01-disk.md``, ``graph.png``), or to the site (``/components/api/``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from statusgen.base.ids import path_segment
from statusgen.incident.lints import local_path
from statusgen.publish.links import relative

Target = Callable[[str], str]
"""A link as written → the address that it leads to from where it stands; empty for nowhere."""
_PAGES = (".md", ".markdown")


def nowhere(link: str) -> str:
    """Return a foreign link as it is, and nothing for any other."""
    return link if urlsplit(link).scheme else ""


@dataclass(frozen=True, slots=True)
class References:
    """The addresses of a site, for the links in its authors' words."""

    content: Path | None
    """The folder of pages; None where it is not known, and local links lead nowhere."""
    site_url: str = ""

    def on(self, page: str, file: str) -> Target:
        """Return the targets of the links of ``file`` as seen from the published path ``page``."""
        return lambda link: self._led(link, file, lambda path: relative(page, path))

    def in_feed(self, file: str) -> Target:
        """Return the targets of the links of ``file``, with the site's address before them."""
        return lambda link: self._led(
            link, file, lambda path: self.site_url + path if self.site_url else ""
        )

    def _led(self, link: str, file: str, address: Callable[[str], str]) -> str:
        try:
            parts = urlsplit(link)
        except ValueError:
            return ""
        if parts.scheme:
            return link
        if parts.netloc or not parts.path or self.content is None or not file:
            return ""
        meant = local_path(parts.path, file, self.content)
        if meant is None:
            return ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return address(_published(meant, is_folder=parts.path.endswith("/"))) + fragment


def _published(path: PurePath, *, is_folder: bool) -> str:
    """Return the address, from the site's root, of a path from the folder of pages."""
    names = list(path.parts)
    if path.suffix.lower() in _PAGES:
        names[-1] = path.stem
        if path.stem.lower() in ("index", "readme"):
            names.pop()
        is_folder = True
    whole = "/".join(path_segment(name) for name in names)
    return f"{whole}/" if whole and is_folder else whole

"""Where the links of pages lead."""

from __future__ import annotations

import html
import posixpath
import re
from urllib.parse import unquote

from statusgen.publish.manifest import Manifest, Page
from tests.publish.roadmaps.conftest import COMPONENTS


def dead_links(manifest: Manifest) -> tuple[list[tuple[str, str]], int]:
    """Return the links that lead nowhere within the site, and how many links there are."""
    pages = {e.path: e.body for e in manifest if isinstance(e, Page)}
    ids = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in pages.items()}
    known = {e.path for e in manifest} | {f"components/{c}/index.html" for c in COMPONENTS}
    dead, checked = [], 0
    for path, text in pages.items():
        for href in re.findall(r'href="([^"]+)"', text):
            if href.startswith(("http:", "https:")):
                continue
            target, _, anchor = unquote(html.unescape(href)).partition("#")
            here = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if target.endswith("/"):
                here += "/index.html"
            checked += 1
            if here.lstrip("./") not in known or (anchor and anchor not in ids[here]):
                dead.append((path, href))
    return dead, checked


def repeated_ids(manifest: Manifest) -> list[str]:
    """Return the pages on which an id stands twice."""
    found = []
    for entry in manifest:
        if isinstance(entry, Page):
            ids = re.findall(r'\bid="([^"]+)"', entry.body)
            if len(ids) != len(set(ids)):
                found.append(entry.path)
    return found

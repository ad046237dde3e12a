"""What is done to the finished HTML of another engine's page, so that it belongs to our site."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from statusgen.publish.links import relative

_TO_ROADMAPS = re.compile(
    r"""<a\b[^>]*\bhref=["'][^"']*(?:roadmaps|wizard)/[^"']*["'][^>]*>(.*?)</a>""", re.DOTALL
)
_ANCHOR = re.compile(r"""<a\b(?![^>]*\btarget=)([^>]*?\bhref=)(["']?)([^"'\s>]+)\2""")


def in_head(html: str, path: str, script: str, tags: str, robots: str, scheme: str) -> str:
    """Add our part of ``<head>`` to the page at ``path``.

    The header's script (at ``script`` from the site's root) comes before anything is painted, so
    that no page flashes in colours that its visitor did not choose. ``scheme``: the colours that
    the owner fixed; may be empty, as ``robots``.
    """
    tags = f'{tags!s}<script src="{escape(relative(path, script))}"></script>'
    if robots:
        tags += f'<meta name="robots" content="{escape(robots)}">'
    if scheme:
        html = html.replace("<html ", f'<html data-md-color-scheme="{escape(scheme)}" ', 1)
    return html.replace("</head>", f"{tags}</head>", 1)


def without_links(html: str) -> str:
    """Take the links to pages of roadmaps out, where no such page is published."""
    return _TO_ROADMAPS.sub(r"\1", html)


def fully_loaded(html: str, url: str, pages: frozenset[str]) -> str:
    """Let links to our own documents load them whole; ``url`` is the page's, from the root.

    Material's ``navigation.instant`` would else fetch them and look for its own parts in them. It
    leaves links with a target alone.
    """
    here = f"http://x/{url.removeprefix('./')}"

    def marked(found: re.Match[str]) -> str:
        leads = urlsplit(urljoin(here, unescape(found[3])))
        ours = leads.netloc == "x" and leads.path.lstrip("/") in pages
        return found[0].replace("<a", '<a target="_self"', 1) if ours else found[0]

    return _ANCHOR.sub(marked, html)

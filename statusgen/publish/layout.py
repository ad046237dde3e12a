"""Our own plain layout for pages that have no chrome, and what pages of prose may show of ours."""

from __future__ import annotations

from markupsafe import Markup

from statusgen.publish.edition import Edition
from statusgen.publish.headline import headline
from statusgen.publish.manifest import Page
from statusgen.publish.page_view import PageView
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE
from statusgen.publish.templating import fill


def plain_page(edition: Edition, page: Page) -> bytes:
    """Return ``page`` with the header, style and footer of the status pages."""
    return edition.html(
        page.path,
        "layout.html",
        f"{page.title} · {edition.settings.site.name}",
        page.description or edition.settings.site.description,
        heading=page.title,
        body=Markup(page.body),  # noqa: S704 - a page's body is finished HTML by contract
        headed="<h1" in page.body,
        style=STYLE if page.wide or page.styled else "",
        script=SCRIPT if page.wide or page.styled else "",
        section=page.section,
        menu=Markup(page.menu),  # noqa: S704 - finished HTML, too
    ).content


def status_line(edition: Edition, path: str) -> str:
    """Return how everything is as one line of the page at ``path``, with a link to more.

    It tells until when it is true; nothing on a page of prose greys it later.
    """
    page = PageView(edition, path, prose=True)
    return fill("status_line.html", page=page, told=headline(edition), say=edition.say).strip()

"""Our own plain layout for pages that have no chrome: what the directory writer wraps them in."""

from __future__ import annotations

from markupsafe import Markup

from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Page
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE


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

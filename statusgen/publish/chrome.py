"""What stands around a page that another engine makes: the status pages' header and footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from statusgen.base.palette import Colours
from statusgen.publish.edition import Edition
from statusgen.publish.page_view import PageView
from statusgen.publish.templating import fill


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu of a section, as seen from one page."""

    title: str
    href: str
    """Empty for a heading."""
    here: bool = False
    children: tuple[MenuEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """HTML for one page."""

    head: Markup
    """Links to the feeds and what the owner adds, for ``<head>``."""
    header: Markup
    footer: Markup


@dataclass(frozen=True, slots=True)
class Chrome:
    """Makes what stands around the pages of another engine."""

    edition: Edition

    @property
    def theme(self) -> str:
        """Return ``auto``, ``light`` or ``dark``."""
        return self.edition.settings.site.theme

    @property
    def colours(self) -> Colours:
        """Return the owner's colours."""
        return self.edition.settings.site.colours

    def around(self, path: str, section: str | None = None) -> Around:
        """Return header and footer of the page published at ``path``.

        ``section``: the address of the header's entry that it belongs to.
        """
        page = PageView(self.edition, path, section, prose=True)
        site = self.edition.settings.site

        def part(template: str) -> Markup:
            edition = self.edition
            html = fill(template, page=page, site=site, say=edition.say, m=edition.macros)
            return Markup(html)  # noqa: S704 - escaped there

        return Around(
            head=(part("feed_links.html") if site.url else Markup()) + part("own_head.html"),
            header=part("header.html"),
            footer=part("footer.html"),
        )

    def icon(self, path: str) -> str:
        """Return the address of the site's icon as seen from ``path``."""
        page = PageView(self.edition, path)
        return page.favicon or page.to(f"icons/{page.banner.state}.svg")

    def scheme(self) -> str:
        """Return the colour scheme that the owner fixed, in Material's words; else empty."""
        return PageView(self.edition, "").scheme


def menu(title: str, entries: Sequence[MenuEntry], *, side: bool = False) -> Markup:
    """Return a menu that opens without scripts: where there is no room for a sidebar.

    With ``side`` the sidebar follows; the style sheet shows one of them.
    """
    html = fill("menu.html", title=title, entries=entries, side=side)
    return Markup(html)  # noqa: S704 - escaped there

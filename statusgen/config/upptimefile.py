"""``.upptimerc.yml`` read as it is, so that an Upptime user changes nothing.

Upptime takes anything in silence. Here what has no effect is warned of; a site that cannot be
checked is left out with an error of its own, and the others go on. Only a file without a readable
list of sites is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from statusgen.base.errors import InputError, Problem
from statusgen.base.fields import link_fault
from statusgen.base.ids import reserved_fault
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document
from statusgen.config.assemble import DEFAULT_CANARIES, components_of, groups_of
from statusgen.config.settings import Kind, Monitor, NavLink, Settings, Site
from statusgen.config.upptimekeys import (
    MEANT,
    TOP_READ,
    TOP_WITHOUT_EFFECT,
    WEBSITE_READ,
    WEBSITE_WITHOUT_EFFECT,
)
from statusgen.config.upptimesite import read_site, site_slug
from statusgen.config.upptimewarn import Warnings, unknown_keys
from statusgen.config.urls import site_url_fault

_THEMES = {"light": "light", "dark": "dark", "night": "dark", "ocean": "dark"}
_MOST_BYTES_OF_SLUG = 200


def read_upptime_file(document: Document, kinds: Sequence[Kind]) -> Settings:
    """Return what the document means. Raises InputError where it has no list of sites."""
    data = document.data
    assert isinstance(data, dict)
    sites = data.get("sites")
    if not isinstance(sites, list):
        empty = sites is None
        raise InputError(
            [
                document.problem(
                    ("sites",),
                    "is empty" if empty and "sites" in data else "must be a list",
                    "write each site after `- `, with a name and a url, or `sites: []`",
                    key="sites" in data,
                )
            ]
        )
    warnings = Warnings()
    unknown_keys(document, (), data, TOP_READ, TOP_WITHOUT_EFFECT, warnings, MEANT)
    monitors, left_out = _monitors(document, sites, kinds, warnings)
    if not sites:
        warnings.add(
            document.problem(("sites",), "there are no sites: nothing will be checked", "add one")
        )
    components = components_of(monitors)
    return Settings(
        file=document.file,
        site=_Website(document, data, warnings).site(),
        monitors=tuple(monitors),
        components=components,
        groups=groups_of(components),
        canaries=DEFAULT_CANARIES,
        warnings=warnings.told(),
        left_out=tuple(left_out),
    )


def _monitors(
    document: Document, sites: list[Any], kinds: Sequence[Kind], warnings: Warnings
) -> tuple[list[Monitor], list[Problem]]:
    monitors: list[Monitor] = []
    left_out: list[Problem] = []
    for index, identifier in enumerate(_identifiers(document, sites, warnings)):
        fault = _identifier_fault(identifier)
        if fault:
            left_out.append(document.problem(("sites", index), fault, "write another `slug:`"))
            continue
        try:
            monitors.append(read_site(document, index, identifier, kinds, warnings))
        except InputError as error:
            left_out += error.problems
    return monitors, left_out


def _identifiers(document: Document, sites: list[Any], warnings: Warnings) -> list[str]:
    """Return each site's id: its slug; a repeated one gets ``-2``, ``-3`` in file order.

    Letter case does not tell two apart, for it does not on every disk.
    """
    slugs = [site_slug(site) if isinstance(site, dict) else "" for site in sites]
    own = {slug.casefold() for slug in slugs}
    given: set[str] = set()
    identifiers = []
    for index, slug in enumerate(slugs):
        chosen = slug
        number = 1
        while chosen.casefold() in given or (number > 1 and chosen.casefold() in own):
            number += 1
            chosen = f"{slug}-{number}"
        if chosen != slug and slug:
            warnings.add(
                document.problem(
                    ("sites", index),
                    f"the slug {quote(slug, 200)} is taken: named "
                    f"{quote(chosen, 200)} here (Upptime mixes the two into one history)",
                    "write a `slug:` of its own",
                )
            )
        given.add(chosen.casefold())
        identifiers.append(chosen)
    return identifiers


def _identifier_fault(identifier: str) -> str | None:
    """A slug becomes a folder and a path of the site, so not every text will do."""
    shown = one_line(identifier, 60)
    if reserved_fault(identifier.casefold()):
        return f"the slug {shown!r} cannot be used: {reserved_fault(identifier.casefold())}"
    unsafe = any(character in "/\\" or not character.isprintable() for character in identifier)
    if unsafe or identifier.startswith(".") or len(identifier.encode()) > _MOST_BYTES_OF_SLUG:
        return f"the slug {shown!r} cannot be a part of an address"
    return None


class _Website:
    """The keys that say how the site looks and where it stands."""

    def __init__(self, document: Document, data: dict[str, Any], warnings: Warnings) -> None:
        self._document, self._warnings = document, warnings
        self._owner, self._repo = self._text(data, "owner"), self._text(data, "repo")
        for key, value in (("owner", self._owner), ("repo", self._repo)):
            if not value:
                self._warn((), f"`{key}:` is missing: links to GitHub cannot be made", "add it")
        website = data.get("status-website")
        self._data = website if isinstance(website, dict) else {}
        unknown_keys(
            document,
            ("status-website",),
            self._data,
            WEBSITE_READ,
            WEBSITE_WITHOUT_EFFECT,
            warnings,
            MEANT,
        )

    def site(self) -> Site:
        theme = self._text(self._data, "theme")
        if theme not in ("", "light", "dark"):
            self._warn(("theme",), f"{quote(theme, 40)} is shown as {_THEMES.get(theme, 'auto')}")
        logo = self._text(self._data, "logoUrl")
        if logo and link_fault(logo):
            self._warn(("logoUrl",), str(link_fault(logo)).partition(";")[0] + ": not used")
            logo = ""
        intro = [self._text(self._data, key) for key in ("introTitle", "introMessage")]
        name = self._text(self._data, "name") or self._repo or "Status"
        return Site(
            name=" ".join(name.split()),
            url=self._url(),
            description="\n\n".join(filter(None, intro)),
            logo=logo,
            nav=tuple(self._nav()),
            theme=_THEMES.get(theme, "auto"),
        )

    def _url(self) -> str:
        """``https://<cname><baseUrl>``, else the address that GitHub Pages gives a repository."""
        cname, base = self._text(self._data, "cname"), self._text(self._data, "baseUrl")
        if cname:
            url = f"https://{cname}/{base.strip('/')}"
        elif self._owner and self._repo:
            url = f"https://{self._owner}.github.io/{self._repo}"
        else:
            return ""
        fault = site_url_fault(url)
        if fault:
            self._warn(("cname",), f"makes no address ({one_line(url, 80)}): feeds are not written")
            return ""
        return url if url.endswith("/") else f"{url}/"

    def _nav(self) -> list[NavLink]:
        listed = self._data.get("navbar")
        links = []
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            title = self._text(entry, "title") if isinstance(entry, dict) else ""
            href = self._text(entry, "href") if isinstance(entry, dict) else ""
            for name, value in (("$OWNER", self._owner), ("$REPO", self._repo)):
                href = href.replace(name, value)
            fault = "needs a title and a href" if not (title and href) else link_fault(href)
            if fault:
                self._warn(("navbar", index), f"{fault.partition(';')[0]}: not shown")
            else:
                links.append(NavLink(title=title, href=href))
        return links

    def _text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        return value.strip() if isinstance(value, str) else ""

    def _warn(self, below: tuple[str | int, ...], message: str, fix: str = "") -> None:
        path = ("status-website", *below) if below else ()
        self._warnings.add(self._document.problem(path, message, fix))

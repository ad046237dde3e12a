"""One page of an edition: what its template may ask of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from statusgen.base.clock import HOUR, MINUTE, Instant, format_instant
from statusgen.base.ids import path_segment
from statusgen.base.states import Look
from statusgen.config.claims import without_claims
from statusgen.config.pictures import is_foreign
from statusgen.config.policy import ROOT, digest
from statusgen.config.settings import NavLink
from statusgen.incident.model import Incident, Update
from statusgen.publish.assets import script, shell_script, style_sheet
from statusgen.publish.edition import Edition
from statusgen.publish.evidence import round_day, run_link
from statusgen.publish.excerpt import newest_word
from statusgen.publish.links import (
    component_path,
    day_path,
    navigation_link,
    relative,
    safe_link,
)
from statusgen.publish.markdown import render_markdown
from statusgen.publish.policy import policy
from statusgen.words.markup import joined_html

_SECTIONS = {
    "components": "",
    "days": "",
    "history": "history/",
    "incidents": "history/",
    "maintenance": "history/",
    "reports": "history/",
    "roadmaps": "roadmaps/",
    "wizard": "roadmaps/",
    "wizards": "roadmaps/",
}
"""The header's entry that a page of ours belongs to, by the first folder of its path."""
_SCRIPTS = {"components": ("live", "strips"), "incidents": ("live",), "maintenance": ("live",)}
"""What is beside the script of all pages, by folder."""
_STYLES = {"components": "component", "reports": "report"}
"""Whose style sheet of its own a page has, by folder."""
FILTERED = 20
"""From so many components on a page can be searched, and narrowed to what is wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the header, as seen from one page."""

    title: str
    href: str
    current: str
    """``page`` on the page itself, ``true`` on one that belongs to it, else empty."""
    new_tab: bool = False


@dataclass(frozen=True)
class PageView:
    """What a template may ask of the page that it becomes."""

    edition: Edition
    path: str
    section: str | None = None
    """The address of the header's entry that the page belongs to; None: told by its path."""
    prose: bool = False
    """Whether another engine makes the page; its times stay in the site's zone."""

    def __getattr__(self, name: str) -> Any:
        """Answer for the edition: ``demo``, ``banner``, ``clock``, ``stale``, ``build`` …"""
        if name in {"demo", "banner", "clock", "stale", "build", "next_publication", "title_of"}:
            return getattr(self.edition, name)
        if name in {"now", "last_round"}:
            return getattr(self.edition.snapshot, name)
        raise AttributeError(name)

    def to(self, target: str) -> str:
        """Return the address of ``target`` (a path from the site's root) as seen from here."""
        if self.path != "404.html":
            return relative(self.path, target)
        # The host shows this page at any depth, so nothing can be relative to it.
        return (urlsplit(self.edition.settings.site.url).path or "/") + target

    @property
    def canonical(self) -> str:
        """Return the absolute address of this page; empty where the site's is unknown."""
        url = self.edition.settings.site.url
        if not url or self.path == "404.html":
            return ""
        folder = self.path.removesuffix("index.html")
        return url + "/".join(path_segment(part) for part in folder.split("/"))

    @property
    def places(self) -> Markup:
        """Return links to all places at which the site is published; empty where it is one."""
        settings = self.edition.settings
        second = [each.url for each in settings.second_places]
        if not second or not settings.site.url:
            return Markup()
        links = [
            Markup('<a href="{}">{}</a>').format(url, url.partition("://")[2].rstrip("/"))
            for url in (settings.site.url, *second)
        ]
        return joined_html(self.edition.words, links)

    def iso(self, instant: Instant) -> str:
        """Return an instant as scripts read it."""
        return format_instant(instant)

    @property
    def feed(self) -> str:
        """Return the folder of the feeds of what the page is of, from the site's root."""
        folder, _, rest = self.path.partition("/")
        return component_path(rest.partition("/")[0]) if folder == "components" else "history/"

    @property
    def feed_name(self) -> str:
        """Return what these feeds are of; empty for the whole site."""
        folder, _, rest = self.path.partition("/")
        known = self.edition.names if folder == "components" else {}
        return known.get(rest.partition("/")[0], "")

    @property
    def newest_entry(self) -> str:
        """Return the newest entry of the site's feeds as readers list it; empty where none is."""
        return self.edition.newest_entry

    @property
    def reports(self) -> bool:
        """Whether there are reports, or will be."""
        return self.shows("reports") and self.edition.snapshot.first_round is not None

    @property
    def calendar(self) -> bool:
        """Whether there is a calendar of maintenance."""
        return bool(self.edition.schedule.windows)

    @property
    def stale_after(self) -> str:
        """Return when this page must call itself out of date; empty before the first round."""
        after = self.edition.old_after
        return "" if after is None else format_instant(after)

    @property
    def rhythm(self) -> str:
        """Return how often is checked and published, as a sentence."""
        words, cadence = self.edition.words, self.edition.snapshot.cadence
        every = self.edition.settings.publication.every
        checked = words.duration(max(MINUTE, round(cadence / MINUTE) * MINUTE))
        if every == HOUR:
            return words.say("status.rhythm-hourly", cadence=checked)
        return words.say("status.rhythm", cadence=checked, every=words.duration(every))

    @property
    def logo(self) -> str:
        """Return the address of the logo; empty where there is none."""
        return self._picture(self.edition.settings.site.logo)

    @property
    def logo_dark(self) -> str:
        """Return the address of the logo for dark colours; empty where it is the same."""
        return self._picture(self.edition.settings.site.logo_dark)

    @property
    def home(self) -> str:
        """Return where the logo and the site's name lead."""
        link = self.edition.settings.site.logo_link
        return (navigation_link(self.path, link) if link else "") or self.to("")

    @property
    def footer_links(self) -> list[Link]:
        """Return the owner's links in the footer; what may not be linked is left out."""
        found = [self._link(each, "") for each in self.edition.settings.site.footer]
        return [link for link in found if link.href]

    @property
    def favicon(self) -> str:
        """Return the address of the owner's icon; empty where the icon shows the state."""
        return self._picture(self.edition.settings.site.favicon)

    def _picture(self, address: str) -> str:
        if is_foreign(address):
            return safe_link(address)
        pictures = self.edition.pictures
        path = (address if pictures is None else pictures.get(address, "")).lstrip("/")
        return self.to("/".join(path_segment(part) for part in path.split("/"))) if path else ""

    @property
    def about(self) -> str:
        """Return the site's description, without what it claims of the state where that is false.

        Where it is true now, ``about_old`` is shown once the page is out of date.
        """
        return self._site_about if self.banner.state is Look.UP else self.about_old

    @property
    def about_old(self) -> str:
        """Return the site's description without what it claims of the state."""
        return without_claims(self._site_about)

    @property
    def _site_about(self) -> str:
        return self.edition.settings.site.description

    @property
    def navigation(self) -> list[Link]:
        """Return the header's links, each address once; what may not be linked is left out."""
        say = self.edition.words.say
        ours = [
            NavLink(title=say("chrome.status"), href=""),
            NavLink(title=say("chrome.incidents"), href="history/"),
        ]
        links: list[Link] = []
        for entry in (*ours, *self.edition.navigation, *self.edition.settings.site.nav):
            link = self._link(entry, self._here(entry.href.lstrip("/")))
            if not link.href:
                continue
            known = [each.href for each in links]
            if link.href not in known:
                links.append(link)
            elif known.index(link.href) < len(ours):  # the owner's word for one of our pages
                links[known.index(link.href)] = link
        return links

    def _link(self, entry: NavLink, here: str) -> Link:
        href = navigation_link(self.path, entry.href)
        if self.path == "404.html" and ":" not in entry.href:
            href = self.to(entry.href.lstrip("/"))
        return Link(entry.title, href, here, entry.new_tab)

    def _here(self, address: str) -> str:
        """Return ``page`` for an entry's own page, ``true`` for one of its section."""
        if self.path == f"{address}index.html":
            return "page"
        folder = self.path.partition("/")[0]
        section = _SECTIONS.get(folder) if self.section is None else self.section
        return "true" if section == address else ""

    @property
    def scheme(self) -> str:
        """Return the colour scheme that the owner fixed, in Material's words; else empty."""
        return {"dark": "slate", "light": "default"}.get(self.edition.settings.site.theme, "")

    @property
    def css(self) -> Markup:
        """Return the style sheet for the configured theme."""
        words = self.edition.words
        kind = self.path.partition("/")[0]
        own = _STYLES.get(kind, "prose" if self.section is not None else "")
        names = ("site", own) if own else ("site",)
        site = self.edition.settings.site
        return style_sheet(site.theme, site.colours, words.say("status.last-known"), names)

    @property
    def script(self) -> Markup:
        """Return the small script; the page is whole without it."""
        return script(self._scripts)

    @property
    def _scripts(self) -> tuple[str, ...]:
        """Return what this page's script consists of, by name."""
        if self.path == "index.html":
            filtered = len(self.edition.snapshot.components) >= FILTERED
            return ("page", "live", "strips", *(["filter"] if filtered else []))
        folder = self.path.partition("/")[0]
        return ("page", *_SCRIPTS.get(folder, ()))

    @property
    def lives(self) -> bool:
        """Whether a script looks for news while the page is open; a demonstration has none."""
        known = self.edition.snapshot.last_round is not None and not self.edition.demo
        return known and self.path != "404.html" and "live" in self._scripts

    @property
    def units(self) -> str:
        """Return, as JSON, how days, hours and minutes are written, ``{}`` for their number."""
        write = self.edition.words.language.unit
        return json.dumps([write(2, unit).replace("2", "{}") for unit in ("d", "h", "min")])

    @property
    def shell_script(self) -> Markup:
        """Return the script of the header, which runs before anything is painted."""
        return shell_script()

    @property
    def schemes(self) -> str:
        """Return the colour schemes that the page can take."""
        theme = self.edition.settings.site.theme
        return "light dark" if theme == "auto" else theme

    @property
    def policy(self) -> str:
        """Return the policy: this style, these scripts, our own files and pictures, the owner's."""
        return self._policy(files=False)

    @property
    def open_policy(self) -> str:
        """Return the policy of a page that also has style and script in files of this site."""
        return self._policy(files=True)

    def _policy(self, *, files: bool) -> str:
        return policy(
            digest(self.css),
            [digest(self.shell_script), digest(self.script)],
            [self.logo, self.logo_dark, self.favicon],
            self.edition.dress.sources,
            files=files,
        )

    @property
    def sheets(self) -> list[str]:
        """Return the addresses of the owner's own style sheets."""
        return [self.to(path) for path in self.edition.dress.sheets]

    def own(self, part: str) -> Markup:
        """Return the owner's HTML for the ``head``, the ``top`` or the ``foot`` of the page."""
        html: str = getattr(self.edition.dress, part)
        here = self.to("")
        way = "" if here == "./" else here
        return Markup(html.replace(ROOT, str(escape(way))))  # noqa: S704 - trusted configuration

    def shows(self, section: str) -> bool:
        """Whether the owner did not hide a part of the pages."""
        return section not in self.edition.settings.site.hide

    def update(self, incident: Incident, update: Update, outline: int = 3) -> Markup:
        """Return the HTML of an update; times that the program wrote are shown as the others.

        ``outline`` is the level of its highest heading.
        """
        target = self.edition.references.on(self.path, incident.file)
        written = self.edition.clock.stamped if incident.automatic else escape
        return render_markdown(update.body, written, target, outline)

    def day_link(self, day: date) -> str:
        """Return the address of a day's page as seen from here; empty where it has none."""
        return self.to(day_path(day)) if day in self.edition.days else ""

    def round_link(self, key: str) -> str:
        """Return where a round is shown on its day's page; empty where there is none."""
        day = round_day(key, self.edition.clock)
        link = "" if day is None else self.day_link(day)
        return f"{link}#{key}" if link else ""

    def run_link(self, key: str) -> str:
        """Return the address of the run that made a round; empty where it is not known."""
        return run_link(self.edition.settings, key)

    def newest(self, incident: Incident) -> Markup:
        """Return the newest word about an incident, in one line."""
        return newest_word(self.edition, incident)

    def component_name(self, identifier: str) -> str:
        """Return a component's name; empty where it is no longer configured."""
        return self.edition.names.get(identifier, "")

"""One build's pages: what they all share, and how a template becomes an entry of the manifest."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from statusgen.base.clock import HOUR, MINUTE, Instant, format_instant
from statusgen.base.ids import path_segment
from statusgen.base.states import Look
from statusgen.config.claims import without_claims
from statusgen.config.pictures import is_foreign, origin_of
from statusgen.config.settings import NavLink, Settings
from statusgen.incident.model import Impact, Incident, Update
from statusgen.incident.ordinals import Numbered, ordinals
from statusgen.incident.window import Schedule
from statusgen.incident.wording import past_title
from statusgen.publish.appearance import Banner, page_banner
from statusgen.publish.assets import script, shell_script, style_sheet
from statusgen.publish.day_index import days_told
from statusgen.publish.evidence import Log, NoLog, round_day, run_link
from statusgen.publish.excerpt import newest_word
from statusgen.publish.links import (
    component_path,
    day_path,
    navigation_link,
    relative,
    safe_link,
)
from statusgen.publish.manifest import Asset
from statusgen.publish.markdown import render_markdown
from statusgen.publish.names import unique_names
from statusgen.publish.references import References
from statusgen.publish.retold import retold
from statusgen.publish.templating import fill
from statusgen.publish.times import Clock
from statusgen.status.publication import next_publication, old_after
from statusgen.status.snapshot import Snapshot
from statusgen.words import Words
from statusgen.words.markup import html_speaker

_SCRIPTS = {"components": ("live", "strips"), "incidents": ("live",), "maintenance": ("live",)}
"""What is beside the script of all pages, by folder."""
FILTERED = 20
"""From so many components on a page can be searched, and narrowed to what is wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the header, as seen from one page."""

    title: str
    href: str
    current: str
    """``page`` on the page itself, ``true`` on one that belongs to it, else empty."""


@dataclass(frozen=True)
class Edition:
    """Everything that one build knows and several pages need."""

    settings: Settings
    snapshot: Snapshot
    incidents: tuple[Incident, ...]
    """Newest first."""
    schedule: Schedule = field(default_factory=Schedule)
    """The maintenance windows, seen from the snapshot's instant."""
    demo: str | None = None
    navigation: tuple[NavLink, ...] = ()
    """Pages beside the status pages (prose, roadmaps), paths from the site's root."""
    pictures: Mapping[str, str] | None = None
    """Pictures of the repository by their address → published path; None: they are there."""
    references: References = field(default_factory=lambda: References(None))
    """Where the links in authors' words lead."""
    log: Log = field(default_factory=NoLog)
    """The rounds that are kept."""
    digest: str = ""
    """By it a later run tells whether anything that pages show changed (``run.shown``)."""
    numbered: Numbered = field(default_factory=dict)
    """Which numbers updates were given when they were first seen."""
    banner: Banner = field(init=False)
    words: Words = field(init=False)
    """Those of the site's language, else English."""
    clock: Clock = field(init=False)
    names: Mapping[str, str] = field(init=False)
    """Component id → a name that no other component has."""

    def __post_init__(self) -> None:
        site = self.settings.site
        words = Words.of(site.language, unbroken=True, own=site.texts)
        object.__setattr__(self, "banner", page_banner(self.snapshot, self.incidents))
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "clock", Clock(site.timezone, self.snapshot.now, words))
        object.__setattr__(
            self, "names", unique_names(self.settings.components, self.snapshot.groups, words)
        )

    @classmethod
    def of(
        cls,
        settings: Settings,
        snapshot: Snapshot,
        incidents: Sequence[Incident],
        *,
        schedule: Schedule | None = None,
        demo: str | None = None,
        navigation: Sequence[NavLink] = (),
        pictures: Mapping[str, str] | None = None,
        content: Path | None = None,
        numbered: Numbered | None = None,
        log: Log | None = None,
        digest: str = "",
    ) -> Edition:
        """Gather one build's facts; the incidents may come in any order."""
        told = newest_first(retold(incidents, settings))
        plan = schedule or Schedule()
        led = References(content, settings.site.url or "")
        return cls(
            settings,
            snapshot,
            told,
            plan,
            demo,
            tuple(navigation),
            pictures,
            led,
            log or NoLog(),
            digest,
            numbered or {},
        )

    @cached_property
    def shown(self) -> tuple[Incident, ...]:
        """The incidents that pages list: a withdrawn one has left them."""
        return tuple(incident for incident in self.incidents if incident.withdrawn is None)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that have a page, oldest first."""
        return days_told(self.snapshot, self.shown, self.clock)

    @property
    def stale(self) -> bool:
        """Whether the page is out of date at the very moment of the build."""
        after = self.snapshot.stale_after
        return after is not None and self.snapshot.now >= after

    @property
    def next_publication(self) -> Instant | None:
        """When the next pages are to come at the latest; None before the first round."""
        last, every = self.snapshot.last_round, self.settings.publication.every
        return None if last is None else next_publication(last, every, self.snapshot.cadence)

    @property
    def old_after(self) -> Instant | None:
        """When a page that nobody replaced is out of date; None before the first round.

        None in a demonstration, too, which does not go on and says so.
        """
        promised = self.next_publication
        return None if promised is None or self.demo else old_after(promised, self.snapshot.cadence)

    @property
    def build(self) -> str:
        """What tells two builds apart: the instant seen and the newest round in it."""
        seen = format_instant(self.snapshot.now) if self.snapshot.now else "nothing"
        return f"{seen} {self.snapshot.last_round_key or 'no round'}"

    def title_of(self, incident: Incident) -> str:
        """Return an incident's title; what the program wrote itself is past once it is over."""
        if incident.open or not incident.automatic or incident.adopted:
            return incident.title
        return past_title(self.words.plain(), incident.title)

    def ordinals(self, incident: Incident) -> list[int]:
        """Return the number of each update of an incident, the same in every build."""
        return ordinals(incident.updates, self.numbered.get(incident.uid, ()))

    @cached_property
    def newest_entry(self) -> str:
        """Return the title of the newest update; empty where none was told."""
        for incident in self.shown:
            if incident.updates:
                phase = self.words.say(f"phases.{incident.updates[-1].phase}")
                return self.words.say("feeds.entry", phase=phase, title=incident.title)
        return ""

    def told_of(self, component: str) -> tuple[Incident, ...]:
        """Return the incidents that affect a component, or did until they were withdrawn."""
        return tuple(each for each in self.incidents if _affects(each, component))

    def touching(self, component: str) -> tuple[Incident, ...]:
        """Return the incidents that affect a component, newest first."""
        return tuple(each for each in self.shown if _affects(each, component))

    def people_say(self, component: str) -> list[Incident]:
        """Return the open incidents by which people say that a component does not work well."""
        return [
            incident
            for incident in self.touching(component)
            if incident.open and (incident.adopted or not incident.automatic)
            if any(
                (entry.impact or incident.impact) is not Impact.NONE
                for entry in incident.affected
                if entry.component == component
            )
        ]

    def html(self, path: str, template: str, title: str, description: str, **values: Any) -> Asset:
        """Render a template of this room as the page at ``path``.

        ``values`` are handed to the template beside ``page``, ``site``, ``snapshot``, ``words``
        and ``say``, which says a sentence of the catalogue.
        """
        html = fill(
            template,
            page=PageView(self, path),
            site=self.settings.site,
            snapshot=self.snapshot,
            words=self.words,
            say=html_speaker(self.words),
            title=title,
            description=description,
            **values,
        )
        return Asset(path=path, content=encoded(html), source=f"the template {template}")


_SECTIONS = {
    "components": "",
    "days": "",
    "history": "history/",
    "incidents": "history/",
    "maintenance": "history/",
    "roadmaps": "roadmaps/",
    "wizard": "roadmaps/",
}
"""The header's entry that a page of ours belongs to, by the first folder of its path."""


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
            href = navigation_link(self.path, entry.href)
            if self.path == "404.html" and ":" not in entry.href:
                href = self.to(entry.href.lstrip("/"))
            if not href:
                continue
            here = self._here(entry.href.lstrip("/"))
            known = [link.href for link in links]
            if href not in known:
                links.append(Link(entry.title, href, here))
            elif known.index(href) < len(ours):  # the owner's word for one of our pages
                links[known.index(href)] = Link(entry.title, href, here)
        return links

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
        names = ("site", "component") if self.path.startswith("components/") else ("site",)
        return style_sheet(self.edition.settings.site.theme, words.say("status.last-known"), names)

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
        foreign = [each for each in (self.logo, self.favicon) if is_foreign(each)]
        pictures = " ".join(["'self'", *dict.fromkeys(map(origin_of, foreign))])
        return (
            f"default-src 'none'; style-src '{_digest(self.css)}'; "
            f"script-src '{_digest(self.shell_script)}' '{_digest(self.script)}'; "
            f"connect-src 'self'; img-src {pictures}; "
            "base-uri 'none'; form-action 'none'"
        )

    @property
    def open_policy(self) -> str:
        """Return the policy of a page that also has style and script in files of this site."""
        policy = self.policy.replace("style-src ", "style-src 'self' ")
        return policy.replace("script-src ", "script-src 'self' ")

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


def encoded(text: str) -> bytes:
    """Return UTF-8; half a surrogate pair (JSON can hold one) becomes a question mark."""
    return text.encode("utf-8", "replace")


def _affects(incident: Incident, component: str) -> bool:
    return any(item.component == component for item in incident.affected)


def newest_first(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Sort incidents by what was said last, then by when they began."""

    def spoken(incident: Incident) -> tuple[Instant, Instant, str]:
        last = incident.updates[-1].at if incident.updates else incident.started
        return last, incident.started, incident.id

    return tuple(sorted(incidents, key=spoken, reverse=True))


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"

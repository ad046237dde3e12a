"""RSS, Atom and JSON Feed: what happened, for readers, chat and aggregators.

RSS and JSON Feed have one item per update, because readers do not show a changed item again; Atom
has one entry per incident, whose ``updated`` moves. Every date comes from what is told, never from
the build, so a feed in which nothing happened keeps its bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import Markup

from statusgen.base.clock import Instant, format_instant, to_datetime
from statusgen.base.text import one_line, xml_legal
from statusgen.config.settings import Site
from statusgen.incident.model import Incident, Phase
from statusgen.publish.edition import Edition
from statusgen.publish.feed_entries import Entry, Item, window_entries
from statusgen.publish.feed_places import Of, feed_places
from statusgen.publish.links import incident_path
from statusgen.publish.manifest import Asset
from statusgen.publish.markdown import render_markdown
from statusgen.words import Words

MOST = 50
"""Updates (RSS) or incidents (Atom) in a feed; those of open incidents are always in."""
TTL_MINUTES = 5
_TITLE = re.compile("<title>[^<]*</title>")
_FORM_OF = 1_793_491_200  # 2026-11-01T00:00:00Z


@dataclass(frozen=True, slots=True)
class About:
    """What a feed is of."""

    site: Site
    words: Words
    title: str
    link: str
    begin: Instant
    """What dates it while it has no entry."""
    told: str = ""
    """What it tells of, where that is not incidents; its title then, too."""


class _Rss(Rss201rev2Feed):  # type: ignore[misc]
    """RSS dated by its items, and by ``begin`` where there is none (the library asks the clock)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": self.feed["hub"]})

    def latest_post_date(self) -> datetime:
        dates: list[datetime] = [item["pubdate"] for item in self.items]
        begin: datetime = self.feed["begin"]
        return max(dates, default=begin)


class _Atom(Atom1Feed):  # type: ignore[misc]
    """Atom dated by its entries, and by ``begin`` where there is none."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})

    def latest_post_date(self) -> datetime:
        dates: list[datetime] = [item["updateddate"] for item in self.items]
        begin: datetime = self.feed["begin"]
        return max(dates, default=begin)


def feeds(edition: Edition) -> list[Asset]:
    """Return the feeds of the site, its groups, components and maintenance; none without a URL."""
    site = edition.settings.site
    if not site.url:
        return []
    windows = window_entries(edition)
    words, begin = edition.words.plain(), site_begin(edition)
    made: list[Asset] = []
    for place in feed_places(edition):
        about = About(site, words, place.title, site.url + place.page, begin)
        entries = [
            *(
                _of_incident(edition, about, each)
                for each in edition.incidents
                if each.updates and place.tells_incident(each)
            ),
            *(each for each in windows if place.tells_window(each.components)),
        ]
        entries.sort(key=lambda each: (each.items[-1].at, each.uid), reverse=True)
        made += all_forms(about, entries, place.folder, place.address)
        if place.of is Of.SITE:
            made += _as_statuspage_calls_them(made)
    return made


def _as_statuspage_calls_them(made: Sequence[Asset]) -> list[Asset]:
    """Return the site's feeds at Statuspage's addresses, where who moved from there looks."""
    names = {"history/rss.xml": "history.rss", "history/atom.xml": "history.atom"}
    return [replace(each, path=names[each.path]) for each in made if each.path in names]


def all_forms(about: About, entries: Sequence[Entry], folder: str, address: str) -> list[Asset]:
    """Return the three forms of a feed, in a folder with its address."""
    own = f"{about.site.url}{address}"
    return [
        Asset(
            path=f"{folder}rss.xml",
            content=rss_feed(about, entries, f"{own}rss.xml"),
            source="the RSS feed",
        ),
        Asset(
            path=f"{folder}atom.xml",
            content=atom_feed(about, entries, f"{own}atom.xml"),
            source="the Atom feed",
        ),
        Asset(
            path=f"{folder}feed.json",
            content=json_feed(about, entries, f"{own}feed.json"),
            source="the JSON feed",
        ),
    ]


def site_begin(edition: Edition) -> Instant:
    """Return what dates a feed without an entry: the beginning of the site.

    That is its first round, else the first incident told; where there is neither, the day on which
    this form of feed was made: readers take 1970 for a fault.
    """
    if edition.snapshot.first_round is not None:
        return edition.snapshot.first_round
    return min((each.started for each in edition.incidents), default=_FORM_OF)


def rss_feed(about: About, entries: Sequence[Entry], own: str) -> bytes:
    """Return an RSS 2.0 feed with one item per update, newest first; ``own`` is its address."""
    words = about.words
    feed = _Rss(
        title=_plain(about.told or words.say("feeds.rss", name=about.title)),
        link=about.link,
        # Readers take it for HTML, in which a name may be no element.
        description=_plain(about.told or words.say("feeds.rss-about", name=about.title)).replace(
            "<", "&lt;"
        ),
        language=words.code,
        feed_url=own,
        ttl=TTL_MINUTES,
        begin=to_datetime(about.begin),
        hub=about.site.hub,
    )
    for item, entry in _newest_items(entries):
        feed.add_item(
            title=_plain(words.say("feeds.entry", phase=item.phase, title=entry.title)),
            link=about.site.url + entry.path,
            description=xml_legal(_item_html(words, item)),
            pubdate=to_datetime(item.at),
            unique_id=item.guid,
            unique_id_is_permalink=False,
        )
    return _serialised(feed)


def atom_feed(about: About, entries: Sequence[Entry], own: str) -> bytes:
    """Return an Atom feed with one entry per incident or window, the one told of last first."""
    words, site = about.words, about.site
    feed = _Atom(
        title=_plain(about.told or words.say("feeds.atom", name=about.title)),
        link=about.link,
        description=None,
        language=words.code,
        author_name=_plain(site.name),
        feed_url=own,
        feed_guid=own,
        begin=_naive(about.begin),
        hub=site.hub,
    )
    for index, entry in enumerate(entries):
        if index < MOST or entry.lasts:
            log = Markup("").join(_item_html(words, item) for item in reversed(entry.items))
            feed.add_item(
                title=_plain(entry.headline),
                link=site.url + entry.path,
                description=None,
                content=xml_legal(log),
                pubdate=_naive(entry.items[0].at),
                updateddate=_naive(entry.items[-1].at),
                unique_id=xml_legal(entry.uid),
            )
    return _serialised(feed)


def json_feed(about: About, entries: Sequence[Entry], own: str) -> bytes:
    """Return a JSON Feed 1.1 with one item per update, newest first, as the RSS feed has."""
    words, site = about.words, about.site
    items = [
        {
            "id": item.guid,
            "url": site.url + entry.path,
            "title": _plain(words.say("feeds.entry", phase=item.phase, title=entry.title)),
            "content_html": xml_legal(_item_html(words, item)),
            "date_published": format_instant(item.at),
            "date_modified": format_instant(item.at),
            "tags": [_plain(item.phase)],
        }
        for item, entry in _newest_items(entries)
    ]
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _plain(about.told or words.say("feeds.rss", name=about.title)),
        "home_page_url": about.link,
        "feed_url": own,
        "description": _plain(about.told or words.say("feeds.rss-about", name=about.title)),
        "language": words.code,
        "authors": [{"name": _plain(site.name)}],
    }
    if site.hub:
        document["hubs"] = [{"type": "WebSub", "url": site.hub}]
    text = json.dumps(document | {"items": items}, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")


def _newest_items(entries: Sequence[Entry]) -> list[tuple[Item, Entry]]:
    """Return the items that a feed holds, newest first: the last ones, and what still lasts."""
    items = [(item, entry) for entry in entries for item in entry.items]
    items.sort(key=lambda each: (each[0].at, each[0].guid), reverse=True)
    return [each for index, each in enumerate(items) if index < MOST or each[1].lasts]


def _of_incident(edition: Edition, about: About, incident: Incident) -> Entry:
    words = about.words
    title, target = incident.title, edition.references.in_feed(incident.file)
    if incident.withdrawn is not None:
        phase = words.say(f"phases.{Phase.WITHDRAWN}")
        title = words.say("feeds.entry", phase=phase, title=title)
    items = [
        Item(
            update.at,
            words.say(f"phases.{update.phase}"),
            render_markdown(update.body, target=target),
            guid,
        )
        for update, guid in zip(incident.updates, _update_ids(edition, incident), strict=True)
    ]
    if incident.withdrawn is not None and incident.updates[-1].phase is not Phase.WITHDRAWN:
        items.append(_withdrawal(words, incident))
    return Entry(
        uid=incident.uid,
        title=incident.title,
        headline=title,
        path=incident_path(incident.id),
        items=tuple(items),
        lasts=incident.open,
    )


def _withdrawal(words: Words, incident: Incident) -> Item:
    """Tell of a withdrawal that no update tells; after the last one, whatever its time."""
    at = max(incident.withdrawn or 0, incident.updates[-1].at)
    phase, said = words.say(f"phases.{Phase.WITHDRAWN}"), words.say("updates.withdrawn")
    return Item(at, phase, render_markdown(said), xml_legal(f"{incident.uid}#withdrawn"))


def _item_html(words: Words, item: Item) -> Markup:
    """Write one update in the shape that readers of Statuspage's feeds look for.

    They take the first ``<strong>`` as the present state.
    """
    moment = to_datetime(item.at)
    if words.code == "en":  # to the letter as Statuspage has it
        month = words.language.short_months()[moment.month - 1]
        day = Markup("{} <var data-var='date'>{}</var>").format(month, moment.day)
    else:
        day = Markup("<var data-var='date'>{}</var>").format(words.short_day(moment.date()))
    head = Markup(
        "<p><small>{}, <var data-var='time'>{:%H:%M}</var> UTC</small><br><strong>{}</strong></p>"
    ).format(day, moment, item.phase)
    return head + item.body


def _update_ids(edition: Edition, incident: Incident) -> list[str]:
    """Return an id per update: the incident and the number that the update keeps."""
    return [xml_legal(f"{incident.uid}#{number}") for number in edition.ordinals(incident)]


def _plain(text: str) -> str:
    return xml_legal(one_line(text))


def _naive(instant: Instant) -> datetime:
    """Return a UTC time without zone: the library then writes RFC 3339 with ``Z``."""
    return to_datetime(instant).replace(tzinfo=None)


def _serialised(feed: Any) -> bytes:
    text = StringIO()
    feed.write(text, "utf-8")
    return _TITLE.sub(_numbered, text.getvalue()).encode()


def _numbered(found: re.Match[str]) -> str:
    """Write the marks of a title by number: readers that unescape twice then show no element."""
    return found[0].replace("&lt;", "&#x3C;").replace("&amp;", "&#x26;")

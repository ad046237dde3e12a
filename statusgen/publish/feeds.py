"""RSS and Atom: what happened, for readers, chat and aggregators.

RSS has one item per update, because readers do not show a changed item again; Atom has one entry
per incident, whose ``updated`` moves. Every date comes from what is told, never from the build, so
a feed in which nothing happened keeps its bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from statusgen.publish.links import component_path, incident_path
from statusgen.publish.manifest import Asset
from statusgen.publish.markdown import render_markdown
from statusgen.words import Words

MOST = 50
"""Updates (RSS) or incidents (Atom) in a feed; those of open incidents are always in."""
TTL_MINUTES = 5
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


class _Rss(Rss201rev2Feed):  # type: ignore[misc]
    """RSS dated by its items, and by ``begin`` where there is none (the library asks the clock)."""

    def latest_post_date(self) -> datetime:
        dates: list[datetime] = [item["pubdate"] for item in self.items]
        begin: datetime = self.feed["begin"]
        return max(dates, default=begin)


class _Atom(Atom1Feed):  # type: ignore[misc]
    """Atom dated by its entries, and by ``begin`` where there is none."""

    def latest_post_date(self) -> datetime:
        dates: list[datetime] = [item["updateddate"] for item in self.items]
        begin: datetime = self.feed["begin"]
        return max(dates, default=begin)


def feeds(edition: Edition) -> list[Asset]:
    """Return the feeds of the whole site and of each component; none without a site URL."""
    site = edition.settings.site
    if not site.url:
        return []
    windows = window_entries(edition)
    made = _pair(edition, "history/", site.name, edition.incidents, windows, site.url)
    for component in edition.snapshot.components:
        theirs = [each for each in windows if component.id in each.components]
        made += _pair(
            edition,
            f"components/{component.id}/",
            f"{edition.names[component.id]} · {site.name}",
            edition.told_of(component.id),
            theirs,
            site.url + component_path(component.id),
            site.url + component_path(component.id),
        )
    return made


def _pair(
    edition: Edition,
    folder: str,
    title: str,
    incidents: Sequence[Incident],
    windows: Sequence[Entry],
    link: str,
    address: str = "",
) -> list[Asset]:
    site = edition.settings.site
    address = address or site.url + folder
    about = About(site, edition.words.plain(), title, link, site_begin(edition))
    entries = [
        *(_of_incident(edition, about, each) for each in incidents if each.updates),
        *windows,
    ]
    entries.sort(key=lambda each: each.items[-1].at, reverse=True)
    rss = rss_feed(about, entries, f"{address}rss.xml")
    atom = atom_feed(about, entries, f"{address}atom.xml")
    return [
        Asset(path=f"{folder}rss.xml", content=rss, source="the RSS feed"),
        Asset(path=f"{folder}atom.xml", content=atom, source="the Atom feed"),
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
        title=_plain(words.say("feeds.rss", name=about.title)),
        link=about.link,
        description=_plain(words.say("feeds.rss-about", name=about.title)),
        language=words.code,
        feed_url=own,
        ttl=TTL_MINUTES,
        begin=to_datetime(about.begin),
    )
    items = [(item, entry) for entry in entries for item in entry.items]
    items.sort(key=lambda each: (each[0].at, each[0].guid), reverse=True)
    for index, (item, entry) in enumerate(items):
        if index < MOST or entry.lasts:
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
        title=_plain(words.say("feeds.atom", name=about.title)),
        link=about.link,
        description=None,
        language=words.code,
        author_name=_plain(site.name),
        feed_url=own,
        feed_guid=own,
        begin=_naive(about.begin),
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
        for update, guid in zip(incident.updates, _update_ids(incident), strict=True)
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


def _update_ids(incident: Incident) -> list[str]:
    """Return an id per update that holds when another one is put in between."""
    ids: list[str] = []
    for update in incident.updates:
        base = f"{incident.uid}#{format_instant(update.at)}"
        repeats = sum(known == base or known.startswith(f"{base}-") for known in ids)
        ids.append(xml_legal(f"{base}-{repeats + 1}" if repeats else base))
    return ids


def _plain(text: str) -> str:
    return xml_legal(one_line(text))


def _naive(instant: Instant) -> datetime:
    """Return a UTC time without zone: the library then writes RFC 3339 with ``Z``."""
    return to_datetime(instant).replace(tzinfo=None)


def _serialised(feed: Any) -> bytes:
    text = StringIO()
    feed.write(text, "utf-8")
    return text.getvalue().encode()

"""Each roadmap's feed: stages reached, costs that changed with them, promises broken and kept."""

from __future__ import annotations

from markupsafe import Markup, escape

from statusgen.base.ids import stable_urn
from statusgen.config.settings import NavLink
from statusgen.gates.news import Happened, News
from statusgen.publish.edition import Edition
from statusgen.publish.feed_entries import Entry, Item
from statusgen.publish.feeds import About, all_forms, site_begin
from statusgen.publish.manifest import Asset
from statusgen.publish.roadmaps.addresses import (
    item_path,
    roadmap_path,
    section_path,
    stage_path,
)
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.words import dashed, told
from statusgen.words import Words


def followed(library: Library) -> list[NavLink]:
    """Return the roadmaps as the page of all feeds names them, with the folders of their feeds."""
    return [
        NavLink(title=each.roadmap.name, href=roadmap_path(each.id)) for each in library.dossiers
    ]


def roadmap_feeds(edition: Edition, library: Library) -> list[Asset]:
    """Return the feeds of all roadmaps; none without the site's address."""
    site = edition.settings.site
    if not site.url:
        return []
    made: list[Asset] = []
    for dossier in library.dossiers:
        folder = roadmap_path(dossier.id)
        words = edition.words.plain()
        title = f"{words.say('live.feed', name=dossier.roadmap.name)} · {site.name}"
        about = About(site, words, title, f"{site.url}{folder}", site_begin(edition), told=title)
        news = dossier.live.news if dossier.live is not None else ()
        entries = [_entry(words, dossier, one) for one in news]
        made += all_forms(about, entries, folder, folder)
    return made


def _entry(words: Words, dossier: Dossier, one: News) -> Entry:
    uid = stable_urn("roadmap", dossier.id, one.key)
    body = Markup("<p>{}</p>").format(escape(_body(words, one)))
    item = Item(one.at, words.say(f"live.news-{one.what}"), body, uid)
    headline = words.say("feeds.entry", phase=item.phase, title=one.name)
    return Entry(uid, one.name, headline, _path(dossier, one), (item,), lasts=False)


def _body(words: Words, one: News) -> str:
    if one.what is Happened.COST and one.before is not None and one.after is not None:
        before, after = told(words, one.before).text, told(words, one.after).text
        return words.say("live.news-cost-body", name=one.name, before=before, after=after)
    if one.what is Happened.DUE:
        return words.say(
            "live.news-due-body", name=one.name, figure=one.figure, target=dashed(one.target)
        )
    if one.what in (Happened.BROKEN, Happened.KEPT):
        name = one.name.rstrip(".:")
        return words.say("live.news-promise-body", name=name, target=dashed(one.target))
    return one.name


def _path(dossier: Dossier, one: News) -> str:
    if one.what in (Happened.BROKEN, Happened.KEPT):
        return section_path(dossier.id, "gates")
    if one.what is Happened.DONE:
        return item_path(dossier.roadmap, one.subject)
    return stage_path(dossier.id, one.subject)

"""Feeds as readers see them."""

from __future__ import annotations

from dataclasses import replace

import feedparser
import pytest

from statusgen.base.clock import DAY, HOUR, format_instant
from statusgen.incident.model import Incident
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from tests.publish import factory, scenes


def feed(manifest: Manifest, path: str) -> feedparser.FeedParserDict:
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    parsed = feedparser.parse(entry.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def built(*incidents: Incident) -> Manifest:
    settings, snapshot, _ = scenes.quiet()
    return render_site(settings, snapshot, incidents)


def test_rss_has_one_item_for_each_update_newest_first() -> None:
    parsed = feed(built(factory.incident(resolved=factory.NOW - HOUR)), "history/rss.xml")
    assert [entry.title for entry in parsed.entries] == [
        "Resolved: API answers slowly",
        "Identified: API answers slowly",
        "Investigating: API answers slowly",
    ]
    assert len({entry.id for entry in parsed.entries}) == 3
    first = parsed.entries[0]
    assert first.link == "https://status.example.com/incidents/2026-11-20-api/"
    assert first.published == "Fri, 20 Nov 2026 19:12:00 +0000"
    assert parsed.entries[1].guidislink is False


def test_atom_has_one_entry_for_each_incident_with_its_whole_log() -> None:
    incident = factory.incident(resolved=factory.NOW - HOUR)
    parsed = feed(built(incident), "history/atom.xml")
    (entry,) = parsed.entries
    assert entry.id == incident.uid
    assert entry.published == format_instant(incident.updates[0].at)
    assert entry.updated == format_instant(factory.NOW - HOUR)
    content = entry.content[0].value
    assert content.index("<strong>Resolved</strong>") < content.index("<strong>full</strong>")
    assert parsed.feed.updated == entry.updated
    assert parsed.feed.author == "Example Status"


def test_ids_stay_when_words_and_neighbours_change() -> None:
    incident = factory.incident(bodies=["first", "second"])
    between = replace(incident.updates[0], at=incident.updates[0].at + 60, body="between")
    changed = replace(
        incident,
        title="Another title",
        updates=(incident.updates[0], between, incident.updates[1]),
    )
    before = {entry.id for entry in feed(built(incident), "history/rss.xml").entries}
    after = {entry.id for entry in feed(built(changed), "history/rss.xml").entries}
    assert before < after
    assert len(after) == 3


def test_two_updates_of_one_second_have_two_ids() -> None:
    incident = factory.incident(bodies=["first"])
    twice = replace(incident, updates=incident.updates * 3)
    assert len({entry.id for entry in feed(built(twice), "history/rss.xml").entries}) == 3


@pytest.mark.parametrize("path", ["history/rss.xml", "history/atom.xml"])
def test_a_feed_in_which_nothing_happened_keeps_its_bytes(path: str) -> None:
    settings, _, past = scenes.quiet()
    groups = {"Core": [factory.component("api")]}
    early = render_site(settings, factory.snapshot(groups), past)
    later = factory.snapshot(
        {"Core": [factory.component("api", now=factory.NOW + DAY)]}, now=factory.NOW + DAY
    )
    assert early.entries[path] == render_site(settings, later, past).entries[path]


@pytest.mark.parametrize(
    ("scene", "begin"), [("quiet", "2026-08-23T20:12:00Z"), ("nothing", "2026-11-01T00:00:00Z")]
)
def test_an_empty_feed_is_dated_by_the_sites_beginning(scene: str, begin: str) -> None:
    settings, snapshot, _ = scenes.ALL[scene]()
    manifest = render_site(settings, snapshot, [])
    assert feed(manifest, "history/atom.xml").feed.updated == begin
    assert feed(manifest, "history/rss.xml").entries == []


def test_a_long_feed_is_cut_but_open_incidents_stay() -> None:
    old = factory.incident("2025-01-01-old", started=factory.NOW - 400 * DAY)
    many = [
        factory.incident(
            f"2026-{month:02}-{day:02}-x",
            started=factory.NOW - (month * 28 + day) * DAY,
            resolved=factory.NOW - (month * 28 + day) * DAY + HOUR,
        )
        for month in range(1, 4)
        for day in range(1, 25)
    ]
    manifest = built(old, *many)
    atom = feed(manifest, "history/atom.xml").entries
    assert len(atom) == 51
    assert atom[-1].id == old.uid
    rss = feed(manifest, "history/rss.xml").entries
    assert len(rss) == 52


def test_a_components_feed_holds_its_own_incidents_only() -> None:
    manifest = built(factory.incident(), factory.incident("2026-11-19-mail", components=["mail"]))
    parsed = feed(manifest, "components/mail/atom.xml")
    assert [entry.link for entry in parsed.entries] == [
        "https://status.example.com/incidents/2026-11-19-mail/"
    ]
    own = [link.href for link in parsed.feed.links if link.rel == "self"]
    assert own == ["https://status.example.com/components/mail/atom.xml"]


def test_golden_rss() -> None:
    incident = factory.incident(bodies=["A <b> & a [link](https://example.com/?a=1&b=2)."])
    entry = built(incident).entries["components/api/rss.xml"]
    assert isinstance(entry, Asset)
    assert entry.content.decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        "<title>Api · Example Status: updates</title>"
        "<link>https://status.example.com/components/api/</link>"
        "<description>Every update on incidents of Api · Example Status</description>"
        '<atom:link href="https://status.example.com/components/api/rss.xml" rel="self"/>'
        "<language>en</language>"
        "<lastBuildDate>Fri, 20 Nov 2026 18:17:00 +0000</lastBuildDate><ttl>5</ttl>"
        "<item><title>Investigating: API answers slowly</title>"
        "<link>https://status.example.com/incidents/2026-11-20-api/</link>"
        "<description>&lt;p&gt;&lt;small&gt;Nov &lt;var data-var='date'&gt;20&lt;/var&gt;, "
        "&lt;var data-var='time'&gt;18:17&lt;/var&gt; UTC&lt;/small&gt;&lt;br&gt;"
        "&lt;strong&gt;Investigating&lt;/strong&gt;&lt;/p&gt;"
        "&lt;p&gt;A &amp;lt;b&amp;gt; &amp;amp; a "
        '&lt;a href="https://example.com/?a=1&amp;amp;b=2" '
        'rel="noopener nofollow"&gt;link&lt;/a&gt;'
        ".&lt;/p&gt;</description>"
        "<pubDate>Fri, 20 Nov 2026 18:17:00 +0000</pubDate>"
        f'<guid isPermaLink="false">{incident.uid}#2026-11-20T18:17:00Z</guid></item>'
        "</channel></rss>"
    )

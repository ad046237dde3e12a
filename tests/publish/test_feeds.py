"""Feeds as readers see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from statusgen.base.clock import DAY, HOUR, format_instant
from statusgen.incident.model import Incident
from statusgen.incident.ordinals import Numbered, load_known, remember
from statusgen.publish.edition import Edition
from statusgen.publish.feeds import feeds
from statusgen.publish.manifest import Asset, Manifest
from tests.publish import factory, scenes


def feed(manifest: Manifest, path: str) -> feedparser.FeedParserDict:
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    parsed = feedparser.parse(entry.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def built(*incidents: Incident) -> Manifest:
    settings, snapshot, _ = scenes.quiet()
    return told(Edition.of(settings, snapshot, incidents))


def told(edition: Edition) -> Manifest:
    """Return the feeds alone; test_feed_rules.py and test_feed_readers.py read those of sites."""
    made = Manifest()
    for entry in feeds(edition):
        made.add(entry)
    return made


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


def ids(*incidents: Incident, known: Numbered | None = None) -> dict[str, str]:
    """Return what the feed tells, by its guid."""
    settings, snapshot, _ = scenes.quiet()
    edition = Edition.of(settings, snapshot, incidents, numbered=known)
    found = feed(told(edition), "history/rss.xml")
    return {entry.id.partition("#")[2]: entry.description for entry in found.entries}


def noted(folder: Path, incident: Incident) -> Numbered:
    """Return what a run of ``check`` knows after it saw the incident."""
    remember(folder, [incident])
    return load_known(folder)


def test_a_corrected_time_or_word_announces_nothing(tmp_path: Path) -> None:
    incident = factory.incident(bodies=["first", "second", "third"])
    known = noted(tmp_path, incident)
    one, two, three = incident.updates
    for changed in (
        replace(two, at=two.at + 120),
        replace(two, at=three.at + 60),  # behind the next one
        replace(two, body="second, with a typing error mended"),
        replace(two, at=two.at + 1, body="second, both changed"),
    ):
        updates = tuple(sorted((one, changed, three), key=lambda each: each.at))
        now = ids(replace(incident, title="Better", updates=updates), known=known)
        assert set(now) == {"1", "2", "3"}
        assert "second" in now["2"]
        assert "third" in now["3"]


def test_an_update_put_in_between_is_told_and_no_older_one_again(tmp_path: Path) -> None:
    incident = factory.incident(bodies=["first", "second"])
    known = noted(tmp_path, incident)
    between = replace(incident.updates[0], at=incident.updates[0].at + 60, body="between")
    changed = replace(incident, updates=(incident.updates[0], between, incident.updates[1]))
    before = ids(incident, known=known)
    after = ids(changed, known=known)
    assert {key: after[key] for key in before} == before
    assert "between" in after["3"]

    known = noted(tmp_path, changed)  # the next run notes it, and it keeps its number
    late = replace(incident.updates[1], at=incident.updates[1].at + 600, body="last")
    assert "last" in ids(replace(changed, updates=(*changed.updates, late)), known=known)["4"]
    assert "between" in ids(changed, known=known)["3"]


def test_an_update_taken_out_leaves_its_number_unused(tmp_path: Path) -> None:
    incident = factory.incident(bodies=["first", "second", "third"])
    known = noted(tmp_path, incident)
    shorter = replace(incident, updates=(incident.updates[0], incident.updates[2]))
    assert set(ids(shorter, known=known)) == {"1", "3"}
    known = noted(tmp_path, shorter)
    new = replace(incident.updates[2], at=incident.updates[2].at + 600, body="fourth")
    longer = replace(shorter, updates=(*shorter.updates, new))
    assert set(ids(longer, known=known)) == {"1", "3", "4"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 3}', '{"a": [[1]]}', "\x00"])
def test_notes_that_nobody_can_read_number_by_time(tmp_path: Path, text: str) -> None:
    (tmp_path / "updates.json").write_text(text)
    incident = factory.incident(bodies=["first", "second"])
    assert set(ids(incident, known=load_known(tmp_path))) == {"1", "2"}


def test_what_is_noted_already_is_not_written_again(tmp_path: Path) -> None:
    incident = factory.incident()
    noted(tmp_path, incident)
    before = (tmp_path / "updates.json").stat().st_mtime_ns
    noted(tmp_path, incident)
    assert (tmp_path / "updates.json").stat().st_mtime_ns == before


def test_two_updates_of_one_second_have_two_ids() -> None:
    incident = factory.incident(bodies=["first"])
    twice = replace(incident, updates=incident.updates * 3)
    assert len({entry.id for entry in feed(built(twice), "history/rss.xml").entries}) == 3


@pytest.mark.parametrize("path", ["history/rss.xml", "history/atom.xml"])
def test_a_feed_in_which_nothing_happened_keeps_its_bytes(path: str) -> None:
    settings, _, past = scenes.quiet()
    groups = {"Core": [factory.component("api")]}
    early = told(Edition.of(settings, factory.snapshot(groups), past))
    later = factory.snapshot(
        {"Core": [factory.component("api", now=factory.NOW + DAY)]}, now=factory.NOW + DAY
    )
    assert early.entries[path] == told(Edition.of(settings, later, past)).entries[path]


@pytest.mark.parametrize(
    ("scene", "begin"), [("quiet", "2026-08-23T20:12:00Z"), ("nothing", "2026-11-01T00:00:00Z")]
)
def test_an_empty_feed_is_dated_by_the_sites_beginning(scene: str, begin: str) -> None:
    settings, snapshot, _ = scenes.ALL[scene]()
    manifest = told(Edition.of(settings, snapshot, []))
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
        f'<guid isPermaLink="false">{incident.uid}#1</guid></item>'
        "</channel></rss>"
    )

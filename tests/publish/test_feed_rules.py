"""Every rule that readers and validators have for feeds, on the feeds of every scene."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from statusgen.base.clock import DAY, HOUR
from statusgen.incident.window import Schedule
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from tests.publish import factory, scenes
from tests.publish.windows import window

NOW = factory.NOW
ROOT = "https://status.example.com/"
ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = Path(__file__).parents[1] / "fixtures" / "atom.rnc"
HUB = "https://hub.example/"


def made(name: str = "outage") -> Manifest:
    """Return a scene's site, with a hub, markup in its words, and maintenance."""
    settings, snapshot, incidents = scenes.ALL[name]()
    settings = replace(settings, site=replace(settings.site, hub=HUB))
    body = "Look [here](about.md), [there](https://example.com/?a=1&b=2) & <b>there</b>."
    told = factory.incident("2026-11-19-marks", title="<b>A</b> & B", bodies=[body])
    plan = Schedule(
        (
            window("2026-11-20-disks", NOW - HOUR, NOW + HOUR, components=("mail",)),
            window("2026-11-25-racks", NOW + 5 * DAY, NOW + 5 * DAY + HOUR, components=("api",)),
        ),
        NOW,
    )
    shown = [*incidents, told] if name != "nothing" else []
    return render_site(settings, snapshot, shown, schedule=plan)


def files(manifest: Manifest, ending: str) -> dict[str, bytes]:
    found = {e.path: e.content for e in manifest if isinstance(e, Asset)}
    return {
        path: content
        for path, content in found.items()
        if path.endswith(ending) and not path.startswith("schema/")
    }


@pytest.fixture(scope="module", params=["outage", "quiet", "nothing"])
def site(request: pytest.FixtureRequest) -> Manifest:
    return made(request.param)


def test_site_groups_components_and_maintenance_have_feeds_in_three_forms() -> None:
    manifest = made()
    for ending in ("/rss.xml", "/atom.xml", "/feed.json"):
        folders = {path.removesuffix(ending) for path in files(manifest, ending)}
        assert {"history", "maintenance", "groups/core", "groups/payments"} <= folders
        assert {"components/api", "components/mail"} <= folders


def test_each_feed_tells_of_what_it_is_of() -> None:
    manifest = made()

    def titles(path: str) -> str:
        return " ".join(each["title"] for each in json.loads(files(manifest, path)[path])["items"])

    assert "API is not answering" in titles("groups/core/feed.json")
    assert "API is not answering" not in titles("groups/payments/feed.json")
    assert "Disks" in titles("groups/europe/feed.json")
    assert "Disks" in titles("maintenance/feed.json")
    assert "API is not answering" not in titles("maintenance/feed.json")


def test_rss_holds_to_its_rules(site: Manifest) -> None:
    for path, content in files(site, "/rss.xml").items():
        assert not content.startswith(b"\xef\xbb\xbf")
        (channel,) = ElementTree.fromstring(content)
        links = {e.get("rel"): e.get("href") for e in channel.findall(f"{ATOM}link")}
        assert links == {"self": f"{ROOT}{path}", "hub": HUB}
        for name in ("title", "link", "description", "language", "lastBuildDate", "ttl"):
            assert channel.findtext(name), (path, name)
        items = channel.findall("item")
        guids = [item.findtext("guid") or "" for item in items]
        assert len(set(guids)) == len(guids)
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}#\S+", guid) for guid in guids)
        assert {item.find("guid").get("isPermaLink") for item in items} <= {"false"}  # type: ignore[union-attr]
        dates = [item.findtext("pubDate") or "" for item in items]
        moments = [parsedate_to_datetime(date) for date in dates]
        assert moments == sorted(moments, reverse=True)
        assert all(moment.timestamp() <= NOW for moment in moments)  # nothing of the future
        for date, moment in zip(dates, moments, strict=True):
            assert date == f"{moment:%a, %d %b %Y %H:%M:%S} +0000"  # with the right day of the week
        last = parsedate_to_datetime(channel.findtext("lastBuildDate") or "")
        assert last == max(moments, default=last)
        assert last.year >= 2026


def test_marks_in_titles_are_written_so_that_no_reader_takes_them_for_elements() -> None:
    content = files(made(), "history/rss.xml")["history/rss.xml"].decode()
    assert "&#x3C;b>A&#x3C;/b> &#x26; B" in content.replace("&gt;", ">")


def test_addresses_inside_of_words_are_whole(site: Manifest) -> None:
    for path in ("history/rss.xml", "history/atom.xml", "history/feed.json"):
        text = files(site, path)[path].decode()
        text = text.replace("&lt;", "<").replace("&amp;", "&").replace("&quot;", '"')
        for address in re.findall(r'(?:href|src)=\\?"([^"\\]+)', text):
            assert address.startswith(("https://", "http://", "mailto:")), (path, address)
        assert "<script" not in text
        assert "<style" not in text


def test_atom_holds_to_its_rules(site: Manifest) -> None:
    for path, content in files(site, "/atom.xml").items():
        feed = ElementTree.fromstring(content)
        links = {e.get("rel"): e.get("href") for e in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{ROOT}{path}"
        assert links["hub"] == HUB
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        entries = feed.findall(f"{ATOM}entry")
        identities = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
        assert len(set(identities)) == len(identities)
        assert all(identity.startswith("urn:uuid:") for identity in identities)
        updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert updated == sorted(updated, reverse=True)
        assert feed.findtext(f"{ATOM}updated") == max(
            updated, default=feed.findtext(f"{ATOM}updated")
        )
        for entry in entries:
            assert (entry.findtext(f"{ATOM}published") or "") <= (
                entry.findtext(f"{ATOM}updated") or ""
            )
            assert entry.findtext(f"{ATOM}content")


@pytest.mark.skipif(shutil.which("jing") is None, reason="jing checks grammars: apt install jing")
def test_atom_holds_to_the_grammar_of_its_rfc(site: Manifest, tmp_path: Path) -> None:
    paths = []
    for number, content in enumerate(files(site, "/atom.xml").values()):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_bytes(content)
    told = subprocess.run(
        ["jing", "-c", str(GRAMMAR), *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (0, "")


def test_json_feed_holds_to_version_1_1(site: Manifest) -> None:
    for path, content in files(site, "/feed.json").items():
        feed: dict[str, Any] = json.loads(content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{ROOT}{path}"
        assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
        assert "author" not in feed
        items = feed["items"]
        assert len({item["id"] for item in items}) == len(items)
        for item in items:
            assert item["url"].startswith(ROOT)
            assert item["content_html"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["date_published"])


def test_rss_and_json_feed_tell_the_same_items(site: Manifest) -> None:
    for path, content in files(site, "/feed.json").items():
        rss = ElementTree.fromstring(site_rss(site, path))
        guids = [item.findtext("guid") for item in rss.iter("item")]
        assert guids == [item["id"] for item in json.loads(content)["items"]]


def site_rss(site: Manifest, path: str) -> bytes:
    name = path.replace("feed.json", "rss.xml")
    return files(site, name)[name]


def test_every_page_leads_to_the_feeds_and_a_components_page_to_its_own() -> None:
    manifest = made()
    for entry in manifest:
        if not isinstance(entry, Asset) or not entry.path.endswith(".html"):
            continue
        html = entry.content.decode()
        if 'http-equiv="refresh"' in html:
            continue
        kinds = re.findall(r'<link rel="alternate" type="([^"]+)"', html)
        assert {"application/rss+xml", "application/atom+xml", "application/feed+json"} <= {*kinds}
        assert kinds[0] == "application/rss+xml"  # what a reader takes first tells each update
    html = files(manifest, "components/api/index.html")["components/api/index.html"].decode()
    assert 'href="../../components/api/rss.xml"' in html


def test_without_a_hub_none_is_named() -> None:
    settings, snapshot, incidents = scenes.outage()
    manifest = render_site(settings, snapshot, incidents)
    for ending in ("rss.xml", "atom.xml", "feed.json"):
        path = f"history/{ending}"
        assert b"hub" not in files(manifest, path)[path]


def test_the_page_of_all_feeds_names_each_with_its_address() -> None:
    manifest = made()
    html = files(manifest, "subscribe/index.html")["subscribe/index.html"].decode()
    for path in (*files(manifest, "/rss.xml"), *files(manifest, "/atom.xml")):
        assert f'href="../{path}"' in html
    assert f'data-copy="{ROOT}history/rss.xml"' in html
    assert "/feed subscribe https://status.example.com/history/rss.xml" in html
    own = files(manifest, "components/api/index.html")["components/api/index.html"].decode()
    assert f"/feed subscribe {ROOT}components/api/rss.xml" in own

"""Pictures of response times, for use elsewhere."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from tests.publish import factory


def made(name: str = "Api", *, graphs: bool = True, empty: bool = False) -> Manifest:
    settings = factory.settings({"Core": ["api"]}, names={"api": name})
    settings = replace(settings, site=replace(settings.site, graphs=graphs))
    series = () if empty else factory.latency_series(days=40)
    component = factory.component("api", name=name, series=series)
    return render_site(settings, factory.snapshot({"Core": [component]}), [])


def pictures(manifest: Manifest) -> dict[str, bytes]:
    return {
        entry.path: entry.content
        for entry in manifest
        if isinstance(entry, Asset) and entry.path.startswith("graphs/")
    }


def test_pictures_are_drawn_where_they_are_asked_for_and_keep_their_bytes() -> None:
    assert pictures(made(graphs=False)) == {}
    found = pictures(made())
    assert {path.rpartition("/")[2] for path in found if "state" not in path} == {
        f"response-time{length}.{form}"
        for length in ("", "-day", "-week", "-month")
        for form in ("svg", "png")
    }
    assert found == pictures(made())
    for path, content in found.items():
        if path.endswith(".png"):
            assert content.startswith(b"\x89PNG\r\n\x1a\n")
        else:
            assert ElementTree.fromstring(content).tag.endswith("svg")
            assert b"<script" not in content
    assert found["graphs/api/response-time-day.png"] != found["graphs/api/response-time-week.png"]


def test_a_link_is_shown_with_a_picture_of_the_present_state() -> None:
    manifest = made()
    page = manifest.entries["index.html"]
    assert isinstance(page, Asset)
    html = page.content.decode()
    address = "https://status.example.com/graphs/state-up.png"
    assert f'<meta property="og:image" content="{address}">' in html
    assert '<meta property="og:title" content="All Systems Operational · Example Status">' in html
    card = manifest.entries["graphs/state-up.png"]
    assert isinstance(card, Asset)
    assert card.content[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)
    without = made(graphs=False).entries["index.html"]
    assert isinstance(without, Asset)
    assert b"og:image" not in without.content


def test_nothing_measured_and_names_of_any_letters_make_a_picture_too() -> None:
    assert len(pictures(made(empty=True))) == 9
    svg = pictures(made("$x^2$ <b>&\x07 測試"))["graphs/api/response-time.svg"]
    text = " ".join(ElementTree.fromstring(svg).itertext())
    assert "$x^2$ <b>&" in text

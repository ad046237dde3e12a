"""The pages as a parser sees them: whole, linked, honest."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from fractions import Fraction
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from statusgen.base.clock import HOUR, parse_instant
from statusgen.config.settings import NavLink
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from statusgen.publish.sitefiles import add_sitemap
from statusgen.status.proof import proof_of
from tests.publish import factory, scenes


def pages(manifest: Manifest) -> dict[str, str]:
    return {
        entry.path: entry.content.decode()
        for entry in manifest
        if isinstance(entry, Asset) and entry.path.endswith(".html")
    }


def render(scene: scenes.Scene, **more: object) -> Manifest:
    return render_site(*scene, **more)  # type: ignore[arg-type]


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    main = re.sub("<template.*?</template>", "", main)
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", scenes.ALL)
def test_every_page_is_valid_html(name: str) -> None:
    for path, html in pages(scenes.site(scenes.ALL[name])).items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        assert parser.errors == [], path


def test_no_percentage_breaks_over_two_lines() -> None:
    for path, html in pages(scenes.site(scenes.outage)).items():
        shown = re.sub(r"<pre.*?</pre>", "", html.rpartition("</style>")[2], flags=re.DOTALL)
        assert re.findall(r".{20}\d %", shown) == [], path


def test_every_relative_link_leads_to_something_published() -> None:
    manifest = render(scenes.outage(), demo="A demonstration")
    add_sitemap(manifest, factory.settings().site)
    published = {entry.path for entry in manifest}
    site = "https://status.example.com/"
    for path, html in pages(manifest).items():
        for href in re.findall(r'(?:href|src)="([^"]*)"', html):
            if href.startswith("#"):
                continue
            target = urljoin(site + path, href)
            if target.startswith(site):
                found = urlsplit(target).path.lstrip("/")
                found += "index.html" if not found or found.endswith("/") else ""
                assert found in published, (path, href)


def test_no_page_asks_a_third_party() -> None:
    loads = re.compile(r'<(?:img|script|iframe|link rel="(?:icon|stylesheet)")[^>]+(?:src|href)="h')
    for path, html in pages(scenes.site(scenes.outage)).items():
        assert not loads.search(html), path
        assert "url(" not in html.partition("<style>")[2].partition("</style>")[0], path


def test_the_demonstration_says_so_on_every_page() -> None:
    for path, html in pages(render(scenes.outage(), demo="All of it is made up.")).items():
        assert "All of it is made up." in html, path


def test_one_build_id_stands_in_every_page_and_in_freshness() -> None:
    manifest = render(scenes.outage())
    fresh = json.loads(manifest.entries["freshness.json"].content)  # type: ignore[union-attr]
    for path, html in pages(manifest).items():
        assert f'<meta name="build" content="{fresh["build"]}">' in html, path
    assert fresh["last_round"] == "2026-11-20T20:10:03Z"
    assert fresh["next_expected"] == "2026-11-20T20:15:03Z"
    assert fresh["stale_after"] == "2026-11-20T21:22:33Z"


def test_without_an_address_there_are_no_feeds_and_no_links_to_them() -> None:
    _, snapshot, incidents = scenes.outage()
    manifest = render_site(factory.settings(scenes.GROUPS, url=""), snapshot, incidents)
    add_sitemap(manifest, factory.settings(url="").site)
    assert not [entry.path for entry in manifest if entry.path.endswith(".xml")]
    for path, html in pages(manifest).items():
        assert "rss" not in html.lower(), path
        assert 'rel="canonical"' not in html, path


def test_status_page_before_the_first_round() -> None:
    text = text_of(pages(render(scenes.nothing()))["index.html"])
    assert "Nothing has been measured yet" in text
    assert "Operational" not in text
    assert "%" not in text
    assert "NaN" not in text
    assert "Not measured yet" in text
    assert "without data" not in text


def test_status_page_of_a_first_day_has_a_number_and_contradicts_nothing() -> None:
    html = pages(render(scenes.one_round()))["index.html"]
    text = text_of(html)
    assert "All Systems Operational" in text
    assert "100.00 % uptime since 20 Nov 2026, coverage 100.00 %" in text.replace("\u00a0", " ")
    assert '<path class="z"' in html
    for contradiction in ("No Data", "without data", "Nothing was measured", "Too little"):
        assert contradiction not in text


def test_nothing_measured_is_dated_nowhere() -> None:
    """No page and no feed says 1 January 1970."""
    for entry in render(scenes.nothing()):
        if entry.path.endswith((".html", ".xml", ".json")):
            text = entry.content.decode()  # type: ignore[union-attr]
            assert "1970" not in text, entry.path
            assert "1969" not in text, entry.path


def test_nothing_is_green_when_nothing_could_be_measured() -> None:
    html = pages(render(scenes.all_unknown()))["index.html"]
    assert 'class="banner s-unknown"' in html
    assert 'href="icons/unknown.svg"' in html


def test_a_build_of_old_data_calls_itself_out_of_date() -> None:
    html = pages(render(scenes.stale()))["index.html"]
    assert '<html lang="en" dir="ltr" class="stale">' in html
    assert '<html lang="en" dir="ltr">' in pages(render(scenes.quiet()))["index.html"]


def test_groups_are_closed_unless_something_is_wrong() -> None:
    html = pages(render(scenes.outage()))["index.html"]
    found = re.findall(r"<details( open)?>\n<summary>.*?<h3>(.*?)</h3>", html, re.DOTALL)
    groups = {name.strip(): opened for opened, name in found}
    assert groups == {"Core": " open", "Payments": "", "Europe": ""}


def test_an_open_incident_is_told_newest_update_first() -> None:
    text = text_of(pages(render(scenes.outage()))["index.html"])
    assert text.index("A database volume is") < text.index("Our checks have failed since 20:07")
    assert text.index("Api is down, Web app is degraded") < text.index("Active incident")


def test_quiet_days_are_joined_and_days_before_the_first_round_left_out() -> None:
    settings, snapshot, incidents = scenes.quiet()
    text = text_of(pages(render_site(settings, snapshot, incidents))["index.html"])
    assert "13 to 17 November 2026 No incidents reported." in text
    _, fresh, _ = scenes.nothing()
    young = text_of(pages(render_site(settings, fresh, []))["index.html"])
    assert young.count("No incidents reported.") == 1


def test_times_are_in_the_sites_zone_with_utc_beside() -> None:
    html = pages(render(scenes.quiet()))["index.html"]
    assert '<time datetime="2026-11-20T20:10:03Z" data-f="d">20 Nov 2026, 21:10 CET</time>' in html
    assert "(20:10 UTC)" in html


def test_upptimes_addresses_lead_to_the_component() -> None:
    html = pages(render(scenes.quiet()))["history/api/index.html"]
    assert 'content="0; url=../../components/api/"' in html


def test_an_address_is_linked_once_in_the_header() -> None:
    settings = factory.settings(nav=[NavLink(title="Home", href="/")])
    html = pages(render_site(settings, scenes.quiet()[1], []))["index.html"]
    header = html.partition("<header")[2].partition("</nav>")[0]
    assert re.findall(r">([^<>]+)</a></li>", header) == ["Home", "Incidents"]


def test_pages_say_one_canonical_address() -> None:
    html = pages(render(scenes.quiet()))["components/api/index.html"]
    assert '<link rel="canonical" href="https://status.example.com/components/api/">' in html


def test_status_page_of_twenty_components_is_small() -> None:
    html = pages(render(scenes.full(20)))["index.html"]
    assert len(gzip.compress(html.encode(), 9, mtime=0)) < 20_000


def test_runs_of_equal_days_are_one_shape() -> None:
    quiet = factory.snapshot({"Core": [factory.component("api")]})
    html = pages(render_site(factory.settings({"Core": ["api"]}), quiet, []))["index.html"]
    assert html.count('<path class="u"') == 2  # the strip and the legend


def test_the_scripts_are_small_and_permitted_by_their_hashes() -> None:
    html = pages(render(scenes.full()))["index.html"]
    scripts = re.findall(r"<script>(.*?)</script>", html)
    assert len(scripts) == 2
    assert 0 < len(gzip.compress("".join(scripts).encode(), 9, mtime=0)) < 6144
    assert "unsafe" not in html.partition("<title>")[0]
    assert " style=" not in html


def test_the_sitemap_covers_both_kinds_of_page_and_no_redirect() -> None:
    manifest = render(scenes.quiet())
    add_sitemap(manifest, factory.settings().site, ["about/"])
    xml = manifest.entries["sitemap.xml"].content.decode()  # type: ignore[union-attr]
    addresses = re.findall(r"<loc>(.*?)</loc>", xml)
    assert "https://status.example.com/" in addresses
    assert "https://status.example.com/about/" in addresses
    assert "https://status.example.com/components/api/" in addresses
    assert not [address for address in addresses if "/history/api/" in address]
    assert not [address for address in addresses if "404" in address]


def test_months_of_incidents_lead_to_their_neighbours() -> None:
    settings, snapshot, _ = scenes.quiet()
    days = [parse_instant(f"2026-0{month}-10T10:00:00Z") for month in (5, 6, 7)]
    told = [factory.incident(f"i{at}", started=at, resolved=at + 60) for at in days]
    entry = render_site(settings, snapshot, told).entries["history/2026-06/index.html"]
    assert isinstance(entry, Asset)
    steps = entry.content.decode().partition('<p class="steps">')[2]

    assert 'href="../../history/2026-07/" rel="next"' in steps
    assert 'href="../../history/2026-05/" rel="prev"' in steps


def test_a_page_is_old_from_the_very_second_that_was_told() -> None:
    settings, snapshot, _ = scenes.quiet()
    end = snapshot.now + 1000

    def marked(now: int) -> bool:
        seen = replace(snapshot, now=now, stale_after=end)
        entry = render_site(settings, seen, []).entries["404.html"]
        assert isinstance(entry, Asset)
        return ' class="stale"' in entry.content.decode().partition("<head>")[0]

    assert [marked(end - 1), marked(end)] == [False, True]


def test_the_page_says_what_the_checks_behind_its_best_figure_prove() -> None:
    often, seldom = factory.component("api"), factory.component("mail")
    often = replace(often, proofs={"90d": proof_of(1000 * HOUR, Fraction(0), 0, 60)})
    seldom = replace(seldom, proofs={"90d": proof_of(500 * HOUR, Fraction(7200), 2, 3600)})
    measured = factory.snapshot({"Core": [often, seldom]})
    settings = factory.settings({"Core": ["api", "mail"]})
    html = pages(render_site(settings, measured, []))
    # 60,000 checks and 1,000 hours without a failure: 0.05 ** (1 / n), rounded down.
    page = html["index.html"].replace("\u00a0", " ")
    assert "Checks are due every 1 h or more often; a shorter outage may be missed." in page
    assert "Even 100.00 % over 60,000 checks proves no more than 99.99 %" in page
    assert "counted by hours it proves 99.70 %" in page


def test_nothing_is_proved_where_nothing_was_checked() -> None:
    assert "proves" not in pages(render(scenes.nothing()))["index.html"]

"""What a page allows its visitor's browser, and what programs are told of the site."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import html5lib
import pytest

from statusgen.config.settings import NavLink
from statusgen.publish.edition import Edition
from statusgen.publish.layout import plain_page
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.site import render_site
from statusgen.publish.sitefiles import add_sitemap
from tests.publish import factory, scenes


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def policy(html: str) -> tuple[dict[str, str], str, str]:
    """Return the policy by its directives, and what allows the inline style and scripts."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    (meta,) = (
        each
        for each in document.iter("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    )
    parts = (part.strip().partition(" ") for part in meta.get("content", "").split(";"))
    (style,) = (digest(each.text or "") for each in document.iter("style"))
    scripts = [digest(each.text) for each in document.iter("script") if each.text]
    assert len(scripts) == 2
    allowed = " ".join(f"'sha256-{each}'" for each in scripts)
    return {name: value for name, _, value in parts}, style, allowed


def documents(manifest: Manifest) -> dict[str, str]:
    """Return the pages with chrome: a redirect has no style and no script to allow."""
    return {
        entry.path: entry.content.decode()
        for entry in manifest
        if isinstance(entry, Asset)
        and entry.path.endswith(".html")
        and b'http-equiv="refresh"' not in entry.content
    }


def content(manifest: Manifest, path: str) -> str:
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    return entry.content.decode()


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_every_page_allows_its_own_style_script_and_pictures_alone(theme: str) -> None:
    _, snapshot, incidents = scenes.outage()
    settings = factory.settings(scenes.GROUPS, theme=theme)
    found = documents(render_site(settings, snapshot, incidents))
    assert len(found) > 10
    for path, html in found.items():
        said, style, script = policy(html)
        assert said == {
            "default-src": "'none'",
            "style-src": f"'sha256-{style}'",
            "script-src": script,
            "connect-src": "'self'",
            "img-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }, path


def test_a_wide_page_may_load_files_of_this_site_too_and_nothing_else() -> None:
    edition = Edition.of(*scenes.quiet())
    page = Page(path="roadmaps/index.html", title="Roadmaps", body="<p>Ahead</p>", wide=True)
    said, style, script = policy(plain_page(edition, page).decode())
    assert said == {
        "default-src": "'none'",
        "style-src": f"'self' 'sha256-{style}'",
        "script-src": f"'self' {script}",
        "connect-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_robots_may_read_everything_and_are_led_to_the_sitemap() -> None:
    settings, snapshot, _ = scenes.quiet()
    manifest = render_site(settings, snapshot, [])
    add_sitemap(manifest, settings.site)
    assert content(manifest, "robots.txt") == (
        "User-agent: *\nAllow: /\nSitemap: https://status.example.com/sitemap.xml\n"
    )
    assert "sitemap.xml" in manifest.entries
    alone = render_site(factory.settings(url=""), snapshot, [])
    assert content(alone, "robots.txt") == "User-agent: *\nAllow: /\n"


def test_addresses_of_a_sitemap_are_those_that_a_browser_asks_for() -> None:
    """Upptime's own rule of ids lets letters pass that an address must not hold as they are."""
    settings = factory.settings({"Core": ["caf\u00e9 one"]}, url="https://example.com/repo/")
    snapshot = factory.snapshot({"Core": [factory.component("caf\u00e9 one")]})
    manifest = render_site(settings, snapshot, [])
    add_sitemap(manifest, settings.site)
    root = ElementTree.fromstring(content(manifest, "sitemap.xml"))
    found = {each.text or "" for each in root.iter() if each.tag.endswith("}loc")}
    assert {each for each in found if "/days/" not in each} == {
        "https://example.com/repo/",
        "https://example.com/repo/api/",
        "https://example.com/repo/badges/",
        "https://example.com/repo/subscribe/",
        "https://example.com/repo/components/caf%C3%A9%20one/",
        "https://example.com/repo/history/",
        "https://example.com/repo/history/2026-11/",
        "https://example.com/repo/reports/",
    }
    page = content(manifest, "components/caf\u00e9 one/index.html")
    canonical = "https://example.com/repo/components/caf%C3%A9%20one/"
    assert f'<link rel="canonical" href="{canonical}">' in page


def test_freshness_says_when_the_next_data_is_due() -> None:
    manifest = scenes.site(scenes.outage)
    assert json.loads(content(manifest, "freshness.json")) == {
        "build": "2026-11-20T20:12:00Z 20261120T201003Z-github-8812-1",
        "generated": "2026-11-20T20:12:00Z",
        "first_round": "2026-08-23T20:12:00Z",
        "last_round": "2026-11-20T20:10:03Z",
        "last_round_key": "20261120T201003Z-github-8812-1",
        "cadence_seconds": 300,
        "next_expected": "2026-11-20T20:15:03Z",
        "publication_seconds": 3600,
        "next_publication": "2026-11-20T21:10:03Z",
        "stale_after": "2026-11-20T21:22:33Z",
        "shown": "",
        "maintenance": [],
        "history_head": None,
    }


def test_each_state_has_an_icon_of_its_own_colour() -> None:
    manifest = scenes.site(scenes.outage)
    colours = {
        name: set(re.findall(r"#[0-9a-f]{6}", content(manifest, f"icons/{name}.svg")))
        for name in ("up", "degraded", "partial", "down", "unknown")
    }
    own = {name: next(iter(found - {"#ffffff"})) for name, found in colours.items()}
    assert own["up"] == "#1a7f5a"
    assert own["down"] == "#c4314b"
    assert len(set(own.values())) == 5


def test_links_of_the_page_for_errors_hold_at_any_depth() -> None:
    """The host shows it for an address of any depth."""
    _, snapshot, _ = scenes.quiet()
    settings = factory.settings(
        url="https://example.com/repo/", nav=[NavLink(title="About", href="about/")]
    )
    html = content(render_site(settings, snapshot, []), "404.html")
    inner = [each for each in re.findall(r'(?:href|src)="([^"#]+)"', html) if "://" not in each]
    assert "/repo/about/" in inner
    assert [each for each in inner if not each.startswith("/repo/")] == []


def test_a_monitors_old_address_leads_to_the_component_that_holds_it() -> None:
    settings, snapshot, _ = scenes.quiet()
    shop = settings.components[0]
    several = replace(shop, id="shop", monitors=("api", "web-app"))
    settings = replace(settings, components=(several, *settings.components[2:]))
    manifest = render_site(settings, snapshot, [])
    for old in ("api", "web-app", "shop"):
        assert 'url=../../components/shop/"' in content(manifest, f"history/{old}/index.html")

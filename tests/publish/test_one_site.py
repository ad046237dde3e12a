"""Status pages and prose are one site: one header to the pixel, one search, one theme."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from tests.doubles import published
from tests.publish.browsing import violations

pytestmark = pytest.mark.browser

CONFIG = """\
site: {name: Harbour Status, url: "https://status.example.com/"}
monitors:
  - {id: api, name: Backend API, url: "https://a.example", group: Core}
"""
MKDOCS = """\
site_name: Something else
site_url: https://status.example.com/
docs_dir: content
theme:
  name: material
  features: [toc.follow]
  palette: {primary: indigo}
plugins: [search, statusgen]
"""
GUIDE = """\
# Handbook

## How ferries are counted

Each ferry is counted once. It is counted again when it returns on another day.

```
ferry: not-a-sentence
```

| port | ferries |
|---|---|
| Kiel | 12 |
"""
INCIDENT = """\
---
title: Invoices are late
impact: minor
started: 2026-11-20T10:00:00Z
resolved: 2026-11-20T11:00:00Z
---

## resolved · 2026-11-20T11:00:00Z

The queue of invoices is empty again.
"""
NOW = 1795205520


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same repository as MkDocs and as our own layout publish it."""
    root = tmp_path_factory.mktemp("harbour")
    for name, text in {
        "data/status.yml": CONFIG,
        "mkdocs.yml": MKDOCS,
        "content/guide/handbook.md": GUIDE,
        "content/guide/more.md": "# More\n",
        "content/incidents/2026-11-20-invoices.md": INCIDENT,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    options = BuildOptions(root=root, now=NOW)
    build_with_mkdocs(root / "mkdocs.yml", root / "out/mkdocs", options)
    write_directory(build_manifest(options), root / "out/plain")
    return root / "out"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Both below one server."""
    with published(folder) as address:
        yield address


def opened(browser: Browser, url: str, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(url)
    return page


def header(page: Page) -> tuple[Image.Image, list[list[float]]]:
    """Return the header's picture and the boxes in it; which entry is marked does not count."""
    page.evaluate("for (const a of document.querySelectorAll('.site-nav a')) a.ariaCurrent = null")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".site-top *")].filter(e => e.checkVisibility())
          .map(e => e.getBoundingClientRect()).map(r => [r.x, r.y, r.width, r.height])"""
    )
    picture = page.locator(".site-header").screenshot(animations="disabled")
    return Image.open(BytesIO(picture)).convert("RGB"), boxes


def differing(one: Image.Image, other: Image.Image) -> int:
    """Count the pixels that differ by more than the smoothing of a rounded corner may."""
    assert one.size == other.size
    apart = ImageChops.difference(one, other).convert("L").point(lambda level: level > 24 and 255)
    return apart.histogram()[255]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_header_is_the_same_to_the_pixel(
    browser: Browser, address: str, width: int, scheme: Any
) -> None:
    seen = []
    size: Any = {"width": width, "height": 900}
    page = opened(browser, "about:blank", viewport=size, color_scheme=scheme)
    for path in ("mkdocs/", "mkdocs/guide/handbook/", "mkdocs/components/api/"):
        page.goto(address + path)
        seen.append((*header(page), page.evaluate("getComputedStyle(document.body).fontFamily")))
    page.context.close()
    for picture, boxes, font in seen[1:]:
        assert boxes == seen[0][1]
        assert font == seen[0][2]
        assert differing(picture, seen[0][0]) == 0


def test_content_begins_and_ends_at_the_same_edge(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}mkdocs/", viewport={"width": 1280, "height": 900})
    edges = "e => { const r = e.getBoundingClientRect(); return [r.left, r.right] }"
    brand = page.locator(".site-brand").evaluate(edges)[0]
    assert page.locator(".banner").evaluate(edges)[0] == brand
    tools = page.locator(".site-tools").evaluate(edges)[1]
    assert page.locator(".banner").evaluate(edges)[1] == tools
    page.goto(f"{address}mkdocs/guide/handbook/")
    assert page.locator(".site-footer div").evaluate(edges)[0] + 20 == pytest.approx(brand, abs=1)
    page.context.close()


def test_a_choice_of_colours_holds_on_both_kinds_of_page(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}mkdocs/", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(245, 246, 248)"
    page.get_by_role("button", name="Switch to dark colours").click()
    dark = "rgb(14, 18, 22)"
    assert page.evaluate(ground) == dark
    for path in ("guide/handbook/", "components/api/"):
        page.goto(f"{address}mkdocs/{path}")
        assert page.evaluate(ground) == dark
    page.get_by_role("button", name="Switch to light colours").click()
    page.goto(f"{address}mkdocs/guide/handbook/")
    assert page.evaluate(ground) == "rgb(245, 246, 248)"
    page.context.close()


def test_without_scripts_prose_follows_the_system_and_offers_no_dead_button(
    browser: Browser, address: str
) -> None:
    for path in ("mkdocs/", "mkdocs/guide/handbook/"):
        page = opened(browser, address + path, color_scheme="dark", java_script_enabled=False)
        assert page.locator(".site-header button:visible").count() == 0
        shade = page.locator("h1").first.evaluate("e => getComputedStyle(e).color")
        assert shade == "rgb(231, 234, 238)"
        page.context.close()


def search(page: Page, text: str) -> list[tuple[str, str]]:
    """Return what the search finds: the address, and all that it says of it."""
    page.keyboard.press("/")
    page.fill(".site-search input", text)
    page.wait_for_function(
        "() => document.querySelector('.site-search li, .site-search p:not(:empty)')"
    )
    links = page.locator(".site-search li a")
    found = [(each.get_attribute("href") or "", each.inner_text()) for each in links.all()]
    page.keyboard.press("Escape")
    assert not page.locator(".site-search").is_visible()
    return found


@pytest.mark.parametrize("start", ["mkdocs/", "mkdocs/guide/handbook/"])
def test_one_search_finds_every_kind_of_page(browser: Browser, address: str, start: str) -> None:
    page = opened(browser, address + start)
    (first, text), *_ = search(page, "invoices late")
    assert first == f"{address}mkdocs/incidents/2026-11-20-invoices/"
    assert "Incident" in text
    (first, _), *_ = search(page, "backend")
    assert first == f"{address}mkdocs/components/api/"
    (first, text), *_ = search(page, "counted again")
    assert first == f"{address}mkdocs/guide/handbook/#how-ferries-are-counted"
    assert "It is counted again when it returns on another day." in text
    assert search(page, "not-a-sentence") == []
    (_, text), *_ = search(page, "kiel")
    assert "Kiel: ferries 12" in text
    page.context.close()


def test_our_own_layout_has_the_same_header_and_search(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}plain/")
    assert search(page, "invoices late")[0][0] == f"{address}plain/incidents/2026-11-20-invoices/"
    page.get_by_role("button", name="Switch to dark colours").click()
    (first, _text), *_ = search(page, "counted again")
    assert first == f"{address}plain/guide/handbook/#how-ferries-are-counted"
    page.context.close()


def test_prose_in_our_own_layout_has_its_header_and_is_open_to_everybody(
    browser: Browser, address: str
) -> None:
    size: Any = {"width": 1280, "height": 900}
    seen = []
    for path in ("plain/", "plain/guide/handbook/"):
        page = opened(browser, address + path, viewport=size)
        seen.append(header(page))
        page.context.close()
    assert seen[0][1] == seen[1][1]
    assert differing(seen[0][0], seen[1][0]) == 0

    for width, scheme in ((1280, "dark"), (390, "light"), (320, "dark")):
        size["width"], colours = width, cast(Any, scheme)
        page = opened(browser, address + path, viewport=size, color_scheme=colours)
        assert violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.click(".site-menu summary") if width < 960 else None
        page.click("nav >> text=More >> visible=true")
        assert page.inner_text("h1").startswith("More")
        page.context.close()


def test_nothing_is_asked_for_the_search_before_it_is_used(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    missing: list[str] = []
    page.on("response", lambda each: missing.append(each.url) if each.status >= 400 else None)
    page.goto(f"{address}mkdocs/guide/handbook/", wait_until="networkidle")
    assert missing == []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}mkdocs/", wait_until="networkidle")
    assert [url for url in asked if "search" in url] == []
    search(page, "api")
    assert [url for url in asked if "search" in url] == [f"{address}mkdocs/assets/search.json"]
    page.close()


def test_the_subscribe_panel_closes_by_escape_and_by_a_tap_outside(
    browser: Browser, address: str
) -> None:
    for path in ("mkdocs/", "mkdocs/guide/handbook/"):
        page = opened(browser, address + path)
        panel = page.locator(".site-sub > div")
        page.click(".site-sub > summary")
        assert panel.is_visible()
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        page.click(".site-sub > summary")
        page.mouse.click(5, 600)
        assert not panel.is_visible()
        page.context.close()


def test_on_a_phone_the_other_pages_of_a_section_are_one_tap_away(
    browser: Browser, address: str
) -> None:
    size: Any = {"width": 390, "height": 800}
    url = f"{address}mkdocs/guide/handbook/"
    page = opened(browser, url, viewport=size, java_script_enabled=False)
    page.click(".site-menu summary")
    page.click(".site-menu >> text=More")
    assert page.inner_text("h1").startswith("More")
    page.context.close()


def test_excerpts_hold_no_code_and_no_drawing(folder: Path) -> None:
    index = json.loads((folder / "mkdocs/assets/search.json").read_text())
    texts = [text for *_, parts in index["pages"] for *_, texts in parts for text in texts]
    assert texts
    assert not [text for text in texts if "<" in text or "not-a-sentence" in text]
    assert not (folder / "mkdocs/search/search_index.json").exists()

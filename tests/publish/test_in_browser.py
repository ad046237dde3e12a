"""The pages in a real browser: narrow and wide, light and dark, with and without scripts."""

from __future__ import annotations

import functools
import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from statusgen.incident.window import Schedule
from statusgen.publish.site import render_site
from statusgen.publish.writers import write_directory
from tests.publish import factory, scenes
from tests.publish.browsing import closed, opened, violations
from tests.publish.windows import window

pytestmark = pytest.mark.browser
PAGES = (
    "",
    "components/api/",
    "incidents/2026-11-20-api-down/",
    "history/",
    "history/2026-11/",
    "days/2026-11-20/",
    "404.html",
)


TINY = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, host = node.parentElement;
    if (!node.data.trim() || !host.checkVisibility()) continue;
    if (host.closest("script,style,title,desc,defs")) continue;
    const matrix = host.getScreenCTM ? host.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(host).fontSize) * matrix;
    if (size < 11.99) found.push([node.data.trim(), size]);
  }
  return found; }"""


def test_nothing_overflows_and_no_text_is_tiny(browser: Browser, address: str) -> None:
    page = opened(browser, "about:blank")
    for scene, path in [("outage", path) for path in PAGES] + [("full", ""), ("nothing", "")]:
        page.goto(f"{address}{scene}/{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (scene, path, width)
            assert page.evaluate(TINY) == [], (scene, path, width)
    closed(page)


EACH = [("outage", path) for path in PAGES]
SCENES = [(scene, "") for scene in ("full", "sixty", "stale", "maintenance", "three-incidents")]
BESIDE = [("outage", path) for path in ("api/", "badges/", "subscribe/")]
SHORT = {("dark", "none", 1280): [*EACH, *SCENES], ("light", "active", 390): [*EACH, *BESIDE]}
"""Modes of the short run, and what is looked at in them; in the long one all is in every mode."""
MODES = [
    *((scheme, "none", width) for scheme in ("dark", "light") for width in (1280, 390)),
    *(("light", "none", 320), ("dark", "active", 1280), ("light", "active", 390)),
]


@pytest.mark.parametrize(
    ("mode", "looked_at"),
    [
        *SHORT.items(),
        *(pytest.param(m, [*EACH, *SCENES, *BESIDE], marks=pytest.mark.long) for m in MODES),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_axe_finds_nothing(
    browser: Browser, address: str, mode: tuple[Any, Any, int], looked_at: list[tuple[str, str]]
) -> None:
    scheme, forced, width = mode
    page = opened(browser, "about:blank", width, color_scheme=scheme, forced_colors=forced)
    for scene, path in looked_at:
        page.goto(f"{address}{scene}/{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        if page.locator(".bars").count():
            page.locator(".bars:visible").first.click(position={"x": 20, "y": 5})
        assert violations(page) == "", (scene, path)
    closed(page)


@pytest.mark.parametrize(
    ("scheme", "forced"),
    [
        ("dark", "active"),
        *(pytest.param(s, "none", marks=pytest.mark.long) for s in ("light", "dark")),
    ],
)
def test_axe_finds_nothing_on_a_page_of_maintenance(
    browser: Browser, tmp_path: Path, scheme: Any, forced: Any
) -> None:
    settings, snapshot, _ = scenes.quiet()
    planned = window(
        "2026-11-20-database", factory.NOW - 600, factory.NOW + 3600, about="We **upgrade** it."
    )
    schedule = Schedule((planned,), factory.NOW)
    write_directory(render_site(settings, snapshot, [], schedule=schedule), tmp_path)
    for path in ("", "maintenance/2026-11-20-database/"):
        address = (tmp_path / path / "index.html").as_uri()
        page = opened(browser, address, 390, color_scheme=scheme, forced_colors=forced)
        assert violations(page) == "", path
        closed(page)


def test_the_first_view_is_one_request_and_small(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{address}full/", wait_until="networkidle")
    assert answer is not None
    assert len(gzip.compress(answer.body(), 9, mtime=0)) < 20_000
    assert [url for url in asked if "/icons/" not in url] == [f"{address}full/"]  # a demonstration
    assert page.locator(".comp").count() == 20
    asked.clear()
    page.goto(f"{address}outage/", wait_until="networkidle")
    fresh = f"{address}outage/freshness.json"
    assert [url for url in asked if "/icons/" not in url] == [f"{address}outage/", fresh]
    context.close()


def _note(said: list[str], event: object) -> None:
    said.append(getattr(event, "text", str(event)))


def test_no_message_on_the_console(browser: Browser, address: str) -> None:
    # The page for errors names its icon from the configured root, which is not this server's.
    page = browser.new_page()
    said: list[str] = []
    page.on("console", functools.partial(_note, said))
    page.on("pageerror", functools.partial(_note, said))
    for path in (path for path in PAGES if path != "404.html"):
        page.goto(f"{address}outage/{path}", wait_until="networkidle")
        assert said == [], path
    page.close()


def test_without_scripts_the_page_says_the_same(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}outage/", java_script_enabled=False)
    main = page.inner_text("main")
    assert "Last checked 20 Nov 2026, 21:10 CET (20:10 UTC)." in main
    assert "Checked every 5\u00a0min, published at least hourly." in main
    assert "out of date" not in main
    assert "A database volume is full" in main
    closed(page)


def test_the_page_greys_itself_when_checks_stop(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}quiet/")
    assert page.inner_text("h1") == "All Systems Operational"
    green = page.locator(".banner").evaluate("e => getComputedStyle(e).borderTopColor")
    page.clock.fast_forward(4_400_000)
    assert page.inner_text("h1") == "This page is out of date"
    grey = page.locator(".banner").evaluate("e => getComputedStyle(e).borderTopColor")
    assert (green, grey) == ("rgb(26, 127, 90)", "rgb(125, 131, 141)")
    closed(page)


def test_a_component_page_says_that_it_is_out_of_date(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}quiet/components/api/", clock=factory.NOW + 7200)
    assert "This page is out of date." in page.inner_text("main")
    closed(page)


@pytest.mark.parametrize(("later", "late"), [(200, False), (400, True), (6000, False)])
def test_a_late_promise_says_so_on_a_page_that_is_not_built_again(
    browser: Browser, tmp_path: Path, later: int, late: bool
) -> None:
    settings, snapshot, incidents = scenes.outage()
    current = next(each for each in incidents if each.open)
    updates = (*current.updates[:-1], replace(current.updates[-1], promise=factory.NOW + 300))
    told = [replace(current, updates=updates)]
    write_directory(render_site(settings, snapshot, told), tmp_path)

    page = opened(browser, (tmp_path / "index.html").as_uri(), clock=factory.NOW + later)
    shown = page.inner_text("#now + article")

    # A page that is out of date knows nothing of an update that may have come.
    assert ("has not come yet" in shown) is late
    assert ("Next update promised by" in shown) is not late
    closed(page)


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("en-US", "20 Nov 2026, 3:10\u00a0pm EST"), ("en-GB", "20 Nov 2026, 15:10 GMT-5")],
)
def test_times_are_shown_in_the_visitors_zone_and_hours(
    browser: Browser, address: str, locale: str, shown: str
) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale=locale)
    page = context.new_page()
    page.goto(f"{address}quiet/")
    stamp = page.locator(".banner time").first
    assert stamp.inner_text().replace("\u202f", "\u00a0") == shown  # neither of them breaks
    assert stamp.get_attribute("title") == "20 Nov 2026, 21:10 CET"
    context.close()


@pytest.mark.parametrize(
    ("language", "locale", "shown"),
    [
        ("ko", "ko-KR", "오후\u00a03:10"),
        ("es", "es-MX", "3:10\u00a0p.\u00a0m."),
        ("de", "de-DE", "15:10"),
    ],
)
def test_no_time_of_twelve_hours_breaks_in_any_language(
    browser: Browser, tmp_path: Path, language: str, locale: str, shown: str
) -> None:
    settings, snapshot, incidents = scenes.quiet()
    settings = replace(settings, site=replace(settings.site, language=language))
    write_directory(render_site(settings, snapshot, incidents), tmp_path)
    context = browser.new_context(timezone_id="America/New_York", locale=locale)
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    stamp = page.locator(".banner time").first.text_content() or ""
    assert shown in stamp.replace("\u202f", "\u00a0"), repr(stamp)
    context.close()


def test_the_sites_own_zone_can_be_chosen_and_is_kept(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}quiet/")
    foot = page.locator("footer")
    assert "Times are shown in your time zone, America/New York." in foot.inner_text()
    page.click("text=Show them in Europe/Berlin")
    assert "Times are shown in Europe/Berlin." in foot.inner_text()
    assert "21:10" in page.locator(".banner time").first.inner_text()
    page.goto(f"{address}outage/history/2026-11/")
    assert {"CET", "GMT+1"} & {text[-3:] for text in page.locator("main time").all_inner_texts()}
    page.click("text=Show them in my time zone")
    assert "GMT-5" in page.locator("main time").first.inner_text()
    context.close()


def test_who_lives_in_the_sites_zone_is_offered_no_other(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}quiet/")
    assert page.locator(".site-zone").count() == 0
    assert "Times are shown in Europe/Berlin." in page.inner_text("footer")
    closed(page)


def test_fewer_days_are_shown_on_smaller_screens(browser: Browser, address: str) -> None:
    for width, days in [(1280, 90), (700, 60), (390, 30)]:
        page = opened(browser, f"{address}outage/", width)
        shown = page.locator(".comp .bars").first.evaluate(
            "e => e.clientWidth / e.querySelector('svg').getBoundingClientRect().width * 89.7 + .3"
        )
        assert shown == pytest.approx(days, abs=0.1)
        assert page.locator(".comp .axis").first.inner_text().startswith(f"{days} days ago")
        closed(page)


def test_opened_as_a_file_the_links_still_work(browser: Browser, folder: Path) -> None:
    page = opened(browser, (folder / "outage" / "index.html").as_uri())
    page.click("main >> text=API is not answering >> nth=0")
    assert page.inner_text("h1") == "API is not answering"
    page.click("nav >> text=Status")
    assert page.inner_text(".banner .who") == "Api is down, Web app is degraded"
    closed(page)


def test_printed_everything_is_open_and_light(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}quiet/", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".comp h4").nth(5).is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".sub").is_visible()
    closed(page)


def test_forced_colours_keep_every_shape(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}outage/", forced_colors="active")
    strokes = page.locator(".comp .bars path.d").first.evaluate("e => getComputedStyle(e).stroke")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert strokes != ground
    closed(page)


def test_upptimes_link_arrives(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}quiet/history/api/")
    page.wait_for_url("**/components/**")
    assert page.url == f"{address}quiet/components/api/"
    closed(page)

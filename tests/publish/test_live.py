"""A page that stays open: it ticks, learns that there is news, and never reloads by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from statusgen.base.clock import format_instant
from statusgen.publish.edition import Edition
from statusgen.publish.site import render_edition, render_site
from statusgen.publish.writers import write_directory
from tests.publish import factory, scenes
from tests.publish.browsing import closed, opened

pytestmark = pytest.mark.browser
ROUND = factory.NOW - 117


def answering(page: Page, **more: Any) -> None:
    """Let the next questions for freshness.json be answered so."""

    def answer(route: Route) -> None:
        told = {
            "build": "another",
            "shown": "one",
            "last_round": format_instant(ROUND + 600),
            "stale_after": format_instant(factory.NOW + 4000),
        }
        route.fulfill(body=json.dumps(told | more), content_type="application/json")

    page.route("**/freshness.json", answer)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site with an open incident, whose content has a digest."""
    out = tmp_path_factory.mktemp("live")
    write_directory(render_edition(Edition.of(*scenes.outage(), digest="one")), out)
    return out


@pytest.fixture(scope="module")
def site(live: Path, request: pytest.FixtureRequest) -> str:
    """Return its address over HTTP."""
    folder: Path = request.getfixturevalue("folder")
    target = folder / "live"
    if not target.exists():
        target.symlink_to(live)
    return str(request.getfixturevalue("address")) + "live/"


def test_durations_and_the_age_of_the_check_go_on(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    meta = page.locator("#now + article .meta").inner_text().replace("\u00a0", " ")
    assert "(1 h 5 min so far)" in meta
    assert "as of" not in meta
    assert "(2 minutes ago)" in page.inner_text(".banner")
    page.clock.fast_forward(300_000)
    meta = page.locator("#now + article .meta").inner_text().replace("\u00a0", " ")
    assert "(1 h 10 min so far)" in meta
    assert "(7 minutes ago)" in page.inner_text(".banner")
    closed(page)


def test_without_scripts_a_duration_says_of_when_it_is(browser: Browser, site: str) -> None:
    page = opened(browser, site, java_script_enabled=False)
    meta = page.locator("#now + article .meta").inner_text().replace("\u00a0", " ")
    assert "(1 h 5 min so far, as of 20 Nov 2026, 21:12 CET)" in meta
    assert not page.locator(".news-bar").is_visible()
    closed(page)


def test_news_is_offered_and_shown_when_one_asks_for_it(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.evaluate("window.still = true")
    assert not page.locator(".news-bar").is_visible()
    answering(page, shown="two")
    page.clock.fast_forward(61_000)
    page.wait_for_selector(".news-bar:visible")
    assert page.inner_text(".news-bar").startswith("There is a newer version of this page.")
    assert page.evaluate("window.still")
    with page.expect_navigation():
        page.click(".news-bar button")
    assert page.evaluate("window.still") is None
    closed(page)


def test_a_newer_check_that_changed_nothing_only_makes_the_page_younger(
    browser: Browser, site: str
) -> None:
    page = opened(browser, site)
    answering(page)
    page.clock.fast_forward(61_000)
    page.wait_for_selector(".banner time >> text=21:20")
    page.clock.fast_forward(1_800_000)
    assert not page.locator(".news-bar").is_visible()
    assert "stale" not in page.evaluate("document.documentElement.className")
    closed(page)


def test_a_question_without_an_answer_changes_nothing(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/freshness.json", lambda route: route.fulfill(body="<html>", status=404))
    page.clock.fast_forward(61_000)
    page.clock.fast_forward(61_000)
    assert not page.locator(".news-bar").is_visible()
    assert said == []
    closed(page)


def test_a_demonstration_neither_greys_nor_asks_nor_ticks(browser: Browser, tmp_path: Path) -> None:
    write_directory(render_site(*scenes.outage(), demo="Made up; it does not go on."), tmp_path)
    page = opened(browser, (tmp_path / "index.html").as_uri(), clock=factory.NOW + 10**7)
    assert "does not go on" in page.inner_text("header")
    assert "stale" not in page.evaluate("document.documentElement.className")
    meta = page.locator("#now + article .meta").inner_text().replace("\u00a0", " ")
    assert "1 h 5 min so far, as of" in meta
    closed(page)

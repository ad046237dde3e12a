"""Whole walks: with the keyboard alone, without scripts, at 400 % zoom."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from statusgen.publish.site import render_edition
from statusgen.publish.writers import write_directory
from tests.publish.browsing import closed, opened
from tests.publish.test_every_output import edition

pytestmark = pytest.mark.browser


def tab_to(page: Page, text: str, most: int = 60) -> None:
    """Press Tab until what has the focus says ``text``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "document.activeElement.textContent + (document.activeElement.ariaLabel || '')"
        )
        if text in said:
            return
    raise AssertionError(f"the keyboard never reached {text!r}")


def test_a_walk_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    """From the banner to the component, its chart, a day, the incident, and back."""
    page = opened(browser, f"{address}outage/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, "API is not answering")
    tab_to(page, "Payments")
    page.keyboard.press("Enter")
    tab_to(page, "Card payments")
    page.keyboard.press("Enter")
    page.wait_for_url("**/components/card-payments/")
    tab_to(page, "Days of Card payments")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/days/2026-08-23/")
    tab_to(page, "Status")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outage/")
    tab_to(page, "API is not answering")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/2026-11-20-api-down/")
    closed(page)


def test_a_walk_without_scripts(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}sixty/", 390, java_script_enabled=False)
    page.click(".banner >> text=Show only problems")
    assert page.locator(".comp .head a:visible").count() == 3
    page.click(".comp .head a >> text=Service 42")
    assert page.inner_text("h1") == "Service 42"
    page.click("summary >> text=Every day as a table")
    page.click(".bad td a >> nth=0")
    assert page.inner_text("h1") == "Friday, 20 November 2026"
    page.click("a[rel=prev]")
    assert page.inner_text("h1") == "Thursday, 19 November 2026"
    closed(page)


def test_at_four_hundred_percent_everything_is_there_in_one_column(
    browser: Browser, address: str
) -> None:
    """A window of 1280 px at 400 % is 320 px wide and 225 px high."""
    for path in ("outage/", "outage/components/api/", "outage/days/2026-11-20/", "sixty/"):
        page = opened(browser, f"{address}{path}", 320)
        page.set_viewport_size({"width": 320, "height": 225})
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        lost = page.evaluate(
            """() => [...document.querySelectorAll("main a, main summary, main h1, main h2")]
            .filter(e => e.checkVisibility() && !e.closest(".scroll"))
            .filter(e => { const box = e.getBoundingClientRect();
              return box.left < 0 || box.right > 320 })
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert lost == [], path
        closed(page)


@pytest.mark.long
def test_names_of_200_letters_and_of_one_word_are_cut_off_nowhere(
    browser: Browser, tmp_path: Path
) -> None:
    name = "Backend of the customer portal for partners abroad, " * 4
    written = cycle([name[:200], "x" * 200])
    write_directory(render_edition(edition(written)), tmp_path)
    pages = sorted(
        {each.relative_to(tmp_path).parts[:1]: each for each in tmp_path.rglob("*.html")}
    )
    for folder in pages:
        path = next(iter(sorted(tmp_path.joinpath(*folder).rglob("*.html"))), tmp_path / folder[0])
        page = opened(browser, path.as_uri(), 320)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        lost = page.evaluate(
            """() => [...document.querySelectorAll("main *")]
            .filter(e => e.checkVisibility() && !e.closest(".scroll, pre, svg, .hide, .bars"))
            .filter(e => getComputedStyle(e).overflowX != "visible" || e.children.length == 0)
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
            .map(e => e.outerHTML.slice(0, 120))"""
        )
        assert lost == [], path
        closed(page)

"""The strip of days answers: to a pointer, a finger, a keyboard, a screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.publish.browsing import closed, opened

pytestmark = pytest.mark.browser


def valued(page: Page) -> str:
    return (page.locator("*:focus").get_attribute("aria-valuetext") or "").replace("\u00a0", " ")


def test_a_strip_is_one_tab_stop_with_arrows_home_and_end(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}outage/")
    page.focus(".comp .head a >> nth=0")
    page.keyboard.press("Tab")
    strip = page.locator("*:focus")
    assert strip.get_attribute("role") == "slider"
    assert strip.get_attribute("aria-label") == "Days of Api"
    assert valued(page) == (
        "Friday, 20 November 2026 (so far). Major Outage · 1 h 12 min down · uptime 94.33 %. "
        "API is not answering"
    )
    page.keyboard.press("ArrowLeft")
    assert valued(page) == "Thursday, 19 November 2026. Operational · uptime 100.00 %"
    page.keyboard.press("PageDown")
    assert valued(page).startswith("Thursday, 12 November 2026")
    page.keyboard.press("Home")
    assert valued(page).startswith("Sunday, 23 August 2026")
    page.keyboard.press("ArrowLeft")
    assert valued(page).startswith("Sunday, 23 August 2026")
    page.keyboard.press("End")
    assert valued(page).startswith("Friday, 20 November 2026")
    page.keyboard.press("ArrowRight")
    assert valued(page).startswith("Friday, 20 November 2026")
    closed(page)


def test_the_links_of_the_card_are_reached_and_escape_leads_back(
    browser: Browser, address: str
) -> None:
    page = opened(browser, f"{address}outage/")
    page.focus(".comp .head a >> nth=0")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator("*:focus").inner_text() == "API is not answering"
    page.keyboard.press("Escape")
    assert page.locator(".pop").count() == 0
    assert page.locator("*:focus").get_attribute("role") == "slider"
    page.keyboard.press("ArrowLeft")
    assert page.locator(".pop").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".pop").count() == 0
    closed(page)


def test_a_pointer_opens_a_card_that_can_be_entered(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}outage/")
    strip = page.locator(".comp .bars").first
    strip.evaluate("e => e.scrollIntoView({block: 'center'})")
    box = strip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 9)
    card = page.locator(".pop")
    assert "1 h 12 min down" in card.inner_text().replace("\u00a0", " ")
    target = card.locator("a").first.bounding_box()
    assert target is not None
    page.mouse.move(box["x"] + box["width"] - 2, target["y"] + 5, steps=9)
    page.mouse.move(target["x"] + 5, target["y"] + 5, steps=9)
    page.clock.fast_forward(1000)
    assert card.is_visible()
    page.mouse.move(5, 5)
    page.clock.fast_forward(1000)
    assert card.count() == 0
    closed(page)


def test_a_day_leads_to_its_page(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}outage/components/api/")
    page.focus(".bars")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/days/2026-11-20/")
    assert page.inner_text("h1") == "Friday, 20 November 2026"
    closed(page)


def test_a_finger_opens_the_card_and_a_tap_elsewhere_closes_it(
    browser: Browser, address: str
) -> None:
    page = opened(browser, f"{address}outage/", 390, has_touch=True, is_mobile=True)
    strip = page.locator(".comp .bars").first
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    assert box is not None
    strip.tap(position={"x": 3, "y": 9})
    card = page.locator(".pop")
    # Thirty days are shown: the first of them is the 22nd of October.
    assert "Thursday, 22 October 2026" in card.inner_text()
    place = card.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390
    page.locator("h2#components").tap()
    assert card.count() == 0
    closed(page)


@pytest.mark.parametrize(("width", "shown"), [(1280, 90), (700, 60), (390, 30)])
def test_no_text_names_a_day_that_its_strip_does_not_show(
    browser: Browser, address: str, width: int, shown: int
) -> None:
    page = opened(browser, f"{address}outage/", width)
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    named = page.evaluate(
        """() => [...document.querySelectorAll("#wrong .group")].map(e => e.innerText).join(" ")
        .match(/\\b\\d{1,2} (?:Aug|Sep|Oct|Nov)\\b/g)"""
    )
    months = {"Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11}
    lengths = {8: 31, 9: 30, 10: 31}
    for each in named:
        day, month = int(each.split()[0]), months[each.split()[1]]
        ago = 20 - day + sum(lengths[one] for one in range(month, 11))
        assert ago < shown, each
    assert named
    closed(page)


def test_without_scripts_the_days_stand_in_a_table_with_links(
    browser: Browser, address: str
) -> None:
    page = opened(browser, f"{address}outage/", java_script_enabled=False)
    assert page.locator("[role=slider]").count() == 0
    page.click(".comp details.bad summary >> nth=0")
    page.click(".comp details.bad td a >> nth=0")
    assert page.inner_text("h1") == "Friday, 20 November 2026"
    closed(page)


def test_under_each_strip_stands_one_text(browser: Browser, address: str) -> None:
    for scene in ("full", "sixty", "young", "outage"):
        page = opened(browser, f"{address}{scene}/")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        for width in (1280, 700, 390):  # which of the texts is shown is said by rules of style
            page.set_viewport_size({"width": width, "height": 900})
            texts = page.evaluate(UNDER_STRIPS)
            assert texts
            assert all(texts), (scene, width)
            assert not [one for one in texts if len(one.split(" problems: ")) > 2], (scene, width)
            assert not [one for one in texts if one.count("coverage") > 1], (scene, width)
        closed(page)


UNDER_STRIPS = """
() => [...document.querySelectorAll(".comp .mid, .comp .bad > summary, .comp p.bad")]
  .filter(e => !e.checkVisibility || e.parentNode.checkVisibility())
  .filter(e => e.parentNode.checkVisibility())
  .map(e => e.innerText.trim())"""

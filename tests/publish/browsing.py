"""Pages opened in a real browser at the factory's present."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ElementHandle, Page

from statusgen.base.clock import format_instant
from tests.publish import factory


def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Page:
    """Open a page whose clock stands at the factory's present."""
    later = options.pop("clock", factory.NOW + 10)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        timezone_id="Europe/Berlin",
        **({"locale": "en-GB"} | options),
    )
    page = context.new_page()
    if options.get("java_script_enabled", True):
        page.clock.install(time=format_instant(later))
    page.goto(url)
    return page


def closed(page: Page) -> None:
    context: BrowserContext = page.context
    context.close()


AXE = Axe()


def violations(page: Page, context: str | None = None) -> str:
    """Return what axe has against a page, or against a part of it: nothing, where all is well."""
    found = AXE.run(page, context, {"resultTypes": ["violations"]})
    return found.generate_report() if found.violations_count else ""


FOCUSABLE = "a[href], button, input, summary, [tabindex='0']"
_OF_EACH_KIND = """selector => {
  const seen = new Set();
  return [...document.querySelectorAll(selector)].filter(one => {
    if (!one.checkVisibility() || !one.getClientRects().length) return false;
    let kind = ['type', 'role', 'rel', 'aria-current'].map(name => one.getAttribute(name)).join();
    for (let up = one; up; up = up.parentElement)
      kind += ` ${up.tagName}.${up.getAttribute('class')}`;
    return !seen.has(kind) && seen.add(kind);
  });
}"""


def focusable(page: Page, *, all_: bool) -> list[ElementHandle]:
    """Return what can have the focus: all, or one of each kind.

    Of a kind are those that rules of style tell apart by their order alone: of the same name and
    class within the same.
    """
    if all_:
        return page.query_selector_all(FOCUSABLE)
    found = page.evaluate_handle(_OF_EACH_KIND, FOCUSABLE).get_properties().values()
    return [element for each in found if (element := each.as_element()) is not None]

"""A visitor in a hurry: with a keyboard alone, without scripts, with very many components."""

from __future__ import annotations

import gzip
import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from statusgen.publish.site import render_site
from statusgen.publish.writers import write_directory
from tests.publish import factory, scenes
from tests.publish.browsing import closed, focusable, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a status page of 500 components, three of them down."""
    out = tmp_path_factory.mktemp("many")
    (out / "index.html").write_bytes(scenes.front(scenes.five_hundred).content)
    return (out / "index.html").as_uri()


def shown(page: Page) -> list[str]:
    """Return the components that are to be seen, as a person scrolls."""
    names: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".comp .head a")]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)
        .map(e => e.innerText)"""
    )
    return names


def test_five_hundred_components_are_one_small_page() -> None:
    entry = scenes.front(scenes.five_hundred)
    assert len(gzip.compress(entry.content, 9, mtime=0)) < 60_000


def test_a_component_is_found_by_its_name_and_its_group(browser: Browser, many: str) -> None:
    page = opened(browser, many)
    page.fill(".find input", "service 123")
    assert shown(page) == ["Service 123"]
    page.fill(".find input", "region 7 service 6")
    assert shown(page) == [f"Service {number}" for number in range(60, 70)]
    page.fill(".find input", "no such thing")
    assert shown(page) == []
    assert page.locator(".tools .none").is_visible()
    page.fill(".find input", "")
    assert set(shown(page)) >= {"Service 17", "Service 250", "Service 499"}
    assert not page.locator(".tools .none").is_visible()
    closed(page)


@pytest.mark.long
def test_a_letter_in_the_filter_answers_at_once(browser: Browser, many: str) -> None:
    """Under 50 ms for 500 components, layout and all: the middle of several."""
    page = opened(browser, many)
    page.clock.resume()
    times = page.evaluate(
        """() => { const box = document.querySelector(".find input"), found = [];
        for (const word of ["s", "se", "service 4", "service 49", "", "region 3", "", "x", ""]) {
          const begun = performance.now();
          box.value = word;
          box.dispatchEvent(new Event("input"));
          document.body.offsetHeight;
          found.push(performance.now() - begun);
        }
        return found; }"""
    )
    assert statistics.median(times) < 50, times
    closed(page)


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.long), False])
def test_only_what_is_wrong_is_a_link_that_needs_no_script(
    browser: Browser, many: str, scripts: bool
) -> None:
    page = opened(browser, many, java_script_enabled=scripts)
    page.click(".banner >> text=Show only problems")
    assert shown(page) == ["Service 17", "Service 250", "Service 499"]
    page.click("text=All 500 components")
    assert len(shown(page)) >= 3
    assert page.locator(".group summary h3").last.is_visible()
    assert page.locator(".find").is_visible() is scripts
    closed(page)


def test_where_nothing_is_wrong_and_few_stand_there_is_nothing_to_choose(
    browser: Browser, address: str
) -> None:
    page = opened(browser, f"{address}quiet/")
    assert page.locator(".tools").count() == 0
    closed(page)
    page = opened(browser, f"{address}full/", java_script_enabled=False)
    assert not page.locator(".tools").is_visible()
    closed(page)


@pytest.mark.parametrize(
    ("width", "all_"),
    [
        (390, False),
        pytest.param(390, True, marks=pytest.mark.long),
        pytest.param(1280, True, marks=pytest.mark.long),
    ],
)
def test_the_focus_is_seen_wherever_it_stands(
    browser: Browser, address: str, width: int, all_: bool
) -> None:
    """Pixels around an element differ with and without the focus."""
    for path in ("outage/", "outage/components/api/"):
        page = opened(browser, f"{address}{path}", width, reduced_motion="reduce")
        unseen = []
        for index, one in enumerate(focusable(page, all_=all_)):
            if not one.is_visible():
                continue
            page.evaluate("document.activeElement.blur()")  # a card of a day closes with it
            one.scroll_into_view_if_needed()
            ringed = one.evaluate_handle("e => e.type == 'radio' ? e.labels[0] : e").as_element()
            assert ringed is not None
            box = ringed.bounding_box()
            assert box is not None
            clip = {
                "x": max(box["x"] - 6, 0), "y": max(box["y"] - 6, 0),
                "width": box["width"] + 12, "height": box["height"] + 12,
            }  # fmt: skip
            before = page.screenshot(clip=clip)  # type: ignore[arg-type]
            one.evaluate("e => e.focus({preventScroll: true, focusVisible: true})")
            if page.screenshot(clip=clip) == before:  # type: ignore[arg-type]
                unseen.append((index, one.evaluate("e => e.outerHTML.slice(0, 80)")))
        assert unseen == [], path
        closed(page)


def test_long_names_are_shown_whole(browser: Browser, tmp_path: Path) -> None:
    """Two hundred letters, and one word of as many, in groups, components and incidents."""
    word, name = "x" * 200, "Component of the eastern data centre " * 6
    groups = {word: ["api"], name.strip(): ["web"]}
    settings = factory.settings(groups, names={"api": word, "web": name})
    made = {
        group: [factory.component(one, "u" * 89 + "d", name=settings.component(one).name)]
        for group, (one,) in groups.items()
    }
    told = [
        factory.incident("x", title=word, components=("api",)),
        factory.incident("y", title=name, components=("web",)),
        factory.incident("z", title=word, components=("api",), resolved=factory.NOW - 60),
    ]
    write_directory(render_site(settings, factory.snapshot(made), told), tmp_path)
    page = opened(browser, "about:blank")
    for path in ("", "components/api/", "components/web/", "incidents/x/", "history/"):
        page.goto((tmp_path / path / "index.html").as_uri())
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            cut = page.evaluate(
                """() => [...document.querySelectorAll("h1,h2,h3,h4,a,p,summary,td,span")]
                .filter(e => e.checkVisibility() && !e.closest(".hide,.skip"))
                .filter(e => { const box = e.getBoundingClientRect();
                  return box.right > innerWidth + 1 || box.left < -1 })
                .map(e => e.outerHTML.slice(0, 60))"""
            )
            assert cut == [], (path, width)
    closed(page)

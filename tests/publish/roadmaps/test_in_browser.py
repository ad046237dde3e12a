"""The roadmap pages in a real browser, as MkDocs and as our own writer build them."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from tests.doubles import published
from tests.publish.browsing import focusable, violations
from tests.publish.roadmaps import ugly
from tests.publish.roadmaps.conftest import ROOT
from tests.publish.test_in_browser import _note

pytestmark = pytest.mark.browser

FEW = (
    "roadmaps/",
    "roadmaps/smart-service/",
    "roadmaps/apexmediation/stages/core/",
    "roadmaps/smart-service/costs/",
    "roadmaps/apexmediation/compare/",
    "roadmaps/locallink/options/",
    "wizard/guide/database/",
    "roadmap-notes/",
)
OURS = ("roadmaps/", "wizard/")
PLAIN = tuple(path for path in FEW if path.startswith(OURS))

# Boxes of every visible run of text in our parts, clipped ones, and the smallest size.
MEASURE = """() => {
  const found = [], boxes = [];
  const roots = document.querySelectorAll('.rm');
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, host = node.parentElement, text = node.data.trim();
      if (!text || !host.checkVisibility() || host.closest('title,desc,caption')) continue;
      const matrix = host.getScreenCTM && host.closest('svg') ? host.getScreenCTM().a : 1;
      const size = parseFloat(getComputedStyle(host).fontSize) * matrix;
      if (size < 11.99) found.push(`${text} is ${size} px`);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects())
        if (r.width > 1 && r.height > 1) boxes.push([r.left, r.top, r.right, r.bottom, text]);
      for (let up = host; up !== root && up; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.overflowX === 'visible' || up.matches('pre,svg,svg *,.sg-scroll')) continue;
        if (up.scrollWidth > up.clientWidth + 1)
          found.push(`${text} is cut off in ${up.className}`);
      }
    }
  }
  boxes.sort((a, b) => a[1] - b[1]);
  for (let i = 0; i < boxes.length; i++)
    for (let j = i + 1; j < boxes.length && boxes[j][1] < boxes[i][3] - 5; j++) {
      const a = boxes[i], b = boxes[j];
      if (a[0] + 1.5 < b[2] && b[0] + 1.5 < a[2] && b[1] + 5 < a[3])
        found.push(`${a[4]} overlaps ${b[4]}`);
    }
  return {found, count: boxes.length};
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixtures: ``mk/`` by MkDocs, ``own/`` by our writer.

    ``ugly/`` is what our writer makes of other people's data.
    """
    out = tmp_path_factory.mktemp("built")
    options = BuildOptions(root=ROOT, now=1795205520, history=Path("data/none"))
    build_with_mkdocs(ROOT / "mkdocs.yml", out / "mk", options)
    write_directory(build_manifest(options), out / "own")
    root = tmp_path_factory.mktemp("ugly")
    ugly.write(root)
    others = BuildOptions(root=root, now=1795205520)
    write_directory(build_manifest(others), out / "ugly")
    return out


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """The built sites over HTTP."""
    with published(built) as address:
        yield address


@pytest.fixture(scope="module")
def every(built: Path) -> list[str]:
    """Every page of the roadmaps, and the prose that shows parts of them."""
    pages = sorted((built / "own").rglob("index.html"))
    paths = [f"{page.parent.relative_to(built / 'own').as_posix()}/" for page in pages]
    found = [path for path in paths if path.startswith(OURS)]
    # What asks is drawn by a script as it is answered: tests/wizard/test_asked_page.py has that.
    read = [path for path in found if not re.fullmatch(r"wizard/|wizards/[^/]+/", path)]
    return [*read, "roadmap-notes/"]


def sound(page: Page, url: str, width: int, *, loaded: bool = False) -> None:
    """Assert that nothing on a page overlaps, is cut, is too small or leaves the screen."""
    if not loaded:
        page.goto(url)
    page.evaluate("document.querySelectorAll('.rm details').forEach(d => d.open = true)")
    measured = page.evaluate(MEASURE)
    assert measured["count"] > 10, url
    assert measured["found"] == [], url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def kind(page: Page, url: str) -> None:
    """Assert that axe finds nothing in our parts."""
    page.goto(url)
    assert violations(page, ".rm") == "", url


MODES = [(1280, "light"), (390, "dark")]
EVERY_MODE = [(w, s) for w in (1280, 768, 390, 320) for s in ("light", "dark")]


def context(browser: Browser, width: int, scheme: Any, **options: Any) -> Page:
    made = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, **options
    )
    return made.new_page()


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_pages_are_sound_and_open_to_everybody(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = context(browser, width, scheme)
    for path in FEW:
        kind(page, f"{address}mk/{path}")
        sound(page, f"{address}mk/{path}", width, loaded=True)
    page.context.close()


@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1280, "dark", marks=pytest.mark.long), (390, "light")]
)
def test_pages_of_our_own_writer_are_sound_too(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = context(browser, width, scheme)
    said: list[str] = []
    page.on("console", functools.partial(_note, said))
    page.on("pageerror", functools.partial(_note, said))
    for path in PLAIN:
        kind(page, f"{address}own/{path}")
        sound(page, f"{address}own/{path}", width, loaded=True)
    assert said == []
    page.context.close()


KINDS = (
    "about/",
    "roadmap-notes/",
    "roadmaps/",
    "roadmaps/smart-service/",
    "roadmaps/apexmediation/stages/core/",
    "roadmaps/apexmediation/costs/",
    "roadmaps/apexmediation/compare/",
    "roadmaps/smart-service/timeline/",
    "roadmaps/locallink/options/",
    "roadmaps/apexmediation/architecture/",
    "roadmaps/apexmediation/audit/",
    "roadmaps/smart-service/checklists/",
    "wizard/",
    "404.html",
    "",
)
"""One page of each kind that stands beside the status pages, and the two that every site has."""
LOOKS = [(w, s, f) for w in (1280, 390) for s in ("light", "dark") for f in ("none", "active")]


@pytest.mark.parametrize("engine", ["mk", "own"])
@pytest.mark.parametrize(
    ("width", "scheme", "forced"),
    [
        pytest.param(*look, marks=() if look == (390, "light", "active") else pytest.mark.long)
        for look in LOOKS
    ],
)
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Browser, address: str, engine: str, width: int, scheme: str, forced: Any
) -> None:
    page = context(browser, width, scheme, forced_colors=forced)
    for path in KINDS:
        page.goto(f"{address}{engine}/{path}")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        assert violations(page) == "", path
    page.context.close()


@pytest.mark.parametrize(
    ("width", "engine", "all_"),
    [
        (390, "mk", False),
        *(
            pytest.param(width, engine, True, marks=pytest.mark.long)
            for width in (390, 1280)
            for engine in ("mk", "own")
        ),
    ],
)
def test_the_focus_is_seen_on_every_kind_of_page(
    browser: Browser, address: str, engine: str, width: int, all_: bool
) -> None:
    page = context(browser, width, "light", reduced_motion="reduce")
    for path in FOCUSED if width == 390 else KINDS:
        page.goto(f"{address}{engine}/{path}")
        assert unseen(page, all_=all_) == [], path
    page.context.close()


FOCUSED = ("about/", "roadmaps/smart-service/", "roadmaps/apexmediation/stages/core/", "wizard/")
MOST = 60
"""Focusable elements of one page that are looked at: its first, which hold one of each kind."""


def unseen(page: Page, *, all_: bool) -> list[str]:
    """Return what looks the same with and without the focus."""
    found = []
    for one in focusable(page, all_=all_)[:MOST]:
        if not one.is_visible() or one.evaluate("e => !!e.closest('.skip,.md-skip,dialog')"):
            continue
        page.evaluate("document.activeElement.blur()")
        # In the middle: of what stands half below the window no focus is painted in a picture.
        one.evaluate("e => e.scrollIntoView({block: 'center', behavior: 'instant'})")
        box = one.bounding_box()
        assert box is not None
        clip: Any = {
            "x": max(box["x"] - 6, 0), "y": max(box["y"] - 6, 0),
            "width": min(box["width"], 600) + 12, "height": min(box["height"], 400) + 12,
        }  # fmt: skip
        before = page.screenshot(clip=clip)
        one.evaluate("e => e.focus({preventScroll: true, focusVisible: true})")
        if page.screenshot(clip=clip) == before:
            found.append(one.evaluate("e => e.outerHTML.slice(0, 90)"))
    return found


def test_in_forced_colours_the_present_tab_and_the_count_are_seen(
    browser: Browser, address: str
) -> None:
    for engine in ("mk", "own"):
        page = context(browser, 1280, "dark", forced_colors="active")
        page.goto(f"{address}{engine}/roadmaps/apexmediation/")
        lines = page.eval_on_selector_all(
            ".rm-nav a", "all => all.map(a => parseFloat(getComputedStyle(a).borderBottomWidth))"
        )
        assert lines[0] == 3
        assert set(lines[1:]) == {0}
        ink, ground = page.eval_on_selector(
            ".rm-count",
            "e => { const s = getComputedStyle(e); return [s.color, s.backgroundColor]; }",
        )
        assert ink != ground
        page.context.close()


def test_each_button_of_materials_copies_its_own_block(browser: Browser, address: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(f"{address}mk/roadmaps/apexmediation/stages/core/")
    page.wait_for_selector("div.md-code__nav", state="attached")
    strange = page.evaluate(
        """() => [...document.querySelectorAll("pre [data-clipboard-target]")].filter(b =>
             document.querySelector(b.dataset.clipboardTarget).closest("pre") != b.closest("pre")
           ).length"""
    )
    assert strange == 0
    page.context.close()


def test_diagrams_speak_in_the_type_of_the_page(browser: Browser, address: str) -> None:
    for engine in ("mk", "own"):
        page = context(browser, 1280, "light")
        page.goto(f"{address}{engine}/roadmaps/apexmediation/")
        family = "s => getComputedStyle(document.querySelector(s)).fontFamily.replaceAll('\"', '')"
        kinds = {page.evaluate(family, each) for each in (".rm p", ".sg text", ".site-header")}
        assert len(kinds) == 1, kinds
        page.context.close()


UGLY = (
    "roadmaps/",
    "roadmaps/one/",
    "roadmaps/one/stages/only/",
    "roadmaps/twelve/",
    "roadmaps/twelve/costs/",
    "roadmaps/twelve/timeline/",
    "roadmaps/twelve/architecture/",
    "roadmaps/twelve/stages/s6/",
    "roadmaps/money/",
    "roadmaps/money/costs/",
    "roadmaps/money/compare/",
)


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_hold_on_other_peoples_data(browser: Browser, address: str, width: int) -> None:
    page = context(browser, width, "light")
    for path in UGLY:
        sound(page, f"{address}ugly/{path}", width)
    page.context.close()


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (768, False), (390, False)])
def test_how_to_read_a_diagram_stands_beside_it_where_there_is_room(
    browser: Browser, address: str, width: int, beside: bool
) -> None:
    page = context(browser, width, "light")
    page.goto(f"{address}mk/roadmaps/smart-service/")
    drawn = page.locator(".rm-figure .sg").bounding_box()
    words = page.locator(".rm-reading").bounding_box()
    column = page.locator(".rm-facts").bounding_box()
    page.context.close()

    assert drawn
    assert words
    assert column
    assert (words["x"] >= drawn["x"] + drawn["width"]) is beside
    assert (words["y"] >= drawn["y"] + drawn["height"]) is not beside
    # Together they fill the column: no margin is left over at its right.
    assert abs(words["x"] + words["width"] - column["x"] - column["width"]) < 1


def test_no_word_of_a_table_is_broken(browser: Browser, address: str) -> None:
    """Not even on paper, where columns are narrowest."""
    broken = """() => [...document.querySelectorAll('.rm-table td > div')].flatMap(cell => {
      const found = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const words = /(?<!\\S)[a-z]{2,12}(?!\\S)/gi;
      while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(words)) {
        const range = document.createRange();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1)
          found.push(word[0]);
      }
      return found;
    })"""
    page = context(browser, 718, "light")
    for path in ("", "locallink/", "smart-service/audit/", "apexmediation/costs/"):
        page.goto(f"{address}mk/roadmaps/{path}")
        page.emulate_media(media="print")
        assert page.evaluate(broken) == [], path
        page.emulate_media(media="screen")
        assert page.evaluate(broken) == [], path
    page.context.close()


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), EVERY_MODE)
@pytest.mark.parametrize("engine", ["mk", "own"])
def test_every_page_is_sound_at_every_width(
    browser: Browser, address: str, every: list[str], engine: str, width: int, scheme: str
) -> None:
    page = context(browser, width, scheme)
    for path in every:
        if engine == "own" and not path.startswith(OURS):
            continue
        sound(page, f"{address}{engine}/{path}", width)
        kind(page, f"{address}{engine}/{path}")
    page.context.close()


def test_a_table_is_sorted_by_its_numbers_and_back(browser: Browser, address: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(f"{address}mk/roadmaps/")
    names = (
        "[...document.querySelectorAll('.rm-sort tbody th')].map(t => t.innerText.split(' ')[0])"
    )
    page.click("th >> text=Open findings")
    assert page.evaluate(names) == ["SuoOps", "LocalLink's", "Smart", "ApexMediation's"]
    page.click("th >> text=Open findings")
    assert page.evaluate(names)[0] == "ApexMediation's"
    assert page.locator("th[aria-sort=descending]").inner_text() == "Open findings"
    stacked = page.locator(".rm-stack tbody").first
    assert (
        stacked.locator("[role=rowheader]").count() == stacked.locator("tr[role=row]").count() > 0
    )
    page.focus("th >> text=Roadmap >> nth=0")
    page.keyboard.press("Enter")
    assert page.evaluate(names)[0] == "ApexMediation's"
    assert page.locator("tfoot th").inner_text() == "Total, as far as it can be derived"
    page.context.close()


def test_a_mark_of_the_audit_is_not_copied_with_its_number(browser: Browser, address: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(f"{address}mk/roadmaps/smart-service/costs/")
    cell = page.locator("td:has(> div > .rm-flag)").first
    copied = cell.evaluate(
        "c => { getSelection().selectAllChildren(c); return getSelection().toString() }"
    )
    assert copied.strip() == "$100–200/month"
    page.context.close()


def test_without_scripts_everything_is_there(browser: Browser, address: str) -> None:
    page = context(browser, 1280, "light", java_script_enabled=False)
    page.goto(f"{address}mk/roadmaps/smart-service/costs/")
    assert "Compliance Monitoring" in page.inner_text("main")
    assert page.locator("thead button").count() == 0
    page.context.close()


def test_on_paper_everything_is_light_and_open(browser: Browser, address: str) -> None:
    page = context(browser, 718, "dark")
    page.goto(f"{address}mk/roadmaps/apexmediation/stages/core/")
    page.emulate_media(media="print")
    assert page.locator("text=Install Fly CLI").is_visible()
    assert not page.locator(".rm-nav").is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.rm h1')).color") == "rgb(0, 0, 0)"
    )
    measured = page.evaluate(MEASURE)
    assert measured["found"] == []
    page.context.close()


def test_on_paper_a_roadmap_begins_with_its_ladder_on_the_first_page(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext: apt-get install poppler-utils")
    page = context(browser, 1280, "dark")
    page.goto(f"{address}mk/roadmaps/smart-service/")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.context.close()
    command = ["pdftotext", "-layout", "-l", "1", str(tmp_path / "page.pdf"), "-"]
    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "Where we are" in first
    assert "Enterprise Ready" in first.partition("Error Tracking")[2]
    assert "How to read it" not in first

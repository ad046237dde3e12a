"""A plan with an architecture of two regions and a dated timeline, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from tests.doubles import published
from tests.publish.browsing import violations
from tests.publish.roadmaps.test_in_browser import context, sound

pytestmark = pytest.mark.browser

PLAN = Path(__file__).parents[2] / "fixtures/two-regions"
VIEWS = ("", "overview/", "group-edge/", "group-north/", "group-data/", "stage-second/")
ALL = tuple(f"architecture/whole/{view}" for view in VIEWS)
TIMES = ("timeline/", "timeline/by-owner/", "timeline/2026-Q4/", "timeline/2026-Q4/by-owner/")
MODES = [(1280, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("views")
    options = BuildOptions(root=PLAN, now=1795780000, history=tmp_path_factory.mktemp("none"))
    write_directory(build_manifest(options), out)
    with published(out) as address:
        yield f"{address}roadmaps/move/"


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_every_view_is_sound_and_open_to_everybody(
    browser: Browser, plan: str, width: int, scheme: str
) -> None:
    page = context(browser, width, scheme)
    for path in (*ALL, *TIMES):
        sound(page, plan + path, width)
        assert violations(page) == "", path
    page.context.close()


def test_a_view_says_where_it_belongs_and_names_a_stage_once(browser: Browser, plan: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(f"{plan}architecture/whole/stage-second/")
    tab = page.locator(".rm-nav [aria-current]")
    expect(tab).to_have_text("Architecture")
    expect(tab).to_have_attribute("aria-current", "true")  # within it, not the page itself
    views = page.locator(".rm-steps [aria-current=page]")
    expect(views).to_have_text("Stage 2: a copy of the data elsewhere")
    expect(page.locator("h1")).to_have_text(
        "The whole service: Stage 2: a copy of the data elsewhere"
    )
    page.context.close()


def shown(page: Page) -> list[str]:
    """Return the names of the parts that lie whole within what is seen of the drawing."""
    found: list[str] = page.evaluate(
        """() => {
          const view = document.querySelector('.sg-view').getBoundingClientRect();
          return [...document.querySelectorAll('.sg-view text')].filter(t => {
            const r = t.getBoundingClientRect();
            return r.width && r.left >= view.left && r.right <= view.right && r.top >= view.top
              && r.bottom <= Math.min(view.bottom, innerHeight);
          }).map(t => t.textContent);
        }"""
    )
    return found


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_larger_drawing_begins_with_its_first_parts(
    browser: Browser, plan: str, width: int, scripts: bool
) -> None:
    page = context(browser, width, "light", java_script_enabled=scripts)
    page.goto(f"{plan}architecture/whole/")
    sizes = {}
    for size in ("Fit", "Large", "Largest"):
        page.get_by_role("radio", name=size, exact=True).check()
        page.locator(".sg-view").scroll_into_view_if_needed()
        box = page.locator(".sg-view svg:visible").bounding_box()
        assert box
        sizes[size] = box["width"]
        if scripts and size != "Largest":
            assert {"Edge", "DNS", "CDN"} <= set(shown(page)), size
    assert sizes["Fit"] < sizes["Large"] < sizes["Largest"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True
    page.context.close()


def test_on_paper_a_view_is_whole_and_light(browser: Browser, plan: str) -> None:
    page = context(browser, 1280, "dark")
    page.goto(f"{plan}architecture/whole/")
    page.get_by_role("radio", name="Largest", exact=True).check()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    drawing: Any = page.locator(".sg-wide svg").bounding_box()
    assert drawing
    assert drawing["width"] <= 700
    expect(page.locator(".sg-sizes")).to_be_hidden()
    fill = page.evaluate(
        "getComputedStyle(document.querySelector('.sg-wide .f-card')).fill.match(/\\d+/g)"
    )
    assert min(map(int, fill[:3])) > 230
    page.context.close()


def test_a_timeline_says_days_as_people_do_and_who_sees_to_it(browser: Browser, plan: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(f"{plan}timeline/")
    lines = page.locator(".rm-list > div")
    copying = "Set up the replica Compare the counts of rows each night"
    assert [" ".join(line.split()) for line in lines.all_inner_texts()] == [
        "7 Sep to 9 Oct 2026 Tidy the gateway",
        f"5 Oct to 20 Nov 2026 Copy of the database {copying}",
        "23 Nov to 4 Dec 2026 Trial of the failover Fail over on a Sunday",
        "11 Jan to 5 Mar 2027 Ines Region south",
        "8 to 12 March 2027 Switch",
    ]
    drawn = page.locator(".sg-wide text").all_text_contents()
    assert drawn.count("late") == 1  # the gateway's window is over, and it is under way
    page.goto(f"{plan}timeline/by-owner/")
    drawn = page.locator(".sg-wide text").all_text_contents()
    order = [one for one in drawn if one in ("Ines", "Omar", "Nobody named")]
    assert order == ["Ines", "Omar", "Nobody named"]
    assert drawn.index("Ines") < drawn.index("Region south") < drawn.index("Omar")
    page.context.close()
    page = context(browser, 390, "light")
    page.goto(f"{plan}timeline/")
    drawn = page.locator(".sg-narrow text").all_text_contents()
    assert "Dec 2026" in drawn  # one month is no span
    assert "Sep 2026 to Mar 2027" in drawn
    page.context.close()


def test_where_a_plan_is_follows_from_what_is_under_way(browser: Browser, plan: str) -> None:
    page = context(browser, 1280, "light")
    page.goto(plan)
    facts = " ".join(page.locator(".rm-facts").first.inner_text().split())
    assert facts.startswith("Where we are Stage 1: one region, tidy Next stage Stage 2: a copy")
    heads = page.locator("table.rm-table").last.locator("thead th").all_inner_texts()
    shown = [head.strip(" ↕\n") for head in heads]
    assert shown == ["Stage", "State", "Depends on", "Added", "Running"]
    states = page.locator("table.rm-table").last.locator("tbody td:nth-child(2)")
    assert states.all_inner_texts() == ["Under way", "Planned", "Planned"]
    page.context.close()

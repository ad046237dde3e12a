"""A component's page: its figures, its months, its response times in four ranges, on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from statusgen.base.clock import DAY
from statusgen.base.states import State
from statusgen.publish.manifest import Asset
from statusgen.publish.site import render_site
from statusgen.publish.writers import write_directory
from statusgen.status.days import days_since
from statusgen.status.snapshot import ComponentStatus
from tests.publish import factory, scenes
from tests.publish.browsing import closed, opened
from tests.publish.trees import tree_of


def page_of(component: ComponentStatus) -> str:
    settings = factory.settings({"Core": ["api"]})
    entries = render_site(settings, factory.snapshot({"Core": [component]}), []).entries
    entry = entries["components/api/index.html"]
    assert isinstance(entry, Asset)
    return entry.content.decode()


def old(component: ComponentStatus) -> ComponentStatus:
    """Let a component be a year old, with an outage last winter."""
    days = [
        each
        for each in days_since(factory.NOW, factory.BERLIN, date(2025, 12, 1))
        if each.end <= component.bars[0].start
    ]
    letters = "".join("d" if each.day == date(2026, 1, 15) else "u" for each in days)
    made = [
        replace(bar, day=each.day, start=each.start, end=each.end, is_today=False)
        for bar, each in zip(factory.bars(letters), days, strict=True)
    ]
    months = factory.months([*made, *component.bars])
    return replace(component, older=tuple(made), months=months, first_observed=days[0].start)


def test_the_months_stand_as_calendars_newest_first_each_with_its_uptime() -> None:
    document = tree_of(page_of(old(factory.component("api"))))
    captions = [
        " ".join("".join(each.itertext()).replace("\u00a0", " ").split())
        for each in document.iter("caption")
    ]
    assert captions[0] == "November 2026 100.00 %"
    assert captions[-1] == "December 2025 100.00 %"
    assert captions[-2].startswith("January 2026 99.")
    assert len(captions) == 12


def test_a_day_of_a_calendar_leads_to_its_page_where_it_has_one() -> None:
    page = page_of(old(factory.component("api")))
    cell = re.search(r'<td class="k-down">(.*?)</td>', page)
    assert cell is not None
    assert '<a href="../../days/2026-01-15/">15<span class="hide"> Major Outage</span>' in cell[1]
    assert '<td class="k-up">16</td>' in page
    assert "<td>21</td>" in page  # tomorrow


def test_a_week_begins_on_monday() -> None:
    """1 November 2026 is a Sunday."""
    table = page_of(factory.component("api")).partition("<tbody>")[2]
    document = tree_of(page_of(factory.component("api")))
    assert table
    first = next(each for each in document.iter("table") if each.get("class") == "calendar")
    rows = [["".join(cell.itertext()) for cell in row.iter("td")] for row in first.iter("tr")]
    assert rows[0] == ["", "", "", "", "", "", "1"]
    assert all(len(row) == 7 for row in rows)


def test_a_young_component_tells_of_its_life_once() -> None:
    young = page_of(factory.component("api", "u" * 20))
    assert "90 days (since 1 Nov 2026)" in young
    assert "A year" not in young
    assert "A year (since 1 Dec 2025)" in page_of(old(factory.component("api")))


def test_it_says_how_often_the_newest_check_was_tried() -> None:
    component = factory.component("api", "u" * 89 + "d", reason="timeout")
    check = replace(component.checks[0], attempts=3, state=State.DOWN)
    assert re.search(r"<dt>Attempts</dt><dd>3</dd>", page_of(replace(component, checks=(check,))))


def test_one_measured_hour_makes_no_chart() -> None:
    one = factory.component("api", series=factory.latency_series()[-1:])
    assert "fieldset" not in page_of(one)


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_range_is_chosen_without_a_script(browser: Browser, address: str, scripts: bool) -> None:
    page = opened(browser, f"{address}quiet/components/api/", java_script_enabled=scripts)

    def seen() -> list[str]:
        return [
            one.get_attribute("class") or ""
            for one in page.locator(".chart figure").all()
            if one.is_visible()
        ]

    assert seen() == ["c90d"]
    page.click("label >> text=7 days")
    assert seen() == ["c7d"]
    page.keyboard.press("ArrowLeft")
    assert seen() == ["c24h"]
    closed(page)


@pytest.mark.browser
def test_a_component_is_printed_on_two_sheets(browser: Browser, tmp_path: Path) -> None:
    settings, _, past = scenes.quiet()
    made = old(factory.component("api", scenes.pattern(3, 0.1), series=factory.latency_series()))
    told = [replace(each, affected=past[0].affected) for each in past]
    snapshot = factory.snapshot({"Core": [made]})
    write_directory(render_site(settings, snapshot, told), tmp_path)
    page = opened(browser, (tmp_path / "components/api/index.html").as_uri())
    sheets = page.pdf(format="A4").count(b"/Type /Page\n")
    assert 1 <= sheets <= 2
    closed(page)
    assert DAY

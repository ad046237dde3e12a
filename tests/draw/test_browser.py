"""What Chromium makes of the diagrams: boxes measured where a visitor sees them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from statusgen.draw.figure import figure_html
from statusgen.draw.growth import draw_growth
from statusgen.draw.svg import standalone
from statusgen.draw.theme import stylesheet
from tests.draw import seeds
from tests.draw.test_hostile import MODELS, hostile
from tests.draw.test_layouts import DIAGRAMS

pytestmark = pytest.mark.browser

# Every visible diagram's texts with their boxes, and the smallest filled box around each.
MEASURE = """() => [...document.querySelectorAll('.sg svg')]
  .filter(s => s.checkVisibility()).map(svg => {
  const at = e => { const r = e.getBoundingClientRect();
                    return [r.left, r.top, r.right, r.bottom]; };
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const frames = [...svg.querySelectorAll('rect')]
    .filter(r => !r.matches('.f-band,.f-track')).map(at);
  return {
    name: svg.querySelector('title').textContent, scale, box: at(svg),
    texts: [...svg.querySelectorAll('text')].filter(t => t.textContent).map(t => {
      const box = at(t), x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
      const around = frames.filter(f => f[0] <= x && x <= f[2] && f[1] <= y && y <= f[3]
                                        && f[3] - f[1] >= 12)
        .sort((a, b) => (a[2]-a[0])*(a[3]-a[1]) - (b[2]-b[0])*(b[3]-b[1]));
      return { words: t.lastChild.textContent, box, frame: around[0] || null,
               size: parseFloat(getComputedStyle(t).fontSize) * scale };
    }) };
})"""


def html(body_attributes: str = "", extra: str = "") -> str:
    figures = "".join(f"<h2>{one.title}</h2>{figure_html(one)}" for one in DIAGRAMS.values())
    style = "body{margin:16px auto;max-width:700px;font-family:sans-serif}"
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
        f"content='width=device-width'><title>All</title><style>{style}{stylesheet()}{extra}"
        f"</style><body {body_attributes}>{figures}"
    )


def opened(browser: Browser, width: int, source: str, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.set_content(source)
    return page


def faults(drawn: list[dict[str, Any]], least: float = 12.0) -> list[str]:
    found: list[str] = []
    for svg in drawn:
        texts = svg["texts"]
        for number, one in enumerate(texts):
            if one["size"] < least - 0.01:
                found.append(f"{svg['name']}: {one['words']!r} is {one['size']:.1f} px")
            if not holds(svg["box"], one["box"]):
                found.append(f"{svg['name']}: {one['words']!r} leaves the picture")
            if one["frame"] and not holds(one["frame"], one["box"]):
                found.append(f"{svg['name']}: {one['words']!r} leaves its box")
            found += [
                f"{svg['name']}: {one['words']!r} overlaps {two['words']!r}"
                for two in texts[number + 1 :]
                if meets(one["box"], two["box"])
            ]
    return found


def holds(outer: list[float], inner: list[float], slack: float = 1.0) -> bool:
    return (
        outer[0] - slack <= inner[0]
        and outer[1] - slack <= inner[1]
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def meets(one: list[float], two: list[float], slack: float = 0.5) -> bool:
    return (
        one[0] + slack < two[2]
        and two[0] + slack < one[2]
        and one[1] + slack < two[3]
        and two[1] + slack < one[3]
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_no_text_overlaps_is_cut_or_below_12_px(browser: Browser, width: int, scheme: str) -> None:
    page = opened(browser, width, html(), color_scheme=scheme)
    drawn = page.evaluate(MEASURE)

    assert len(drawn) == len(DIAGRAMS)
    assert faults(drawn) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("family", ["Roboto", "Liberation Sans", "DejaVu Sans Condensed"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_font_of_the_stack_fits(browser: Browser, width: int, family: str) -> None:
    page = opened(browser, width, html(extra=f".sg text{{font-family:'{family}'!important}}"))

    assert faults(page.evaluate(MEASURE)) == []
    page.close()


@pytest.mark.parametrize(
    "text",
    [
        "مراقبة الخدمة والتكلفة الشهرية للنظام",
        "監視とログ管理のための非常に長い名前です",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🟢 ⚠️ ✅",
        "Z" + "\u0310\u0321" * 40,
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "Größenänderungsüberwachungsdienst für Straßenbahnen",
    ],
    ids=["arabic", "japanese", "emoji", "tower", "wide", "german"],
)
def test_texts_of_the_world_stay_in_their_boxes(browser: Browser, text: str) -> None:
    figures = "".join(
        figure_html(draw(hostile(model, text), name)) for name, (draw, model) in MODELS.items()
    )
    source = f"<!doctype html><html lang=en><meta charset=utf-8><style>{stylesheet()}</style>"
    for width in (1280, 390):
        page = opened(browser, width, f"{source}<body style='max-width:700px'>{figures}")
        found = faults(page.evaluate(MEASURE))
        page.close()

        assert found == []


def test_the_checks_above_would_see_a_fault(browser: Browser) -> None:
    page = opened(browser, 1280, html(extra=".sg text{letter-spacing:3px!important}"))
    found = faults(page.evaluate(MEASURE))
    page.close()

    assert any("overlaps" in fault for fault in found)
    assert any("leaves its box" in fault for fault in found)


@pytest.mark.parametrize(
    ("attributes", "system", "media", "ink"),
    [
        ("", "light", "screen", "rgb(22, 27, 34)"),
        ("", "dark", "screen", "rgb(231, 234, 238)"),
        ("data-md-color-scheme=default", "dark", "screen", "rgb(22, 27, 34)"),
        ("data-md-color-scheme=slate", "light", "screen", "rgb(231, 234, 238)"),
        ("data-md-color-scheme=slate", "dark", "print", "rgb(0, 0, 0)"),
        ("", "dark", "print", "rgb(0, 0, 0)"),
    ],
)
def test_colours_follow_the_toggle_the_system_and_paper(
    browser: Browser, attributes: str, system: str, media: str, ink: str
) -> None:
    page = opened(browser, 1280, html(attributes), color_scheme=system)
    page.emulate_media(media="print" if media == "print" else "screen")
    got = page.evaluate(
        "getComputedStyle(document.querySelector('.sg-wide text:not([class])')).fill"
    )
    page.close()

    assert got == ink


def test_paper_shows_the_wide_variant_with_readable_text(browser: Browser) -> None:
    page = opened(browser, 718, html())  # A4 less the margins
    page.emulate_media(media="print")
    drawn = page.evaluate(MEASURE)
    page.close()

    assert {round(svg["scale"] * 100) for svg in drawn} <= {100, 101, 102, 103}
    assert faults(drawn) == []


def test_printed_text_is_text_and_as_large_as_drawn(browser: Browser, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext: apt-get install poppler-utils")
    page = opened(browser, 1280, html("data-md-color-scheme=slate", "@page{margin:25mm}"))
    page.add_style_tag(content=stylesheet())  # as extra_css, after the theme's own
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.close()
    boxes = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "page.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>itemised<', boxes)

    assert found is not None
    # "itemised" is 3.72 em wide in Liberation Sans; a px is 0.75 pt.
    assert float(found[2]) - float(found[1]) >= 12 * 0.75 * 3.72


def test_links_take_the_focus_only_in_the_variant_that_shows(browser: Browser) -> None:
    page = opened(browser, 390, html())
    focused = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused.add(
            page.evaluate("document.activeElement.closest('.sg-wide,.sg-narrow,.sg')?.className")
        )
    page.close()

    assert "sg-narrow" in focused
    assert "sg-wide" not in focused


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_standalone_copies_paint_their_own_colours(browser: Browser, theme: str) -> None:
    page = opened(browser, 800, "<!doctype html>")
    for drawn in (*DIAGRAMS.values(), draw_growth(seeds.GROWTH, "g")):
        content = standalone(drawn.wide_svg, "dark" if theme == "dark" else "light").decode()
        assert not re.search(r"var\(", content)
        page.set_content(f"<!doctype html><meta charset=utf-8>{content}")
        fills = page.evaluate(
            "[...document.querySelectorAll('text')].map(t => getComputedStyle(t).fill)"
        )

        assert fills
        assert "rgb(0, 0, 0)" not in fills
    page.close()

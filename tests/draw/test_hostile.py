"""Texts, links and names from outside: nothing they hold may break a picture or a page."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.draw.architecture import draw_architecture
from statusgen.draw.before_after import draw_before_after
from statusgen.draw.cost import draw_cost
from statusgen.draw.figure import Diagram, figure_html
from statusgen.draw.growth import draw_growth
from statusgen.draw.ladder import draw_ladder
from statusgen.draw.svg import number, safe_href, standalone
from statusgen.draw.timeline import draw_timeline
from statusgen.draw.tree import draw_tree
from tests.draw import seeds
from tests.draw.geometry import faults
from tests.draw.test_layouts import scenes_of

T = TypeVar("T")

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></style></svg><p>&amp;&#0;",
    "\x00\x01\x1b[31m\x7f\ud800\ufffe",
    "\u202eright to left\u202c \u2066x\u2069",
    "مراقبة الخدمة والتكلفة الشهرية للنظام",
    "監視とログ管理のための非常に長い名前です" * 5,
    "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "Z" + "\u0310\u0321" * 400,
    "W" * 10_000,
    "a b " * 3_000,
    "﷽" * 30,
    "𒐫" * 10,
    "",
    " \t\n ",
]

# What identifies or places a part is no text to show.
_KEPT = {"id", "source", "target", "group", "unit", "progress", "symbol", "direction", "fill"}


def hostile(value: T, text: str) -> T:
    """Return a model with every shown text replaced."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        if isinstance(old, str) and field.name not in _KEPT:
            changes[field.name] = text
        elif isinstance(old, tuple):
            changes[field.name] = tuple(
                text if isinstance(one, str) else hostile(one, text) for one in old
            )
        elif dataclasses.is_dataclass(old):
            changes[field.name] = hostile(old, text)
    return dataclasses.replace(value, **changes)


MODELS: dict[str, tuple[Callable[[Any, str], Diagram], Any]] = {
    "ladder": (draw_ladder, seeds.LADDER),
    "cost": (draw_cost, seeds.COSTS),
    "before-after": (draw_before_after, seeds.BEFORE_AFTER),
    "timeline": (draw_timeline, seeds.TIMELINE),
    "dates": (draw_timeline, seeds.DATES),
    "tree": (draw_tree, seeds.DEEP_TREE),
    "architecture": (draw_architecture, seeds.CURRENT),
    "growth": (draw_growth, seeds.GROWTH),
}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("name", MODELS)
def test_hostile_texts_stay_texts(name: str, text: str) -> None:
    draw, model = MODELS[name]
    drawn = draw(hostile(model, text), "x")
    for svg in (drawn.wide_svg, drawn.narrow_svg):
        root = ET.fromstring(svg)
        ET.fromstring(standalone(svg, "light"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {
            *("svg", "title", "desc", "rect", "text", "tspan", "path", "circle", "a"),
        }
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", svg)
    page = figure_html(drawn)
    assert "<script" not in page
    assert "<img" not in page
    assert len(page) < 120_000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_neither_overlap_nor_leave_their_boxes(text: str) -> None:
    for name, scene in scenes_of(partial(hostile, text=text)).items():
        assert faults(scene()) == [], name


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_any_text_is_laid_out_without_overlap(text: str) -> None:
    for name, scene in scenes_of(partial(hostile, text=text)).items():
        assert faults(scene()) == [], name


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("../stages/#one", "../stages/#one"),
        ("#here", "#here"),
        ("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2"),
        ("javascript:alert(1)", ""),
        (" JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("\x01javascript:alert(1)", ""),
    ],
)
def test_only_harmless_links_are_kept(href: str, kept: str) -> None:
    assert safe_href(href) == kept


def test_no_hostile_link_reaches_a_page() -> None:
    for name, (draw, model) in MODELS.items():
        drawn = draw(hostile(model, "javascript:alert(1)"), "x")
        assert not re.search('href="(?!#)', figure_html(drawn)), name


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (-0.04, "0"), (1.25, "1.2"), (3.0, "3"), (-2.55, "-2.5")],
)
def test_numbers_are_short_and_never_minus_zero(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"', "a.b", "ä"])
def test_a_prefix_that_is_no_id_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="cannot begin an id"):
        draw_ladder(seeds.LADDER, prefix)

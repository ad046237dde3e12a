"""The chart of response times: whole, described, with gaps where nothing was measured."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from statusgen.base.clock import HOUR, parse_instant
from statusgen.draw.latency import WIDTH, LatencyTexts, draw_latency
from statusgen.publish.component_page import describe_chart
from statusgen.status.snapshot import Latency, LatencyPoint
from statusgen.words import Words
from tests.publish import factory

WORDS = Words.of()

START = parse_instant("2026-08-22T22:00:00Z")
END = START + 90 * 24 * HOUR


def draw(series: Sequence[LatencyPoint], title: str = "Response times of API") -> str:
    texts = LatencyTexts(title, describe_chart(WORDS, series), WORDS.short_day, WORDS.milliseconds)
    return draw_latency(series, start=START, end=END, zone=factory.BERLIN, texts=texts)


def points(*hours: int, value: int = 100) -> list[LatencyPoint]:
    return [
        LatencyPoint(START + hour * HOUR, Latency(value, value * 2, value * 3, 12))
        for hour in hours
    ]


def line(svg: str, name: str) -> str:
    found = re.search(rf'<path class="{name}" d="([^"]*)"', svg)
    assert found is not None
    return found[1]


def test_the_same_series_gives_the_same_bytes() -> None:
    series = factory.latency_series()
    assert draw(series) == draw(series)


def test_an_unbroken_series_is_one_line_across_the_chart() -> None:
    path = line(draw(points(*range(90 * 24))), "p50")
    assert path.count("M") == 1
    assert path.startswith("M0.2 ")
    assert float(path.rpartition("L")[2].split()[0]) > WIDTH - 1


def test_a_missing_hour_is_a_gap() -> None:
    assert line(draw(points(*range(100), *range(101, 200))), "p50").count("M") == 2


def test_an_hour_alone_is_drawn() -> None:
    path = line(draw(points(500)), "p95")
    start, _, end = path[1:].partition("L")
    assert float(end.split()[0]) > float(start.split()[0])


def test_it_can_be_read_without_being_seen() -> None:
    svg = draw(points(1, 2, value=120), 'A <b>"title"</b> & more')
    tree = ElementTree.fromstring(svg)
    assert tree.findtext("title") == 'A <b>"title"</b> & more'
    assert "within 120 to 120 ms" in (tree.findtext("desc") or "")
    assert tree.attrib["role"] == "img"


def test_it_takes_its_colours_from_the_page_and_has_no_style_of_its_own() -> None:
    svg = draw(factory.latency_series())
    assert "style=" not in svg
    assert not re.search(r"#[0-9a-f]{3,6}\b", svg)
    assert "<metadata" not in svg


def test_one_spike_does_not_flatten_the_rest() -> None:
    series = [*points(*range(1000)), *points(1000, value=20_000)]
    assert "200 ms</text>" in draw(series)


def test_days_are_labelled_on_mondays_of_the_sites_zone() -> None:
    labels = re.findall(r'class="lx"[^>]*>([^<]*)<', draw(points(1)))
    assert labels == ["31 Aug", "14 Sep", "28 Sep", "12 Oct", "26 Oct", "9 Nov"]

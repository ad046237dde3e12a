"""The chart of response times: whole, described, with gaps where nothing was measured."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from statusgen.base.clock import DAY, parse_instant
from statusgen.draw.latency import PLOT, WIDTH, LatencyTexts, Slot, Tick, draw_latency, peak
from statusgen.publish.response_times import describe
from statusgen.status.snapshot import Latency
from statusgen.words import Words

WORDS = Words.of()
START = parse_instant("2026-08-22T22:00:00Z")


def slots(*values: int | None) -> list[Slot]:
    """Return days with this p50 each, and twice that for p95."""
    return [
        Slot(START + at * DAY, None if value is None else Latency(value, value * 2, value * 3, 12))
        for at, value in enumerate(values)
    ]


def draw(
    shown: Sequence[Slot], ticks: Sequence[Tick] = (), title: str = "Response times of API"
) -> str:
    texts = LatencyTexts(title, describe(WORDS, shown, hourly=False), WORDS.milliseconds)
    return draw_latency(shown, ticks, texts).plot


def drawn(svg: str, name: str) -> list[str]:
    return re.findall(rf'<path class="{name}" d="([^"]*)"', svg)


def test_an_unbroken_series_is_one_line_over_all_slots() -> None:
    (line,) = drawn(draw(slots(*[100] * 90)), "p50")
    places = [float(each.split()[0]) for each in line[1:].split("L")]
    assert len(places) == 90
    assert (places[0], places[-1]) == (5.6, WIDTH - 5.6)


def test_the_band_reaches_from_p50_to_p95() -> None:
    svg = draw(slots(100, 150, 100))
    (band,) = drawn(svg, "band")
    (line,) = drawn(svg, "p50")
    corners = [each.split() for each in band[1:-1].split("L")]
    assert len(corners) == 6
    assert corners[3:] == [each.split() for each in reversed(line[1:].split("L"))]
    for high, low in zip(corners[:3], reversed(corners[3:]), strict=True):
        assert high[0] == low[0]
        assert PLOT - float(high[1]) == 2 * (PLOT - float(low[1]))


def test_a_slot_without_a_measurement_is_a_gap() -> None:
    svg = draw(slots(*[100] * 10, None, *[100] * 10))
    assert len(drawn(svg, "p50")) == len(drawn(svg, "band")) == 2


def test_a_slot_alone_is_drawn_at_its_width() -> None:
    (line,) = drawn(draw(slots(None, None, 100, None)), "p50")
    assert [each.split()[0] for each in line[1:].split("L")] == ["500.0", "750.0"]


def test_the_peak_is_labelled_with_its_value_where_it_stands() -> None:
    shown = slots(*[100] * 40, 150, *[100] * 49)
    assert peak(shown) == (40, 300)
    found = re.search(r'class="lx peak" x="45.00%" y="([\d.]+)">300 ms<', draw(shown))
    assert found is not None


def test_one_spike_does_not_flatten_the_rest_and_is_told() -> None:
    svg = draw(slots(*[100] * 40, 10_000, *[100] * 49))
    assert "▲ 20000 ms" in svg
    heights = [float(each.split()[1]) for each in drawn(svg, "p50")[0][1:].split("L")]
    assert max(heights) - heights[0] < 1
    assert PLOT - heights[0] > PLOT / 4
    assert "▲" not in draw(slots(100, 110, 105))


def test_labels_keep_within_the_picture() -> None:
    svg = draw(
        slots(*[100] * 10), [Tick(0, "left"), Tick(5, "middle", minor=True), Tick(9.9, "right")]
    )
    classes = dict(re.findall(r'<text class="([^"]*)"[^>]*>(left|middle|right)<', svg))
    assert classes == {"la": "left", "lx minor": "middle", "lz": "right"}


def test_heights_stand_in_a_gutter_of_their_own() -> None:
    texts = LatencyTexts("t", "d", WORDS.milliseconds)
    chart = draw_latency(slots(100, 100), [], texts)
    assert re.findall(r">([^<>]+)</text>", chart.gutter) == ["0 ms", "100 ms", "200 ms"]
    assert "ly" not in chart.plot


def test_it_can_be_read_without_being_seen() -> None:
    tree = ElementTree.fromstring(draw(slots(120, 120), title='A <b>"title"</b> & more'))
    assert tree.findtext("title") == 'A <b>"title"</b> & more'
    assert "within 120 to 120 ms" in (tree.findtext("desc") or "")
    assert tree.attrib["role"] == "img"


def test_it_takes_its_colours_from_the_page_and_has_no_style_of_its_own() -> None:
    svg = draw(slots(100, 120, None, 90))
    assert "style=" not in svg
    assert not re.search(r"#[0-9a-f]{3,6}\b", svg)


def test_nothing_measured_is_an_empty_frame() -> None:
    svg = draw(slots(None, None))
    assert "No measurement." in svg
    assert not drawn(svg, "p50")

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from statusgen.draw import growth
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.growth import draw_growth
from statusgen.draw.model import Amount, Growth, GrowthPoint, GrowthSeries
from statusgen.draw.scene import NARROW, WIDE, Box, Curve, Scene
from statusgen.draw.svg import standalone
from tests.draw import seeds

SCENES = {
    (number, room): growth._scene(model, room, height, sizes)
    for number, model in enumerate(seeds.GROWTHS)
    for room, height, sizes in ((WIDE, 220.0, WIDE_SIZES), (NARROW, 200.0, NARROW_SIZES))
}


def corners(path: str) -> list[list[tuple[float, float]]]:
    """Return the lines of a path of ``M`` and ``L`` alone."""
    return [
        [(float(x), float(y)) for x, y in (pair.split() for pair in part.split("L"))]
        for part in path.split("M")[1:]
    ]


def lines(scene: Scene) -> list[list[tuple[float, float]]]:
    drawn = [mark for mark in scene.flat() if isinstance(mark, Curve) and not mark.fill]
    return [line for mark in drawn if "h" not in mark.path for line in corners(mark.path)]


@pytest.mark.parametrize("model", seeds.GROWTHS, ids=lambda model: model.title)
def test_it_takes_the_pages_colours_and_is_small(model: Growth) -> None:
    drawn = draw_growth(model, "g")

    for svg in (drawn.wide_svg, drawn.narrow_svg):
        root = ET.fromstring(svg)
        assert not re.search(r"#[0-9a-f]{3,6}|style|font-family|var\(", svg)
        assert len(svg.encode()) < 15_000
        assert root[0].text == model.title
        ET.fromstring(standalone(svg, "dark"))
        assert b"var(" not in standalone(svg, "dark")


@pytest.mark.parametrize("at", SCENES)
def test_a_step_is_level_and_then_upright(at: tuple[int, int]) -> None:
    """Between two prices nothing is paid that lies between them."""
    for line in lines(SCENES[at])[:1]:
        for (x1, y1), (x2, y2) in pairwise(line):
            assert abs(x1 - x2) < 0.11 or abs(y1 - y2) < 0.11


@pytest.mark.parametrize("at", SCENES)
def test_no_label_covers_a_line(at: tuple[int, int]) -> None:
    scene = SCENES[at]
    for line in lines(scene):
        for (x1, y1), (x2, y2) in pairwise(line):
            piece = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
            for text in scene.texts():
                assert not text.box.meets(piece, -0.5), text.text


def test_every_number_of_the_picture_stands_in_the_table() -> None:
    for number, model in enumerate(seeds.GROWTHS):
        table = draw_growth(model, "g").table_html
        labels = [text.text for text in SCENES[number, WIDE].texts() if text.bold]
        assert len(labels) >= 2
        assert [label for label in labels if f">{label}<" not in table] == []


def test_heights_are_true_to_the_values() -> None:
    """A move from 917 to 133: the line's heights are as far apart as the values."""
    (line,) = lines(SCENES[1, WIDE])
    values = [917, 1016, 853, 687, 237, 133]
    heights = list(dict.fromkeys(y for _, y in line))

    per_unit = (heights[-1] - heights[0]) / (values[0] - values[-1])
    for height, value in zip(heights, values, strict=True):
        assert abs(height - heights[0] - per_unit * (values[0] - value)) < 0.11


def test_the_same_bytes_in_every_process() -> None:
    script = (
        "from tests.draw import seeds; from statusgen.draw.growth import draw_growth;"
        "import hashlib; d = draw_growth(seeds.GROWTH, 'g');"
        "print(hashlib.sha256((d.wide_svg + d.narrow_svg + d.table_html).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(sums) == 1


def test_no_diagram_needs_numpy_or_matplotlib() -> None:
    """They cost a build 36 MiB and a tenth of a second."""
    script = (
        "import sys\n"
        "from statusgen.draw import architecture, growth, ladder\n"
        "from tests.draw import seeds\n"
        "growth.draw_growth(seeds.GROWTH, 'g')\n"
        "print({'matplotlib', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    point = GrowthPoint(0.0, Amount.exactly(1))
    series = tuple(GrowthSeries(str(number), (point,)) for number in range(4))

    with pytest.raises(ValueError, match="at most 3"):
        draw_growth(Growth(title="T", series=series, end=1), "g")


def test_empty_growth_and_real_dates_are_drawn() -> None:
    empty = draw_growth(Growth(title="T", series=(), end=1), "g")
    dated = draw_growth(seeds.RANGED, "g")

    assert "No values." in empty.wide_svg
    assert ">2025<" in dated.wide_svg
    assert ">Aug<" in dated.wide_svg
    assert "$60+" in dated.table_html


@pytest.mark.parametrize("room", [WIDE, NARROW])
def test_the_first_and_the_last_value_are_always_labelled(room: int) -> None:
    labels = [text.text for text in SCENES[1, room].texts() if text.bold]

    assert {"$917", "$1,016", "$133"} <= set(labels)

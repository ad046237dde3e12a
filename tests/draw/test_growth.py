from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import pytest

from statusgen.draw.growth import draw_growth
from statusgen.draw.model import Growth, GrowthSeries
from statusgen.draw.svg import standalone
from tests.draw import seeds


def test_the_plot_is_recoloured_labelled_and_small() -> None:
    drawn = draw_growth(seeds.GROWTH, "g")

    for svg in (drawn.wide_svg, drawn.narrow_svg):
        root = ET.fromstring(svg)
        assert not re.search(r"#[0-9a-f]{6}", svg)
        assert "<style" not in svg, "its rules would reach the whole page"
        assert "font-family" not in svg
        assert len(svg.encode()) < 15_000
        assert root[0].text == "Cost over time"
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert all(one.startswith("g-") for one in ids)
        assert b"var(" not in standalone(svg, "dark")
    assert not set(re.findall(r'\bid="([^"]+)"', drawn.wide_svg)) & set(
        re.findall(r'\bid="([^"]+)"', drawn.narrow_svg)
    )


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


def test_the_other_diagrams_do_not_import_matplotlib() -> None:
    script = (
        "import sys, statusgen.draw.growth, statusgen.draw.ladder, statusgen.draw.architecture;"
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    series = tuple(GrowthSeries(str(number), ((0.0, Decimal(1)),)) for number in range(4))

    with pytest.raises(ValueError, match="at most 3"):
        draw_growth(Growth(title="T", series=series, end=1), "g")


def test_empty_growth_and_real_dates_are_drawn() -> None:
    empty = draw_growth(Growth(title="T", series=(), end=1), "g")
    dated = draw_growth(replace(seeds.GROWTH, unit="date", end=739_600.0), "g")

    assert "No values." in empty.wide_svg
    assert "-01-01" in dated.wide_svg or re.search(r">\d{4}-\d\d-\d\d<", dated.wide_svg)

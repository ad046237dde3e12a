"""Lines placed, clipped and simplified: exact bytes, which every machine must give."""

from __future__ import annotations

import math

from statusgen.draw.plot import Plane, steps

PLANE = Plane(0, origin=(0, 100), scale=(10, 1), size=(100, 101))


def test_points_are_placed_upwards_in_tenths() -> None:
    assert PLANE.line([0, 1, 2, 5.123], [0, 10, 0, 50]) == (
        "M0 100L10 90L20 100L51.2 50L51.2 50"  # simplifying says the end twice
    )


def test_nothing_breaks_a_line_but_what_is_not_there() -> None:
    assert PLANE.line([0, 1, 1, 3, 4], [0, 10, math.nan, 5, 9]) == "M0 100L10 90M30 95L40 91L40 91"
    assert PLANE.line([], []) == ""


def test_what_lies_outside_is_cut_away_but_for_the_way_there() -> None:
    path = PLANE.line([-50, -5, 5, 50, 90], [1, 2, 30, 4, 5])

    assert "-500" not in path
    assert "900" not in path
    assert "L50 70L" in path


def test_points_that_nobody_could_see_are_dropped() -> None:
    xs = [number / 500 for number in range(5000)]
    flat = PLANE.line(xs, [50 + number % 2 / 100 for number in range(5000)])
    waving = PLANE.line(xs, [50 + 40 * math.sin(number / 90) for number in range(5000)])

    assert flat.count("L") < 100
    assert 500 < len(waving) < 20_000


def test_an_area_is_closed_and_steps_hold_until_the_next() -> None:
    assert PLANE.area([0, 5], [1, 2], [9, 8]) == "M0 91L50 92L50 98L0 99z"
    assert steps([1, 4], [10, 20], 6) == ([1, 4, 4, 6], [10, 10, 20, 20])
    assert steps([], [], 6) == ([], [])

"""Lines and areas placed and freed of points that say nothing: exact bytes, on every machine."""

from __future__ import annotations

from statusgen.draw.plot import Plane, steps

PLANE = Plane(0, origin=(0, 100), scale=(10, 1))


def test_points_are_placed_upwards_in_tenths() -> None:
    assert PLANE.line([0, 1, 2, 5.123], [0, 10, 0, 50]) == "M0 100L10 90L20 100L51.2 50"
    assert Plane(-1, (5, 100), (10, 1)).line([0, 1], [0, 5]) == "M15 100L25 95"


def test_a_line_that_goes_on_needs_no_points_in_between() -> None:
    assert PLANE.line([0, 1, 1, 2, 3, 3, 4], [5, 5, 5, 5, 5, 9, 9]) == "M0 95L30 95L30 91L40 91"
    assert PLANE.line([1, 1, 1], [0, 5, 9]) == "M10 100L10 91"


def test_a_line_that_turns_back_keeps_the_point_where_it_does() -> None:
    assert PLANE.line([1, 1, 1], [0, 9, 5]) == "M10 100L10 91L10 95"


def test_steps_less_than_a_tenth_of_a_px_leave_no_second_point() -> None:
    assert PLANE.line([0, 1, 1.001, 2], [5, 5.01, 5.02, 7]) == "M0 95L10 95L20 93"


def test_an_area_is_closed_and_steps_hold_until_the_next() -> None:
    assert PLANE.area([0, 5], [1, 2], [9, 8]) == "M0 91L50 92L50 98L0 99z"
    assert steps([1, 4], [10, 20], 6) == ([1, 4, 4, 6], [10, 10, 20, 20])
    assert steps([], [], 6) == ([], [])

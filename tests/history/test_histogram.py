from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY, HOUR
from statusgen.history.histogram import BOUNDS, Histogram
from statusgen.history.hourly import HourlyLatency

values = st.lists(st.integers(0, 86_400_000) | st.integers(0, 3000), min_size=1, max_size=200)


def test_the_bounds_are_part_of_the_file_format() -> None:
    """If this fails, stored histograms would be read wrongly: do not change the expectation."""
    assert BOUNDS[:32] == (*range(20), 20, 22, 24, 26, 28, 30, 33, 36, 39, 42, 46, 50)
    assert len(BOUNDS) == 184
    assert sum(BOUNDS) % 1_000_000_007 == 986679937


@given(values, st.sampled_from([0, 1, 50, 90, 95, 99, 99.9, 100]))
def test_percentiles_are_within_five_per_cent_of_the_nearest_rank(
    given_values: list[int], p: float
) -> None:
    exact = sorted(given_values)[max(1, math.ceil(len(given_values) * p / 100)) - 1]
    told = Histogram.of(given_values).percentile(p)
    assert told is not None
    assert abs(told - exact) <= 0.05 * exact


@given(values, values)
def test_merging_is_counting_together(one: list[int], two: list[int]) -> None:
    merged = Histogram.merge([Histogram.of(one), Histogram.of(two)])
    assert merged == Histogram.of(two + one)
    assert merged.count == len(one) + len(two)


@given(values)
def test_the_text_is_read_as_what_was_written(given_values: list[int]) -> None:
    histogram = Histogram.of(given_values)
    assert Histogram.from_text(histogram.to_text()) == histogram


def test_text_is_compact() -> None:
    assert Histogram.of([5, 5, 5, 7]).to_text() == "5:3 7"
    assert Histogram.of([]).to_text() == ""


@pytest.mark.parametrize(
    "text", ["x", "5:", "5:0", "7 5", "5 5", "999", "-1", "5:3 ", "1e3", "٣", "5:-1"]
)
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a histogram"):
        Histogram.from_text(text)


def test_an_empty_histogram_has_no_percentile() -> None:
    assert Histogram().percentile(50) is None


def test_impossible_values_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Histogram.of([3, -1])
    with pytest.raises(ValueError, match="between 0 and 100"):
        Histogram.of([3]).percentile(101)


def test_several_percentiles_are_those_one_by_one() -> None:
    times = Histogram.of([3, 5, 8, 13, 21, 34, 55, 89])

    assert times.percentiles(0, 50, 95, 100) == tuple(map(times.percentile, (0, 50, 95, 100)))
    assert Histogram().percentiles(50, 95) == (None, None)


def test_hours_walked_through_are_those_asked_for_one_by_one() -> None:
    hours = HourlyLatency({0: ";5:2 7;;x;9", DAY: "1"})

    assert dict(hours.items()) == {hour: hours[hour] for hour in hours}
    assert list(hours) == [HOUR, 3 * HOUR, 4 * HOUR, DAY]
    assert hours[3 * HOUR] == Histogram(), "damaged text tells of nothing"
    assert hours[HOUR] == Histogram.of([5, 5, 7])
    with pytest.raises(KeyError):
        hours[0]

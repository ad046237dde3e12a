"""Percentiles by window and by hour."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY, HOUR
from statusgen.history.histogram import Histogram
from statusgen.status.facts import Measured
from statusgen.status.latency import Hours, hourly, latency
from statusgen.status.snapshot import Latency
from statusgen.status.uptime import Observed

NOW = 1_000 * HOUR + 600
WINDOWS = {"7d": 7 * DAY, "24h": DAY}
NONE = Latency(None, None, None, 0)


def latencies(hours: Hours, now: int, windows: Mapping[str, int]) -> dict[str, Latency]:
    """Ask for each window that ends now."""
    measured = Measured(now, Observed(()), None, (hours,))
    return {name: measured.latency(now - length, now) for name, length in windows.items()}


def joined(parts: list[Hours], now: int) -> Hours:
    """All monitors' hours together, as a component has them."""
    return Measured(now, Observed(()), None, parts).recent_hours


def test_percentiles_of_a_hundred_times() -> None:
    found = latency(Histogram.of([10] * 94 + [15] * 4 + [18] * 2))

    assert found == Latency(p50=10, p95=15, p99=18, count=100)


def test_nothing_measured_has_no_percentile() -> None:
    assert latency(Histogram()) == NONE
    assert latencies({}, NOW, WINDOWS) == {"7d": NONE, "24h": NONE}
    assert hourly({}, NOW, 0) == ()
    assert joined([], NOW) == {}


def test_windows_keep_their_order_and_hold_each_hour_that_they_touch() -> None:
    this_hour = 1_000 * HOUR
    hours = {
        this_hour - 7 * DAY - HOUR: Histogram.of([1]),  # ended before the seven days began
        this_hour - 7 * DAY: Histogram.of([2]),
        this_hour - DAY - HOUR: Histogram.of([3]),
        this_hour - DAY: Histogram.of([4]),
        this_hour: Histogram.of([5]),
        this_hour + HOUR: Histogram.of([6]),  # the future
    }

    found = latencies(hours, NOW, WINDOWS)

    assert list(found) == ["7d", "24h"]
    assert (found["24h"].count, found["24h"].p50, found["24h"].p99) == (2, 4, 5)
    assert (found["7d"].count, found["7d"].p50, found["7d"].p99) == (4, 3, 5)
    assert [point.start for point in hourly(joined([hours], NOW), NOW, NOW - DAY)] == [
        this_hour - DAY,
        this_hour,
    ]


whole_hours = st.integers(1, 400).map(lambda count: count * HOUR)


@given(
    st.dictionaries(st.integers(0, 400), st.lists(st.integers(0, 5000), max_size=5)),
    st.lists(whole_hours | st.integers(1, 20 * DAY), max_size=4, unique=True),
    whole_hours | st.integers(0, 400 * HOUR),
)
def test_windows_agree_with_merging_each_on_its_own(
    times: dict[int, list[int]], lengths: list[int], now: int
) -> None:
    hours = {hour * HOUR: Histogram.of(times[hour]) for hour in sorted(times)}
    windows = {str(length): length for length in lengths}

    assert latencies(hours, now, windows) == {
        name: latency(
            Histogram.merge(
                part for start, part in hours.items() if start < now and start + HOUR > now - length
            )
        )
        for name, length in windows.items()
    }


@given(
    st.dictionaries(st.integers(0, 400), st.lists(st.integers(0, 5000), max_size=5)),
    whole_hours | st.integers(0, 400 * HOUR),
    whole_hours | st.integers(0, 20 * DAY),
    st.sampled_from([0, 80 * DAY, 100 * DAY]),
)
def test_a_window_of_the_past_agrees_with_merging_its_hours(
    times: dict[int, list[int]], start: int, length: int, ago: int
) -> None:
    hours = {hour * HOUR: Histogram.of(times[hour]) for hour in sorted(times)}
    end = start + length
    measured = Measured(end + ago, Observed(()), None, [hours, {}])

    assert measured.latency(start, end) == latency(
        Histogram.merge(
            part for at, part in hours.items() if start < at + HOUR and at < end and start < end
        )
    )


def test_an_hour_that_ended_as_the_window_began_is_outside() -> None:
    hours = {0: Histogram.of([1]), HOUR: Histogram.of([2]), 2 * HOUR: Histogram.of([3])}

    found = latencies(hours, 3 * HOUR, {"1h": HOUR, "2h": 2 * HOUR})

    assert {name: (each.count, each.p50) for name, each in found.items()} == {
        "1h": (1, 3),
        "2h": (2, 2),
    }


def test_hours_of_several_monitors_are_put_together_in_order() -> None:
    one = {0: Histogram.of([10]), 2 * HOUR: Histogram.of([11])}
    two = {HOUR: Histogram.of([12]), 2 * HOUR: Histogram.of([13])}

    assert list(joined([one, two], 3 * HOUR).items()) == [
        (0, Histogram.of([10])),
        (HOUR, Histogram.of([12])),
        (2 * HOUR, Histogram.of([11, 13])),
    ]
    assert joined([one], 3 * HOUR) == one

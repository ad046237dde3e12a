"""Uptime against an oracle that walks every second, and the text a visitor reads."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval, covered, intersection, union, without
from statusgen.status.snapshot import Uptime
from statusgen.status.uptime import DEFAULT_WEIGHTS, Observed, shown, uptime, weights_shown
from statusgen.words import Words
from statusgen.words.uptime import uptime_definition
from tests.status.samples import (
    DEGRADED,
    DOWN,
    PARTIAL,
    UNKNOWN,
    UP,
    Raw,
    percent_text,
    segments_of,
)

WORDS = Words.of()

seconds = st.integers(-60, 260)
raw_samples = st.lists(st.tuples(seconds, st.sampled_from(State)), max_size=25)
intervals = st.lists(st.tuples(seconds, seconds), max_size=5)
weights_of_states = st.fixed_dictionaries(
    {state: st.fractions(0, 1, max_denominator=20) for state in (UP, DEGRADED, PARTIAL, DOWN)}
)


def state_at(second: int, samples: list[Raw], gap: int) -> State:
    """The newest sample's state, if it is young enough; the worst of those of one instant."""
    past = [sample for sample in samples if sample[0] <= second]
    if not past:
        return UNKNOWN
    newest = max(at for at, _ in past)
    if second >= newest + gap:
        return UNKNOWN
    return max((state for at, state in past if at == newest), key=lambda state: state.severity)


@given(
    raw_samples,
    st.integers(1, 60),
    st.integers(0, 200),
    st.integers(0, 200),
    seconds,
    intervals,
    st.booleans(),
    weights_of_states,
)
def test_uptime_agrees_with_walking_every_second(
    samples: list[Raw],
    gap: int,
    start: int,
    length: int,
    now: int,
    maintenance: list[Interval],
    counts: bool,
    weights: dict[State, Fraction],
) -> None:
    good, observed, window = Fraction(0), 0, 0
    for second in range(start, min(start + length, now)):
        if not counts and any(begin <= second < stop for begin, stop in maintenance):
            continue
        window += 1
        state = state_at(second, samples, gap)
        if state is not UNKNOWN:
            observed += 1
            good += weights[state]

    result = uptime(
        segments_of(samples, gap, until=now),
        start=start,
        end=start + length,
        now=now,
        maintenance=maintenance,
        maintenance_counts=counts,
        weights=weights,
    )

    assert Uptime(good, observed, window) == result
    assert result.ratio is None or 0 <= result.ratio <= 1
    assert result.coverage is None or 0 <= result.coverage <= 1


few = st.integers(0, 12)
close_intervals = st.lists(st.tuples(few, few), max_size=5)


@given(close_intervals, close_intervals, few, few)
def test_intervals_agree_with_sets_of_seconds(
    first: list[Interval], second: list[Interval], start: int, end: int
) -> None:
    def as_set(some: list[Interval]) -> set[int]:
        return {moment for begin, stop in some for moment in range(begin, stop)}

    one, two = union(first), union(second)

    assert as_set(first) == as_set(one)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(one))
    assert as_set(first) & as_set(second) == as_set(intersection(one, two))
    assert len(as_set(first) & set(range(start, end))) == covered(one, start, end)


def test_cutting_maintenance_out_keeps_the_rest_of_each_segment() -> None:
    segments = [Segment(0, 100, UP), Segment(100, 150, DOWN), Segment(200, 300, UP)]

    assert without(segments, [(10, 20), (90, 120), (260, 400)]) == [
        Segment(0, 10, UP),
        Segment(20, 90, UP),
        Segment(120, 150, DOWN),
        Segment(200, 260, UP),
    ]


def test_a_window_in_the_future_holds_nothing() -> None:
    result = uptime([Segment(0, 100, UP)], start=500, end=600, now=100)

    assert Uptime(Fraction(0), 0, 0) == result
    assert percent_text(result) == "—"
    assert WORDS.percent(shown(result).coverage) == "—"


@pytest.mark.parametrize(
    ("good", "observed", "expected"),
    [
        (Fraction(0), 0, "—"),
        (Fraction(0), 10, "0.00 %"),
        (Fraction(1), 10**9, "0.01 %"),
        (Fraction(10**9 - 1), 10**9, "99.99 %"),
        (Fraction(99996), 100000, "99.99 %"),
        (Fraction(9), 10, "90.00 %"),
        (Fraction(1, 2), 7, "7.14 %"),
        (Fraction(5), 5, "100.00 %"),
    ],
)
def test_percent_is_cut_off_and_never_hides_a_loss(
    good: Fraction, observed: int, expected: str
) -> None:
    assert expected == percent_text(Uptime(good, observed, observed))


@pytest.mark.parametrize(
    ("observed", "expected", "coverage", "is_number"),
    [
        (0, "—", "0.00 %", False),
        (499, "—", "49.90 %", False),
        (500, "≈ 100.00 %", "50.00 %", True),
        (899, "≈ 100.00 %", "89.90 %", True),
        (900, "100.00 %", "90.00 %", True),
        (1000, "100.00 %", "100.00 %", True),
    ],
)
def test_a_number_is_shown_by_its_coverage(
    observed: int, expected: str, coverage: str, is_number: bool
) -> None:
    seen = shown(Uptime(Fraction(observed), observed, 1000))

    assert expected == WORDS.percent(seen.uptime, about=seen.about)
    assert coverage == WORDS.percent(seen.coverage)
    assert is_number == (seen.uptime is not None)


def test_nothing_is_shown_for_an_empty_window() -> None:
    seen = shown(Uptime(Fraction(0), 0, 0))

    assert (seen.uptime, seen.coverage) == (None, None)


def test_the_definition_follows_the_weights() -> None:
    told = uptime_definition(WORDS, weights_shown())
    assert (
        "operational counts in full, degraded counts in full, "
        "partial outage counts 70 %, major outage does not count"
    ) in told
    assert "maintenance is left out" in told

    other = uptime_definition(
        WORDS,
        weights_shown({**DEFAULT_WEIGHTS, PARTIAL: Fraction(0), DEGRADED: Fraction(1, 3)}),
        maintenance_counts=True,
    )
    assert "degraded counts 33.33 %, partial outage does not count" in other
    assert "maintenance counts like any other time" in other


def test_unknown_in_a_segment_is_time_that_was_not_observed() -> None:
    """A roll-up written by another hand may hold one."""
    past = Observed.of([Segment(0, 60, UP), Segment(60, 100, UNKNOWN)])

    assert past.seconds(0, 100) == {UP: 60}
    assert past.uptime(0, 100, 100).coverage == Fraction(3, 5)

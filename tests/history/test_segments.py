from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY
from statusgen.base.states import State
from statusgen.history.cadence import Rule, median_of_sorted
from statusgen.history.segments import (
    Sample,
    Segment,
    gap_limit,
    gap_limits,
    in_order,
    observe,
)

UP, DEGRADED, PARTIAL = State.UP, State.DEGRADED, State.PARTIAL
DOWN, UNKNOWN = State.DOWN, State.UNKNOWN
WEIGHT = {UP: Fraction(1), DEGRADED: Fraction(1), PARTIAL: Fraction(7, 10), DOWN: Fraction(0)}


def every(step: int, states: list[State], start: int = 0) -> list[Sample]:
    return [Sample(start + step * place, state) for place, state in enumerate(states)]


def twelve(**changed: State) -> list[Sample]:
    states = [UP] * 12
    for place, state in changed.items():
        states[int(place[1:])] = state
    return every(300, states)


def figures(
    samples: list[Sample], end: int = 3600, max_gap: int = 750, now: int | None = None
) -> tuple[Fraction | None, Fraction]:
    """Uptime and coverage of [0, end) by the formula of content/reference, without maintenance."""
    until = end if now is None else now
    segments = observe(samples, cadence=300, max_gap=max_gap, until=until)
    inside = [(min(s.end, until) - max(s.start, 0), s.state) for s in segments if s.end > 0]
    known = sum(seconds for seconds, _ in inside)
    good = sum((seconds * WEIGHT[state] for seconds, state in inside), Fraction())
    return (good / known if known else None), Fraction(known, until)


VECTORS: dict[str, tuple[list[Sample], dict[str, int], str | None, str]] = {
    "U1": ([], {}, None, "0"),
    "U2": (twelve(), {}, "1", "1"),
    "U3": (every(300, [DOWN] * 12), {}, "0", "1"),
    "U4": (twelve(_4=DOWN), {}, "11/12", "1"),
    "U5": (
        [Sample(0, UP), Sample(300, DOWN), Sample(1500, UP), Sample(2700, UP)],
        {"max_gap": 1500},
        "2/3",
        "1",
    ),
    "U6": ([Sample(0, UP), Sample(3000, UP)], {}, "1", "3/8"),
    "U7": ([Sample(0, DOWN)], {}, "0", "5/24"),
    "U11": (twelve() + twelve(), {}, "1", "1"),
    "U12": (every(300, [UNKNOWN] * 4 + [UP] * 8), {}, "1", "2/3"),
    "U13": (every(300, [UNKNOWN] * 4 + [DOWN] * 4 + [UP] * 4), {}, "1/2", "2/3"),
    "U14": (every(300, [PARTIAL] * 12), {}, "7/10", "1"),
    "U15": (every(300, [PARTIAL] * 6 + [UP] * 6), {}, "17/20", "1"),
    "U16": (every(300, [DEGRADED] * 12), {}, "1", "1"),
    "U17": (every(300, [DOWN] + [UP] * 8639), {"end": 30 * DAY}, "8639/8640", "1"),
    "U19": ([Sample(-200, DOWN), *every(300, [UP] * 12, start=100)], {}, "35/36", "1"),
    "U20": ([*twelve(), Sample(10**9, DOWN)], {}, "1", "1"),
    "U21": (every(300, [UP] * 6, start=1800), {}, "1", "1/2"),
    "U22": (every(300, [UP] * 6), {"now": 1800}, "1", "1"),
    "U24": (twelve(_4=DOWN)[::-1], {}, "11/12", "1"),
    "U25": (every(1200, [UP] * 3), {}, "1", "5/8"),
    "U26": (
        [s for s in twelve() if s.at != 1200] + [Sample(1200 + n, DOWN) for n in range(0, 300, 10)],
        {},
        "11/12",
        "1",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_vectors_of_the_reference(name: str) -> None:
    samples, options, uptime, coverage = VECTORS[name]
    expected = (None if uptime is None else Fraction(uptime), Fraction(coverage))
    assert figures(samples, **options) == expected


def test_an_unknown_sample_ends_the_one_before() -> None:
    samples = [Sample(0, UP), Sample(100, UNKNOWN), Sample(200, UP)]
    assert observe(samples, cadence=300, max_gap=750, until=300) == [
        Segment(0, 100, UP),
        Segment(200, 300, UP),
    ]


def test_of_two_samples_at_one_second_the_worse_wins_in_any_order() -> None:
    for pair in ([UP, DOWN], [DOWN, UP], [UNKNOWN, DOWN], [DOWN, UNKNOWN]):
        samples = [Sample(0, state) for state in pair]
        assert observe(samples, cadence=300, max_gap=60, until=100) == [Segment(0, 60, DOWN)]


@pytest.mark.parametrize(
    ("cadence", "median", "fixed", "gap"),
    [
        (300, None, None, 750),
        (300, 300, None, 750),
        (300, 1200, None, 3000),
        (300, 10, None, 750),
        (300, 7200, None, 3600),
        (86_400, None, None, 3600),
        (60, 61, None, 152),
        (300, 1200, 750, 750),
        (300, None, 7200, 7200),
    ],
)
def test_gap_limit(cadence: int, median: int | None, fixed: int | None, gap: int) -> None:
    assert gap_limit(cadence, median, fixed) == gap


def test_a_scheduler_that_comes_every_20_minutes_leaves_no_holes() -> None:
    """The first sample cannot know it; from the second on the usual gap does."""
    segments = observe(every(1200, [UP] * 72), cadence=300, max_gap=None, until=DAY)
    assert segments == [Segment(0, 750, UP), Segment(1200, DAY, UP)]


def test_what_comes_later_changes_nothing_before() -> None:
    early = every(300, [UP] * 288)
    late = every(3000, [UP] * 500, start=DAY)
    before = observe(early, cadence=60, max_gap=None, until=DAY)
    after = observe(early + late, cadence=60, max_gap=None, until=DAY)
    assert before == after


# Few distinct times and coarse steps make ties, gaps and overlaps likely.
samples_of = st.lists(
    st.builds(
        Sample,
        at=st.integers(-50, 250),
        state=st.sampled_from(State),
    ),
    max_size=25,
)


@given(samples_of, st.integers(1, 40), st.integers(0, 260))
def test_segments_agree_with_asking_each_second(
    samples: list[Sample], max_gap: int, until: int
) -> None:
    """The oracle: at each second, the newest sample not later speaks, unless it is too old."""
    expected: dict[int, State] = {}
    for second in range(-50, until):
        past = [s for s in samples if s.at <= second]
        if not past:
            continue
        newest = max(s.at for s in past)
        state = max((s.state for s in past if s.at == newest), key=lambda state: state.severity)
        if second < newest + max_gap and state is not UNKNOWN:
            expected[second] = state
    segments = observe(samples, cadence=1, max_gap=max_gap, until=until)
    told = {second: s.state for s in segments for second in range(s.start, s.end)}
    assert told == expected
    for one, two in itertools.pairwise(segments):
        assert one.end < two.start or (one.end == two.start and one.state is not two.state)


@given(samples_of, st.randoms(use_true_random=False))
def test_order_and_repeats_change_nothing(samples: list[Sample], chance: object) -> None:
    shuffled = samples + samples[::2]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one = observe(samples, cadence=10, max_gap=None, until=250)
    assert one == observe(shuffled, cadence=10, max_gap=None, until=250)


@given(
    # Whole days make gaps that end exactly where the window begins.
    st.lists(
        st.integers(0, 30 * DAY) | st.integers(0, 30).map(lambda day: day * DAY),
        unique=True,
        max_size=40,
    ).map(sorted),
    st.integers(0, 39),
)
def test_the_sliding_median_agrees_with_sorting_anew(times: list[int], first: int) -> None:
    expected = []
    for now in times[first:]:
        seen = [at for at in times if now - 7 * DAY <= at <= now]
        gaps = sorted(b - a for a, b in itertools.pairwise(seen))
        expected.append(gap_limit(60, median_of_sorted(gaps), None))
    assert gap_limits(times, cadence=60, max_gap=None, first=first, rule=Rule.COUNT) == expected


def test_a_gap_that_begins_exactly_seven_days_before_counts() -> None:
    times = [0, 7 * DAY - 600, 7 * DAY]
    for_count = {"cadence": 60, "max_gap": None, "first": 2, "rule": Rule.COUNT}
    assert gap_limits(times, **for_count) == [3600]  # type: ignore[arg-type]
    assert gap_limits([-1, *times[1:]], **for_count) == [1500]  # type: ignore[arg-type]
    assert gap_limits(times, cadence=60, max_gap=None, first=2) == [3600]
    assert gap_limits([-1, *times[1:]], cadence=60, max_gap=None, first=2) == [1500]


def test_samples_are_ordered_with_the_worse_state() -> None:
    assert in_order([Sample(5, UP), Sample(1, DOWN), Sample(5, DEGRADED)]) == (
        [1, 5],
        [DOWN, DEGRADED],
    )

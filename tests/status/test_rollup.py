"""Joining monitors to components and groups: states now, and time against a walking oracle."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.intervals import Interval
from statusgen.status.rollup import Part, joined_past, joined_state
from statusgen.status.snapshot import Uptime
from statusgen.status.uptime import Observed
from tests.status.samples import DEGRADED, DOWN, PARTIAL, UNKNOWN, UP, Raw, segments_of

END = 120
LETTERS = {"u": UP, "d": DOWN, "?": UNKNOWN, "g": DEGRADED, "p": PARTIAL}
seconds = st.integers(0, END)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("", UNKNOWN),
        ("u", UP),
        ("uuu", UP),
        ("ug", DEGRADED),
        ("gpu", PARTIAL),
        ("dpgu", DOWN),
        ("?", UNKNOWN),
        ("u?", UNKNOWN),
        ("?u", UNKNOWN),
        ("d?", DOWN),
        ("?p", PARTIAL),
        ("g?u", DEGRADED),
    ],
)
def test_up_is_said_only_when_every_part_said_so(states: str, expected: State) -> None:
    assert joined_state(LETTERS[letter] for letter in states) is expected


@st.composite
def parts(draw: st.DrawFn) -> Part:
    raw: list[Raw] = draw(st.lists(st.tuples(seconds, st.sampled_from(State)), max_size=8))
    maintenance: list[Interval] = draw(st.lists(st.tuples(seconds, seconds), max_size=2))
    segments = segments_of(raw, gap=draw(st.integers(1, 60)), until=END)
    since = min((at for at, _ in raw), default=None)
    return Part(Observed.of(segments, maintenance), since)


def at_second(part: Part, second: int) -> State | str:
    """What one part says of one second."""
    if any(start <= second < end for start, end in part.past.maintenance):
        return "maintenance"
    if part.since is None or second < part.since:
        return "not yet"
    for segment in part.past.segments:
        if segment.start <= second < segment.end:
            return segment.state
    return UNKNOWN


def whole_at(members: list[Part], second: int) -> State | str:
    """The rule of the module, second by second."""
    said = [at_second(part, second) for part in members if part.since is not None]
    if said and all(each == "maintenance" for each in said):
        return "maintenance"
    states = [each for each in said if isinstance(each, State)]
    if DOWN in states:
        return DOWN
    if not states or UNKNOWN in states:
        return UNKNOWN
    return max(states, key=lambda state: state.severity)


@given(st.lists(parts(), max_size=4))
def test_joined_time_agrees_with_walking_every_second(members: list[Part]) -> None:
    whole = joined_past(members)

    for second in range(END):
        told = at_second(whole, second)
        expected = whole_at(members, second)
        assert told == expected or (told == "not yet" and expected is UNKNOWN)


@given(st.lists(parts(), min_size=2, max_size=4))
def test_joined_segments_are_sorted_disjoint_and_run_length_joined(members: list[Part]) -> None:
    found = joined_past(members).past.segments

    for earlier, later in itertools.pairwise(found):
        assert earlier.end <= later.start
        assert earlier.end < later.start or earlier.state is not later.state
    assert all(segment.start < segment.end for segment in found)


def test_a_group_is_up_while_all_are_which_is_not_the_mean() -> None:
    first = Part(Observed.of([Segment(0, 50, DOWN), Segment(50, 100, UP)]), 0)
    second = Part(Observed.of([Segment(0, 50, UP), Segment(50, 100, DOWN)]), 0)

    whole = joined_past([first, second]).past.uptime(0, 100, 100)

    assert whole == Uptime(Fraction(0), 100, 100)


def test_a_monitor_added_later_does_not_grey_the_past() -> None:
    old = Part(Observed.of([Segment(0, 100, UP)]), 0)
    new = Part(Observed.of([Segment(90, 100, DOWN)]), 90)
    never_checked = Part(Observed(()), None)

    assert joined_past([old, new, never_checked]).past.uptime(0, 100, 100) == Uptime(
        Fraction(90), 100, 100
    )


def test_a_monitor_that_only_ever_failed_to_check_leaves_the_whole_unobserved() -> None:
    good = Part(Observed.of([Segment(0, 100, UP)]), 0)
    blind = Part(Observed(()), 0)

    assert joined_past([good, blind]).past.uptime(0, 100, 100) == Uptime(Fraction(0), 0, 100)


def test_an_outage_outside_maintenance_is_not_hidden_by_maintenance_of_another() -> None:
    down = Part(Observed.of([Segment(0, 40, DOWN), Segment(40, 100, UP)]), 0)
    maintained = Part(Observed.of([Segment(0, 100, DOWN)], [(0, 60)]), 0)

    assert joined_past([down, maintained]).past.uptime(0, 100, 100) == Uptime(
        Fraction(20), 100, 100
    )

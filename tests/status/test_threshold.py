"""The threshold machine: vectors S1 to S8 of content/reference, order, duplicates and flapping."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.config.settings import Thresholds
from statusgen.status.snapshot import Outage
from statusgen.status.threshold import Observation, Settled, outages, settle
from tests.status.samples import DEGRADED, DOWN, PARTIAL, UNKNOWN, UP

LETTERS = {"u": UP, "d": DOWN, "?": UNKNOWN, "g": DEGRADED, "p": PARTIAL}
CADENCE = 300


def observed(sequence: str, start: int = 0) -> list[Observation]:
    """One observation a letter, one cadence apart; the reason tells the position."""
    return [
        Observation(
            start + index * CADENCE,
            f"round-{start + index * CADENCE}",
            LETTERS[letter],
            reason=f"reason-{index}",
            code=500 + index,
        )
        for index, letter in enumerate(sequence)
    ]


def run(sequence: str) -> Settled:
    return settle("api", observed(sequence), cadence=CADENCE)


@pytest.mark.parametrize(
    ("sequence", "final", "transitions"),
    [
        pytest.param("ddu", DOWN, [(1, DOWN)], id="S1"),
        pytest.param("udududud", UP, [], id="S2"),
        pytest.param("d?d", DOWN, [(2, DOWN)], id="S3"),
        pytest.param("uddu", DOWN, [(2, DOWN)], id="S4"),
        pytest.param("udduu", UP, [(2, DOWN), (4, UP)], id="S5"),
        pytest.param("dddduduuu", UP, [(1, DOWN), (7, UP)], id="S6"),
        pytest.param("????", UP, [], id="S7"),
        pytest.param("d????????d", UP, [], id="S8"),
        pytest.param("d??d", DOWN, [(3, DOWN)], id="three cadences are one streak"),
        pytest.param("d???d", UP, [], id="four cadences are two streaks"),
        pytest.param("d???dd", DOWN, [(5, DOWN)], id="an expired streak starts again"),
        pytest.param("ddu????????u", UP, [(1, DOWN), (11, UP)], id="successes do not expire"),
        pytest.param("gggg", UP, [], id="degraded is a success"),
        pytest.param("ddgg", UP, [(1, DOWN), (3, UP)], id="degraded closes"),
        pytest.param("dgdg", UP, [], id="degraded resets"),
        pytest.param("pd", DOWN, [(1, DOWN)], id="partial is a failure"),
        pytest.param("ddupu", DOWN, [(1, DOWN)], id="partial keeps an outage open"),
        pytest.param("", UP, [], id="nothing observed"),
    ],
)
def test_machine(sequence: str, final: State, transitions: list[tuple[int, State]]) -> None:
    settled = run(sequence)

    assert final is settled.state
    assert transitions == [(change.index, change.state) for change in settled.transitions]
    assert [at * CADENCE for at, _ in transitions] == [each.at for each in settled.transitions]


@pytest.mark.parametrize(
    ("sequence", "stale"),
    [("????", True), ("", True), ("u???", False), ("u????", True), ("u????u", False)],
)
def test_a_state_only_remembered_is_stale(sequence: str, stale: bool) -> None:
    assert stale is run(sequence).stale


def test_an_outage_is_back_dated_and_keeps_its_evidence() -> None:
    settled = run("uudd?duduuu")

    assert (
        Outage(
            monitor="api",
            start=600,
            opened=900,
            opened_round="round-900",
            reason="reason-2",
            code=502,
            end=2400,
            closed=2700,
            closed_round="round-2700",
        ),
    ) == settled.outages


def test_thresholds_of_one_follow_every_known_state() -> None:
    found = outages(
        "api", observed("ud?u"), cadence=CADENCE, thresholds=Thresholds(failures=1, successes=1)
    )

    assert [(outage.start, outage.opened, outage.end, outage.closed) for outage in found] == [
        (300, 300, 900, 900)
    ]


def test_a_run_continues_an_open_outage() -> None:
    whole = observed("uuuddd?duduuddu")
    (open_outage,) = outages("api", whole[:7], cadence=CADENCE)
    assert open_outage.end is None

    assert outages("api", whole, cadence=CADENCE) == outages(
        "api", whole, cadence=CADENCE, continuing=open_outage
    )
    assert outages("api", whole, cadence=CADENCE) == outages(
        "api", whole[6:], cadence=CADENCE, continuing=open_outage
    )


@given(st.text("ud?gp", max_size=40), st.integers(0, 40), st.randoms(use_true_random=False))
def test_order_duplicates_and_where_a_run_stops_do_not_matter(
    sequence: str, cut: int, shuffle: random.Random
) -> None:
    whole = observed(sequence)
    expected = settle("api", whole, cadence=CADENCE)

    mixed = [*whole, *whole[::3]]
    shuffle.shuffle(mixed)
    assert expected == settle("api", mixed, cadence=CADENCE)

    before = outages("api", whole[:cut], cadence=CADENCE)
    if before and before[-1].end is None:
        continued = outages("api", whole, cadence=CADENCE, continuing=before[-1])
        assert expected.outages == before[:-1] + continued


def test_what_was_seen_in_the_second_that_opened_an_outage_of_an_unnamed_round_was_judged() -> None:
    lasting = Outage("api", start=300, opened=600, opened_round="", reason=None, code=None)
    seen = [Observation(600, "b", UP), Observation(900, "c", UP)]

    assert outages("api", seen, cadence=CADENCE, continuing=lasting) == (lasting,)


def test_of_one_round_stored_twice_the_worst_counts() -> None:
    twice = [Observation(0, "a", DOWN), Observation(300, "b", UP), Observation(300, "b", DOWN)]

    assert settle("api", twice, cadence=CADENCE).state is DOWN
    assert settle("api", twice[::-1], cadence=CADENCE).state is DOWN


@settings(max_examples=25)
@given(st.lists(st.sampled_from("ud?gp"), min_size=1000, max_size=1000))
def test_a_thousand_flapping_steps_open_no_more_than_the_thresholds_allow(
    letters: list[str],
) -> None:
    settled = run("".join(letters))
    changes = [change.state for change in settled.transitions]

    assert changes == [(DOWN, UP)[index % 2] for index in range(len(changes))]
    assert len(settled.outages) == (len(changes) + 1) // 2
    for earlier, later in zip(settled.outages, settled.outages[1:], strict=False):
        assert earlier.closed is not None
        assert earlier.end is not None
        assert earlier.start < earlier.opened < earlier.end < earlier.closed < later.start


def test_a_thousand_alternating_steps_open_nothing() -> None:
    assert run("ud" * 500).outages == ()


@pytest.mark.parametrize(
    ("failures", "successes", "closed_at"), [(3, 1, 5 * CADENCE), (1, 3, 9 * CADENCE)]
)
def test_each_threshold_counts_its_own_kind(failures: int, successes: int, closed_at: int) -> None:
    found = outages(
        "api",
        observed("udddduduuu"),
        cadence=CADENCE,
        thresholds=Thresholds(failures=failures, successes=successes),
    )

    assert (found[0].opened, found[0].closed) == (failures * CADENCE, closed_at)


def test_a_streak_lives_from_failure_to_failure_not_from_its_first() -> None:
    """Four failures three cadences apart: none is too far from the one before it."""
    found = outages(
        "api", observed("d??d??d??d"), cadence=CADENCE, thresholds=Thresholds(failures=4)
    )

    assert [(outage.start, outage.opened) for outage in found] == [(0, 9 * CADENCE)]

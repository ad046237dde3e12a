"""Figures that checks read: recorded, rolled up by hour, asked over any window."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY, HOUR
from statusgen.base.states import State
from statusgen.history.figures import Figures, day_text, hours_of, join
from statusgen.history.record import BadLine, read_line, to_line
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.history.verify import verify
from statusgen.probe.round import Check
from tests.history.made import DAY0, made_round, write_rounds


def valued(at: int, value: float | None) -> object:
    return made_round(at, {"queue": Check(state=State.UP, ms=5, code=200, value=value)})


def test_a_value_stands_in_the_line_and_is_absent_where_there_is_none() -> None:
    with_value = made_round(DAY0, {"q": Check(state=State.UP, ms=5, code=200, value=42)})
    line = to_line(with_value)

    assert b'"q":{"state":"up","ms":5,"code":200,"value":42}' in line
    assert read_line(line) == with_value
    assert b"value" not in to_line(made_round(DAY0))


@pytest.mark.parametrize("bad", [b'"42"', b"true", b"1e400", b"[1]", b"99999999999999999999"])
def test_a_value_that_is_no_figure_damages_its_line(bad: bytes) -> None:
    line = to_line(made_round(DAY0, {"q": Check(state=State.UP, ms=5, code=200, value=42)}))

    assert isinstance(read_line(line.replace(b"42", bad)), BadLine)


def test_values_survive_the_roll_up_and_can_be_asked(tmp_path: Path) -> None:
    rounds = [valued(DAY0 + n * 600, n % 6) for n in range(288)]
    write_rounds(tmp_path, rounds)  # type: ignore[arg-type]
    roll_up(HistoryStore(tmp_path), now=DAY0 + 3 * DAY, cadences={}, max_gap=None)

    timeline = load_timeline(
        tmp_path, now=DAY0 + 3 * DAY, cadences={"queue": 600}, max_gap=None
    ).monitors["queue"]

    found = join(hours_of(timeline.values_by_day, DAY0, DAY0 + 2 * DAY))
    assert found == Figures(0, 2.5, 5, 288)
    hour = join(hours_of(timeline.values_by_day, DAY0 + HOUR, DAY0 + 2 * HOUR))
    assert hour == Figures(0, 2.5, 5, 6)
    assert verify(tmp_path, now=DAY0 + 3 * DAY).findings == ()


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=50))
def test_hours_join_to_what_the_values_give(values: list[float]) -> None:
    at = [n * 1700 for n in range(len(values))]
    days: dict[int, str] = {}
    for day in range(0, at[-1] + 1, DAY):
        inside = [
            (when, value) for when, value in zip(at, values, strict=True) if day <= when < day + DAY
        ]
        days[day] = day_text(day, [when for when, _ in inside], [value for _, value in inside])

    found = join(hours_of(days, 0, at[-1] + 1))

    assert found is not None
    assert (found.least, found.greatest, found.count) == (min(values), max(values), len(values))
    assert found.mean == pytest.approx(sum(values) / len(values), rel=1e-9, abs=1e-3)


def test_a_damaged_hour_is_passed_over() -> None:
    assert join(hours_of({0: "1/2/3/4;garbage;5/4/6/1"}, 0, DAY)) == Figures(1, 2, 3, 4)


def test_equal_values_that_floats_add_up_badly_are_not_lost() -> None:
    """Three times 0.1 is a little more than 0.3: the mean must not lie above the greatest."""
    text = day_text(DAY0, [DAY0, DAY0 + 1, DAY0 + 2], [0.1, 0.1, 0.1])

    assert join(hours_of({DAY0: text}, DAY0, DAY0 + DAY)) == Figures(0.1, 0.1, 0.1, 3)

"""One past counted by five methods, against an oracle that counts second by second."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import groupby

import pytest

from statusgen.base.clock import DAY, HOUR, MINUTE
from statusgen.base.states import State
from statusgen.history.segments import Segment
from statusgen.status.methods import Lived, Method, printed
from statusgen.status.snapshot import Lost
from tests.status.methods_oracle import figures

STATES = {
    "u": State.UP,
    "g": State.DEGRADED,
    "p": State.PARTIAL,
    "d": State.DOWN,
}


def segments(past: str) -> list[Segment]:
    found, at = [], 0
    for letter, run in groupby(past):
        length = len(list(run))
        if letter != "?":
            found.append(Segment(at, at + length, STATES[letter]))
        at += length
    return found


def lived(past: str, windows: list[tuple[int, int]], excluded: list[tuple[int, int]]) -> Lived:
    return Lived(segments(past), 0, len(past), windows, excluded)


def seconds(windows: list[tuple[int, int]]) -> set[int]:
    return {each for start, end in windows for each in range(start, end)}


def made() -> str:
    """Thirty days in which every rule that the methods differ in has something to decide."""
    past = ["u"] * (30 * DAY)

    def put(start: int, length: int, letter: str) -> None:
        past[start : start + length] = letter * length

    put(2 * DAY, 2 * HOUR, "d")  # within maintenance
    put(5 * DAY, HOUR, "p")
    put(9 * DAY, 30 * MINUTE, "g")
    put(12 * DAY, 10 * MINUTE, "d")  # closed within a quarter of an hour
    put(20 * DAY, HOUR, "d")
    put(20 * DAY + HOUR, 6 * HOUR, "?")  # nobody looked, and then it was up
    return "".join(past)


WINDOW = [(2 * DAY - HOUR, 2 * DAY + 2 * HOUR)]
MONTH = 30 * DAY
BY_HAND = {
    # Losses in minutes over the minutes counted, added up by hand from `made`.
    Method.OURS: Fraction(18 + 10 + 60, 43_200 - 180 - 360),
    Method.COUNTED: Fraction(120 + 18 + 10 + 60, 43_200 - 360),
    Method.STATUSPAGE: Fraction(18 + 10 + 60 + 360, 43_200),
    Method.INCIDENT_IO: Fraction(60 + 10 + 60 + 360, 43_200),
    Method.UPPTIME: Fraction(60 + 30 + 60 + 360, 43_200),
}


def test_one_month_is_five_figures() -> None:
    past = lived(made(), WINDOW, WINDOW)

    found = {method: past.uptime(method, 0, MONTH) for method in Method}

    assert {method: 1 - (each.ratio or 0) for method, each in found.items()} == BY_HAND
    assert [printed(each) for each in found.values()] == [9979, 9951, 9896, 9886, 9882]
    assert len({printed(each) for each in found.values()}) == 5


def test_the_oracle_counts_the_same() -> None:
    minutes = "".join(made()[::MINUTE])
    window = {each // MINUTE for start, end in WINDOW for each in range(start, end, MINUTE)}

    told = figures(minutes, window, window, 0, MONTH // MINUTE, quarter=15)

    assert {name: 1 - (ratio or 0) for name, ratio in told.items()} == BY_HAND


@pytest.mark.parametrize("seed", range(40))
def test_any_past_is_counted_as_the_oracle_counts_it(seed: int) -> None:
    chance = random.Random(seed)
    past = "".join(
        chance.choice("uuugpd?") * chance.choice((1, 60, 300, 899, 900, 901)) for _ in range(20)
    )
    windows = [
        (start, start + chance.randrange(0, 2000))
        for start in (chance.randrange(0, len(past)) for _ in range(3))
    ]
    excluded = windows[:2]
    start = chance.randrange(0, len(past))
    end = chance.randrange(start, len(past) + 500)
    ours = lived(past, windows, excluded)

    told = figures(past, seconds(windows), seconds(excluded), start, end)

    assert {str(each): ours.uptime(each, start, end).ratio for each in Method} == told


def test_what_lasts_counts_by_upptime_however_young_it_is() -> None:
    assert lived("u" * 3600 + "d" * 60, [], []).uptime(Method.UPPTIME, 0, 3660).ratio == Fraction(
        3600, 3660
    )


def test_upptime_rounds_and_the_others_cut() -> None:
    """2,592,000 seconds, 100 of them bad: 99.99614 % is 100.00 % there, and 99.99 % elsewhere."""
    past = lived("u" * 5000 + "d" * 1000 + "u" * (30 * DAY * 10 - 6000), [], [])
    window = (0, 30 * DAY * 10)

    assert printed(past.uptime(Method.UPPTIME, *window)) == 10_000
    assert printed(past.uptime(Method.STATUSPAGE, *window)) == 9999


@pytest.mark.parametrize("method", list(Method))
def test_nothing_is_told_of_time_before_the_first_check(method: Method) -> None:
    past = Lived([], None, 1000)

    assert printed(past.uptime(method, 0, 1000)) is None


@pytest.mark.parametrize("method", list(Method))
def test_a_window_begins_with_the_first_check(method: Method) -> None:
    past = Lived([Segment(500, 1000, State.UP)], 500, 1000)

    assert past.uptime(method, 0, 1000).window == 500


@pytest.mark.parametrize(("begins", "lost"), [(0, 0), (1, 3600)])
def test_by_upptime_what_begins_with_a_window_opens_no_issue(begins: int, lost: int) -> None:
    past = lived("u" * 600 + "d" * 3600 + "u" * 600, [(600 + begins, 2000)], [])

    assert past.uptime(Method.UPPTIME, 0, 4800).lost == Lost(lost, 4800)

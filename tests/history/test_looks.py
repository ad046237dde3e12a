"""Several vantages joined: the vectors of D0f, and what a missing or late one changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.states import State
from statusgen.history.cadence import Rule
from statusgen.history.columns import DayReader
from statusgen.history.dayrecord import roll_day
from statusgen.history.looks import looks
from statusgen.history.newest import newest_checks, newest_words
from statusgen.history.record import Entry, read_entry, to_line
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.history.verify import verify
from statusgen.probe.round import Check, Round, round_key
from tests.history.made import DAY0

LETTERS = {"d": "down", "u": "up", "?": "unknown", "g": "degraded", "p": "partial"}


def round_(at: int, vantage: str, letter: str, reason: str | None = None) -> Round:
    check = Check(
        state=State(LETTERS[letter]), ms=100, reason=reason or {"d": "timeout"}.get(letter)
    )
    return Round(key=round_key(at, vantage, "1"), at=at, vantage=vantage, checks={"api": check})


def stored(folder: Path, *rounds: Round) -> HistoryStore:
    store = HistoryStore(folder)
    store.extend(sorted(rounds, key=lambda each: each.at))
    return store


def state(folder: Path, *rounds: Round) -> str:
    stored(folder, *rounds)
    found = newest_checks(folder, None, now=DAY0 + 80_000, since=0)
    return str(found["api"].check.state)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("duu", "partial"),
        ("dud", "down"),
        ("d??", "unknown"),
        ("uuu", "up"),
        ("ddd", "down"),
        ("???", "unknown"),
        ("u??", "up"),
        ("ugu", "degraded"),
        ("du", "partial"),
        ("dd", "down"),
        ("ddu?", "partial"),
        ("dddu?", "down"),
        ("d", "down"),
    ],
)
def test_a_quorum_of_the_vantages_decides(tmp_path: Path, said: str, expected: str) -> None:
    rounds = [round_(DAY0 + place, f"v{place}", letter) for place, letter in enumerate(said)]

    assert state(tmp_path, *rounds) == expected


def test_a_vantage_that_has_gone_is_left_out(tmp_path: Path) -> None:
    both = [round_(DAY0, "a", "u"), round_(DAY0 + 5, "b", "u")]
    alone = [round_(DAY0 + 300 * step, "a", "d") for step in range(1, 6)]

    assert state(tmp_path / "soon", *both, *alone[:1]) == "partial"
    assert state(tmp_path / "later", *both, *alone) == "down"


def test_one_that_cannot_ask_is_no_voice(tmp_path: Path) -> None:
    rounds = [round_(DAY0, "home", "d"), round_(DAY0 + 9, "cloud", "?", "no-ipv6")]

    assert state(tmp_path, *rounds) == "down"


def test_timers_that_never_meet_make_one_look_each_interval(tmp_path: Path) -> None:
    rounds = [
        round_(DAY0 + 300 * step + late, place, "d" if 2 <= step < 6 else "u")
        for step in range(12)
        for place, late in (("a", 0), ("b", 130), ("c", 250))
    ]
    stored(tmp_path, *rounds)

    line = load_timeline(tmp_path, now=DAY0 + 3600, cadences={"api": 300}, max_gap=None).monitors[
        "api"
    ]

    assert [(part.start - DAY0, part.end - DAY0, str(part.state)) for part in line.segments] == [
        (0, 600, "up"),
        (600, 1800, "down"),
        (1800, 3600, "up"),
    ]


def test_the_order_in_which_rounds_arrive_changes_no_byte(tmp_path: Path) -> None:
    rounds = [
        round_(DAY0 + 300 * step + late, place, "d" if (step + late) % 5 == 0 else "u")
        for step in range(280)
        for place, late in (("a", 0), ("b", 2), ("c", 4))
    ]
    for name, ordered in (("one", rounds), ("two", rounds[::-1])):
        store = HistoryStore(tmp_path / name)
        for place in ("c", "a", "b") if name == "two" else ("a", "b", "c"):
            store.extend(each for each in sorted(ordered, key=lambda one: one.at)
                         if each.vantage == place)  # fmt: skip
        assert roll_up(store, now=DAY0 + 3 * 86_400, cadences={}, max_gap=None)

    daily = [(tmp_path / name / "daily/2026.json").read_bytes() for name in ("one", "two")]
    assert daily[0] == daily[1]
    assert not verify(tmp_path / "two", now=DAY0 + 3 * 86_400).findings


def test_the_words_of_each_vantage_are_kept_apart(tmp_path: Path) -> None:
    stored(tmp_path, round_(DAY0, "a", "d"), round_(DAY0 + 3, "b", "u"))

    words = newest_words(tmp_path, now=DAY0 + 60, since=DAY0 - 86_400)

    assert [(word.vantage, str(word.state)) for word in words["api"]] == [
        ("a", "down"),
        ("b", "up"),
    ]
    stored(tmp_path / "one", round_(DAY0, "a", "d"))
    assert newest_words(tmp_path / "one", now=DAY0 + 60, since=0) == {}


def test_an_opinion_that_contradicts_raises_no_alarm_and_hides_no_failure(tmp_path: Path) -> None:
    store = stored(tmp_path, round_(DAY0, "a", "d"), round_(DAY0 + 20, "globalping", "u"))

    assert state(tmp_path) == "partial"
    [look] = store.looks(0, now=DAY0 + 60)
    assert look.checks["api"].state is State.UNKNOWN


@pytest.mark.parametrize("said", ["d", "p"])
def test_an_opinion_that_confirms_does_not_stand_in_the_way(tmp_path: Path, said: str) -> None:
    store = stored(tmp_path, round_(DAY0, "a", "d"), round_(DAY0 + 20, "globalping", said))

    [look] = store.looks(0, now=DAY0 + 60)
    assert look.checks["api"].state.failed


def test_what_went_wrong_is_told_by_those_who_check() -> None:
    own = [round_(DAY0, "a", "d", "status"), round_(DAY0 + 20, "globalping", "d", "timeout")]
    entries = [read_entry(to_line(each).rstrip(b"\n")) for each in own]

    [look] = looks([each for each in entries if isinstance(each, Entry)])

    assert (look.checks["api"]["state"], look.checks["api"]["reason"]) == ("down", "status")


def test_a_history_of_one_vantage_is_its_rounds(tmp_path: Path) -> None:
    rounds = [round_(DAY0 + 60 * step, "a", "u") for step in range(5)]
    store = stored(tmp_path, *rounds)

    assert [look.key for look in store.looks(0, now=DAY0 + 900)] == [each.key for each in rounds]


def test_a_day_of_several_vantages_that_was_closed_before_they_were_joined_stays_as_it_is(
    tmp_path: Path,
) -> None:
    rounds = [
        round_(DAY0 + 300 * step + late, place, "d" if place == "b" else "u")
        for step in range(280)
        for place, late in (("a", 0), ("b", 100))
    ]
    now = DAY0 + 2 * 86_400
    store = stored(tmp_path, *rounds)
    roll_up(store, now=now, cadences={}, max_gap=None)
    assert '"rule":"looks"' in (tmp_path / "daily/2026.json").read_text("utf-8")
    assert verify(tmp_path, now=now).ok

    older = roll_day(
        DAY0, DayReader(store.day_files()).day, cadence_of=lambda monitor: 300, max_gap=None,
        until=now, rule=Rule.VISITS,
    )  # fmt: skip

    states = {part.state for part in older.monitors["api"].segments}
    assert states == {State.UP, State.DOWN}

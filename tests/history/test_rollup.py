from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.base.errors import OutsideError
from statusgen.base.states import State
from statusgen.history.histogram import Histogram
from statusgen.history.hourly import HourlyLatency
from statusgen.history.rollup import roll_up
from statusgen.history.segments import Sample, clip, observe
from statusgen.history.store import HistoryStore
from statusgen.history.verify import verify
from statusgen.probe.round import Check, Round
from tests.history.made import DAY0, made_past, made_round, write_rounds

CADENCES = {"m0": 300, "m1": 300}


def roll(
    folder: Path, now: Instant, cadences: dict[str, int] = CADENCES, max_gap: int | None = None
) -> int:
    return roll_up(HistoryStore(folder), now=now, cadences=cadences, max_gap=max_gap)


def year(folder: Path) -> bytes:
    return (folder / "daily" / "2026.json").read_bytes()


def days_of(folder: Path) -> dict[str, dict[str, object]]:
    told = json.loads(year(folder))["days"]
    assert isinstance(told, dict)
    return told


def past(days: int, every: int = 900) -> list[Round]:
    return made_past(DAY0, DAY0 + days * DAY, every=every)


def test_a_day_is_closed_an_hour_after_its_end(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(1))
    assert roll(tmp_path, DAY0 + DAY + HOUR) == 0
    assert not (tmp_path / "daily").exists()
    assert roll(tmp_path, DAY0 + DAY + HOUR + 1) == 1
    assert roll(tmp_path, DAY0 + DAY + HOUR + 1) == 0
    assert list(days_of(tmp_path)) == ["2026-03-02"]


def test_segments_and_histograms_are_those_of_the_rounds(tmp_path: Path) -> None:
    rounds = past(3)
    write_rounds(tmp_path, rounds)
    roll(tmp_path, DAY0 + 3 * DAY + 2 * HOUR)
    samples = [Sample(r.at, r.checks["m1"].state) for r in rounds]
    end = DAY0 + 3 * DAY
    observed = observe(samples, cadence=300, max_gap=None, until=end)
    for number, told in enumerate(days_of(tmp_path).values()):
        day = DAY0 + number * DAY
        monitor = told["monitors"]["m1"]  # type: ignore[index]
        expected = [[s.start, s.end, s.state.value] for s in clip(observed, day, day + DAY)]
        assert monitor["segments"] == expected
        for hour, histogram in HourlyLatency({day: monitor["ms"]}).items():
            checks = [r.checks["m1"] for r in rounds if hour <= r.at < hour + HOUR]
            answered = [c.ms for c in checks if c.state in (State.UP, State.DEGRADED)]
            assert histogram == Histogram.of(ms for ms in answered if ms is not None)


def test_a_sample_holds_over_midnight_into_a_day_without_rounds(tmp_path: Path) -> None:
    up = {"api": Check(state=State.UP)}
    write_rounds(tmp_path, [made_round(DAY0 + DAY - 100, up)])
    assert roll(tmp_path, DAY0 + 3 * DAY, {"api": 300}) == 2
    told = days_of(tmp_path)
    assert told["2026-03-02"]["monitors"]["api"]["segments"] == [  # type: ignore[index]
        [DAY0 + DAY - 100, DAY0 + DAY, "up"]
    ]
    assert told["2026-03-03"]["monitors"]["api"]["segments"] == [  # type: ignore[index]
        [DAY0 + DAY, DAY0 + DAY + 650, "up"]
    ]


@pytest.mark.parametrize("max_gap", [None, 750, 3 * DAY])
def test_day_by_day_or_all_at_once_gives_the_same_bytes(
    tmp_path: Path, max_gap: int | None
) -> None:
    rounds = past(20, every=1800)
    one, two = tmp_path / "one", tmp_path / "two"
    write_rounds(one, rounds)
    roll(one, DAY0 + 21 * DAY, max_gap=max_gap)
    for day in range(20):
        start = DAY0 + day * DAY
        write_rounds(two, [r for r in rounds if start <= r.at < start + DAY])
        assert roll(two, start + DAY + 2 * HOUR, max_gap=max_gap) == 1
    roll(two, DAY0 + 21 * DAY, max_gap=max_gap)
    assert year(one) == year(two)


def test_the_order_of_lines_changes_no_byte(tmp_path: Path) -> None:
    rounds = past(3)
    one, two = tmp_path / "one", tmp_path / "two"
    write_rounds(one, rounds)
    random.Random(4).shuffle(rounds)
    write_rounds(two, rounds)
    for folder in (one, two):
        roll(folder, DAY0 + 4 * DAY)
    assert year(one) == year(two)


def test_a_new_day_adds_one_line_and_changes_no_other(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(2))
    roll(tmp_path, DAY0 + DAY + 2 * HOUR)
    before = year(tmp_path).splitlines()
    roll(tmp_path, DAY0 + 2 * DAY + 2 * HOUR)
    after = year(tmp_path).splitlines()
    assert [line for line in after if line not in before] == [after[2]]
    assert [line for line in before if line not in after] == []


def test_a_late_round_rolls_its_day_and_those_that_rest_on_it_again(tmp_path: Path) -> None:
    rounds = past(12, every=1800)
    write_rounds(tmp_path, rounds)
    now = DAY0 + 12 * DAY + 2 * HOUR
    roll(tmp_path, now)
    late = made_past(DAY0 + DAY + 77, DAY0 + DAY + 78)[0]
    HistoryStore(tmp_path).append(late)
    assert roll(tmp_path, now) >= 2
    assert roll(tmp_path, now) == 0

    fresh = tmp_path / "fresh"
    write_rounds(fresh, sorted([*rounds, late], key=lambda r: r.at))
    roll(fresh, now)
    assert year(tmp_path) == year(fresh)


def test_a_day_that_comes_late_altogether_is_told_to_the_days_after_it(tmp_path: Path) -> None:
    rounds = past(5, every=1800)
    missing = [r for r in rounds if DAY0 + DAY <= r.at < DAY0 + 2 * DAY]
    write_rounds(tmp_path, [r for r in rounds if r not in missing])
    now = DAY0 + 5 * DAY + 2 * HOUR
    roll(tmp_path, now)
    write_rounds(tmp_path, missing)
    roll(tmp_path, now)

    fresh = tmp_path / "fresh"
    write_rounds(fresh, rounds)
    roll(fresh, now)
    assert year(tmp_path) == year(fresh)


def test_another_cadence_changes_no_closed_day_even_when_a_round_comes_late(
    tmp_path: Path,
) -> None:
    rounds = past(3, every=1800)
    write_rounds(tmp_path, rounds)
    now = DAY0 + 3 * DAY + 2 * HOUR
    roll(tmp_path, now)
    before = year(tmp_path)
    other = {"m0": 60, "m1": 3600}
    assert roll(tmp_path, now, other, max_gap=9000) == 0
    assert year(tmp_path) == before

    late = made_past(DAY0 + 77, DAY0 + 78)[0]
    HistoryStore(tmp_path).append(late)
    roll(tmp_path, now, other, max_gap=9000)
    fresh = tmp_path / "fresh"
    write_rounds(fresh, sorted([*rounds, late], key=lambda r: r.at))
    roll(fresh, now)
    assert year(tmp_path) == year(fresh)


def test_repeated_lines_change_no_figure(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(2))
    roll(tmp_path, DAY0 + 3 * DAY)
    before = days_of(tmp_path)
    path = HistoryStore(tmp_path).day_path(DAY0)
    path.write_bytes(path.read_bytes() * 2)
    roll(tmp_path, DAY0 + 3 * DAY)
    after = days_of(tmp_path)
    assert after["2026-03-02"].pop("size") == 2 * int(str(before["2026-03-02"].pop("size")))
    assert after == before


def test_roll_ups_outlive_their_rounds(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(12, every=1800))
    roll(tmp_path, DAY0 + 11 * DAY + 2 * HOUR)
    before = days_of(tmp_path)
    store = HistoryStore(tmp_path)
    for day in range(10):
        store.day_path(DAY0 + day * DAY).unlink()
    assert roll(tmp_path, DAY0 + 12 * DAY + 2 * HOUR) == 1
    after = days_of(tmp_path)
    assert {name: told for name, told in after.items() if name in before} == before


def test_a_late_round_whose_days_before_are_gone_changes_nothing_and_is_reported(
    tmp_path: Path,
) -> None:
    write_rounds(tmp_path, past(12, every=1800))
    now = DAY0 + 12 * DAY + 2 * HOUR
    roll(tmp_path, now)
    before = year(tmp_path)
    store = HistoryStore(tmp_path)
    for day in range(10):
        store.day_path(DAY0 + day * DAY).unlink()
    store.append(made_past(DAY0 + 10 * DAY + 77, DAY0 + 10 * DAY + 78)[0])
    assert roll(tmp_path, now) == 0
    assert year(tmp_path) == before
    [finding] = verify(tmp_path, now=now).mismatches
    assert finding.reason == "2026-03-12: its rounds are others than were rolled up"


def test_monitors_that_are_configured_no_more_are_rolled_up_too(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(1))
    roll(tmp_path, DAY0 + 2 * DAY, {})
    monitors = days_of(tmp_path)["2026-03-02"]["monitors"]
    assert list(monitors) == ["m0", "m1"]  # type: ignore[call-overload]


def test_years_have_a_file_each(tmp_path: Path) -> None:
    end_of_year = DAY0 + 304 * DAY
    write_rounds(tmp_path, made_past(end_of_year, end_of_year + 3 * DAY, every=3600))
    roll(tmp_path, end_of_year + 4 * DAY)
    names = sorted(path.name for path in (tmp_path / "daily").iterdir())
    assert names == ["2026.json", "2027.json"]
    assert list(json.loads((tmp_path / "daily" / "2027.json").read_bytes())["days"]) == [
        "2027-01-01",
        "2027-01-02",
    ]


def test_a_history_that_is_missing_has_nothing_to_roll_up(tmp_path: Path) -> None:
    assert roll(tmp_path / "none", DAY0) == 0
    assert not (tmp_path / "none").exists()


def test_a_disk_that_is_full_leaves_the_old_roll_ups(tmp_path: Path) -> None:
    write_rounds(tmp_path, past(2))
    roll(tmp_path, DAY0 + DAY + 2 * HOUR)
    before = year(tmp_path)
    with pytest.MonkeyPatch.context() as patch:

        def full(handle: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr("os.fsync", full)
        with pytest.raises(OutsideError, match="No space left"):
            roll(tmp_path, DAY0 + 3 * DAY)
    assert year(tmp_path) == before
    assert sorted(path.name for path in (tmp_path / "daily").iterdir()) == ["2026.json"]
    assert roll(tmp_path, DAY0 + 3 * DAY) >= 1

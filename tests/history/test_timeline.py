from __future__ import annotations

import random
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.base.states import State
from statusgen.history.dayfile import relative_path
from statusgen.history.hourly import between
from statusgen.history.rollup import roll_up
from statusgen.history.segments import Sample, Segment, observe
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import Timeline, load_timeline
from statusgen.probe.round import Check
from tests.history.made import DAY0, key_at, made_past, made_round, write_rounds

CADENCES = {"m0": 300, "m1": 300}
END = DAY0 + 12 * DAY + 5 * HOUR


def load(folder: Path, now: Instant = END, days: int = 400) -> Timeline:
    return load_timeline(folder, now=now, cadences=CADENCES, max_gap=None, days=days)


def told(timeline: Timeline) -> dict[str, object]:
    """Everything a timeline tells, in a form that compares by value."""
    return {
        name: (
            m.segments,
            dict(m.latency_by_hour),
            m.last,
            m.last_at,
            m.last_round,
            m.gap,
            m.first_at,
        )
        for name, m in timeline.monitors.items()
    } | {
        "": (
            timeline.first_round,
            timeline.last_round,
            timeline.last_round_key,
            timeline.usual_gap,
            timeline.quarantined,
        )
    }


def test_without_a_history_nothing_is_known(tmp_path: Path) -> None:
    timeline = load(tmp_path / "none")
    assert set(timeline.monitors) == {"m0", "m1"}
    empty = timeline.monitors["m0"]
    assert (empty.segments, dict(empty.latency_by_hour), empty.last) == ((), {}, None)
    assert empty.first_at is None
    assert empty.gap == 750
    assert timeline.first_round is timeline.last_round is timeline.usual_gap is None
    assert not (tmp_path / "none").exists()


def test_the_segments_are_those_of_all_samples(tmp_path: Path) -> None:
    rounds = made_past(DAY0, END, every=900)
    write_rounds(tmp_path, rounds)
    timeline = load(tmp_path)
    for name in CADENCES:
        samples = [Sample(r.at, r.checks[name].state) for r in rounds]
        expected = observe(samples, cadence=300, max_gap=None, until=END)
        assert list(timeline.monitors[name].segments) == expected
    newest = rounds[-1]
    monitor = timeline.monitors["m1"]
    assert (monitor.last, monitor.last_at) == (newest.checks["m1"], newest.at)
    assert (monitor.last_round, monitor.gap) == (newest.key, 2250)
    assert timeline.first_round == DAY0
    assert (timeline.last_round, timeline.last_round_key) == (newest.at, newest.key)
    assert timeline.usual_gap == 900


def test_roll_ups_and_rounds_tell_the_same(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, END, every=900))
    from_rounds = told(load(tmp_path))
    store = HistoryStore(tmp_path)
    roll_up(store, now=DAY0 + 6 * DAY, cadences=CADENCES, max_gap=None)
    assert told(load(tmp_path)) == from_rounds
    roll_up(store, now=END, cadences=CADENCES, max_gap=None)
    assert told(load(tmp_path)) == from_rounds
    for day in range(3):  # past their retention
        store.day_path(DAY0 + day * DAY).unlink()
    assert told(load(tmp_path)) == from_rounds


def test_order_and_repeats_of_lines_change_nothing(tmp_path: Path) -> None:
    rounds = made_past(DAY0, DAY0 + 2 * DAY, every=900)
    write_rounds(tmp_path / "one", rounds)
    shuffled = rounds + rounds[::3]
    random.Random(1).shuffle(shuffled)
    write_rounds(tmp_path / "two", shuffled)
    now = DAY0 + 2 * DAY + 100
    assert told(load(tmp_path / "one", now)) == told(load(tmp_path / "two", now))


def test_a_build_writes_nothing(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + 3 * DAY, every=3600))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    load(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("rounds_are_gone", [False, True])
def test_nothing_after_now_is_told(tmp_path: Path, rounds_are_gone: bool) -> None:
    write_rounds(tmp_path, made_past(DAY0, END, every=900))
    store = HistoryStore(tmp_path)
    roll_up(store, now=END, cadences=CADENCES, max_gap=None)
    newest = DAY0 + 5 * DAY + 900
    if rounds_are_gone:
        newest = DAY0 + 5 * DAY - 900
        store.day_path(DAY0 + 5 * DAY).unlink()
    now = DAY0 + 5 * DAY + 1000
    timeline = load(tmp_path, now)
    assert timeline.last_round == newest
    for monitor in timeline.monitors.values():
        assert max(segment.end for segment in monitor.segments) == now
        assert monitor.last_at == newest
    assert max(timeline.monitors["m1"].latency_by_hour) == DAY0 + 5 * DAY


def test_rounds_from_a_fast_clock_are_counted_and_left_out(tmp_path: Path) -> None:
    up = {"m0": Check(state=State.UP, ms=5)}
    down = {"m0": Check(state=State.DOWN)}
    write_rounds(tmp_path, [made_round(DAY0, up), made_round(DAY0 + 7200, down)])
    timeline = load(tmp_path, DAY0 + 600)
    assert timeline.monitors["m0"].segments == (Segment(DAY0, DAY0 + 600, State.UP),)
    assert timeline.monitors["m0"].last == up["m0"]
    assert timeline.quarantined == 1


def test_damaged_lines_are_counted(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + DAY, every=3600))
    with (tmp_path / relative_path(DAY0)).open("ab") as file:
        file.write(b"<<<<<<< HEAD\n=======\n>>>>>>> x\n")
    assert load(tmp_path, DAY0 + DAY).quarantined == 3


def test_a_damaged_roll_up_is_counted_and_its_day_computed_from_rounds(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, END, every=900))
    expected = load(tmp_path).monitors["m0"].segments
    roll_up(HistoryStore(tmp_path), now=END, cadences=CADENCES, max_gap=None)
    path = tmp_path / "daily" / "2026.json"
    path.write_bytes(path.read_bytes().replace(b'"segments":[[', b'"segments":[[1', 1))
    timeline = load(tmp_path)
    assert timeline.quarantined == 1
    assert timeline.monitors["m0"].segments == expected


@pytest.mark.parametrize(
    "content", [b"", b"\0\xff", b"null", b"{" * 50_000, b'{"v":1,"days":{\n}}\n']
)
def test_no_content_of_a_roll_up_file_raises(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "daily" / "2026.json"
    path.parent.mkdir()
    path.write_bytes(content)
    assert load(tmp_path).monitors["m0"].segments == ()


def test_only_the_days_asked_for_are_told(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, END, every=900))
    timeline = load(tmp_path, days=2)
    assert timeline.monitors["m0"].segments[0].start == DAY0 + 11 * DAY
    assert timeline.first_round == DAY0


def test_response_times_of_a_year_can_be_asked_and_only_what_is_asked_is_read(
    tmp_path: Path,
) -> None:
    write_rounds(tmp_path, made_past(DAY0, END, every=900))
    hours = load_timeline(tmp_path, now=END, cadences=CADENCES, max_gap=None).monitors["m1"]

    assert min(hours.latency_by_hour) == DAY0
    some = [at for at, _ in between(hours.latency_by_hour, DAY0 + DAY + 1, DAY0 + DAY + 3 * 3600)]
    assert some == [DAY0 + DAY, DAY0 + DAY + 3600, DAY0 + DAY + 7200]


def test_the_newest_check_of_a_silent_monitor_is_found_far_back(tmp_path: Path) -> None:
    up = Check(state=State.UP, ms=7, code=200)
    rounds = [made_round(DAY0, {"m0": up, "m1": up})]
    rounds += [made_round(DAY0 + day * DAY, {"m0": up}) for day in range(1, 12)]
    write_rounds(tmp_path, rounds)
    silent = load(tmp_path).monitors["m1"]
    assert (silent.last, silent.last_at, silent.last_round) == (up, DAY0, key_at(DAY0))


def test_latencies_by_hour_are_a_mapping_in_times_order(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + 2 * DAY, every=900))
    latency = load(tmp_path, DAY0 + 2 * DAY).monitors["m0"].latency_by_hour
    hours = list(latency)
    assert hours == sorted(hours)
    assert len(latency) == len(hours) >= 46
    assert dict(latency.items()) == {hour: latency[hour] for hour in hours}
    assert latency.get(DAY0 - HOUR) is None
    with pytest.raises(KeyError):
        latency[DAY0 + 1]


def test_the_first_check_counts_though_it_could_not_tell(tmp_path: Path) -> None:
    dark = Check(state=State.UNKNOWN, reason="checker")
    up = Check(state=State.UP, ms=5, code=200)
    begun = DAY0 + 7 * HOUR
    rounds = [
        made_round(at, {"m0": up, "m1": up if at >= DAY0 + 4 * DAY else dark})
        if at >= begun
        else made_round(at, {"other": up})
        for at in range(DAY0 - 2 * DAY, END, 1800)
    ]
    write_rounds(tmp_path, rounds)

    def first_checks() -> list[Instant | None]:
        return [load(tmp_path).monitors[name].first_at for name in ("m0", "m1")]

    assert first_checks() == [begun, begun]
    roll_up(HistoryStore(tmp_path), now=END, cadences=CADENCES, max_gap=None)
    assert first_checks() == [begun, begun]
    # Where rounds are past their retention, what they left tells.
    for day in range(DAY0 - 2 * DAY, DAY0 + 5 * DAY, DAY):
        (tmp_path / relative_path(day)).unlink()
    assert first_checks() == [begun, DAY0 + 4 * DAY]


def test_a_monitor_that_never_could_tell_has_a_first_check_too(tmp_path: Path) -> None:
    dark = Check(state=State.UNKNOWN, reason="checker")
    up = Check(state=State.UP, ms=5, code=200)
    rounds = [
        made_round(at, {"m0": up} | ({"m1": dark} if at >= END - 30 * HOUR else {}))
        for at in range(DAY0, END, 1800)
    ]
    write_rounds(tmp_path, rounds)

    line = load(tmp_path).monitors["m1"]
    assert (line.segments, line.first_at) == ((), END - 30 * HOUR)

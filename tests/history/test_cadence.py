"""The usual gap: by time and not by number, a burst as one visit, closed days as they were."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant
from statusgen.base.states import State
from statusgen.history.cadence import LONGEST_VISIT, Rule, usual_gap, usual_gaps
from statusgen.history.dailyfile import read_year
from statusgen.history.rollup import roll_up
from statusgen.history.segments import Sample, Segment, observe
from statusgen.history.store import HistoryStore
from statusgen.history.verify import verify
from tests.history.made import DAY0, made_past, made_round, write_rounds

GOLDEN = Path(__file__).parent / "golden" / "rule-of-count"
KNOWN = st.sampled_from([State.UP, State.DEGRADED, State.PARTIAL, State.DOWN])


@pytest.mark.parametrize(
    ("times", "gap"),
    [
        ([], None),
        ([5], None),
        ([0, 300], 300),
        # nine gaps of five minutes and one of three hours: a random moment lies in the long one
        ([*range(0, 2701, 300), 2700 + 3 * HOUR], 3 * HOUR),
        # two visits a day, of five checks each
        (
            [d + m * MINUTE for h in (0, 8, 24, 32, 48) for d in (h * HOUR,) for m in range(5)],
            16 * HOUR,
        ),
        # a stream of an hour at a minute, then a pause of ten minutes: each gap counts
        ([*range(0, 3601, 60), 4200], 60),
        # what lies more than seven days back counts no more
        ([0, 6 * HOUR, 8 * DAY, 8 * DAY + 300, 8 * DAY + 600], 300),
    ],
)
def test_the_usual_gap(times: list[Instant], gap: int | None) -> None:
    assert usual_gap(times) == gap


def anew(times: Sequence[Instant], index: int) -> int | None:
    """The same told again, without a moving window: the oracle."""
    runs: list[list[Instant]] = []
    for at in times[: index + 1]:
        if runs and at - runs[-1][-1] <= 2 * MINUTE:
            runs[-1].append(at)
        else:
            runs.append([at])
    gaps: list[tuple[Instant, int]] = []
    for run, following in itertools.zip_longest(runs, runs[1:]):
        stream = run[-1] - run[0] > LONGEST_VISIT
        if stream:
            gaps += [(one, two - one) for one, two in itertools.pairwise(run)]
        if following is not None:
            since = run[-1] if stream else run[0]
            gaps.append((since, following[0] - since))
    last = runs[-1]
    anchor = last[-1] if last[-1] - last[0] > LONGEST_VISIT else last[0]
    lengths = sorted(length for since, length in gaps if since >= anchor - 7 * DAY)
    reached = 0
    for length in lengths:
        reached += length
        if 2 * reached >= sum(lengths):
            return length
    return None


@given(
    st.lists(
        st.sampled_from([1, 59, 60, 61, 119, 120, 121, 300, 1500, HOUR, 5 * HOUR, 3 * DAY])
        | st.integers(1, 4000),
        min_size=1,
        max_size=60,
    ),
    st.integers(0, 59),
)
def test_the_moving_window_agrees_with_counting_anew(gaps: list[int], first: int) -> None:
    times = list(itertools.accumulate(gaps))
    first = min(first, len(times) - 1)

    assert list(usual_gaps(times, first)) == [anew(times, i) for i in range(first, len(times))]


def seconds(segments: Sequence[Segment]) -> int:
    return sum(segment.end - segment.start for segment in segments)


def states_of(segments: Sequence[Segment], moments: Sequence[Instant]) -> list[State | None]:
    return [
        next((part.state for part in segments if part.start <= at < part.end), None)
        for at in moments
    ]


@given(
    st.lists(st.tuples(st.integers(0, 6 * HOUR), KNOWN), max_size=30),
    st.tuples(st.integers(0, 6 * HOUR), KNOWN),
    st.integers(60, 7200),
)
def test_with_the_gap_fixed_a_further_round_never_lowers_coverage(
    rounds: list[tuple[int, State]], more: tuple[int, State], gap: int
) -> None:
    before = [Sample(at, state) for at, state in rounds]
    after = [*before, Sample(*more)]

    def covered(samples: list[Sample]) -> int:
        return seconds(observe(samples, cadence=300, max_gap=gap, until=7 * HOUR))

    assert covered(after) >= covered(before)


@given(
    st.lists(st.tuples(st.integers(2, 240), KNOWN), min_size=1, max_size=40),
    st.integers(2, 10),
    st.sampled_from([60, 300, 1200]),
)
def test_turning_visits_into_bursts_never_lowers_coverage_and_changes_no_state(
    visits: list[tuple[int, State]], k: int, cadence: int
) -> None:
    """As long as bursts stay apart: more than two minutes from the last check to the next visit.

    Bursts that run into each other are a stream, which nothing tells from a scheduler that checks
    each minute.
    """
    times = list(itertools.accumulate((minutes + k) * MINUTE for minutes, _ in visits))
    single = [Sample(at, state) for at, (_, state) in zip(times, visits, strict=True)]
    bursts = [
        Sample(each.at + number * MINUTE, each.state) for each in single for number in range(k)
    ]
    until = times[-1] + 3 * HOUR

    before = observe(single, cadence=cadence, max_gap=None, until=until)
    after = observe(bursts, cadence=cadence, max_gap=None, until=until)

    assert seconds(after) >= seconds(before)
    edges = sorted({part.start for part in before} | {part.end - 1 for part in before})
    assert states_of(after, edges) == states_of(before, edges)


def test_thirty_days_of_bursts_are_covered() -> None:
    chance = random.Random(1)
    samples, at = [], 0
    while at < 30 * DAY:
        samples += [Sample(at + number * MINUTE, State.UP) for number in range(5)]
        at += chance.randrange(25, 51) * MINUTE

    by_visits = observe(samples, cadence=300, max_gap=None, until=30 * DAY)
    by_count = list(usual_gaps([each.at for each in samples], len(samples) - 1, Rule.COUNT))

    assert seconds(by_visits) / (30 * DAY) > 0.99
    assert by_count == [MINUTE]  # the rule of before: 44 % of these days were covered


def test_a_scheduler_that_stops_is_seen() -> None:
    """A stream of a minute stands for two and a half: the bursts' rule must not hide its end."""
    stream = [Sample(at, State.UP) for at in range(0, 6 * HOUR, MINUTE)]

    segments = observe(stream, cadence=MINUTE, max_gap=None, until=9 * HOUR)

    assert segments[-1].end == 6 * HOUR - MINUTE + 150


def test_a_history_written_before_the_rule_had_a_name_is_sound_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    shutil.copytree(GOLDEN, folder)
    before = (folder / "daily/2026.json").read_bytes()
    now = DAY0 + 30 * DAY

    assert verify(folder, now=now).findings == ()
    roll_up(HistoryStore(folder), now=now, cadences={"api": 300}, max_gap=None)

    records, faults = read_year(folder / "daily/2026.json")
    assert faults == []
    assert (folder / "daily/2026.json").read_bytes().startswith(before.rstrip(b"}\n"))
    old, _ = read_year(GOLDEN / "daily/2026.json")
    assert {records[day].rule for day in old} == {Rule.COUNT}
    # Into the day behind the last, which had no record yet, the last round reaches.
    assert {record.rule for day, record in records.items() if day not in old} == {Rule.VISITS}

    # A round that came late is counted by the rule that the day's record names.
    write_late(folder)
    roll_up(HistoryStore(folder), now=now, cadences={"api": 300}, max_gap=None)
    again, _ = read_year(folder / "daily/2026.json")
    assert {again[day].rule for day in old} == {Rule.COUNT}
    assert again[DAY0 + 8 * DAY].rounds == records[DAY0 + 8 * DAY].rounds + 1
    assert verify(folder, now=now).findings == ()


def write_late(folder: Path) -> None:
    HistoryStore(folder).append(made_round(DAY0 + 8 * DAY + 7, run=9))


def test_days_closed_from_now_on_name_their_rule(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + 2 * DAY))
    roll_up(HistoryStore(tmp_path), now=DAY0 + 3 * DAY, cadences={}, max_gap=None)

    text = (tmp_path / "daily/2026.json").read_text()

    assert text.count('"max_gap":null,"rule":"visits","lines"') == 2
    assert verify(tmp_path, now=DAY0 + 3 * DAY).findings == ()
    (tmp_path / "daily/2026.json").write_text(text.replace('"visits"', '"other"', 1))
    (finding,) = verify(tmp_path, now=DAY0 + 3 * DAY).bad_lines
    assert "other" in finding.reason

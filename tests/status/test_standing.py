"""Targets held against a past whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import DAY, HOUR, parse_instant
from statusgen.base.states import State
from statusgen.base.target import Combine, Metric, Operator, Target
from statusgen.config.settings import Objective
from statusgen.history.histogram import Histogram
from statusgen.history.segments import Segment
from statusgen.publish.promises import objective_details
from statusgen.status.at_once import verdicts_at
from statusgen.status.facts import Facts, Measured
from statusgen.status.objectives import objective_standings
from statusgen.status.replay import Replay
from statusgen.status.standing import Verdict, standing, window_of
from statusgen.status.tally import Past
from statusgen.status.uptime import Observed, uptime
from statusgen.words import Words
from tests.status.test_compute import NOW, line, settings, timeline

UP, DOWN, PARTIAL = State.UP, State.DOWN, State.PARTIAL
UTC = ZoneInfo("UTC")
MONTH = 30 * DAY


def past(*bad: tuple[int, int], length: int = 90 * DAY, cadence: int = 300, **kept: object) -> Past:
    """A past that was up but for ``(seconds ago, for so long)``."""
    segments, at = [], NOW - length
    for ago, lasted in bad:
        segments += [Segment(at, NOW - ago, UP), Segment(NOW - ago, NOW - ago + lasted, DOWN)]
        at = NOW - ago + lasted
    segments.append(Segment(at, NOW, UP))
    kept.setdefault("since", NOW - length)
    return Past(Measured(NOW, Observed(segments), **kept), cadence)  # type: ignore[arg-type]


def target(metric: Metric, written: str, window: int | None = MONTH, **more: object) -> Target:
    operator, _, value = written.partition(" ")
    number, _, unit = value.partition(" ")
    figure = Fraction(number.rstrip("%")) / (100 if number.endswith("%") else 1)
    return Target(metric=metric, operator=Operator(operator), value=figure, unit=unit,
                  window=window, **more)  # type: ignore[arg-type]  # fmt: skip


THREE_NINES = target(Metric.UPTIME, ">= 99.9%")


@pytest.mark.parametrize(
    ("held", "made", "verdict", "doubt"),
    [
        (THREE_NINES, past(), "met", ""),
        (THREE_NINES, past((5 * DAY, 2592)), "met", ""),
        (THREE_NINES, past((5 * DAY, 2593)), "missed", ""),
        (THREE_NINES, past((31 * DAY, DAY // 2)), "met", ""),
        (THREE_NINES, past(length=10 * DAY), "unknown", "coverage"),
        (THREE_NINES, past(cadence=1200), "unknown", "samples"),
        (THREE_NINES, past((5 * DAY, 3 * HOUR), cadence=1200), "missed", ""),
        (target(Metric.UPTIME, ">= 100%"), past(), "unknown", "samples"),
        (target(Metric.UPTIME, "< 99%"), past((DAY, 8 * HOUR)), "met", ""),
        (target(Metric.DOWNTIME, "> 5 minutes", DAY), past((HOUR, 600)), "met", ""),
        (target(Metric.DOWNTIME, "> 5 minutes", DAY), past(), "unknown", "samples"),
        (target(Metric.DOWNTIME, "> 5 minutes", DAY), past(cadence=150), "missed", ""),
        (target(Metric.DOWNTIME, "> 5 parsecs", DAY), past(), "unknown", "unit"),
        (target(Metric.ERROR_RATE, "> 0.5%", DAY), past((HOUR, 600)), "met", ""),
        (target(Metric.ERROR_RATE, "> 0.5%", DAY), past(), "unknown", "samples"),
        (target(Metric.ERROR_RATE, "< 0.5%"), past(), "met", ""),
        (target(Metric.LATENCY_P95, "< 100 ms"), past(), "unknown", "nothing"),
    ],
)
def test_met_missed_or_cannot_tell(held: Target, made: Past, verdict: str, doubt: str) -> None:
    found = standing(held, [made], NOW, UTC)
    assert (found.verdict, found.doubt) == (verdict, doubt)


def test_response_times_in_the_unit_that_was_written() -> None:
    hours = {NOW - NOW % HOUR - HOUR: Histogram.of([80] * 99 + [900])}
    made = past(hours=(hours,))
    for written, verdict in (
        ("< 100 ms", "met"),
        ("> 2 seconds", "missed"),
        ("< 0.01 s", "missed"),
    ):
        assert standing(target(Metric.LATENCY_P95, written), [made], NOW, UTC).verdict == verdict


def test_several_are_the_worst_or_the_average() -> None:
    both = [past(), past((5 * DAY, 4000))]
    worst = standing(THREE_NINES, both, NOW, UTC)
    average = standing(replace(THREE_NINES, combine=Combine.AVERAGE), both, NOW, UTC)
    assert (worst.verdict, average.verdict) == ("missed", "met")
    assert worst.figure == 1 - Fraction(4000, MONTH)


def test_what_the_checks_prove() -> None:
    found = standing(THREE_NINES, [past()], NOW, UTC).proof
    assert found is not None
    assert (found.checks, found.failed, f"{found.least:.6f}") == (8640, 0, "0.999653")
    assert (found.hours, found.bad_hours, f"{found.least_hours:.6f}") == (720, 0, "0.995848")
    one = standing(THREE_NINES, [past((NOW % HOUR + HOUR, 300))], NOW, UTC).proof
    assert one is not None
    assert (one.failed, one.bad_hours) == (1, 1)


def test_the_windows_of_the_calendar() -> None:
    at = parse_instant("2026-08-12T10:00:00Z")
    berlin = ZoneInfo("Europe/Berlin")
    starts = {
        days: window_of(replace(THREE_NINES, window=days * DAY, rolling=False), at, berlin)[0]
        for days in (1, 7, 30, 90, 365)
    }
    assert starts == {
        1: parse_instant("2026-08-11T22:00:00Z"), 7: parse_instant("2026-08-09T22:00:00Z"),
        30: parse_instant("2026-07-31T22:00:00Z"), 90: parse_instant("2026-06-30T22:00:00Z"),
        365: parse_instant("2025-12-31T23:00:00Z"),
    }  # fmt: skip


def test_prefix_sums_agree_with_the_arithmetic_of_the_pages() -> None:
    segments = [
        Segment(NOW - 9000, NOW - 7000, UP), Segment(NOW - 7000, NOW - 5000, PARTIAL),
        Segment(NOW - 4000, NOW - 3000, DOWN), Segment(NOW - 3000, NOW, State.DEGRADED),
    ]  # fmt: skip
    windows = [(NOW - 5500, NOW - 4500), (NOW - 2000, NOW - 1000)]
    made = Past(Measured(NOW, Observed.of(segments, windows), NOW - 9000), 300)
    for start in range(NOW - 9500, NOW, 333):
        for end in range(start, NOW, 777):
            told = uptime(segments, start=start, end=end, now=NOW, maintenance=windows)
            found = made.tally(start, end)
            assert (found.ratio, found.observed, found.whole) == (
                told.ratio, told.observed, told.window,
            )  # fmt: skip


def test_since_when_is_the_same_at_every_build() -> None:
    made = past((40 * DAY, 2 * HOUR))
    now = Replay(THREE_NINES, [made], NOW, UTC).present
    assert (now.verdict, now.always) == (Verdict.MET, False)
    lost_until = NOW - 40 * DAY + 2 * HOUR
    # By then so much of the outage has left the window that 2592 s of it remain.
    assert now.since is not None
    assert 0 <= (lost_until - 2592 + MONTH) - now.since < HOUR
    for earlier in (DAY // 3, HOUR, 777):
        assert Replay(THREE_NINES, [made], NOW - earlier, UTC).present.since == now.since
    young = Replay(THREE_NINES, [past(length=60 * DAY)], NOW, UTC).present
    assert young.verdict is Verdict.MET
    assert young.since is not None
    assert NOW - 46 * DAY <= young.since <= NOW - 44 * DAY, "half of the window was seen by then"


def objectives(*bad: Segment, wanted: str = "99.9") -> object:
    lines = [Segment(NOW - 90 * DAY, bad[0].start, UP), *bad, Segment(bad[-1].end, NOW, UP)]
    site = replace(
        settings({"web": ["web"]}, {"": ["web"]}),
        objectives=(
            Objective(id="web-30d", target=replace(
                THREE_NINES, value=Fraction(wanted) / 100, components=("web",)
            )),
        ),
    )  # fmt: skip
    (found,) = objective_standings(site, Facts(site, timeline(line("web", lines))), {"web": 300})
    return found


def test_the_budget_of_30_days_at_three_nines() -> None:
    """B2: 2592 seconds, which are 8.64 checks; all of it spent is nothing left, and no debt."""
    spent = objectives(Segment(NOW - 5 * DAY, NOW - 5 * DAY + 2592, DOWN))
    assert (spent.budget, spent.left) == (2592, 0)  # type: ignore[attr-defined]
    assert spent.checks_budget == Fraction("8.64")  # type: ignore[attr-defined]
    assert spent.checks_left == 0  # type: ignore[attr-defined]
    assert spent.standing.verdict is Verdict.MET  # type: ignore[attr-defined]
    assert spent.met_again is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "over", "bad", "rate"),
    [("99.9", HOUR, Fraction("51.84"), "14.4"), ("99.9", 6 * HOUR, Fraction("129.6"), "6"),
     ("99", HOUR, Fraction("518.4"), "14.4")],
)  # fmt: skip
def test_burn_rates(wanted: str, over: int, bad: Fraction, rate: str) -> None:
    """B1: a loss of 1.44 % in an hour burns 14.4 times; whole seconds come within 2 %."""
    found = objectives(Segment(NOW - over // 2, NOW - over // 2 + round(bad), DOWN), wanted=wanted)
    burn = next(each for each in found.burns if each.long == over)  # type: ignore[attr-defined]
    assert burn.over_long is not None
    assert abs(float(burn.over_long) / float(rate) - 1) < 0.02
    assert burn.short >= 900, "a shorter one would hold no check"


def test_an_end_of_a_budget_of_nothing_is_no_crash() -> None:
    found = objectives(Segment(NOW - HOUR, NOW - HOUR + 300, DOWN), wanted="100")
    assert found.standing.verdict is Verdict.MISSED  # type: ignore[attr-defined]
    assert (found.budget, found.left) == (0, -300)  # type: ignore[attr-defined]
    assert found.burns[0].over_long is None  # type: ignore[attr-defined]
    assert found.met_again is None  # type: ignore[attr-defined]


def test_when_it_is_met_again_if_nothing_fails() -> None:
    start = NOW - 20 * DAY
    found = objectives(Segment(start, start + 4000, DOWN))
    # 4000 - 2592 seconds of the outage must have left the window.
    assert found.met_again == start + (4000 - 2592) + MONTH  # type: ignore[attr-defined]


@pytest.mark.parametrize("combine", list(Combine))
@pytest.mark.parametrize("operator", ["<", "<=", ">", ">="])
@pytest.mark.parametrize(
    ("metric", "value"),
    [(Metric.UPTIME, "99%"), (Metric.UPTIME, "100%"), (Metric.ERROR_RATE, "1%"),
     (Metric.DOWNTIME, "20 minutes"), (Metric.DOWNTIME, "20 parsecs")],
)  # fmt: skip
def test_many_moments_at_once_are_judged_as_each_alone(
    metric: Metric, value: str, operator: str, combine: Combine
) -> None:
    seldom = past((3 * DAY, 5 * HOUR), (2 * DAY, 1200), length=6 * DAY, cadence=1200)
    gap = [Segment(NOW - 5 * DAY, NOW - 4 * DAY, UP), Segment(NOW - 2 * DAY, NOW - DAY, PARTIAL)]
    windows = [(NOW - 3 * DAY, NOW - 2 * DAY - HOUR)]
    torn = Past(Measured(NOW, Observed.of(gap, windows), NOW - 5 * DAY), 60)
    marks = range(NOW - 7 * DAY, NOW + 1, 5 * HOUR)
    for several in ([seldom], [torn], [seldom, torn, past()]):
        for coverage in (Fraction(0), Fraction(1, 2), Fraction(1)):
            held = target(
                metric, f"{operator} {value}", DAY, combine=combine, min_coverage=coverage
            )
            alone = [standing(held, several, at, UTC).verdict for at in marks]
            together = verdicts_at(held, several, marks, MONTH)
            if value.endswith("parsecs") or (combine is Combine.AVERAGE and len(several) > 1):
                assert together is None
            else:
                assert together == alone


def test_flips_and_the_last_time_that_a_verdict_was_wanted() -> None:
    made = past((40 * DAY, 2 * HOUR), (5 * DAY, HOUR))
    replay = Replay(THREE_NINES, [made], NOW, UTC)
    flips = replay.flips(90)
    assert [verdict for _, verdict in flips] == ["unknown", "met", "missed", "met", "missed"]
    assert flips[-1][0] == replay.present.since
    assert NOW - 5 * DAY - HOUR <= flips[-1][0] <= NOW - 5 * DAY + HOUR
    last = replay.last(lambda verdict: verdict is Verdict.MET)
    assert last is not None
    assert flips[-1][0] <= last <= flips[-1][0] + HOUR
    assert (
        Replay(THREE_NINES, [past(length=DAY)], NOW, UTC).last(
            lambda verdict: verdict is Verdict.MET
        )
        is None
    )


def test_maintenance_that_is_left_out_takes_its_share_of_the_budget() -> None:
    """Of 29 days and 12 hours the budget is less than of 30 days; what failed then is no loss."""
    worked = (NOW - 4 * DAY, NOW - 4 * DAY + 12 * HOUR)
    lines = [
        Segment(NOW - 90 * DAY, worked[0], UP), Segment(*worked, DOWN), Segment(worked[1], NOW, UP)
    ]  # fmt: skip
    held = Objective(id="web-30d", target=replace(THREE_NINES, components=("web",)))
    site = replace(settings({"web": ["web"]}, {"": ["web"]}), objectives=(held,))
    for windows, lost in (({"web": [worked]}, 0), ({}, 12 * HOUR)):
        facts = Facts(site, timeline(line("web", lines)), windows)
        (found,) = objective_standings(site, facts, {"web": 300})
        out = 0 if lost else 12 * HOUR
        assert found.maintained == out
        assert found.budget == Fraction(MONTH - out, 1000)
        assert found.left == found.budget - lost
        edition = SimpleNamespace(words=Words.of(), clock=SimpleNamespace(zone=UTC))
        said = " ".join(objective_details(edition, found)).replace("\u00a0", " ")  # type: ignore[arg-type]
        assert ("Planned maintenance is left out: 12 h in this time." in said) is bool(out)
        assert ("there was none in this time" in said) is not bool(out)

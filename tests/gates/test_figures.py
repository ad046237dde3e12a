"""Figures of one's own: files, hands, and how they are refused; trends and where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import DAY, format_instant
from statusgen.base.errors import InputError
from statusgen.gates.evaluate import Measure, gates_of
from statusgen.gates.files import read_series, unasked
from statusgen.gates.gate import Gate
from statusgen.gates.readiness import readiness
from statusgen.gates.series import Series
from statusgen.gates.trend import Crossing, Method, Refusal, crossing
from statusgen.roadmap.loader import load_roadmap

BERLIN = ZoneInfo("Europe/Berlin")


def read(folder: Path, **files: str) -> tuple[dict[str, list[tuple[str, int]]], list[str]]:
    """Read files of figures, named ``users_json`` for ``users.json``."""
    place = folder / "data/metrics"
    place.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (place / name.replace("_", ".")).write_text(text, encoding="utf-8")
    found, problems = read_series(folder, BERLIN)
    points = {
        name: [(format_instant(at), int(figure)) for at, figure in series.points]
        for name, series in found.items()
    }
    told = [f"{each.file}:{each.line}:{each.column}: {each.message}" for each in problems]
    return points, told


@pytest.mark.parametrize(
    "text",
    [
        '{"2026-10-01": 31, "2026-11-01": 44}',
        '{"source": "billing", "values": {"2026-10-01": 31, "2026-11-01": "44"}}',
        '[{"date": "2026-11-01", "value": 44}, {"date": "2026-10-01", "value": 31}]',
        '{"data": [\n\t["2026-10-01", 31],\n\t["2026-10-31T23:00:00Z", 44]\n]}',
    ],
)
def test_json_in_the_shapes_that_people_write(tmp_path: Path, text: str) -> None:
    points, problems = read(tmp_path, users_json=text)
    assert problems == []
    # A date begins at midnight in the site's zone; summer time ended between the two.
    assert points == {"users": [("2026-09-30T22:00:00Z", 31), ("2026-10-31T23:00:00Z", 44)]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"2026-10-01": 31,\n "2026-10-02": true}', ":2:16: 'true' is no number"),
        ('[["2026-10-01", 31],\n ["2026-13-01", 5]]', ":2:2: '2026-13-01' is no date"),
        ('[{"date": "2026-W10-1", "value": 5}]', ":1:2: '2026-W10-1' is no date"),
        ('{"values": {"2026-10-01": 1e400}}', ":1:27: '1e400' is no number"),
        ('{"2026-10-01": 31', ":1:18: is no JSON"),
        ('"2026"', ":1:1: holds no figures"),
        ('[["2026-10-01", 1], ["2026-10-01", 2]]', "is a date that stands here twice"),
    ],
)
def test_json_with_faults_says_where(tmp_path: Path, text: str, told: str) -> None:
    points, problems = read(tmp_path, users_json=text)
    assert points == {}
    assert told in problems[0]


def test_two_files_of_one_name_are_one_too_many(tmp_path: Path) -> None:
    points, problems = read(
        tmp_path, users_json='{"2026-10-01": 1}', users_csv="2026-10-01,2\n", notes_txt="nothing"
    )
    assert list(points) == ["users"]
    assert "tells the same as data/metrics/users.csv" in problems[0]


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ("users: {value: 61}", "has no `on:`"),
        ("users: {value: 61, on: 2026-11-01}", "has no `source:`"),
        ("users: {on: 2026-11-01, source: x}", "where it comes from"),
        ("users: {component: api, value: 61, on: 2026-11-01, source: x}", "where it comes from"),
        ("users: {value: 50-60, on: 2026-11-01, source: x}", "is a range"),
        ("user: {value: 61, on: 2026-11-01, source: x}", "did you mean 'users'"),
        ("users: {value: 61, date: 2026-11-01, source: x}", "write `on:`"),
    ],
)
def test_a_figure_by_hand_names_its_day_and_its_source(
    tmp_path: Path, measures: str, told: str
) -> None:
    path = tmp_path / "plan.yml"
    stages = "stages: [{id: more, name: More, trigger: 50+ users}]"
    path.write_text(f"id: plan\nname: Plan\n{stages}\nmeasures:\n  {measures}\n")
    with pytest.raises(InputError) as caught:
        load_roadmap(path)
    said = str(caught.value)
    assert told in said
    assert ":5:" in said


def reached(values: list[float], aim: float, *, rising: bool = True) -> Crossing | Refusal:
    points = [(30 * DAY * n, Fraction(str(value))) for n, value in enumerate(values)]
    return crossing(points, Fraction(str(aim)), rising=rising)


def test_what_falls_reaches_a_lower_value_too() -> None:
    found = reached([90, 80, 71, 60, 50], 20, rising=False)
    assert isinstance(found, Crossing)
    assert found.first < found.likely < found.last
    assert reached([90, 80, 71, 60, 50], 120) is Refusal.FLAT


def test_a_day_within_ten_times_what_was_looked_at_is_named() -> None:
    assert isinstance(reached([10, 11, 12, 13, 14], 50), Crossing)


def test_growth_by_a_share_is_told_from_a_straight_line() -> None:
    doubling = reached([1, 2, 4, 8, 16, 32], 100)
    straight = reached([10, 20, 31, 40, 50, 60], 100)
    assert isinstance(doubling, Crossing)
    assert isinstance(straight, Crossing)
    assert (doubling.method, straight.method) == (Method.GROWTH, Method.LINE)
    assert doubling.likely // DAY - 150 in (49, 50, 51), "log2(100 / 32) months of thirty days"


@pytest.mark.parametrize(
    ("values", "aim", "why"),
    [
        ([1, 9, 20], 100, Refusal.THIN),
        ([5, 5, 5, 5, 5], 100, Refusal.FLAT),
        ([40, 55, 41, 56, 42, 57, 43, 58], 100, Refusal.FLAT),
        # It grows beyond doubt, and swings by far more than it grows.
        ([n + (4.6 if n % 2 else -4.6) for n in range(13)], 100, Refusal.FLAT),
        ([10, 11, 12, 13, 14], 1000, Refusal.FAR),
        # In less than ten years, and in over ten times what was looked at.
        ([10, 11, 12, 13, 14], 60, Refusal.FAR),
        ([], 3, Refusal.THIN),
    ],
)
def test_no_day_is_named_where_none_can_be(values: list[float], aim: float, why: Refusal) -> None:
    assert reached(values, aim) is why


NOW = 1_790_000_000
PLAN = """\
id: plan
name: Plan
stages:
  - {id: more, name: More, trigger: 50+ users}
  - {id: fewer, name: Fewer, trigger: "< 10 tickets"}
  - {id: either, name: Either, trigger: "50+ users, an audit"}
  - {id: after, name: After, depends_on: [more]}
success:
  - {id: mood, text: Mood, metric: other, target: ">= 4"}
metrics:
  - {id: queue, name: Queue, alert: "> 100"}
rollback:
  triggers:
    - {id: refunds, text: Refunds, metric: other, target: "> 3"}
"""


def gates(folder: Path, **figures: Sequence[tuple[int, float]]) -> list[Gate]:
    """Hold a plan against figures: ``(days ago, figure)``."""
    path = folder / "plan.yml"
    path.write_text(PLAN)
    series = {
        name: Series(name, tuple((NOW - ago * DAY, Fraction(str(each))) for ago, each in points))
        for name, points in figures.items()
    }

    def nothing(names: Sequence[str]) -> list[object]:
        raise KeyError(names)

    measure = Measure(now=NOW, zone=BERLIN, pasts=nothing, series=series)  # type: ignore[arg-type]
    return list(gates_of(load_roadmap(path), measure))


def test_an_old_figure_tells_nothing_of_the_present(tmp_path: Path) -> None:
    (old,) = (each for each in gates(tmp_path, users=[(101, 70)]) if each.id == "more")
    assert (str(old.verdict), str(old.why), old.figure) == ("unknown", "old", Fraction(70))
    (new,) = (each for each in gates(tmp_path, users=[(100, 70)]) if each.id == "more")
    assert new.verdict == "met"


def test_what_is_not_known_yet_counts_for_nothing(tmp_path: Path) -> None:
    (gate,) = (each for each in gates(tmp_path, users=[(2, 40), (-3, 70)]) if each.id == "more")
    assert (str(gate.verdict), gate.figure) == ("missed", Fraction(40))
    (gate,) = (each for each in gates(tmp_path, users=[(-3, 70)]) if each.id == "more")
    assert (gate.verdict, gate.why) == ("unknown", "nothing")


def test_fewer_than_is_reached_from_above(tmp_path: Path) -> None:
    for count, verdict in ((9, "met"), (10, "missed"), (0, "met")):
        (gate,) = (each for each in gates(tmp_path, tickets=[(1, count)]) if each.id == "fewer")
        assert gate.verdict == verdict


def test_a_figure_flips_by_itself_on_the_day_that_it_does(tmp_path: Path) -> None:
    found = {each.id: each for each in gates(
        tmp_path, mood=[(200, 5), (50, 3), (20, 4), (5, 3)], queue=[(80, 200), (70, 50), (10, 120)]
    )}  # fmt: skip
    mood, queue = found["mood"], found["queue"]
    assert [(NOW - at) // DAY for at, _ in mood.flips] == [200, 50, 20, 5]
    assert mood.since == mood.last_good == NOW - 5 * DAY
    assert [((NOW - start) // DAY, (NOW - end) // DAY) for start, end in queue.fired] == [
        (80, 70), (10, 0),
    ]  # fmt: skip


def test_what_a_stage_waits_for(tmp_path: Path) -> None:
    def ready(**figures: Sequence[tuple[int, float]]) -> dict[str, str]:
        found = gates(tmp_path, **figures)
        plan = load_roadmap(tmp_path / "plan.yml")
        return {name: str(each.state) for name, each in readiness(plan, found).items()}

    assert ready() == {
        "more": "unknown", "fewer": "unknown", "either": "unknown", "after": "not-ready",
    }  # fmt: skip
    assert ready(users=[(1, 60)], tickets=[(1, 12)]) == {
        "more": "ready", "fewer": "not-ready", "either": "ready", "after": "not-ready",
    }  # fmt: skip
    # A reason to go back has come about: nothing more may begin.
    assert ready(users=[(1, 60)], refunds=[(1, 4)])["more"] == "not-ready"


def test_figures_that_no_roadmap_asks_for_are_doubted(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(PLAN)
    read(tmp_path, user_csv="2026-10-01,1\n", users_csv="2026-10-01,1\n")
    series, _ = read_series(tmp_path, BERLIN)
    (doubt,) = unasked(series, [load_roadmap(path)])
    assert (doubt.file, doubt.fix) == ("data/metrics/user.csv", "did you mean 'users'?")


def test_what_an_author_measured_goes_before_what_the_plan_derives(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    text = """\
id: plan
name: Plan
stages: [{id: more, name: More, cost: $100/month}]
success:
  - {id: bill, text: Bill, metric: cost, target: "< $120/month", formula: more.stated}
"""
    written = "measures: {bill: {value: 130, on: 2026-09-01, source: the bank}}\n"
    said = []
    for more in ("", written):
        path.write_text(text + more)
        measure = Measure(now=NOW, zone=BERLIN, pasts=lambda _: [])
        (gate,) = gates_of(load_roadmap(path), measure)
        said.append((str(gate.verdict), str(gate.source), gate.figure))
    assert said == [("met", "derived", Fraction(100)), ("missed", "hand", Fraction(130))]

"""Figures of one's own: files, hands, and how they are refused; trends and where there is none."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import DAY, format_instant
from statusgen.base.errors import InputError
from statusgen.gates.files import read_series
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
        ([10, 11, 12, 13, 14], 1000, Refusal.FAR),
        ([], 3, Refusal.THIN),
    ],
)
def test_no_day_is_named_where_none_can_be(values: list[float], aim: float, why: Refusal) -> None:
    assert reached(values, aim) is why

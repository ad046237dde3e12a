"""Windows of the calendar in the forms and languages in which people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.roadmap.model import TimeUnit, When
from tests.roadmap.test_moments import plan


def read(folder: Path, text: str) -> When:
    (stage,) = plan(folder, f'stages:\n- name: S\n  when: "{text}"\n').stages
    assert stage.when is not None
    assert str(stage.when) == text
    return stage.when


@pytest.mark.parametrize(
    "text",
    [
        "2026-10 to 2027-01",
        "2026-10 bis 2027-01",
        "2026-10 until 2027-01",
        "2026-10/2027-01",
        "2026-10–2027-01",
        "10/2026 - 01/2027",
        "from October 2026 to January 2027",
        "Oct 2026 through Jan 2027",
        "Oktober 2026 bis Januar 2027",
        "von Oktober 2026 bis Ende Januar 2027",
        "d'octobre 2026 à janvier 2027",
        "octubre de 2026 a enero de 2027",
        "da ottobre 2026 a gennaio 2027",
        "de outubro de 2026 até janeiro de 2027",
        "oktober 2026 t/m januari 2027",
        "oktober 2026 till januari 2027",
        "oktober 2026 til januar 2027",
        "od października 2026 do stycznia 2027",
        "с октября 2026 по январь 2027",
        "ekim 2026 – ocak 2027",
        "2026年10月〜2027年1月",
        "2026年10月から2027年1月まで",
        "2026年10月至2027年1月",
        "2026년 10월부터 2027년 1월까지",
    ],
)
def test_months_from_one_to_another(tmp_path: Path, text: str) -> None:
    when = read(tmp_path, text)
    assert (when.start, when.end, when.open) == (date(2026, 10, 1), date(2027, 1, 31), False)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-2027", "2026-01-01", "2027-12-31"),
        ("H1 2027", "2027-01-01", "2027-06-30"),
        ("2027-H2", "2027-07-01", "2027-12-31"),
        ("2. Halbjahr 2027", "2027-07-01", "2027-12-31"),
        ("1er semestre 2027", "2027-01-01", "2027-06-30"),
        ("2027年下半年", "2027-07-01", "2027-12-31"),
        ("Q4 2026", "2026-10-01", "2026-12-31"),
        ("T4 2026", "2026-10-01", "2026-12-31"),
        ("4. Quartal 2026", "2026-10-01", "2026-12-31"),
        ("2nd quarter of 2027", "2027-04-01", "2027-06-30"),
        ("3º trimestre de 2027", "2027-07-01", "2027-09-30"),
        ("2027년 2분기", "2027-04-01", "2027-06-30"),
        ("Q1–Q2 2027", "2027-01-01", "2027-06-30"),
        ("Q4 2026 to Q1 2027", "2026-10-01", "2027-03-31"),
        ("Oktober bis Dezember 2026", "2026-10-01", "2026-12-31"),
        ("2026年10月〜12月", "2026-10-01", "2026-12-31"),
        ("2026-10-05 bis 2026-10-09", "2026-10-05", "2026-10-09"),
        ("5. Oktober 2026 bis Januar 2027", "2026-10-05", "2027-01-31"),
        ("05.10.2026", "2026-10-05", "2026-10-05"),
        ("5 to 9 October 2026", "2026-10-05", "2026-10-09"),
    ],
)
def test_parts_of_the_calendar(tmp_path: Path, text: str, start: str, end: str) -> None:
    when = read(tmp_path, text)
    assert (str(when.start), str(when.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "from March 2027",
        "since 2027-03",
        "March 2027 onwards",
        "ab März 2027",
        "à partir de mars 2027",
        "desde marzo de 2027",
        "od marca 2027",
        "2027年3月以降",
        "2027-03+",
    ],
)
def test_windows_without_an_end(tmp_path: Path, text: str) -> None:
    when = read(tmp_path, text)
    assert (when.start, when.end, when.open) == (date(2027, 3, 1), None, True)


@pytest.mark.parametrize(
    ("text", "unit", "last"),
    [
        ("Week 2 to 4", TimeUnit.WEEK, 4),
        ("Woche 2 bis 4", TimeUnit.WEEK, 4),
        ("semaine 2 à 4", TimeUnit.WEEK, 4),
        ("Jetzt", TimeUnit.NOW, None),
        ("maintenant", TimeUnit.NOW, None),
        ("現在", TimeUnit.NOW, None),
    ],
)
def test_weeks_and_now_in_other_languages(
    tmp_path: Path, text: str, unit: TimeUnit, last: int | None
) -> None:
    when = read(tmp_path, text)
    assert (when.unit, when.last) == (unit, last)


@pytest.mark.parametrize(
    "text",
    [
        "09/10/2026",  # September to some, October to others
        "2026/27",
        "2026/2027",  # a season, or two years
        "S1 2027",  # a half-year, or a week
        "FY2027 H1",
        "de marzo de 2027",  # of March, or from March on
        "2027年上期",  # half of a year that begins in April
        "KW 40",
        "1200",
        "later",
        "TBD",
        "mid-2027",
        "early 2027",
    ],
)
def test_what_may_mean_two_things_is_told_how_times_are_written(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    (problem,) = refused.value.problems
    for form in ("2026-10 to 2027-01", "H1 2027", "from March 2027", "Week 2-4"):
        assert form in problem.fix


@pytest.mark.parametrize("text", ["until March 2027", "bis März 2027", "2027年3月まで"])
def test_an_end_alone_is_when_it_is_due(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"has no beginning; write both.*`due:`"):
        read(tmp_path, text)


@pytest.mark.parametrize("text", ["2027-01 to 2026-10", "Januar 2027 bis Oktober 2026"])
def test_windows_do_not_run_backwards(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="runs backwards"):
        read(tmp_path, text)

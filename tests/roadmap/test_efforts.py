"""How long work takes, in the forms and languages in which people write it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.roadmap.model import Effort, parse_effort
from statusgen.roadmap.money import Range
from tests.roadmap.test_moments import plan


def read(folder: Path, text: str) -> Effort:
    (stage,) = plan(folder, f'stages:\n- name: S\n  effort: "{text}"\n').stages
    assert stage.effort is not None
    assert str(stage.effort) == text
    return stage.effort


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("half a day", 240, 240),
        ("half an hour", 30, 30),
        ("half-day", 240, 240),
        ("½ day", 240, 240),
        ("1½ days", 720, 720),
        ("0.5 days", 240, 240),
        ("ein halber Tag", 240, 240),
        ("une demi-journée", 240, 240),
        ("medio día", 240, 240),
        ("pół dnia", 240, 240),
        ("半日", 240, 240),
        ("半天", 240, 240),
        ("up to 3 days", 0, 1440),
        ("bis zu 3 Tage", 0, 1440),
        ("jusqu'à 3 jours", 0, 1440),
        ("< 3 days", 0, 1440),
        ("2 PT", 960, 960),
        ("1-2 PT", 480, 960),
        ("2人日", 960, 960),
    ],
)
def test_efforts(tmp_path: Path, text: str, low: int, high: int) -> None:
    assert read(tmp_path, text).minutes == Range(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text", ["half", "half done", "a day a week", "3 pints", "up to date", "半分", "½", "2 PT/week"]
)
def test_what_is_no_effort_is_told_how_to_write_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    (problem,) = refused.value.problems
    assert "half a day, 0.5 days, up to 3 days" in problem.fix


@pytest.mark.parametrize("text", ["12 PT", "up to 30 days"])
def test_outside_of_an_effort_they_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="is no effort"):
        parse_effort(text)

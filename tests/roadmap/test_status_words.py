"""How far a part is, in people's words; what says something else is told what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from tests.roadmap.test_moments import plan

STAGE = "stages: [{{name: S, status: {word}}}]\n"


def refusal(folder: Path, word: str) -> str:
    with pytest.raises(InputError) as refused:
        plan(folder, STAGE.format(word=word))
    (problem,) = refused.value.problems
    assert problem.line == 2
    return f"{problem.message}; {problem.fix}"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("doing", "current"),
        ("Doing", "current"),
        ("in  progress", "current"),
        ("läuft", "current"),
        ("en cours", "current"),
        ("進行中", "current"),
        ("shipped", "done"),
        ("erledigt", "done"),
        ("not started", "planned"),
    ],
)
def test_a_word_for_a_status_is_read(tmp_path: Path, word: str, status: str) -> None:
    assert plan(tmp_path, STAGE.format(word=word)).stages[0].status == status


@pytest.mark.parametrize(
    "word", ["blocked", "On Hold", "paused", "pausiert", "bloqué", "保留", "приостановлено"]
)
def test_what_stands_still_may_have_begun_or_not(tmp_path: Path, word: str) -> None:
    said = refusal(tmp_path, word)
    assert "how far" in said
    for written in ("`current`", "`planned`", "`depends_on:`", "`notes:`"):
        assert written in said
    assert "did you mean" not in said


@pytest.mark.parametrize("word", ["now", "Next", "later", "später", "plus tard", "次", "straks"])
def test_a_horizon_is_no_status(tmp_path: Path, word: str) -> None:
    said = refusal(tmp_path, word)
    assert "`when:`" in said
    assert "did you mean" not in said


@pytest.mark.parametrize(
    "word",
    ["undone", "incomplete", "unfinished", "unerledigt", "未完了", "stopped", "done?"],
)
def test_no_word_is_taken_for_its_opposite(tmp_path: Path, word: str) -> None:
    said = refusal(tmp_path, word)
    assert "did you mean" not in said
    assert "planned, current, done or dropped" in said


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("plannd", "planned"),
        ("doign", "doing"),
        ("droped", "dropped"),
        ("abgeschlosen", "abgeschlossen"),
    ],
)
def test_a_slip_of_the_pen_is_told(tmp_path: Path, word: str, meant: str) -> None:
    assert f"did you mean {meant!r}?" in refusal(tmp_path, word)

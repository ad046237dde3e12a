"""What people write in a stage, and what they are told of keys that have other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.roadmap.model import Roadmap
from tests.roadmap.test_moments import plan

POINTS = "[Restore a backup, '[x] Tell the users']"


@pytest.mark.parametrize("key", ["stages", "phases"])
@pytest.mark.parametrize(
    "checklist",
    [
        f"checklist: {POINTS}",
        f"checklist: {{name: Move, points: {POINTS}}}",
        f"checklists: [{{name: Move, points: {POINTS}}}]",
        f"checklist: {{groups: [{{name: Move, points: {POINTS}}}]}}",
    ],
)
def test_a_checklist_of_a_stage_is_one_of_the_plan(
    tmp_path: Path, key: str, checklist: str
) -> None:
    read = plan(tmp_path, f"{key}:\n- name: Move\n  {checklist}\n")
    (group,) = read.checklists[0].groups
    assert (group.stage, [point.text for point in group.points]) == (
        "move",
        ["Restore a backup", "Tell the users"],
    )
    assert [group.is_done(point) for point in group.points] == [False, True]


def test_a_checklist_says_its_stage_where_it_stands(tmp_path: Path) -> None:
    text = f"stages: [Move]\nchecklists: [{{name: Before, stage: move, points: {POINTS}}}]\n"
    assert plan(tmp_path, text).checklists[0].groups[0].stage == "move"


def test_a_checklist_of_groups_keeps_what_each_says(tmp_path: Path) -> None:
    groups = "[{name: A, points: [a]}, {name: B, stage: later, points: [b]}]"
    text = f"stages: [Move, Later]\nchecklists: [{{name: L, stage: move, groups: {groups}}}]\n"
    assert [one.stage for one in plan(tmp_path, text).checklists[0].groups] == ["move", "later"]


def test_checklists_of_stages_stand_beside_those_of_the_plan(tmp_path: Path) -> None:
    text = (
        "checklists: [{name: All, points: [a]}]\n"
        "stages:\n- {name: One, checklist: [b]}\n- {name: Two, checklist: [c]}\n"
    )
    read = plan(tmp_path, text)
    assert [(one.id, one.name, one.groups[0].stage) for one in read.checklists] == [
        ("all", "All", None),
        ("one-checklist", "One", "one"),
        ("two-checklist", "Two", "two"),
    ]


def refusal(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        plan(folder, text)
    return [f"{one.line}:{one.column} {one.message}; {one.fix}" for one in refused.value.problems]


def test_faults_of_a_moved_part_are_told_where_it_stands(tmp_path: Path) -> None:
    (said,) = refusal(
        tmp_path, "phases:\n- name: Move\n  checklist:\n  - fine\n  - {text: a, item: nothing}\n"
    )
    assert said.startswith("6:")
    (said,) = refusal(
        tmp_path,
        "phases:\n- name: Move\n  choices:\n  - name: Which?\n    options:\n"
        "    - {name: A, price: 7 x}\n",
    )
    assert said.startswith("7:")


def choice(read: Roadmap) -> tuple[str, list[str], str | None]:
    (item,) = read.stages[0].items
    return item.name, [one.id for one in item.options], item.chosen.option if item.chosen else None


@pytest.mark.parametrize("key", ["choices: [{}]", "decision: {}", "choice: {}", "items: [{}]"])
def test_a_choice_of_a_stage_is_one_of_its_items(tmp_path: Path, key: str) -> None:
    written = key.format("{name: Which database?, options: [Postgres, MySQL], chosen: Postgres}")
    written = written if "{name" in written else written.replace("name:", "{name:")
    text = f"stages:\n- name: Move\n  {written}\n"
    assert choice(plan(tmp_path, text)) == (
        "Which database?",
        ["postgres", "mysql"],
        "postgres",
    )


@pytest.mark.parametrize(
    ("written", "snippet"),
    [
        ("decision: We take Postgres", "chosen: B"),
        ("decisions: [{need: speed, go: later}]", "chosen: B"),
        ("choices: [Postgres, MySQL]", "chosen: B"),
        ("options: [Postgres, MySQL]", "chosen: B"),
        ("checklist: tell the users", "checklist: [First thing, Second thing]"),
        ("checklists: [Restore, Tell]", "checklist: [First thing, Second thing]"),
        ("totals: £20/month", "`cost:`"),
        ("summary: What changes", "`goal:`"),
    ],
)
def test_what_is_not_plain_is_told_in_one_message(
    tmp_path: Path, written: str, snippet: str
) -> None:
    (said,) = refusal(tmp_path, f"stages:\n- name: Move\n  {written}\n")
    assert snippet in said
    assert "known here" not in said
    assert "did you mean" not in said


@pytest.mark.parametrize(
    "text",
    [
        "stages: [{title: Move}]\n",
        "stages: [{name: Move, items: [{title: Web}]}]\n",
        "stages: [{name: Move, items: [{label: Web}]}]\n",
        "stages: [{name: Move, items: [{Name: Web}]}]\n",
    ],
)
def test_a_misnamed_key_is_told_once(tmp_path: Path, text: str) -> None:
    (said,) = refusal(tmp_path, text)
    assert "name" in said
    assert "is required" not in said


def test_a_name_that_stands_nowhere_is_asked_for_once(tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, "stages: [{goal: Move}]\n")
    assert "add `name:`" in said

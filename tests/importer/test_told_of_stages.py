"""What is said of stages and their work, and what looks like it: lengths, years, denials."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _stage(below: str, bracket: str = "") -> dict[str, Any]:
    heads = f"# P\n\n## Phase 1: A{bracket}\n\n{below}\n\n## Phase 2: B\n\n- go\n"
    return _draft(heads)["phases"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("below", "effort"),
    [
        ("- Length: 3 weeks\n- Dig\n", "3 weeks"),
        ("- **Time:** 45m\n- Dig\n", "45m"),
        ("Dauer: 90 Minuten\n", "90 Minuten"),
        ("- Length: 120 m\n- Dig\n", None),
        ("- **Size:** 5 m\n- Dig\n", None),
    ],
)
def test_metres_are_no_minutes(below: str, effort: str | None) -> None:
    assert _stage(below).get("effort") == effort


@pytest.mark.parametrize(
    ("entries", "efforts"),
    [
        (["Dig (3 days)", "Lay (2 days)"], ["3 days", "2 days"]),
        (["Tour filmen (40 min)", "Schnitt (2 Stunden)"], ["40 min", "2 Stunden"]),
        (["測量（3日間）", "掘削（2週間）"], ["3日間", "2週間"]),
        (["Cable (120 m)", "Pipe (80 m)"], [None, None]),
        (["Access token (15 min)", "Refresh token (7 days)"], [None, None]),
        (["Ann (12 years)", "Bob (10 years)"], [None, None]),
    ],
)
def test_a_bracket_in_a_list_is_an_effort_where_somebody_works(
    entries: list[str], efforts: list[str | None]
) -> None:
    items = _stage("".join(f"- {entry}\n" for entry in entries))["items"]

    assert [item.get("effort") for item in items] == efforts


@pytest.mark.parametrize("years", ["2027", "2026–2028", "2028-2030", "2031/32", "FY26–FY27"])
def test_years_behind_a_stage_are_when_it_is(years: str) -> None:
    stage = _stage("- go", f" ({years})")

    assert stage["facets"] == {"When": [years]}
    assert "trigger" not in stage


@pytest.mark.parametrize(
    ("bracket", "field"),
    [
        ("200+ users", "trigger"),
        ("ab 500 Nutzern", "trigger"),
        ("> 2 TB", "trigger"),
        ("500 m", "reason"),
        ("Section 3.2", "reason"),
        ("v2", "reason"),
    ],
)
def test_a_number_behind_a_stage_is_a_condition_where_it_counts(bracket: str, field: str) -> None:
    assert _stage("- go", f" ({bracket})")[field] == bracket


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Done in May, not billed", "done"),
        ("In progress: no blockers", "current"),
        ("Fertig (noch nicht bezahlt)", "done"),
        ("Not started", "planned"),
        ("Done? Not yet.", None),
        ("Live migration not possible", None),
        ("Fertig ist hier noch nichts, nicht einmal das Fundament", "done"),
        ("完了していない", None),
        ("Terminé ? Pas encore", None),
    ],
)
def test_a_status_that_is_asked_or_denied_is_none(said: str, status: str | None) -> None:
    assert _stage(f"Status: {said}").get("status") == status


@pytest.mark.parametrize(
    ("header", "efforts", "is_work"),
    [
        ("Effort", ("3 days", "4 hours"), True),
        ("Aufwand", ("2 Tage", "1 Woche"), True),
        ("Effort (days)", ("3", "4"), True),
        ("Duration", ("5 min", "10 min"), False),
        ("Time", ("9:00", "9:30"), False),
    ],
)
def test_tasks_of_minutes_are_no_plan(header: str, efforts: tuple[str, str], is_work: bool) -> None:
    rows = f"| Stop | Ann | {efforts[0]} |\n| Go | Bob | {efforts[1]} |\n"
    draft = _draft(f"# P\n\n## List\n\n| Task | Owner | {header} |\n|---|---|---|\n{rows}")

    assert ("stages" in draft) is is_work


@pytest.mark.parametrize(
    ("block", "points"),
    [
        ("[ ] Dig\n[x] Lay", ["Dig", "Lay"]),
        ("## Work\n- [ ] Dig\n- [x] Lay", ["Dig", "Lay"]),
        ("[X] Graben\n[ ] Legen", ["Graben", "Legen"]),
        ("[ ] = open\n[x] = done", []),
        ("[ ] - offen\n[x] - fertig", []),
    ],
)
def test_what_the_signs_of_boxes_mean_is_no_work(block: str, points: list[str]) -> None:
    text = f"# P\n\n## Phase 1: A\n\n```text\n{block}\n```\n\n## Phase 2: B\n\n- go\n"
    groups = [group for one in _draft(text).get("checklists", []) for group in one["groups"]]

    assert [point["text"] for group in groups for point in group["points"]] == points

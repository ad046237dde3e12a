"""Tables of stages in documents whose headings name stages as well."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    return draft


def _stages(text: str) -> list[dict[str, Any]]:
    draft = _draft(text)
    found: list[dict[str, Any]] = draft.get("stages") or draft["phases"]
    return found


PLAN = """# Plan

## {word} 3: {three}
- Bricks

## {word} 4: {four}
- Tiles

## Overview

| {word} | {lasts} | {risk} |
|---|---|---|
| {word} 1: Dig | {two} | A |
| {word} 2: Pour | {two} | B |
| {word} 3: {three} | {two} | C |
| {word} 4: {four} | {two} | D |
| **Total** | **8** | |
"""


@pytest.mark.parametrize(
    ("word", "lasts", "risk", "two"),
    [
        ("Phase", "Duration", "Risk", "2 weeks"),
        ("Fase", "Duración", "Complejidad", "2 semanas"),
        ("Sprint", "Dauer", "Priorität", "2 Wochen"),
    ],
)
def test_rows_tell_of_headings_and_add_the_others(
    word: str, lasts: str, risk: str, two: str
) -> None:
    text = PLAN.format(word=word, lasts=lasts, risk=risk, two=two, three="Walls", four="Roof")
    draft = _draft(text)
    stages = draft.get("stages") or draft["phases"]
    assert [stage["number"] for stage in stages] == ["1", "2", "3", "4"]
    assert [stage["name"] for stage in stages] == ["Dig", "Pour", "Walls", "Roof"]
    assert all(stage["effort"] == two for stage in stages)
    assert stages[2]["items"][0]["name"] == "Bricks"
    assert stages[2]["notes"] == [f"{risk}: C"]
    assert draft["notes"] == ["Total: 8"]
    assert "x-tables" not in draft


def test_row_says_nothing_twice() -> None:
    text = (
        "## Phase 1: Dig (2 weeks)\n- A\n\n## Phase 2: Pour\n**Status:** done\n- B\n\n## All\n\n"
        "| Phase | Duration | Status |\n|---|---|---|\n| 1 | 2 Weeks | Planned |\n"
        "| 2 | 3 weeks | ✅ done |\n"
    )
    one, two = _stages(text)
    assert one["effort"] == "2 weeks"
    assert one["status"] == "planned"
    assert two["effort"] == "3 weeks"
    assert two["status"] == "done"
    assert "notes" not in one
    assert "notes" not in two


def test_two_durations_of_a_stage_are_both_kept() -> None:
    text = (
        "## Phase 1: Dig (2 weeks)\n- A\n\n## Phase 2: Pour\n- B\n\n## All\n\n"
        "| Phase | Duration |\n|---|---|\n| Phase 1: Dig | 3 weeks |\n| Phase 2: Pour | 1 week |\n"
    )
    one = _stages(text)[0]
    assert one["effort"] == "2 weeks"
    assert one["notes"] == ["Duration: 3 weeks"]


def test_costs_stay_in_their_table_and_missing_stages_are_added() -> None:
    text = (
        "# P\n\n## Money\n\n| Phase | Duration | Cost |\n|---|---|---|\n"
        "| Phase 1: Dig | 2 weeks | $10K |\n| Phase 2: Pour | 3 weeks | $20K |\n"
        "| Phase 3: Paint | 1 week | $5K |\n| **Total** | **6 weeks** | **$35K** |\n\n"
        "## Phase 1: Dig (2 Weeks, $10K)\n- Trench\n\n## Phase 2: Pour (3 Weeks, $20K)\n- Slab\n"
    )
    draft = _draft(text)
    assert [stage["name"] for stage in draft["phases"]] == ["Dig", "Pour", "Paint"]
    assert draft["phases"][2]["cost"]["stated"] == "$5K"
    assert draft["summaries"][0]["total"]["monthly"] == "$35K"


def test_table_of_another_family_keeps_its_stages() -> None:
    text = (
        "# P\n\n## Overview\n\n| Phase | Dauer | Status |\n|---|---|---|\n"
        "| 1. Security | 2 Tage | Bereit |\n| 2. Encryption | 2 Wochen | Bereit |\n\n"
        "## Milestone 1: Hardened\n- A\n\n## Milestone 2: Private\n- B\n"
    )
    assert [(one["number"], one["name"]) for one in _stages(text)] == [
        ("1", "Hardened"),
        ("2", "Private"),
        ("Phase 1", "Security"),
        ("Phase 2", "Encryption"),
    ]


def test_dated_milestones_beside_waves_are_a_timeline() -> None:
    text = (
        "# P\n\n## Gates\n\n| Milestone | Date | Gate |\n|---|---|---|\n"
        "| M0 Kickoff | 2027-03-01 | All named |\n| M1 Walls up | 2027-04-12 | None open |\n\n"
        "### Wave A: Roads\n- A\n\n### Wave B: Bridges\n- B\n"
    )
    draft = _draft(text)
    assert [stage["name"] for stage in draft["stages"]] == ["Roads", "Bridges"]
    (timeline,) = draft["timelines"]
    told = [(one["when"], one["name"], one["notes"]) for one in timeline["entries"]]
    assert told == [
        ("2027-03-01", "M0 Kickoff", ["Gate: All named"]),
        ("2027-04-12", "M1 Walls up", ["Gate: None open"]),
    ]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Phase | Duration | Dose", ("Screening | 2 weeks | none", "Treatment | 8 weeks | 5 mg")),
        ("Phase | Patients | Result", ("Phase 1 | 20 | Safe", "Phase 2 | 200 | Works")),
        (
            "Phase | Duration | Dose",
            ("Phase 1: Volunteers | 2 weeks | 1", "Phase 2: Patients | 8 weeks | 5 mg"),
        ),
        ("Step | Duration | By", ("Step 1 | 2 weeks | A", "Step 2 | 8 weeks | B")),
    ],
)
def test_table_that_names_other_things_is_kept(header: str, rows: tuple[str, ...]) -> None:
    table = "\n".join((header, "---|---|---", *rows)) + "\n"
    text = f"# P\n\n## Phase 1: Dig\n- A\n\n## Phase 2: Pour\n- B\n\n## Trial\n\n{table}"
    draft = _draft(text)
    assert [stage["name"] for stage in draft["phases"]] == ["Dig", "Pour"]
    assert len(draft["x-tables"]) == 1
    assert not any("facets" in stage or "notes" in stage for stage in draft["phases"])


@pytest.mark.parametrize("last", ["| Holiday | Q3 2027 |", "| – | Q3 2027 |"])
def test_a_line_of_something_else_leaves_the_table_as_it_is(last: str) -> None:
    heads = "## Phase 1: Fence\n\n- a\n\n## Phase 2: Gate\n\n- b\n\n## When\n\n"
    rows = "| Phase 1: Fence | Q1 2027 |\n| Phase 2: Gate | Q2 2027 |\n"
    text = f"# P\n\n{heads}| Phase | When |\n|---|---|\n{rows}"
    told = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["phases"]
    left = yaml.safe_load(import_markdown(f"{text}{last}\n".encode(), "d.md").yaml)

    assert [phase["when"] for phase in told] == ["Q1 2027", "Q2 2027"]
    assert [phase["name"] for phase in left["phases"]] == ["Fence", "Gate"]
    assert not any("when" in phase for phase in left["phases"])
    assert len(left["x-tables"]) == 1


@pytest.mark.parametrize(
    ("header", "rows", "names"),
    [
        ("Sprint | Status | Topic", ("1 | Done | Search", "2 | Done | Mail"), ["Search", "Mail"]),
        ("Sprint | Status | Points", ("1 | Done | 20", "2 | Done | 30"), ["Sprint 1", "Sprint 2"]),
        ("Phase | Status | Stunden", ("1 | fertig | 20", "2 | offen | 9"), ["Phase 1", "Phase 2"]),
        ("阶段 | 状态 | 点数", ("1 | 完成 | 20", "2 | 完成 | 30"), ["阶段 1", "阶段 2"]),
    ],
)
def test_a_number_is_no_name_of_a_stage(
    header: str, rows: tuple[str, str], names: list[str]
) -> None:
    lines = "".join(f"| {row} |\n" for row in rows)
    text = f"# P\n\n| {header} |\n|---|---|---|\n{lines}"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    (stages,) = (draft[key] for key in ("stages", "phases") if key in draft)

    assert [stage["name"] for stage in stages] == names

"""How long stages and pieces of work take: in headings, labelled lines, columns and brackets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap

FORMS = [
    "~3 days",
    "1-2 months",
    "1 week - 1 month",
    "2 bis 3 Wochen",
    "2 à 3 semaines",
    "2-3 semanas",
    "3 settimane",
    "10 dias úteis",
    "2 werkdagen",
    "3 uger",
    "2 måneder",
    "4 veckor",
    "2 tygodnie",
    "1–2 недели",
    "2〜3週間",
    "约3周",
    "2-3주",
    "4 hafta",
    "12 person-days",
]


def _draft(text: str) -> dict[str, Any]:
    draft: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)
    return draft


def _stages(text: str) -> list[dict[str, Any]]:
    draft = _draft(text)
    found: list[dict[str, Any]] = draft.get("phases") or draft["stages"]
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "shape",
    [
        "## Phase 1: Move ({})\n\n- A\n- B\n",
        "## Phase 1: Move\n\n**Duration:** {}\n\n- A\n- B\n",
        "## Phase 1: Move\n\n- **Dauer:** {}\n- A\n",
    ],
)
def test_stage_says_how_long_it_takes(form: str, shape: str, tmp_path: Path) -> None:
    text = f"# P\n\n{shape.format(form)}\n## Phase 2: End\n\nx\n"
    path = tmp_path / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    stage = load_roadmap(path, "plan.yml").stages[0]

    assert (stage.name, str(stage.effort), stage.facets) == ("Move", form, {})


@pytest.mark.parametrize(
    ("header", "cells", "efforts"),
    [
        ("Duration", ("2 weeks", "3-4 days"), ["2 weeks", "3-4 days"]),
        ("Dauer", ("2 Wochen", "1,5 Tage"), ["2 Wochen", "1,5 Tage"]),
        ("Duration (weeks)", ("2", "3-4"), ["2 weeks", "3-4 weeks"]),
        ("Длительность", ("1 неделя", "2 недели"), ["1 неделя", "2 недели"]),
        ("期間", ("2週間", "1ヶ月"), ["2週間", "1ヶ月"]),
    ],
)
def test_column_says_how_long_each_stage_takes(
    header: str, cells: tuple[str, str], efforts: list[str]
) -> None:
    text = (
        f"# P\n\n| Phase | {header} | Goal |\n|---|---|---|\n"
        f"| Phase 1: A | {cells[0]} | x |\n| Phase 2: B | {cells[1]} | y |\n"
    )
    assert [stage.get("effort") for stage in _stages(text)] == efforts


@pytest.mark.parametrize(
    "value", ["as long as needed", "2 sprints", "2 days, then 3 weeks", "100-200 hours/year"]
)
def test_what_is_no_length_stays_under_its_label(value: str) -> None:
    stage = _stages(f"# P\n\n## Phase 1: A\n\n**Duration:** {value}\n\n## Phase 2: B\n\ny\n")[0]

    assert "effort" not in stage
    assert stage["facets"] == {"Duration": [value]}


def test_remark_behind_a_length_is_kept() -> None:
    stage = _stages(
        "# P\n\n## Phase 1: A\n\n**Duration:** 3 weeks (with buffer)\n\n## Phase 2: B\n\ny\n"
    )[0]

    assert (stage["effort"], stage["notes"]) == ("3 weeks", ["(with buffer)"])


@pytest.mark.parametrize("label", ["Deadline", "Due", "Response time", "Lead time", "Retention"])
def test_other_lengths_of_time_are_no_effort(label: str) -> None:
    stage = _stages(f"# P\n\n## Phase 1: A\n\n**{label}:** 2 weeks\n\n## Phase 2: B\n\ny\n")[0]

    assert "effort" not in stage


def test_brackets_of_most_entries_are_efforts() -> None:
    text = (
        "# P\n\n## Phase 1: A\n\n- API (3 days)\n- Tests (4h)\n- Keep the logs (30 days)\n\n"
        "## Phase 2: B\n\ny\n"
    )
    items = _stages(text)[0]["items"]

    assert [(item["name"], item.get("effort")) for item in items] == [
        ("API", "3 days"),
        ("Tests", "4h"),
        ("Keep the logs (30 days)", None),
    ]


@pytest.mark.parametrize(
    "entries",
    [
        ("Offer a plan (14 days)", "Write a guide", "Tell them"),
        ("Log retention (30 days)", "Backup interval (1 day)"),
        ("Aufbewahrung (30 Tage)", "Garantie (2 Jahre)"),
    ],
)
def test_other_brackets_are_no_efforts(entries: tuple[str, ...]) -> None:
    listed = "\n".join(f"- {entry}" for entry in entries)
    items = _stages(f"# P\n\n## Phase 1: A\n\n{listed}\n\n## Phase 2: B\n\ny\n")[0]["items"]

    assert [(item["name"], item.get("effort")) for item in items] == [(e, None) for e in entries]


def test_bare_numbers_have_the_unit_of_their_column() -> None:
    text = (
        "# P\n\n## Phase 1: A\n\n| Task | Effort (days) | Owner |\n|---|---|---|\n"
        "| API | 3 | Jo |\n| Tests | 1-2 | Kim |\n\n## Phase 2: B\n\ny\n"
    )
    items = _stages(text)[0]["items"]
    assert [item.get("effort") for item in items] == ["3 days", "1-2 days"]

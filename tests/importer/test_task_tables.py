"""Tables of tasks, and boxes in a fenced block."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    return draft


def _stages(draft: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.get("stages") or draft.get("phases") or []
    return found


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("# | Task | Owner | Estimate", "1.1 | Lay pipes | Ida | 2h"),
        ("# | Tarea | Responsable | Estimación", "1 | Lay pipes | Ida | 2h"),
        ("Nr. | Aufgabe | Verantwortlich | Aufwand", "1 | Lay pipes | Ida | 2h"),
        ("№ | Задача | Исполнитель | Оценка", "1 | Lay pipes | Ida | 2h"),
        ("Task | Owner | Effort", "Lay pipes | Ida | 2h"),
    ],
)
def test_tasks_of_a_stage_are_its_work(header: str, cells: str) -> None:
    rule = "|".join("---" for _ in header.split("|"))
    other = cells.replace("Lay pipes", "Set panes").replace("Ida", "Olaf")
    text = f"# P\n\n## Phase 1: X\n\n{header}\n{rule}\n{cells}\n{other}\n\n## Phase 2: Y\n- Z\n"
    items = _stages(_draft(text))[0]["items"]
    assert [(one["name"], one["owner"], one["effort"]) for one in items] == [
        ("Lay pipes", "Ida", "2h"),
        ("Set panes", "Olaf", "2h"),
    ]
    assert not any("notes" in item for item in items)


def test_other_columns_of_tasks_are_kept() -> None:
    text = (
        "### Sprint 1 (Week 1-2): Greenhouse\n\n| # | Task | Type | Depends on |\n"
        "|---|---|---|---|\n| 1.1 | Lay pipes | Out | — |\n| 1.2 | Set panes | Out | 1.1 |\n"
    )
    (stage,) = _stages(_draft(text))
    assert [(item["number"], item["name"]) for item in stage["items"]] == [
        ("1.1", "Lay pipes"),
        ("1.2", "Set panes"),
    ]
    assert "Type: Out" in stage["items"][1]["notes"]
    assert stage["items"][1]["depends_on"] == [stage["items"][0]["id"]]


def test_tasks_with_owners_and_efforts_are_work_wherever_they_stand() -> None:
    text = (
        "# P\n\n### Critical (this week)\n\n| # | Task | Owner | Estimate |\n|---|---|---|---|\n"
        "| 1 | Mend the pump | Ida | 1h |\n| 2 | Clean the tank | Olaf | 6h |\n"
    )
    (stage,) = _stages(_draft(text))
    assert stage["name"] == "Critical (this week)"
    assert [item["effort"] for item in stage["items"]] == ["1h", "6h"]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Time | Item | Lead", ("09:00 | Welcome | Ida", "09:30 | Budget | Olaf")),
        ("# | Test case | Owner | Estimate", ("1 | Log in | Ida | 1h", "2 | Log out | Olaf | 1h")),
        ("Task | Command | Owner", ("Build | make | Ida", "Test | make test | Olaf")),
        ("# | Task | Owner | Estimate", ("1 | Mend | Ida | soon", "2 | Clean | Olaf | later")),
    ],
)
def test_tables_that_resemble_tasks_are_kept(header: str, rows: tuple[str, ...]) -> None:
    rule = "|".join("---" for _ in header.split("|"))
    draft = _draft("\n".join(("# P\n\n## Things\n", header, rule, *rows)) + "\n")
    assert _stages(draft) == []
    assert len(draft["x-tables"]) == 1


@pytest.mark.parametrize(
    "block",
    [
        "```\n- [x] Order bricks\n- [ ] Mix clay\n[ ] Fire kiln\n```",
        "```text\n[x] Order bricks\n[ ] Mix clay\n    - with sand\n[ ] Fire kiln\n```",
        "```python\n# First\n- [x] Order bricks\n- [ ] Mix clay\n- [ ] Fire kiln\n```",
        "```markdown\n* [X] Order bricks\n\n* [ ] Mix clay\n* [ ] Fire kiln\n```",
    ],
)
def test_boxes_in_a_fenced_block(block: str) -> None:
    draft = _draft(f"# P\n\n### Phase 1: Kiln\n\n{block}\n\n### Phase 2: Roof\n- A\n")
    (checklist,) = draft["checklists"]
    (group,) = checklist["groups"]
    assert group["stage"] == _stages(draft)[0]["id"]
    points = [one if isinstance(one, dict) else {"text": one} for one in group["points"]]
    assert [(one["text"], one.get("done", False)) for one in points] == [
        ("Order bricks", True),
        ("Mix clay", False),
        ("Fire kiln", False),
    ]
    assert "code" not in _stages(draft)[0]
    assert "x-unread" not in draft


def test_headings_within_a_fenced_block_name_the_groups() -> None:
    block = "```\nWeek 9-10: Store\n- [ ] Till\n\nWeek 11: Yard\n- [ ] Gate\n- [x] Bell\n```"
    draft = _draft(f"# P\n\n### Phase 4: Shop\n\n{block}\n")
    groups = draft["checklists"][0]["groups"]
    assert [group["name"] for group in groups] == ["Week 9-10: Store", "Week 11: Yard"]


@pytest.mark.parametrize(
    "block",
    [
        "```markdown\n## Title\n- [ ] <what was changed>\n- [ ] [who has seen it]\n```",
        "```python\nboxes = parse()\n- [ ] one\n- [ ] two\n```",
        "```\n- [ ] one\n```",
        "```bash\nif [ x ] then\n[ ] true\n[ ] false\n```",
    ],
)
def test_code_and_templates_are_no_boxes(block: str) -> None:
    draft = _draft(f"# P\n\n### Phase 1: Kiln\n\n{block}\n\n### Phase 2: Roof\n- A\n")
    assert "checklists" not in draft
    assert _stages(draft)[0]["code"]


def test_boxes_of_a_timeline_keep_their_ticks() -> None:
    text = (
        "# P\n\n## Phase 1: X\n- A\n\n## Quick start\n\n### Week 1-2: Shed\n- [x] Door\n"
        "- [ ] Roof\n\n### Week 3-4: Yard\n- Rake\n"
    )
    draft = _draft(text)
    shed, yard = draft["timelines"][0]["entries"]
    assert (shed["when"], shed["name"]) == ("Week 1-2", "Shed")
    assert [step["text"] for step in yard["steps"]] == ["Rake"]
    (group,) = draft["checklists"][0]["groups"]
    assert group["name"] == "Week 1-2: Shed"
    assert [one.get("done", False) for one in group["points"]] == [True, False]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("| 1 | Dig | Ann | 3 d |\n| 2 | Lay | Bob | 2 d |\n", ["Dig", "Lay"]),
        ("| 1 | Dig | Ann | 3 d |\n| | | | |\n| 2 | Lay | Bob | 2 d |\n", ["Dig", "Lay"]),
        ("| 1 | Dig | Ann | 3 d |\n| 2 | Lay | Bob | 2 d |\n| | Total | | 5 d |\n", []),
    ],
)
def test_a_sum_and_an_empty_line_are_no_tasks(rows: str, names: list[str]) -> None:
    text = f"# P\n\n## Tasks\n\n| # | Task | Owner | Effort |\n|---|---|---|---|\n{rows}"
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    items = [item for stage in draft.get("stages", []) for item in stage["items"]]

    assert sorted({item["name"].partition(" ")[0] for item in items}) == names


def test_an_empty_line_of_a_stage_s_table_is_passed_over() -> None:
    text = (
        "# P\n\n## Phase 1: Dig\n\n| Service | Why | Cost |\n|---|---|---|\n| Pump | Wet | $5 |\n"
        "| | | |\n| Light | Dark | $7 |\n\n## Phase 2: Lay\n\n- Pipe\n"
    )
    stage = _stages(_draft(text))[0]

    assert [item["name"] for item in stage["items"]] == ["Pump", "Light"]

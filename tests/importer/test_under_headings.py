"""What stands under a heading in another form than a list: lines with boxes, sections in weeks."""

from __future__ import annotations

from typing import Any

import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _points(draft: dict[str, Any]) -> list[tuple[str, bool]]:
    groups = [group for checklist in draft["checklists"] for group in checklist["groups"]]
    return [(one["text"], one.get("done", False)) for group in groups for one in group["points"]]


def test_lines_that_each_begin_with_a_box_are_a_checklist() -> None:
    draft = _draft("# Plan\n\n## Before launch\n\n☐ Move the DNS\n✅ Buy the domain\n")

    assert _points(draft) == [("Move the DNS", False), ("Buy the domain", True)]


def test_lines_with_marks_of_which_none_is_empty_are_no_checklist() -> None:
    draft = _draft("# Plan\n\n## Why us\n\n✅ No lock-in\n✅ Open source\n")

    assert "checklists" not in draft


def test_lines_with_marks_under_success_criteria_are_criteria_and_the_rest_stays() -> None:
    text = "## Success criteria\n\n✅ Uptime over 99.9% in 30 days\n✅ The team is happy\n"
    draft = _draft(f"# Plan\n\n{text}")

    (criterion,) = draft["success"]
    assert (criterion["metric"], criterion["window"]) == ("uptime", "30d")
    assert _points(draft) == [("The team is happy", True)]


WEEKS = """# Move

## Phase 1: Copy

- Backups ($5/month)

## Phase 2: Switch

- Web ($7/month)

## Schedule

### Week 1: freeze

Nothing else is changed.

| Host | Disk |
|---|---|
| web1 | 40 GB |

#### Copy the files

- Size: 40 GB
- At night

### Week 2

- Switch over - 2 hours
"""


def test_sections_below_a_week_are_its_steps_with_what_stands_under_them() -> None:
    (timeline,) = _draft(WEEKS)["timelines"]
    first, second = timeline["entries"]

    assert (first["when"], first["name"]) == ("Week 1", "freeze")
    assert first["notes"] == ["Nothing else is changed."]
    assert [step["text"] for step in first["steps"]] == ["Copy the files"]
    assert first["steps"][0]["notes"] == ["Size: 40 GB", "Points: At night"]
    assert [(step["text"], step["effort"]) for step in second["steps"]] == [
        ("Switch over", "2 hours")
    ]


def test_options_below_a_heading_of_options_are_those_of_the_item_above() -> None:
    options = "##### Railway\n\n- Cost: $5/month\n\n##### Fly\n\n- Cost: $7/month\n"
    stages = f"## Phase 1: Move\n\n### Hosting\n\n#### Options\n\n{options}\n## Phase 2: Grow\n"
    (item,) = _draft(f"# Plan\n\n{stages}\n- More disks\n")["phases"][0]["items"]

    assert item["name"] == "Hosting"
    assert [(one["name"], one["price"]) for one in item["options"]] == [
        ("Railway", "$5/month"),
        ("Fly", "$7/month"),
    ]

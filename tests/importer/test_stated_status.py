"""How far a stage is arrives where its heading, its label or its column says so."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def draft(text: str) -> dict[str, Any]:
    read = yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)
    assert isinstance(read, dict)
    return read


def first(text: str) -> dict[str, Any]:
    """The first stage of a plan."""
    read = draft(text)
    stages = [stage for key in ("stages", "phases") for stage in read.get(key, ())]
    assert isinstance(stages[0], dict)
    return stages[0]


def headed(heading: str) -> dict[str, Any]:
    return first(f"# Plan\n\n{heading}\n\n- Set posts\n\n## Phase 2: Gate\n\n- Hang gate\n")


def labelled(line: str) -> dict[str, Any]:
    return first(f"# Plan\n\n## Phase 1: Fence\n{line}\n\n- Set posts\n\n## Phase 2: Gate\n")


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("## Phase 1: Fence ✅ COMPLETE", "done"),
        ("## Phase 1: Fence ✅", "done"),
        ("## Phase 1: Fence ✅ (March 2025)", "done"),
        ("## Phase 1: Fence (✅ Done)", "done"),
        ("## Phase 1: Fence [DONE]", "done"),
        ("## Phase 1: Fence - COMPLETED", "done"),
        ("## Phase 1: Fence — In Progress", "current"),
        ("## Phase 1: Fence ⏳ IN PROGRESS", "current"),
        ("## 🚧 Phase 1: Fence", "current"),
        ("## Phase 1: Fence (Aktiv)", "current"),
        ("## Phase 1: Fence (in Bearbeitung)", "current"),
        ("## Faza 1: Fence (w toku)", "current"),
        ("## Phase 1: Fence (terminée)", "done"),
        ("## Phase 1: Fence ❌ Not Started", "planned"),
    ],
)
def test_a_heading_says_how_far_a_stage_is(heading: str, status: str) -> None:
    second = heading.split()[1 if "🚧" not in heading else 2]
    text = f"# Plan\n\n{heading}\n\n- Set posts\n\n## {second} 2: Gate\n\n- Hang gate\n"
    stage = first(text)
    assert (stage["name"], stage["status"]) == ("Fence", status)


@pytest.mark.parametrize(
    "heading",
    [
        "## Phase 1: Live site",
        "## Phase 1: Go – Live",
        "## Phase 1: Fence 🎯 HIGH PRIORITY",
        "## Phase 1: Fence (Done by May)",
        "## Phase 1: Fence ❌ COMPLETE",
        "## 🎯 Phase 1: Fence",
    ],
)
def test_what_says_no_status_gives_none(heading: str) -> None:
    assert "status" not in headed(heading)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("**Status:** ❌ Not Started", "planned"),
        ("**Status:** 🟡 In Progress", "current"),
        ("**Status:** ⏳ Pending", "planned"),
        ("- **Status:** Done", "done"),
        ("**状态**：进行中", "current"),
    ],
)
def test_a_label_says_it_with_a_sign_before(line: str, status: str) -> None:
    stage = labelled(line)
    assert stage["status"] == status
    assert [item["name"] for item in stage["items"]] == ["Set posts"]


@pytest.mark.parametrize("said", ["❌ Complete", "Not complete", "Blocked", "🎯 READY"])
def test_a_label_without_a_known_status_stays_text(said: str) -> None:
    stage = labelled(f"**Status:** {said}")
    assert "status" not in stage
    assert stage["facets"] == {"Status": [said]}


def groups(text: str) -> list[dict[str, Any]]:
    return [group for listed in draft(text)["checklists"] for group in listed["groups"]]


def test_a_tick_before_a_heading_does_not_tick_open_boxes() -> None:
    text = "# Plan\n\n## ✅ Launch Checklist\n\n- [{}] Post the letter\n- [x] Buy stamps\n"
    assert "done" not in groups(text.format(" "))[0]
    assert groups(text.format("x"))[0]["done"] is True


def test_a_tick_before_a_criterion_does_not_say_that_it_is_reached() -> None:
    text = """# Plan

## Success Criteria

✅ **The opening is successful when:**

- ✅ 99.9% uptime
- ✅ The mayor comes
"""
    assert "done" not in str(draft(text).get("checklists"))
    assert "The opening is successful when" in str(draft(text))
    boxes = "# Plan\n\n## Success Criteria\n\n- Uptime: 99.9%\n- [x] The mayor comes\n"
    assert groups(boxes)[0]["points"][0]["done"] is True

"""Signs and ticks before entries: a status where a document uses them so, else as written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _items(text: str) -> list[tuple[str, str]]:
    draft = _draft(text)
    stages = draft.get("phases", draft.get("stages", []))
    items = [item for stage in stages for item in stage.get("items", [])]
    return [(item["name"], item.get("status", "")) for item in items]


MIXED = """# Roadmap

## Phase 1 – Base
- ✅ Login
- 🔄 Export

## Phase 2 – More
- 📋 Chat
- ❌ Import
- ⏳ Mail
"""
QUARTERS = """# Roadmap

## Q1 2026
- ✅ **Login** – with mail
- 🚧 Search

## Q2 2026
- 📋 Chat
"""
UNDER_LABEL = """# Fahrplan

## Phase 1: Basis
**Aufgaben:**
- ✅ Anmeldung
- 🚧 Suche

## Phase 2: Mehr
**Aufgaben:**
- 🔜 Chat
"""


@pytest.mark.parametrize("text", [MIXED, QUARTERS, UNDER_LABEL])
def test_signs_of_several_kinds_are_a_status(text: str) -> None:
    found = _items(text)

    assert [status for _, status in found[:3]] == ["done", "current", "planned"]
    assert not any("✅" in name for name, _ in found)


def test_a_sign_without_a_status_is_kept() -> None:
    assert _items(MIXED)[3:] == [("❌ Import", ""), ("⏳ Mail", "")]


def test_one_sign_before_all_says_nothing_but_is_kept() -> None:
    text = "# App\n\n## Phase 1: Base\n- ✅ Fast\n- ✅ Free\n\n## Phase 2: More\n- Chat\n"

    assert _items(text) == [("✅ Fast", ""), ("✅ Free", ""), ("Chat", "")]


def test_steps_keep_their_signs() -> None:
    text = (
        "# Log\n\n## Deployment steps\n\n1. ✅ Create the server\n2. ❌ Install node\n3. Run it\n"
    )
    (procedure,) = _draft(text)["procedures"]

    steps = [step if isinstance(step, str) else step["text"] for step in procedure["steps"]]
    assert steps == ["✅ Create the server", "❌ Install node", "Run it"]


@pytest.mark.parametrize(
    "heads", [("Backend", "Settings"), ("**Service**", "**Logo**"), ("后台", "设置")]
)
def test_boxes_below_numbers_are_a_checklist_of_each(heads: tuple[str, str]) -> None:
    text = f"""# Plan

## Tasks

1. {heads[0]}
   - [ ] one
   - [x] two

2. {heads[1]}
   - [ ] three
"""
    (checklist,) = _draft(text)["checklists"]

    assert [group["name"] for group in checklist["groups"]] == [one.strip("*") for one in heads]
    (_, second), _ = (group["points"] for group in checklist["groups"])
    assert second["done"] is True


def test_a_tick_among_steps_is_kept_as_written() -> None:
    text = "# P\n\n## Steps\n\n1. Install it\n   - [x] Copy\n2. Run it\n"
    (procedure,) = _draft(text)["procedures"]

    (below,) = procedure["steps"][0]["steps"]
    assert (below if isinstance(below, str) else below["text"]) == "[x] Copy"


@pytest.mark.parametrize("sign", ["✓", "✅", "☑"])
def test_lines_with_a_tick_each_stand_alone(sign: str) -> None:
    text = f"# P\n\n## Phase 1 (Mar 10)\n{sign} Portal live\n{sign} SDK out\n\n## Phase 2\n- a\n"
    first = _draft(text)["phases"][0]

    assert first["notes"] == [f"{sign} Portal live", f"{sign} SDK out"]


def test_a_list_of_three_levels_keeps_its_order() -> None:
    text = """# P

## Weighed

- Why not?
  - Option A
    - fast
    - dear
  - Option B
    - slow
"""
    (section,) = _draft(text)["x-sections"]

    (points,) = section["facets"].values()
    assert points == ["Why not?", "Option A", "fast", "dear", "Option B", "slow"]


@pytest.mark.parametrize("sign", ["⏳", "⏸️", "▶️", "1️⃣"])
def test_a_sign_hides_no_stage(sign: str) -> None:
    text = f"# P\n\n## {sign} Phase 1: Mail (2-3 days)\n- a\n\n## {sign} Phase 2: Sums\n- b\n"

    first, second = _draft(text)["phases"]
    assert (first["name"], first["effort"]) == ("Mail", "2-3 days")
    assert second["name"] == "Sums"


def test_a_drawing_below_a_box_is_kept() -> None:
    text = """# P

## Phase 1: Base

- [ ] Folders:
  ```
  frontend/
  ├── src/
  │   ├── parts/
  ```
- [x] Lint

## Phase 2: More
- a
"""
    yaml_ = import_markdown(text.encode(), "d.md").yaml

    assert "├── src/" in yaml_
    assert "found no place" not in yaml_

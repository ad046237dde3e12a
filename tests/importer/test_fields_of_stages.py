"""What is told of a stage under headings, in lists and in its name: no work, and no name."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _stages(text: str) -> list[dict[str, Any]]:
    draft = _draft(text)
    stages = draft.get("phases", draft.get("stages", []))
    assert isinstance(stages, list)
    return stages


FORM = """# Plan

## Phase 1: Login

### Objective
Let people in.

### Agent: coder
### Files to modify
- a.rs

## Phase 2: Search

### Objective
Let people find.

### Agent: tester
### Files to modify
- b.rs
"""
FORM_ZH = """# 计划

## 阶段一：登录

### 目标
登录。

### 负责：张

## 阶段二：搜索

### 目标
搜索。

### 负责：李
"""
FORM_DE = """# Plan

## Phase 1: Anmeldung

### Ziel
Alle kommen rein.

### Bearbeiter: Anna

## Phase 2: Suche

### Ziel
Alle finden.

### Bearbeiter: Bert
"""


@pytest.mark.parametrize("text", [FORM, FORM_ZH, FORM_DE])
def test_headings_that_each_stage_repeats_are_its_fields(text: str) -> None:
    for stage in _stages(text):
        assert stage["goal"]
        assert "items" not in stage
        assert stage["facets"]


def test_what_a_form_says_is_kept_under_its_labels() -> None:
    first, _ = _stages(FORM)

    assert first["facets"] == {"Agent": ["coder"], "Files to modify": ["a.rs"]}


WORK = """# Plan

## Phase 1: Login

### Backend
- Tokens

### Frontend
- Form

## Phase 2: Search

### Backend
- Index

### Frontend
- List
"""


def test_work_that_stages_repeat_stays_work() -> None:
    for stage in _stages(WORK):
        assert [item["name"] for item in stage["items"]] == ["Backend", "Frontend"]


@pytest.mark.parametrize(
    ("word", "said"), [("Phase", "1–2 Monate"), ("Stage", "4 months"), ("Étape", "3 semaines")]
)
def test_a_length_of_time_is_no_work(word: str, said: str) -> None:
    first, _ = _stages(f"# P\n\n## {word} 1 – Start\n- {said}\n\n## {word} 2 – Bau\n- 2 days\n")

    assert first["effort"] == said
    assert "items" not in first


def test_work_with_a_length_of_time_is_work() -> None:
    first, _ = _stages("# P\n\n## Phase 1\n- 4 months of tests\n\n## Phase 2\n- b\n")

    assert [item["name"] for item in first["items"]] == ["4 months of tests"]


@pytest.mark.parametrize("label", ["Duration", "Durée", "Dauer"])
def test_the_time_of_a_part_is_not_that_of_the_whole(label: str) -> None:
    text = f"""# Plan

## Phase 1: Setup

### Sprint 1 (2 weeks)

#### 1.1 Init
**{label}**: 3 days

- [ ] a

#### 1.2 Build
**{label}**: 4 days

- [ ] b
"""
    (stage,) = _stages(text)

    (item,) = stage["items"]
    assert (item["name"], item["effort"]) == ("Sprint 1", "2 weeks")
    assert item["notes"] == ["1.1 Init: 3 days", "1.2 Build: 4 days"]


def test_the_time_below_a_heading_without_a_number_is_the_items() -> None:
    (stage,) = _stages(
        "# P\n\n## Phase 1: S\n\n### Redis\n\n#### Details\n**Effort**: 3 days\n\nA.\n"
    )

    assert stage["items"][0]["effort"] == "3 days"


@pytest.mark.parametrize(
    ("title", "name", "when"),
    [
        ("Phase 2 — Q3 2026 (Monetisasi)", "Monetisasi", "Q3 2026"),
        ("Phase 2: 2026-03-01", "Phase 2", "2026-03-01"),
        ("Phase 2 – Q4 2026 (Growth)", "Growth", "Q4 2026"),
    ],
)
def test_a_time_is_no_name_of_a_stage(title: str, name: str, when: str) -> None:
    _, stage = _stages(f"# P\n\n## Phase 1: Base\n- a\n\n## {title}\n- b\n")

    assert (stage["name"], stage["when"]) == (name, when)
    assert "reason" not in stage


@pytest.mark.parametrize(
    "said",
    ["Sun 12 Oct → Sat 18 Oct 2025", "dom 12 oct → sáb 18 oct 2025", "12. Okt. – 18. Okt. 2025"],
)
def test_days_are_no_name_of_a_stage(said: str) -> None:
    first, _ = _stages(f"# P\n\n## Sprint #0: {said}\n- a\n\n## Sprint #1: Login\n- b\n")

    assert first["name"] == "Sprint #0"
    assert first["facets"]["When"] == [said]


@pytest.mark.parametrize("name", ["Today", "May Day rally", "Version 2 of 2026"])
def test_words_beside_a_time_are_a_name(name: str) -> None:
    first, _ = _stages(f"# P\n\n## Stage 1: {name}\n- a\n\n## Stage 2: Login\n- b\n")

    assert first["name"] == name


@pytest.mark.parametrize(
    ("title", "name", "effort"),
    [
        ("**Fase 1 - Stabilizzazione**: 108 ore (2.7 settimane FTE)", "Stabilizzazione", "108 ore"),
        ("**Phase 1 - Base**: 3 weeks", "Base", "3 weeks"),
        ("**Phase 1 - Basis**: 12 Tage (mit Puffer)", "Basis", "12 Tage"),
    ],
)
def test_how_long_a_stage_takes_is_split_from_its_name(title: str, name: str, effort: str) -> None:
    word = title[2:6].strip()
    first, _ = _stages(
        f"# P\n\n- {title}\n- **{word} 2 - Core**: 5 days\n".replace("Phas ", "Phase ")
    )

    assert (first["name"], first["effort"]) == (name, effort)
    assert "trigger" not in first


def test_a_number_of_a_version_makes_no_stage_due() -> None:
    first, _ = _stages("# P\n\n## Phase 1 — Base (v0.4.x)\n- a\n\n## Phase 2 — More (v0.5)\n- b\n")

    assert "trigger" not in first
    assert first["reason"] == "v0.4.x"


def test_what_a_stage_waits_for_in_its_name_is_no_name() -> None:
    text = "# P\n\n## Phase 1: A\n- x\n\n## Phase 2: B [BLOCKED by: Phase 1]\n- y\n"
    _, second = _stages(text)

    assert second["name"] == "B"
    assert second["depends_on"] == ["a"]


def test_only_what_blocks_a_stage_is_waited_for() -> None:
    text = """# P

## Phase 1: A
- x

## Phase 2: B

### Dependencies
- Blocked by: Phase 1
- Blocks: Phase 3

## Phase 3: C
- z
"""
    first, second, third = _stages(text)

    assert second["depends_on"] == ["a"]
    assert "depends_on" not in first
    assert "depends_on" not in third


MATTER = """---
title: "Plan"
status: draft
total_phases: 3
tags:
  - one
  - two
---

# Plan

Text.
"""


def test_each_key_of_the_front_matter_stands_alone() -> None:
    draft = _draft(MATTER)

    assert draft["x-facets"]["status"] == ["draft"]
    assert "total_phases: 3" in draft["notes"]
    assert any("one" in note and "two" in note for note in draft["notes"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Total cost: 85,000 USD", "Monthly upkeep: 850 USD"),
        ("Gesamtkosten: 85.000 €", "Pflege im Monat: 850 €"),
        ("Coût total : 85 000 €", "Entretien mensuel : 850 €"),
    ],
)
def test_each_bold_line_is_said_by_itself(first: str, second: str) -> None:
    draft = _draft(f"# Plan\n\n**{first}**\n**{second}**\n\nText.\n")

    label, _, value = second.partition(":")
    assert draft["x-facets"][label.strip()] == [value.strip()]
    assert not any(value.strip() in note for note in draft["notes"])


def test_a_sentence_goes_on_in_the_next_line() -> None:
    draft = _draft("# Plan\n\n**Scope:** all that\nwe need: a roof.\n\nText.\n")

    assert draft["x-facets"]["Scope"] == ["all that we need: a roof."]

"""Lists under a bold label in a stage: its work, or what is told of it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft: dict[str, Any] = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    return draft


def _stage(text: str) -> dict[str, Any]:
    draft = _draft(text)
    stage: dict[str, Any] = (draft.get("stages") or draft["phases"])[0]
    return stage


def _names(stage: dict[str, Any]) -> list[str]:
    return [item["name"] for item in stage.get("items", [])]


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("Phase", "Deliverables"),
        ("Phase", "Core Features"),
        ("Phase", "Scope"),
        ("Sprint", "Work"),
        ("Phase", "Add"),
        ("Phase", "Liefergegenstände"),
        ("Étape", "Livrables"),
        ("Fase", "Entregables"),
        ("Fase", "Funzionalità principali"),
        ("Fase", "Entregas"),
        ("Fase", "Werkzaamheden"),
        ("Etapp", "Leveranser"),
        ("Etape", "Leverancer"),
        ("Etappe", "Leveranser"),
        ("Etap", "Zakres prac"),
        ("Этап", "Состав работ"),
        ("フェーズ", "成果物"),
        ("阶段", "交付物"),
        ("단계", "산출물"),
        ("Aşama", "Teslimatlar"),
    ],
)
@pytest.mark.parametrize("form", ["**{}:**", "#### {}"])
def test_list_under_a_label_of_work_is_work(word: str, label: str, form: str) -> None:
    text = (
        f"# P\n\n## {word} 1: X\n\n{form.format(label)}\n\n- Curtain\n- **Lights**: eight of them\n"
        f"\n## {word} 2: Y\n\n- Z\n"
    )
    stage = _stage(text)
    assert _names(stage) == ["Curtain", "Lights"]
    assert [item["category"] for item in stage["items"]] == [label, label]
    assert stage["items"][1]["why"] == "eight of them"


@pytest.mark.parametrize(
    "label",
    [
        "Notes",
        "Risks",
        "Requirements",
        "Success criteria",
        "Benefits",
        "Dependencies",
        "Team",
        "Tools",
        "Prerequisites",
        "Metrics",
        "Estimated gain",
        "Result",
        "Goal",
        "Out of scope",
        "Revenue",
        "Risiken",
        "Résultat attendu",
        "Requisitos",
        "Риски",
        "リスク",
    ],
)
def test_list_under_another_label_is_none(label: str) -> None:
    text = f"# P\n\n## Phase 1: X\n\n**{label}:**\n- Curtain\n- Lights\n\n## Phase 2: Y\n- Z\n"
    assert _names(_stage(text)) == []
    assert "Curtain" in str(_draft(text))


def test_amounts_under_a_label_of_work_are_no_prices() -> None:
    text = (
        "# P\n\n## Phase 1: X\n\n**Deliverables:**\n- Save $500/month\n- Gold tier ($49/user)\n\n"
        "## Phase 2: Y\n- Z\n"
    )
    stage = _stage(text)
    assert _names(stage) == ["Save $500/month", "Gold tier ($49/user)"]
    assert not any("service" in item for item in stage["items"])


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("Goal: 50 guests", "goal"),
        ("Revenue: $300-600 MRR", "notes"),
        ("Estimated gain: 30 % light", "facets"),
        ("Result: Full sun", "notes"),
        ("**Impact:** +3 % win rate", "facets"),
        ("Ziel: 50 Gäste", "goal"),
        ("Résultat : plein soleil", "notes"),
        ("If a crack remains open, keep the road closed.", "notes"),
    ],
)
def test_entry_that_tells_of_the_stage_is_no_work(entry: str, field: str) -> None:
    text = f"# P\n\n## Phase 1: X\n\n- Open the door\n- {entry}\n\n## Phase 2: Y\n- Z\n"
    stage = _stage(text)
    assert _names(stage) == ["Open the door"]
    assert stage[field]
    assert "service" not in str(stage)


@pytest.mark.parametrize(
    "entry", ["Results page", "Impact study for the town", "Team: hire two", "If-branch tests"]
)
def test_entry_that_resembles_such_a_label(entry: str) -> None:
    text = f"# P\n\n## Phase 1: X\n\n- Open the door\n- {entry}\n\n## Phase 2: Y\n- Z\n"
    assert len(_names(_stage(text))) == 1 + (":" not in entry)


def test_labels_of_lists_within_a_list() -> None:
    text = (
        "# P\n\n## Phase 1: X\n\n- **Deliverables:**\n  - Curtain\n  - Lights\n- **Risks:**\n"
        "  - Rain\n\n## Phase 2: Y\n- Z\n"
    )
    stage = _stage(text)
    assert _names(stage) == ["Curtain", "Lights"]
    assert stage["facets"]["Risks"] == ["Rain"]

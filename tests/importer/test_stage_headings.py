"""Headings of stages in more hands: sprints, brackets before or behind the name, two families."""

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
    found: list[dict[str, Any]] = draft.get("stages") or draft.get("phases") or []
    return found


@pytest.mark.parametrize(
    ("heading", "number", "name", "field", "value"),
    [
        ("### Sprint 1 (Week 1-3): Ovens", "1", "Ovens", "when", "Week 1-3"),
        ("### Sprint 1 — Kiosque (TERMINÉ)", "1", "Kiosque", "status", "done"),
        ('### Sprint 1 (03/02 – 14/02): "Ovens"', "1", "Ovens", "When", "03/02 – 14/02"),
        ("### Этап 1: Печь (2 недели) — P0", "1", "Печь", "effort", "2 недели"),
        ("### 第一阶段（1-2周）- 打地基", "1", "打地基", "effort", "1-2周"),
        ("### 第1段階（2週間）：土台", "1", "土台", "effort", "2週間"),
        ("### フェーズ1（P0: 1-2週間）", "1", "フェーズ 1", "effort", "1-2週間"),
        ("### Phase 1 (Immediate - 1 week): Pond", "1", "Pond", "When", "Immediate - 1 week"),
        ("### Phase 1 (Q1 2027 - 2 weeks): Oak", "1", "Oak", "When", "Q1 2027 - 2 weeks"),
        ("### Fase 1 (MVP - 2 meses): Muro", "1", "Muro", "effort", "2 meses"),
        ("### Phase 1: Pond (10 - 12 weeks)", "1", "Pond", "effort", "10 - 12 weeks"),
        ("### Phase 1: Pond (Aktiv)", "1", "Pond", "status", "current"),
        ("### Phase 1: Setup (WSL2/Docker)", "1", "Setup", "reason", "WSL2/Docker"),
        ("### Phase 1: Growth (50+ users)", "1", "Growth", "trigger", "50+ users"),
    ],
)
def test_bracket_leaves_the_name(
    heading: str, number: str, name: str, field: str, value: str
) -> None:
    other = heading.replace("一", "二") if "一" in heading else heading.replace("1", "2", 1)
    first = _stages(f"# P\n\n{heading}\n\n- A\n\n{other}\n\n- B\n")[0]
    assert (first["number"], first["name"]) == (number, name)
    said = first.get(field) or first.get("facets", {}).get(field)
    assert said in (value, [value])
    assert "trigger" not in first or field == "trigger"


def test_words_behind_the_bracket_are_kept() -> None:
    first = _stages("### Fase 1 — Muro (semanas 3-4) *paralelo com Fase 0*\n\n- Pedras\n")[0]
    assert first["name"] == "Muro"
    assert first["notes"] == ["paralelo com Fase 0"]


def test_single_decimal_phase_is_a_stage() -> None:
    (stage,) = _stages("#### **Phase 3.2 - Fences**\n\n- [ ] North\n- [ ] South\n")
    assert (stage["number"], stage["name"]) == ("3.2", "Fences")


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("## 🚀 **FASE 0: Setup Inmediato**", "*Duración: 3-4 días*"),
        ("### Sprint 4 (Week 1-2): Greenhouse", "Lay pipes."),
        ("## Этап 2: Печь", "**Цель:** Тепло"),
    ],
)
def test_single_stage_that_is_planned(heading: str, line: str) -> None:
    assert len(_stages(f"# P\n\n{heading}\n\n{line}\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# Cuento\n\n## Etapa 1\n\nEra una noche.\n",
        "# Guide\n\n## Étape 1 : Installer\n\nTéléchargez le paquet.\n",
        "# Guía\n\n## Paso 1: Instalar (5 minutos)\n\nDescarga el paquete.\n",
        "# Changelog\n\n## Release 1.2\n\n- Fix\n\n## Release 1.1\n\n- Fix\n",
        "# T\n\n## Version 2.1\n\n- Fix\n\n## Version 2.0\n\n- Fix\n",
        "# Moon\n\nNew moon, first quarter, full moon.\n\n- Waxing\n- Waning\n",
        "# Build\n\n## Build phases\n\n- `pre`: checks\n- `post`: cleans\n",
    ],
)
def test_what_only_resembles_stages_is_none(text: str) -> None:
    assert _stages(text) == []


TWO = """# P

## {one} 3: Shop
- Bench of wood

## {one} 4: Oven
- Bricks

## Calendar

### {two} 1 ({span}): Bench
- [ ] Cut

### {two} 2 ({span}): Fire
- [x] Light
"""


@pytest.mark.parametrize(
    ("one", "two", "span"),
    [
        ("Phase", "Sprint", "2 weeks"),
        ("Fase", "Sprint", "2 settimane"),
        ("Phase", "Milestone", "2 Wochen"),
        ("Этап", "Спринт", "2 недели"),
        ("フェーズ", "スプリント", "2週間"),
    ],
)
def test_second_family_is_kept_beside_the_first(one: str, two: str, span: str) -> None:
    draft = _draft(TWO.format(one=one, two=two, span=span))
    stages = draft.get("stages") or draft["phases"]
    assert [stage["number"] for stage in stages] == ["3", "4", f"{two} 1", f"{two} 2"]
    assert [stage["effort"] for stage in stages[2:]] == [span, span]
    groups = [group for one in draft["checklists"] for group in one["groups"]]
    assert [group["stage"] for group in groups] == [stage["id"] for stage in stages[2:]]


def test_second_family_that_states_money_would_count_twice() -> None:
    text = TWO.format(one="Phase", two="Sprint", span="2 weeks").replace("Cut", "Cut: $200")
    assert [stage["number"] for stage in _stages(text)] == ["3", "4"]


def test_second_family_within_a_stage_is_its_work() -> None:
    text = "## Phase 1: Shop\n\n### Sprint 1: Bench\n- Cut\n\n### Sprint 2: Oven\n- Bricks\n"
    (stage,) = _stages(text)
    assert [item["name"] for item in stage["items"]] == ["Sprint 1: Bench", "Sprint 2: Oven"]


def test_steps_of_an_instruction_are_no_second_family() -> None:
    text = (
        "# P\n\n## Phase 1: Shop\n- Bench\n\n## Phase 2: Oven\n- Bricks\n\n# Install\n\n"
        "## Step 1: Download\nGet it.\n\n## Step 2: Run\nStart it.\n\n"
        "## Milestone 1\nText.\n\n## Milestone 2\nText.\n"
    )
    assert [stage["number"] for stage in _stages(text)] == ["1", "2"]


@pytest.mark.parametrize(
    ("now", "later"), [("Now", "Later"), ("Jetzt", "Später"), ("Сейчас", "Позже"), ("现在", "以后")]
)
def test_bold_now_and_later_are_stages(now: str, later: str) -> None:
    text = f"# Plan\n\n## {now} / {later}\n\n**{now}**\n- [x] A\n\n**{later}**\n- [ ] B\n"
    draft = _draft(text)
    assert [stage["name"] for stage in draft["stages"]] == [now, later]
    groups = [group for one in draft["checklists"] for group in one["groups"]]
    assert [group["name"] for group in groups] == [now, later]


def test_later_work_in_a_heading_of_words_is_no_horizon() -> None:
    assert _stages("# P\n\n## 今後の課題\n\n- A\n\n## 次のステップ\n\n- B\n") == []


def test_first_phase_is_no_title() -> None:
    text = "**Phase 1 (Month 1-2): Club**\n- Open\n\n**Phase 2 (Month 3-4): Shop**\n- Fill\n"
    assert _draft(text)["name"] == "d"
    assert _draft("# Phase 3: Harbour\n\n- Dig\n")["name"] == "Phase 3: Harbour"


@pytest.mark.parametrize(
    "text",
    [
        "# Changelog\n\n## v1.2.0\n\n- A\n\n## v1.1.0\n\n- B\n\n## v1.0.0\n\n- C\n",
        "# Notes\n\n## Release 3\n\n- A\n\n## Release 2\n\n- B\n",
        "# Day\n\n## Session 1: Hello (9:00-10:00)\n- A\n\n## Session 2: Deep (10:00-11:00)\n- B\n",
        "# Day\n\n## Part A (9am)\n- A\n\n## Part B (2 pm)\n- B\n",
    ],
)
def test_releases_and_hours_of_a_day_are_no_stages(text: str) -> None:
    assert _stages(text) == []


def test_releases_to_come_are_stages() -> None:
    text = "# Roadmap\n\n## Release 2\n\n- A\n\n## Release 3\n\n- B\n"
    assert [stage["number"] for stage in _stages(text)] == ["2", "3"]


@pytest.mark.parametrize(
    ("header", "duration"),
    [("阶段 | 工期 | 交付物", "2周"), ("Faza | Czas | Produkty", "2 tygodnie")],
)
def test_table_of_stages_in_other_languages(header: str, duration: str) -> None:
    rows = f"Dig | {duration} | Hole\nPour | {duration} | Slab\n"
    one, two = _stages(f"# P\n\n{header}\n---|---|---\n{rows}")
    assert (one["name"], two["name"]) == ("Dig", "Pour")
    assert one["effort"] == duration
    assert [item["name"] for item in one["items"]] == ["Hole"]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("# Etap 6: Plan wdrożenia", "Faza"),
        ("# Phase 2: The new kiln\n\n**Status:** planned", "Sprint"),
        ("# P\n\n## Stage 3: Everything (6 weeks)", "Phase"),
    ],
)
def test_heading_above_all_stages_is_none(title: str, word: str) -> None:
    text = f"{title}\n\n### {word} 1: Dig (2 weeks)\n\n- Earth\n\n### {word} 2: Pour\n\n- Stone\n"
    assert [stage["name"] for stage in _stages(text)] == ["Dig", "Pour"]


@pytest.mark.parametrize(
    "heads",
    [
        ("Tier 1", "Tier 2", "Tier 3"),
        ("**Lines 1-3**", "**Lines 5-6**", "**Lines 8-9**"),
        ("v1.4.0", "v1.3.0", "v20130218", "v0.2"),
        ("Capítulo 1: Piscina", "Capítulo 2: Jardín"),
    ],
)
def test_numbered_parts_of_a_text_are_no_stages(heads: tuple[str, ...]) -> None:
    parts = "".join(f"## {head}\n\nIt is told here.\n\n- One\n- Two\n\n" for head in heads)
    assert _draft(f"# P\n\n{parts}").keys().isdisjoint({"stages", "phases"})


def test_numbered_parts_that_are_planned_are_stages() -> None:
    text = (
        "# P\n\n## Batch 1: Oven (2 weeks)\n\n- Bricks\n\n## Batch 2: Roof (1 week)\n\n- Slates\n"
    )
    assert [stage["name"] for stage in _stages(text)] == ["Oven", "Roof"]


@pytest.mark.parametrize(
    ("heads", "is_family"),
    [
        (("Sprint 1 (2 weeks)", "Sprint 2 (3 weeks)"), True),
        (("Etappe 1 (Mai bis Juni)", "Etappe 2 (Juli bis August)"), True),
        (("Iteration 1 (done)", "Iteration 2 (in progress)"), True),
        (("Priority 1 (P1)", "Priority 2 (P2)"), False),
        (("Iteration 1 (learning rate 0.1)", "Iteration 2 (learning rate 0.01)"), False),
    ],
)
def test_a_bracket_makes_a_second_family_where_it_tells_of_a_plan(
    heads: tuple[str, str], is_family: bool
) -> None:
    below = "".join(f"## {head}\n\nText.\n\n" for head in heads)
    text = f"# P\n\n## Phase 1: A\n\n- a\n\n## Phase 2: B\n\n- b\n\n{below}"
    phases = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["phases"]

    assert len(phases) == (4 if is_family else 2)

"""What stands under a stage and is none of its work: overviews, criteria, effort and cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap


def _plan(text: str, folder: Path) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path, "plan.yml")


STAGES = "# Plan\n\n## {word} 1: Start\n\n- Server\n\n## {word} 2: Grow\n\n- Cache\n\n{table}"


@pytest.mark.parametrize(
    ("word", "table"),
    [
        (
            "Phase",
            "| Phase | Cost per month |\n|---|---|\n| 1 – Start | $30 |\n| 2 – Grow | $90 |\n",
        ),
        ("Phase", "| Phase | Cost per month |\n|---|---|\n| 1 | $30 |\n| 2 | $90 |\n"),
        ("阶段", "| 阶段 | 月费用 |\n|---|---|\n| 阶段一 | ¥300 |\n| 阶段二 | ¥900 |\n"),
        ("Etappe", "| | Kosten |\n|---|---|\n| Etappe 1 | 30 € |\n| Etappe 2 (Mai) | 90 € |\n"),
        ("Aşama", "| Aşama | Aylık |\n|---|---|\n| Aşama 1 | 30 € |\n| Aşama 2 | 90 € |\n"),
        ("Этап", "| Этап | ₽/мес |\n|---|---|\n| 1. Start | 300 ₽ |\n| 2. Grow | 900 ₽ |\n"),
    ],
)
def test_overview_behind_the_last_stage_is_of_all(word: str, table: str, tmp_path: Path) -> None:
    plan = _plan(STAGES.format(word=word, table=table), tmp_path)
    (summary,) = plan.summaries

    assert [[item.name for item in stage.items] for stage in plan.stages] == [["Server"], ["Cache"]]
    assert len(summary.rows) == 2
    assert summary.name == (word if f"| {word} |" in table else "Plan")
    assert summary.sums is False


def test_columns_of_all_stages_are_none_of_the_last_ones(tmp_path: Path) -> None:
    table = "| | Phase 1 | Phase 2 |\n|---|---|---|\n| Web | $30 | $60 |\n| Total | $30 | $60 |\n"
    plan = _plan(STAGES.format(word="Phase", table=table), tmp_path)

    assert [table.stage for table in plan.stacks] == [None, None]
    assert [len(stage.items) for stage in plan.stages] == [1, 1]


@pytest.mark.parametrize(
    "table",
    [
        "| Part | Cost |\n|---|---|\n| Phase 1 leftovers | $30 |\n| Redis | $90 |\n| Mail | $5 |\n",
        "| Service | Cost |\n|---|---|\n| Grow lights | $30 |\n| Start button | $90 |\n",
    ],
)
def test_things_called_like_a_stage_stay_its_items(table: str, tmp_path: Path) -> None:
    plan = _plan(STAGES.format(word="Phase", table=table), tmp_path)

    assert plan.summaries == ()
    assert len(plan.stages[1].items) == 1 + table.count("$")


@pytest.mark.parametrize(
    "label",
    [
        "**Move on when** any of these holds for 14 days:",
        "Exit criteria:",
        "We move on when",
        "### Done when",
        "**Fertig, wenn**",
        "Weiter geht es, wenn:",
        "Critères de passage :",
        "Pasamos cuando:",
        "Si passa alla fase successiva quando:",
        "Avançamos quando:",
        "Verder als:",
        "Warunki przejścia:",
        "Переходим дальше, когда:",
        "Gå vidare när:",
        "Gå videre når:",
        "Geçiş koşulu:",
        "移行条件：",
        "다음 단계로 넘어가는 조건:",
        "进入下一阶段的条件：",
    ],
)
def test_when_a_stage_ends_is_no_work(label: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n## Phase 1: Start\n\n- Server\n\n{label}\n\n1. disk above 70%\n2. a sale\n"
    (stage, _) = _plan(f"{text}\n## Phase 2: Grow\n\nMore.\n", tmp_path).stages

    assert [item.name for item in stage.items] == ["Server"]
    assert [*stage.facets.values()] == [("disk above 70%", "a sale")]


@pytest.mark.parametrize(
    "label", ["Move to the new rack:", "Done first, by the team:", "### Gates"]
)
def test_what_only_begins_like_a_condition_is_work(label: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n## Phase 1: Start\n\n{label}\n\n- pull the cables\n- label them\n"
    draft = import_markdown(f"{text}\n## Phase 2: Grow\n\nMore.\n".encode(), "plan.md").yaml
    (stage, _) = _plan(f"{text}\n## Phase 2: Grow\n\nMore.\n", tmp_path).stages

    assert "pull the cables" in draft
    assert stage.items or stage.facets


def test_headings_over_drawings_and_tables_are_no_work(tmp_path: Path) -> None:
    plan = _plan(
        "# Plan\n\n## Phase 1: Start\n\n### Picture\n\n```\n[a] ─▶ [b]\n └──▶ [c]\n```\n\n"
        "### Tokens\n\n| Model | Tokens | Cost per month |\n|---|---|---|\n| Small | 500 | $10 |\n"
        "| Large | 900 | $30 |\n\n### Cache\n\n- Install it\n\n### Buy a rack\n\n"
        "## Phase 2: Grow\n\n- Mail\n",
        tmp_path,
    )
    (table,) = plan.stacks

    assert [item.name for item in plan.stages[0].items] == ["Cache", "Buy a rack"]
    assert [row.name for row in table.rows] == ["Small", "Large"]
    assert len(plan.architectures) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Effort: 12 person-days (£5,000)",
        "工数：12人日（57.6万円）",
        "移行条件：全員の合意",
        "6 rbd, 6 600 zł",
        "Aufwand: 3 Wochen",
        "Coût : 300 €",
        "Done when: nobody asks",
    ],
)
@pytest.mark.parametrize("box", ["[ ] ", ""])
def test_effort_cost_and_condition_are_no_task(line: str, box: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n## Phase 1: Start\n\n- {line}\n- {box}Buy a server\n- {box}Write docs\n"
    text += "\n## Phase 2: Grow\n\nMore.\n"
    plan = _plan(text, tmp_path)
    points = [
        point.text for group in plan.checklists for part in group.groups for point in part.points
    ]

    assert points + [item.name for item in plan.stages[0].items] == ["Buy a server", "Write docs"]
    assert (
        re.split(r"[\s：]", line)[-1].strip("()") in import_markdown(text.encode(), "plan.md").yaml
    )


@pytest.mark.parametrize(
    "line", ["Time: sync all clocks", "Budget: agree it with the board", "3 servers, 2 switches"]
)
def test_task_that_begins_with_such_a_word_is_one(line: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n## Phase 1: Start\n\n- {line}\n- [ ] Buy a server\n"
    (checklist,) = _plan(f"{text}\n## Phase 2: Grow\n\nMore.\n", tmp_path).checklists

    assert [point.text for point in checklist.groups[0].points] == [line, "Buy a server"]

"""An amount of which a document nowhere says how often it is paid is none of a month's."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.costs import stage_costs, table_cost
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.moments import paid_at_the_end

ONE_PHASE = "# Relaunch\n\n## Phase 1: Build\n\n"
TABLE = "| Work | {header} |\n|---|---|\n| Shop | €6,000 |\n| Blog | €2,600 |\n"
UNSTATED = {
    "label": ONE_PHASE + "Prix : 8 600 €\n",
    "table": ONE_PHASE + TABLE.format(header="Cost"),
    "list": "# Neubau\n\n## Schritt 1: Umbau\n\n- Planung: 8.000 €\n- Abnahme: 600 €\n",
    "a column of months beside it": ONE_PHASE
    + "| Work | Months | Cost |\n|---|---|---|\n| Shop | 3 | €6,000 |\n",
    "what is done each month": ONE_PHASE
    + "All costs are reviewed monthly.\n\n"
    + TABLE.format(header="Cost"),
    "costs in passing": ONE_PHASE
    + "We hope for lower costs per month.\n\nThe work:\n\n"
    + TABLE.format(header="Cost"),
    "months of work": ONE_PHASE.replace("Build", "Build (months 1-3)") + "Cost: €8,600\n",
}
STATED = {
    "header": ONE_PHASE + TABLE.format(header="Monthly"),
    "par mois": ONE_PHASE + TABLE.format(header="Prix par mois"),
    "月額": ONE_PHASE + TABLE.format(header="月額"),
    "caption": ONE_PHASE + "**Monthly costs:**\n\n" + TABLE.format(header="Cost"),
    "heading": ONE_PHASE.replace("Build", "Hosting, per month") + TABLE.format(header="Cost"),
    "sum": ONE_PHASE + TABLE.format(header="Cost") + "| Total | €8,600/month |\n",
    "Per month": ONE_PHASE + TABLE.format(header="Now") + "| **Per month** | **€8,600** |\n",
    "Pro Monat": ONE_PHASE + TABLE.format(header="Heute") + "| Pro Monat | €8,600 |\n",
    "Par mois": ONE_PHASE + TABLE.format(header="Prix") + "| Par mois : | €8,600 |\n",
    "document": "All prices are per month, net.\n\n" + ONE_PHASE + TABLE.format(header="Cost"),
    "Dokument": ONE_PHASE + "Alle Preise pro Monat.\n\n" + TABLE.format(header="Kosten"),
}


def _plan(text: str, folder: Path) -> tuple[str, Roadmap]:
    draft = import_markdown(text.encode(), "plan.md").yaml
    path = folder / "plan.yml"
    path.write_text(draft, encoding="utf-8")
    return draft, load_roadmap(path, "plan.yml")


def _running(plan: Roadmap) -> set[object]:
    costs = [one.running for one in stage_costs(plan)]
    costs += [table_cost(table) for _, table in plan.tables()]
    stated = {
        stage.cost.stated.currency
        for stage in plan.stages
        if stage.cost and stage.cost.stated.monthly is not None
    }
    return {amount for cost in costs for amount in cost.currencies} | stated


@pytest.mark.parametrize("name", UNSTATED)
def test_amount_without_a_period_is_no_running_cost(name: str, tmp_path: Path) -> None:
    draft, plan = _plan(UNSTATED[name], tmp_path)

    assert "€" in draft
    assert _running(plan) == set()
    assert paid_at_the_end(plan, stage_costs(plan)) is None


@pytest.mark.parametrize("name", STATED)
def test_period_that_is_stated_near_an_amount_is_its_own(name: str, tmp_path: Path) -> None:
    _, plan = _plan(STATED[name], tmp_path)

    assert _running(plan) == {"EUR"}


def test_amount_without_a_period_is_kept_to_the_letter(tmp_path: Path) -> None:
    _, plan = _plan(UNSTATED["label"], tmp_path)

    (stage,) = plan.stages
    assert stage.cost is not None
    assert (str(stage.cost.stated), stage.cost.period) == ("8 600 €", "unstated")


def test_by_hand_an_amount_without_a_period_stays_a_months(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text("name: P\nstages: [{id: a, name: A, cost: €40}]\n", encoding="utf-8")

    (stage,) = load_roadmap(path, "plan.yml").stages

    assert stage.cost is not None
    assert stage.cost.stated.monthly is not None


@pytest.mark.parametrize(
    "bracket",
    [
        "2 weeks",
        "3 Wochen",
        "2週間",
        "2-4 semaines",
        "6 недель",
        "3 tygodnie",
        "1,5 Monate",
        "3개월",
    ],
)
def test_how_long_a_stage_takes_is_no_condition(bracket: str, tmp_path: Path) -> None:
    _, plan = _plan(f"# P\n\n## Phase 1: A ({bracket})\n\nx\n\n## Phase 2: B\n\ny\n", tmp_path)
    stage = plan.stages[0]
    assert (stage.name, stage.trigger, stage.when) == ("A", None, None)
    assert stage.facets == {"Duration": (bracket,)}


@pytest.mark.parametrize(
    "bracket", ["500 Nutzer", "10 000 utilisateurs", "200+ users", "2 weeks after launch"]
)
def test_what_a_stage_waits_for_is_no_duration(bracket: str, tmp_path: Path) -> None:
    _, plan = _plan(f"# P\n\n## Phase 1: A ({bracket})\n\nx\n\n## Phase 2: B\n\ny\n", tmp_path)
    assert str(plan.stages[0].trigger) == bracket
    assert not plan.stages[0].facets


@pytest.mark.parametrize("header", ["Due", "Due date", "Deadline", "Fällig", "Échéance", "期限"])
def test_by_when_a_stage_is_due_is_not_when_it_lasts(header: str, tmp_path: Path) -> None:
    rows = "| M1 | Agreement | 2026-02-28 |\n| M2 | Interface | 2026-05-31 |\n"
    _, plan = _plan(f"# P\n\n| Milestone | What | {header} |\n|---|---|---|\n{rows}", tmp_path)
    assert [(str(one.due), one.when) for one in plan.stages] == [
        ("2026-02-28", None),
        ("2026-05-31", None),
    ]


def test_prices_by_several_periods_say_nothing_of_the_others(tmp_path: Path) -> None:
    rows = "| Extra | €99 |\n| Per week | €6 |\n| Per month | €20 |\n"
    _, plan = _plan(f"{ONE_PHASE}| Plan | Cost |\n|---|---|\n{rows}", tmp_path)
    extra = plan.stages[0].items[0]
    assert extra.service
    assert (extra.name, extra.service.period) == ("Extra", "unstated")


def test_a_sign_without_a_usual_meaning_is_the_drafts_currency(tmp_path: Path) -> None:
    rows = "| 云服务器 | ¥300 |\n| 接口 | $20 |\n| 模型 | $30 |\n| 语音 | $40 |\n"
    draft, plan = _plan(f"# 播客\n\n## 成本\n\n| 项目 | 月费用 |\n|---|---|\n{rows}", tmp_path)
    assert plan.currency == "CNY"
    assert "¥300" in draft

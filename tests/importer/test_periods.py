"""An amount of which a document nowhere says how often it is paid is none of a month's."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.costs import stage_costs, table_cost
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.moments import paid_at_the_end
from statusgen.roadmap.price import Kind

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
    assert (str(stage.effort), stage.facets) == (bracket, {})


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


OFTEN = """# House

| Item | {amount} | {often} |
|---|---|---|
| A | €85 | {week} |
| B | €462 | {year} |
| C | €900 | {month} |
"""
OFTEN_WORDS = [
    ("Amount", "How often", "weekly", "yearly, in June", "Monthly"),
    ("Betrag", "Turnus", "wöchentlich", "jährlich", "monatlich"),
    ("Montant", "Fréquence", "hebdomadaire", "annuel", "mensuel"),
    ("Importe", "Frecuencia", "semanal", "anual", "mensual"),
    ("Costo", "Frequenza", "settimanale", "annuale", "mensile"),
    ("Bedrag", "Hoe vaak", "wekelijks", "jaarlijks", "maandelijks"),
    ("Custo", "Frequência", "semanal", "anual", "mensal"),
]


def _periods(plan: Roadmap) -> list[str]:
    """Say of each line of the plan's tables how often it is paid."""
    found = []
    for _, table in plan.tables():
        for row in table.rows:
            if row.annual is not None:
                found.append("year")
            for price in filter(None, [row.monthly]):
                (term,) = price.all_terms
                once = term.kind is Kind.ONE_OFF
                open_ = "unstated" if row.period == "unstated" else "month"
                found.append("once" if once else term.every.value if term.every else open_)
    return found


@pytest.mark.parametrize("words", OFTEN_WORDS)
def test_column_says_how_often_each_line_is_paid(words: tuple[str, ...], tmp_path: Path) -> None:
    keys = ("amount", "often", "week", "year", "month")
    _, plan = _plan(OFTEN.format(**dict(zip(keys, words, strict=True))), tmp_path)

    assert _periods(plan) == ["week", "year", "month"]


def test_what_a_column_of_periods_says_and_nobody_reads_is_no_month(tmp_path: Path) -> None:
    text = OFTEN.format(
        amount="Amount", often="How often", week="one-off", year="10 months, none in May",
        month="monthly",
    )  # fmt: skip
    _, plan = _plan(text, tmp_path)

    assert _periods(plan) == ["once", "unstated", "month"]


def test_amounts_that_add_up_are_not_timed_line_by_line(tmp_path: Path) -> None:
    text = (
        "# Care\n\n| Task | Per month | Frequency |\n|---|---|---|\n| Floor | £85 | weekly |\n"
        "| Glass | £40 | monthly |\n"
    )
    _, plan = _plan(text, tmp_path)
    _, summed = _plan(text.replace("Per month", "Cost") + "| Total | £125 | |\n", tmp_path)
    _, copies = _plan(text.replace("Frequency", "Backups").replace("Per month", "Cost"), tmp_path)

    assert _periods(plan) == ["month", "month"]
    assert "week" not in _periods(summed) + _periods(copies)


PLAIN = "| Item | {header} |\n|---|---|\n| Web | £7,200 |\n| Mail | £600 |\n"
OTHERWISE = {
    "of many months": PLAIN.format(header="18 months"),
    "of some years": PLAIN.format(header="3 years"),
    "über Jahre": PLAIN.format(header="36 Monate"),
    "each year": PLAIN.format(header="Cost").replace("Web", "Web, each year"),
    "a caption of years": "**Yearly costs:**\n\n" + PLAIN.format(header="Cost"),
    "légende": "**Coûts par an :**\n\n" + PLAIN.format(header="Coût"),
    "a sentence of years": "All prices are per year, net.\n\n" + PLAIN.format(header="Cost"),
    "a month's name": "- Web: £7,200, start in May\n- Mail, £600, but not until October\n",
    "Monatsname": "- Netz, 7.200 £, aber erst ab Oktober\n- Post: 600 £\n",
    "two prices of one thing": "| | Basic |\n|---|---|\n| Per year | £790 |\n| All in | £900 |\n",
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_words_of_other_times_make_nothing_monthly(name: str, tmp_path: Path) -> None:
    draft, plan = _plan("# Plan\n\n" + OTHERWISE[name], tmp_path)

    assert "£" in draft
    assert _running(plan) == set()
    assert "month" not in _periods(plan)


def test_price_of_a_month_beside_one_of_a_year_stays(tmp_path: Path) -> None:
    text = (
        "| | Basic | Pro |\n|---|---|---|\n| Per month | $29 | $79 |\n| Per year | $290 | $790 |\n"
    )
    _, plan = _plan("# Prices\n\n## List\n\n" + text, tmp_path)

    assert _periods(plan) == ["month", "unstated"] * 2


@pytest.mark.parametrize(
    "header", ["Salary p.a.", "Gehalt p. a.", "Salaire par an", "Sueldo anual", "Stipendio annuo"]
)
def test_salary_of_a_year_beside_another_amount_is_a_years(header: str, tmp_path: Path) -> None:
    text = "# Plan\n\n| Role | {} | Plan |\n|---|---|---|\n| A | €72,000 | €108,000 |\n"
    _, plan = _plan(text.format(header) + "| B | €60,000 | €80,000 |\n", tmp_path)
    _, other = _plan(text.format("Next year") + "| B | €60,000 | €80,000 |\n", tmp_path)

    assert _periods(plan) == ["year", "year", "unstated", "unstated"]
    assert "year" not in _periods(other)


def test_period_of_an_amount_in_a_name_is_that_amounts_own(tmp_path: Path) -> None:
    text = "## Hosting per month\n\n| Item | Cost |\n|---|---|\n| Name (€40/year) | €3.33 |\n"
    _, plan = _plan("# Run\n\n" + text + "| Web | €5 |\n", tmp_path)

    assert _periods(plan) == ["month", "month"]

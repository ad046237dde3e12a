"""What looks like a price or a second column of costs and is none, and how often one is paid."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.run.documents import audit_markdown


def _plan(text: str, tmp_path: Path) -> Roadmap:
    path = tmp_path / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path)


RATES = {
    "de": """
| Posten | Menge | Satz | Betrag |
|---|---|---|---|
| Leitung | 20 h | 25 EUR | 500 EUR |
| Prüfung | 3 h | 80 EUR | 240 EUR |
| Werkzeug | pauschal | 60 EUR | 60 EUR |
""",
    "fr": """
| Poste | Quantité | Prix/mois | Total |
|---|---|---|---|
| Serveurs | 2 | 18€ | 36€ |
| Base | Plan S | 14€ | 14€ |
""",
    "en": """
| Item | Hours | Rate | Amount |
|---|---|---|---|
| Design | 12 | $80 | $960 |
| Legal | 2 | $200 | $400 |
""",
}


@pytest.mark.parametrize("table", RATES.values(), ids=RATES)
def test_what_one_costs_is_no_second_list_of_costs(table: str, tmp_path: Path) -> None:
    (costs,) = (costs for _, costs in _plan(f"# Plan\n{table}", tmp_path).tables())

    assert all(row.unit_price for row in costs.rows)


def test_two_offers_beside_each_other_stay_two(tmp_path: Path) -> None:
    rows = "| Server | 2 | $80 | $90 |\n| Mail | 3 | $20 | $25 |\n"
    text = f"# P\n\n| Item | Qty | Acme | Globex |\n|---|---|---|---|\n{rows}"

    assert len([*_plan(text, tmp_path).tables()]) == 2


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Price list (USD per 1M tokens)", "| Model | Input | Output |"),
        ("Tarifas", "| Modelo | Entrada ($/1M) | Salida ($/1M) |"),
        ("料金", "| モデル | Input（1M tokens） | Output（1M tokens） |"),
        ("KI", "| Modell | je Million Token | pro 1 Mio. Token |"),
        ("IA", "| Modelo | Por millón, entrada | Por millón, salida |"),
        ("ИИ", "| Модель | Цена за миллион токенов | За 1 млн ответов |"),
        ("每百万 token 价格", "| 模型 | 输入 | 输出 |"),
    ],
)
def test_prices_of_so_many_pieces_are_no_costs(name: str, header: str, tmp_path: Path) -> None:
    text = f"# {name}\n\n{header}\n|---|---|---|\n| small | $0.25 | $1.25 |\n| large | $3 | $15 |\n"

    assert not [*_plan(text, tmp_path).tables()]


@pytest.mark.parametrize(
    "name", ["Bill (1,000 videos)", "A million users", "Kosten bei 1 Mio. Nutzern", "100万人の費用"]
)
def test_costs_of_so_many_in_a_month_are_costs(name: str, tmp_path: Path) -> None:
    rows = "| Cloud A | $1,250 | $15,000 |\n| Cloud B | $400 | $4,800 |\n"
    text = f"# {name}\n\n| Cloud | Monthly cost | Annual cost |\n|---|---|---|\n{rows}"

    assert [*_plan(text, tmp_path).tables()]


@pytest.mark.parametrize(
    "first", ["Besparing t.o.v. nu", "Savings against today", "Ersparnis pro Jahr"]
)
def test_what_is_saved_is_no_cost(first: str, tmp_path: Path) -> None:
    rows = "| A | € 2.574,00 |\n| B | € 3.646,00 |\n"

    assert not [*_plan(f"# S\n\n| {first} | € |\n|---|---|\n{rows}", tmp_path).tables()]


@pytest.mark.parametrize("header", ["× 45 × 12", "25 users x 12", "× 12"])
def test_twelve_times_a_month_is_a_year(header: str, tmp_path: Path) -> None:
    rows = "| A | $4.90 | $2,646 |\n| B | $5.60 | $3,024 |\n"
    text = f"# S\n\n| Tool | per user a month | {header} |\n|---|---|---|\n{rows}"
    (costs,) = (costs for _, costs in _plan(text, tmp_path).tables())

    assert all(row.annual and not row.monthly for row in costs.rows)


@pytest.mark.parametrize(
    ("header", "once", "often"),
    [("Modèle", "One-shot", "Récurrent"), ("Billing", "one-time", "monthly")],
)
def test_a_column_says_what_is_paid_once(
    header: str, once: str, often: str, tmp_path: Path
) -> None:
    rows = f"| Pack | {once} | 1 800 € |\n| Module | {often} | 120 €/mois |\n"
    text = f"# Add-ons\n\n| Nom | {header} | Prix |\n|---|---|---|\n{rows}"
    (costs,) = (costs for _, costs in _plan(text, tmp_path).tables())

    assert str(costs.rows[0].monthly).casefold().endswith(f"€ {once.casefold()}")
    assert costs.rows[1].period is None


@pytest.mark.parametrize(
    "line",
    ["Safety check: No critical findings", "Revenue: $0", "Tests: zero failures", "Share: 55%"],
)
def test_what_a_line_of_a_stage_says_otherwise_is_no_price(line: str, tmp_path: Path) -> None:
    plan = _plan(f"# P\n\n## Phase 1: Club\n\n- Open the door\n- {line}\n", tmp_path)
    items = [item for stage in plan.stages for item in stage.items]

    notes = [note for stage in plan.stages for note in stage.notes]
    assert [*(item.name for item in items[1:]), *notes] == [line]
    assert all(item.service is None for item in items)


@pytest.mark.parametrize("line", ["Mail: no cost", "Recette: 5 k€", "R2: $12/mo"])
def test_a_line_of_a_stage_with_a_price_has_it(line: str, tmp_path: Path) -> None:
    plan = _plan(f"# P\n\n## Phase 1: Club\n\n- Open the door\n- {line}\n", tmp_path)
    items = [item for stage in plan.stages for item in stage.items]

    assert items[1].service is not None


@pytest.mark.parametrize(
    "rows",
    [
        "| Host | 12€ |\n| Mail | 10$ (~9€) |\n| **TOTAL** | **21€** |\n",
        "| Panel | 40 USD |\n| Name | 15 USD |\n| Beta | 0 € |\n| **Total** | **55 USD** |\n",
        "| Сервер | $0 |\n| Домен | $0 |\n| **Итого** | **0 ₽** |\n",
        "| SQL | 3 |\n| Tools | 4 (`a.ts`, `b.ts`) |\n| UI | 2 |\n| **Total** | **9** |\n",
        "| Zoek | 8-14 dagen |\n| Slot | 5-10 dagen of niet |\n| Totaal | 13-24 dagen |\n",
    ],
    ids=["converted", "zero euros", "nothing at all", "names of what is counted", "or never"],
)
def test_nothing_is_asked_where_all_can_be_added(rows: str) -> None:
    faults = audit_markdown(f"# S\n\n| What | Much |\n|---|---|\n{rows}", "d.md")

    assert [str(one) for one in faults if one.is_fault] == []


def test_two_currencies_are_asked_about_still() -> None:
    rows = "| Host | 12€ |\n| Mail | $10 |\n| **Total** | **21€** |\n"
    found = audit_markdown(f"# S\n\n| What | Much |\n|---|---|\n{rows}", "d.md")

    assert [one.rule for one in found if one.is_fault] == ["COST012"]

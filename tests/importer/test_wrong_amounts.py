"""Amounts of tables and lists that are no lines of costs: sums, years, rates, groups, figures."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _rows(text: str) -> list[str]:
    (stack,) = _draft(text)["stacks"]
    return [row["name"] for row in stack["rows"]]


CLOSED = """# Offer

| Services | Pricing |
|---|---|
| Design | $21,000 |
| Front-end | $16,000 |
| App | $16,000 |
| | $44,000 |
"""
CLOSED_DE = """# Angebot

| Leistung | Stunden | Betrag |
|---|---|---|
| Entwurf | 20 | 2.100 € |
| Bau | 16 | 1.600 € |
| | | **4.400 €** |
"""
CLOSED_JA = """# 見積

| 項目 | 金額 |
|---|---|
| 設計 | 210,000円 |
| 開発 | 160,000円 |
| | 440,000円 |
"""


@pytest.mark.parametrize("text", [CLOSED, CLOSED_DE, CLOSED_JA])
def test_a_last_line_of_amounts_alone_is_the_total_though_it_is_wrong(text: str) -> None:
    (stack,) = _draft(text)["stacks"]

    assert "44" in stack["total"]["monthly"].replace(".", "").replace(",", "")
    assert not any(row["name"].startswith("Row") for row in stack["rows"])


def test_a_small_amount_without_a_name_is_no_total() -> None:
    (stack,) = _draft(CLOSED.replace("$44,000", "$4,000"))["stacks"]

    assert "total" not in stack


COMPARED = """# Budget

- Initial budget: $3,800
- Actual cost: $3,962
- Deviation: +$162
- Team: 5 developers
"""
COMPARED_ES = """# Presupuesto

- **Presupuesto inicial:** 3.800 €
- **Coste real:** 3.962 €
- **Desviación:** +162 €
"""
COMPARED_DE = """# Kosten

- Budget: 3.800 €
- Ist: 3.962 €
- Abweichung: 162 €
"""


@pytest.mark.parametrize("text", [COMPARED, COMPARED_ES, COMPARED_DE])
def test_what_was_planned_beside_what_it_cost_is_paid_once(text: str) -> None:
    assert "stacks" not in _draft(text)


def test_a_budget_among_costs_is_one() -> None:
    assert _rows("# Costs\n\n- Ad budget: $300\n- Hosting: $20\n") == ["Ad budget", "Hosting"]


TIMES_KO = """# 시간

| 단계 | 소요 시간 |
|---|---|
| 도메인 구매 | 10분 |
| 빌드 | 3분 |
| **총 예상 시간** | **13분** |
"""
TIMES_DE = """# Plan

| Phase | Dauer |
|---|---|
| Kauf | 10 Tage |
| Bau | 5 Tage |
| Gesamtdauer | 15 Tage |
"""
TIMES_FR = """# Plan

| Étape | Durée |
|---|---|
| Achat | 10 jours |
| Pose | 5 jours |
| Durée totale | 15 jours |
"""


@pytest.mark.parametrize("text", [TIMES_KO, TIMES_DE, TIMES_FR])
def test_the_time_of_all_stages_is_none_of_them(text: str) -> None:
    draft = _draft(text)

    assert len(draft.get("stages", draft.get("phases", []))) == 2
    assert any("1" in note for note in draft["notes"])


def test_a_stage_may_be_called_by_all_of_something() -> None:
    draft = _draft(TIMES_DE.replace("Gesamtdauer", "Gesamttest"))

    assert [stage["name"] for stage in draft["phases"]] == ["Kauf", "Bau", "Gesamttest"]


@pytest.mark.parametrize("said", ["合計工数: 7h", "Gesamtaufwand: 7h", "Total effort: 7h"])
def test_the_effort_of_all_boxes_is_none_of_them(said: str) -> None:
    (checklist,) = _draft(f"# P\n\n- {said}\n- [ ] a (2h)\n- [x] b (5h)\n")["checklists"]

    (group,) = checklist["groups"]
    assert [point["text"] for point in group["points"]] == ["a (2h)", "b (5h)"]
    assert group["notes"] == [said]


YEAR_LIST = """# Infra

- Supabase: $25/month
- Netlify: $19/month
- Total: $44/month
- Annual: $528/year
"""
YEAR_TABLE = """# Infra

| Poste | Coût |
|---|---|
| Supabase | 25 €/mois |
| Netlify | 19 €/mois |
| Total | 44 €/mois |
| Par an | 528 €/an |
"""
YEAR_BOX = """# Infra

```
Supabase      25 €/Monat
Netlify       19 €/Monat
Gesamt        44 €/Monat
Jährlich:     528 €/Jahr
```
"""


@pytest.mark.parametrize("text", [YEAR_LIST, YEAR_TABLE, YEAR_BOX])
def test_the_year_of_a_total_is_none_of_its_lines(text: str) -> None:
    (stack,) = _draft(text)["stacks"]

    assert [row["name"] for row in stack["rows"]] == ["Supabase", "Netlify"]
    assert "528" in stack["total"]["annual"]


def test_a_year_that_is_not_twelve_months_stays_a_line() -> None:
    names = _rows(YEAR_LIST.replace("$528/year", "$20/year").replace("Annual", "Annual"))

    assert names == ["Supabase", "Netlify", "Annual"]


def test_a_months_total_of_the_first_year_is_said_beside_the_total() -> None:
    text = """# Cost

| Service | Cost |
|---|---|
| S3 | $5 |
| DB | $10 |
| **Total** | **$15/month** |
| **First year total** | **$12/month** |
"""
    (stack,) = _draft(text)["stacks"]

    assert stack["total"]["monthly"] == "$15/month"
    assert stack["total"]["notes"] == ["First year total: $12/month"]


RATES = """# Rates

| Role | Cost/Hour |
|---|---|
| Junior | 20 € |
| Senior | 40 € |
"""


@pytest.mark.parametrize(
    "header", ["Cost/Hour", "Tarifa Horaria", "Stundensatz", "Taux horaire", "Rate per day"]
)
def test_what_an_hour_costs_is_no_cost(header: str) -> None:
    draft = _draft(RATES.replace("Cost/Hour", header))

    assert "stacks" not in draft
    assert draft["x-tables"][0]["rows"][1]["cells"] == ["Senior", "40 €"]


def test_what_a_month_costs_is_one() -> None:
    assert _rows(RATES.replace("Cost/Hour", "Cost/Month")) == ["Junior", "Senior"]


PIECES = """# Quote

| Item | Qty | Price | Amount |
|---|---|---|---|
| Removal | 1 | $2,800 | $2,800 |
| Floor | 180 | $4.50 | $810 |
"""


@pytest.mark.parametrize(
    ("count", "price"), [("Qty", "Price"), ("Menge", "Preis"), ("Quantité", "Prix")]
)
def test_the_price_of_one_is_no_second_stack(count: str, price: str) -> None:
    text = PIECES.replace("Qty", count).replace("Price", price)
    (stack,) = _draft(text)["stacks"]

    assert [row["monthly"] for row in stack["rows"]] == ["$2,800", "$810"]
    assert stack["rows"][1]["unit_price"] == "$4.50"


SPANNED = """# Plan

| Sprint | Dev | Hours | Cost |
|---|---|---|---|
| Sprint 1 | Ann | 10 | $100 |
| | Bob | 20 | $200 |
| Sprint 2 | Ann | 5 | $50 |
| **Total** | | **35** | **$350** |
"""


def test_a_stage_of_several_lines_has_the_amount_of_none_of_them() -> None:
    draft = _draft(SPANNED)

    first, second = draft["stages"]
    assert "cost" not in first
    assert first["notes"] == ["Dev: Ann; Hours: 10; Cost: $100", "Dev: Bob; Hours: 20; Cost: $200"]
    assert second["cost"]["stated"] == "$50"
    (summary,) = draft["summaries"]
    names = [row["name"] for row in summary["rows"]]
    assert names == ["Sprint 1: Ann", "Sprint 1: Bob", "Sprint 2"]


@pytest.mark.parametrize("header", ["Area | Person", "Bereich | Person", "Zone | Qui"])
def test_a_line_below_a_spanning_cell_tells_of_what(header: str) -> None:
    text = f"# K\n\n| {header} | €  |\n|---|---|---|\n| Bau | Anna | 500 € |\n| | Bert | 300 € |\n"

    assert _rows(text) == ["Bau: Anna", "Bau: Bert"]


GROUPS = """# Budget

| Category | Estimate |
|---|---|
| **Space** | |
| Rental | $100 |
| **Food** | |
| Coffee | $50 |
| **Total** | $150 |
"""


def test_a_line_above_a_group_is_no_cost() -> None:
    (stack,) = _draft(GROUPS)["stacks"]

    assert [row["name"] for row in stack["rows"]] == ["Rental", "Coffee"]
    assert [row["notes"] for row in stack["rows"]] == [["Category: Space"], ["Category: Food"]]


def test_a_thing_without_its_amount_is_a_line() -> None:
    assert _rows(GROUPS.replace("**Space**", "Space")) == ["Space", "Rental", "Coffee"]

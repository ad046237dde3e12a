"""Amounts that are no line of costs stay as their author wrote them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.importer.words import priced
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap

NONE = {
    "price breaks": "| 1+ | 10+ | 100+ |\n|---|---|---|\n| $4.62 | $4.10 | $3.25 |\n",
    "Staffelpreise": "| Menge | Stückpreis |\n|---|---|\n| 1–9 | 4,62 € |\n| 10+ | 3,25 € |\n",
    "quantities in a row": "| Qty | 1 | 10 | 100 |\n|---|---|---|---|\n| Board | $9 | $8 | $5 |\n",
    "cumulative": "| Year | A (cumulative) |\n|---|---|\n| 1 | £640 |\n| 2 | £1,280 |\n",
    "cumul": "| Fin de phase | Engagé (cumul) |\n|---|---|\n| 1 | 640 € |\n| 2 | 1 280 € |\n",
    "balances": "| Account | £ |\n|---|---|\n| Current account | £310 |\n| Petty cash | £18 |\n",
    "Konten": "| Konto | Betrag |\n|---|---|\n| Girokonto | 310 € |\n| Handkasse | 18 € |\n",
    "own prices": "| Plan | £ a month | Customers | MRR |\n|---|---|---|---|\n"
    "| Start | £9 | 140 | £1,260 |\n| Grow | £24 | 62 | £1,488 |\n",
    "instalments": "## Payment plan\n\n- Deposit by May: £75\n- Second payment: £60\n",
    "tranches": "## Grant tranches\n\n1. On signature: £300\n2. After the report: £100\n",
    "Zahlungsplan": "## Zahlungsplan\n\n- bei Auftrag: 4.862 €\n- nach Lieferung: 2.431 €\n",
    "shares": "## Terms\n\n- 35 % à la signature, soit 350 €\n- 65 % à la livraison, soit 650 €\n",
    "a table of them": "| Instalment | When | Amount |\n|---|---|---|\n| First | May | £50 |\n"
    "| Second | July | £70 |\n",
    "pick one": "You need neither. Pick one:\n\n- a small server, £6\n- a board at home, £45\n",
    "quotes": "## Quotes received\n\n1. Dawes, £48,600\n2. Peak, £51,250\n",
    "Angebote": "## Eingegangene Angebote\n\n- Meier: 4.800 €\n- Huber: 5.100 €\n",
    "what if": "## If the rupee moves\n\n- the licence becomes: £320\n- both together: £810\n",
    "falls": "## Falls der Kurs steigt\n\n- Lizenz: 320 €\n- Scanner: 810 €\n",
    "what falls away": "| Was fällt weg | Kosten heute |\n|---|---|\n| Wartung | 890 € |\n"
    "| Strom | 265 € |\n",
    "months": "## Milestones\n\n- M3: file opened, at £20\n- M6: pilot at £30\n- M12: ten at £40\n",
}
COSTS = {
    "sizes": "| Size | Cost |\n|---|---|\n| Small | £4 |\n| Large | £9 |\n",
    "running costs": "| Item | Running cost |\n|---|---|\n| Web | £640 |\n| Mail | £12 |\n",
    "accounts": "| Account | Cost |\n|---|---|\n| Production | £310 |\n| Staging | £18 |\n",
    "counts": "| Item | Unit price | Count | Amount |\n|---|---|---|---|\n| A | £9 | 14 | £126 |\n"
    "| B | £24 | 6 | £144 |\n",
    "payment gateway": "## Payment gateway\n\n- Monthly: £75\n- Support: £60\n",
    "shares of costs": "## Costs\n\n- Compute: £300 (60 %)\n- Storage: £200 (40 %)\n",
    "an offer": "## Angebot\n\n- Tische: 4.800 €\n- Stühle: 5.100 €\n",
    "deposits": "| Item | Cost |\n|---|---|\n| Deposit for the van | £90 |\n| Fuel | £20 |\n",
    "routed": "## If we route\n\n- Small: £80\n- Large: £160\n- Total: £240\n",
}


def _plan(text: str, folder: Path) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path, "plan.yml")


@pytest.mark.parametrize("name", NONE)
def test_amounts_that_nobody_pays_are_no_lines_of_costs(name: str, tmp_path: Path) -> None:
    plan = _plan(f"# Plan\n\n{NONE[name]}", tmp_path)
    draft = import_markdown(NONE[name].encode(), "d.md").yaml
    words = re.findall(r"[^\W\d_]{3,}|\d[\d.,]*\d", NONE[name])

    assert [*plan.tables()] == []
    assert not any(stage.items or stage.cost for stage in plan.stages)
    assert plan.procedures == ()
    assert [word for word in words if word not in draft] == []


@pytest.mark.parametrize("name", COSTS)
def test_costs_that_look_alike_stay(name: str, tmp_path: Path) -> None:
    plan = _plan(f"# Plan\n\n{COSTS[name]}", tmp_path)
    (table,) = (table for _, table in plan.tables())

    assert len([row for row in table.rows if row.monthly]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Admin time: 0.25 of a $104,000 engineer",
        "Verwaltung: 0,25 einer 80.000 € Stelle",
        "Gestion : 20 % d'un 40 000 €",
    ],
)
def test_amount_of_which_a_part_is_meant_is_no_price(text: str) -> None:
    assert priced(text).price == ""


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Stucwerk (9%): € 640,00", "€ 640,00"),
        ("Plaster (20% VAT): £640", "£640"),
        ("Fee (3%)", "3%"),
        ("VPS for $5", "$5"),
    ],
)
def test_percentage_in_brackets_is_no_price_beside_one(text: str, price: str) -> None:
    assert priced(text).price == price


def test_average_and_saving_below_a_list_are_none_of_its_lines(tmp_path: Path) -> None:
    text = "# Bilan\n\n- Janvier : 15 €\n- Février : 20 €\n- Moyenne des deux : 17,50 €\n"
    (table,) = (table for _, table in _plan(text + "- Économie : 3 €\n", tmp_path).tables())

    assert [row.name for row in table.rows] == ["Janvier", "Février"]
    assert len(table.notes) == 2

    text = "# Run\n\n- Web: $15\n- Average plan: $20\n- Savings plan fee: $3\n"
    (table,) = (table for _, table in _plan(text, tmp_path).tables())

    assert len(table.rows) == 3


def test_rate_tax_and_discount_of_a_table_of_stages(tmp_path: Path) -> None:
    plan = _plan(
        "# Devis\n\n| Étape | Heures | Taux | Montant |\n|---|--:|--:|--:|\n"
        "| Cadrage | 14 | 115 € | 1 610 € |\n| Design | 32 | 105 € | 3 360 € |\n"
        "| Sous-total | 46 | | 4 970 € |\n| Rabais (10 %) | | | -497 € |\n"
        "| TPS (5 %) | | | 223,65 € |\n| TOTAL | | | 4 696,65 € |\n",
        tmp_path,
    )

    assert [(stage.name, str(stage.cost.stated)) for stage in plan.stages if stage.cost] == [
        ("Cadrage", "1 610 €"),
        ("Design", "3 360 €"),
    ]
    assert len(plan.stages) == 2


def test_line_without_a_first_cell_is_called_by_its_words(tmp_path: Path) -> None:
    plan = _plan(
        "# Bills\n\n| Bill | When | Per month |\n|---|---|---|\n| Rent | May | £975 |\n"
        "| | Handed on | £20 |\n",
        tmp_path,
    )
    (table,) = (table for _, table in plan.tables())

    assert [row.name for row in table.rows] == ["Rent", "Handed on"]


@pytest.mark.parametrize("periods", [("Per month", "Per year"), ("Pro Monat", "Pro Jahr")])
def test_plans_with_prices_by_month_and_by_year(periods: tuple[str, str], tmp_path: Path) -> None:
    month, year = (f"| {name} | {{}} | {{}} |\n" for name in periods)
    head, extra = "# App\n\n| | Solo | Team |\n|---|---|---|\n", "| Extra seat | – | €9 |\n"
    prices = month.format("€29", "€79") + year.format("€290", "€790")
    (plans,) = (table for _, table in _plan(head + prices + extra, tmp_path).tables())
    sums = [table for _, table in _plan(head + extra * 2 + prices, tmp_path).tables()]

    assert [(row.name, str(row.monthly)) for row in plans.rows] == [
        ("Solo", "€29"),
        ("Team", "€79"),
    ]
    assert "€790" in str(plans.rows[1].notes)
    assert plans.sums is False
    assert all(row.name not in ("Solo", "Team") for table in sums for row in table.rows)


@pytest.mark.parametrize(
    "header",
    [
        "| Позиция | Кол-во | Цена, руб. | Сумма, руб. |",
        "| Voce | Q.tà | Prezzo (€) | Importo (€) |",
        "| Concepto | Cantidad | Precio (€) | Importe (€) |",
        "| Post | Aantal | Prijs (€) | Bedrag (€) |",
    ],
)
def test_price_that_times_a_count_is_the_amount_is_of_one(header: str, tmp_path: Path) -> None:
    rows = "|---|---|---|---|\n| A | 3 | 100 | {} |\n| B | 2 | 500 | {} |\n"
    right, slip, others = (
        [table for _, table in _plan(f"# S\n\n{header}\n{text}", tmp_path).tables()]
        for text in (rows.format(300, 1000), rows.format(300, 900), rows.format(400, 900))
    )

    assert [row.quantity for row in right[0].rows] == [3, 2]
    assert all(row.unit_price and row.monthly for table in (*right, *slip) for row in table.rows)
    assert [len(right), len(slip), len(others)] == [1, 1, 2]


def test_month_times_months_is_no_price_of_one(tmp_path: Path) -> None:
    text = (
        "# S\n\n| Stage of it | Months | Per month | Sum |\n|---|---|---|---|\n"
        "| A | 3 | £100 | £300 |\n| B | 2 | £500 | £1,000 |\n"
    )
    tables = [table for _, table in _plan(text, tmp_path).tables()]

    assert [table.rows[0].period for table in tables] == [None, "unstated"]


def test_people_of_a_column_are_no_money(tmp_path: Path) -> None:
    text = "# 게임\n\n| 조 | {} |\n|---|---|\n| 1 | 11 |\n| 2 | 12 |\n\n회비 1인당 30,000원\n"

    assert [*_plan(text.format("인원"), tmp_path).tables()] == []
    assert [*_plan(text.format("금액(원)"), tmp_path).tables()] != []


def test_manager_is_no_period(tmp_path: Path) -> None:
    text = "# S\n\n| Role | Cost |\n|---|---|\n| {} | £29,400 |\n| Design | £4,400 |\n"
    (table,) = (table for _, table in _plan(text.format("PM"), tmp_path).tables())
    (others,) = (table for _, table in _plan(text.format("Desk, pm"), tmp_path).tables())

    assert [row.period for row in table.rows] == ["unstated", "unstated"]
    assert others.rows[0].period is None


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Break even at $225 MRR", ""),
        ("Ziel: 5.000 € Umsatz", ""),
        ("Objectif : 3 000 € de recettes", ""),
        ("Meta: 1.000 € de ingresos", ""),
        ("Hosting: $20 in Virginia", "$20 in Virginia"),
        ("Pro: 20 € im Monat", "20 € im Monat"),
    ],
)
def test_what_is_earned_is_no_price(text: str, price: str) -> None:
    assert priced(text).price == price

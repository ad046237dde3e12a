"""Counts, shares, dates and ratios that stand among costs, and prices in the names of stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.importer.table_columns import is_count
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap


def _plan(text: str, folder: Path) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path, "plan.yml")


@pytest.mark.parametrize(
    "header",
    [
        "Orders/month",
        "New users per month",
        "Bestellungen pro Monat",
        "Commandes / mois",
        "Pedidos al mes",
        "Ordini al mese",
        "Заказов в месяц",
        "Bestellingen per maand",
        "月订单量",
        "注文数/月",
        "월 주문수",
        "Aylık sipariş",
    ],
)
def test_column_of_counts_is_no_money(header: str, tmp_path: Path) -> None:
    text = (
        f"# Plan\n\nCosts are in GBP.\n\n| Stage | {header} |\n|---|---|\n| A | 40 |\n| B | 90 |\n"
    )
    plan = _plan(text, tmp_path)

    assert is_count(header)
    assert not any(stage.cost for stage in plan.stages)
    assert [*plan.tables()] == []


@pytest.mark.parametrize("header", ["Per month", "Hosting/month", "Cost for customers", "Monthly"])
def test_column_of_amounts_is_none_of_counts(header: str) -> None:
    assert not is_count(header)


@pytest.mark.parametrize("years", [("Year", "1", "2"), ("Jahr", "1", "2"), ("", "2026", "Year 2")])
def test_bills_of_years_are_not_monthly_where_all_amounts_are(
    years: tuple[str, str, str], tmp_path: Path
) -> None:
    header, first, second = years
    text = "# Plan\n\nAll amounts are monthly.\n\n| Item | Cost |\n|---|---|\n| Web | £20 |\n"
    table = f"\n| {header} | Cost |\n|---|---|\n| {first} | £240 |\n| {second} | £250 |\n"
    (_, items), (_, sums) = _plan(text + "| Mail | £5 |\n" + table, tmp_path).tables()

    assert [row.period for row in items.rows] == [None, None]
    assert [row.period for row in sums.rows] == ["unstated", "unstated"]


def test_lines_without_an_amount_are_notes(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n| Item | Cost |\n|---|---|\n| When | May 2027 |\n| Customers | 400 |\n"
        "| Servers | $200 |\n| Storage | $20 |\n| Mail | 5 |\n| Backup | open |\n"
        "| Search | $30 |\n| Cache | $10 |\n| Queue | $7 |\n"
        "| Gross margin | 60 % |\n"
    )
    (table,) = (table for _, table in _plan(text, tmp_path).tables())

    assert [row.name for row in table.rows] == [
        "Servers",
        "Storage",
        "Mail",
        "Backup",
        "Search",
        "Cache",
        "Queue",
    ]
    assert [note.split("; ")[0] for note in table.notes] == [
        "Item: When",
        "Item: Customers",
        "Item: Gross margin",
    ]


RATIOS = [
    ("Per document", "$0.08"),
    ("Pro Person", "80 €"),
    ("1人あたり", "25,000円"),
    ("予算の残り", "20,000円"),
    ("Income", "$900"),
    ("Difference", "$40"),
]


@pytest.mark.parametrize("form", ["- {}: {}\n", "| {} | {} |\n"])
@pytest.mark.parametrize(("label", "price"), RATIOS)
def test_what_stands_below_a_sum_and_is_none_of_it_is_noted(
    label: str, price: str, form: str, tmp_path: Path
) -> None:
    money = price.replace(price.strip("$ €円"), "{}")
    lines = [("A", money.format(30000)), ("B", money.format(20000)), ("Total", money.format(50000))]
    text = "".join(form.format(*line) for line in [*lines, (label, price)])
    text = f"| | Cost |\n|---|---|\n{text}" if form.startswith("|") else text
    (table,) = (table for _, table in _plan(f"# Plan\n\n{text}", tmp_path).tables())

    assert [row.name for row in table.rows] == ["A", "B"]
    assert table.notes == (f"{label}: {price}",)


def test_line_below_a_sum_that_is_a_cost_stays(tmp_path: Path) -> None:
    text = "# Plan\n\n- A: $100\n- B: $50\n- Total: $150\n- Spare parts: $20\n"
    above = "# Plan\n\n- Per seat licences: $100\n- B: $50\n- Total: $150\n"
    (table,) = (table for _, table in _plan(text, tmp_path).tables())
    (other,) = (table for _, table in _plan(above, tmp_path).tables())

    assert [row.name for row in table.rows] == ["A", "B", "Spare parts"]
    assert len(other.rows) == 2


@pytest.mark.parametrize("form", ["- **{}:** {}\n", "**{}:** {}\n\n"])
@pytest.mark.parametrize(
    ("name", "said", "price"),
    [
        ("Aşama {} (şimdi)", "45 salon, tek sunucu, 2.125 TL/ay", "2.125 TL/ay"),
        ("Stage {} (now)", "45 halls, one server, £1,125/month", "£1,125/month"),
        ("Etappe {}", "ein Server, 30 € im Monat", "30 € im Monat"),
    ],
)
def test_price_at_the_end_of_a_stages_name_is_its_cost(
    form: str, name: str, said: str, price: str, tmp_path: Path
) -> None:
    text = "".join(form.format(name.format(number), said) for number in (1, 2))
    first, _ = _plan(f"# Plan\n\n{text}", tmp_path).stages

    assert first.cost is not None
    assert str(first.cost.stated) == price
    assert first.name == said.removesuffix(f", {price}")


@pytest.mark.parametrize("said", ["ten customers, $400 MRR", "raise prices, £9", "Mail, up to £9"])
def test_amount_in_a_name_that_is_no_monthly_price_stays(said: str, tmp_path: Path) -> None:
    text = f"# Plan\n\n- **Stage 1:** {said}\n- **Stage 2:** more of it\n"
    first, _ = _plan(text, tmp_path).stages

    assert first.name == said
    assert first.cost is None


@pytest.mark.parametrize(
    "header", ["Veränderung", "Variation", "Zmiana", "Fark", "増減", "变化", "Изменение", "Endring"]
)
def test_column_of_what_changes_is_no_cost(header: str, tmp_path: Path) -> None:
    text = (
        f"| Item | Price | {header} |\n|---|---|---|\n| Web | €30 | +€5 |\n| Mail | €10 | −€5 |\n"
    )
    (table,) = (table for _, table in _plan(f"# Plan\n\n{text}", tmp_path).tables())

    assert [str(row.monthly) for row in table.rows] == ["€30", "€10"]
    assert table.rows[0].notes == (f"{header}: +€5",)


@pytest.mark.parametrize(
    "header", ["Who pays", "Wer zahlt", "Qui paie", "Quién paga", "Кто платит"]
)
def test_who_pays_how_much_is_no_cost(header: str, tmp_path: Path) -> None:
    paid = f"| {header} | Amount |\n|---|---|\n| Town | €30 |\n| Club | €10 |\n"
    costs = (
        f"| Item | Amount | {header} |\n|---|---|---|\n| Hall | €30 | Town |\n| Tea | €10 | us |\n"
    )

    assert [*_plan(f"# Plan\n\n{paid}", tmp_path).tables()] == []
    ((_, table),) = _plan(f"# Plan\n\n{costs}", tmp_path).tables()
    assert len(table.rows) == 2

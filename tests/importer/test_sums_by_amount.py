"""Sums whatever they are called, parts below their whole, and what is taken off a sum."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import CostTable


def _table(text: str, folder: Path) -> CostTable:
    path = folder / "plan.yml"
    text = f"# Plan\n\n## Costs\n\n{text}"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    ((_, table),) = load_roadmap(path, "plan.yml").tables()
    return table


SUMS = [
    ("All bills", "£{}"),
    ("So far", "£{}"),
    ("지출 계", "{}원"),
    ("総費用", "{}円"),
    ("Итого по разделу 1", "{} ₽"),
    ("Summa kostnader", "SEK {}"),
    ("Zu zahlen", "{} €"),
    ("Dépenses de la fête", "{} €"),
    ("Gastos del viaje", "{} €"),
    ("Spese della gita", "{} €"),
    ("Despesas da viagem", "R$ {}"),
    ("Wydatki razem z dojazdem", "{} zł"),
    ("Uitgaven feest", "€ {}"),
    ("Udgifter ved festen", "DKK {}"),
    ("Toplam gider kalemi", "{} TL"),
    ("总支出费用", "¥{}"),
]


@pytest.mark.parametrize("form", ["- {}: {}\n", "| {} | {} |\n", "{}    {}\n"])
@pytest.mark.parametrize(("label", "money"), SUMS)
def test_label_that_may_name_a_sum_does_where_its_amount_is_one(
    label: str, money: str, form: str, tmp_path: Path
) -> None:
    lines = [("Alpha", 300), ("Beta", 415), (label, 715)]
    text = "".join(form.format(name, money.format(amount)) for name, amount in lines)
    if form.startswith("|"):
        text = f"| | Cost |\n|---|---|\n{text}"
    elif not form.startswith("-"):
        text = f"```\n{text}```\n"
    table = _table(text, tmp_path)

    assert [row.name for row in table.rows] == ["Alpha", "Beta"]
    assert table.total is not None
    assert table.total.name == label


NO_SUMS = [("Gamma", 715), ("All bills", 716), ("Allspice", 715)]


@pytest.mark.parametrize("form", ["- {}: £{}\n", "| {} | £{} |\n", "{}    £{}\n"])
@pytest.mark.parametrize(
    ("label", "amount"), [("Gamma", 715), ("All bills", 716), ("Allspice", 715)]
)
def test_line_that_is_no_sum_stays_one(label: str, amount: int, form: str, tmp_path: Path) -> None:
    lines = [("Alpha", 300), ("Beta", 415), (label, amount)]
    text = "".join(form.format(*line) for line in lines)
    if form.startswith("|"):
        text = f"| | Cost |\n|---|---|\n{text}"
    elif not form.startswith("-"):
        text = f"```\n{text}```\n"

    assert [row.name for row in _table(text, tmp_path).rows] == ["Alpha", "Beta", label]


def test_last_bold_entry_of_a_list_is_its_sum(tmp_path: Path) -> None:
    text = "- Rent: £300\n- Power: £415\n- {}\n"
    bold = _table(text.format("**Flat: £715**"), tmp_path)
    other = _table(text.format("**Flat: £720**"), tmp_path)
    all_bold = _table("- **Rent**: £300\n- **Power**: £415\n- **Flat**: £715\n", tmp_path)

    assert bold.total is not None
    assert bold.total.name == "Flat"
    assert len(bold.rows) == 2
    assert other.total is None
    assert len(all_bold.rows) == 3


def test_amounts_of_unlike_periods_are_no_sum(tmp_path: Path) -> None:
    table = _table("- Web: £10/month\n- Mail: £20/month\n- All hosting: £30/year\n", tmp_path)

    assert table.total is None
    assert len(table.rows) == 3


@pytest.mark.parametrize("mark", ["ㄴ ", "– ", "└ ", "↳ ", "• "])
@pytest.mark.parametrize("total", ["| Total | £515 |\n", "| All of it | £515 |\n", ""])
def test_parts_are_noted_in_the_line_that_holds_them(mark: str, total: str, tmp_path: Path) -> None:
    head = "| Item | Cost |\n|---|---|\n"
    text = f"| Food | £415 |\n| {mark}Meat | £252 |\n| {mark}Tea | £163 |\n| Room | £100 |\n"
    table = _table(head + text + total, tmp_path)

    assert [row.name for row in table.rows] == ["Food", "Room"]
    assert [note.split()[-1] for note in table.rows[0].notes] == ["£252", "£163"]
    assert table.sums is not False


def test_part_of_a_line_is_noted_where_the_total_leaves_it_out(tmp_path: Path) -> None:
    text = "| Item | Cost |\n|---|---|\n| Staff | £900 |\n| – overtime | £50 |\n| Cloud | £100 |\n"
    inside = _table(text + "| Total | £1,000 |\n", tmp_path)
    beside = _table(text + "| Total | £1,050 |\n", tmp_path)

    assert [row.name for row in inside.rows] == ["Staff", "Cloud"]
    assert [row.name for row in beside.rows] == ["Staff", "– overtime", "Cloud"]


@pytest.mark.parametrize(
    ("block", "amounts"),
    [
        (
            "税込合計        165,000円\n− 源泉徴収税額   15,315円\n差引請求額      149,685円",
            [165000, -15315],
        ),
        ("Total      €1,200\nRetención    €180\nTotal a pagar  €1,020", [1200, -180]),
        (
            "Work   £1,000\nVAT   £200\nTotal   £1,200\n– Withheld   £150\nTo pay   £1,050",
            [1000, 200, -150],
        ),
    ],
)
def test_what_is_withheld_is_taken_off(block: str, amounts: list[int], tmp_path: Path) -> None:
    table = _table(f"```\n{block}\n```\n", tmp_path)
    read = [row.monthly.amount.low for row in table.rows if row.monthly and row.monthly.amount]

    assert [int(amount) for amount in read] == amounts
    assert table.total is not None


def test_line_below_a_sum_that_is_none_of_it_keeps_its_sign(tmp_path: Path) -> None:
    table = _table("```\nWeb     £100\nMail    £50\nTotal   £150\n- Spare   £20\n```\n", tmp_path)

    assert [row.name for row in table.rows] == ["Web", "Mail", "Spare"]
    assert str(table.rows[-1].monthly) == "£20"

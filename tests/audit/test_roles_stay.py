"""What a column or a line is does not follow from whether its sums come out: one may be wrong."""

from __future__ import annotations

import pytest

from statusgen.audit import Severity
from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown

QUANTITIES = {
    "one line is right": """# Netz

| Posten | Menge | Einzelpreis | Kosten |
|---|---:|---:|---:|
| Access Points | 24 | 149 € | <3.576> € |
| Switches, 48 Ports | 4 | 890 € | 3.560 € |
| Verkabelung | 1 | 6.200 € | 6.200 € |
""",
    "things counted in the cell": """# 旅行

| 費目 | 単価 | 数量 | 金額 |
|---|---|---|---|
| ホテル | 24,500円 | 3泊 | 73,500円 |
| 車 | 6,800円 | 4日 | <27,200>円 |
""",
    "no sign and no last header": """# Materials

| Item | Qty | Each | |
|---|--:|--:|--:|
| Oak board | 14 | 31.30 | <438.20> |
| Adhesive | 6 | 12.50 | 75.00 |
""",
    "a price between a number and a sum": """# Смета

| Наименование | Ед. | Кол-во | Цена, руб. | Сумма, руб. |
|---|---|--:|--:|--:|
| Ламинат | м² | 46 | 1 150 | <52 900> |
| Краска | шт. | 9 | 3 400 | 30 600 |
""",
    "a unit beside the number": """# Devis

| Réf. | Désignation | Qté | U | P.U. HT | Total HT |
|---|---|---|---|---|---|
| 1 | Électricité, 7 points | 7 | u | 92,50 € | <647,50> € |
| 2 | Peinture | 11 | m² | 318,00 € | 3 498,00 € |
""",
}
"""A number is in ``<>`` that is changed."""
SLIPS = {"3.576": "3.756", "27,200": "29,200", "438.20": "483.20", "52 900": "59 200"}
SLIPS |= {"647,50": "674,50"}


def _marked(text: str) -> tuple[str, str]:
    number = text[text.index("<") + 1 : text.index(">")]
    right = text.replace("<", "").replace(">", "")
    return right, right.replace(number, SLIPS[number])


def _told(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "d.md") if one.is_fault]


@pytest.mark.parametrize("name", QUANTITIES)
def test_a_line_is_held_against_how_many_times_a_price_by_the_headers(name: str) -> None:
    right, wrong = _marked(QUANTITIES[name])

    assert _told(right) == []
    assert ("COST026", Severity.ERROR) in _told(wrong)


@pytest.mark.parametrize("name", [name for name in QUANTITIES if "no sign" not in name])
def test_a_wrong_line_makes_no_second_price_of_the_one_of_a_piece(name: str) -> None:
    draft = import_markdown(_marked(QUANTITIES[name])[1].encode(), "d.md").yaml

    assert draft.count("unit_price:") >= 2


@pytest.mark.parametrize(
    "line",
    ["| Mugs, box of 6 | 12 | $10 | $20 |", "| Cups, 10 % off | 3 | $100 | $270 |"],
    ids=["a price of several", "a discount"],
)
def test_a_line_with_a_reason_of_its_own_is_right(line: str) -> None:
    table = "| Item | Qty | Each | Cost |\n|---|---|---|---|\n| Caps | 3 | $5 | $15 |\n"

    assert _told(f"# Shop\n\n{table}{line}\n") == []


TOTALS = {
    "bold": """# Fin

| Was wegfällt | Kosten |
|---|---:|
| Wartung | 8.900 € |
| Band | 3.200 € |
| Strom | 2.650 € |
| **Weniger ab 2028** | **14.750 €** |
""",
    "without a name": """# Lot

| | Cost |
|---|--:|
| Boards | 1,150.00 |
| Screws | 399.00 |
| Paint | 620.00 |
| | 2,169.00 |
""",
    "by a word that may be one": """# 모임

| 항목 | 금액 |
|---|---|
| 버스 | 480,000원 |
| 식비 | 415,000원 |
| 숙소 | 840,000원 |
| 지출 계 | 1,735,000원 |
""",
    "with what may be more": """# Plan

| Phase | Budget |
|---|---|
| One | $6,160 |
| Two | $14,960 |
| Three | $37,060 |
| **Project budget** | **$58,180** |
""",
}
WRONG = {"14.750": "15.750", "2,169": "2,196", "1,735": "1,375", "58,180": "58,810"}


@pytest.mark.parametrize("name", TOTALS)
def test_a_line_that_stands_out_is_the_sum_although_a_digit_is_wrong(name: str) -> None:
    text = TOTALS[name]
    right, wrong = next(pair for pair in WRONG.items() if pair[0] in text)

    assert _told(text) == []
    assert [rule for rule, _ in _told(text.replace(right, wrong))] == ["COST001"]


@pytest.mark.parametrize(
    "amount", ["4,310 €", "21.300 €", "16.900 €"], ids=["far", "another", "two digits off"]
)
def test_a_bold_line_of_another_amount_is_no_sum(amount: str) -> None:
    assert _told(TOTALS["bold"].replace("14.750 €", amount)) == []


def test_what_is_taken_off_a_sum_above_it_gives_a_total() -> None:
    rows = "| 航空券 | 99,400円 |\n| ホテル | 73,500円 |\n| 小計 | 172,900円 |\n"
    text = f"# 旅\n\n| 費目 | 金額 |\n|---|---|\n{rows}| 割引 | ▲10,000円 |\n| **合計** | {{}} |\n"

    assert _told(text.format("162,900円")) == []
    assert _told(text.format("169,200円")) == [("COST001", Severity.ERROR)]


RUNNING = {
    "sums so far": """# Plan

| Phase | Cost | So far |
|---|--:|--:|
| One | 14,200 | 14,200 |
| Two | 41,850 | 56,050 |
| Three | 33,600 | <89,650> |
| Four | 52,900 | 142,550 |
""",
    "what comes in and goes out": """# Kasse

| Datum | Ein | Aus | Kontostand |
|---|--:|--:|--:|
| 1.1. | | | 2.417,60 |
| 5.1. | 1.085,00 | | 3.502,60 |
| 6.1. | | 40,76 | <3.461,84> |
| 5.2. | 1.140,00 | 54,31 | 4.547,53 |
""",
    "what is left each year": """# 折旧

| 年 | 折旧额 | 净值 |
|---|--:|--:|
| 2025 | 45,170 | 177,830 |
| 2026 | 45,170 | 132,660 |
| 2027 | 45,170 | <87,490> |
| 2028 | 45,170 | 42,320 |
""",
}
"""A number is in ``<>`` that is changed."""
SLIPS |= {"89,650": "86,950", "3.461,84": "3.641,84", "87,490": "84,790"}


@pytest.mark.parametrize("name", RUNNING)
def test_a_column_that_goes_on_from_line_to_line_shows_its_wrong_one(name: str) -> None:
    right, wrong = _marked(RUNNING[name])

    assert _told(right) == []
    assert _told(wrong) == [("COST026", Severity.WARNING)]


def test_amounts_that_grow_otherwise_go_on_from_none() -> None:
    rows = "| 1 | 20 | 100 |\n| 2 | 25 | 140 |\n| 3 | 30 | 170 |\n| 4 | 35 | 190 |\n"

    assert _told(f"# Users\n\n| Month | New | Users |\n|---|--:|--:|\n{rows}") == []


WORKED = {
    "a column of its own": """# 費用

| 費目 | 計算 | 金額（万円） |
|---|---|---:|
| 開発 | 65人日 × 4.8 | <312> |
| 旧環境 | 38 × 3か月 | 114 |
| 新環境 | 22 × 3か月 | 66 |
""",
    "in the name": """# Trip

| What | Cost |
|---|--:|
| Hotel, 9 nights × 112.00 | <1,008.00> |
| Boat, 4 × 25.00 | 100.00 |
| Labour, 105 hours @ 34 | 3,570.00 |
""",
    "with words": """# 모임

| 항목 | 내역 | 금액 |
|---|---|---|
| 숙소 | 3동 × 280,000원 | <840,000>원 |
| 고기 | 18kg × 14,000원 | 252,000원 |
| 보험 | 42명 × 1,500원 | 63,000원 |
""",
}
SLIPS |= {"312": "321", "1,008.00": "1,080.00", "840,000": "870,000"}


@pytest.mark.parametrize("name", WORKED)
def test_a_product_in_a_cell_is_held_against_the_amount_behind_it(name: str) -> None:
    right, wrong = _marked(WORKED[name])

    assert _told(right) == []
    assert _told(wrong) == [("COST026", Severity.ERROR)]


@pytest.mark.parametrize(
    "line",
    ["Disks, 4 × 20 TB", "Cards, 3 × $10, 20 % off", "Rooms, 2 × $120 + breakfast"],
    ids=["sizes", "a discount", "something more"],
)
def test_a_product_that_says_something_else_is_left_alone(line: str) -> None:
    rows = f"| Hotel, 9 nights × $112 | $1,008 |\n| Boat, 4 × $25 | $100 |\n| {line} | $900 |\n"

    assert _told(f"# Trip\n\n| What | Cost |\n|---|--:|\n{rows}") == []


RELATED = {
    "with the tax": """# Quotes

| | Net | VAT | Gross |
|---|--:|--:|--:|
| Radical | 9,600.00 | 2,016.00 | 11,616.00 |
| Cure54 | 8,750.00 | 1,837.50 | <10,587.50> |
| Solo | 4,400.00 | 924.00 | 5,324.00 |
""",
    "what changed": """# Against last year

| | 2023/24 | 2024/25 | Change |
|---|--:|--:|--:|
| Fees | £6,885.00 | £7,140.00 | £255.00 |
| Matches | £2,304.00 | £2,216.50 | <-£87.50> |
| Interest | £12.07 | £41.18 | £29.11 |
""",
    "sums so far over a total": """# Summary

| Phase | Cost (£) | Cumulative (£) |
|---|--:|--:|
| Discovery | 14,200 | 14,200 |
| Core | 41,850 | 56,050 |
| Portal | 33,600 | <89,650> |
| **Total** | **89,650** | |
""",
}
"""A number is in ``<>`` that is changed."""
CHANGED = {"10,587.50": "10,857.50", "-£87.50": "-£78.50", "89,650": "86,950"}


@pytest.mark.parametrize("name", RELATED)
def test_a_header_says_of_few_lines_what_their_last_column_is(name: str) -> None:
    before, rest = RELATED[name].split("<")
    number, after = rest.split(">", maxsplit=1)

    assert _told(before + number + after) == []
    assert _told(before + CHANGED[number] + after) == [("COST026", Severity.WARNING)]

"""What a document does not say: no stage, step, price or sum is made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.importer.amounts import currency_in
from statusgen.importer.words import is_price, priced
from statusgen.roadmap.comparing import savings
from statusgen.roadmap.figures import figures
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.price_grammar import parse_price


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


MEASURED = """## Outcome

| Metric | Before | After | Change |
|---|---|---|---|
| Builds | 3/day | 11/day | +267% |
| Queue | ~25 min | 4 min | -84% |
| Mood | -5 | +30 | +35 points |
"""
MOVED = """## Outcome

| Area | Before | After |
|---|---|---|
| Hosting | Heroku | Hetzner |
| Mail | Exchange 2016 | Fastmail |
"""


def test_measurements_before_and_after_are_no_stage() -> None:
    draft = _draft(MEASURED)

    assert "stages" not in draft
    assert draft["x-tables"][0]["rows"][1]["cells"] == ["Queue", "~25 min", "4 min", "-84%"]


def test_what_takes_the_place_of_something_moves() -> None:
    (stage,) = _draft(MOVED)["stages"]

    assert [item["name"] for item in stage["items"]] == ["Hosting", "Mail"]


@pytest.mark.parametrize(
    "text", ["ISO 27001", "RFC 2119", "RTX 4070", "PHP 8", "AMD 7700", "SOC 2", "TOP 10", "GPT 4"]
)
def test_letters_before_a_number_are_no_currency(text: str) -> None:
    assert not is_price(text)


@pytest.mark.parametrize("text", ["HKD 400/month", "CHF5", "PHP 4,000", "AMD 9000/month", "THB 90"])
def test_codes_of_currencies_are_prices(text: str) -> None:
    assert is_price(text)


def test_a_product_costs_what_it_comes_to() -> None:
    assert priced("3 nodes × $52/month = $156/month").price == "$156/month"
    assert priced("Mail: 3 × $52/month").price == "3 × $52/month"


MATRIX = """# Move

## Phase 1: Both

| | Rack | Cloud |
|---|---|---|
| Before | £5,400 | – |
| Together | £5,400 | £3,900 |
| After | – | £3,900 |

## Phase 2: One

Done.
"""


def test_amounts_of_several_things_are_nobodys_price() -> None:
    first, _ = _draft(MATRIX)["phases"]

    assert not first.get("items")


def test_a_sentence_behind_bold_words_is_no_name() -> None:
    draft = _draft(
        "# Move\n\n**Phase 1 – Look (weeks 1–3).** Two people count the disks.\n\n"
        "**Phase 2 – Carry (week 4).** A van for £90, a third less (33 %).\n"
    )

    assert [stage["name"] for stage in draft["phases"]] == ["Look", "Carry"]
    assert draft["phases"][0]["when"] == "weeks 1–3"
    assert "trigger" not in draft["phases"][1]


def test_a_numbered_list_of_options_is_no_list_of_steps() -> None:
    options = "# Store\n\n## Considered options\n\n1. Postgres\n2. SQLite\n3. Files\n"

    assert "procedures" not in _draft(options)
    assert "procedures" in _draft(options.replace("Considered options", "Restore"))


PLANS = """# Prices from March

| Plan | Old | New |
|---|---|---|
| Hobby | $5/mo | $6/mo |
| Pro | $20/mo | $23/mo |
"""


@pytest.mark.parametrize(("total", "saved"), [("", False), ("| Total | $25/mo | $29/mo |\n", True)])
def test_two_prices_of_each_plan_are_not_added_up(total: str, saved: bool, tmp_path: Any) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(import_markdown((PLANS + total).encode(), "d.md").yaml, encoding="utf-8")
    roadmap = load_roadmap(path, "draft.yml")
    (comparison,) = roadmap.comparisons

    assert (savings(comparison, figures(roadmap)) is not None) is saved


def test_what_is_saved_is_no_cost() -> None:
    draft = _draft("**Yearly savings**:\n\n- Calls: $3K\n- Power: $2K\n- **Total**: $5K/year\n")

    assert "stacks" not in draft


def test_what_one_costs_is_not_what_a_stage_costs() -> None:
    draft = _draft(
        "# Move\n\n| Phase | Scope | Days | Rate | Cost |\n|---|---|--:|--:|--:|\n"
        "| 1 | Invoices | 25 | €800 | €20,000 |\n| 2 | Search | 18 | €800 | €14,400 |\n"
    )

    assert [stage["cost"]["stated"] for stage in draft["phases"]] == ["€20,000", "€14,400"]


def test_the_bills_of_years_are_no_months() -> None:
    text = "What the number costs per month:\n\n- {}: £431\n- {}: £518\n"
    (years,) = _draft(text.format("2024", "2025 (forecast)"))["stacks"]
    (others,) = _draft(text.format("Texts", "Calls"))["stacks"]

    assert [row.get("period") for row in years["rows"]] == ["unstated", "unstated"]
    assert [row.get("period") for row in others["rows"]] == [None, None]


def test_the_number_of_a_line_is_not_its_name() -> None:
    draft = _draft(
        "# Run\n\n## Phase 1: Main\n\n| Priority | Block | Cost |\n|---|---|---|\n"
        "| 1 | Quiz | $46 |\n| 2 | Talk | $90 |\n| Total | | $136 |\n\n"
        "## Phase 2: Rest\n\nNothing.\n"
    )
    stage = draft["phases"][0]

    assert [item["name"] for item in stage["items"]] == ["Quiz", "Talk"]
    assert stage["cost"]["stated"] == "$136"


@pytest.mark.parametrize("header", ["Hours", "Users", "Draft", "Years"])
def test_no_currency_is_read_from_the_end_of_a_word(header: str) -> None:
    draft = _draft(
        f"# Quote\n\n| Item | {header} | Fee |\n|---|---|---|\n| Audit | 12 | £1,140 |\n"
        "| Build | 30 | £2,850 |\n| Total | 42 | £3,990 |\n"
    )
    (table,) = draft["stacks"]

    assert [row["monthly"] for row in table["rows"]] == ["£1,140", "£2,850"]


@pytest.mark.parametrize(
    "header", ["Cost (Rs)", "Cost, kr.", "金額（円）", "Preis in zł", "費用円"]
)
def test_word_that_stands_for_itself_in_a_header_is_a_currency(header: str) -> None:
    assert currency_in(header)


@pytest.mark.parametrize(
    "lines",
    [
        "- stage 1 → 2: five testers ask for an invoice\n- stage 2 → 3: CPU above 60 %\n",
        "- Phase 1 -> Phase 2: ten shops\n- Phase 2 -> Phase 3: fifty shops\n",
    ],
)
def test_condition_between_two_stages_is_no_stage(lines: str) -> None:
    assert "stages" not in _draft(f"# Plan\n\n## Move on when\n\n{lines}")


SUMMED = """# Site

## Étapes

| Étape | Contenu | Coût HT |
|---|---|---|
| 1 | Maquettes | 1 200 € |
| 2 | Développement | 3 900 € |
| | **Total HT** | **5 100 €** |
| | TVA 20 % | 1 020 € |
| | **Total TTC** | **{whole}** |
"""


def test_tax_below_a_sum_is_no_stage_and_every_sum_is_kept() -> None:
    draft = _draft(SUMMED.format(whole="6 120 €"))
    (summary,) = draft["summaries"]

    assert [(stage["number"], stage["name"]) for stage in draft["stages"]] == [
        ("1", "Maquettes"),
        ("2", "Développement"),
    ]
    assert summary["rows"][-1]["name"] == "TVA 20 %"
    assert summary["total"]["monthly"] == "6 120 €"
    assert [one["monthly"] for one in summary["subtotals"]] == ["5 100 €"]
    assert "x-unread" not in draft


def test_number_in_front_of_a_stage_is_its_number_and_not_said_twice() -> None:
    draft = _draft(
        "# RFC\n\n| Step | When |\n|---|---|\n| 1. Dual write | May |\n| 2. Drop it | June |\n"
        "| 3 servers move | July |\n"
    )

    assert [(stage.get("number"), stage["name"]) for stage in draft["stages"]] == [
        ("1", "Dual write"),
        ("2", "Drop it"),
        (None, "3 servers move"),
    ]


def test_share_of_time_is_no_price() -> None:
    draft = _draft(
        "# Tiers\n\n| | Team | Business |\n|---|---|---|\n| Price | $29/mo | $99/mo |\n"
        "| Extra member | $6 | $4 |\n| SLA | 99.5% | 99.95% |\n"
    )

    for table in draft["stacks"]:
        assert [row["name"] for row in table["rows"] if "monthly" in row] == [
            "Price",
            "Extra member",
        ]


def test_sums_of_what_is_no_cost_are_no_line() -> None:
    draft = _draft(
        "# Plan\n\n| # | Initiative | Effort | Saves/yr |\n|---|---|---|---|\n"
        "| I1 | Reaper | 2w | $61k |\n| I2 | Tiering | 1w | $32k |\n| | | **3w** | **$93k** |\n"
    )
    (table,) = draft["stacks"]

    assert [row["name"] for row in table["rows"]] == ["Reaper", "Tiering"]
    assert table["notes"] == ["Effort: 3w; Saves/yr: $93k"]


def test_months_of_one_column_are_not_those_of_another() -> None:
    draft = _draft(
        "# Staff\n\n| Role | Monthly (gross) | Requested |\n|---|---|---|\n"
        "| Maintainer | €4,200 | €25,200 |\n| Engineer | €5,000 | €6,000 |\n"
    )
    monthly, requested = draft["stacks"]

    assert "period" not in monthly["rows"][0]
    assert requested["rows"][0]["period"] == "unstated"


def test_months_do_not_name_stages() -> None:
    draft = _draft(
        "# 計画\n\n| 段階 | 期間 | 作業 | 費用 |\n|---|---|---|---|\n"
        "| 1 | 4月 | 調査 | 40万円 |\n| 2 | 5〜6月 | 移行 | 120万円 |\n"
    )

    assert [stage["name"] for stage in draft["stages"]] == ["調査", "移行"]


@pytest.mark.parametrize(
    ("header", "cell", "price"),
    [
        ("金額（万円）", "312", "¥3,120,000"),
        ("金額（千円）", "312", "¥312K"),
        ("금액(만원)", "1,200", "₩12,000,000"),
        ("ARS/mes", "$144,859", "ARS 144,859"),
        ("CHF", "6'150.–", "CHF 6,150"),
        ("₹", "1,01,400", "₹101,400"),
        ("Kosten", "€ 12,50", "€12.50"),
    ],
)
def test_an_amount_is_what_its_header_says(
    header: str, cell: str, price: str, tmp_path: Path
) -> None:
    path = tmp_path / "draft.yml"
    text = f"# P\n\nPrecios.\n\n| A | {header} |\n|---|---|\n| B | {cell} |\n| C | {cell} |\n"
    path.write_text(import_markdown(text.encode(), "d.md").yaml, encoding="utf-8")

    ((_, table),) = load_roadmap(path).tables()
    read = table.rows[0].monthly
    wanted = parse_price(price)

    assert read is not None
    assert (read.amount, read.currency) == (wanted.amount, wanted.currency)


@pytest.mark.parametrize("header", ["인원", "单元", "美元", "Hours"])
def test_a_word_that_ends_like_a_currency_is_none(header: str) -> None:
    assert currency_in(header) == ""

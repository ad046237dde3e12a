"""What has amounts and is no cost, and which of several amounts is the cost of a thing.

Each shape was read as a price, a sum or a stage that its document does not state.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown


def _draft(text: str) -> Any:
    return yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)


def _fenced(*lines: str) -> str:
    return "# P\n\n## Sums\n\n```\n" + "\n".join(lines) + "\n```\n"


RECKONED = {
    "margin of one": _fenced("Revenue per seat: $9", "Hosting per seat: $2", "Gross margin: 78%"),
    "runway": _fenced("Initial capital: $60,000", "Monthly burn: $3,000", "Runway: 20 months"),
    "lifetime value": _fenced("Churn: 4%", "Revenue per shop: $12", "Margin: 71%"),
    "round": _fenced("Raise: $300,000", "Valuation: $2.4M", "Use of funds:", "- Staff: $200,000"),
    "turnover and fee": _fenced(
        "Stalls (30):", "├─ Total volume: €90,000", "├─ Fee (5%): €4,500", "└─ Revenue: €4,500/mo"
    ),
    "reserves": "# P\n\n1. Retained earnings: €40\n2. Other reserves: €300\n\n**Total: €340**\n",
    "German": "# P\n\n- Umsatz: 900 €\n- Kosten: 700 €\n- Gewinn: 200 €\n",
    "French": "# P\n\n- Chiffre d'affaires : 900 €\n- Charges : 700 €\n- Marge : 200 €\n",
}


@pytest.mark.parametrize("text", RECKONED.values(), ids=RECKONED)
def test_what_is_earned_or_held_is_no_cost(text: str) -> None:
    draft = _draft(text)

    assert "stacks" not in draft
    assert [one for one in audit_markdown(text, "p.md") if one.is_fault] == []


ALIKE = {
    "contingency": "# P\n\n- Hall: £100\n- Band: £50\n- Contingency: 10%\n- Total: £165\n",
    "employee benefits": "# P\n\n- Salaries: £900\n- Benefits: £100\n- Total: £1,000\n",
    "capital costs": "# P\n\n- Capital costs: £900\n- Running costs: £100\n- Total: £1,000\n",
    "before any revenue": (
        "# P\n\n## Monthly burn (pre-revenue)\n\n| Part | Cost |\n|---|--:|\n| Host | $30 |\n"
        "| Ads | $40 |\n| Total burn | $70 |\n"
    ),
}


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE)
def test_costs_that_look_like_it_are_costs(text: str) -> None:
    (table,) = _draft(text)["stacks"]

    assert len(table["rows"]) >= 2
    assert "total" in table


def test_what_stands_below_the_total_is_told_beside_it() -> None:
    text = (
        "# P\n\n| Part | Cost |\n|---|--:|\n| Board | $12 |\n| Case | $8 |\n"
        "| **Total** | **$20** |\n"
        "| **Retail price** | **$35** |\n| **Margin** | **43%** |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [row["name"] for row in table["rows"]] == ["Board", "Case"]
    assert any("$35" in note for note in table["notes"])
    assert any("43%" in note for note in table["notes"])


def test_stage_costs_the_sum_of_its_columns() -> None:
    text = (
        "# P\n\n| Phase | Fixed | Variable | Total |\n|---|--:|--:|--:|\n"
        "| Alpha | $9 | $0 | $9/mo |\n"
        "| Beta | $12 | $8 | $20/mo |\n"
    )
    stages = _draft(text)["phases"]

    assert [stage["cost"]["stated"] for stage in stages] == ["$9/mo", "$20/mo"]


def test_stage_costs_what_is_paid_a_month_and_its_sum_is_kept() -> None:
    text = (
        "# P\n\n| Phase | One-time cost | Monthly cost |\n|---|--:|--:|\n| Safe | $900 | $10 |\n"
        "| Fast | $700 | $40 |\n| **Total** | **$1,600** | **$50** |\n"
    )
    draft = _draft(text)

    assert [stage["cost"]["stated"] for stage in draft["phases"]] == ["$10", "$40"]
    assert draft["phases"][0]["notes"] == ["One-time cost: $900"]
    (summary,) = draft["summaries"]
    assert summary["total"]["monthly"] == "$50"
    assert summary["total"]["notes"] == ["One-time cost: $1,600"]
    assert "x-unread" not in draft


def test_column_of_what_is_paid_once_is_of_no_month() -> None:
    text = (
        "# P\n\n| Part | One-time cost | Monthly cost |\n|---|--:|--:|\n| Server | $900 | $5 |\n"
        "| Power | $40 | $10 |\n"
    )
    once, monthly = _draft(text)["stacks"]

    assert [row.get("period") for row in once["rows"]] == ["unstated", "unstated"]
    assert [row.get("period") for row in monthly["rows"]] == [None, None]


def test_time_that_work_takes_is_no_period_of_its_price() -> None:
    text = (
        "# P\n\n**Costs over 5 years**:\n- Setup: €900 (1 week of Ann)\n- Rent: €700\n"
        "- Total: €1,600\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [row["period"] for row in table["rows"]] == ["unstated", "unstated"]


def test_column_that_shows_the_sums_is_none_of_costs() -> None:
    text = (
        "# P\n\n## Monthly\n\n| Item | Calculation | Cost |\n|---|---|--:|\n"
        "| Mails | 500 × $0.01 | $5 |\n"
        "| Calls | 60 × $0.50 | $30 |\n| Total | | $35 |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [row["monthly"] for row in table["rows"]] == ["$5", "$30"]


def test_steps_of_a_calculation_are_no_stages() -> None:
    text = (
        "# P\n\n## Cost of a click\n\n| Step | Model | Cost |\n|---|---|--:|\n"
        "| embed | small | $0.0002 |\n"
        "| rank | big | $0.0100 |\n"
    )

    assert not _draft(text).keys() & {"stages", "phases"}


def test_steps_with_times_are_stages() -> None:
    text = (
        "# P\n\n| Step | When | Cost |\n|---|---|--:|\n| Copy | May | $20 |\n"
        "| Switch | June | $5 |\n"
    )

    assert len(_draft(text)["stages"]) == 2


def test_price_of_an_option_is_what_all_its_years_cost() -> None:
    text = (
        "# P\n\n| Option | Year 1 | Year 2 | Total |\n|---|--:|--:|--:|\n"
        "| Rent | $4K | $5K | $9K |\n"
        "| Own | $11K | $2K | $13K |\n| **Net savings** | $7K | -$3K | $4K |\n"
    )
    (choice,) = _draft(text)["choices"]

    assert [(one["name"], one["price"]) for one in choice["options"]] == [
        ("Rent", "$9K"),
        ("Own", "$13K"),
    ]
    assert "Net savings" in choice["notes"][0]


def test_brackets_first_is_the_name_where_only_a_time_follows() -> None:
    text = "# P\n\n**Phase 1 (Urgent)** - 3-4 hours:\n- A\n\n**Phase 2 (Later)** - 30 min:\n- B\n"
    stages = _draft(text)["phases"]

    assert [stage["name"] for stage in stages] == ["Urgent", "Later"]
    assert [stage["effort"] for stage in stages] == ["3-4 hours", "30 min"]


def test_total_behind_the_last_stage_is_of_the_plan() -> None:
    text = (
        "# P\n\n### Phase 1: Move (3-4 hours)\n- A\n\n### Phase 2: Write (1 hour)\n- B\n\n"
        "**Total effort**: 4-5 hours\n"
    )
    draft = _draft(text)

    assert "Total effort" not in draft["phases"][1].get("facets", {})
    assert "4-5 hours" in str(draft["x-sections"])


def test_total_of_each_stage_stays_there() -> None:
    stage = "### Phase {} ({} hours)\n- A\n\n**Total effort**: {} hours\n\n"
    text = f"# P\n\n{stage.format('1: Move', 3, 3)}{stage.format('2: Write', 1, 1)}"

    assert all("Total effort" in stage["facets"] for stage in _draft(text)["phases"])


@pytest.mark.parametrize(
    "block",
    [
        "├─ Schema (10h)\n│  └─ Rules\n└─ Cache (15h)",
        "Week 1: [████████] safe\nWeek 2: [████░░░░] fast",
    ],
)
def test_tasks_and_bars_are_no_architecture(block: str) -> None:
    draft = _draft(f"# P\n\n## Plan\n\n```\n{block}\n```\n")

    assert "architectures" not in draft
    assert block.split("\n")[0] in str(draft)


def test_box_with_more_room_is_a_box() -> None:
    (checklist,) = _draft("# P\n\n## Done when\n\n- [  ] 8K picture\n- [ x ] Sound\n")["checklists"]
    (group,) = checklist["groups"]

    assert [point["text"] for point in group["points"]] == ["8K picture", "Sound"]
    assert "success" not in checklist


def test_end_of_a_sentence_names_no_table() -> None:
    text = (
        "# P\n\n## At scale\n\nFrom the report of April, at the\nload of 20 calls a day:\n\n"
        "| Fleet | Monthly cost |\n|---|--:|\n| 10 vans | $4 |\n| 90 vans | $21 |\n"
    )

    assert [table["name"] for table in _draft(text)["stacks"]] == ["At scale"]


def test_duration_is_the_one_that_is_stated() -> None:
    claims = _draft("# P\n\n**Total timeline**: 10 Weeks (5 sprints of 2 weeks each)\n")["claims"]

    assert [claim["stated"] for claim in claims] == ["10 Weeks"]


KEPT = {
    "two sides": (
        "# P\n\n| In | £ | Out | £ |\n|---|--:|---|--:|\n| Fees | 700 | Hall | 520 |\n"
        "| Sales | 90 | Insurance | 61 |\n| Total in | 790 | Total out | 581 |\n"
    ),
    "balances": (
        "# P\n\n| | € |\n|---|--:|\n| Opening balance | 400 |\n| Paid in | 170 |\n"
        "| Paid out | 160 |\n"
        "| Closing balance | 410 |\n"
    ),
    "rates of a tax": (
        "# P\n\n| Rate | Net € | VAT € |\n|--:|--:|--:|\n| 10 % | 420 | 42 |\n"
        "| 20 % | 500 | 100 |\n"
        "| Total | 920 | 142 |\n"
    ),
    "thresholds": (
        "# P\n\n| Alarm | Threshold |\n|---|--:|\n| Forecast | $2,000 |\n| Actual | $2,250 |\n"
    ),
    "minutes": (
        "# P\n\nPrices in USD.\n\n| Service | Budget (min) | Used (min) |\n|---|--:|--:|\n"
        "| Shop | 21.6 | 15.5 |\n| Search | 43.2 | 21.5 |\n"
    ),
    "savings": "# P\n\n1. Fewer flowers: −280 €\n2. A playlist for the band: −200 €\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_nobody_pays_is_kept_as_it_stands(text: str) -> None:
    draft = _draft(text)

    assert "stacks" not in draft
    kept = yaml.safe_dump(draft, allow_unicode=True)
    assert all(word in kept for word in text.replace("|", " ").split() if word.isalpha())


def test_plan_of_payments_is_none_of_stages() -> None:
    text = (
        "# P\n\n| Stage | Due | Share | £ |\n|---|---|--:|--:|\n"
        "| Deposit | with order | 30% | 300 |\n"
        "| Final | handover | 70% | 700 |\n"
    )

    assert not _draft(text).keys() & {"stages", "phases"}


def test_line_without_a_name_is_no_stage_and_a_number_is_no_stages() -> None:
    text = (
        "# P\n\n| Stage | When | Cost |\n|---|---|--:|\n| Move 340 pages | May | $300 |\n"
        "| Test | June | $200 |\n| | | $500 |\n"
    )

    assert [stage["name"] for stage in _draft(text)["stages"]] == ["Move 340 pages", "Test"]


def test_column_of_what_was_planned_is_no_tier() -> None:
    text = (
        "# P\n\n| Spent on | Plan (€) | Actual (€) |\n|---|--:|--:|\n| Hall | 640 | 640 |\n"
        "| Kit | 190 | 231 |\n| Total | 830 | 871 |\n"
    )

    assert all("tier" not in row for table in _draft(text)["stacks"] for row in table["rows"])


def test_column_that_says_how_is_none_of_costs() -> None:
    text = (
        "# P\n\n| Place | How | $/month |\n|---|---|--:|\n| Live | see 1.5 | 1,000.00 |\n"
        "| Staging | 35% of live | 350.00 |\n| Sandboxes | 8 × $30 | 240.00 |\n"
        "| Total | | 1,590.00 |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert table["column"] == "$/month"


@pytest.mark.parametrize("label", ["Insurance for everything", "Versicherung für alles"])
def test_line_for_everything_is_no_sum(label: str) -> None:
    text = f"# Costs\n\n- Host: $90\n- {label}: $45\n- Mail: $50\n"

    assert [one for one in audit_markdown(text, "p.md") if one.is_fault] == []


def test_share_of_an_amount_costs_what_it_comes_to() -> None:
    text = "# P\n\n## Costs\n\n- Flights: 60 % of $4,000 = $2,400\n- Hotel: $1,202\n"
    (table,) = _draft(text)["stacks"]

    assert [row["monthly"] for row in table["rows"]] == ["$2,400", "$1,202"]


def test_last_line_that_is_called_by_the_stage_is_its_sum() -> None:
    text = (
        "# P\n\n## Phase 2: Core (weeks 5-13)\n\n| Work | Days | Cost |\n|---|--:|--:|\n"
        "| Holds | 25 | £150 |\n| Rules | 18 | £90 |\n| Phase 2 | 43 | £240 |\n\n"
        "## Phase 3: Rest\n\n- More\n"
    )
    (stage, _) = _draft(text)["phases"]

    assert stage["cost"]["stated"] == "£240"
    assert [item["name"] for item in stage["items"]] == ["Holds", "Rules"]


def test_payments_of_a_stage_are_no_work_of_it() -> None:
    text = (
        "# P\n\n## Phase 1: Portal\n\nA fixed price of £400, in three parts:\n\n"
        "1. 25% on order, £100\n2. 50% on delivery, £200\n3. the remaining £100 later\n\n"
        "## Phase 2: Rest\n\n- More\n"
    )
    (stage, _) = _draft(text)["phases"]

    assert "items" not in stage
    assert "25% on order, £100" in str(stage["facets"])


def test_work_with_shares_of_its_own_stays_work() -> None:
    text = (
        "# P\n\n## Phase 1: Portal\n\n- 25% more cache: £90\n- 50% more nodes: £700\n"
        "- Tests: £50\n\n## Phase 2: Rest\n\n- More\n"
    )
    (stage, _) = _draft(text)["phases"]

    assert len(stage["items"]) == 3


def test_numbered_lines_of_a_table_have_their_names() -> None:
    text = (
        "# P\n\n## Summary\n\n| Part | Title | Weeks | Cost (£) |\n|:-:|---|--:|--:|\n"
        "| 1 | Audit | 4 | 140 |\n| 2 | Core engine | 9 | 410 |\n| | **Total** | 13 | 550 |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [row["name"] for row in table["rows"]] == ["Audit", "Core engine"]


@pytest.mark.parametrize(
    "label", ["Итого материалы", "Summe Ausgaben", "Totale lavori", "Razem prace", "Totaal werk"]
)
def test_what_a_sum_is_of_may_stand_behind_its_word(label: str) -> None:
    text = f"# P\n\n| A | € |\n|---|--:|\n| B | 412 |\n| C | 1150 |\n| {label} | {{}} |\n"

    assert [one for one in audit_markdown(text.format(1562), "p.md") if one.is_fault] == []
    (found,) = (one for one in audit_markdown(text.format(1662), "p.md") if one.is_fault)
    assert found.rule == "COST001"


def test_sum_of_years_is_of_no_month_either() -> None:
    text = (
        "# P\n\nAll amounts are monthly unless the line says otherwise.\n\n## Forecast\n\n"
        "| Year | Cost |\n|---|--:|\n| 1 | £860 |\n| 2 | £510 |\n| **Total** | **£1,370** |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [part["period"] for part in (*table["rows"], table["total"])] == ["unstated"] * 3


def test_sum_of_lines_without_any_amount_is_nothing_to_look_at() -> None:
    text = (
        "# P\n\n| Part | Cost |\n|---|--:|\n| A | soon |\n| B | free |\n| C | tbd |\n"
        "| Total | $80 |\n"
    )

    assert [one for one in audit_markdown(text, "p.md") if one.is_fault] == []

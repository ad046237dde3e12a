"""Two readings of which a document's words allow one; each once held by no test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.untimed import untimed_total


def _draft(text: str) -> Any:
    return yaml.safe_load(import_markdown(f"# P\n\n{text}".encode(), "p.md").yaml)


def test_lines_called_by_rates_of_a_tax_are_no_costs() -> None:
    table = "| A | Net | Tax |\n|---|--:|--:|\n| {} | 100 € | 19 € |\n| {} | 200 € | 14 € |\n"
    assert "stacks" not in _draft(table.format("19 %", "7 %"))
    assert "stacks" in _draft(table.format("Desk", "Books"))


@pytest.mark.parametrize(("header", "period"), [("One-time", "unstated"), ("Price", None)])
def test_header_that_says_once_is_stronger_than_a_sentence_of_months(
    header: str, period: str | None
) -> None:
    text = f"Costs per month.\n\n| A | {header} |\n|---|--:|\n| Desk | $100 |\n| Chair | $50 |\n"
    (costs,) = _draft(text)["stacks"]
    assert [row.get("period") for row in costs["rows"]] == [period, period]


def test_parts_in_which_a_stage_is_paid_are_no_work() -> None:
    text = (
        "## Phase 1: Build · 10 k€\n\n- {} on signing: 5 k€\n- {} on delivery: 5 k€\n\n"
        "## Phase 2: Run · 4 k€\n\n- Hosting: 4 k€\n"
    )
    assert "items" not in _draft(text.format("50 %", "50 %"))["phases"][0]
    assert len(_draft(text.format("Lamp", "Rug"))["phases"][0]["items"]) == 2


@pytest.mark.parametrize(
    ("bracket", "trigger"),
    [("100-200 hours/year", None), ("40 h per month", None), ("100-200 users", "100-200 users")],
)
def test_hours_a_year_are_no_trigger(bracket: str, trigger: str | None) -> None:
    text = f"## Phase 1: Run ({bracket})\n\n- A\n\n## Phase 2: End\n\n- B\n"
    assert _draft(text)["phases"][0].get("trigger") == trigger


@pytest.mark.parametrize(
    ("one", "two"), [("Setup (one-time)", "Price"), ("Price", "Setup (one-time)")]
)
def test_stage_costs_what_is_not_paid_once(one: str, two: str) -> None:
    amounts = {"Price": "$10", "Setup (one-time)": "$100"}
    text = (
        f"| Phase | {one} | {two} |\n|---|--:|--:|\n"
        f"| Phase 1: A | {amounts[one]} | {amounts[two]} |\n| Phase 2: B | $50 | $20 |\n"
    )
    first = _draft(text)["phases"][0]
    assert first["cost"]["stated"] == "$10"
    assert first["notes"] == ["Setup (one-time): $100"]


@pytest.mark.parametrize("header", ["Annual", "Monthly"])
def test_what_stands_below_a_total_is_no_line(header: str) -> None:
    text = (
        f"| Item | {header} |\n|---|--:|\n| A | $120 |\n| B | $240 |\n| **Total** | **$360** |\n"
        "| Per user | $36 |\n"
    )
    (costs,) = _draft(text)["stacks"]
    assert [row["name"] for row in costs["rows"]] == ["A", "B"]
    assert costs["notes"] == ["Per user: $36"]


def test_what_is_earned_below_a_total_leaves_the_costs_above_it() -> None:
    text = (
        "- Rent: $100\n- Power: $50\n- **Total: $150**\n- Revenue: $400\n- Profit: $250\n"
        "- Margin: $200\n- Net profit: $90\n"
    )
    (costs,) = _draft(text)["stacks"]
    assert [row["name"] for row in costs["rows"]] == ["Rent", "Power"]


@pytest.mark.parametrize(("stated", "known"), [("$10,000", True), ("10 000 €", False)])
def test_sum_of_items_in_another_currency_is_not_that_of_the_stage(
    stated: str, known: bool, tmp_path: Path
) -> None:
    file = tmp_path / "p.yml"
    items = [
        {
            "id": name,
            "name": name,
            "service": {"name": name, "price": f"${price}", "period": "unstated"},
        }
        for name, price in (("desk", 4000), ("chair", 6000))
    ]
    cost = {"stated": stated, "period": "unstated"}
    stage = {"id": "a", "name": "A", "cost": cost, "items": items}
    plan = {"schema": "statusgen/roadmap@1", "name": "P", "stages": [stage]}
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    (found,) = load_roadmap(file, "p.yml").stages
    assert (untimed_total(found) is not None) == known

"""Costs and plans that look like what is none, and must be read as what they are.

Beside each rule of ``test_reckonings`` and ``test_stage_costs`` stands here what resembles its
shape: every one of these documents was read wrongly by the first draft of such a rule.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.audit import Severity
from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown


def _draft(text: str) -> Any:
    return yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)


PRICED = {
    "a volume of disk": ("- Server: €5.83\n- Volume (10 GB): €0.52\n- Domain: €1\n", 3),
    "a reserve of a house": ("- Verwaltung: 240 €\n- Rücklage: 300 €\n- Wasser: 80 €\n", 3),
    "bookings": ("- Sala: 240 €\n- Reservas: 30 €\n- Agua: 80 €\n", 3),
    "notes between two amounts": (
        (
            "| Service | Monthly | Notes | Yearly |\n|---|--:|---|--:|\n"
            "| Web | $10 | by proxy | $120 |\n"
            "| Data | $20 | nightly copy | $240 |\n"
        ),
        2,
    ),
    "a vendor between two amounts": (
        (
            "| Item | Unit price | Vendor | Total |\n|---|--:|---|--:|\n"
            "| Chair | $10 | Acme | $120 |\n"
            "| Desk | $20 | Bolt | $240 |\n"
        ),
        2,
    ),
    "parties that open and close": (
        "| Item | Cost |\n|---|--:|\n| Opening party | £100 |\n| Closing party | £200 |\n",
        2,
    ),
    "schools and sums in names": (
        "- Gesamtschule Beitrag: 20 €\n- Summen prüfen: 30 €\n- Halle: 50 €\n",
        3,
    ),
    "calculations alone": (
        "| Item | Cost |\n|---|--:|\n| Desks | 4 × $210 |\n| Chairs | 12 × $45 |\n",
        2,
    ),
}


@pytest.mark.parametrize(("text", "count"), PRICED.values(), ids=PRICED)
def test_what_resembles_no_cost_is_one(text: str, count: int) -> None:
    (table,) = _draft(f"# P\n\n## Costs\n\n{text}")["stacks"]

    assert len([row for row in table["rows"] if "monthly" in row]) == count


def test_calculation_of_costs_with_a_slip_in_it_is_still_audited() -> None:
    text = "# P\n\n```\nSalaries: $900\nIncome tax: $50\nBenefits: $100\nTotal: $1,150\n```\n"

    (found,) = (one for one in audit_markdown(text, "p.md") if one.is_fault)
    assert (found.rule, found.severity) == ("COST001", Severity.ERROR)


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [("Year", "2026", "2027"), ("Year", "1", "2"), ("Users", "1", "2"), ("Month", "1", "2")],
)
def test_years_and_users_are_what_their_lines_are_about(
    header: str, first: str, second: str
) -> None:
    text = (
        f"# P\n\n## Costs\n\n| {header} | Focus | Cost |\n|---|---|--:|\n"
        f"| {first} | Build it | $900 |\n| {second} | Run it | $400 |\n"
    )
    (table,) = _draft(text)["stacks"]

    assert [row["name"].rpartition(" ")[2] for row in table["rows"]] == [first, second]


def test_weeks_of_a_table_are_stages_with_their_names() -> None:
    text = (
        "# P\n\n| Phase | When | Work |\n|---|---|---|\n| Week 1: Setup | May | Install |\n"
        "| Week 2: Move | June | Copy |\n"
    )

    assert [stage["name"] for stage in _draft(text)["phases"]] == ["Setup", "Move"]


def test_own_total_of_the_last_stage_is_its_cost() -> None:
    text = (
        "# P\n\n## Phase 1: Move (2 weeks)\n\n- A: $20\n- B: $5\n\n## Phase 2: Write (1 week)\n\n"
        "- C: $30\n- D: $40\n\n**Total cost**: $70\n"
    )

    assert _draft(text)["phases"][1]["cost"]["stated"] == "$70"


def test_total_of_the_plan_is_none_of_a_stage_that_states_its_cost() -> None:
    text = (
        "# P\n\n## Phase 1: Move · $25\n\n- A\n- B\n\n## Phase 2: Write · $70\n\n- C\n- D\n\n"
        "**Total cost**: $95\n"
    )
    draft = _draft(text)

    assert draft["phases"][1]["cost"]["stated"] == "$70"
    assert "$95" in str(draft["x-sections"])


def test_words_below_a_rule_get_no_section_without_a_name() -> None:
    text = (
        "# P\n\n## Stage 1: A\n\n- X: $60\n\n## Stage 2: B\n\n- Y: $30\n\n---\n\n*Without tax.*\n"
    )

    assert "Untitled" not in str(_draft(text))


def test_shares_that_part_nothing_stay_work() -> None:
    text = (
        "# P\n\n## Phase 1: Cut\n\n- 20% fewer servers: $100\n- 40% fewer calls: $200\n"
        "- Review: $10\n\n## Phase 2: Rest\n\n- A\n"
    )

    assert len(_draft(text)["phases"][0]["items"]) == 3


@pytest.mark.parametrize(
    ("year", "severity"),
    [("$240", None), ("$200", Severity.WARNING), ("$220", Severity.WARNING), ("$250", "error")],
)
def test_whole_months_of_a_year_may_be_an_offer(year: str, severity: str | None) -> None:
    text = (
        "# P\n\n| Part | Monthly | Yearly |\n|---|--:|--:|\n| Rent | $10 | $120 |\n"
        f"| Own | $20 | {year} |\n| Mail | $5 | $60 |\n"
    )
    faults = [one.severity for one in audit_markdown(text, "p.md") if one.is_fault]

    assert faults == ([severity] if severity else [])

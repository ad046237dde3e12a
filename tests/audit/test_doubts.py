"""What a document may mean otherwise, once a line of the audit's reading: each line is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown


def _faults(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "p.md") if one.is_fault]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chairs: 5 × $20 = $119, VAT included.",
        "With tax, 5 × $20 = $108.",
        "With 10% off, 5 × $20 = $90.",
        "5 × 20 € = 119 € inklusive 19 % MwSt.",
    ],
)
def test_calculation_beside_a_tax_or_a_saving_is_not_judged(sentence: str) -> None:
    assert _faults(f"# P\n\n{sentence}\n") == []


def test_calculation_with_nothing_beside_it_is_judged() -> None:
    assert _faults("# P\n\nChairs: 5 × $20 = $119.\n") == [("COST026", Severity.ERROR)]


PLANS = (
    "# P\n\n| Seats | Basic | Team | Firm |\n|---|--:|--:|--:|\n| One | $10 | $20 | $30 |\n"
    "| Five | $50 | $100 | $150 |\n| Ten | $100 | $200 | $300 |\n| Forty | $400 | $800 | {} |\n"
)
PARTS = (
    "# P\n\n| Part | Rent | Power | Both |\n|---|--:|--:|--:|\n| One | $10 | $25 | $35 |\n"
    "| Five | $50 | $90 | $140 |\n| Ten | $100 | $240 | $340 |\n| Forty | $400 | $810 | {} |\n"
)


def test_prices_in_the_same_proportions_are_no_sums() -> None:
    assert _faults(PLANS.format("$1,200")) == []
    assert _faults(PLANS.format("$1,100")) == []  # a discount for many


def test_columns_that_add_up_in_other_proportions_are_sums() -> None:
    assert _faults(PARTS.format("$1,210")) == []
    assert _faults(PARTS.format("$1,120")) == [("COST026", Severity.WARNING)]


STAGE = (
    "# P\n\n## Stage 1: A\n\nCost: {}/month\n\n- Web: $40/month\n- Mail: $12/month\n\n"
    "## Stage 2: B\n\n- Web: $90/month\n"
)


@pytest.mark.parametrize(("stated", "severity"), [("$52", None), ("$58", Severity.WARNING)])
def test_cost_of_a_stage_that_no_line_calls_a_sum_is_asked_about(
    stated: str, severity: Severity | None, tmp_path: Path
) -> None:
    text = STAGE.format(stated)
    draft = tmp_path / "draft.yml"
    draft.write_text(import_markdown(text.encode(), "p.md").yaml, encoding="utf-8")

    for found in (audit_markdown(text, "p.md"), audit_roadmap(load_roadmap(draft, "draft.yml"))):
        faults = [one.severity for one in found if one.rule == "COST002" and one.is_fault]
        assert faults == ([severity] if severity else [])


UNTIMED = (
    "# P\n\n## Stage 1: A · {}\n\n- X: 9 k€\n- Y: 11 k€\n\n## Stage 2: B · 3 k€\n\n- Z: 3 k€\n"
)


@pytest.mark.parametrize(
    ("stated", "faults"),
    [
        ("20 k€", []),
        ("22 k€", [("COST002", Severity.WARNING)]),
        ("45 k€", []),  # the items need not be all that it is paid for
    ],
)
def test_stage_of_no_month_is_held_against_its_items(
    stated: str, faults: list[tuple[str, Severity]]
) -> None:
    assert _faults(UNTIMED.format(stated)) == faults


@pytest.mark.parametrize(
    ("total", "faults"),
    [("2-4 developers", []), ("11-12 developers", [("COST001", Severity.ERROR)])],
)
def test_range_from_the_least_to_the_most_is_no_sum(
    total: str, faults: list[tuple[str, Severity]]
) -> None:
    text = (
        "# P\n\n| Phase | Team |\n|---|---|\n| Phase 1 | 3 developers |\n"
        "| Phase 2 | 4 developers |\n"
        f"| Phase 3 | 2-3 developers |\n| **Total** | **{total}** |\n"
    )
    assert _faults(text) == faults


def test_scores_with_their_weights_in_the_labels_are_no_sum() -> None:
    text = (
        "# P\n\n| Criterion (weight) | A | B |\n|---|--:|--:|\n| Safe (50 %) | 5 | 1 |\n"
        "| Cheap (30 %) | 4 | 5 |\n| Fast (20 %) | 2 | 4 |\n| **Sum** | **4.1** | **2.8** |\n"
    )
    assert _faults(text) == []


@pytest.mark.parametrize(
    ("total", "severity"),
    [
        ("5–13 days", None),
        ("5–12 days", Severity.WARNING),  # what is most of each need not come together
        ("6–15 days", Severity.WARNING),
        ("14–16 days", Severity.ERROR),
    ],
)
def test_range_within_that_of_the_sums_is_asked_about(
    total: str, severity: Severity | None
) -> None:
    text = (
        "# P\n\n| Work | Range |\n|---|--:|\n| Sort | 2–5 days |\n| Wash | 1–3 days |\n"
        f"| Dry | 1–3 days |\n| Stack | 1–2 days |\n| **Total** | **{total}** |\n"
    )
    assert _faults(text) == ([("COST001", severity)] if severity else [])


@pytest.mark.parametrize(
    ("total", "severity"),
    [("~$2,500", None), ("~$2,600", Severity.WARNING), ("$2,600", Severity.ERROR)],
)
def test_sum_that_is_about_right_is_at_most_asked_about(
    total: str, severity: Severity | None
) -> None:
    text = f"# P\n\n| A | Cost |\n|---|--:|\n| B | $1,412 |\n| C | $1,105 |\n| Total | {total} |\n"
    assert _faults(text) == ([("COST001", severity)] if severity else [])


@pytest.mark.parametrize("kind", ["30 min", "3 people", "12 GB", "2 days"])
def test_what_is_no_money_is_no_part_of_a_sum_of_money(kind: str) -> None:
    text = "# P\n\n| A | Cost |\n|---|--:|\n| B | $10 |\n| C | $20 |\n| D | {} |\n| Total | {} |\n"
    found = audit_markdown(text.format(kind, "$30"), "p.md")
    assert [(one.rule, one.is_fault) for one in found] == [("COST001", False)]


def test_weights_in_the_labels_that_make_up_a_whole_are_no_plain_lines() -> None:
    text = (
        "# P\n\n| Criterion | A |\n|---|--:|\n| Safe{} | 52 |\n| Cheap{} | 41 |\n| Fast{} | 24 |\n"
        "| **Total** | **107** |\n"
    )
    assert _faults(text.format(" (50 %)", " (30 %)", " (20 %)")) == []
    assert _faults(text.format("", "", "")) == [("COST001", Severity.WARNING)]


def test_sum_in_running_text_that_a_slip_explains_is_asked_about() -> None:
    text = "# P\n\nWe pay $297 + $47 × 12 = {} in the first year.\n"
    assert _faults(text.format("$861")) == []
    assert _faults(text.format("$864")) == [("COST026", Severity.WARNING)]
    assert _faults(text.format("$930")) == []  # a tax, or what else was meant


def test_year_of_ten_months_may_be_an_offer_in_a_document_and_none_in_a_roadmap_file(
    tmp_path: Path,
) -> None:
    text = (
        "# P\n\n| Item | Monthly | Annual |\n|---|--:|--:|\n| A | $10 | $120 |\n"
        "| B | $20 | $200 |\n| C | $30 | $360 |\n"
    )
    draft = import_markdown(text.encode(), "p.md").yaml
    assert _faults(text) == [("COST006", Severity.WARNING)]
    assert _faults_of(draft, tmp_path) == [("COST006", Severity.WARNING)]
    by_hand = "".join(line for line in draft.splitlines(True) if "source:" not in line)
    assert _faults_of(by_hand, tmp_path) == [("COST006", Severity.ERROR)]


def test_stage_that_repeats_the_total_of_its_own_table_is_not_asked_for_items(
    tmp_path: Path,
) -> None:
    text = (
        "schema: statusgen/roadmap@1\nname: P\nstages: [{id: a, name: A, cost: $35/month}]\n"
        "stacks:\n  - {id: s, name: S, stage: a, total: $35, rows: "
        "[{name: B, monthly: $10}, {name: C, monthly: $20}]}\n"
    )
    assert _faults_of(text, tmp_path) == [("COST001", Severity.ERROR)]
    alone = text.replace("total: $35, ", "")
    assert ("COST002", Severity.WARNING) in _faults_of(alone, tmp_path)


def _faults_of(text: str, folder: Path) -> list[tuple[str, Severity]]:
    file = folder / "p.yml"
    file.write_text(text, encoding="utf-8")
    found = audit_roadmap(load_roadmap(file, "p.yml"))
    return [(one.rule, one.severity) for one in found if one.is_fault]


@pytest.mark.parametrize("counter", ["件", "個", "개", "명", " tests"])
def test_counts_with_their_counter_are_added_up(counter: str) -> None:
    rows = "| C | 35{0} |\n| D | 30{0} |\n| E | 35{0} |\n| **Total** | {1}{0} |\n"
    text = f"# P\n\n| A | B |\n|---|--:|\n{rows}"
    assert _faults(text.format(counter, 100)) == []
    assert _faults(text.format(counter, 110)) == [("COST001", Severity.ERROR)]


@pytest.mark.parametrize(
    ("one", "two", "total"),
    [("3日", "2週間", "21日"), ("3万", "5000", "3.5万"), ("3 days", "2 weeks", "17 days")],
)
def test_amounts_in_two_units_are_not_added_up(one: str, two: str, total: str) -> None:
    text = f"# P\n\n| A | B |\n|---|--:|\n| C | {one} |\n| D | {two} |\n| **合計** | {total} |\n"
    assert _faults(text) == []


@pytest.mark.parametrize(
    "form",
    [
        "# P\n\n- Tokens: 110 × 430 = {}\n",
        "# P\n\n| A | B |\n|---|---|\n| Tokens a month | 110 × 430 = **{} tokens** |\n",
        "# P\n\nWe count 110 × 430 = {}.\n",
    ],
)
def test_product_of_bare_numbers_is_asked_about_where_a_slip_explains_it(form: str) -> None:
    assert _faults(form.format("47,300")) == []
    assert _faults(form.format("43,700")) == [("COST026", Severity.WARNING)]
    assert _faults(form.format("52,000")) == []  # of something else


@pytest.mark.parametrize(
    "line", ["3 × 4 = 13", "16 × 9 = wide", "1920 × 1080 = 2 MP", "$15,697.80 × 1 = $15,697"]
)
def test_what_no_slip_explains_is_not_asked_about(line: str) -> None:
    assert _faults(f"# P\n\n| A | B |\n|---|---|\n| C | {line} |\n") == []


@pytest.mark.parametrize(
    ("how", "is_wrong"),
    [
        ("3 × $10", True),
        ("Boxes: 3 × $10", True),
        ("3 crates × $10", True),
        ("3 × $10 plus VAT", False),
        ("3 × 10 € zzgl. MwSt.", False),
        ("3 × $10 net", False),
    ],
)
def test_a_product_in_a_cell_with_a_tax_beside_it_is_not_judged(how: str, is_wrong: bool) -> None:
    rows = f"| Pens | {how} | $36 |\n| Ink | 2 × $15 | $30 |\n| Paper | 5 × $4 | $20 |\n"
    text = f"# P\n\n| Item | How | Amount |\n|---|---|---|\n{rows}"

    assert bool(_faults(text)) is is_wrong

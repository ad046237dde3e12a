"""What a total holds besides its lines, and what stands beside it and is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown


def _faults(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "p.md") if one.is_fault]


BELOW_A_TABLE = """\
# Three years

| Year | Users | Annual cost |
|---|---|---|
| 1 | 100 | $600 |
| 2 | 1,000 | $2,400 |
| 3 | 5,000 | $14,400 |
| | **Total** | **$17,400** |

**Plus**:
- Rewrite: $50K
- Development: $360K

**Total for three years**: **{}**
"""
BASE_IN_PROSE = """\
# Offerte

Basispakket: € 3.000

Extra's:

- Hosting: € 700
- Onderhoud: € 500
- **Totaal: € {}**
"""
BASE_ABOVE_A_TABLE = """\
# Angebot

**Grundgebühr:** 3.000 €

| Zusatz | Preis |
|---|---|
| Hosting | 700 € |
| Wartung | 450 € |
| Schulung | 1.250 € |
| **Gesamt** | **{} €** |
"""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (BELOW_A_TABLE, "$427,400"),
        (BASE_IN_PROSE, "4.200"),
        (BASE_ABOVE_A_TABLE, "5.400"),
        (BASE_ABOVE_A_TABLE, "2.400"),
    ],
)
def test_total_may_count_an_amount_that_its_section_states_above(text: str, right: str) -> None:
    assert _faults(text.format(right)) == []


@pytest.mark.parametrize(
    ("text", "wrong", "severity"),
    [
        (BELOW_A_TABLE, "$437,400", Severity.WARNING),
        (BASE_ABOVE_A_TABLE, "2.600", Severity.ERROR),
        (BASE_ABOVE_A_TABLE, "5.600", Severity.WARNING),
    ],
)
def test_any_other_amount_is_told(text: str, wrong: str, severity: Severity) -> None:
    assert _faults(text.format(wrong)) == [("COST001", severity)]


def test_amount_of_another_section_is_none_of_it() -> None:
    text = BASE_ABOVE_A_TABLE.format("5.400").replace("| Zusatz", "## Anderes\n\n| Zusatz")
    assert _faults(text) == [("COST001", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "- **Phase 1 - A**: 196 hours (4.9 weeks FTE)\n- **Phase 2 - B**: 136 h (3.4 weeks FTE)\n",
        "- **Fase 1 - A**: 108 ore (2,7 settimane FTE)\n- **Fase 2 - B**: 96 ore (2,4 settimane)\n",
        "## Phase 1: A (5 Wochen Arbeit)\n\n- x\n\n## Phase 2: B (2 Wochen Arbeit)\n\n- y\n",
    ],
)
def test_effort_in_brackets_is_no_band(text: str) -> None:
    assert _faults(f"# P\n\n{text}") == []


def test_bands_of_users_that_overlap_are_told() -> None:
    text = "# P\n\n## Stage 1: A (0-100 users)\n\n- x\n\n## Stage 2: B (50-200 users)\n\n- y\n"
    assert _faults(text) == [("COST018", Severity.WARNING)]


RESERVED = """\
# Summary

| Environment | On demand | Reserved |
|---|---|---|
| Development | {sign}280 | {none} |
| Staging | {sign}570 | {none} |
| Production | {sign}2370 | {sign}1825 |
| External | {sign}25 | {sign}25 |
| **Total** | **{sign}3245** | **{sign}{total}** |
"""


@pytest.mark.parametrize(("sign", "none"), [("$", "N/A"), ("€", "—"), ("£", "")])
def test_cells_that_say_nothing_stand_for_those_beside_them(sign: str, none: str) -> None:
    assert _faults(RESERVED.format(sign=sign, none=none, total=2700)) == []
    assert _faults(RESERVED.format(sign=sign, none=none, total=1850)) == []
    assert _faults(RESERVED.format(sign=sign, none=none, total=1950)) != []


@pytest.mark.parametrize(
    "rows",
    [
        "| **Total** | 16-23 hours |\n| Wall time | 12-17 hours |\n| Longest path | 12-13 hours |",
        "| Total effort | 40 hours |\n| Spent | 12 hours |\n| Meetings | 3 hours |",
        "| Gesamtaufwand | 40 Stunden |\n| davon Tests | 12 Stunden |\n| Puffer | 3 Stunden |",
        "| Total budget | $50,000 |\n| Burn a month | $3,000 |\n| Cost of a user | $12 |",
    ],
)
def test_key_figures_below_a_total_are_no_sum(rows: str) -> None:
    assert _faults(f"# P\n\n| Metric | Value |\n|---|---|\n{rows}\n") == []


def test_total_at_the_head_of_prices_is_asked_about() -> None:
    rows = "| Total | $500 |\n| Design | $300 |\n| Build | $190 |\n"
    assert _faults(f"# P\n\n| Item | Cost |\n|---|---|\n{rows}") == [("COST001", Severity.WARNING)]


YEAR = """\
# Cost

| Item | Cost |
|---|---|
| Setup | {once} |
| Domain | $12/year |
| Hosting | $20/month |
| Messages | $15/month |
| **{label}** | **{total}** |
"""


@pytest.mark.parametrize("once", ["$3,000 (once-off)", "$3,000 one-time", "$3,000 (one-off)"])
def test_total_of_a_year_holds_what_is_paid_once(once: str) -> None:
    assert _faults(YEAR.format(once=once, label="Year 1 total", total="$3,432")) == []
    wrong = YEAR.format(once=once, label="Year 1 total", total="$3,482")
    assert _faults(wrong) == [("COST001", Severity.ERROR)]


def test_slip_in_a_stage_is_told_once() -> None:
    text = (
        "# P\n\n## Phase 1: A\n\n| Task | Cost |\n|---|---|\n| Design | 1.500 € |\n"
        "| Bau | 2.500 € |\n| Test | 900 € |\n| **Gesamt** | **5.900 €** |\n"
    )
    assert _faults(text) == [("COST001", Severity.ERROR)]


def test_page_asks_for_no_prices_of_items_that_no_document_named(tmp_path: Path) -> None:
    text = (
        "# P\n\n| Priority | Area | What | When | How much |\n|---|---|---|---|---|\n"
        "| **P1** | Supply | Plans | Q1 2026 | $15/month |\n"
        "| **P2** | Works | Tracking | Q2 2026 | $10/month |\n"
    )
    draft = tmp_path / "draft.yml"
    draft.write_text(import_markdown(text.encode(), "p.md").yaml, encoding="utf-8")
    assert not [one for one in audit_roadmap(load_roadmap(draft, "draft.yml")) if one.is_fault]

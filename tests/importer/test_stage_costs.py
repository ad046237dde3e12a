"""What a stage costs, wherever its document says so: in its heading, in a table, below a rule."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown


def _draft(text: str) -> Any:
    return yaml.safe_load(import_markdown(text.encode(), "plan.md").yaml)


@pytest.mark.parametrize(
    ("heading", "name", "stated"),
    [
        ("## Étape 1 — Socle (T1 2026) · 38 k€", "Socle", "38 k€"),
        ("## Phase 1: Pilot – 12.000 €", "Pilot", "12.000 €"),
        ("## Stage 1 - Pilot | CHF 12'000", "Pilot", "CHF 12'000"),
        ("## Etap 1: Start — 1 200 zł/mies.", "Start", "1 200 zł/mies."),
        ("## Phase 1: Pilot – 3 clinics", "Pilot – 3 clinics", None),
        ("## Phase 1: Pilot · 2 weeks", "Pilot · 2 weeks", None),
        ("## Phase 1: Release · 2.0", "Release · 2.0", None),
        ("## Phase 1: Coverage – 100%", "Coverage – 100%", None),
    ],
)
def test_heading_of_a_stage_states_its_cost(heading: str, name: str, stated: str | None) -> None:
    other = heading.replace("1", "2", 1).replace(name, "Other")
    draft = _draft(f"# P\n\n{heading}\n\n- A\n\n{other}\n\n- B\n")
    (stage, _) = draft.get("stages") or draft["phases"]

    assert stage["name"] == name
    assert stage.get("cost", {}).get("stated") == stated


SUMMARY = (
    "**Total of the stages: $90.**\n\n| Year | Paid |\n|---|--:|\n| 2026 | $60 |\n| 2027 | $30 |\n"
)


@pytest.mark.parametrize("after", ["", "\n## Risks\n\nNone.\n"])
def test_what_stands_below_a_rule_is_not_of_the_last_stage(after: str) -> None:
    text = (
        f"# P\n\n## Stage 1: A\n\n- X: $60\n\n## Stage 2: B\n\n- Y: $30\n\n---\n\n{SUMMARY}{after}"
    )

    (_, last) = _draft(text)["stages"]

    assert [item["name"] for item in last["items"]] == ["Y"]
    assert "cost" not in last


def test_rules_within_stages_part_nothing_off() -> None:
    stage = "## Stage {}\n\nWhy.\n\n---\n\n- {}\n"
    text = f"# P\n\n{stage.format('1: A', 'X: $60')}\n{stage.format('2: B', 'Y: $30')}"

    (first, last) = _draft(text)["stages"]

    assert [item["name"] for item in (*first["items"], *last["items"])] == ["X", "Y"]


COUNTED = (
    "# P\n\n## Stage 1: A\n\n| Part | Number | Each | Monthly |\n|---|--:|--:|--:|\n"
    "| Node | 3 | $24 | $72 |\n| Disk | 4 | $5 | $20 |\n| Total | | | {} |\n\n"
    "## Stage 2: B\n\n| Part | Monthly |\n|---|--:|\n| Node | $96 |\n| Disk | $30 |\n"
    "| Total | $126 |\n"
)


def test_total_of_a_table_of_a_stage_is_its_cost() -> None:
    (first, second) = _draft(COUNTED.format("$92"))["stages"]

    assert (first["cost"]["stated"], second["cost"]["stated"]) == ("$92", "$126")


def test_total_of_a_stage_is_held_against_its_lines_once() -> None:
    assert [one for one in audit_markdown(COUNTED.format("$92"), "p.md") if one.is_fault] == []
    wrong = [one.rule for one in audit_markdown(COUNTED.format("$98"), "p.md") if one.is_fault]
    assert wrong == ["COST001"]


def test_period_in_a_name_is_that_of_its_own_amount() -> None:
    text = "# P\n\n| Part | Monthly |\n|---|--:|\n| VPS | $12 |\n| Name ($18 a year) | $1.50 |\n"

    (table,) = _draft(text)["stacks"]

    assert ["period" in row for row in table["rows"]] == [False, False]


def test_ids_keep_the_letters_below_accents() -> None:
    (stage, _) = _draft("# P\n\n## Phase 1: Grün\n\n- Étude\n\n## Phase 2: B\n\n- C\n")["phases"]

    assert (stage["id"], stage["items"][0]["id"]) == ("grun", "etude")


@pytest.mark.parametrize(
    ("heading", "name", "status"),
    [
        ("### Phase 1: Parts ✅ COMPLETE", "Parts", "done"),
        ("### Phase 1: Parts ⏳ In progress", "Parts", "current"),
        ("### Phase 1: Parts (Abgeschlossen)", "Parts", "done"),
        ("### Phase 1: Parts (In Arbeit)", "Parts", "current"),
        ("### Phase 1: Parts 🎯 HIGH PRIORITY", "Parts 🎯 HIGH PRIORITY", None),
        ("### Phase 1: Parts & complete sets", "Parts & complete sets", None),
        ("### Sprint 1 (Week 1–2): Parts ✅ **COMPLETE**", "Parts", "done"),
    ],
)
def test_heading_of_a_stage_states_its_status(heading: str, name: str, status: str | None) -> None:
    other = heading.split(":")[0].split("(")[0].replace("1", "2").strip()
    draft = _draft(f"# P\n\n{heading}\n\n- A\n\n{other}: Next\n\n- B\n")
    stage = (draft.get("stages") or draft["phases"])[0]

    assert (stage["name"], stage.get("status")) == (name, status)


@pytest.mark.parametrize(
    ("bracket", "field"),
    [
        ("Immediate - 1 week", "facets"),
        ("Q1 2026 - 1 week", "facets"),
        ("milestone 1 — the core", "reason"),
        ("100-500 users", "trigger"),
    ],
)
def test_bracket_of_a_stage_is_a_time_a_reason_or_a_trigger(bracket: str, field: str) -> None:
    draft = _draft(f"# P\n\n## Phase 1: A ({bracket})\n\n- X\n\n## Phase 2: B\n\n- Y\n")

    assert bracket in str(draft["phases"][0][field])


def test_dates_among_the_work_of_a_stage_are_its_time() -> None:
    text = (
        "# P\n\n## Phase 1: A\n\n- `2026-03-02` to `2026-03-20`\n- Build\n\n## Phase 2: B\n\n- Y\n"
    )
    (stage, _) = _draft(text)["phases"]

    assert [item["name"] for item in stage["items"]] == ["Build"]
    assert stage["facets"]["When"] == ["`2026-03-02` to `2026-03-20`"]


def test_table_of_stages_needs_no_money() -> None:
    text = (
        "# P\n\n| Phase | Duration | Risk |\n|---|---|---|\n| Phase 1: Survey | 2 weeks | Low |\n"
        "| Phase 2: Drains | 3 weeks | High |\n| **Total** | **5 weeks** | |\n"
    )
    draft = _draft(text)
    stages = draft.get("stages") or draft["phases"]

    assert [stage["name"] for stage in stages] == ["Survey", "Drains"]
    assert [stage["effort"] for stage in stages] == ["2 weeks", "3 weeks"]
    assert "Total: 5 weeks" in draft["notes"]
    assert "x-unread" not in draft

"""What belongs together: a list and its label, a risk and its impact, totals and their recap."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


RISKS = [
    ("Risk | Likelihood | Impact | Mitigation", "Risks"),
    ("リスク | 可能性 | 影響度 | 対策", "リスク"),
    ("风险 | 概率 | 影响 | 应对措施", "风险"),
    ("Risiko | Wahrscheinlichkeit | Auswirkung | Gegenmaßnahme", "Risiken"),
    ("Риск | Вероятность | Влияние | Меры", "Риски"),
]


@pytest.mark.parametrize(("header", "title"), RISKS)
def test_what_is_done_about_a_risk_is_no_impact(header: str, title: str) -> None:
    text = f"# P\n\n## {title}\n\n| {header} |\n|---|---|---|---|\n| slow | high | low | cache |\n"
    (risk,) = _draft(text)["limitations"]

    assert (risk["risk"], risk["impact"]) == ("slow", "low")
    measure = header.split(" | ")[3]
    assert f"{measure}: cache" in risk["notes"]


def test_measures_without_a_risk_are_a_table() -> None:
    draft = _draft("# P\n\n| Measure | Likelihood |\n|---|---|\n| cache | high |\n")

    assert "limitations" not in draft


LABELS = """# Plan

Team
- two people

Risks
- late

**Funding**

* own
"""


@pytest.mark.parametrize(
    "labels",
    [("Team", "Risks", "Funding"), ("Команда", "Риски", "Бюджет"), ("Tim", "Risiko", "Dana awal")],
)
def test_lists_stand_under_the_lines_above_them(labels: tuple[str, str, str]) -> None:
    text = LABELS
    for was, label in zip(("Team", "Risks", "Funding"), labels, strict=True):
        text = text.replace(was, label)
    draft = _draft(text)

    assert draft["x-facets"] == dict(zip(labels, (["two people"], ["late"], ["own"]), strict=True))
    assert "notes" not in draft


@pytest.mark.parametrize(
    "line",
    ["We need two people.", "these are all of them", "What we need for all of it"],
)
def test_a_sentence_above_a_list_is_no_label(line: str) -> None:
    draft = _draft(f"# Plan\n\n{line}\n\n- one\n- two\n")

    assert draft["notes"] == [line]


def test_the_work_of_a_stage_stays_work_under_a_plain_line() -> None:
    text = "# P\n\n## Phase 1: A\n\n**Backend**\n\n- one\n- two\n\n## Phase 2: B\n- three\n"
    first = _draft(text)["phases"][0]

    assert [item["name"] for item in first["items"]] == ["one", "two"]


def test_a_label_behind_a_whole_sentence_begins_something_new() -> None:
    said = "Depends on: nothing.  \nBlocks: all else."
    text = f"# P\n\n## Milestone 1 — A\n\n{said}\n\n## Milestone 2 — B\n- b\n"
    first = _draft(text)["stages"][0]

    assert "Blocks: all else." in first["notes"]
    assert "Blocks" not in str(first.get("facets", ""))


CHOSEN = """# Record

| Option | Description | Rejected because |
|---|---|---|
| Option 1 | Redis | Too dear |
| Option 2 | Postgres | ✅ CHOSEN — best known |
"""


@pytest.mark.parametrize("header", ["Rejected because", "Not chosen because", "Rejected"])
def test_what_was_chosen_is_not_rejected(header: str) -> None:
    (choice,) = _draft(CHOSEN.replace("Rejected because", header))["choices"]

    assert choice["chosen"]["option"] == choice["options"][1]["id"]
    assert header not in choice["options"][1]["facets"]
    assert choice["options"][0]["facets"][header] == ["Too dear"]


PARTS = """# Kosten

## Planung

| Posten | Kosten |
|---|---|
| Analyse | 300 € |
| Skizze | 700 € |
| Gesamt | 1.000 € |

## Bau

| Posten | Kosten |
|---|---|
| Holz | 1.500 € |
| Lohn | 1.500 € |
| Gesamt | 3.000 € |

## Übersicht

| Teil | Kosten |
|---|---|
| I. Planung | 1.000 € |
| II. Bau | 3.000 € |
| Gesamt | 4.000 € |
"""


def test_a_table_of_totals_is_a_summary() -> None:
    draft = _draft(PARTS)

    assert [table["name"] for table in draft["stacks"]] == ["Planung", "Bau"]
    (summary,) = draft["summaries"]
    assert summary["total"]["monthly"] == "4.000 €"


@pytest.mark.parametrize("said", ["900 €", "3.001 €"])
def test_a_table_with_an_amount_of_its_own_is_a_stack(said: str) -> None:
    draft = _draft(PARTS.replace("| I. Planung | 1.000 €", f"| I. Planung | {said}"))

    assert len(draft["stacks"]) == 3
    assert "summaries" not in draft


@pytest.mark.parametrize(
    "last", ["Total: 454 hours", "**TOTAL**: 454 Stunden", "**Total:** 23 jours"]
)
def test_the_sum_behind_the_last_stage_is_not_its_own(last: str) -> None:
    text = f"# P\n\n- **Phase 1 - Base**: 108 hours\n- **Phase 2 - Core**: 196 hours\n\n{last}\n"
    draft = _draft(text)

    assert "facets" not in draft["phases"][1]
    assert "454" in str(draft) or "23 jours" in str(draft)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("**Week 1-2 (Jan 6-17):** Set up (draft)", "(Jan 6-17): Set up (draft)"),
        ("Week 1-2 (Jan 6-17): Set up", "(Jan 6-17): Set up"),
        ("Week 1-2 (set up)", "set up"),
    ],
)
def test_brackets_in_a_timeline_stay_whole(entry: str, said: str) -> None:
    (timeline,) = _draft(f"# P\n\n## Timeline\n\n- {entry}\n- Week 3: Build\n")["timelines"]

    (step,) = timeline["entries"][0]["steps"]
    assert (step if isinstance(step, str) else step["text"]) == said


@pytest.mark.parametrize(
    ("entry", "name", "note"),
    [
        ("Posts: 13 @ $45 = $585", "Posts", "13 @ $45"),
        ("Rails: 300 LF @ $2.50 = $750", "Rails", "300 LF @ $2.50"),
        ("Bretter: 20 Stück @ 5 € = 100 €", "Bretter", "20 Stück @ 5 €"),
    ],
)
def test_a_reckoning_is_no_part_of_a_name(entry: str, name: str, note: str) -> None:
    (stack,) = _draft(f"# Parts\n\n- {entry}\n- Sand: 20 €\n")["stacks"]

    assert (stack["rows"][0]["name"], stack["rows"][0]["note"]) == (name, note)


@pytest.mark.parametrize(
    "text",
    [
        "## Savings\n\n- Licences: $5,000/year\n- Power: $1,000/year\n",
        "## Kasse\n\n- Einnahmen: 5.000 €\n- Miete: 2.000 €\n- Übrig: 3.000 €\n",
        "## Caisse\n\n- Revenus : 5 000 €\n- Loyer : 2 000 €\n- Reste : 3 000 €\n",
    ],
)
def test_what_comes_in_or_is_left_is_no_cost(text: str) -> None:
    assert "stacks" not in _draft(f"# P\n\n{text}")


TABLE = """# Plan

| Phase | Name | Monthly Cost | Status |
|---|---|---|---|
| 1 | Launch | $162 | ✅ COMPLETE (Dec 16) |
| 2 | Growth | $525 | Planned |
| — | Maps | $25 | all phases |
"""


def test_nothing_of_a_table_of_stages_is_lost() -> None:
    draft = _draft(TABLE)

    assert [stage["status"] for stage in draft["phases"]] == ["done", "planned"]
    assert "Status: ✅ COMPLETE (Dec 16)" in draft["phases"][0]["notes"]
    assert draft["notes"] == ["Maps; $25; all phases"]
    assert "x-unread" not in draft


@pytest.mark.parametrize(
    ("begin", "end"), [("Start", "End"), ("Inicio", "Fin"), ("开始日期", "结束日期")]
)
def test_a_stage_is_from_its_first_day_to_its_last(begin: str, end: str) -> None:
    text = f"""# Plan

| Phase | {begin} | {end} | Team |
|---|---|---|---|
| Build | 2026-01-05 | 2026-03-31 | two |
| Test | 2026-04-01 | soon | one |
"""
    build, test = _draft(text)["phases"]

    assert build["when"] == "2026-01-05..2026-03-31"
    assert "when" not in test
    assert f"{end}: soon" in test["notes"]


def test_days_that_run_backwards_are_kept_as_written() -> None:
    text = "# P\n\n| Phase | Start | End |\n|---|---|---|\n| A | 2026-05-01 | 2026-04-01 |\n"
    first, _ = _draft(text + "| B | 2026-06-01 | 2026-07-01 |\n")["phases"]

    assert first["notes"] == ["Start: 2026-05-01", "End: 2026-04-01"]


@pytest.mark.parametrize(
    ("said", "status"), [("complete", "done"), ("erledigt", "done"), ("planned", "planned")]
)
def test_the_third_part_of_a_heading_may_be_a_status(said: str, status: str) -> None:
    text = f"# P\n\n## Milestone 1 — Base — {said}\n- a\n\n## Milestone 2 — Core\n- b\n"
    first = _draft(text)["stages"][0]

    assert (first["name"], first["status"]) == ("Base", status)


def test_the_second_part_of_a_heading_is_its_name() -> None:
    first = _draft("# P\n\n## Milestone 1 — Live\n- a\n\n## Milestone 2 — Core\n- b\n")["stages"][0]

    assert first["name"] == "Live"


def test_a_sum_of_several_years_is_that_of_none() -> None:
    text = """# Cost

| Year | Platform | Annual Cost |
|---|---|---|
| Year 1 | Rail | $600 |
| Year 2 | Rail | $2,400 |
| **Total** | | **$3,000** |
"""
    (stack,) = _draft(text)["stacks"]

    assert "annual" not in stack["total"]
    assert "$3,000" in stack["total"]["notes"]


def test_a_table_of_several_columns_is_no_recap_for_one_of_them() -> None:
    table = "| Teil | Jetzt | Dann |\n|---|---|---|\n| A | 1.000 € | 5 € |\n| B | 3.000 € | 6 € |\n"
    draft = _draft(PARTS.partition("## Übersicht")[0] + f"## Vergleich\n\n{table}")

    assert "summaries" not in draft


@pytest.mark.parametrize("label", ["Uwagi", "Remarks", "Bemerkung"])
def test_a_list_of_remarks_is_none_of_costs(label: str) -> None:
    text = f"# P\n\n**{label}**\n\n- Transport: 20 €\n- Montaż: 30 €\n"

    assert "stacks" not in _draft(text)


@pytest.mark.parametrize(
    ("word", "said"), [("Option", "chosen"), ("Variante", "gewählt"), ("Option", "SELECTED")]
)
def test_a_verdict_behind_the_letter_of_an_option_is_one(word: str, said: str) -> None:
    text = f"# R\n\n## Ways\n\n- {word} A: no schema\n- {word} B ({said}): soft schema\n"
    (choice,) = _draft(text)["choices"]

    assert [option["name"] for option in choice["options"]] == ["no schema", "soft schema"]
    assert choice["chosen"]["option"] == choice["options"][1]["id"]


def test_a_remark_behind_the_letter_of_an_option_is_no_verdict() -> None:
    draft = _draft("# R\n\n## Ways\n\n- Option A: fast\n- Option B (weekly): slow\n")

    assert "choices" not in draft

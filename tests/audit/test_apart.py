"""One thing in two timelines: what is asked, and what looks alike and is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.audit.finding import Finding, Severity, Verdict
from statusgen.roadmap.acts import Act, act_on
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown

TWICE = """\
name: Move
stages:
  - {id: one, name: One, when: Week 1-2, items: [{id: db, name: Database}, {id: web, name: Web}]}
timelines:
  - id: cutover
    name: Cutover
    entries:
      - {when: Week 2, steps: [{text: Move the web, item: web}]}
      - {when: Week 3, steps: [{text: Move the database, item: db}]}
"""
MOVES = TWICE.replace(
    "name: Database}", "name: Database, from: Heroku Postgres, to: Neon}"
).replace("text: Move the web, item: web", "text: Database, item: db")


def _asked(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "plan.yml"
    path.write_text(text, "utf-8")
    return [one for one in audit_roadmap(load_roadmap(path)) if one.is_fault]


def test_a_thing_in_two_timelines_has_windows_that_meet(tmp_path: Path) -> None:
    (asked,) = _asked(tmp_path, TWICE)

    assert (asked.id, asked.severity) == ("COST025:timelines.db.window", Severity.WARNING)
    assert (asked.line, asked.verdict) == (9, Verdict.OPEN)
    assert "Database is in Week 3 in “Cutover” and in Week 1-2 in “One”" in asked.message


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("when: Week 3", "when: Week 2"),  # they share a week
        ("when: Week 3", "when: Month 3"),  # weeks and months are not compared
        ("when: Week 1-2", "when: Week 1+"),  # it may go on
        (", item: db", ""),  # what is named nowhere else
        ("Move the database", "Watch the database"),  # another work on the same thing
        ("Move the database", "Prepare to move the database"),
        ("Move the database", "Drop the old database"),
    ],
)
def test_windows_that_may_meet_are_no_fault(what: str, instead: str, tmp_path: Path) -> None:
    assert _asked(tmp_path, TWICE.replace(what, instead)) == []


def test_each_of_the_things_that_a_step_names_is_looked_at(tmp_path: Path) -> None:
    both = TWICE.replace(
        "text: Move the database, item: db", "text: Web and database, item: [web, db]"
    )

    (asked,) = _asked(tmp_path, both)

    assert asked.subject == "timelines.db.window"  # the web has week 2 as well


def test_dates_are_compared_like_weeks(tmp_path: Path) -> None:
    dated = TWICE.replace("Week 1-2", "2026-10-01..2026-10-31").replace("Week 2", "2026-10-20")

    assert _asked(tmp_path, dated.replace("Week 3", "2026-10-31")) == []
    assert len(_asked(tmp_path, dated.replace("Week 3", "2026-11"))) == 1


def test_the_switch_of_what_moves_is_asked_about_by_itself(tmp_path: Path) -> None:
    (asked,) = _asked(tmp_path, MOVES.replace("Move the database", "Database cutover"))

    assert "Database is switched over in Week 3 in “Cutover”, but “One” moves it in Week 1-2" in (
        asked.message
    )


@pytest.mark.parametrize(
    "last", ["Move the database", "Database", "Database cutover rehearsal", "Clean up the database"]
)
def test_work_in_several_windows_is_left_alone(last: str, tmp_path: Path) -> None:
    assert _asked(tmp_path, MOVES.replace("Move the database", last)) == []


def test_only_what_moves_is_over_with_its_switch(tmp_path: Path) -> None:
    built = MOVES.replace(", from: Heroku Postgres, to: Neon", "")

    assert _asked(tmp_path, built.replace("Move the database", "Switch database")) == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Billing", Act.CARRIED),
        ("Migrate the whole billing", Act.CARRIED),
        ("Search + billing cutover", Act.SWITCHED),
        ("Switch over billing (10 % first), search", Act.SWITCHED),
        ("Abrechnung und Billing umstellen", Act.SWITCHED),
        ("Billing の切り替え", Act.SWITCHED),
        ("Billing reviews", None),
        ("Search (billing follows)", None),
        ("Plan billing, move search", None),
    ],
)
def test_what_is_done_with_a_thing(text: str, act: Act | None) -> None:
    assert act_on(text, "Billing") is act


PLAN = """\
# Umzug

## Phase 1: Grundlagen (Woche 1-2)

### Datenbank
**Von**: Heroku Postgres (50 €/Monat)
**Nach**: Hetzner (20 €/Monat)

### Suche
**Von**: Algolia (60 €/Monat)
**Nach**: Meilisearch (15 €/Monat)

## Ablauf

- Week 1: Suche
- Week 2: Datenbank (nur lesend)
- Week 4: Suche und Datenbank umstellen
- Week 5: Datenbank beobachten
"""


def test_a_document_that_switches_a_thing_after_its_phase_is_asked_about() -> None:
    text = PLAN.replace("(Woche 1-2)", "(Week 1-2)")
    asked = [one for one in audit_markdown(text, "plan.md") if one.rule == "COST025"]

    assert [(one.line, one.subject) for one in asked] == [(17, "timelines.datenbank.window")]

"""What a plan's pages call its parts: by the author's word, in each language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from statusgen.publish.manifest import Manifest
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmap
from statusgen.words import Words
from tests.publish.roadmaps.conftest import body

PLAN = """name: Plan
currency: EUR
{kind}:
- id: one
  name: Eins
  status: current
  cost: €10/month
  checklist: ['[x] Fertig', Offen]
  items:
  - {{name: Web, service: {{name: Web, price: €12/month}}}}
  - {{name: Which?, owner: Ines, options: [A, B], chosen: {{option: A, on: 2026-10-12}}}}
- id: two
  name: Zwei
  cost: €35/month
  when: 2026-10 bis 2027-01
  items: [{{name: Mail, cost: €20/month}}]
"""


def pages(folder: Path, kind: str, language: str) -> Manifest:
    path = folder / "plan.yml"
    path.write_text(PLAN.format(kind=kind), "utf-8")
    made = Manifest()
    library = Library.of([load_roadmap(path)], date(2026, 11, 21), words=Words.of(language))
    for entry in roadmap_entries(library, ()):
        made.add(entry)
    return made


def said(manifest: Manifest) -> str:
    parts = ("", "costs/", "stages/one/", "stages/two/", "audit/", "checklists/")
    text = " ".join(body(manifest, f"plan/{part}") for part in parts)
    return re.sub(r'(?:href|id|class|aria-controls|data-\w+)="[^"]*"|<[a-z]+', " ", text)


@pytest.mark.parametrize(
    ("language", "kind", "word", "others"),
    [
        ("en", "stages", "stage", ["phase", "priorit"]),
        ("en", "phases", "phase", ["stage"]),
        ("en", "priorities", "priorit", ["stage", "phase"]),
        ("de", "phases", "Phase", ["Etappe", "Stufe"]),
        ("de", "stages", "Etappe", ["Phase", "Stufe"]),
        ("fr", "phases", "phase", ["étape"]),
        ("es", "phases", "fase", ["etapa"]),
        ("ja", "phases", "フェーズ", ["段階"]),
    ],
)
def test_one_word_for_a_stage_on_all_pages(
    tmp_path: Path, language: str, kind: str, word: str, others: list[str]
) -> None:
    text = said(pages(tmp_path, kind, language))
    visible = re.sub(r"stages(?=/|\.)|/[\w/.-]+", "", text)
    assert word.lower() in visible.lower()
    for other in others:
        assert re.findall(rf".{{40}}\b{other}.{{20}}", visible, re.I) == []


def test_readings_of_a_sum_are_in_the_language_of_the_page(tmp_path: Path) -> None:
    text = body(pages(tmp_path, "stages", "de"), "plan/audit/")
    assert re.search(r"\d\s€ neu,\s", text)
    assert not re.search(r"€ (new|running)\b", text)


def test_a_choice_that_is_made_is_decided(tmp_path: Path) -> None:
    text = body(pages(tmp_path, "stages", "en"), "plan/")
    row = text[text.index("Which?") :].partition("</tr>")[0]
    assert "Decided" in row
    assert "Planned" not in row
    assert "12 Oct 2026" in body(pages(tmp_path, "stages", "en"), "plan/stages/one/")


def test_months_stay_months(tmp_path: Path) -> None:
    text = body(pages(tmp_path, "stages", "en"), "plan/stages/two/").replace("\u00a0", " ")
    assert "October 2026 to January 2027" in text


def test_a_checklist_stands_on_the_page_of_its_stage(tmp_path: Path) -> None:
    made = pages(tmp_path, "stages", "en")
    text = body(made, "plan/stages/one/")
    assert "Checklist: Eins" in text
    assert "Offen" in text
    assert "checklists/#one-checklist" in text
    assert "stages/one/" in body(made, "plan/checklists/")
    assert "Checklist:" not in body(made, "plan/stages/two/")

"""What a draft keeps of headings, signs and cells that carry no text of their own."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    loaded = yaml.safe_load(import_markdown(text.encode(), "doc").yaml)
    assert isinstance(loaded, dict)
    return loaded


def _names(draft: dict[str, Any], key: str) -> list[str]:
    return [part["name"] for part in draft.get(key, [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "# Servers\n\nNorth and south.\n\n## North\n### Disks\n12.\n## South\n### Disks\n9.\n",
            ["North", "North: Disks", "South", "South: Disks"],
        ),
        (
            """# Änderungen
## 2018-12-03, Version 6
### Fehler
Einer.
## 2018-11-02, Version 5
### Fehler
Zwei am 03. in Version 12.
""",
            [
                "2018-12-03, Version 6",
                "2018-12-03, Version 6: Fehler",
                "2018-11-02, Version 5",
                "2018-11-02, Version 5: Fehler",
            ],
        ),
        (
            "# 報告\n\n東京と大阪。\n\n## 東京\n### 結果\n良い。\n## 大阪\n### 結果\n普通。\n",
            ["東京", "東京: 結果", "大阪", "大阪: 結果"],
        ),
    ],
    ids=["en", "de", "ja"],
)
def test_parts_of_one_name_say_whose_they_are(text: str, names: list[str]) -> None:
    assert _names(_draft(text), "x-sections") == names


def test_tables_of_one_name_say_whose_they_are() -> None:
    text = "# Sites\n\n## Lyon\n\n### Coûts\n\n{}\n\n## Lille\n\n### Coûts\n\n{}\n"
    table = "| Poste | Prix |\n|---|---|\n| Serveur | 5 € |\n| Sauvegarde | 7 € |"
    draft = _draft(text.format(table, table))
    assert _names(draft, "stacks") == ["Lyon: Coûts", "Lille: Coûts"]


def test_names_that_stand_once_stay_as_they_are() -> None:
    text = "# Servers\n\n## North\n\nCold.\n\n### Disks\n\n12.\n\n## South\n\n### Racks\n\n9.\n"
    assert _names(_draft(text), "x-sections") == ["North", "Disks", "South", "Racks"]


def test_a_heading_over_stages_alone_is_no_remark() -> None:
    text = "# Plan\n\n## Phases\n\n### Phase 1: Build (2 weeks)\n- Dig\n### Phase 2: Move\n- Go\n"
    draft = _draft(text)
    assert [stage["name"] for stage in draft["phases"]] == ["Build", "Move"]
    assert "x-sections" not in draft


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "# A\n\nWe think:\n✅ fast\n❌ expensive\n⚠️ needs care\n",
            ["✅ fast", "❌ expensive", "⚠️ needs care"],
        ),
        ("# A\n\n- Mail\n  - ✅ quick\n  - ❌ no search\n", ["✅ quick", "❌ no search"]),
        ("# A\n\n## ❌ Falscher Weg\n\nNicht so.\n", ["❌ Falscher Weg"]),
        (
            "# A\n\n## Installation\n\n1. ✅ Créer le compte\n2. ⚠️ Vérifier\n",
            ["✅ Créer", "⚠️ Vérifier"],
        ),
        ("# A\n\n⚠️ **Backup**: keines\n", ["⚠️ Backup"]),
        ("# A\n\n- Copy all files\n  ⚠️ it takes long\n", ["Copy all files ⚠️ it takes long"]),
    ],
    ids=["lines", "nested", "heading", "steps", "label", "wrapped"],
)
def test_signs_that_say_something_are_kept(text: str, kept: list[str]) -> None:
    draft = import_markdown(text.encode(), "doc").yaml
    assert [words for words in kept if words not in draft] == []


def test_signs_that_adorn_a_heading_are_no_part_of_its_name() -> None:
    assert _names(_draft("# A\n\n## 🚀 Start\n\nGo.\n"), "x-sections") == ["Start"]


@pytest.mark.parametrize(
    ("header", "word", "note"),
    [
        ("| Part | Cost |", "N/A", "Cost: N/A"),
        ("| Teil | Kosten |", "n/a", "Kosten: n/a"),
        ("| Pièce | Coût |", "TBD", "Coût: TBD"),
    ],
)
def test_a_cell_that_says_that_there_is_no_price_is_kept(header: str, word: str, note: str) -> None:
    rows = f"|---|---|\n| Wire | {word} |\n| Board | 12 € |\n| Case | 9 € |\n"
    first, *others = _draft(f"# Parts\n\n{header}\n{rows}")["stacks"][0]["rows"]
    assert first["notes"] == [note]
    assert all("notes" not in row for row in others)


def test_an_empty_cell_is_no_note() -> None:
    rows = "| Part | Cost |\n|---|---|\n| Wire | – |\n| Board | 12 € |\n| Case | 9 € |\n"
    first = _draft(f"# Parts\n\n{rows}")["stacks"][0]["rows"][0]
    assert "notes" not in first


def test_a_text_stands_before_what_stands_below_it() -> None:
    text = "# A\n\n## Verdict\n\nGood.\n\n### Why\n\nFast.\n\n#### Since when\n\nMay.\n"
    assert _names(_draft(text), "x-sections") == ["Verdict", "Why", "Since when"]

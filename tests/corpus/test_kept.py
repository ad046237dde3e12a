"""Nothing that a person wrote vanishes: every word of a document stands somewhere in its draft."""

from __future__ import annotations

import random

import pytest

from statusgen.importer import import_markdown
from tests.corpus.damage import damaged, lost_words, originals


@pytest.mark.parametrize(("name", "text"), originals(), ids=lambda value: value[:24].split("\n")[0])
def test_every_word_of_a_document_stands_in_its_draft(name: str, text: str) -> None:
    assert lost_words(text) == []


@pytest.mark.parametrize(
    ("seed", "count"), [(14, 50), pytest.param(15, 2000, marks=pytest.mark.long)]
)
def test_no_word_vanishes_from_a_damaged_document(seed: int, count: int) -> None:
    chance = random.Random(seed)
    for text in damaged(chance, count):
        assert lost_words(text) == [], text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "- Rent: £70,000\n- Heat: £500\n- Total: £70,500 (£14,100 × 5 homes)",
            "£14,100 × 5 homes",
        ),
        (
            "- A: $30/mo\n- B: $5/mo\n- Total: $35/mo before writing any code",
            "before writing any code",
        ),
        (
            "| Poste | Par mois |\n|---|---|\n| A | 20,50 € |\n| **Total HT** | **20,50 €** |",
            "Total HT",
        ),
        (
            "## Wenn es eng wird\n\n| Wann | Dann |\n|---|---|\n| CPU über 70 % | größer |",
            "eng wird",
        ),
        ("```\nhosting/\n├── web  $5/mo\n├── db  $7/mo\nTotal  $12/mo\n```", "hosting/"),
        ("![Uptime last month](badge.svg)", "badge.svg"),
        ("```bash\n# Phase 1: build\nmake image\n# Phase 2: push\nmake push\n```", '"bash"'),
        (
            "## Phase 1: Go\n\n```yaml\n- [x] one\n- [ ] two\n```\n\n## Phase 2: Stay\n\n- rest",
            "yaml",
        ),
    ],
)
def test_remarks_labels_and_headings_are_kept_as_they_were_written(text: str, said: str) -> None:
    assert said in import_markdown(f"# Plan\n\n{text}\n".encode(), "plan.md").yaml

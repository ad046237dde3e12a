"""What stages are called: numbered once, in whatever words their authors number them."""

from __future__ import annotations

import pytest

from statusgen.publish.roadmaps.stage_names import is_numbered
from statusgen.publish.roadmaps.words import when_told
from statusgen.roadmap.model.time import parse_when
from statusgen.words import Words


@pytest.mark.parametrize(
    "name",
    [
        "Phase 1: now", "STEP 2", "M1: MVP", "第一阶段：上线", "フェーズ2 移行", "1단계", "3) move",
        "2. Foo", "Étape 1 — x", "Phase One", "Stage II", "🚀 Phase 2", "Этап 3. x",
        "P0 — stop the bleeding", "Fase 4", "Schritt 1", "Stage 3", "Wave 2a",
    ],
)  # fmt: skip
def test_a_name_that_bears_its_number_gets_no_other(name: str) -> None:
    assert is_numbered(name)


@pytest.mark.parametrize(
    "name",
    [
        "Release 2.1 in two regions", "Phase out the old API", "S3 in place of disks",
        "Stage a rollout", "2 regions", "100 users", "Step by step", "Launch (0–500 users)",
        "3.5 million users", "Prioritise", "IPv6 everywhere", "EC2 gone", "Waves", "12:30 switch",
    ],
)  # fmt: skip
def test_a_number_that_counts_something_else_is_none(name: str) -> None:
    assert not is_numbered(name)


@pytest.mark.parametrize(
    ("written", "english", "german"),
    [
        ("2026-12-18", "18 Dec 2026", "18. Dez. 2026"),
        ("2026-10", "October 2026", "Oktober 2026"),
        ("2026-09-07 to 2026-10-09", "7 Sep to 9 Oct 2026", "7. Sept. – 9. Okt. 2026"),
        ("11 January 2027 to 2027-03-05", "11 Jan to 5 Mar 2027", "11. Jan. – 5. März 2027"),
        ("2026-10..2027-01", "October 2026 to January 2027", "Oktober 2026 bis Januar 2027"),
        ("2026-10 bis 2026-12", "October 2026 to December 2026", "Oktober 2026 bis Dezember 2026"),
        # Whatever is no day in figures stays as it was written.
        ("Week 2-4", "Week 2-4", "Week 2-4"),
        ("Q4 2026", "Q4 2026", "Q4 2026"),
        ("2026-10+", "2026-10+", "2026-10+"),
        ("18 December 2026", "18 December 2026", "18 December 2026"),
    ],
)
def test_days_in_figures_are_told_in_the_readers_language(
    written: str, english: str, german: str
) -> None:
    for code, told in (("en", english), ("de", german)):
        shown = when_told(Words.of(code), parse_when(written))
        assert " ".join(shown.split()) == told
    assert when_told(Words.of(), None) == ""

"""Lists of work, whose hours the line below them adds up."""

from __future__ import annotations

import pytest

from statusgen.audit import Severity
from statusgen.run.documents import audit_markdown


def _faults(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "p.md") if one.is_fault]


LISTS = [
    (
        "- **A**: 108 ore (2.7 FTE)\n- **B**: 196 ore\n- **C**: 136 ore\n\n**TOTALE**: {} ore\n",
        (440, 404),
    ),
    ("* Design: 12 hours\n* Build: 40 h\n* Test: 9 hours\n\nTotal: {} hours\n", (61, 65)),
    ("- Entwurf: 10 Std.\n- Bau: 25 Std.\n- Test: 5 Std.\n\n**Summe:** {} Std.\n", (40, 43)),
    ("1. 設計：10時間\n2. 開発：25時間\n3. テスト：5時間\n\n合計：{}時間\n", (40, 43)),
]


@pytest.mark.parametrize(("text", "stated"), LISTS)
def test_hours_of_a_list_come_to_its_total(text: str, stated: tuple[int, int]) -> None:
    right, wrong = stated
    assert _faults(f"# P\n\n{text.format(right)}") == []
    assert _faults(f"# P\n\n{text.format(wrong)}") == [("COST001", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "- A: 12 hours\n- B: 40 hours\n- C: 9 hours\n\nTotal: 45 hours (B parallel)\n",
        "- A: 12 hours\n- B: 40 hours\n- C: 9 hours\n\nTotal with buffer: 70 hours\n",
        "- A: 2 weeks\n- B: 4 weeks\n- C: 3 weeks\n\nTotal: 7 weeks\n",
        "- A: 12 hours\n- B: later\n- C: 9 hours\n\nTotal: 25 hours\n",
        "- A: 12 hours\n- B: 40 hours\n- C: 9 hours\n\nAvailable: 80 hours\n",
    ],
)
def test_what_need_not_add_up_is_not_told(text: str) -> None:
    assert _faults(f"# P\n\n{text}") == []


STAGES = [
    (
        (
            "- **Fase 1 - A**: 108 ore (2.7 settimane FTE)\n- **Fase 2 - B**: 196 ore (5 FTE)\n"
            "- **Fase 3 - C**: 136 ore (3.4 settimane)\n\n**TOTALE**: {} ore (11 settimane FTE)\n"
        ),
        (440, 404),
    ),
    (
        (
            "## Phase 1: Setup (8 hours)\n\n- a\n\n## Phase 2: Build (40 hours)\n\n- b\n\n"
            "## Phase 3: Test (12 hours)\n\n- c\n\n**Total**: {} hours\n"
        ),
        (60, 66),
    ),
    (
        (
            "### 1단계: 설계 (10시간)\n\n- a\n\n### 2단계: 개발 (25시간)\n\n- b\n\n"
            "### 3단계: 테스트 (5시간)\n\n- c\n\n**합계**: {}시간\n"
        ),
        (40, 43),
    ),
]


@pytest.mark.parametrize(("text", "stated"), STAGES)
def test_hours_of_the_stages_come_to_the_total_behind_them(
    text: str, stated: tuple[int, int]
) -> None:
    right, wrong = stated
    assert _faults(f"# P\n\n{text.format(right)}") == []
    assert _faults(f"# P\n\n{text.format(wrong)}") == [("COST001", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        STAGES[1][0].format(48).replace("- a", "- a, at the same time as phase 3 (parallel)"),
        STAGES[1][0].format(66).replace("(40 hours)", "(40 hours a week)"),
        STAGES[1][0].format(66).replace("(40 hours)", "(2 weeks)"),
        STAGES[1][0].format(66).replace("**Total**", "**Total with buffer**"),
        STAGES[1][0].format(12).replace("**Total**", "**Tests**"),
        STAGES[1][0].format(12),
        STAGES[1][0].format(66).replace("- a", "- a\n\n**Total**: 8 hours"),
    ],
)
def test_stages_that_need_not_add_up_are_not_told(text: str) -> None:
    assert _faults(f"# P\n\n{text}") == []

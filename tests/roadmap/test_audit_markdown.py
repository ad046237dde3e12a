"""Tables and equations of any Markdown document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.roadmap.audit.markdown import audit_markdown

SHARED = Path(os.environ.get("STATUSGEN_SHARED", Path(__file__).parents[3] / "shared"))

TABLE = """\
# Costs

| Service | Monthly Cost | Annual Cost | Note |
|---|---:|:---|---|
| AWS EC2 (2\\| t3) | $70 | $840 | 2 |
| Sentry | Free | $0 | 3 |
| Paystack | 1.5% | - | 4 |
| **Total** | **~$70/mo** | **$840/year** | 9 |

The profit: $15K MRR - $800 costs = $14.2K profit, and $5 + $6 + $7 = $18.

```
| Service | Cost |
|---|---|
| A | $1 |
| Total | $9 |
```
"""


def _verdicts(text: str) -> list[str]:
    return [f"{f.line} {f.rule} {f.verdict}" for f in audit_markdown(text, "a.md")]


def test_consistent_document_holds_and_code_is_left_alone() -> None:
    assert _verdicts(TABLE) == [
        "3 COST006 holds",
        "8 COST001 holds",
        "8 COST001 holds",
        "10 COST026 holds",
        "10 COST026 holds",
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("~$70/mo", "$71/mo", "8 COST001 contradicted"),
        ("$840/year", "$900/year", "8 COST001 contradicted"),
        ("| $840 |", "| $841 |", "5 COST006 contradicted"),
        ("| $70 |", "| ₵70 |", "8 COST012 open"),
        ("$14.2K", "$14.5K", "10 COST026 contradicted"),
        ("= $18", "= $19", "10 COST026 contradicted"),
    ],
)
def test_each_fault_is_found(right: str, wrong: str, fault: str) -> None:
    assert right in TABLE
    assert fault in _verdicts(TABLE.replace(right, wrong, 1))


def test_finding_says_where_and_how() -> None:
    finding = audit_markdown(TABLE.replace("$14.2K", "$14.5K"), "docs/a.md")[3]

    assert str(finding) == "docs/a.md:10:13: error COST026 line.10.13: $14.5K is not $14,200"
    assert finding.formula == "$15K − $800 = $14,200"


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("001_", {"COST001": 4, "COST006": 2, "COST026": 1}),
        ("002_", {"COST001": 1}),
        ("004_", {"COST001": 1}),
    ],
)
def test_source_documents_raise_no_false_alarm(seed: str, expected: dict[str, int]) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the source documents are not at {SHARED}")
    source = next((SHARED / "seeds").glob(f"{seed}*")).read_text(encoding="utf-8")
    found = audit_markdown(source, "seed.md")

    assert {f.rule: sum(g.rule == f.rule for g in found) for f in found} == expected
    assert [str(finding) for finding in found if finding.is_fault] == []


@given(st.text(alphabet="|-:\n$1,.K+= Totalmonthyear", max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for finding in audit_markdown(text, "a.md"):
        assert finding.line > 0

"""Tables and equations of any Markdown document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.run.documents import audit_markdown

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
    found = audit_markdown(TABLE.replace("$14.2K", "$14.5K"), "docs/a.md")
    finding = next(finding for finding in found if finding.is_fault)

    assert str(finding) == (
        "docs/a.md:10:1: error COST026 claims.costs.calculation: "
        "$14.5K is stated, the numbers give $14,200"
    )
    assert finding.formula == "15000 − 800 = $14,200"


@given(st.text(alphabet="|-:\n$1,.K+= Totalmonthyear", max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for finding in audit_markdown(text, "a.md"):
        assert finding.line > 0

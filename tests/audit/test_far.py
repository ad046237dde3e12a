"""What lies far from a stated number is asked about in documents, and wrong in a roadmap file."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown

TABLE = (
    "| Item | Cost |\n|---|---|\n| Web | $412 |\n| Data | $1,150 |\n"
    "| Mail | $223 |\n| Total | {} |\n"
)
LIST = "Costs in euros:\n\n- Web: 412 €\n- Data: 1.150 €\n- Mail: 223,50 €\n- Total: {}\n"
ROWS = (
    "| Kit | Number | Each | In all |\n|---|--:|--:|--:|\n| Chairs | 12 | £45 | £540 |\n"
    "| Desks | 4 | £210 | £840 |\n| Lamps | 9 | £31 | {} |\n"
)
YEAR = "The server costs $83 a month, which is {} a year.\n"
TIMES = "The desks: 14 × $135 = {}.\n"
PERCENT = "From $300 to $240 ({} less).\n"


@pytest.mark.parametrize(
    ("text", "right", "near", "far"),
    [
        (TABLE, "$1,785", "$1,885", "$4,200"),
        (LIST, "1.785,50 €", "1.585,50 €", "3.900,00 €"),
        (ROWS, "£279", "£297", "£620"),
        (YEAR, "$996", "$1,096", "$4,000"),
        (TIMES, "$1,890", "$1,990", "$14,000"),
        (PERCENT, "20%", "30%", "75%"),
    ],
    ids=["table", "list", "rows", "year", "times", "percent"],
)
def test_what_is_near_is_wrong_and_what_is_far_is_asked(
    text: str, right: str, near: str, far: str
) -> None:
    severities = [
        [one.severity for one in audit_markdown(text.format(stated), "p.md") if one.is_fault]
        for stated in (right, near, far)
    ]

    assert severities == [[], [Severity.ERROR], [Severity.WARNING]]


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        ("$9,785", Severity.ERROR),  # one digit
        ("$7,185", Severity.ERROR),  # two that changed places
        ("$17,850", Severity.WARNING),  # ten times
        ("$9,985", Severity.WARNING),  # two digits
        ("$85", Severity.WARNING),
    ],
)
def test_slip_of_a_digit_is_wrong_however_far_it_leads(stated: str, severity: Severity) -> None:
    found = audit_markdown(TABLE.format(stated), "p.md")

    assert [one.severity for one in found if one.is_fault] == [severity]


def test_round_numbers_resemble_each_other_by_chance() -> None:
    text = "| Item | Cost |\n|---|---|\n| A | $2,000 |\n| B | $1,500 |\n| Total | $9,500 |\n"

    found = audit_markdown(text, "p.md")

    assert [one.severity for one in found if one.is_fault] == [Severity.WARNING]


def test_question_tells_both_numbers() -> None:
    (found,) = (one for one in audit_markdown(TABLE.format("$4,200"), "p.md") if one.is_fault)

    assert "$1,785" in found.message
    assert "$2,415 short" in found.message
    assert found.message.endswith("may one of them count something else?")


def test_file_that_a_person_wrote_is_wrong_however_far(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(
        "name: P\ncurrency: USD\nstacks:\n- name: Costs\n  rows:\n  - {name: Web, monthly: $412}\n"
        "  - {name: Data, monthly: $223}\n  total: {monthly: $4200}\n",
        encoding="utf-8",
    )

    found = audit_roadmap(load_roadmap(path, "plan.yml"))

    assert [one.severity for one in found if one.rule == "COST001"] == [Severity.ERROR]

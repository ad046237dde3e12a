"""Documents in which everything is right under some sensible reading: nothing is called an error.

``right.md`` holds them, each behind a line ``@@ name``; each was called wrong once.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown

_PARTS = re.split(
    r"^@@ (.+)\n", Path(__file__).with_name("right.md").read_text(encoding="utf-8"), flags=re.M
)
RIGHT = dict(zip(_PARTS[1::2], _PARTS[2::2], strict=True))


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_in_some_reading_is_no_error(name: str) -> None:
    errors = [
        finding.message
        for finding in audit_markdown(RIGHT[name], "right.md")
        if finding.severity is Severity.ERROR
    ]

    assert errors == []


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_in_a_document_is_right_in_its_draft(name: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(import_markdown(RIGHT[name].encode(), "right.md").yaml, encoding="utf-8")

    found = audit_roadmap(load_roadmap(path, "draft.yml"))

    assert [finding.message for finding in found if finding.severity is Severity.ERROR] == []


WRONG = {
    "a branch is no part of the sum that it stands under": (
        "```\nCosts\n├── Compute: $120\n│   ├── API: $80\n│   └── Worker: $40\n"
        "├── Database: $60\n└── Total: $190\n```\n"
    ),
    "without what is optional, and with it": (
        "| Item | Cost |\n|---|---|\n| VPS | $10 |\n| Logs (optional) | $7 |\n| Total | $12 |\n"
    ),
    "a year of months and what is paid once": (
        "| Item | Cost |\n|---|---|\n| Setup | $300 |\n| Host | $20/mo |\n"
        "| Total first year | $560 |\n"
    ),
    "a count and a unit price beside a sum": (
        "| Role | Count | Salary | Total |\n|---|---|---|---|\n| A | 4 | $100 | $400 |\n"
        "| B | 2 | $50 | $100 |\n| Total | 6 | | $600 |\n"
    ),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_no_reading_gives_is_still_an_error(text: str) -> None:
    assert any(f.severity is Severity.ERROR for f in audit_markdown(text, "wrong.md"))

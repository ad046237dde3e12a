"""Whole documents in other styles than the seeds', with the findings that they deserve."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from statusgen.roadmap.audit.markdown import audit_markdown
from statusgen.roadmap.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap

DOCUMENTS = Path(__file__).parent / "documents"

FAULTS = {
    "clusters": [],
    "costs": [(59, "COST001", "$106.75-621.08")],  # the sum of seven ranges is said to be $30-500
    "growth": [
        (3, "COST003", "as new costs 2 of 3 fit"),
        (20, "COST022", "$139/month here, $150/month in line 12"),
        (30, "COST002", "$600 new"),  # five lines come to $600, $590 is written under them
        (30, "COST022", "$590/month here, $600/month in line 22"),
    ],
    "observability": [],
    "platform": [(37, "COST002", "$140 new, $140 running; $60 short")],  # $100 + $40, not $200
    "playbook": [
        (39, "COST022", "$33 here, $29/mo in line 3"),
        (58, "COST004", "needs the number of MAU"),
        (68, "COST022", "$79 here, $150/mo in line 41"),
    ],
    "warehouse": [],
}
"""Line, rule and a part of the message of every fault; all other numbers in them are right."""

COUNTS = {
    "clusters": {"stage": 3, "row": 9},
    "growth": {"stage": 3, "service": 14},
    "observability": {"stage": 4, "service": 8, "option": 3, "metric": 3},
    "platform": {"stage": 3, "option": 3, "limitation": 2, "point": 4, "criterion": 3},
    "playbook": {"stage": 2, "service": 7, "window": 4},
    "warehouse": {"stage": 3, "option": 3, "criterion": 3, "point": 5},
}
"""Counted by hand; rows that are said twice (as a table and as a comparison) may be more."""


@pytest.mark.parametrize("name", FAULTS)
def test_document_gets_the_findings_that_it_deserves_and_no_other(name: str) -> None:
    found = [f for f in audit_markdown(DOCUMENTS / f"{name}.md", f"{name}.md") if f.is_fault]

    assert [(f.line, f.rule) for f in found] == [(line, rule) for line, rule, _ in FAULTS[name]]
    for finding, (_, _, part) in zip(found, FAULTS[name], strict=True):
        assert part in finding.message


@pytest.mark.parametrize("name", COUNTS)
def test_draft_holds_what_the_document_lists(name: str, tmp_path: Path) -> None:
    imported = import_markdown(DOCUMENTS / f"{name}.md", f"{name}.md")
    path = tmp_path / f"{name}.yml"
    path.write_text(imported.yaml, "utf-8")

    load_roadmap(path)
    short = Counter(COUNTS[name]) - Counter(imported.counts)
    assert short == Counter()
    assert imported.unread == ()

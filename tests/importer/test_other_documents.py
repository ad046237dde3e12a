"""Whole documents in other styles than the seeds', with the findings that they deserve."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import read_text

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
    found = [f for f in read_text(DOCUMENTS / f"{name}.md", f"{name}.md").audit() if f.is_fault]

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


def _mutated(lines: list[str], others: list[str], chance: random.Random) -> str:
    """Return a document with lines lost, moved, cut, mixed and spoilt."""
    lines = [*lines]
    for _ in range(chance.randint(1, 25)):
        at = chance.randrange(len(lines))
        kind = chance.randrange(6)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(at, chance.choice(others))
        elif kind == 2:
            lines[at] = lines[at].replace("$", chance.choice(["€", "", "₵", "$-"]))
        elif kind == 3:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 4:
            lines[at] = "  " * chance.randint(0, 6) + lines[at]
        else:
            tail = chance.choice(["|", " | $5", " - $3/mo", "(", ")", "0" * 30, "%", " × ", "`"])
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))] + tail
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 60), pytest.param(2, 3000, marks=pytest.mark.long)]
)
def test_damaged_documents_give_drafts_that_load(tmp_path: Path, seed: int, count: int) -> None:
    documents = [path.read_text("utf-8").split("\n") for path in sorted(DOCUMENTS.glob("*.md"))]
    chance = random.Random(seed)
    path = tmp_path / "plan.yml"

    for _ in range(count):
        text = _mutated(chance.choice(documents), chance.choice(documents), chance)
        path.write_text(import_markdown(text.encode(), "plan.md").yaml, "utf-8")
        audit_roadmap(load_roadmap(path))
        read = read_text(text, "plan.md")
        assert read.plan is not None
        read.audit()

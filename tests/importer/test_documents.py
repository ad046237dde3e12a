"""Documents that nobody here has written: other words, other layouts, hostile and broken text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.errors import InputError
from statusgen.importer import Imported, import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap, Status
from statusgen.run.documents import audit_markdown


def _load(tmp_path: Path, text: str) -> tuple[Imported, Roadmap]:
    imported = import_markdown(text.encode("utf-8", "replace"), "plan.md")
    path = tmp_path / "plan.yml"
    path.write_text(imported.yaml, "utf-8")
    return imported, load_roadmap(path)


def test_milestones_with_other_words_and_euros(tmp_path: Path) -> None:
    text = """\
Plan for Acme
=============

## Milestone A — Foundations (Q1 2026)

| Vendor | Purpose | € / month |
|:--|:--|--:|
| Hetzner | VMs | 40,00 |
| **Summe** | | **40,00** |

## Milestone B — Growth

### Database
From: MySQL ($50/mo)
To: Aurora ($120/mo) or Neon

### Queue choices
- RabbitMQ
  - Advantages: mature
  - Disadvantages: ops
  - Price: $0
- SQS — $0.40 per million requests
  - Pros: managed
  - Cons: lock-in
"""
    _, roadmap = _load(tmp_path, text)
    first, second = roadmap.stages
    database, queue = second.items

    assert (roadmap.name, roadmap.currency) == ("Plan for Acme", "USD")
    assert [(stage.number, stage.name) for stage in roadmap.stages] == [
        ("A", "Foundations"),
        ("B", "Growth"),
    ]
    assert [(i.name, str(i.service.price)) for i in first.items if i.service] == [
        ("Hetzner", "€40,00")
    ]
    assert first.cost is not None
    assert str(first.cost.stated) == "€40,00"
    assert [s.name for s in database.moves_to] == ["Aurora", "Neon"]
    assert [(o.name, str(o.price), o.pros.raw, o.cons.raw) for o in queue.options] == [
        ("RabbitMQ", "$0", "mature", "ops"),
        ("SQS", "$0.40 per million requests", "managed", "lock-in"),
    ]


def test_a_table_of_phases_is_the_stages(tmp_path: Path) -> None:
    text = """\
# Plan

| Phase | Timeline | Focus | Deliverables | Cost | Status |
|---|---|---|---|---|---|
| Phase 1: Base (50+ users) | Week 1-2 | Stand it up | VPC, CI (GitHub, OIDC) | $40/mo | ✅ Done |
| Phase 2: Grow | Month 2 | Scale | Read replica; Cache | ~$90/month | 🚧 In progress |
| Total | | | | $130/month | |
"""
    _, roadmap = _load(tmp_path, text)
    first, second = roadmap.stages

    assert str(roadmap.kind) == "phase"
    assert [(s.name, s.number, str(s.when), s.goal, s.status) for s in roadmap.stages] == [
        ("Base", "1", "Week 1-2", "Stand it up", Status.DONE),
        ("Grow", "2", "Month 2", "Scale", Status.CURRENT),
    ]
    assert [str(stage.cost.stated) for stage in roadmap.stages if stage.cost] == [
        "$40/mo",
        "~$90/month",
    ]
    assert [item.name for item in first.items] == ["VPC", "CI (GitHub, OIDC)"]
    assert [item.name for item in second.items] == ["Read replica", "Cache"]
    assert str(first.trigger) == "50+ users"


def test_tasks_with_estimates_are_items_and_targets_are_criteria(tmp_path: Path) -> None:
    text = """\
# Plan

## Phase 1: Move (4 weeks)

| Task | Owner | Estimate |
|---|---|---|
| Copy data | Ana | 2-3 days |
| Switch | Ben | 4 hours |
| **Total** | | **4 days** |

## Objectives

| SLO | Target | Window |
|---|---|---|
| Availability | 99.5% | 30d |
| p95 load | < 3s | 7 days |
"""
    _, roadmap = _load(tmp_path, text)
    (stage,) = roadmap.stages

    assert [(item.name, str(item.effort)) for item in stage.items] == [
        ("Copy data", "2-3 days"),
        ("Switch", "4 hours"),
    ]
    assert (stage.trigger, str(stage.effort), stage.facets) == (None, "4 weeks", {})
    assert stage.notes == ("Total: 4 days",)
    assert [(c.metric, str(c.target), c.window) for c in roadmap.success] == [
        ("uptime", "99.5%", 30 * 86_400),
        ("latency_p95", "< 3s", 7 * 86_400),
    ]


def test_quantities_and_unit_prices_are_columns_of_their_own(tmp_path: Path) -> None:
    text = """\
# Costs

| Cluster | Nodes | $/node/month | Monthly | Annual |
|---|---:|---:|---:|---:|
| prod | 12 | $140 | $1,680 | $20,160 |
| dev | 2 | $30 | $60 | $720 |
| **Sum** | 14 | | **$1,740** | **$20,880** |
"""
    _, roadmap = _load(tmp_path, text)
    (table,) = roadmap.stacks

    assert [(r.name, r.quantity, str(r.unit_price), str(r.monthly)) for r in table.rows] == [
        ("prod", 12, "$140", "$1,680"),
        ("dev", 2, "$30", "$60"),
    ]
    assert table.total is not None
    assert (str(table.total.monthly), str(table.total.annual)) == ("$1,740", "$20,880")


def test_a_role_a_product_and_its_price_in_one_line(tmp_path: Path) -> None:
    text = "# Plan\n\n## Stage 1\n\n* Hosting - Railway Hobby - $5/month\n* Mail - $3/month\n"
    _, roadmap = _load(tmp_path, text)

    assert [
        (item.name, item.service.name, str(item.service.price))
        for item in roadmap.stages[0].items
        if item.service
    ] == [("Hosting", "Railway Hobby", "$5/month"), ("Mail", "Mail", "$3/month")]


def test_a_breakdown_may_stand_before_its_stage(tmp_path: Path) -> None:
    text = """\
# Plan

## Costs

### Stage 1

- Sentry: $26
- Total: $26/month

## Stage 1: Base

- Sentry ($26/mo)
- Move the mail
- Move the files
- Move the logs
"""
    _, roadmap = _load(tmp_path, text)
    (table,) = roadmap.stacks

    assert [stage.name for stage in roadmap.stages] == ["Base"]
    assert (table.stage, [row.name for row in table.rows]) == ("base", ["Sentry"])


def test_a_percentile_is_no_target(tmp_path: Path) -> None:
    text = "# P\n\n## Success Metrics\n\n- p95 latency < 250ms\n- Uptime > 99.9%\n"
    _, roadmap = _load(tmp_path, text)

    assert [str(criterion.target) for criterion in roadmap.success] == ["< 250ms", "> 99.9%"]


def test_horizons_are_stages(tmp_path: Path) -> None:
    text = "# Plan\n## Now\n- Sentry ($26/mo)\n## Next\n- [x] Move\n## Later\n- Rest\n"
    _, roadmap = _load(tmp_path, text)

    assert [stage.name for stage in roadmap.stages] == ["Now", "Next", "Later"]
    assert roadmap.stages[0].items[0].service is not None
    assert roadmap.checklists[0].groups[0].points[0].done


def test_table_of_before_and_after_becomes_a_comparison(tmp_path: Path) -> None:
    text = """\
## Costs
| Item | Before | After | Saved |
|---|---|---|---|
| VMs | $400 | $250 | $150 |
| Total | $400 | $250 | $150 |
"""
    _, roadmap = _load(tmp_path, text)
    comparison = roadmap.comparisons[0]

    assert [str(row.monthly) for row in comparison.before.rows] == ["$400"]
    assert comparison.after.total is not None
    assert str(comparison.after.total.monthly) == "$250"


def test_status_in_a_heading(tmp_path: Path) -> None:
    text = "## Phase 1: A (done)\n### 1.1 Push — implemented\ntext\n## Phase 2: B (in progress)\n"
    _, roadmap = _load(tmp_path, text)

    assert [stage.status for stage in roadmap.stages] == [Status.DONE, Status.CURRENT]
    assert (roadmap.stages[0].items[0].name, roadmap.stages[0].items[0].status) == (
        "Push",
        Status.DONE,
    )


def test_what_is_not_understood_is_told_with_its_line(tmp_path: Path) -> None:
    text = """\
# Plan

<table><tr><td>$5</td></tr></table>

## Costs

| Service | Cost |
|---|---|
| A | $5 |
| B | $5 |
| C | 12 apples | extra |
"""
    imported, _ = _load(tmp_path, text)
    told = {(entry.line, entry.why.split(",")[0]) for entry in imported.unread}

    assert (3, "HTML") in told
    assert (11, "not read as a price") in told
    assert (11, "cells beyond the table's last column") in told
    assert "# " in imported.yaml
    assert "12 apples" in imported.yaml


HOSTILE = [
    "!!python/object/apply:os.system ['id']",
    "*alias",
    "&anchor x",
    "{{7*7}} ${HOME} $(id) `id`",
    "'; DROP TABLE x; --",
    '" : [ } # comment',
    "<script>alert(1)</script>",
    "- - - x: y: z",
    "yes",
    "null",
    "2026-01-01",
    "::error::x",
    "a\u202eb\u2028c\x07d\x85e",
    "---",
    "x" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    document = f"""\
# {text}

## Stage 1: {text} ({text})
**{text}**: {text}

- **{text}** ({text})
  - Cost: {text}
  - Pros: {text}

| {text} | Cost |
|---|---|
| {text} | $5 |
| Total | {text} |

```{text}
{text}
```
"""
    _, roadmap = _load(tmp_path, document)

    assert roadmap.stages or roadmap.name
    assert isinstance(audit_markdown(document, "plan.md"), list)


BROKEN = {
    "empty": "",
    "spaces": " \n\t\n",
    "empty table": "| a | b |\n|---|---|\n",
    "ragged": "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 |\n| Total | |\n",
    "one column": "| a |\n|---|\n| Total |\n",
    "only totals": "| a | cost |\n|---|---|\n| Total | $5 |\n| Total | $6 |\n",
    "nested lists": "\n".join(f"{'  ' * depth}- level {depth}" for depth in range(60)),
    "nested steps": "# P\n## Phase 1: A\n### 1.1 B\n"
    + "\n".join(f"{'   ' * depth}1. level {depth}" for depth in range(40)),
    "nested quotes": "> " * 100 + "deep",
    "open fence": "## Stage 1: A\n```\nService: X\nCost: $5",
    "brackets": "[" * 10_000,
    "stars": "*a " * 10_000,
    "cells": "| a | b |\n|---|---|\n| " + "x" * 10_000 + " | " + "$" * 10_000 + " |\n",
    "headings": "\n".join(f"{'#' * (1 + n % 6)} Stage {n}: same" for n in range(200)),
    "same ids": "## Phase 1: A\n" + "- same\n" * 50,
    "carriage returns": "## Stage 1: A\r\nCost: $5/month\r\n\r\n- x\r\n",
    "many totals": "| a | b |\n|---|---|\n" + "| Total | $5 |\n" * 1_000,
    "long line": "$1 words here more + " * 500 + "\n\n" + "over 5% " * 2_000,
    "nul": "# a\0b\n\n- x\0\n",
    "numbers": "Total: 99999999999999999999 = 1 + 2\n\n$9999999999999 - $1 = $0\n",
    "figures": "## Success criteria\n- >99.9% uptime\n- nothing\n- < 5 - 3 x\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_documents_give_a_draft_and_findings(tmp_path: Path, name: str) -> None:
    _, roadmap = _load(tmp_path, BROKEN[name])

    assert roadmap.id == "plan"
    assert isinstance(audit_markdown(BROKEN[name], "plan.md"), list)


@pytest.mark.parametrize("many", [1_000, pytest.param(4_000, marks=pytest.mark.long)])
def test_huge_table_is_read_or_refused_in_words(tmp_path: Path, many: int) -> None:
    rows = "".join(f"| s{n} | $1 |\n" for n in range(many))
    text = f"| Service | Cost |\n|---|---|\n{rows}| Total | ${many:,} |\n"
    _, roadmap = _load(tmp_path, text)

    assert len(roadmap.stacks[0].rows) == many
    assert [finding.verdict for finding in audit_markdown(text, "t.md")] == ["holds"]


def test_document_that_is_too_large_is_refused_in_words() -> None:
    with pytest.raises(InputError, match=r"plan\.md: gives a roadmap larger than 1 MiB; split"):
        import_markdown(b"- x\n" * 300_000, "plan.md")


def test_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"plan\.md: cannot be read"):
        import_markdown(tmp_path / "none.md", "plan.md")


PIECES = st.sampled_from(
    [
        "# Plan", "## Phase 1: Move (Week 1-2)", "### Option 1: A (B)", "### 1.1 Item — done",
        "## Q1 2026: Start", "## Next Steps", "## Success Criteria", "## Rollback", "### Week 1",
        "### Week 2-4", "## Checklist ✅", "**Cost**: $5/month", "Cost: ~$5-3",
        "**From**: A ($5) or B", "To: C",
        "**Options**:", "- A\n  - Cost: $5\n  - Pros: a, b\n  - Cons: c", "- [x] done",
        "- **Week 1**: x", "- **B** (Week 6-7): y", "1. step\n   1. below\n   ```sh\n   x\n   ```",
        "✅ **Uptime**: >99.9% over 30 days", "```\nService: X\nTier: Y\nCost: $5/month\n```",
        "```\nCosts:\n- A: $5\n- B: $6\nTotal: $11\n```", "```\n┌─┐\n└─┘\n```", "> *note",
        "| A | Cost | Annual |\n|---|---|---|\n| x | $5 | $60 |\n| Total | $5 | $60 |",
        "| If you need | Go with |\n|---|---|\n| x | Phase 1 |",
        "| Risk | Impact |\n|---|---|\n| | x |",
        "| Metric | Alert |\n|---|---|\n| p95 | > 2 s |\n| x | |", "$5 saved (50% reduction)", "",
        "break-even at 2 customers @ $67/month (vs 7)", "<div>x</div>", "---", "[a](b)", "\t- x",
    ]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(PIECES, max_size=14), glue=st.sampled_from(["\n", "\n\n"]))
def test_any_arrangement_gives_a_draft_that_loads(
    tmp_path: Path, pieces: list[str], glue: str
) -> None:
    text = glue.join(pieces)
    _, roadmap = _load(tmp_path, text)

    assert roadmap.id == "plan"
    assert isinstance(audit_markdown(text, "plan.md"), list)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(alphabet=st.sampled_from("#-*|`>[]()!:$%5~=+. \n\tab✅é\u2028\x85"), max_size=200)
)
def test_any_text_gives_a_draft_that_loads(tmp_path: Path, text: str) -> None:
    _, roadmap = _load(tmp_path, text)

    assert roadmap.id == "plan"
    assert isinstance(audit_markdown(text, "plan.md"), list)

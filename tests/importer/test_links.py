"""What the importer ties together: lines to items and options, totals to the stack before them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from statusgen.audit import audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import Range
from statusgen.run.documents import audit_markdown


def _load(tmp_path: Path, text: str) -> Roadmap:
    path = tmp_path / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, "utf-8")
    return load_roadmap(path)


MOVES = """\
# Plan

## Phase 1: Hosting

### 1.1 Hosting: new machines

**From**: AWS EC2 ($100/month)
**To**: Hetzner ($40/month)

### 1.2 Error tracking: own server

**From**: Sentry Team ($26/month)
**To**: GlitchTip self-hosted on Hetzner ($0/month)

### 1.3 Newsletters: own server

**From**: Mailchimp ($60/month)
**To**: Listmonk self-hosted on Hetzner ($0/month)

### 1.4 Analytics: own server

**From**: Fathom ($15/month)
**To**: Umami self-hosted on Hetzner ($0/month)

## Costs before

| Service | Monthly |
|---|---|
| AWS EC2 (2x t3.medium) | $100 |
| AWS S3 | $10 |
| Sentry | $26 |
| Mailchimp | $60 |
| Fathom | $15 |
| **Total** | **$211** |

## Costs after

| Service | Monthly |
|---|---|
| Hetzner | $40 |
| Hetzner (Listmonk VM) | $5 |
| Hetzner (Umami VM) | $5 |
| **Total** | **$50** |
"""


def test_lines_of_a_comparison_name_the_items_that_move(tmp_path: Path) -> None:
    (comparison,) = _load(tmp_path, MOVES).comparisons

    assert {row.name: row.items for row in comparison.before.rows} == {
        "AWS EC2 (2x t3.medium)": ("hosting-new-machines",),
        "AWS S3": (),  # a vendor's name alone is none of its products
        "Sentry": ("error-tracking-own-server",),
        "Mailchimp": ("newsletters-own-server",),
        "Fathom": ("analytics-own-server",),
    }
    assert {row.name: row.items for row in comparison.after.rows} == {
        "Hetzner": ("hosting-new-machines",),
        "Hetzner (Listmonk VM)": ("newsletters-own-server",),
        "Hetzner (Umami VM)": ("analytics-own-server",),
    }


def test_the_one_machine_that_a_table_forgot_is_found_in_document_and_draft(
    tmp_path: Path,
) -> None:
    said = "GlitchTip self-hosted on Hetzner needs one too, but the table has no line for it"

    for found in (audit_markdown(MOVES, "plan.md"), audit_roadmap(_load(tmp_path, MOVES))):
        (forgotten,) = [finding for finding in found if finding.rule == "COST013"]
        assert said in forgotten.message
        assert forgotten.formula == "$50 + $5 = $55"


def test_what_costs_something_in_any_currency_is_not_hosted_for_nothing() -> None:
    euros = MOVES.replace(
        "GlitchTip self-hosted on Hetzner ($0/month)", "GlitchTip self-hosted (€9)"
    )

    assert not [f for f in audit_markdown(euros, "plan.md") if "needs one too" in f.message]


def test_machines_that_cost_nothing_tell_of_no_forgotten_one() -> None:
    free = MOVES.replace("| Hetzner (Umami VM) | $5 |", "| Hetzner (Umami VM) | $0 |")

    assert not [f for f in audit_markdown(free, "plan.md") if "needs one too" in f.message]


def test_only_machines_that_cost_are_counted() -> None:
    item = (
        "### 1.5 Docs: own server\n\n**From**: Notion ($8/month)\n"
        "**To**: BookStack self-hosted on Hetzner ($0/month)\n\n"
    )
    more = MOVES.replace("## Costs before", f"{item}## Costs before")
    more = more.replace(
        "| Hetzner (Umami VM)", "| Hetzner (BookStack VM) | $0 |\n| Hetzner (Umami VM)"
    )

    (forgotten,) = [f for f in audit_markdown(more, "plan.md") if f.rule == "COST013"]

    assert "the machines of 2 other self-hosted services cost $5 each" in forgotten.message


def test_a_vendor_alone_is_none_of_its_products(tmp_path: Path) -> None:
    text = MOVES.replace("AWS EC2 ($100/month)", "Heroku Private Spaces ($100/month)")
    text = text.replace("| AWS EC2 (2x t3.medium) |", "| Heroku (4x M) |")
    (comparison,) = _load(tmp_path, text).comparisons

    assert comparison.before.rows[0].name == "Heroku (4x M)"
    assert comparison.before.rows[0].items == ()


def test_findings_about_the_plan_point_into_the_document() -> None:
    lines = MOVES.splitlines()

    for finding in audit_markdown(MOVES, "plan.md"):
        if finding.rule == "COST014":
            assert "AWS S3" in lines[finding.line - 1]
        if finding.rule == "COST013":
            assert "1.2 Error tracking" in lines[finding.line - 1]


def test_a_line_that_could_be_two_things_is_tied_to_none(tmp_path: Path) -> None:
    text = """\
# Plan

## Phase 1: Data

### Primary database

**From**: Heroku Postgres ($50/month)
**To**: Neon ($19/month)

### Reporting database

**From**: Heroku Postgres ($50/month)
**To**: Neon ($19/month)

## Before

| Service | Monthly |
|---|---|
| Heroku Postgres | $100 |
| **Total** | $100 |

## After

| Service | Monthly |
|---|---|
| Neon | $38 |
| **Total** | $38 |
"""
    (comparison,) = _load(tmp_path, text).comparisons

    assert [row.items for row in (*comparison.before.rows, *comparison.after.rows)] == [(), ()]
    assert [str(finding) for finding in audit_markdown(text, "plan.md") if finding.is_fault] == []


def test_a_breakdown_gives_the_amount_that_a_unit_price_leaves_open(tmp_path: Path) -> None:
    text = """\
# Plan

## Stage 1: Start ($100-250/month)

```
Service: DataDog
Category: APM (Application Performance Monitoring)
Cost: $15/host/month
```

```
Service: Sentry
Category: Errors
Tier: Free Developer
```

### Monthly Cost Breakdown

- APM: $150
- Errors: $0
- **Total: $150**
"""
    roadmap = _load(tmp_path, text)
    apm, errors = roadmap.stages[0].items
    assert apm.service is not None
    assert errors.service is not None

    assert str(roadmap.stages[0].cost.stated) == "$100-250/month"  # type: ignore[union-attr]
    assert str(apm.service.cost.stated) == "$150"  # type: ignore[union-attr]
    assert errors.service.price is None  # as the document: what is free is said by the tier
    assert [row.items for row in roadmap.stacks[0].rows] == [(apm.id,), (errors.id,)]
    (open_,) = [finding for finding in audit_roadmap(roadmap) if finding.rule == "COST004"]
    assert "needs exactly 10 hosts" in open_.message


def test_changes_stand_on_the_stack_before_them(tmp_path: Path) -> None:
    text = """\
# Plan

## Current stack

| Component | Service | Cost/mo |
|---|---|---|
| Web | Render | $7 |
| Worker | Render | $7 |
| **Total** | | **~$14/mo** |

## Stage 1: Quick wins

| Change | Cost | Why |
|---|---|---|
| Standard web plan | +$18/mo | Rolling deploys |
| Sentry | Free | Alerts |

**Estimated total: ~$40/mo**
"""
    stage = _load(tmp_path, text).stages[0]
    assert stage.cost is not None

    assert (str(stage.cost.basis), stage.cost.base) == ("change", "current-stack")
    (wrong,) = [finding for finding in audit_markdown(text, "plan.md") if finding.is_fault]
    assert (wrong.rule, wrong.derived) == ("COST008", "$32")


def test_of_several_stacks_the_one_that_the_changes_fit_is_their_base(tmp_path: Path) -> None:
    table = "| A | Cost |\n|---|---|\n| x | {0} |\n| Total | {0} |\n\n"
    text = (
        "# Plan\n\n## Current stack\n\n" + table.format("$14") + "## Lab stack\n\n"
        "" + table.format("$90") + "## Stage 1: More\n\n| Change | Cost | Why |\n|---|---|---|\n"
        "| Standard plan | +$18/mo | Deploys |\n\n**Estimated total: $32/mo**\n"
    )
    stage = _load(tmp_path, text).stages[0]

    assert stage.cost is not None
    assert stage.cost.base == "current-stack"


def test_usage_is_read_only_where_the_price_asks_for_its_unit(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n## Priority 1: Now\n\n### Queue\n\n**Options:**\n- **SQS**\n"
        "  - Cost: $0.40 per million requests\n  - Pros: managed\n\n## Cost Summary\n\n"
        "| Service | Tier | Monthly |\n|---|---|---|\n| SQS | ~50GB | $1 |\n| **Total** | | $1 |\n"
    )
    (row,) = _load(tmp_path, text).stacks[0].rows

    assert (row.items, row.usage) == (("queue/sqs",), {})


def test_a_summary_pays_for_options_at_the_usage_in_its_tier(tmp_path: Path) -> None:
    text = """\
# Plan

## Priority 1: Now

### Storage

**Options:**
- **AWS S3** (recommended)
  - Cost: $0.02/GB/month
  - Pros: known
- **Cloudflare R2**
  - Cost: $0.015/GB/month
  - Pros: no egress

**Time**: 2-3 hours

## Order

### Week 1
1. **Storage** (S3) — 2-3 hours

### Week 2
2. **Rest** — 1 hour

## Cost Summary

| Service | Tier | Monthly |
|---|---|---|
| AWS S3 (media) | ~50GB | $1 |
| **Total** | | $1 |
"""
    roadmap = _load(tmp_path, text)
    (row,) = roadmap.stacks[0].rows

    assert row.items == ("storage/aws-s3",)
    assert {unit: str(used) for unit, used in row.usage.items()} == {"GB": "50"}
    assert roadmap.timelines[0].entries[0].steps[0].item == ("storage",)
    assert [str(finding) for finding in audit_markdown(text, "plan.md") if finding.is_fault] == []
    dearer = text.replace("| $1 |", "| $3 |")
    (wrong,) = [finding for finding in audit_markdown(dearer, "plan.md") if finding.is_fault]
    assert (wrong.rule, wrong.formula) == ("COST022", "50 GB × $0.02/GB = $1")


def test_a_table_of_choices_is_options_and_the_recommendation_names_one(tmp_path: Path) -> None:
    text = """\
# Plan

## Phase 1: Platform

### Container platform

| Option | Pros | Cons | Cost | Team |
|---|---|---|---|---|
| ECS Fargate | No nodes | Cold starts | $620/month | 1 |
| EKS | Portable | Control plane | $810/month | 3 |

**Recommendation:** ECS Fargate.
"""
    (item,) = _load(tmp_path, text).stages[0].items
    first, second = item.options

    assert (first.name, str(first.price), first.pros.raw, first.cons.raw) == (
        "ECS Fargate",
        "$620/month",
        "No nodes",
        "Cold starts",
    )
    assert (first.recommended, second.recommended) == (True, False)
    assert first.facets == {"Team": ("1",)}
    assert item.moves_to == ()


def test_a_choice_beside_the_stages_is_no_stage(tmp_path: Path) -> None:
    text = """\
# Plan

## Phase 1: Base

- Sentry ($26/mo)

## Decision: Container platform

| Option | Pros | Cons | Cost |
|---|---|---|---|
| ECS Fargate | No nodes | Cold starts | $620/month |
| EKS | Portable | Control plane | $810/month |

**Recommendation:** EKS.
"""
    roadmap = _load(tmp_path, text)
    (choice,) = roadmap.choices

    assert [stage.name for stage in roadmap.stages] == ["Base"]
    assert choice.name == "Decision: Container platform"
    assert [option.name for option in choice.options if option.recommended] == ["EKS"]
    assert [item.name for _, item in roadmap.items()] == ["Sentry", choice.name]


def test_two_things_with_one_price_are_one_service(tmp_path: Path) -> None:
    text = (
        "# P\n\n## Phase 1: Net\n\n### Network\n\n**From**: Heroku ($50/mo) or Render ($40/mo)\n"
        "**To**: VPC + ALB ($100/mo)\n"
    )
    (item,) = _load(tmp_path, text).stages[0].items

    assert [(service.name, str(service.price)) for service in item.moves_from] == [
        ("Heroku", "$50/mo"),
        ("Render", "$40/mo"),
    ]
    assert [(service.name, str(service.price)) for service in item.moves_to] == [
        ("VPC + ALB", "$100/mo")
    ]


def test_a_heading_states_a_cost_and_a_trigger(tmp_path: Path) -> None:
    text = """\
# Plan

## Tier 1: Launch — $29/mo

- Fly.io ($29/mo)

## Tier 2: Traction (10,000–100,000 users) — $150/mo

- Fly.io ($150/mo)
"""
    first, second = _load(tmp_path, text).stages
    assert second.trigger is not None

    assert (first.name, str(first.cost.stated)) == ("Launch", "$29/mo")  # type: ignore[union-attr]
    assert (second.name, str(second.cost.stated)) == ("Traction", "$150/mo")  # type: ignore[union-attr]
    assert second.trigger.value is not None
    assert second.trigger.value == Range(Decimal(10_000), Decimal(100_000))

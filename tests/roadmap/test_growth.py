"""What is paid when: sums of prices over the times that a plan states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.roadmap.costs import stage_costs, table_cost
from statusgen.roadmap.growth import CostGrowth, cost_growth
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap, TimeUnit
from tests.fixtures import SITE

DATA = SITE / "data/roadmaps"


def plan(folder: Path, text: str) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(f"schema: statusgen/roadmap@1\nname: Plan\n{text}", encoding="utf-8")
    return load_roadmap(path, "plan.yml")


def grown(roadmap: Roadmap) -> CostGrowth:
    growth = cost_growth(roadmap)
    assert growth is not None
    return growth


def told(growth: CostGrowth) -> list[tuple[int, str, int, int | None]]:
    """Return day, words, low and high of each step; all our prices are whole."""
    return [
        (step.day, step.when, int(one.low), None if one.high is None else int(one.high))
        for step in growth.steps
        for one in [step.running]
    ]


def test_items_add_up_from_their_setup_on() -> None:
    roadmap = load_roadmap(DATA / "smart-service.yml", "smart-service.yml")
    growth = grown(roadmap)

    assert [(day, when, low) for day, when, low, _ in told(growth)] == [
        (0, "Day 1", 0),
        (7, "Week 2", 43),
        (14, "Week 3", 43),
        (30, "Month 2", 272),
        (60, "Month 3", 422),
        (90, "Month 4", 790),
        (150, "Month 6", 1589),
    ]
    assert growth.before is None
    assert growth.unit is TimeUnit.MONTH
    assert growth.left_out == growth.untimed == ()
    assert growth.steps[-1].running == stage_costs(roadmap)[-1].running.of("USD")
    assert [(start.stage, start.day) for start in growth.stages] == [
        ("essential-setup", 0),
        ("basic-growth", 7),
        ("scaling", 30),
        ("hardening", 90),
        ("enterprise", 150),
    ]


def test_a_move_pays_both_stacks_while_one_replaces_the_other() -> None:
    roadmap = load_roadmap(DATA / "apexmediation.yml", "apexmediation.yml")
    growth = grown(roadmap)
    (comparison,) = roadmap.comparisons

    assert growth.before == table_cost(comparison.before).of("USD")
    assert growth.steps[-1].running == table_cost(comparison.after).of("USD")
    # 917 and the first four new lines; then what ends with week 2 goes.
    assert [(when, low) for _, when, low, _ in told(growth)] == [
        ("Week 1", 917 + 14 + 25 + 50 + 10),
        ("Week 3", 1016 - 70 - 50 - 50 + 7),
        ("Week 4", 853 - 100 - 80 + 0 + 7 + 7),
        ("Week 5", 687 - 350 - 49 - 58 + 7),
        ("after Week 5", 237 - 30 - 80 + 5 + 1),
    ]
    assert growth.untimed == ("AWS S3 + CloudFront", "SendGrid", "Cloudflare R2", "Backblaze B2")
    begun = [one.name for one in growth.steps[2].changes if one.begins]
    assert begun == ["Resend.com", "Fly.io (Listmonk VM)", "Fly.io (n8n VM)"]


@pytest.mark.parametrize("name", ["locallink", "suoops"])
def test_a_plan_without_times_or_prices_has_no_growth(name: str) -> None:
    assert cost_growth(load_roadmap(DATA / f"{name}.yml", name)) is None


def test_ranges_add_up_and_an_open_end_stays_open(tmp_path: Path) -> None:
    growth = grown(
        plan(
            tmp_path,
            """
stages:
  - id: one
    name: One
    when: Week 1
    items:
      - {id: a, name: A, cost: $10-20}
      - {id: b, name: B, cost: $5, when: Week 3}
      - {id: c, name: C, cost: $7+, setup: Month 2, when: Week 1}
""",
        )
    )

    assert told(growth) == [
        (0, "Week 1", 10, 20),
        (14, "Week 3", 15, 25),
        (30, "Month 2", 22, None),
    ]


def test_what_has_no_time_or_no_known_price_is_named(tmp_path: Path) -> None:
    growth = grown(
        plan(
            tmp_path,
            """
stages:
  - id: one
    name: One
    items:
      - {id: a, name: A, cost: $10, when: Month 1}
      - {id: b, name: Timeless, cost: $5}
      - {id: c, name: Unknown, when: Month 1, service: {name: X, price: $3/host/month}}
      - {id: e, name: Silent, when: Month 1}
      - {id: f, name: F, cost: $1, when: Month 2}
""",
        )
    )

    assert growth.left_out == ("Timeless", "Unknown")
    assert [low for _, _, low, _ in told(growth)] == [10, 11]


MOVE = """
stages:
  - id: one
    name: One
    items:
      - id: a
        name: A
        when: WHEN
        from: {name: Old, price: $30}
        to: {name: New, price: $12}
"""


def test_dates_count_from_day_to_day(tmp_path: Path) -> None:
    growth = grown(plan(tmp_path, MOVE.replace("WHEN", "2026-03-01..2026-03-10")))

    start = date(2026, 3, 1).toordinal()
    assert growth.unit is TimeUnit.DATE
    assert growth.before is not None
    assert growth.before.low == 30
    assert told(growth) == [
        (start, "2026-03-01", 42, 42),
        (start + 10, "after 2026-03-10", 12, 12),
    ]


def test_what_an_open_ended_move_leaves_is_paid_for_ever(tmp_path: Path) -> None:
    assert told(grown(plan(tmp_path, MOVE.replace("WHEN", "Month 2+")))) == [
        (30, "Month 2", 42, 42)
    ]


def test_weeks_have_a_place_among_dates_only_from_a_beginning(tmp_path: Path) -> None:
    text = """
stages:
  - id: one
    name: One
    items:
      - {id: a, name: A, cost: $10, when: 2026-03-01}
      - {id: b, name: B, cost: $5, when: Week 3}
"""
    assert grown(plan(tmp_path, text)).left_out == ("B",)
    dated = grown(plan(tmp_path, f"start: 2026-03-02\n{text}"))
    assert [when for _, when, _, _ in told(dated)] == ["2026-03-01", "2026-03-16"]


def test_the_end_of_the_calendar_ends_no_build(tmp_path: Path) -> None:
    text = """
start: 2026-03-02
stages:
  - id: one
    name: One
    items:
      - {id: a, name: A, cost: $10, when: 2026-03-01}
      - {id: b, name: B, cost: $5, when: 9999-12-31}
      - {id: c, name: Never, cost: $5, when: Month 9999, setup: Month 9999}
"""
    growth = grown(plan(tmp_path, text))
    assert [when for _, when, _, _ in told(growth)] == ["2026-03-01", "2859-05-02", "9999-12-31"]
    far = text.replace("2026-03-02", "9900-03-02")
    assert grown(plan(tmp_path, far)).left_out == ("Never",)


def test_costs_in_several_currencies_are_not_drawn_as_one(tmp_path: Path) -> None:
    text = """
stages:
  - id: one
    name: One
    items:
      - {id: a, name: A, cost: $10, when: Month 1}
      - {id: b, name: B, cost: $5, when: Month 2}
      - {id: c, name: Foreign, when: Month 1, cost: €9}
"""
    growth = cost_growth(plan(tmp_path, text))

    assert growth is not None
    assert growth.foreign == ("Foreign",)
    assert [float(step.running.low) for step in growth.steps] == [10, 15]
    assert all(step.partly for step in growth.steps)

    rated = "rates: {base: USD, as_of: 2026-11-01, worth: {EUR: 1.5}}" + text
    growth = cost_growth(plan(tmp_path, rated))

    assert growth is not None
    assert not growth.foreign
    assert [float(step.running.low) for step in growth.steps] == [23.5, 28.5]
    assert not any(step.partly for step in growth.steps)


@pytest.mark.parametrize("status", ["done", "current"])
def test_what_runs_already_is_paid_from_the_beginning(tmp_path: Path, status: str) -> None:
    text = f"""
stages:
  - id: one
    name: One
    status: {status}
    items:
      - {{id: a, name: A, cost: $188}}
  - id: two
    name: Two
    items:
      - {{id: b, name: B, cost: $5, when: 2026-03}}
"""
    growth = grown(plan(tmp_path, text))

    assert growth.left_out == ()
    assert growth.before is not None
    assert growth.before.low == 188
    assert [low for _, _, low, _ in told(growth)] == [193]

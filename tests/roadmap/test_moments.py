"""What is paid now and at the end, and how far a plan is: told only where it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.roadmap.costs import adds_up, stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.moments import paid_at_the_end, paid_now, standing


def plan(folder: Path, text: str) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text("name: P\n" + text, "utf-8")
    return load_roadmap(path)


STACK = "stacks:\n  - id: t\n    name: {name}\n    rows:\n{rows}{rest}"
LINES = "      - {name: A, monthly: $5}\n      - {name: B, monthly: $7}\n"


def stack(name: str = "Costs", rest: str = "", rows: str = LINES) -> str:
    return STACK.format(name=name, rows=rows, rest=rest)


@pytest.mark.parametrize(
    ("rest", "known"),
    [
        ("    total: $12\n", True),
        ("    total: ~$12\n", True),
        ("    total: $10-15\n", True),
        ("    total: $144/year\n", True),
        ("    sums: true\n", True),
        # Tiers, sizes, alternatives: nobody said that they are parts of one sum.
        ("", False),
        ("    total: $19\n", False),
        ("    total: €12\n", False),
        ("    total: $12\n    sums: false\n", False),
    ],
)
def test_lines_add_up_where_a_total_or_their_author_says_so(
    tmp_path: Path, rest: str, known: bool
) -> None:
    assert adds_up(plan(tmp_path, stack(rest=rest)).stacks[0]) is known


def test_only_a_stack_of_today_is_what_is_paid_now(tmp_path: Path) -> None:
    for name, told in (
        ("Current stack", True),
        ("Was wir heute zahlen", True),
        ("Coût actuel", True),
        ("Price list", False),
        ("Nowhere hosting", False),
    ):
        found = plan(tmp_path, stack(name, "    total: $12\n"))
        assert (paid_now(found, stage_costs(found)) is not None) is told, name


def test_nothing_is_said_of_the_end_where_nothing_is_known(tmp_path: Path) -> None:
    found = plan(tmp_path, "stages: [One, Two]\n")

    assert paid_at_the_end(found, stage_costs(found)) is None
    assert paid_now(found, stage_costs(found)) is None


def test_a_finished_plan_pays_for_its_last_stage(tmp_path: Path) -> None:
    text = """stages:
  - {name: One, status: done, items: [{name: A, cost: $5}]}
  - {name: Two, status: done, items: [{name: B, cost: $7}]}
"""
    found = plan(tmp_path, text)
    moment = paid_now(found, stage_costs(found))

    assert moment is not None
    assert str(moment.derived) == "$12"
    assert standing(found).finished


@pytest.mark.parametrize(
    ("text", "told", "done", "count"),
    [
        ("stages: [One, Two]\n", False, 0, 0),
        ("stages: [{name: One, status: planned, items: [A]}]\n", True, 0, 1),
        ("checklists: [{name: C, points: ['[x] a', b]}]\n", True, 1, 2),
        (
            "stages: [{name: One, status: done, items: [A, B]}, {name: Two, items: [C]}]\n",
            True,
            2,
            3,
        ),
        ("stages: [{name: One, items: [A, {name: B, status: dropped}]}]\n", False, 0, 1),
    ],
)
def test_a_plan_stands_where_its_marks_say(
    tmp_path: Path, text: str, told: bool, done: int, count: int
) -> None:
    found = standing(plan(tmp_path, text))

    assert (found.told, found.done, found.count) == (told, done, count)


def test_changes_of_an_unknown_bill_do_not_run_to_anything(tmp_path: Path) -> None:
    text = """stages:
  - name: One
    items:
      - {name: A, service: {name: A, price: $5/month}}
      - {name: B, service: {name: B, price: -$8/month}}
"""
    (cost,) = stage_costs(plan(tmp_path, text))

    assert str(cost.new) == "-$3"
    assert str(cost.running) == "?"

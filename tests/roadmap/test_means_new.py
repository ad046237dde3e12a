"""Whether a stage's stated cost speaks of what it adds, or of all that runs then."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.roadmap.costs import means_new, stage_costs
from statusgen.roadmap.loader import load_roadmap

PLAN = """\
id: plan
name: Plan
currency: CHF
stages:
  - id: one
    name: One
    cost: CHF 44/month
    items: [{name: Web, service: {name: A, price: CHF 44/month}}]
  - id: two
    name: Two
    cost: %s
    items: [{name: Store, service: {name: B, price: CHF 1234.50/month}}]
"""


@pytest.mark.parametrize(
    ("cost", "new"),
    [
        ("CHF 1234.50/month", True),
        ("CHF 1278.50/month", False),
        ("CHF 99/month", False),  # neither: the audit says so, of what runs
        ("{stated: CHF 99/month, basis: new}", True),
        ("{stated: CHF 1234.50/month, basis: running}", False),
        ("CHF 1000-2000/month", False),  # it may be either
    ],
)
def test_an_amount_that_only_the_new_comes_to_speaks_of_the_new(
    tmp_path: Path, cost: str, new: bool
) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(PLAN % cost, "utf-8")
    plan = load_roadmap(path)
    one, two = stage_costs(plan)

    assert not means_new(plan.stages[0], one)
    assert means_new(plan.stages[1], two) is new

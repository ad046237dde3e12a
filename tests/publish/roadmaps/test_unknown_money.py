"""What is not known of an item's cost is told as such, however the item says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from tests.publish.roadmaps.conftest import body
from tests.publish.roadmaps.test_dropped_money import read
from tests.publish.roadmaps.test_other_money import built

PLAN = """currency: {code}
stages:
  - name: One
    status: current
    items:
      - name: Server
        cost: {server}
      - {{name: Thing, {thing}}}
"""
OPEN = [
    ("GBP", "£20/month", "£20", "£4/user/month"),
    ("GBP", "£20/month", "£20", "£0.10/GB"),
    ("EUR", "29,90 €/Monat", "€29.90", "noch unklar"),
    ("EUR", "29,90 €/Monat", "€29.90", "2,9 % + 0,25 €"),
    ("CHF", "CHF 1'200.–/Monat", "CHF 1,200", "offen"),
    ("JPY", "1,200円/月", "¥1,200", "¥8/SMS"),
    ("JPY", "1,200円/月", "¥1,200", "従量課金"),
    ("JPY", "1,200円/月", "¥1,200", "未定"),
]


@pytest.mark.parametrize("form", ['cost: "{}"', 'service: {{name: Thing, price: "{}"}}'])
@pytest.mark.parametrize(("code", "server", "amount", "thing"), OPEN)
def test_an_open_cost_is_never_nothing(
    tmp_path: Path, code: str, server: str, amount: str, thing: str, form: str
) -> None:
    text = PLAN.format(code=code, server=server, thing=form.format(thing))
    made = built(tmp_path, text)
    overview, costs = read(body(made, "plan/")), read(body(made, "plan/costs/"))

    assert f"Cost now {amount} + ?" in overview
    assert re.search(r"[12] not known", overview)
    assert f"Added {amount} + ?" in costs


@pytest.mark.parametrize(
    ("thing", "rule"),
    [
        ("£4/user/month", "COST004"),
        ("£8/SMS", "COST004"),
        ("CHF 0.10/GB", "COST004"),
        ("TBD", "COST024"),
        ("noch unklar", "COST024"),
        ("未定", "COST024"),
    ],
)
def test_the_audit_asks_what_is_open(tmp_path: Path, thing: str, rule: str) -> None:
    path = tmp_path / "plan.yml"
    text = PLAN.format(code="GBP", server="£20/month", thing=f'cost: "{thing}"')
    path.write_text(f"name: Plan\n{text}", "utf-8")
    (found,) = [one for one in audit_roadmap(load_roadmap(path)) if one.is_fault]

    assert found.rule == rule
    assert found.subject == "items.thing.cost"


@pytest.mark.parametrize("thing", ["owner: Jo", "effort: 2 days", "cost: £0", "cost: free"])
def test_an_item_that_says_nothing_or_is_free_leaves_the_sum_whole(
    tmp_path: Path, thing: str
) -> None:
    path = tmp_path / "plan.yml"
    text = PLAN.format(code="GBP", server="£20/month", thing=thing)
    path.write_text(f"name: Plan\n{text}", "utf-8")
    plan = load_roadmap(path)

    assert str(stage_costs(plan)[0].running) == "£20"
    assert not [one for one in audit_roadmap(plan) if one.is_fault]


def test_a_cost_that_is_stated_stands_in_for_a_price_that_is_open(tmp_path: Path) -> None:
    thing = "cost: £9/month, service: {name: Mail, price: £4/user/month}"
    made = built(tmp_path, PLAN.format(code="GBP", server="£20/month", thing=thing))

    assert "Cost now £29 per month" in read(body(made, "plan/"))

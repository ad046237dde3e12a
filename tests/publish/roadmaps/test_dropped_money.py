"""What was dropped is part of no figure, wherever one is shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from tests.publish.roadmaps.conftest import body
from tests.publish.roadmaps.test_other_money import built

POUNDS = """currency: GBP
stages:
  - {name: One, status: done, items: [{name: A, cost: £10/month}]}
  - name: Two
    status: current
    items:
      - {name: B, cost: £5/month}
      - {name: B2, cost: £70/month, status: dropped}
      - {name: B3, cost: £900 once, status: dropped}
  - {name: Three, status: dropped, cost: £100/month, items: [{name: C, cost: £100/month}]}
  - {name: Four, items: [{name: D, cost: £1/month, optional: true}]}
"""
FRANCS = """currency: CHF
stages:
  - {name: Eins, status: done, items: [{name: A, service: {name: Host, price: "CHF 10.–/Monat"}}]}
  - name: Zwei
    status: current
    items:
      - {name: B, service: {name: Mail, price: "CHF 5.–/Monat"}}
      - {name: B2, status: dropped, service: {name: CDN, price: "CHF 70.–/Monat"}}
      - {name: B3, status: dropped, service: {name: Büro, price: "CHF 900.– einmalig"}}
  - {name: Drei, status: dropped, items: [{name: C, service: {name: DB, price: "CHF 100.–/Monat"}}]}
  - {name: Vier, items: [{name: D, service: {name: Log, price: "CHF 1.–/Monat"}}]}
"""
YEN = """currency: JPY
stages:
  - {name: One, status: done, items: [{name: A, cost: 10円/月}]}
  - name: Two
    status: current
    items:
      - {name: B, cost: 5円/月}
      - name: B2
        status: dropped
        options: [{name: X, price: 70円/月}, {name: Y, price: 3円/月}]
        chosen: x
      - {name: B3, status: dropped, cost: 900円 once}
  - name: Three
    status: dropped
    items: [{name: C, service: {name: DB, price: 40円/月, needs: [{name: VM, price: 60円/月}]}}]
  - {name: Four, items: [{name: D, cost: 1円/月}]}
"""
ALL = pytest.mark.parametrize(
    ("plan", "sign"), [(POUNDS, "£"), (FRANCS, "CHF "), (YEN, "¥")], ids=["GBP", "CHF", "JPY"]
)


def read(page: str) -> str:
    """Return what a reader reads of a page."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


@ALL
def test_no_page_counts_what_was_dropped(tmp_path: Path, plan: str, sign: str) -> None:
    made = built(tmp_path, plan)
    overview, costs, index = (read(body(made, path)) for path in ("plan/", "plan/costs/", ""))

    assert f"Cost now {sign}15 per month" in overview
    assert f"Cost at the end {sign}16 per month" in overview
    assert f"{sign}15 {sign}16" in index
    for page in (overview, costs, index):
        assert not re.search(rf"{re.escape(sign)}(75|85|86|115|116|185|186)\b", page)
        assert f"+ {sign}900" not in page


@ALL
def test_what_was_dropped_is_still_shown(tmp_path: Path, plan: str, sign: str) -> None:
    costs = read(body(built(tmp_path, plan), "plan/costs/"))

    assert "B2 dropped, in no sum" in costs
    assert "B3 dropped, in no sum" in costs
    assert costs.count("dropped, in no sum") == 4  # with the stage, and its item


@ALL
def test_the_terminal_and_the_audit_leave_it_out(tmp_path: Path, plan: str, sign: str) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(f"name: Plan\n{plan}", "utf-8")
    found = load_roadmap(path)
    one, two, three, four = stage_costs(found)

    assert [str(each.running) for each in (one, two, four)] == [
        f"{sign}{amount}" for amount in (10, 15, 16)
    ]
    assert not two.new.once
    assert not three.new.amounts
    assert not [each for each in audit_roadmap(found) if each.is_fault]


def test_work_that_is_done_optional_or_planned_still_counts(tmp_path: Path) -> None:
    plan = POUNDS.replace("status: dropped", "status: planned")
    overview = read(body(built(tmp_path, plan), "plan/"))

    assert "Cost now £85 per month" in overview
    assert "Cost at the end £186 per month" in overview

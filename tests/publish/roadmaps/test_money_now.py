"""What is paid now and at the end: the same figure on every page, with the reason beneath it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.roadmaps.conftest import body
from tests.publish.roadmaps.test_dropped_money import read
from tests.publish.roadmaps.test_other_money import built


def pages(folder: Path, text: str) -> tuple[str, str, str]:
    """Return what a reader reads on the overview, on the page of costs and on the index."""
    made = built(folder, text)
    overview, costs, index = (body(made, path) for path in ("plan/", "plan/costs/", ""))
    return read(overview), read(costs), read(index)


STATED = """currency: {code}
stages:
  - name: One
    status: done
    cost: "{first}"
    items: [{{name: A, service: {{name: SA, price: "{first}"}}}}]
  - name: Two
    status: current
    cost: "{stated}"
    items: [{{name: B, service: {{name: SB, price: "{price}"}}}}]
"""


@pytest.mark.parametrize(
    ("code", "first", "price", "stated", "running", "said"),
    [
        ("GBP", "£10/month", "£52-55/month", "£50-60/month", "£62–65", "new"),
        ("EUR", "10 €/Monat", "52,50 €/Monat", "50-60 €/Monat", "€62.50", "new"),
        ("CHF", "CHF 10.–/Monat", "CHF 52.–/Monat", "CHF 62.–/Monat", "CHF 62", "runs"),
        ("JPY", "1,000円/月", "5,200円/月", "5,000-6,500円/月", "¥6,200", "either"),
        ("GBP", "£10/month", "£52/month", "£99/month", "£62", "either"),
    ],
)
def test_a_stated_cost_without_a_basis_leaves_the_figure_and_says_what_it_counts(
    tmp_path: Path, code: str, first: str, price: str, stated: str, running: str, said: str
) -> None:
    text = STATED.format(code=code, first=first, price=price, stated=stated)
    overview, costs, index = pages(tmp_path, text)
    shown = stated.replace("-", "–")
    words = {
        "new": f"{shown} is stated for what it adds",
        "runs": f"stated {shown}",
        "either": f"whether {shown} is what it adds or all that runs is not stated",
    }[said]

    assert f"Cost now {running} per month Two {words}" in overview
    assert f"{running} {words}" in index
    assert running in costs
    assert "not known" not in overview + index


def test_where_nothing_else_runs_both_readings_are_the_same(tmp_path: Path) -> None:
    text = """currency: CHF
stages:
  - {name: One, status: current, cost: CHF 40-50/month, items: [{name: A, cost: CHF 44/month}]}
"""
    overview, _, _ = pages(tmp_path, text)

    assert "Cost now CHF 44 per month One stated CHF 40–50/month" in overview


def test_the_index_adds_up_what_its_rows_show(tmp_path: Path) -> None:
    text = STATED.format(code="GBP", first="£10/month", price="£52-55/month", stated="£50-60/month")
    (tmp_path / "other.yml").write_text("name: Other\n" + text, "utf-8")
    _, _, index = pages(tmp_path, text)

    assert "£124–130" in index


@pytest.mark.parametrize(("stated", "drawn_"), [("£50-60/month", False), ("£60-65/month", True)])
def test_an_amount_of_the_new_is_not_drawn_over_what_runs(
    tmp_path: Path, stated: str, drawn_: bool
) -> None:
    text = STATED.format(code="GBP", first="£10/month", price="£52/month", stated=stated)
    text = text.replace("status: done", "status: done\n    when: 2026-01 to 2026-02")
    text = text.replace("status: current", "status: current\n    when: 2026-03 to 2026-04")
    text += "  - {name: Three, when: 2026-05, items: [{name: C, cost: £7/month}]}\n"
    made = built(tmp_path, text)
    over_time = (
        read(body(made, "plan/costs/")).partition("Over time")[2].partition("Cost by stage")[0]
    )

    assert "£62" in over_time
    assert (stated.removesuffix("/month").replace("-", "–") in over_time) == drawn_


SEVERAL = """currency: {code}
stages:
  - {{name: One, status: done, items: [{{name: A, cost: "{sign}10{per}"}}]}}
  - name: Two
    status: current
    owner: Jo
    items: [{{name: B, cost: "{sign}5{per}", due: 2027-01}}]
  - name: Three
    status: current
    owner: Al
    items: [{{name: C, cost: "{sign}2{per}", due: 2027-02}}]
  - {{name: Four, items: [{{name: D, cost: "{sign}1{per}"}}]}}
"""


@pytest.mark.parametrize(
    ("code", "sign", "per"),
    [("GBP", "£", "/month"), ("CHF", "CHF ", "/Monat"), ("JPY", "¥", "/月")],
)
def test_all_stages_that_are_current_count_and_come_next(
    tmp_path: Path, code: str, sign: str, per: str
) -> None:
    overview, _, index = pages(tmp_path, SEVERAL.format(code=code, sign=sign, per=per))

    assert f"Cost now {sign}17 per month Two, Three" in overview
    assert f"Cost at the end {sign}18 per month" in overview
    assert "Where we are Two , Three" in overview
    assert "The green frames are where we are: Two and Three." in overview
    assert "B Two Planned Jo January 2027 C Three Planned Al February 2027 D Four" in overview
    assert "Who Jo, Al" in overview
    assert f"{sign}17 {sign}18" in index


def test_a_stage_that_is_planned_between_two_current_ones_is_not_paid_yet(tmp_path: Path) -> None:
    text = SEVERAL.format(code="GBP", sign="£", per="/month")
    text = text.replace("name: Two\n    status: current", "name: Two\n    status: planned")
    overview, _, _ = pages(tmp_path, text)

    assert "Cost now £12 per month Three" in overview


@pytest.mark.parametrize(
    ("stages", "now", "where"),
    [
        ("One, status: done", "£10", "One is done, 1 of 3"),
        ("One", "", "Not stated"),
        ("One, status: planned", "", "Not begun"),
    ],
)
def test_a_plan_with_stages_done_and_none_current(
    tmp_path: Path, stages: str, now: str, where: str
) -> None:
    text = f"""currency: GBP
stages:
  - {{name: {stages}, items: [{{name: A, cost: £10/month}}]}}
  - {{name: Two, items: [{{name: B, cost: £5/month}}]}}
  - {{name: Three, items: [{{name: C, cost: £1/month}}]}}
"""
    overview, _, index = pages(tmp_path, text)

    assert f"Where we are {where} Next stage" in overview
    assert ("Cost now £10 per month One" in overview) == bool(now)
    assert ("£10 £16" in index) == bool(now)


def test_of_a_stage_that_nobody_marked_only_what_is_done_is_paid(tmp_path: Path) -> None:
    text = """currency: GBP
stages:
  - {name: One, status: done, items: [{name: A, cost: £10/month}]}
  - {name: Two, items: [{name: B, cost: £5/month, status: done}, {name: C, cost: £70/month}]}
"""
    overview, _, _ = pages(tmp_path, text)

    assert "Cost now £15 per month" in overview
    assert "Cost at the end £85 per month" in overview

"""Sums of several currencies: in one where the file has the rates, else beside each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.publish.manifest import Manifest
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.figures import figures
from statusgen.roadmap.loader import load_roadmap
from tests.publish.roadmaps.conftest import body, content
from tests.publish.roadmaps.test_dropped_money import read
from tests.publish.roadmaps.test_other_money import built

PLAN = """currency: {code}
{rates}
stages:
  - name: One
    status: done
    when: 2026-01 to 2026-02
    cost: "{own}"
    items: [{{name: A, service: {{name: SA, price: "{own}"}}}}]
  - name: Two
    status: current
    when: 2026-03 to 2026-04
    items:
      - {{name: B, service: {{name: SB, price: "{foreign}"}}}}
      - {{name: Fee, cost: "{once}"}}
  - {{name: Three, when: 2026-05, items: [{{name: C, service: {{name: SC, price: "{own}"}}}}]}}
stacks:
  - name: Bill
    sums: true
    rows: [{{name: A, monthly: "{own}"}}, {{name: B, monthly: "{foreign}"}}]
"""
POUNDS = PLAN.format(
    code="GBP",
    rates="rates: {base: GBP, as_of: 2026-11-01, worth: {USD: 0.75}}",
    own="£10/month",
    foreign="$20/month",
    once="$40 once",
)
FRANCS = PLAN.format(
    code="CHF",
    rates="rates: {base: EUR, as_of: 2026-11-01, worth: {CHF: 1.25}}",
    own="CHF 10.–/Monat",
    foreign="18,75 €/Monat",
    once="37,50 € einmalig",
)
YEN = PLAN.format(
    code="JPY",
    rates="rates: {base: USD, as_of: 2026-11-01, worth: {JPY: 0.01}}",
    own="1000円/月",
    foreign="$15/month",
    once="$30 once",
)
CASES = pytest.mark.parametrize(
    ("text", "sums", "apart"),
    [
        (POUNDS, ("£10", "£25", "£35", "£30 once"), "from £10 + $20"),
        (FRANCS, ("CHF 10", "CHF 25", "CHF 35", "CHF 30 once"), "from CHF 10 + €18.75"),
        (YEN, ("¥1,000", "¥2,500", "¥3,500", "¥3,000 once"), "from ¥1,000 + $15"),
    ],
    ids=["GBP", "CHF", "JPY"],
)


def _bars(made: Manifest) -> str:
    return read(content(made, "plan/costs/cost.svg")).replace("\u00a0", " ")


@CASES
def test_every_sum_is_in_the_currency_of_the_roadmap(
    tmp_path: Path, text: str, sums: tuple[str, ...], apart: str
) -> None:
    made = built(tmp_path, text)
    overview, costs, index = (read(body(made, path)) for path in ("plan/", "plan/costs/", ""))
    _, now, end, once = sums

    assert f"Cost now {now} per month" in overview
    assert f"Cost at the end {end} per month" in overview
    for page in (overview, costs, index):
        assert f"{now} " in page
        assert apart in page
        assert "onverted at 1 " in page
        assert "2026-11-01" in page
    assert once in costs
    assert f"Sum of the lines {now} {apart}" in costs
    assert "Over time" in costs
    assert "is not in it" not in costs
    for amount in sums[:3]:
        assert amount in _bars(made)


@CASES
def test_figures_and_the_terminal_have_the_same_sums(
    tmp_path: Path, text: str, sums: tuple[str, ...], apart: str
) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(f"name: Plan\n{text}", "utf-8")
    plan = load_roadmap(path)

    assert [str(each.running) for each in stage_costs(plan)] == list(sums[:3])
    assert "two.running" in figures(plan)
    assert "bill.sum" in figures(plan)
    assert not [one for one in audit_roadmap(plan) if one.is_fault]


@CASES
def test_without_a_rate_the_currencies_stand_beside_each_other(
    tmp_path: Path, text: str, sums: tuple[str, ...], apart: str
) -> None:
    lines = text.splitlines(keepends=True)
    made = built(tmp_path, "".join(line for line in lines if not line.startswith("rates:")))
    overview, costs = read(body(made, "plan/")), read(body(made, "plan/costs/"))
    own = sums[0]

    assert apart.removeprefix("from ").split(" + ")[1] in overview
    assert sums[1] not in overview
    assert "onverted" not in overview + costs
    # What is paid in its own currency is drawn all the same, and the rest is named.
    assert f"{own} + ?" in _bars(made)
    assert "is not in it" in costs
    assert "it is paid in another currency: B" in costs


def test_one_currency_is_untouched_by_rates_of_others(tmp_path: Path) -> None:
    text = POUNDS.replace("$20", "£20").replace("$40", "£40")
    made = built(tmp_path, text)
    costs = read(body(made, "plan/costs/"))

    assert "onverted" not in costs + read(body(made, "plan/"))
    assert "from £" not in costs
    assert "£30" in costs


def test_files_have_the_converted_amounts(tmp_path: Path) -> None:
    table = json.loads(content(built(tmp_path, POUNDS), "plan/costs/costs.json"))

    assert '"GBP"' in json.dumps(table)
    assert "25" in json.dumps(table)


def test_two_stacks_are_compared_in_one_currency(tmp_path: Path) -> None:
    text = """currency: GBP
rates: {base: GBP, as_of: 2026-11-01, worth: {USD: 0.75}}
comparisons:
  - id: move
    name: Move
    before: {id: old, name: Old, sums: true, rows: [{name: A, monthly: $40, items: [a]}]}
    after: {id: new, name: New, sums: true, rows: [{name: B, monthly: £12, items: [a]}]}
stages: [{name: One, items: [{id: a, name: Web}]}]
"""
    made = built(tmp_path, text)
    drawing = read(content(made, "plan/compare/compare-move.svg"))

    assert "£30" in drawing
    assert "£12" in drawing
    assert "£18" in read(body(made, "plan/compare/"))

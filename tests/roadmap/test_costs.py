"""Costs are price × usage, exact, each currency by itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.roadmap.cost import Cost, convert, difference, either, price_cost, total
from statusgen.roadmap.costs import item_cost, row_cost, stage_costs, table_cost
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Rates, Roadmap, Service
from statusgen.roadmap.money import Range
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.quantity import parse_quantity

OPEN: list[str] = []


def _cost(price: str, usage: Mapping[str, str] | None = None, alternative: int = 0) -> Cost:
    usage = usage or {}
    quantities = {unit: parse_quantity(amount) for unit, amount in usage.items()}
    return price_cost(parse_price(price), quantities, alternative=alternative)


@pytest.mark.parametrize(
    ("price", "usage", "costs", "missing"),
    [
        ("$19/month", {}, "$19", OPEN),
        ("$19", {}, "$19", OPEN),
        ("$11,004/year", {}, "$917", OPEN),
        ("$0.03/hour", {}, "$21.90", OPEN),
        ("$1/day", {}, "$30.42", OPEN),
        ("Free", {}, "0", OPEN),
        ("Included with GitHub", {}, "0", OPEN),
        ("$100-200/month", {}, "$100-200", OPEN),
        ("$25+/mo", {}, "$25+", OPEN),
        ("-$400-800/month", {}, "-$800 to -$400", OPEN),
        ("$15/host/month", {"host": "10"}, "$150", OPEN),
        ("$15/host/month", {"host": "2-4"}, "$30-60", OPEN),
        ("$15/host/month", {}, "?", ["the number of hosts"]),
        (
            "~$0.023/GB/month + $0.005/1000 requests",
            {"GB": "50"},
            "$1.15 + ?",
            ["the number of requests"],
        ),
        ("~$0.023/GB/month + $0.005/1000 requests", {"GB": "50", "request": "70K"}, "$1.50", OPEN),
        ("$0.10 per 1,000 emails", {"email": "40K"}, "$4", OPEN),
        ("$0.000225/event", {"event": "1M"}, "$225", OPEN),
        ("$7/month each = $14/month", {}, "$14", OPEN),
        ("Free tier (5K errors/month), then $26/month", {"error": "5K"}, "$0", OPEN),
        ("Free tier (5K errors/month), then $26/month", {"error": "5001"}, "$26", OPEN),
        (
            "Free tier (5K errors/month), then $26/month",
            {},
            "$0-26 + ?",
            ["the usage beyond what is free"],
        ),
        ("Free tier (100 emails/day), then $15/month", {"email": "3000"}, "$0", OPEN),
        ("Free tier (100 emails/day), then $15/month", {"email": "3100"}, "$15", OPEN),
        ("Free tier (10K requests/month), then $1/1K requests", {"request": "12K"}, "$2", OPEN),
        ("Free tier (10K requests/month), then $1/1K requests", {"request": "9K"}, "$0", OPEN),
        ("Usage-based", {}, "?", ["the usage"]),
        ("1.5%", {}, "?", ["the sales that the percentage is taken of"]),
        (
            "~₵0.05/SMS, WhatsApp pricing varies",
            {"SMS": "1000"},
            "₵50 + ?",
            ["the price of WhatsApp"],
        ),
    ],
)
def test_price_at_a_usage(
    price: str, usage: dict[str, str], costs: str, missing: list[str]
) -> None:
    cost = _cost(price, usage)

    assert (str(cost), list(cost.missing)) == (costs, missing)


@pytest.mark.parametrize(
    ("price", "usage", "costs", "missing"),
    [
        ("2.9% + 30¢ per order", {"order": "600", "sales": "$18,000"}, "$702", []),
        ("2.9% + 30¢", {"transactions": "600", "turnover": "$18K/month"}, "$702", []),
        ("8% of sales", {"sales": "€1,000-2,000"}, "€80-160", []),
        ("2-3 % of sales", {"sales": "CHF 12000/year"}, "CHF 20-30", []),
        ("8% of sales", {"sales": "1000"}, "?", ["the sales that the percentage is taken of"]),
        (
            "8% of sales",
            {"rent": "$500", "tickets": "$900"},
            "?",
            ["the sales that the percentage is taken of"],
        ),
        ("8% of sales", {"rent": "$500", "sales": "$900"}, "$72", []),
        (
            "2.9% + 30¢ per order",
            {"order": "600"},
            "$180 + ?",
            ["the order that the percentage is taken of"],
        ),
    ],
)
def test_a_percentage_is_taken_of_money_that_the_usage_names(
    price: str, usage: dict[str, str], costs: str, missing: list[str]
) -> None:
    service = Service.model_validate({"name": "Cards", "price": price, "usage": usage})
    assert service.price is not None
    cost = price_cost(service.price, service.usage)

    assert (str(cost), list(cost.missing)) == (costs, missing)


def test_alternatives_are_priced_apart() -> None:
    price = "Free (self-hosted) or $0.000225/event (cloud)"

    assert str(_cost(price)) == "0"
    assert str(_cost(price, {"event": "1M"}, alternative=1)) == "$225"


def test_currencies_are_never_added_without_a_rate() -> None:
    both = total([_cost("$5-10"), _cost("₵50"), _cost("$1")])
    rates = Rates.model_validate({"as_of": "2026-11-20", "worth": {"GHS": "0.09", "NGN": None}})

    assert both.amounts == (
        ("GHS", Range.point(50)),
        ("USD", Range(Decimal(6), Decimal(11))),
    )
    assert str(both) == "₵50 + $6-11"
    assert convert(both, None, "USD") is None
    assert str(convert(both, rates, "USD")) == "$10.50-15.50"
    assert str(convert(_cost("$9"), rates, "GHS")) == "₵100"
    assert convert(_cost("₦100"), rates, "USD") is None


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_sums_are_exact_cents(pairs: list[tuple[int, int]]) -> None:
    ranges = [tuple(sorted(pair)) for pair in pairs]
    costs = [_cost(f"${low / 100:.2f}-{high / 100:.2f}") for low, high in ranges]
    expected = Range(
        Decimal(sum(low for low, _ in ranges)) / 100, Decimal(sum(high for _, high in ranges)) / 100
    )

    assert total(costs).of("USD") == expected


def _plan(folder: Path, text: str) -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(text, encoding="utf-8")
    return load_roadmap(path)


def test_stages_run_on_and_begin_anew_at_a_base(tmp_path: Path) -> None:
    plan = _plan(
        tmp_path,
        """\
name: Plan
stages:
  - {id: one, name: One, items: [{id: a, name: A, service: {name: S, price: $10/month}}]}
  - {id: two, name: Two, items: [{id: b, name: B, service: {name: S, price: $5-7/month}}]}
  - id: three
    name: Three
    cost: {stated: $58, basis: change, base: now}
    items:
      - {id: c, name: C, service: {name: S, price: +$18/mo}}
      - {id: d, name: D, from: {name: Old, price: $50-90/month}, to: {name: New, price: $20/month}}
stacks:
  - id: now
    name: Now
    rows: [{name: X, monthly: $40}, {name: Y, quantity: 2, unit_price: $3/month}]
""",
    )
    costs = stage_costs(plan)

    assert [str(cost.new) for cost in costs] == ["$10", "$5-7", "$38"]
    assert [str(cost.running) for cost in costs] == ["$10", "$15-17", "$84"]
    assert [str(cost.annual) for cost in costs] == ["$120", "$180-204", "$1,008"]
    assert str(costs[2].change) == "-$52 to -$12"
    assert str(table_cost(plan.stacks[0])) == "$46"


def test_stated_cost_stands_in_where_nothing_can_be_derived(tmp_path: Path) -> None:
    plan = _plan(
        tmp_path,
        """\
name: Plan
stages:
  - id: one
    name: One
    items:
      - {id: a, name: A, cost: $150, service: {name: S, price: $15/host/month}}
      - {id: b, name: B, cost: $150, service: {name: S, price: $15/host/month, usage: {host: 3}}}
      - {id: c, name: C, options: [{id: x, name: X, price: $9/month}], chosen: x}
      - {id: d, name: D, options: [{id: x, name: X, price: $9/month}]}
      - {id: e, name: E, service: {name: S}}
      - {id: f, name: F, service: {name: S, price: $0, needs: [{name: VM, price: $7/month}]}}
""",
    )
    costs = [item_cost(item) for _, item in plan.items()]

    assert [str(cost) for cost in costs] == ["$150", "$45", "$9", "?", "?", "$7"]
    assert [list(cost.missing) for cost in costs] == [
        [],
        [],
        [],
        ["the option of D"],
        ["the price of S"],
        [],
    ]
    assert costs[0].assumed == ("the number of hosts",)


def test_table_lines_take_the_month_before_the_terms(tmp_path: Path) -> None:
    plan = _plan(
        tmp_path,
        """\
name: Plan
summaries:
  - id: s
    name: S
    rows:
      - {name: A, monthly: $5, price: $15/host/month, usage: {hosts: 2}}
      - {name: B, price: $15/host/month, usage: {hosts: 2}}
      - {name: C, annual: $120}
      - {name: D}
""",
    )

    assert [str(row_cost(row)) for row in plan.summaries[0].rows] == ["$5", "$30", "$10", "0"]


NEEDS = """\
name: Plan
stages:
  - id: one
    name: One
    items:
      - id: errors
        name: Errors
        from: [{name: Sentry, price: $26-80/month}, {name: Rollbar, price: $20-40/month}]
        to:
          name: GlitchTip
          price: $0
          needs: [{name: VM, price: $7/month}, {name: Disk, price: $1}]
      - id: mail
        name: Mail
        service: {name: Listmonk, price: $0, needs: [{name: VM, price: $7/month}]}
      - id: stated
        name: Stated
        cost: $9
        service: {name: Secret, needs: [{name: VM, price: $7/month}]}
"""


def test_what_an_item_needs_is_a_line_of_its_own(tmp_path: Path) -> None:
    (stage,) = stage_costs(_plan(tmp_path, NEEDS))

    assert [[(line.name, str(line.cost)) for line in one.lines] for one in stage.items] == [
        [("Errors", "$0"), ("VM", "$7"), ("Disk", "$1")],
        [("Mail", "$0"), ("VM", "$7")],
        [("Stated", "$9")],  # stated of the whole item, whatever it needs
    ]
    # From the cheapest end of any alternative to the dearest of any.
    assert str(stage.items[0].own.change) == "-$80 to -$20"
    assert str(stage.own_change) == "-$71 to -$11"
    assert str(stage.needed) == "$15"
    assert str(stage.change) == "-$56 to $4"
    assert str(stage.new) == str(stage.running) == "$24"


def test_nothing_is_told_of_a_stage_that_names_no_price(tmp_path: Path) -> None:
    plan = _plan(
        tmp_path,
        """\
name: Plan
stages:
  - {id: one, name: One, items: [{id: a, name: A, service: {name: S, price: $10/month}}]}
  - {id: two, name: Two, items: [{id: b, name: B, service: {name: T}}]}
  - {id: three, name: Three, items: [{id: c, name: C, service: {name: S, price: $5/month}}]}
""",
    )
    costs = stage_costs(plan)

    assert [str(cost.running) for cost in costs] == ["$10", "?", "$15 + ?"]
    assert [str(cost.carried) for cost in costs] == ["0", "$10", "$10 + ?"]
    assert [str(cost.annual) for cost in costs] == ["$120", "?", "$180 + ?"]


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=5))
def test_one_of_several_lies_between_the_cheapest_and_the_dearest(
    pairs: list[tuple[int, int]],
) -> None:
    ranges = [tuple(sorted(pair)) for pair in pairs]
    one = either(_cost(f"${low}-{high}") for low, high in ranges).of("USD")

    assert one == Range(
        Decimal(min(low for low, _ in ranges)), Decimal(max(high for _, high in ranges))
    )
    assert difference(_cost("$5"), _cost("$5")).of("USD") == Range.point(0)

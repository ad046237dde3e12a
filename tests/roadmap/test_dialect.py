"""What ``numbers:`` and ``currency:`` of a file tell of its prices."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap

PLAN = """\
name: Plan
{head}
stages:
  - name: One
    cost: {price}
"""


def _load(folder: Path, price: str, head: str = "") -> Roadmap:
    path = folder / "plan.yml"
    path.write_text(PLAN.format(head=head, price=price), encoding="utf-8")
    return load_roadmap(path, "plan.yml")


@pytest.mark.parametrize(
    ("price", "head", "amount", "currency"),
    [
        ("€ 1.200", 'numbers: "1.234,56"', "1200", "EUR"),
        ("€ 1.200", 'numbers: "1,234.56"', "1.200", "EUR"),
        ("1.200 zł", 'numbers: "1.234,56"', "1200", "PLN"),
        ("CHF 12.500/year", 'numbers: "1.234,56"', "12500", "CHF"),
        ("$20", "currency: CAD", "20", "CAD"),
        ("US$20", "currency: CAD", "20", "USD"),
        ("$20", "currency: EUR", "20", "USD"),
        ("¥320", "currency: CNY", "320", "CNY"),
        ("12,000円", "currency: CNY", "12000", "JPY"),
        ("¥320", "currency: JPY", "320", "JPY"),
        ("349 kr", "currency: DKK", "349", "DKK"),
        ("$1,150 MXN", "currency: USD", "1150", "MXN"),
        ("€1.125/GB", "", "1.125", "EUR"),
        ("$1.204", "", "1.204", "USD"),
    ],
)
def test_a_file_says_how_its_numbers_and_signs_are_meant(
    tmp_path: Path, price: str, head: str, amount: str, currency: str
) -> None:
    cost = _load(tmp_path, f'"{price}"', head).stages[0].cost

    assert cost is not None
    (term,) = cost.stated.terms
    assert term.amount is not None
    assert (term.amount.low, term.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("price", ["€ 1.200", "€1.200/month", "CHF 12.500", "₺10.800", "₩1.200"])
def test_an_amount_of_which_nobody_can_tell_the_size_is_refused(tmp_path: Path, price: str) -> None:
    with pytest.raises(InputError, match="not understood as a price") as refused:
        _load(tmp_path, f'"{price}"')

    assert "numbers: 1.234,56" in str(refused.value)


def test_a_stage_that_lists_the_same_things_at_other_prices_pays_for_them_once(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(
        "name: Plan\nstages:\n"
        "  - {name: One, cost: $30, items: [{name: Host, service: {name: Host, price: $20}},"
        " {name: Mail, service: {name: Mail, price: $10}}]}\n"
        "  - {name: Two, cost: $95, items: [{name: Host, service: {name: Host, price: $80}},"
        " {name: Mail, service: {name: Mail, price: $15}}]}\n"
        "  - {name: Three, cost: $125, items: [{name: Host, service: {name: Host, price: $20}},"
        " {name: Chat, service: {name: Chat, price: $10}}]}\n",
        encoding="utf-8",
    )
    costs = stage_costs(load_roadmap(path, "plan.yml"))

    running = [dict(one.running.amounts)["USD"].low for one in costs]

    assert running == [30, 95, 125]

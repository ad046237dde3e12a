"""A card of the ladder says what its item costs a month, as the table of costs does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.publish.roadmaps.conftest import body, content
from tests.publish.roadmaps.test_dropped_money import read
from tests.publish.roadmaps.test_other_money import built, drawn

PLAN = """currency: {code}
stages:
  - name: One
    items:
      - name: Thing
        service: {{name: Gate, price: "{price}"{usage}}}
"""


@pytest.mark.parametrize(
    ("code", "price", "usage", "amount"),
    [
        ("JPY", "¥8/SMS", "{SMS: 900}", "¥7,200"),
        ("USD", "$15/host", "{host: 4}", "$60"),
        ("CHF", "CHF 2.50/user/month", "{user: 10}", "CHF 25"),
        ("EUR", "120,00 €/Jahr", "", "€10"),
        ("GBP", "£9.50/month", "", "£9.50"),
        ("GBP", "Free tier (500 emails/month), then £9/month", "{email: 200}", "£0"),
        ("CHF", "CHF 0.–/Monat", "", "CHF 0"),
    ],
)
def test_a_card_has_the_amount_of_the_table(
    tmp_path: Path, code: str, price: str, usage: str, amount: str
) -> None:
    used = f", usage: {usage}" if usage else ""
    made = built(tmp_path, PLAN.format(code=code, price=price, usage=used))
    card = drawn(content(made, "plan/ladder.svg"))

    assert amount in card
    if not amount.endswith(("£0", " 0")):  # a plan that costs nothing has no page of costs
        assert f"Added {amount} " in read(body(made, "plan/costs/")) + " "


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        ("£4/user", "£4/user"),
        ("$15/host", "$15/host"),
        ("Free", "free"),
        ("3.25% per transaction", "3.25% per transaction"),
    ],
)
def test_where_no_sum_can_be_told_the_price_stands_as_written(
    tmp_path: Path, price: str, shown: str
) -> None:
    made = built(tmp_path, PLAN.format(code="GBP", price=price, usage=""))

    assert shown in drawn(content(made, "plan/ladder.svg"))

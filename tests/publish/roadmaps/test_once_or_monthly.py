"""How often an amount is paid: what its words say, and what they leave open."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from statusgen.audit import audit_roadmap
from statusgen.roadmap.actual import compare
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.invoice import Billed
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from tests.publish.roadmaps.conftest import body
from tests.publish.roadmaps.test_dropped_money import read
from tests.publish.roadmaps.test_other_money import built


def plan(folder: Path, item: str, code: str) -> Roadmap:
    path = folder / "plan.yml"
    text = f"name: P\ncurrency: {code}\nstages:\n- name: One\n  status: current\n  items:\n"
    path.write_text(text + f"  - {item}\n", "utf-8")
    return load_roadmap(path)


@pytest.mark.parametrize("form", ['cost: "{}"', 'service: {{name: S, price: "{}"}}'])
@pytest.mark.parametrize(
    ("code", "price", "month", "once"),
    [
        ("GBP", "£650 setup fee, then £20/month", "£20", "£650"),
        ("EUR", "500 € Einrichtungsgebühr, danach 29,90 €/Monat", "€29.90", "€500"),
        ("CHF", "CHF 1'200.– einmalig, danach CHF 20.–/Monat", "CHF 20", "CHF 1,200"),
        ("JPY", "¥10,000 初期費用, その後 ¥2,000/月", "¥2,000", "¥10,000"),
    ],
)
def test_what_comes_after_a_single_payment_is_paid_in_full(
    tmp_path: Path, code: str, price: str, month: str, once: str, form: str
) -> None:
    found = plan(tmp_path, f"{{name: A, {form.format(price)}}}", code)
    (cost,) = stage_costs(found)

    assert str(cost.running) == month
    assert str(cost.new.once[0][1].low) in once.replace(",", "")


@pytest.mark.parametrize("form", ['cost: "{}"', 'service: {{name: S, price: "{}"}}'])
@pytest.mark.parametrize(
    ("code", "price", "shown"),
    [
        ("JPY", "Free tier (500 emails/month), then ¥900/month", "¥0–900 + ?"),
        ("CHF", "Gratis (500 E-Mails/Monat), danach CHF 9.–/Monat", "CHF 0–9 + ?"),
        ("EUR", "Gratuit (500 e-mails/mois), puis 9 €/mois", "€0–9 + ?"),
        ("GBP", "Free for 500 emails/month, then £9/month", "£0–9 + ?"),
    ],
)
def test_a_free_tier_without_usage_is_open_in_every_form(
    tmp_path: Path, code: str, price: str, shown: str, form: str
) -> None:
    text = f"currency: {code}\nstages:\n- name: One\n  status: current\n  items:\n"
    made = built(tmp_path, text + f"  - {{name: A, {form.format(price)}}}\n")

    assert f"Cost now {shown} per month" in read(body(made, "plan/"))


def test_of_a_free_tier_without_usage_the_quantity_is_not_known(tmp_path: Path) -> None:
    text = """currency: GBP
stages:
- name: One
  items: [{name: A, service: {name: S, price: "Free tier (500 emails/month), then £9/month"}}]
"""
    costs = read(body(built(tmp_path, text), "plan/costs/"))

    assert "not stated email" in costs.casefold()
    assert "1 month" not in costs


@pytest.mark.parametrize(
    ("code", "item", "month", "rule"),
    [
        ("CHF", """{name: A, cost: "CHF 8'600.– + CHF 20.–/Monat"}""", "CHF 20 + ?", "COST024"),
        ("CHF", """{name: A, cost: "CHF 1'200.– Pauschale"}""", "?", "COST024"),
        ("EUR", '{name: Einrichtung, cost: "1.200,00 €"}', "?", "COST024"),
        ("GBP", "{name: A, cost: £40 licence fee}", "?", "COST024"),
        ("GBP", "{name: Setup, cost: £650}", "?", "COST024"),
        ("JPY", "{name: A, cost: 5000円 手数料}", "?", "COST024"),
        ("CHF", "{name: A, cost: CHF 120.–/Std.}", "?", "COST004"),
        ("GBP", "{name: A, cost: £90 per hour}", "?", "COST004"),
    ],
)
def test_what_need_not_be_a_months_is_asked_for(
    tmp_path: Path, code: str, item: str, month: str, rule: str
) -> None:
    found = plan(tmp_path, item, code)

    assert str(stage_costs(found)[0].running) == month
    assert [one.rule for one in audit_roadmap(found) if one.is_fault] == [rule]


@pytest.mark.parametrize(
    ("code", "item", "month"),
    [
        ("GBP", "{name: A, cost: £20}", "£20"),
        ("GBP", "{name: Monthly fee, cost: £3}", "£3"),
        ("GBP", "{name: Membership fee, cost: £36/year}", "£3"),
        ("GBP", "{name: Coffee, cost: £5}", "£5"),
        ("EUR", '{name: Kontoführung, cost: "4,90 €"}', "€4.90"),
        ("CHF", "{name: Strom, cost: CHF 15.–}", "CHF 15"),
        ("USD", "{name: A, service: {name: VM, price: $0.10/hour}}", "$73"),
        ("JPY", "{name: A, service: {name: Agency, price: 5000円}}", "¥5,000"),
        ("GBP", "{name: Setup, cost: £0}", "£0"),
    ],
)
def test_a_plain_amount_stays_a_months(tmp_path: Path, code: str, item: str, month: str) -> None:
    found = plan(tmp_path, item, code)

    assert str(stage_costs(found)[0].running) == month
    assert not [one for one in audit_roadmap(found) if one.is_fault]


def test_a_bill_names_the_option_that_was_chosen(tmp_path: Path) -> None:
    item = (
        "{name: Where does the database live?, options: [{name: Managed PostgreSQL, "
        "price: £15/month}, {name: A second server, price: £30/month}], chosen: managed-postgresql}"
    )
    found = plan(tmp_path, item, "GBP")
    billed = [Billed("2026-10", "Managed PostgreSQL", "GBP", Decimal(15))]
    (row,) = compare(found, "2026-10", billed).rows

    assert row.planned is not None
    assert row.billed == 15

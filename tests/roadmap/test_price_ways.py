"""Ways to write a price that are one language's, or one trade's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from statusgen.roadmap.dialect import of_roadmap, speaking
from statusgen.roadmap.money import Period, per_month
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_grammar import parse_price


def read(text: str, currency: str) -> Price:
    with speaking(of_roadmap({"currency": currency})):
        return parse_price(text)


@pytest.mark.parametrize(
    ("text", "currency", "amount", "every"),
    [
        ("3x£1.20/month", "GBP", "3.60", Period.MONTH),
        ("3×€1.20/month", "EUR", "3.60", Period.MONTH),
        ("3×1,200円/月", "JPY", "3600", Period.MONTH),
        ("2 servers at £14.95/month", "GBP", "29.90", Period.MONTH),
        ("3 Server zu je 14,95 €/Monat", "EUR", "44.85", Period.MONTH),
        ("4 Stück à CHF 9.90", "CHF", "39.60", None),
        ("4 personnes à 9,90 €/mois", "EUR", "39.60", Period.MONTH),
        ("月1,200円", "JPY", "1200", Period.MONTH),
        ("年12,000円", "JPY", "12000", Period.YEAR),
        ("月100元", "CNY", "100", Period.MONTH),
        ("約5,000円/月", "JPY", "5000", Period.MONTH),
        ("5,000円程度/月", "JPY", "5000", Period.MONTH),
        ("约100元左右/月", "CNY", "100", Period.MONTH),
        ("税込1,320円/月", "JPY", "1320", Period.MONTH),
        ("20ドル/月", "USD", "20", Period.MONTH),
        ("20美元/月", "USD", "20", Period.MONTH),
        ("80 Rp./Monat", "CHF", "0.80", Period.MONTH),
        ("5 Rp./Monat", "CHF", "0.05", Period.MONTH),
        ("CHF -.80/Monat", "CHF", "0.80", Period.MONTH),
    ],
)
def test_an_amount(text: str, currency: str, amount: str, every: Period | None) -> None:
    ((term,),) = read(text, currency).alternatives
    assert (term.kind, term.currency, term.every) == (Kind.FIXED, currency, every)
    assert term.amount is not None
    assert term.amount.low == term.amount.high == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "currency", "month"),
    [
        ("£360 every 3 years", "GBP", "10"),
        ("£360/3 years", "GBP", "10"),
        ("£360 per three years", "GBP", "10"),
        ("CHF 360.– alle 3 Jahre", "CHF", "10"),
        ("360 € tous les 3 ans", "EUR", "10"),
        ("36,000円/3年", "JPY", "1000"),
        ("3年ごとに36,000円", "JPY", "1000"),
        ("€20 every 2 months", "EUR", "10"),
        ("$10–20 every two months", "USD", "5"),
    ],
)
def test_several_periods_are_one_after_another(text: str, currency: str, month: str) -> None:
    ((term,),) = read(text, currency).alternatives
    assert term.amount is not None
    assert term.every is not None
    assert per_month(term.amount, term.every).low == Decimal(month)
    assert str(read(text, currency)) == text


@pytest.mark.parametrize(
    "text", ["zwischen CHF 10 und CHF 20 pro Monat", "between CHF 10 and CHF 20/month"]
)
def test_between_two_amounts_with_their_codes(text: str) -> None:
    ((term,),) = read(text, "CHF").alternatives
    assert term.amount is not None
    assert (term.amount.low, term.amount.high) == (Decimal(10), Decimal(20))


@pytest.mark.parametrize(
    "text", ["gratis bis 500 Empfänger", "free up to 500 recipients", "gratuit jusqu'à 500 abonnés"]
)
def test_free_up_to_a_number(text: str) -> None:
    ((term,),) = read(text, "CHF").alternatives
    assert term.kind is Kind.FREE
    (allowance,) = term.allowances
    assert allowance.amount.low == 500


@pytest.mark.parametrize(
    ("text", "unit"), [("1通8円", "通"), ("1人500円", "人"), ("1件につき8円", "件")]
)
def test_a_price_of_one(text: str, unit: str) -> None:
    ((term,),) = read(text, "JPY").alternatives
    assert (term.kind, [one.unit for one in term.per]) == (Kind.PER_UNIT, [unit])


@pytest.mark.parametrize(
    "text",
    [
        "10月1,200円",  # in October
        "1日500円",  # on the first, or a day
        "20香港ドル/月",
        "24 months at £10",
        "12 Monate à 10 €",
        "2 servers at London £5",
        "3xL £5",
        "£360 every 3 users",
        "£10 every 3 years for 5 users",
        "£60 for two years",
        "zwischen CHF 10 und EUR 20",
        "CHF -80",
        "120 Rp./Monat",
    ],
)
def test_what_looks_alike_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        read(text, "CHF")


@pytest.mark.parametrize("text", ["£0.10/1000 hours", "$5 per 24 hours"])
def test_hours_are_a_unit(text: str) -> None:
    ((term,),) = read(text, "GBP").alternatives
    assert term.kind is Kind.PER_UNIT


@pytest.mark.parametrize("text", ["£10/month, £5 from 2027", "CHF 10/Monat, CHF 5 ab Januar 2027"])
def test_a_later_price_has_a_place_of_its_own(text: str) -> None:
    with pytest.raises(ValueError, match=r"the price of today; the later one .* `when:`"):
        read(text, "GBP")

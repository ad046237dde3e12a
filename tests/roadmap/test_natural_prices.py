"""Prices as people write them in their countries: read for what they say, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from statusgen.roadmap.money import Period
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import parse_price


@pytest.mark.parametrize(
    ("text", "currency", "low", "high", "every"),
    [
        ("34.50 Fr./Mt.", "CHF", "34.5", "34.5", "month"),
        ("CHF 34.50 pro Monat", "CHF", "34.5", "34.5", "month"),
        ("Fr. 5.–/Mt.", "CHF", "5", "5", "month"),
        ("5,- €", "EUR", "5", "5", ""),
        ("10万円/月", "JPY", "100000", "100000", "month"),
        ("¥12万/月", "JPY", "120000", "120000", "month"),
        ("月額1.5万円", "JPY", "15000", "15000", "month"),
        ("￥1,200", "JPY", "1200", "1200", ""),
        ("2〜3万円/月", "JPY", "20000", "30000", "month"),
        ("2億5,000万円", "JPY", "250000000", "250000000", ""),
        ("5만원/월", "KRW", "50000", "50000", "month"),
        ("1.2万元/年", "CNY", "12000", "12000", "year"),
        ("2万円から", "JPY", "20000", None, ""),
        ("₹5 lakh/year", "INR", "500000", "500000", "year"),
        ("1,2 Mio. €", "EUR", "1200000", "1200000", ""),
        ("€1.5 million", "EUR", "1500000", "1500000", ""),
        ("R$ 5 mil/mês", "BRL", "5000", "5000", "month"),
        ("20 bis 30 €/Monat", "EUR", "20", "30", "month"),
        ("zwischen 20 und 30 €", "EUR", "20", "30", ""),
        ("entre 20 et 30 € par mois", "EUR", "20", "30", "month"),
        ("de 20 à 30 €/mois", "EUR", "20", "30", "month"),
        ("between $20 and $30 per month", "USD", "20", "30", "month"),
        ("ab 20 €/Monat", "EUR", "20", None, "month"),
        ("à partir de 20 €/mois", "EUR", "20", None, "month"),
        ("desde R$ 20", "BRL", "20", None, ""),
        ("höchstens 20 €", "EUR", "0", "20", ""),
        ("jusqu'à 20 €/mois", "EUR", "0", "20", "month"),
    ],
)
def test_an_amount_is_what_its_author_means(
    text: str, currency: str, low: str, high: str | None, every: str
) -> None:
    price = parse_price(text)

    assert str(price) == text
    assert price.currency == currency
    assert price.amount is not None
    assert price.amount.low == Decimal(low)
    assert price.amount.high == (None if high is None else Decimal(high))
    assert price.terms[0].every == (Period(every) if every else None)


@pytest.mark.parametrize(
    "text",
    [
        "50万円(一回)",
        "初期費用 20万円",
        "20万円（一括）",
        "einmalig 500 €",
        "once: $500",
        "Setup: €500",
    ],
)
def test_what_is_paid_once_is_no_cost_of_a_month(text: str) -> None:
    assert [term.kind for term in parse_price(text).terms] == [Kind.ONE_OFF]


@pytest.mark.parametrize("text", ["5 CHF pro Benutzer pro Monat", "10 €/Nutzer und Monat"])
def test_a_price_of_one_user_has_its_period(text: str) -> None:
    (term,) = parse_price(text).terms
    assert (term.kind, term.every) == (Kind.PER_UNIT, Period.MONTH)


@pytest.mark.parametrize(
    "text", ["€1.200 Mio.", "2 à 20 €", "zwischen 20 und bald 30 €", "1万件", "5 Mio. Nutzer"]
)
def test_what_nobody_can_tell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not understood as a price"):
        parse_price(text)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("12 Dinge €", "19 €/month"),
        ("¥12 何か 3", "¥19/month"),
        ("CHF 12 Zeugs 3", "CHF 19/month"),
        ("１２ things", "$19/month"),
    ],
)
def test_a_refusal_quotes_what_was_written_and_speaks_of_its_currency(text: str, like: str) -> None:
    with pytest.raises(ValueError, match="is not understood") as refused:
        parse_price(text)

    assert text in str(refused.value)
    assert f"write it like {like}" in str(refused.value)

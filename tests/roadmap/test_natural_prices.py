"""Prices as people write them in their countries: read for what they say, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from statusgen.roadmap.cost import price_cost
from statusgen.roadmap.costs import row_cost
from statusgen.roadmap.model import Row
from statusgen.roadmap.money import Period, Range
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.quantity import parse_quantity


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


@pytest.mark.parametrize(
    ("text", "usage", "monthly", "once"),
    [
        ("£45 each week", {}, "£195.54", ""),
        ("£45 p.w.", {}, "£195.54", ""),
        ("£60 every six months", {}, "£10", ""),
        ("£60 half-yearly", {}, "£10", ""),
        ("£60 every 3 months", {}, "£20", ""),
        ("CHF 120.– quartalsweise", {}, "CHF 40", ""),
        ("CHF 120 vierteljährlich", {}, "CHF 40", ""),
        ("CHF 120 halbjährlich", {}, "CHF 20", ""),
        ("120 € par semestre", {}, "€20", ""),
        ("CHF 1290 Einrichtung", {}, "CHF 0", "CHF 1290"),
        ("CHF 1290 pauschal", {}, "CHF 0", "CHF 1290"),
        ("£300 lump sum", {}, "£0", "GBP 300"),
        ("£300 up front", {}, "£0", "GBP 300"),
        ("£300 non-recurring", {}, "£0", "GBP 300"),
        ("£349 per tablet one-off", {"tablet": "3"}, "£0", "GBP 1047"),
        ("£349 per tablet, one-off", {"tablet": "3"}, "£0", "GBP 1047"),
        ("one-off £349 per tablet", {"tablet": "3"}, "£0", "GBP 1047"),
        ("CHF 1'199.– pro Stück einmalig", {"Stück": "2"}, "CHF 0", "CHF 2398"),
        ("58,800円/台 一括", {"台": "2"}, "¥0", "JPY 117600"),
        ("3 × £349 one-off", {}, "£0", "GBP 1047"),
        ("3 × CHF 249.– einmalig", {}, "CHF 0", "CHF 747"),
        ("CHF 90 bis CHF 120 pro Monat", {}, "CHF 90-120", ""),
        ("Fr. 20 bis Fr. 30/Monat", {}, "CHF 20-30", ""),
        ("90 Fr. bis 120 Fr. pro Monat", {}, "CHF 90-120", ""),
        ("EUR 90 bis EUR 120/Monat", {}, "€90-120", ""),
        ("CHF 90 to CHF 120 per month", {}, "CHF 90-120", ""),
        ("Fr. 3'500.– bis Fr. 4'500.– einmalig", {}, "CHF 0", "CHF 3500-4500"),
        ("€3500 bis 4500 einmalig", {}, "€0", "EUR 3500-4500"),
        ("CHF 3'500–4'500 einmalig", {}, "CHF 0", "CHF 3500-4500"),
        ("CHF 900–1500 une fois", {}, "CHF 0", "CHF 900-1500"),
        ("10〜20万円（初期費用）", {}, "¥0", "JPY 100000-200000"),
        ("10〜20万円 一括", {}, "¥0", "JPY 100000-200000"),
        ("Fr. 900.– bis 1'200.–/Monat", {}, "CHF 900-1,200", ""),
        ("£480 per day", {"day": "3"}, "£1,440", ""),
        ("£480 per day", {"GB": "3"}, "£14,600", ""),
        ("CHF 180.–/h", {"h": "8"}, "CHF 1,440", ""),
        ("CHF 180 pro Stunde", {"Stunde": "8"}, "CHF 1,440", ""),
        ("月額500円/ユーザー", {"ユーザー": "3"}, "¥1,500", ""),
        ("月額2,000～3,000円", {}, "¥2,000-3,000", ""),
        ("月額2,000円〜3,000円", {}, "¥2,000-3,000", ""),
        ("£249 per month plus VAT", {}, "£249", ""),
        ("£249 per month + VAT", {}, "£249", ""),
        ("£249+VAT per month", {}, "£249", ""),
        ("£249 ex VAT per month", {}, "£249", ""),
        # What stands in brackets or behind a dash is a remark.
        ("£45 (standard plan)", {}, "£45", ""),
        ("£45 standard plan", {}, "£45", ""),
        ("$9 Hobby", {}, "$9", ""),
        ("£45 - standard plan", {}, "£45", ""),
        ("£45 avg", {}, "£45", ""),
    ],
)
def test_what_it_comes_to(text: str, usage: dict[str, str], monthly: str, once: str) -> None:
    used = {unit: parse_quantity(amount) for unit, amount in usage.items()}

    cost = price_cost(parse_price(text), used)

    assert (str(cost), cost.missing) == (monthly, ())
    paid = [(code, low, high) for code, low, high in cost.plain_once]
    written = [
        f"{code} {low:f}" + (f"-{high:f}" if high != low else "") for code, low, high in paid
    ]
    assert written == ([once] if once else [])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("£60 biennially", "biennially"),
        ("£60 every fortnight", "every fortnight"),
        ("£600 for two years", "for two years"),
        ("£600 for 2 years", "for 2 years"),
        ("CHF 90 zweimonatlich", "zweimonatlich"),
    ],
)
def test_words_that_may_be_a_period_are_never_taken_for_a_month(text: str, word: str) -> None:
    with pytest.raises(ValueError, match="names no period; write /week, /month") as refused:
        parse_price(text)

    assert f"'{word}' is not understood" in str(refused.value)


def test_amounts_in_two_currencies_are_no_range() -> None:
    with pytest.raises(ValueError, match="not understood"):
        parse_price("CHF 90 bis EUR 120/Monat")


def test_a_line_of_a_table_keeps_what_is_paid_once() -> None:
    row = Row.model_validate(
        {"name": "Tablets", "quantity": 2, "unit_price": "£30/month + £50 one-off"}
    )

    assert str(row_cost(row)) == "£60"
    assert row_cost(row).once == (("GBP", Range.point(100)),)


@pytest.mark.parametrize(
    ("price", "kind", "every"),
    [
        ("£200 (refundable deposit)", "one_off", None),
        ("200 € (Kaution)", "one_off", None),
        ("£200 – security deposit", "one_off", None),
        ("£200, refundable deposit", "one_off", None),
        ("Deposit £200", "one_off", None),
        ("£200 (one-off)", "one_off", None),
        ("£200 (per year)", "fixed", "year"),
        ("£200 (a year)", "fixed", "year"),
        ("£200 – yearly", "fixed", "year"),
        ("200 € (par an)", "fixed", "year"),
        ("£200 (every six months)", "fixed", "half-year"),
        ("£20 per host (yearly)", "per_unit", "year"),
        # Of something else than when it is paid.
        ("£200 (7-day retention)", "fixed", None),
        ("£200 (refurbished)", "fixed", None),
        ("£200 (no setup fee)", "fixed", None),
        ("£200 (plus deposit)", "fixed", None),
        ("£200/month (billed annually)", "fixed", "month"),
        ("25p", "fixed", None),
    ],
)
def test_what_says_when_it_is_paid_counts_in_brackets_too(
    price: str, kind: str, every: str | None
) -> None:
    (term,) = parse_price(price).terms

    assert (term.kind, term.every) == (kind, every)


@pytest.mark.parametrize(
    "price",
    [
        "£200 (for two years)",
        "£200 (3 years)",
        "£200 (every 2 years)",
        "£200 (billed annually)",
        "£200 – first year",
        "£200/month (one-off)",
    ],
)
def test_a_time_in_brackets_that_is_not_understood_is_refused(price: str) -> None:
    with pytest.raises(ValueError, match="write "):
        parse_price(price)


@pytest.mark.parametrize(
    ("text", "monthly"),
    [
        ("3 × £5.90 per user per month", "17.70"),
        ("3 × £5.90/user/month", "17.70"),
        ("3 × £5.90 per month", "17.70"),
        ("2 x $15/host/month", "30"),
    ],
)
def test_so_many_of_what_is_paid_by_the_head(text: str, monthly: str) -> None:
    assert parse_price(text).monthly == Range.point(Decimal(monthly))


@pytest.mark.parametrize("text", ["3 × $5 per 10 users per month", "3 × $0.02/GB"])
def test_how_many_of_a_measure_nobody_counted(text: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        parse_price(text)


@pytest.mark.parametrize(
    "text", ["88,000円（買い切り）", "88,000円（買切）", "£29 to buy", "¥300（买断）"]
)
def test_what_is_bought_is_paid_once(text: str) -> None:
    assert parse_price(text).monthly is None

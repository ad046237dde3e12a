"""An amount is rounded once, by one rule, wherever it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.draw.model import Amount
from statusgen.draw.numbers import money as drawn
from statusgen.draw.numbers import money_range as drawn_range
from statusgen.roadmap.money import Range, format_money, format_range
from statusgen.words import Words
from statusgen.words.cldr import Cldr
from statusgen.words.money import TYPESET, cost, exact, money, money_range

AMOUNTS = st.decimals(-(10**12), 10**12, places=5)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("12.345", "$12.35"),
        ("12.335", "$12.34"),
        ("-12.345", "-$12.35"),
        ("12.344999", "$12.34"),
        ("1589", "$1,589"),
        ("6.5", "$6.50"),
        ("12.999", "$13"),
        ("999.995", "$1,000"),
        ("0.000225", "$0.000225"),
        ("0.0225000049", "$0.0225"),
        ("0.5", "$0.50"),
        ("0", "$0"),
        ("-0", "$0"),
    ],
)
def test_half_a_cent_goes_away_from_zero(value: str, written: str) -> None:
    assert money("USD", Decimal(value)) == format_money("USD", Decimal(value)) == written
    assert drawn(Decimal(value), "$") == written.replace("-", "−")


@given(AMOUNTS, AMOUNTS)
def test_tables_and_diagrams_write_the_same(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    text = money_range("USD", low, high, TYPESET)

    assert text == format_range("USD", Range(low, high), TYPESET)
    assert text == drawn_range(Amount(low, high), "$")
    assert money("EUR", -abs(one)).replace("-", "") == money("EUR", abs(one))


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        ("175", "300", "$175–300"),
        ("25", None, "$25+"),
        ("-800", "-400", "−$800 to −$400"),
        ("-5", "3", "−$5 to $3"),
        ("19", "19", "$19"),
        ("30.4166", "30.4171", "$30.42"),
    ],
)
def test_a_range_is_typeset(low: str, high: str | None, written: str) -> None:
    assert money_range("USD", Decimal(low), Decimal(high) if high else None, TYPESET) == written


def test_a_code_is_never_parted_from_its_number_on_a_page() -> None:
    assert money("CHF", Decimal(5), TYPESET) == "CHF\u00a05" == drawn(Decimal(5), "CHF ")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1728.50", "1728.5"),
        ("30.41666666666666666", "30.4166666667"),
        ("-0.00000000001", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
    ],
)
def test_programs_get_what_was_computed(value: str, written: str) -> None:
    assert exact(Decimal(value)) == written


def test_months_of_an_axis_are_the_language_s() -> None:
    assert Words.of().language.short_months()[8] == "Sep"
    assert Cldr("de").short_months()[2] == "Mär"


@pytest.mark.parametrize(
    ("amounts", "partly", "written"),
    [
        ([], False, "—"),
        ([], True, "open"),
        ([("USD", "0", "0")], False, "$0"),
        ([("USD", "0", "0")], True, "open"),
        ([("USD", "41", "41")], True, "$41 + ?"),
        ([("USD", "0", "26")], True, "$0–26 + ?"),
        ([("USD", "0", None)], False, "$0+"),
        ([("GHS", "50", "50"), ("USD", "6.5", "11.5")], False, "₵50 + $6.50–11.50"),
        ([("GHS", "0", "0"), ("USD", "5", "5")], False, "$5"),
        ([("USD", "-76", "-76")], False, "−$76"),
    ],
)
def test_what_is_not_known_is_never_nothing(
    amounts: list[tuple[str, str, str | None]], partly: bool, written: str
) -> None:
    plain = [
        (code, Decimal(low), None if high is None else Decimal(high)) for code, low, high in amounts
    ]
    assert cost(Words.of(), plain, partly=partly) == written

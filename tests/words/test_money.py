"""An amount is rounded once, by one rule, wherever it is written."""

from __future__ import annotations

import copy
import json
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.saying import Saying
from statusgen.draw.model import Amount
from statusgen.draw.numbers import money as drawn
from statusgen.draw.numbers import money_range as drawn_range
from statusgen.roadmap.money import Range, format_money, format_range
from statusgen.words import Words
from statusgen.words.cldr import Cldr
from statusgen.words.money import (
    TYPESET,
    calculation,
    cost,
    exact,
    money,
    money_range,
    typeset,
    unit_price,
)
from statusgen.words.worded import retell, worded

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
    assert drawn(Decimal(value), "$", ENGLISH) == written.replace("-", "−")


ENGLISH = Words.of()


@given(AMOUNTS, AMOUNTS)
def test_tables_and_diagrams_write_the_same(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    text = money_range("USD", low, high, TYPESET)

    assert text == money_range("USD", low, high, typeset(ENGLISH))
    assert text == drawn_range(Amount(low, high), "$", ENGLISH)
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
    assert money("CHF", Decimal(5), TYPESET) == "CHF\u00a05" == drawn(Decimal(5), "CHF ", ENGLISH)


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
        ([], True, "not known"),
        ([("USD", "0", "0")], False, "$0"),
        ([("USD", "0", "0")], True, "not known"),
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


@pytest.mark.parametrize(
    ("code", "one", "span", "below", "more", "franc"),
    [
        ("en", "€1,589.50", "€175–2,300", "−$800 to −$400", "$25+", "CHF|5"),
        ("de", "1.589,50|€", "175–2.300|€", "−800|$ bis −400|$", "ab 25|$", "5|CHF"),
        ("fr", "1_589,50|€", "175–2_300|€", "−800|$ à −400|$", "à partir de 25|$", "5|CHF"),
        ("es", "1.589,50|€", "175–2.300|€", "−800|$ a −400|$", "desde 25|$", "5|CHF"),
        ("pt", "€|1.589,50", "€|175–2.300", "−$|800 a −$|400", "a partir de $|25", "CHF|5"),
        ("ja", "€1,589.50", "€175–2,300", "−$800～−$400", "$25以上", "CHF|5"),
        ("zh", "€1,589.50", "€175–2,300", "−$800至−$400", "$25起", "CHF|5"),
        ("ko", "€1,589.50", "€175–2,300", "−$800~−$400", "$25 이상", "CHF|5"),
    ],
)
def test_a_page_writes_amounts_as_its_language_does(
    code: str, one: str, span: str, below: str, more: str, franc: str
) -> None:
    words = Words.of(code)
    style = typeset(words)

    def shown(text: str) -> str:
        return text.replace("|", "\u00a0").replace("_", "\u202f")

    assert money("EUR", Decimal("1589.5"), style) == shown(one)
    assert money_range("EUR", Decimal(175), Decimal(2300), style) == shown(span)
    assert money_range("USD", Decimal(-800), Decimal(-400), style) == shown(below)
    assert money_range("USD", Decimal(25), None, style) == shown(more)
    assert money("CHF", Decimal(5), style) == shown(franc)
    assert drawn(Decimal("1589.5"), "€", words) == shown(one)


def test_what_was_computed_far_away_is_told_again_and_stays_text() -> None:
    german = Words.of("de")
    amount = format_range("USD", Range(Decimal(175), Decimal(2300)))

    assert (str(amount), f"{amount}", amount + "!") == ("$175-2,300", "$175-2,300", "$175-2,300!")
    assert json.dumps([amount]) == '["$175-2,300"]'
    assert retell(german, amount) == retell(german, copy.deepcopy(amount)) == "175–2.300\u00a0$"
    assert retell(Words.of(), amount) == "$175-2,300"
    assert german.tell(Saying("money.partly", {"amount": amount})) == "175–2.300\u00a0$ + ?"
    assert retell(german, worded("money.partly", amount=amount)) == "175–2.300\u00a0$ + ?"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("12 × $980 = $11,760", "12 × 980\u00a0$ = 11.760\u00a0$"),
        ("$25-50 + CHF 5.50 = -$3", "25–50\u00a0$ + 5,50\u00a0CHF = −3\u00a0$"),
        ("1,000.5 / 4 = 250.125", "1.000,5 / 4 = 250,125"),
        # Names and versions are nobody's numbers.
        ("Node 20.1.3 on t3.medium, v2.5, 10.0.0.1", "Node 20.1.3 on t3.medium, v2.5, 10.0.0.1"),
        ("2026-11-20 to 2027-01", "2026-11-20 to 2027-01"),
    ],
)
def test_arithmetic_is_told_in_the_numbers_of_the_page(english: str, german: str) -> None:
    assert calculation(Words.of("de"), english) == german
    assert calculation(Words.of(), english) == english


@pytest.mark.parametrize(
    ("currency", "low", "high", "written"),
    [
        ("JPY", "54846.67", "64846.67", "¥54,847-64,847"),
        ("JPY", "2166.6667", "2166.6667", "¥2,167"),
        ("KRW", "1234.5", "1234.5", "₩1,235"),
        ("CLP", "990.4", "990.4", "CLP 990"),
        ("CHF", "46.5", "46.5", "CHF 46.50"),
        ("JPY", "0.0225", "0.0225", "¥0.0225"),
    ],
)
def test_a_currency_without_a_smaller_unit_is_written_without_one(
    currency: str, low: str, high: str, written: str
) -> None:
    assert format_range(currency, Range(Decimal(low), Decimal(high))) == written
    assert exact(Decimal(low)) == low
    assert drawn(Decimal("2.5"), "¥", ENGLISH) == "¥3"


def test_what_one_unit_costs_keeps_the_decimals_of_its_vendor() -> None:
    assert unit_price("JPY", Decimal("2.5"), Decimal("2.5")) == "¥2.50"


def test_the_currencies_without_a_smaller_unit_are_those_of_cldr() -> None:
    for code in ("JPY", "KRW", "VND", "CLP", "ISK", "XOF", "USD", "CHF", "GBP", "INR", "CNY"):
        whole = "." not in format_range(code, Range.point(Decimal("12.34")))
        assert whole == (get_currency_precision(code) == 0), code

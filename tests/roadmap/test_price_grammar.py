"""Prices as the source documents write them: all distinct strings, and what each means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.roadmap.cost import price_cost
from statusgen.roadmap.money import (
    Period,
    Range,
    format_money,
    format_number,
    format_range,
    per_month,
)
from statusgen.roadmap.price import Kind, Price
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.quantity import parse_quantity, singular
from tests.roadmap.prices import in_words

WRITTEN = [
    ("$0-50/month", "USD 0..50 a month"),
    ("$19/month", "USD 19 a month"),
    ("$15/host/month", "USD 15 per 1 host a month"),
    ("Free", "free"),
    ("Included with GitHub", "included GitHub"),
    ("Included in Hobby", "included Hobby"),
    ("Usage-based", "usage"),
    ("~$500", "about USD 500"),
    ("~$2000-3000", "about USD 2000..3000"),
    ("-$400-800/month", "minus USD 400..800 a month"),
    ("$7/month each = $14/month", "USD 7 each a month = 14"),
    (
        "$25/month each = $50/month (if needed for scale)",
        "USD 25 each a month = 50 (if needed for scale)",
    ),
    ("$0/month (free tier)", "USD 0 a month (free tier)"),
    ("Pay-per-query for additional usage", "usage query (for additional usage)"),
    ("$50/month (24GB RAM, 100GB storage)", "USD 50 a month <24 GB RAM> <100 GB storage>"),
    ("$10/month for 100K requests/day", "USD 10 a month <100000 request a day>"),
    ("$350-500/month for 10K-50K subscribers", "USD 350..500 a month <10000..50000 subscriber>"),
    ("free 3K/month", "free <3000 a month>"),
    ("$0 - runs on existing VMs", "USD 0 (runs on existing VMs)"),
    ("free but privacy concerns", "free (but privacy concerns)"),
    (
        "$0 (self-hosted on existing infrastructure)",
        "USD 0 (self-hosted on existing infrastructure)",
    ),
    ("$0 (free 3K/mo)", "USD 0 (free 3K/mo)"),
    ("$11,004/year", "USD 11004 a year"),
    ("$67/month avg", "USD 67 a month (avg)"),
    ("<$200/month", "< USD 200 a month"),
    (
        "~$0.023/GB/month + $0.005/1000 requests",
        "about USD 0.023 per 1 GB a month & USD 0.005 per 1000 request",
    ),
    ("~$0.015/GB/month, zero egress", "about USD 0.015 per 1 GB a month & free egress"),
    (
        "Free tier (25GB, 25GB bandwidth), then ~$89/month",
        "free <25 GB> <25 GB bandwidth> & then about USD 89 a month",
    ),
    (
        "Free tier (5K errors/month), then $26/month",
        "free <5000 error a month> & then USD 26 a month",
    ),
    ("Free (server resources)", "free (server resources)"),
    ("~₵0.05/SMS, WhatsApp pricing varies", "about GHS 0.05 per 1 SMS & varies WhatsApp"),
    (
        "~$0.0075/SMS (Ghana), WhatsApp pricing varies",
        "about USD 0.0075 per 1 SMS (Ghana) & varies WhatsApp",
    ),
    (
        "Free tier (100 emails/day), then $15/month (40K emails)",
        "free <100 email a day> & then USD 15 a month <40000 email>",
    ),
    (
        "~$0.023/GB/month (standard) or $0.004/GB/month (Glacier)",
        "about USD 0.023 per 1 GB a month (standard) | USD 0.004 per 1 GB a month (Glacier)",
    ),
    ("Free (50 monitors, 5-min checks)", "free <50 monitor> (5-min checks)"),
    ("$10/month (1 check, 1-min interval)", "USD 10 a month <1 check> (1-min interval)"),
    (
        "Free (self-hosted) or $0.000225/event (cloud)",
        "[self-hosted] free | USD 0.000225 per 1 event (cloud)",
    ),
    ("Free tier available, scales with usage", "free & usage"),
    (
        "Free (self-hosted), Atlas from $0/month (shared)",
        "[self-hosted] free | [Atlas] USD 0 up a month (shared)",
    ),
    ("Free tier available, pay-as-you-go", "free & usage"),
    ("Free tier (7,000 MAUs), then $35+/month", "free <7000 MAU> & then USD 35 up a month"),
    ("Free (self-hosted), managed from $10/mo", "[self-hosted] free | [managed] USD 10 up a month"),
    ("~$0.023/GB/month + transfer", "about USD 0.023 per 1 GB a month & varies transfer"),
    ("Included with Supabase plan", "included Supabase plan"),
    ("$0.10 per 1,000 emails", "USD 0.10 per 1000 email"),
    ("$15+/host/month", "USD 15 up per 1 host a month"),
    (
        "Self-hosted (infrastructure only) or managed services",
        "[self-hosted] self_hosted (infrastructure only) | unstated (managed services)",
    ),
    (
        "Free tier (100GB/month), then $99+/user/month",
        "free <100 GB a month> & then USD 99 up per 1 user a month",
    ),
    ("2.9% + $0.30 per transaction", "2.9 percent of transaction & USD 0.30 per 1 transaction"),
    (
        "Free tier (10K requests/month), then $1+/1K requests",
        "free <10000 request a month> & then USD 1 up per 1000 request",
    ),
    ("Self-hosted or Cloud ($95+/month)", "[self-hosted] self_hosted | [Cloud] USD 95 up a month"),
    ("Self-hosted free, Cloud $0.03/hour", "[self-hosted] free | [Cloud] USD 0.03 a hour"),
    ("$0*", "USD 0 *"),
    ("1.5%", "1.5 percent"),
    ("~$50–80/mo", "about USD 50..80 a month"),
    ("+$18/mo", "plus USD 18 a month"),
    ("$25+/mo", "USD 25 up a month"),
    ("Free tier, then ~$99+/month", "free & then about USD 99 up a month"),
    ("$0", "USD 0"),
    ("$1", "USD 1"),
    ("$5", "USD 5"),
    ("$7", "USD 7"),
    ("$10", "USD 10"),
    ("$14", "USD 14"),
    ("$20", "USD 20"),
    ("$25", "USD 25"),
    ("$30", "USD 30"),
    ("$49", "USD 49"),
    ("$50", "USD 50"),
    ("$58", "USD 58"),
    ("$70", "USD 70"),
    ("$80", "USD 80"),
    ("$100", "USD 100"),
    ("$350", "USD 350"),
    ("$917/month", "USD 917 a month"),
    ("$133/month", "USD 133 a month"),
    ("$1,596/year", "USD 1596 a year"),
    ("$1,200", "USD 1200"),
    ("$24/month", "USD 24 a month"),
    ("$79/month", "USD 79 a month"),
    ("$150/month", "USD 150 a month"),
    ("$120/month", "USD 120 a month"),
    ("$149/month", "USD 149 a month"),
    ("$99/month", "USD 99 a month"),
    ("$200/month", "USD 200 a month"),
    ("$100-200/month", "USD 100..200 a month"),
    ("$300-500/month", "USD 300..500 a month"),
    ("$800-1000/month", "USD 800..1000 a month"),
    ("$2000-3000/month", "USD 2000..3000 a month"),
    ("~$100-200", "about USD 100..200"),
    ("~$300-500", "about USD 300..500"),
    ("~$800-1000", "about USD 800..1000"),
    ("$150", "USD 150"),
    ("$1,100-3,050/month", "USD 1100..3050 a month"),
    ("$175-300/month", "USD 175..300 a month"),
    ("-$50-200/month", "minus USD 50..200 a month"),
    ("-$300-500/month", "minus USD 300..500 a month"),
    ("-$58/month", "minus USD 58 a month"),
    ("$100-300/month", "USD 100..300 a month"),
    ("$50-250/month", "USD 50..250 a month"),
    ("$14-50/month", "USD 14..50 a month"),
    ("$50-200/month", "USD 50..200 a month"),
    ("$25/month", "USD 25 a month"),
    ("$50-150/month", "USD 50..150 a month"),
    ("$50-100/month", "USD 50..100 a month"),
    ("$60-200/month", "USD 60..200 a month"),
    ("$10-20/month", "USD 10..20 a month"),
    ("$26-80/month", "USD 26..80 a month"),
    ("$0/month", "USD 0 a month"),
    ("$19-249/month", "USD 19..249 a month"),
    ("$58/month", "USD 58 a month"),
    ("$29-99/month", "USD 29..99 a month"),
    ("$50/month", "USD 50 a month"),
    ("$100/month (96GB RAM, 200GB storage)", "USD 100 a month <96 GB RAM> <200 GB storage>"),
    ("$20/month for 1M requests/day", "USD 20 a month <1000000 request a day>"),
    ("~$0.005/GB/month, zero egress", "about USD 0.005 per 1 GB a month & free egress"),
    (
        "Free tier (5K events/month), then $12/month",
        "free <5000 event a month> & then USD 12 a month",
    ),
    ("$9/month (10K pageviews)", "USD 9 a month <10000 pageview>"),
    ("Free tier (500MB/day), then $25/month", "free <500 MB a day> & then USD 25 a month"),
    ("Free tier (50MB/day), then $20/month", "free <50 MB a day> & then USD 20 a month"),
    ("~$1.50", "about USD 1.50"),
    ("~$5-10", "about USD 5..10"),
    ("~$6-12/month", "about USD 6..12 a month"),
    ("~$41/mo", "about USD 41 a month"),
    ("~$120/mo", "about USD 120 a month"),
    ("~$200–400/mo", "about USD 200..400 a month"),
    ("+$43/mo", "plus USD 43 a month"),
    ("$5-20/mo", "USD 5..20 a month"),
    ("$50+/mo", "USD 50 up a month"),
    ("$10+/mo", "USD 10 up a month"),
    ("$100+/mo", "USD 100 up a month"),
    ("Free tier (10,000 MAUs), then $25+/month", "free <10000 MAU> & then USD 25 up a month"),
    (
        "Free tier (100 emails/day), then $19.95+/month",
        "free <100 email a day> & then USD 19.95 up a month",
    ),
    (
        "Free tier (100 emails/day), then $20+/month",
        "free <100 email a day> & then USD 20 up a month",
    ),
    (
        "Free tier (5K errors/month), then $26+/month",
        "free <5000 error a month> & then USD 26 up a month",
    ),
    ("Free tier, then $8+/month", "free & then USD 8 up a month"),
    ("$7/month each", "USD 7 each a month"),
    ("$784", "USD 784"),
    ("$9,408", "USD 9408"),
    ("Pay-per-request", "usage request"),
]


@pytest.mark.parametrize(("written", "meaning"), WRITTEN)
def test_price_means_what_was_written_and_prints_back(written: str, meaning: str) -> None:
    price = parse_price(written)

    assert in_words(price) == meaning
    assert str(price) == written


def test_table_holds_every_distinct_string() -> None:
    written = [text for text, _ in WRITTEN]

    assert len(set(written)) == len(written) == 140


SPELLINGS = [
    ("$240 / year", "USD 240 a year"),
    ("$20 / mo", "USD 20 a month"),
    ("$10 monthly", "USD 10 a month"),
    ("£15 pm", "GBP 15 a month"),
    ("$99 p.a.", "USD 99 a year"),
    ("20 USD/month", "USD 20 a month"),
    ("20 €", "EUR 20"),
    ("5-10 €/month", "EUR 5..10 a month"),
    ("A$30/mo", "AUD 30 a month"),
    ("$10k - $15k", "USD 10000..15000"),
    ("$150 to $200 per month", "USD 150..200 a month"),
    ("about $40/month", "about USD 40 a month"),
    ("approx. $40", "about USD 40"),
    ("up to $50/mo", "USD 0..50 a month"),
    ("Starting at $20/month", "USD 20 up a month"),
    ("$41/month*", "USD 41 a month *"),
    ("$-50/month", "minus USD 50 a month"),
    ("(-$50/mo)", "minus USD 50 a month"),
    ("$.05/GB", "USD 0.05 per 1 GB"),
    ("30¢/GB", "USD 0.30 per 1 GB"),
    ("2 × $7/month", "USD 14 a month (2 × $7/month)"),
    ("5x $20", "USD 100 (5 × $20)"),
    ("$20/mo × 3 instances", "USD 60 a month (× 3 instances)"),
    ("$8/user/month × 5 users = $40/month", "USD 40 a month = 40 (× 5 users)"),
    ("$500 setup fee", "USD 500 (setup fee)"),
    ("$500 (one-time)", "USD 500 (one-time)"),
    ("$15/seat/month, billed annually", "USD 15 per 1 seat a month (billed annually)"),
    ("2.9% + $0.30", "2.9 percent of transaction & USD 0.30 per 1 transaction"),
    ("Free up to 5K events, then $26/mo", "free <5000 event> & then USD 26 a month"),
    ("Free for 5 users, then $4/user/month", "free <5 user> & then USD 4 per 1 user a month"),
]
"""Other ways to write the same: (as written, what it means)."""


@pytest.mark.parametrize(("written", "meaning"), SPELLINGS)
def test_other_spelling_means_the_same_and_prints_back(written: str, meaning: str) -> None:
    price = parse_price(written)

    assert in_words(price) == meaning
    assert str(price) == written


@pytest.mark.parametrize(
    ("written", "usage", "monthly"),
    [
        ("$240 / year", {}, "$20"),
        ("$500 setup fee", {}, "$0"),
        ("$0.02/MAU above 10K", {"MAU": "12K"}, "$40"),
        ("$0.02/MAU above 10K", {"MAU": "9K"}, "$0"),
        ("$25/mo + $0.02/MAU over 10K MAU", {"MAU": "11K"}, "$45"),
        ("$0.02/MAU after first 10K", {"MAU": "10K-20K"}, "$0-200"),
        ("$15/host/month × 10 hosts", {}, "$150"),
        ("2.9% + $0.30", {"transaction": "100"}, "$30 + ?"),
    ],
)
def test_cost_of_other_spellings(written: str, usage: dict[str, str], monthly: str) -> None:
    used = {unit: parse_quantity(amount) for unit, amount in usage.items()}

    cost = price_cost(parse_price(written), used)
    assert str(cost) == monthly
    assert cost.missing == (("the transaction that the percentage is taken of",) * ("%" in written))


@pytest.mark.parametrize("written", ["$99 → $49", "$20 × many", "up to 5"])
def test_ambiguous_spelling_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not understood"):
        parse_price(written)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("19/month", "not understood"),
        ("$1O/month x 5", "not understood"),
        ("$200-100/month", "runs backwards"),
        ("$19/month 20", "not understood"),
        ("$1,00", "not understood"),
        ("$1.2.3", "not understood"),
        ("$", "not understood"),
        ("Free 5%", "not understood"),
        ("-$25+/month", "saves without an end"),
        ("$5 per 0 emails", "per nothing"),
        ("$5 (unclosed", "not understood"),
        ("$5 = ?", "not understood"),
        ("x" * 301, "longer than 300"),
        ("$" + "9" * 40, "not understood"),
    ],
)
def test_price_that_is_not_understood_says_what_to_write(wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as raised:
        parse_price(wrong)

    assert "; " in str(raised.value)


def test_words_without_digits_are_kept_as_no_stated_price() -> None:
    price = parse_price("ask <script>alert()</script> sales")

    assert price.terms[0].kind is Kind.UNSTATED
    assert str(price) == "ask <script>alert()</script> sales"


def test_stated_amounts_keep_sign_and_open_end() -> None:
    assert parse_price("-$400-800/month").amount == Range(Decimal(-800), Decimal(-400))
    assert parse_price("+$18/mo").amount == Range.point(18)
    assert parse_price("$25+/mo").amount == Range(Decimal(25), None)
    assert parse_price("Free").amount == Range.point(0)
    assert parse_price("$15/host/month").amount is None
    assert parse_price("$5 + $6").amount is None


def test_units_have_one_spelling() -> None:
    assert [singular(unit) for unit in ("emails", "MAUs", "SMS", "queries", "GB", "class")] == [
        "email",
        "MAU",
        "SMS",
        "query",
        "GB",
        "class",
    ]
    assert parse_quantity("1K-2K requests").amount == Range(Decimal(1000), Decimal(2000))


def test_month_is_730_hours_and_a_twelfth_of_a_year() -> None:
    one = Range.point(1)

    assert per_month(one, Period.HOUR) == Range.point(730)
    assert per_month(one, Period.MONTH) == one
    assert per_month(Range(Decimal(12), None), Period.YEAR) == Range(Decimal(1), None)
    assert per_month(Range.point(11004), Period.YEAR) == Range.point(917)
    assert round(per_month(one, Period.DAY).low, 4) == Decimal("30.4167")
    assert round(per_month(one, Period.WEEK).low, 4) == Decimal("4.3452")
    assert parse_price("$1,200/year").monthly == Range.point(100)
    assert parse_price("$12").monthly == Range.point(12)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("11004", "$11,004"),
        ("1.5", "$1.50"),
        ("0.000225", "$0.000225"),
        ("0.023", "$0.023"),
        ("0.5", "$0.50"),
        ("0.12951", "$0.1295"),
        ("-57", "-$57"),
        ("129.5100", "$129.51"),
        ("0", "$0"),
        ("0.004", "$0.004"),
    ],
)
def test_amounts_print_for_people(value: str, text: str) -> None:
    assert format_money("USD", Decimal(value)) == text


def test_ranges_print_for_people() -> None:
    assert format_range("USD", Range(Decimal(175), Decimal(300))) == "$175-300"
    assert format_range("USD", Range(Decimal(25), None)) == "$25+"
    assert format_range("USD", Range(Decimal(-800), Decimal(-400))) == "-$800 to -$400"
    assert format_range("CHF", Range.point(5)) == "CHF 5"
    assert format_number(Decimal("94.666"), 2) == "94.67"


_amounts = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)


@given(
    low=_amounts,
    high=_amounts,
    sign=st.sampled_from(["", "+", "-"]),
    currency=st.sampled_from(["$", "₵", "€", "USD ", "CHF "]),
    approx=st.sampled_from(["", "~"]),
    every=st.sampled_from([None, *Period]),
    unit=st.sampled_from(["", "host", "GB", "SMS"]),
    commas=st.booleans(),
)
def test_any_amount_comes_back_exactly(
    low: Decimal,
    high: Decimal,
    sign: str,
    currency: str,
    approx: str,
    every: Period | None,
    unit: str,
    commas: bool,
) -> None:
    low, high = sorted((low, high))
    numbers = (f"{low:,f}", f"{high:,f}") if commas else (f"{low:f}", f"{high:f}")
    written = f"{approx}{sign}{currency}{numbers[0]}-{numbers[1]}"
    written += f"/{unit}" if unit else ""
    written += f"/{every}" if every else ""

    term = parse_price(written).terms[0]

    assert term.amount == Range(low, high)
    assert (term.every, term.approx) == (every, bool(approx))
    assert term.sign == {"": 0, "+": 1, "-": -1}[sign]
    assert [part.unit for part in term.per] == ([unit] if unit else [])


def _read(text: str) -> Price | None:
    """Return the price; or None where it was refused, in words that say what to write."""
    try:
        return parse_price(text)
    except ValueError as error:
        if "; " not in str(error):
            raise
        return None


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    price = _read(text)

    assert price is None or str(price) == text


@given(st.text(alphabet="$~+-/(),.0123456789KMfreorpn% ", max_size=60))
def test_texts_close_to_prices_are_read_or_refused_in_words(text: str) -> None:
    price = _read(text)

    if price is not None:
        digits = any(character.isdigit() for character in text)
        assert not digits or any(
            term.amount is not None or term.allowances or term.note for term in price.all_terms
        )


@pytest.mark.parametrize(
    ("written", "amount", "currency", "every"),
    [
        ("20,50 €", "20.50", "EUR", None),
        ("1.200 €", "1200", "EUR", None),
        ("1.132,20 €/Jahr", "1132.20", "EUR", "year"),
        ("€ 1.200,50", "1200.50", "EUR", None),
        ("1 007,57 € par mois", "1007.57", "EUR", "month"),
        ("7,19 € TTC/mois", "7.19", "EUR", "month"),
        ("49 € im Monat", "49", "EUR", "month"),
        ("R$ 3.532,80", "3532.80", "BRL", None),
        ("4,433円", "4433", "JPY", None),
        ("月額5,500円（税込）", "5500", "JPY", "month"),
        ("¥20,000/月", "20000", "JPY", "month"),
        ("월 5,000원", "5000", "KRW", "month"),
        ("5 000 руб. в месяц", "5000", "RUB", "month"),
        ("3 zł miesięcznie", "3", "PLN", "month"),
        ("1'200.50 CHF", "1200.50", "CHF", None),
        ("Fr. 29.– im Monat", "29", "CHF", "month"),
        ("Rs. 500/month", "500", "INR", "month"),
        ("$1.200 al mes", "1200", "USD", "month"),
        ("3 × 29,90 €/Monat", "89.70", "EUR", "month"),
        ("24€/Mo.", "24", "EUR", "month"),
        # The point and comma of English stay what they are.
        ("$1,200/month", "1200", "USD", "month"),
        ("$1.234/month", "1.234", "USD", "month"),
        ("€0.023", "0.023", "EUR", None),
    ],
)
def test_prices_of_other_countries_are_read(
    written: str, amount: str, currency: str, every: str | None
) -> None:
    price = parse_price(written)

    (term,) = price.terms
    assert term.amount == Range.point(Decimal(amount))
    assert (term.currency, term.every) == (currency, every and Period(every))
    assert str(price) == written


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("4.500 € einmalig", Kind.ONE_OFF),
        ("gratuit", Kind.FREE),
        ("gratis hasta 3.000 al mes", Kind.FREE),
        ("kostenlos (bis zu 10 Konten)", Kind.FREE),
        ("無料", Kind.FREE),
        ("0,99 € par billet", Kind.PER_UNIT),
        ("5 €/Nutzer/Monat", Kind.PER_UNIT),
        ("1,5 %", Kind.PERCENT),
    ],
)
def test_remarks_of_other_languages_are_read(written: str, kind: Kind) -> None:
    assert parse_price(written).terms[0].kind is kind

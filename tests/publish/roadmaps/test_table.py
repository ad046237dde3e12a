"""Exports: what a spreadsheet would run is text, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.audit import Measured
from statusgen.publish.roadmaps.exports import as_csv, as_json
from statusgen.publish.roadmaps.table import Cell, Column, Table, aligned
from statusgen.publish.roadmaps.values import Days, Measure, Money, Value
from statusgen.publish.roadmaps.words import dashed, with_code
from statusgen.words import Words


def one(text: str) -> Table:
    return Table(name="t", title="T", columns=(Column("A"),), rows=((Cell(text),),))


def first(text: str) -> str:
    rows = list(
        csv.reader(io.StringIO(as_csv(one(text), Words.of()).decode("utf-8-sig"), newline=""))
    )
    return rows[1][0] if rows[1] else ""


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1-555", "'+1-555"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1+1", "' =1+1"),
        ("-$400", "'-$400"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("1589", "1589"),
        ("$1,589", "$1,589"),
        ("plain", "plain"),
    ],
)
def test_no_text_is_a_formula(text: str, written: str) -> None:
    assert first(text) == written


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_every_text_comes_back_but_for_the_apostrophe(text: str) -> None:
    written = first(text)
    assert written in (text, f"'{text}")
    assert not written.startswith(("=", "@", "\t", "\r"))


@given(st.text(max_size=20))
def test_json_holds_every_text(text: str) -> None:
    rows = json.loads(as_json(one(text)).decode("utf-8"))["rows"]
    assert rows == [{"A": text.encode("utf-8", "replace").decode()}]


def test_a_dash_stands_in_ranges_and_a_minus_before_money() -> None:
    assert dashed("-$655 to -$201") == "−$655 to −$201"
    assert dashed("$175-300/month") == "$175–300/month"
    assert dashed("5-min checks, db-2") == "5-min checks, db-2"


def test_backticks_are_code_and_nothing_else_is_html() -> None:
    assert with_code("tables.monthly.total") == "tables.<wbr>monthly.<wbr>total"
    assert with_code("~$0.023/GB/month, api.example") == "~$0.023/GB/month, api.example"
    assert with_code("run `a <b>` & `c") == "run <code>a &lt;b&gt;</code> &amp; `c"


def cells(values: list[Value | None], texts: list[str]) -> Table:
    rows = tuple((Cell(text, value=value),) for text, value in zip(texts, values, strict=True))
    return Table(name="t", title="T", columns=(Column("Per month", True),), rows=rows)


def exported(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(table, Words.of()).decode("utf-8-sig"), newline="")))


COSTS = cells(
    [
        Money((("GHS", Decimal(50), Decimal(50)), ("USD", Decimal("30.416666666666"), None))),
        Money((), ("the price of X",)),
        Money((("USD", Decimal(-80), Decimal(-26)),), (), "-$26-80/month"),
        None,
    ],
    ["₵50 + $30.42+", "open", "−$26–80/month", "—"],
)


def test_csv_holds_amounts_and_no_shown_text() -> None:
    assert exported(COSTS) == [
        [
            "Per month, as written",
            "Per month from (GHS)",
            "Per month to (GHS)",
            "Per month from (USD)",
            "Per month to (USD)",
            "Per month, not counted",
        ],
        ["", "50", "50", "30.4166666667", "", ""],
        ["", "", "", "", "", "the price of X"],
        ["'-$26-80/month", "", "", "-80", "-26", ""],
        ["", "", "", "", "", ""],
    ]


def test_json_holds_amounts_and_no_shown_text() -> None:
    rows = [row["Per month"] for row in json.loads(as_json(COSTS))["rows"]]
    assert rows == [
        {
            "amounts": [
                {"currency": "GHS", "low": 50, "high": 50},
                {"currency": "USD", "low": 30.4166666667, "high": None},
            ]
        },
        {"amounts": [], "missing": ["the price of X"]},
        {"written": "-$26-80/month", "amounts": [{"currency": "USD", "low": -80, "high": -26}]},
        None,
    ]


def test_numbers_figures_and_days_are_values() -> None:
    numbers = cells([3, Decimal("2.50")], ["3 phases", "2.50"])
    assert exported(numbers) == [["Per month"], ["3"], ["2.5"]]
    assert [row["Per month"] for row in json.loads(as_json(numbers))["rows"]] == [3, 2.5]

    seconds = Measured(Decimal(2), None, "seconds")
    figures = cells([Measure("> 2 seconds", seconds), Measure("quick", None)], ["> 2 s", "quick"])
    assert exported(figures)[1:] == [["> 2 seconds", "2", "", "seconds"], ["quick", "", "", ""]]

    window = Days("March", date(2026, 3, 1), date(2026, 3, 31))
    dated = cells([window, Days("Week 1")], ["March", "Week 1"])
    assert exported(dated) == [
        ["Per month", "Per month, first day", "Per month, last day"],
        ["March", "2026-03-01", "2026-03-31"],
        ["Week 1", "", ""],
    ]
    assert [row["Per month"] for row in json.loads(as_json(dated))["rows"]] == [
        {"written": "March", "first": "2026-03-01", "last": "2026-03-31"},
        {"written": "Week 1"},
    ]


def test_a_column_in_which_nothing_stands_is_not_shown_but_kept_in_files() -> None:
    said = tuple(map(Cell, ("Gateway", "—", "—", "€20", "")))
    noted = (Cell("Copy"), Cell("—"), Cell("—", note="unknown"), Cell("—"), Cell(""))
    columns = tuple(map(Column, ("Item", "Price", "Unit", "Per month", "Change")))
    bare = Table(name="t", title="T", columns=columns, rows=(said,))
    other = Table(name="u", title="U", columns=columns, rows=(noted,), sums=(noted,))
    assert bare.shown == (0, 3)
    assert other.shown == (0, 2)
    assert [table.shown for table in aligned([bare, other])] == [(0, 2, 3), (0, 2, 3)]
    assert as_csv(bare, Words.of()).decode("utf-8-sig").startswith("Item,Price,Unit,Per month")

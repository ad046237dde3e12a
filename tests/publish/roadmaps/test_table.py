"""Exports: what a spreadsheet would run is text, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.publish.roadmaps.table import Cell, Column, Table, as_csv, as_json
from statusgen.publish.roadmaps.words import dashed, with_code


def one(text: str) -> Table:
    return Table(name="t", title="T", columns=(Column("A"),), rows=((Cell(text),),))


def first(text: str) -> str:
    rows = list(csv.reader(io.StringIO(as_csv(one(text)).decode("utf-8-sig"), newline="")))
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

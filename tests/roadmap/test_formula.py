"""Formulas over ranges, and their numbers shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.roadmap.formula import Formula, parse_formula, show
from statusgen.roadmap.money import Range

VALUES = {
    "before.total": Range.point(917),
    "after.total": Range.point(133),
    "goal": Range(Decimal(175), Decimal(300)),
    "today": Range(Decimal(1100), Decimal(3050)),
    "open": Range(Decimal(25), None),
}


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("before.total - after.total", "784", "917 − 133"),
        ("1 - after.total / before.total", "0.85", "1 − 133 / 917"),
        ("(before.total - after.total) * 12", "9,408", "(917 − 133) × 12"),
        ("ceil(before.total / 67)", "14", "⌈917 / 67⌉"),
        ("10 - 2 - 3", "5", "10 − 2 − 3"),
        ("10 - (2 - 3)", "11", "10 − (2 − 3)"),
        ("8 / (4 / 2)", "4", "8 / (4 / 2)"),
        ("ceil(goal / 67)", "3…5", "⌈175…300 / 67⌉"),
        ("open + 1", "26…", "25… + 1"),
        ("1 - goal / today", "0.73…0.94", "1 − 175…300 / 1,100…3,050"),
    ],
)
def test_value_and_numbers(text: str, value: str, shown: str) -> None:
    formula = parse_formula(text)
    result = formula.value(VALUES)
    rounded = Range(round(result.low, 2), None if result.high is None else round(result.high, 2))

    assert show(rounded) == value
    assert formula.shown(VALUES) == shown
    assert parse_formula(formula.written()) == formula


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ends too early"),
        ("1 +", "ends too early"),
        ("1 + )", "where a number or a name"),
        ("(1", "closing parenthesis"),
        ("1 2", "where it should end"),
        ("a ** b", "where a number or a name"),
        ("__import__('os')", "breaks off"),
        ("a.b; c", "breaks off"),
        ("(" * 50 + "1" + ")" * 50, "nested deeper"),
        ("9" * 40, "breaks off"),
    ],
)
def test_what_is_no_formula(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_formula(text)


def test_a_divisor_that_may_be_zero_has_no_value() -> None:
    with pytest.raises(ValueError, match="may be zero"):
        parse_formula("1 / (goal - 200)").value(VALUES)


_leaf = st.integers(1, 99).map(lambda n: Formula("number", str(n)))
_formulas = st.recursive(
    _leaf,
    lambda inner: st.tuples(st.sampled_from("+*/"), inner, inner).map(
        lambda parts: Formula(parts[0], parts=(parts[1], parts[2]))
    ),
    max_leaves=8,
)


def _exact(formula: Formula) -> Fraction:
    if formula.kind == "number":
        return Fraction(formula.text)
    left, right = map(_exact, formula.parts)
    return {"+": left + right, "*": left * right, "/": left / right}[formula.kind]


@given(_formulas)
def test_arithmetic_is_that_of_fractions(formula: Formula) -> None:
    value = formula.value({})

    assert parse_formula(formula.written()).value({}) == value
    assert abs(Fraction(value.low) - _exact(formula)) <= _exact(formula) / 10**30


@given(st.text(alphabet="ab1. +-*/()ceil", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        formula = parse_formula(text)
    except ValueError:
        return
    assert parse_formula(formula.written()) == formula

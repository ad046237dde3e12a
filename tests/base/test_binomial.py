"""Exact binomial bounds, against the definition computed with sixty digits."""

from __future__ import annotations

import math
import random
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest

from statusgen.base.binomial import checks_needed, least_availability, seen_with


@pytest.mark.parametrize(
    ("checks", "percent"),
    [
        (288, "98.965206"), (720, "99.584790"), (2_592, "99.884491"), (8_640, "99.965333"),
        (29_956, "99.990000"), (43_200, "99.993066"),
    ],
)  # fmt: skip
def test_the_published_bounds_without_a_failure(checks: int, percent: str) -> None:
    assert f"{100 * least_availability(checks, 0):.6f}" == percent


def oracle(checks: int, failed: int) -> Decimal:
    """The same by definition: the sum of the binomial terms, and halving, with sixty digits."""
    with localcontext() as context:
        context.prec = 60
        low, high = Decimal(failed) / checks, Decimal(1)
        terms = [math.comb(checks, index) for index in range(failed + 1)]
        for _ in range(60):
            share = (low + high) / 2
            ratio, term, chance = share / (1 - share), (1 - share) ** checks, Decimal(0)
            for count in terms:
                chance += count * term
                term *= ratio
            low, high = (share, high) if chance > Decimal("0.05") else (low, share)
        return 1 - high


@pytest.mark.parametrize(
    ("checks", "failed"),
    [(1, 0), (2, 1), (20, 3), (288, 1), (288, 144), (720, 700), (2_592, 7), (8_640, 1),
     (8_640, 9), (8_640, 120), (43_200, 65)],
)  # fmt: skip
def test_bounds_equal_the_definition(checks: int, failed: int) -> None:
    assert abs(Decimal(least_availability(checks, failed)) - oracle(checks, failed)) < Decimal(
        "1e-12"
    )


def test_the_ends() -> None:
    assert least_availability(0, 0) == 0
    assert least_availability(5, 5) == 0
    with pytest.raises(ValueError, match="cannot have failed"):
        least_availability(3, 4)


@pytest.mark.parametrize(
    ("target", "needed"),
    [("0.9999", 29_956), ("0.999", 2_995), ("0.99", 299), ("0.5", 5), ("0", 1), ("1", None)],
)
def test_how_many_checks_a_target_wants(target: str, needed: int | None) -> None:
    assert checks_needed(Fraction(target)) == needed
    if needed is not None and needed > 1:
        assert least_availability(needed, 0) >= float(Fraction(target))
        assert least_availability(needed - 1, 0) < float(Fraction(target))
        assert 30 * 86_400 // checks_needed(Fraction("0.9999")) == 86  # type: ignore[operator]


def test_sampled_outages_are_seen_as_often_as_is_said() -> None:
    """Ten thousand outages that begin at random moments between checks five minutes apart."""
    assert seen_with(120, 300) == Fraction(2, 5)
    assert seen_with(400, 300) == 1
    chance = random.Random(20261126)
    for length in (30, 120, 290):
        seen = 0
        for _ in range(10_000):
            begun = chance.uniform(0, 300)
            seen += begun + length >= 300  # the next check lies within
        assert abs(seen / 10_000 - length / 300) < 4 * math.sqrt(0.25 / 10_000)

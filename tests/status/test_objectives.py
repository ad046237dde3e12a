"""Error budgets and burn rates: vectors B1 and B2 of the reference."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from statusgen.status.objectives import Budget, budget, burn_rate, target_of
from statusgen.status.snapshot import Uptime

DAY = 86_400


def lost(seconds: Fraction | int, observed: int) -> Uptime:
    return Uptime(observed - Fraction(seconds), observed, observed)


@pytest.mark.parametrize(
    ("target", "hours", "bad", "expected"),
    [
        pytest.param("0.999", 1, "0.0144", "14.4", id="B1 one hour"),
        pytest.param("0.999", 6, "0.006", "6", id="B1 six hours"),
        pytest.param("0.99", 1, "0.144", "14.4", id="B1 99 %"),
        ("0.999", 1, "0", "0"),
        ("0.9995", 24, "0.0005", "1"),
    ],
)
def test_burn_rate(target: str, hours: int, bad: str, expected: str) -> None:
    observed = hours * 3600

    assert Fraction(expected) == burn_rate(
        lost(Fraction(bad) * observed, observed), target_of(target)
    )


def test_budget_used_up_leaves_nothing_and_no_negative_zero() -> None:
    """B2."""
    month = 30 * DAY
    result = budget(lost(2592, month), target_of("0.999"), month)

    assert Budget(Fraction(2592), Fraction(2592)) == result
    assert str(result.left) == "0"
    assert str(result.left_share) == "0"
    assert not result.exhausted


def test_one_second_more_misses_the_objective() -> None:
    month = 30 * DAY
    result = budget(lost(2593, month), target_of("0.999"), month)

    assert result.exhausted
    assert result.left == -1
    assert result.left_share == 0


def test_a_target_of_a_hundred_percent_has_no_budget() -> None:
    """B2."""
    whole = target_of("1")
    result = budget(lost(1, DAY), whole, DAY)

    assert result.total == 0
    assert result.left_share is None
    assert result.exhausted
    assert math.inf == burn_rate(lost(1, DAY), whole)
    assert burn_rate(lost(0, DAY), whole) == 0
    assert not budget(lost(0, DAY), whole, DAY).exhausted


def test_nothing_observed_burns_nothing_known() -> None:
    silence = Uptime(Fraction(0), 0, DAY)

    assert burn_rate(silence, target_of("0.999")) is None
    assert Budget(Fraction(864, 10), Fraction(0)) == budget(silence, target_of("0.999"), DAY)


def test_young_history_has_the_whole_budget() -> None:
    assert budget(lost(10, DAY), target_of("0.999"), 30 * DAY).total == 2592


@pytest.mark.parametrize("text", ["0", "1.0001", "-0.5", "99.9", "often"])
def test_a_target_outside_its_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        target_of(text)

"""What is owed under an agreement, at the very edges of its steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from statusgen.base.states import State
from statusgen.config.settings import Agreement, Credit
from statusgen.history.segments import Segment
from statusgen.status.agreements import settle
from statusgen.status.methods import Lived
from statusgen.status.periods import Length, Period
from statusgen.status.standing import Verdict

LONG = 1000
PERIOD = Period(Length.MONTH, date(1970, 1, 1), date(1970, 1, 1), 0, LONG)
AGREEMENT = Agreement(
    id="a",
    name="A",
    components=("api",),
    target=Fraction(99, 100),
    period="month",
    method="ours",
    credits=(
        Credit(below=Fraction(99, 100), at_least=Fraction(95, 100), share=Fraction(1, 10)),
        Credit(below=Fraction(95, 100), at_least=Fraction(0), share=Fraction(1, 4)),
    ),
    claim_within=30,
    fee=(Decimal("19.90"), "EUR"),
)


def past(down: int, seen: int = LONG) -> Lived:
    segments = [Segment(0, seen - down, State.UP), Segment(seen - down, seen, State.DOWN)]
    return Lived([each for each in segments if each.start < each.end], 0, LONG)


@pytest.mark.parametrize(
    ("down", "verdict", "amount"),
    [
        (0, Verdict.MET, None),
        (10, Verdict.MET, None),  # 99 % exactly is what was promised
        (11, Verdict.MISSED, Decimal("1.99")),
        (50, Verdict.MISSED, Decimal("1.99")),  # 95 % exactly still lies in the first step
        (51, Verdict.MISSED, Decimal("4.975")),
        (1000, Verdict.MISSED, Decimal("4.975")),
    ],
)
def test_each_step_holds_its_lower_end(down: int, verdict: Verdict, amount: Decimal | None) -> None:
    settled = settle(AGREEMENT, PERIOD, {"api": past(down)})

    assert settled.verdict is verdict
    assert settled.amount == (None if amount is None else (amount, "EUR"))
    assert settled.claim_by == (None if amount is None else date(1970, 1, 31))


@pytest.mark.parametrize(("seen", "verdict"), [(499, Verdict.UNKNOWN), (500, Verdict.MISSED)])
def test_nothing_is_owed_where_less_than_half_was_observed(seen: int, verdict: Verdict) -> None:
    settled = settle(AGREEMENT, PERIOD, {"api": past(100, seen)})

    assert settled.verdict is verdict
    assert (settled.amount is None) is (verdict is Verdict.UNKNOWN)


def test_the_worst_component_counts() -> None:
    settled = settle(AGREEMENT, PERIOD, {"web": past(0), "api": past(20)})

    assert (settled.component, settled.ratio) == ("api", Fraction(98, 100))

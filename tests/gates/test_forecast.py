"""Availability to be expected of a system, held against an oracle that knows only its states."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statusgen.base.clock import HOUR
from statusgen.base.states import State
from statusgen.gates.expected import Minute, expected_gates
from statusgen.gates.forecast import Between, Seen, forecast, seen
from statusgen.history.segments import Segment
from statusgen.publish.promises import upper
from statusgen.roadmap.model import Architecture, Roadmap
from statusgen.status.facts import Measured
from statusgen.status.tally import Past
from statusgen.status.uptime import Observed
from statusgen.words import Words

_COMPONENTS = ("a", "b", "c", "d")


def architecture(nodes: list[tuple[str, str, bool]]) -> Architecture:
    """Each node: its component or stated share or nothing, what it is parallel to, optional."""
    written = {}
    for number, (of, parallel, optional) in enumerate(nodes):
        node: dict[str, object] = {"label": f"N{number}", "parallel": parallel}
        if of.endswith("%"):
            node["availability"] = of
        elif of:
            node["component"] = of
        written[f"n{number}"] = node | ({"optional": True} if optional else {})
    return Architecture.model_validate({"id": "x", "name": "X", "nodes": written})


def up_by_states(nodes: list[tuple[str, str, bool]], chance: dict[str, Fraction]) -> Fraction:
    """Add up the chances of all states of all parts in which the system works."""
    parts = sorted({of or f"?{number}" for number, (of, _, _) in enumerate(nodes)})
    own = {part: chance[part] if part in chance else Fraction(part[:-1]) / 100 for part in parts}
    total = Fraction(0)
    for states in product((True, False), repeat=len(parts)):
        state = dict(zip(parts, states, strict=True))
        sets: dict[str, list[bool]] = {}
        for number, (of, parallel, optional) in enumerate(nodes):
            if not optional:
                key = f"p{parallel}" if parallel else f"n{number}"
                sets.setdefault(key, []).append(state[of or f"?{number}"])
        if all(any(one) for one in sets.values()):
            weight = Fraction(1)
            for part, is_up in state.items():
                weight *= own[part] if is_up else 1 - own[part]
            total += weight
    return total


nodes = st.lists(
    st.tuples(
        st.sampled_from([*_COMPONENTS, *_COMPONENTS, "99.5%"]),
        st.sampled_from(["", "", "x", "y"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(nodes=nodes, losses=st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_the_figure_is_the_sum_over_all_states(
    nodes: list[tuple[str, str, bool]], losses: list[int]
) -> None:
    # Two nodes whose vendors state the same are two parts: number them apart.
    nodes = [
        (f"{99 + number / 10}%" if of.endswith("%") else of, parallel, optional)
        for number, (of, parallel, optional) in enumerate(nodes)
    ]
    shares = {one: 1 - Fraction(lost, 100) for one, lost in zip(_COMPONENTS, losses, strict=True)}
    found = {
        one: Seen(hours=100, bad_hours=lost, lost_hours=lost, share=shares[one])
        for (one, lost) in zip(_COMPONENTS, losses, strict=True)
    }

    made = forecast(architecture(nodes), found)

    if all(optional for _, _, optional in nodes):
        assert made.whole.figure is None
        return
    assert made.whole.figure == up_by_states(nodes, shares)
    assert made.whole.low <= made.whole.figure <= made.whole.high


def tail(hours: int, failed: int, share: float) -> float:
    """The chance that at most so many of the hours fail."""
    return sum(
        math.comb(hours, k) * share**k * (1 - share) ** (hours - k) for k in range(failed + 1)
    )


def exact(hours: int, failed: int, doubt: float) -> tuple[float, float]:
    """Clopper and Pearson's interval of availability, found by halving."""

    def solve(rises: bool, limit: float, k: int) -> float:
        low, high = 0.0, 1.0
        for _ in range(200):
            middle = (low + high) / 2
            value = 1 - tail(hours, k, middle) if rises else tail(hours, k, middle)
            low, high = (middle, high) if (value < limit) is rises else (low, middle)
        return (low + high) / 2

    most = 1.0 if failed == hours else solve(False, doubt / 2, failed)
    least = 0.0 if failed == 0 else solve(True, doubt / 2, failed - 1)
    return 1 - most, 1 - least


@pytest.mark.parametrize(("bad", "lost"), [(0, 0), (3, 1), (12, 12), (200, 199), (200, 200)])
def test_the_interval_of_one_part_is_the_exact_one(bad: int, lost: int) -> None:
    seen = Seen(hours=200, bad_hours=bad, lost_hours=lost, share=1 - Fraction(lost, 200))
    between = seen.within(0.05)
    assert float(between.low) == pytest.approx(exact(200, bad, 0.05)[0], abs=1e-9)
    assert float(between.high) == pytest.approx(exact(200, lost, 0.05)[1], abs=1e-9)


def test_the_interval_of_several_is_made_of_wider_ones() -> None:
    plan = [("a", "", False), ("b", "", False), ("c", "x", False), ("d", "x", False)]
    found = {
        one: Seen(hours=300, bad_hours=bad, lost_hours=bad - 1, share=1 - Fraction(bad, 310))
        for one, bad in zip(_COMPONENTS, (1, 4, 9, 30), strict=True)
    }
    made = forecast(architecture(plan), found)
    ends = {one: exact(300, bad, 0.05 / 4) for one, bad in zip("abcd", (1, 4, 9, 30), strict=True)}
    tops = {one: exact(300, bad, 0.05 / 4) for one, bad in zip("abcd", (0, 3, 8, 29), strict=True)}
    low = {one: Fraction(each[0]) for one, each in ends.items()}
    high = {one: Fraction(each[1]) for one, each in tops.items()}
    assert float(made.whole.low) == pytest.approx(float(up_by_states(plan, low)), abs=1e-9)
    assert float(made.whole.high) == pytest.approx(float(up_by_states(plan, high)), abs=1e-9)


def test_what_nobody_measures_leaves_only_the_most_that_can_be() -> None:
    found = {"a": Seen(hours=2000, bad_hours=40, lost_hours=40, share=Fraction(98, 100))}
    made = forecast(architecture([("a", "", False), ("", "", False), ("b", "x", True)]), found)
    assert (made.whole.figure, made.unknown) == (None, ("n1",))
    assert made.whole.low == 0
    assert float(made.whole.high) == pytest.approx(exact(2000, 40, 0.05)[1], abs=1e-9)


def test_nodes_of_one_component_are_one_part() -> None:
    found = {"a": Seen(hours=100, bad_hours=10, lost_hours=10, share=Fraction(9, 10))}
    twice = architecture([("a", "", False), ("a", "", False)])
    for_each_other = architecture([("a", "x", False), ("a", "x", False)])
    assert forecast(twice, found).whole.figure == Fraction(9, 10)
    assert forecast(for_each_other, found).whole.figure == Fraction(9, 10)


def test_the_price_of_a_minute() -> None:
    saved = Between(Fraction(2), Fraction(10), Fraction(30))
    one = Minute(before="a", after="b", cost=(Fraction(50), Fraction(80)), saved=saved)
    assert one.price == (Fraction(5), Fraction(8))
    assert one.sure
    none = Between(Fraction(-2), Fraction(0), Fraction(30))
    assert Minute(before="a", after="b", cost=(Fraction(5),) * 2, saved=none).price is None
    unsure = Between(Fraction(-2), Fraction(1), Fraction(30))
    assert not Minute(before="a", after="b", cost=(Fraction(5),) * 2, saved=unsure).sure


def test_an_upper_end_below_a_promise_is_not_told_as_that_promise() -> None:
    words = Words.of()
    told = {
        share: upper(words, Fraction(share)).replace("\u00a0", " ")
        for share in ("0.99986", "0.9998", "0.999801", "1", "0.95")
    }
    assert told == {
        "0.99986": "99.986 %", "0.9998": "99.98 %", "0.999801": "99.981 %", "1": "100.00 %",
        "0.95": "95.00 %",
    }  # fmt: skip
    assert upper(Words.of("de"), Fraction("0.99986")).replace("\u00a0", " ") == "99,986 %"


@pytest.mark.parametrize(
    ("target", "unknown", "said"),
    [
        (">= 90%", False, ("met", "")),
        (">= 99.999%", False, ("missed", "")),
        (">= 98%", False, ("unknown", "interval")),
        (">= 90%", True, ("unknown", "parts")),
        (">= 99.999%", True, ("missed", "")),
    ],
)
def test_a_promise_is_judged_by_the_whole_interval(
    target: str, unknown: bool, said: tuple[str, str]
) -> None:
    nodes = [("a", "", False), *([("", "", False)] if unknown else [])]
    model = architecture(nodes)
    plan = Roadmap.model_validate(
        {
            "id": "p", "name": "P", "architectures": [model.model_dump(by_alias=True)],
            "success": [
                {"id": "u", "text": "U", "metric": "uptime", "target": target, "architecture": "x"}
            ],
        }
    )  # fmt: skip
    seen = Seen(hours=2000, bad_hours=40, lost_hours=38, share=Fraction(98, 100))
    (gate,) = expected_gates(plan, {"x": forecast(model, {"a": seen})})
    assert (str(gate.verdict), str(gate.why)) == said


@pytest.mark.parametrize(("hours", "tells"), [(23, False), (24, True), (90, True)])
def test_less_than_a_day_of_checks_tells_nothing(hours: int, tells: bool) -> None:
    segments = [Segment(0, hours * HOUR, State.UP)]
    past = Past(Measured(hours * HOUR, Observed.of(segments, []), 0), 300)

    assert (seen(past, hours * HOUR) is not None) is tells

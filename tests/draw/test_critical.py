from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.draw.critical import mark_critical
from statusgen.draw.model import Edge


def test_the_longest_chain_is_critical_and_the_rest_has_slack() -> None:
    edges = [Edge("a", "b"), Edge("b", "d"), Edge("a", "c"), Edge("c", "d"), Edge("a", "d")]
    marked, slack = mark_critical(edges, {"a": 1, "b": 5, "c": 2, "d": 1})

    assert [(e.source, e.target) for e in marked if e.critical] == [("a", "b"), ("b", "d")]
    assert slack == {"a": 0, "b": 0, "c": 3, "d": 0}


def test_a_ring_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"wait for each other: . → ."):
        mark_critical([Edge("a", "b"), Edge("b", "a")], {})


@given(
    st.lists(st.integers(1, 9), min_size=5, max_size=5),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda e: e[0] < e[1])),
)
def test_every_part_without_slack_lies_on_a_longest_chain(
    weights: list[int], pairs: set[tuple[int, int]]
) -> None:
    edges = [Edge(str(one), str(two)) for one, two in sorted(pairs)]
    _, slack = mark_critical(edges, {str(at): weight for at, weight in enumerate(weights)})
    chains = [
        chain
        for length in range(1, 6)
        for chain in permutations(range(5), length)
        if all(step in pairs for step in pairwise(chain))
    ]
    longest = max(sum(weights[at] for at in chain) for chain in chains)

    for part in range(5):
        through = max(sum(weights[at] for at in chain) for chain in chains if part in chain)
        assert slack[str(part)] == longest - through

"""The critical path: the chain of work that decides when all of it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from statusgen.draw.model import Edge


def mark_critical(
    edges: Iterable[Edge], weights: Mapping[str, float]
) -> tuple[tuple[Edge, ...], dict[str, float]]:
    """Mark the edges on the critical path, and return each part's slack beside them.

    ``weights`` is what each part takes (days, money: any one unit; absent is 0). Slack is how much
    longer a part could take without delaying the end; an edge is critical where both its ends have
    none and the one follows the other without a pause (critical path method, Kelley and Walker
    1959). Raises ValueError for a ring of edges, naming it.
    """
    given = tuple(edges)
    before: dict[str, set[str]] = {name: set() for name in weights}
    for edge in given:
        before.setdefault(edge.target, set()).add(edge.source)
        before.setdefault(edge.source, set())
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError as error:
        raise ValueError(f"these wait for each other: {' → '.join(error.args[1])}") from None
    earliest: dict[str, float] = {}
    for name in order:
        earliest[name] = max((earliest[b] + weights.get(b, 0) for b in before[name]), default=0.0)
    end = max((earliest[name] + weights.get(name, 0) for name in order), default=0.0)
    latest = {name: end - weights.get(name, 0) for name in order}
    for name in reversed(order):
        for other in before[name]:
            latest[other] = min(latest[other], latest[name] - weights.get(other, 0))
    slack = {name: latest[name] - earliest[name] for name in order}
    close = 1e-9 * max(end, 1.0)

    def critical(edge: Edge) -> bool:
        ends = earliest[edge.source] + weights.get(edge.source, 0)
        pause = earliest[edge.target] - ends
        return max(slack[edge.source], slack[edge.target], abs(pause)) <= close

    return tuple(replace(edge, critical=critical(edge)) for edge in given), slack

"""Which parts of an architecture stand in which row, and in what order."""

from __future__ import annotations

from collections import defaultdict


def by_depth(children: list[str], edges: list[tuple[str, str]]) -> list[list[str]]:
    """Return layers by longest path; edges that close a ring are ignored."""
    after: dict[str, list[str]] = {child: [] for child in children}
    for one, two in edges:
        if one in after and two in after and two not in after[one]:
            after[one].append(two)
    order: list[str] = []
    state: dict[str, int] = {}
    forward: set[tuple[str, str]] = set()

    def visit(child: str) -> None:
        state[child] = 1
        for two in after[child]:
            if state.get(two) != 1:
                forward.add((child, two))
            if two not in state:
                visit(two)
        state[child] = 2
        order.append(child)

    for child in children:
        if child not in state:
            visit(child)
    depth = dict.fromkeys(children, 0)
    for child in reversed(order):
        for two in after[child]:
            if (child, two) in forward:
                depth[two] = max(depth[two], depth[child] + 1)
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for child in children:
        layers[depth[child]].append(child)
    return layers


def ordered(layers: list[list[str]], edges: list[tuple[str, str]]) -> list[list[str]]:
    """Order each layer by the mean place of its neighbours, to spare crossings (barycentre)."""
    near: dict[str, list[str]] = defaultdict(list)
    for one, two in edges:
        near[one].append(two)
        near[two].append(one)
    for sweep in range(4):
        span = range(1, len(layers)) if sweep % 2 == 0 else range(len(layers) - 2, -1, -1)
        for number in span:
            beside = layers[number - 1 if sweep % 2 == 0 else number + 1]
            place = {child: at / max(len(beside) - 1, 1) for at, child in enumerate(beside)}

            def mean(child: str, place: dict[str, float] = place, row: int = number) -> float:
                known = [place[one] for one in near[child] if one in place]
                own = layers[row].index(child) / max(len(layers[row]) - 1, 1)
                return sum(known) / len(known) if known else own

            layers[number] = sorted(
                layers[number], key={c: mean(c) for c in layers[number]}.__getitem__
            )
    return layers

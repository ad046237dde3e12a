"""Crowded architectures, the same at each run: parts in nested groups, lines near and far."""

from __future__ import annotations

import random

from statusgen.draw.model import ArchGroup, Architecture, ArchNode, Edge

_NAMES = (
    *("Gateway", "Orders", "Billing", "Search", "Cache", "Queue", "Worker", "Mailer"),
    *("Ledger", "Audit log", "Identity", "Sessions", "Reports", "Exports", "Webhooks", "Catalogue"),
)
_LINES = ("Postgres 16", "Go service", "Kubernetes", "managed")


def dense(nodes: int, edges: int, groups: int, seed: int = 1, labels: float = 0) -> Architecture:
    """Return an architecture; ``labels``: the share of its edges that carry a word.

    Two of five edges lead anywhere, the others to a part near by.
    """
    chance = random.Random(seed)
    frames = tuple(
        ArchGroup(
            id=f"g{number}",
            name=f"Zone {number + 1}",
            group=f"g{chance.randrange(number)}" if number > 2 and chance.random() < 0.4 else "",
        )
        for number in range(groups)
    )
    parts = tuple(
        ArchNode(
            id=f"n{number}",
            name=f"{_NAMES[number % len(_NAMES)]} {number}",
            lines=(chance.choice(_LINES),) if chance.random() < 0.6 else (),
            group=f"g{chance.randrange(groups)}" if groups and chance.random() < 0.93 else "",
        )
        for number in range(nodes)
    )
    ends: list[tuple[int, int]] = []
    while len(ends) < edges:
        start = chance.randrange(nodes)
        near = min(nodes - 1, max(0, start + chance.randint(-8, 8)))
        end = chance.randrange(nodes) if chance.random() < 0.4 else near
        if start != end and (start, end) not in ends:
            ends.append((start, end))
    words = ("HTTPS", "query", "events", "gRPC")
    lines = tuple(
        Edge(f"n{start}", f"n{end}", chance.choice(words) if chance.random() < labels else "")
        for start, end in ends
    )
    return Architecture(title="Crowded", nodes=parts, groups=frames, edges=lines)

"""Drawing crowded architectures: how long, and how many times as long as their parts unjoined.

Run by ``python -m tests.bench.bench_draw``. Both variants and the table are drawn,
each time afresh. Exits with 1 where a budget is missed.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from statusgen.draw import architecture
from statusgen.draw.architecture import draw_architecture
from statusgen.draw.model import Architecture
from statusgen.draw.scene import BROAD
from tests.draw import seeds
from tests.draw.dense import dense

SIZES = ((20, 24, 4, 1.5), (40, 50, 5, 1.5), (80, 100, 8, 1.5), (200, 300, 12, 6.0))
"""Parts, edges, groups, and the budget in seconds of CPU."""


def seconds(model: Architecture) -> float:
    """Draw a model; return the seconds of CPU."""
    architecture._arranged.cache_clear()
    begun = time.process_time()
    draw_architecture(model, "x", BROAD)
    return time.process_time() - begun


def main() -> int:
    """Print the figures."""
    seconds(dense(10, 12, 2))
    late = 0
    for nodes, edges, groups, budget in SIZES:
        model = dense(nodes, edges, groups)
        bare = min(seconds(replace(model, edges=())) for _ in range(2))
        took = seconds(model)
        late += took > budget
        print(
            f"{nodes} parts, {edges} edges: {took:.2f} s of CPU (budget {budget} s), "
            f"{took / bare:.1f} × the same parts unjoined ({bare:.3f} s)"
        )
    small = sum(seconds(model) for model in seeds.ARCHITECTURES)
    print(f"the {len(seeds.ARCHITECTURES)} architectures of the documents: {small:.2f} s of CPU")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())

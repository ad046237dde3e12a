"""Damaged documents: no traceback, no word lost, and how long the slowest took.

Run by ``python -m tests.bench.bench_kept [COUNT]``; 10,000 documents unless told otherwise.
"""

from __future__ import annotations

import random
import sys
import time

from statusgen.run.documents import read_text
from tests.corpus.damage import damaged, lost_words


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    slowest, lost = 0.0, 0
    for text in damaged(random.Random(count), count):
        begun = time.process_time()
        lost += bool(lost_words(text))
        read_text(text, "plan.md").audit()
        slowest = max(slowest, time.process_time() - begun)
    print(f"{count} damaged documents imported and audited; words lost in {lost}")
    print(f"slowest: {slowest * 1000:.0f} ms of CPU")


if __name__ == "__main__":
    main()

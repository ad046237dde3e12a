"""How long one long block of a document takes, against a quarter of its lines.

Run ``python -m tests.bench.bench_long`` from the repository's root. What takes four times as long
grows with the document; what takes sixteen times holds each line against all others.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from statusgen.importer import import_markdown
from statusgen.run.documents import audit_markdown

FEW, MANY = 250, 1_000
MOST_TIMES = 9.0
"""Above this a block is reported as one that grows with the square of its lines."""

PRICED = "| Part | Cost |\n|---|--:|\n"
BLOCKS: Mapping[str, Callable[[int], str]] = {
    "table": lambda n: PRICED + _lines(n, "| part {0} | ${0} |") + "| Total | $3 |\n",
    "table with a discount": lambda n: (
        PRICED + _lines(n, "| part {0} | ${0} |") + "| Discount | -$3 |\n| Total | $3 |\n"
    ),
    "table of bold lines": lambda n: PRICED + _lines(n, "| **part {0}** | ${0} |"),
    "table of products": lambda n: (
        "| Part | Count | Each | Cost |\n|---|--:|--:|--:|\n"
        + _lines(n, "| part {0} | {0} | $2 | ${1} |")
    ),
    "months and years": lambda n: (
        "| Part | Monthly | Annual |\n|---|--:|--:|\n" + _lines(n, "| part {0} | ${0} | ${2} |")
    ),
    "priced list": lambda n: _lines(n, "- part {0}: ${0} a month") + "- Total: $3\n",
    "boxes": lambda n: _lines(n, "- [ ] do part {0}"),
    "sentences": lambda n: _lines(n // 2, "We pay ${0} + $2 = $9 for part {0} a month.\n"),
    "leaders in a fence": lambda n: "```\n" + _lines(n, "part{0} ..... $ {0}") + "```\n",
    "stages": lambda n: _lines(n // 3, "## Phase {0}: Part {0}\n\nCost: ${0}/month\n\n- do {0}\n"),
}


def _lines(count: int, form: str) -> str:
    return "".join(form.format(one, 2 * one, 12 * one) + "\n" for one in range(1, count + 1))


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


def main() -> int:
    """Print what each kind of block takes. Returns 1 where one grows with its square."""
    audit_markdown("# P\n\n" + BLOCKS["table"](4), "p.md")  # what is compiled once
    worst = 0.0
    print(f"{'block':24} {'import':>8} {'ratio':>6} {'audit':>8} {'ratio':>6}")
    for name, block in BLOCKS.items():
        shown = f"{name:24}"
        for work in (_import, _audit):
            short, long = (_seconds(work, f"# P\n\n{block(count)}") for count in (FEW, MANY))
            worst = max(worst, long / short)
            shown += f" {long:7.2f}s {long / short:6.1f}"
        print(shown)
    print(f"four times the lines take {worst:.1f} times as long at most")
    return int(worst > MOST_TIMES)


def _import(text: str) -> object:
    return import_markdown(text.encode(), "p.md")


def _audit(text: str) -> object:
    return audit_markdown(text, "p.md")


if __name__ == "__main__":
    sys.exit(main())

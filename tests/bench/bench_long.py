"""How long one long block or one long line takes, against a quarter of it.

Run ``python -m tests.bench.bench_long`` from the repository's root. What takes four times as long
grows with the document; what takes sixteen times holds each line, or word, against all others.
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

WORDS = (
    "word ",
    "a: b ",
    "a – ",
    "(a ",
    "a | ",
    "a. ",
    "12 ",
    "$5 + ",
    "5 = ",
    "5 × ",
    "  ",
    "A ",
    "Option A ",
    "Phase 1, ",
    "because ",
    "depends on ",
    "Time: 5 | ",
    "⭐ ",
    "方案 ",
)
"""What a line may hold over and over."""
PLACES: Mapping[str, str] = {
    "sentence": "{}",
    "heading": "## {}\n\ntext",
    "point": "- {}\n- b",
    "stage": "## Phase 1: {}\n\n- a\n\n## Phase 2: b\n\n- c",
    "option": "## Considered Options\n\n- {}\n- b\n\n## Decision\n\nWe take {}",
    "dependency": "## Phase 1: a\n\nDepends on: {}\n\n## Phase 2: b\n\n- c",
    "cell": "| Phase | Depends on | Effort |\n|---|---|---|\n| A 1 | {} | 5 |\n| A 2 | b | {} |",
    "fence": "```\n- [ ] {}\n- [ ] b\n```",
}


def _lines(count: int, form: str) -> str:
    return "".join(form.format(one, 2 * one, 12 * one) + "\n" for one in range(1, count + 1))


def _repeated(word: str, count: int) -> str:
    return (word * count).strip() or f"a{word * count}b"


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
        worst = max(worst, _row(name, block(FEW), block(MANY)))
    for name, place in PLACES.items():
        for word in WORDS:
            few, many = (place.replace("{}", _repeated(word, count)) for count in (FEW, MANY))
            worst = max(worst, _row(f"{name} of {word.strip()!r}", few, many))
    print(f"four times as much takes {worst:.1f} times as long at most")
    return int(worst > MOST_TIMES)


def _row(name: str, few: str, many: str) -> float:
    """Print what a block and a quarter of it take; returns the worse of the ratios."""
    shown, worst = f"{name:24}", 0.0
    for work in (_import, _audit):
        short, long = (_seconds(work, f"# P\n\n{text}\n") for text in (few, many))
        worst = max(worst, long / short)
        shown += f" {long:7.2f}s {long / short:6.1f}"
    print(shown)
    return worst


def _import(text: str) -> object:
    return import_markdown(text.encode(), "p.md")


def _audit(text: str) -> object:
    return audit_markdown(text, "p.md")


if __name__ == "__main__":
    sys.exit(main())

"""What arrives of documents by others, what is invented, and how many changed numbers are found.

Run by ``python -m tests.bench.bench_corpus [-v]``; nothing is timed. For each half of
``tests/corpus``: recall and precision of each kind, how many claims the audit checked, its true and
its false findings. Then one right number is changed at a time, and the share that the audit finds
is told for each form of claim.
"""

from __future__ import annotations

import sys
from collections import Counter

from statusgen.audit.finding import Verdict
from statusgen.run.documents import read_text
from tests.corpus.mutation import FORMS, changes
from tests.corpus.score import Document, documents, report

_CHECKED = (Verdict.HOLDS, Verdict.CONTRADICTED)


def main() -> None:
    """Print the tables."""
    halves = {half: documents(half) for half in ("first", "second")}
    verbose = "-v" in sys.argv[1:]
    for half, shown in halves.items():
        print(f"{half} half: {len(shown)} documents")
        for line in report(shown, verbose=verbose):
            print(line)
        print(f"claims checked: {sum(map(_checked, shown))}\n")
    _mutate([document for shown in halves.values() for document in shown], verbose=verbose)


def _checked(document: Document) -> int:
    found = read_text(document.path, document.path.name).audit()
    return sum(finding.verdict in _CHECKED for finding in found)


def _mutate(shown: list[Document], *, verbose: bool) -> None:
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for document in shown:
        for change in changes(document):
            tried[change.form] += 1
            found[change.form] += change.found
            if verbose and not change.found:
                text = change.text.split("\n")[change.line - 1]
                print(f"    not found: {document.name}:{change.line}: {text}")
    print(f"{'one number changed':28}{'tried':>7}{'found':>8}")
    for form in FORMS:
        print(f"{form:28}{tried[form]:7}{found[form] / max(1, tried[form]):8.0%}")
    print(f"{'all':28}{tried.total():7}{found.total() / max(1, tried.total()):8.0%}")


if __name__ == "__main__":
    main()

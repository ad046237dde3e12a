"""What arrives of documents by others, what is invented, and how many changed numbers are found.

Run by ``python -m tests.bench.bench_corpus [-v]``; nothing is timed. For each half of
``tests/corpus``: recall and precision of each kind, how many claims the audit checked, its true and
its false findings. Then one right number is changed at a time, and the share that the audit finds
is told for each form of claim.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from statusgen.audit.finding import Severity, Verdict
from statusgen.run.documents import audit_markdown, read_text
from tests.audit import test_strangers as strangers
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
    _strangers(verbose=verbose)


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


def _strangers(*, verbose: bool) -> None:
    """Tell how many of the numbers are found that strangers changed in their own documents."""
    folder = Path(strangers.__file__).with_name("strangers")
    changes = json.loads((folder / "changes.json").read_text("utf-8"))
    tried = found = errors = 0
    for name, pairs in changes.items():
        text = (folder / f"{name}.md").read_text("utf-8")
        right = _told(text)
        for before, after in pairs:
            new = _told(text.replace(before, after)) - right
            tried, found = tried + 1, found + bool(new)
            errors += any(severity is Severity.ERROR for _, _, severity in new)
            if verbose and not new:
                print(f"    not found: {name}: {before} -> {after}")
    shares = f"{found / tried:.0%} found, {errors / tried:.0%} as errors"
    print(f"\nstrangers' own changes: {tried}, {shares}")


def _told(text: str) -> set[tuple[str, str, Severity]]:
    found = audit_markdown(text, "d.md")
    return {(one.rule, one.message, one.severity) for one in found if one.is_fault}


if __name__ == "__main__":
    main()

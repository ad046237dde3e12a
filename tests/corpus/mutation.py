"""One right number of a document changed at a time: is it found?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.importer.restated import AMOUNT
from statusgen.run.documents import read_text
from tests.corpus.score import Document

FORMS = (
    "total of a table",
    "line under a table's total",
    "total of a list or a tree",
    "line under a list's total",
    "calculation",
    "sentence",
)
"""The forms that a claim has: where the changed number stands."""


@dataclass(frozen=True, slots=True)
class Change:
    """One number changed."""

    document: Document
    line: int
    form: str
    text: str
    """The whole document, with the change."""

    @property
    def found(self) -> bool:
        """Whether the audit has a fault that the document as it was has not."""
        return bool(_faults(self.text) - _faults(self.document.path.read_text("utf-8")))


def changes(document: Document) -> Iterator[Change]:
    """Yield every change of a number that something else in the document contradicts."""
    lines = document.path.read_text("utf-8").split("\n")
    totals = document.said("totals")
    blocks = list(_blocks(lines))
    for number, line in enumerate(lines, 1):
        if number in document.errors:
            continue
        block = blocks[number - 1]
        if any(start <= fault <= end for start, end in (block,) for fault in document.errors):
            continue  # what is wrong already cannot become so
        summed = any(_names(totals, text) for text in lines[block[0] - 1 : block[1]])
        for match in AMOUNT.finditer(line):
            form = _form(line, _names(totals, match[0]), summed)
            if form:
                changed = f"{line[: match.start()]}{_other(match[0])}{line[match.end() :]}"
                text = "\n".join([*lines[: number - 1], changed, *lines[number:]])
                yield Change(document, number, form, text)


def _form(line: str, is_total: bool, summed: bool) -> str:
    if line.lstrip().startswith("|"):
        return FORMS[0] if is_total else FORMS[1] if summed else ""
    if re.search(r"\d.*[-+−×*/÷x]\s.*=", line):
        return "calculation"
    listed = re.match(r"\s*(?:[-*+]|\d+\.)\s|\W*\w.*(?:\.{3}|[├└#])|[\s│]*[├└]", line)
    if listed:
        return FORMS[2] if is_total else FORMS[3] if summed else ""
    return "sentence" if is_total else ""


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of the block that each line stands in."""
    start = 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            yield number, number
            start = number + 1
            continue
        end = next((n for n, text in enumerate(lines[number:], number) if not text.strip()), 0)
        yield start, end or len(lines)


def _names(totals: set[str], text: str) -> bool:
    return any(total in text or (text and text in total) for total in totals)


def _other(amount: str) -> str:
    """Change the first digit that is none of a zero's: 25 becomes 35."""
    index = next((i for i, c in enumerate(amount) if c in "123456789"), -1)
    if index < 0:
        index = next(i for i, c in enumerate(amount) if c.isdigit())
    digit = str(int(amount[index]) % 9 + 1)
    return f"{amount[:index]}{digit}{amount[index + 1 :]}"


_known: dict[str, frozenset[tuple[int, str, str]]] = {}


def _faults(text: str) -> frozenset[tuple[int, str, str]]:
    if text not in _known:
        found = read_text(text, "document.md").audit()
        _known[text] = frozenset((f.line, f.rule, f.message) for f in found if f.is_fault)
    return _known[text]

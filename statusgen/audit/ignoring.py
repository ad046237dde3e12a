"""Findings that a comment in the document accepts, with the reason.

``<!-- statusgen-ignore COST001: the discount is in the contract -->`` stands in the line that it is
about, or alone above the block (paragraph, list, table, code) that it is about;
``statusgen-ignore-file`` is about the whole document. Several rules are separated by commas. A
comment without a reason accepts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from statusgen.audit.finding import RULES, Finding
from statusgen.base.text import one_line

_COMMENT = re.compile(
    r"<!--\s*statusgen-ignore(?P<file>-file)?\s+(?P<rules>[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)"
    r"\s*(?::\s*(?P<reason>[^<>]*?))?\s*-->"
)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment."""

    line: int
    rules: frozenset[str]
    first: int
    last: int
    """The lines that it is about."""
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether it accepts a finding."""
        here = self.first <= finding.line <= self.last
        return bool(self.reason) and here and finding.rule in self.rules

    @property
    def fault(self) -> str:
        """What is wrong with the comment itself; empty for none."""
        unknown = sorted(self.rules - RULES.keys())
        if unknown:
            return f"ignores {unknown[0]}, which is no rule"
        return "" if self.reason else "ignores without a reason; write it behind a colon"


def ignores(text: str) -> list[Ignore]:
    """Return the comments of a document; none of those that stand in code."""
    lines = text.split("\n")
    found: list[Ignore] = []
    in_code = False
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            in_code = not in_code
        if in_code or "statusgen-ignore" not in line:
            continue
        for match in _COMMENT.finditer(line):
            rules = frozenset(re.findall(r"[A-Z]+\d+", match["rules"]))
            alone = not _COMMENT.sub("", line).strip()
            first, last = _block(lines, number) if alone else (number, number)
            if match["file"]:
                first, last = 0, len(lines)
            reason = one_line((match["reason"] or "").strip(), 300)
            found.append(Ignore(number, rules, first, last, reason))
    return found


def _block(lines: Sequence[str], number: int) -> tuple[int, int]:
    """Return the first and last line of the block below a line; code ends where its fence does."""
    first = number + 1
    while first <= len(lines) and not lines[first - 1].strip():
        first += 1
    last = first
    if first <= len(lines) and _FENCE.match(lines[first - 1]):
        last += 1
        while last <= len(lines) and not _FENCE.match(lines[last - 1]):
            last += 1
        return first, last
    while last <= len(lines) and lines[last - 1].strip():
        last += 1
    return first, last - 1


def accept(findings: Sequence[Finding], comments: Sequence[Ignore]) -> list[Finding]:
    """Return the findings, those accepted that a comment covers."""
    accepted = []
    for finding in findings:
        reason = next((one.reason for one in comments if one.covers(finding)), "")
        accepted.append(replace(finding, accepted=reason) if reason else finding)
    return accepted


def unused(findings: Sequence[Finding], comments: Sequence[Ignore]) -> Iterator[Ignore]:
    """Yield the comments that accept nothing any more."""
    for one in comments:
        if not one.fault and not any(one.covers(finding) for finding in findings):
            yield one

"""What the audit says of a document, as its pages tell it: in which order, where, under which name.

Findings know the part of the file that they speak of; it is what ties them to the words shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from statusgen.audit import Finding, Verdict
from statusgen.roadmap.model import Path

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def to_look_at(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what somebody should look at: contradictions first, then what is open."""
    found = [finding for finding in findings if finding.is_fault]
    return tuple(sorted(found, key=lambda finding: finding.shown != Verdict.CONTRADICTED))


def found_at(findings: Iterable[Finding], paths: Collection[Path]) -> tuple[Finding, ...]:
    """Return the findings that speak of one of the parts."""
    return tuple(one for one in findings if one.path in paths)


def anchors(findings: Iterable[Finding]) -> dict[Finding, str]:
    """Name the place of each finding on its page; the same from build to build."""
    taken: Counter[str] = Counter()
    named: dict[Finding, str] = {}
    for finding in findings:
        name = _NO_LETTER.sub("-", finding.id.lower()).strip("-")
        taken[name] += 1
        named[finding] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return named

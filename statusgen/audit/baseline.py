"""What was found before, so that only what is new is told: a file that is committed.

A finding is known again by its file, its rule and the text of its line, not by the line's number:
what stands above it may grow.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from statusgen.audit.finding import Finding
from statusgen.base.errors import InputError, Problem

ACCEPTED = "in the baseline"
_VERSION = 1

LineOf = Callable[[str, int], str]
"""Returns the text of a file's line."""


def fingerprints(findings: Sequence[Finding], line_of: LineOf) -> list[str]:
    """Return what each finding is known by; those that are alike are numbered."""
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        line = " ".join(line_of(finding.file, finding.line).split())
        key = "\0".join((finding.file, finding.rule, line or finding.subject))
        seen[key] += 1
        text = f"{key}\0{seen[key]}"
        found.append(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32])
    return found


def written(findings: Sequence[Finding], line_of: LineOf) -> str:
    """Return the file of the faults among some findings."""
    faults = [finding for finding in findings if finding.is_fault]
    entries = [
        {"fingerprint": mark, "rule": fault.rule, "file": fault.file, "message": fault.message}
        for mark, fault in zip(fingerprints(faults, line_of), faults, strict=True)
    ]
    entries.sort(key=lambda entry: (entry["file"], entry["rule"], entry["fingerprint"]))
    held = {"version": _VERSION, "findings": entries}
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"


def known(text: str, file: str) -> frozenset[str]:
    """Return what such a file holds. Raises InputError for any other file."""
    try:
        held = json.loads(text)
        if held["version"] != _VERSION:
            raise ValueError
        return frozenset(str(entry["fingerprint"]) for entry in held["findings"])
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "write it again with --write-baseline"
        raise InputError([Problem("is no baseline of this audit", hint, file=file)]) from None


def accept(findings: Sequence[Finding], marks: frozenset[str], line_of: LineOf) -> list[Finding]:
    """Return the findings, those accepted that the baseline holds."""
    faults = [finding for finding in findings if finding.is_fault]
    held = {
        id(fault)
        for fault, mark in zip(faults, fingerprints(faults, line_of), strict=True)
        if mark in marks
    }
    return [
        replace(finding, accepted=ACCEPTED) if id(finding) in held else finding
        for finding in findings
    ]

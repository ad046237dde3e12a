"""Findings for other programs: SARIF 2.1.0, and the lines that GitHub's runners turn into notes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from statusgen.audit.baseline import ACCEPTED, LineOf, fingerprints
from statusgen.audit.finding import RULES, Finding, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
_GITHUB = {Severity.INFO: "notice", Severity.WARNING: "warning", Severity.ERROR: "error"}


def sarif(findings: Sequence[Finding], version: str, line_of: LineOf) -> str:
    """Return a log in SARIF: every finding given, accepted ones as suppressed."""
    order = {rule: index for index, rule in enumerate(RULES)}
    marks = fingerprints(findings, line_of)
    results = [
        _result(finding, order[finding.rule], mark)
        for finding, mark in zip(findings, marks, strict=True)
    ]
    driver = {
        "name": "statusgen",
        "version": version,
        "rules": [
            {"id": rule.id, "shortDescription": {"text": rule.explains}} for rule in RULES.values()
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    text = finding.message
    if finding.formula:
        text = f"{text} ({finding.formula})"
    place = {
        "artifactLocation": {"uri": quote(finding.file)},
        "region": {"startLine": max(1, finding.line), "startColumn": max(1, finding.column)},
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"statusgenFinding/v1": mark},
    }
    if finding.accepted:
        kind = "external" if finding.accepted == ACCEPTED else "inSource"
        result["suppressions"] = [{"kind": kind, "justification": finding.accepted}]
    return result


def github(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a workflow command for every fault."""
    for finding in findings:
        if finding.is_fault:
            place = f"file={_property(finding.file)},line={finding.line},col={finding.column}"
            level, title = _GITHUB[finding.severity], _property(finding.rule)
            yield f"::{level} {place},title={title}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""The audit of any Markdown document: its tables, its breakdowns, and the numbers in its prose.

Every check tries more than one reading of a table before it speaks of a fault: totals may stand on
top, cover a part, or run on. What cannot be told is no finding.
"""

from __future__ import annotations

from pathlib import Path

from statusgen.roadmap.audit import document_claims, document_goals, document_tables
from statusgen.roadmap.audit.document import DocumentAudit
from statusgen.roadmap.audit.finding import Finding
from statusgen.roadmap.importer import read_document
from statusgen.roadmap.importer.staged import find_stages
from statusgen.roadmap.importer.tree import parse


def audit_markdown(source: Path | bytes | str, name: str) -> list[Finding]:
    """Check every sum and every claim of a document; findings come by line, then rule.

    ``source`` is a file, its bytes, or its text; ``name`` is the file's name in the findings.
    Findings where the claim holds are returned too; see :attr:`Finding.is_fault`. Raises
    InputError for a file that cannot be read.
    """
    raw = source.encode("utf-8", "replace") if isinstance(source, str) else source
    root = parse(read_document(raw, name).text)
    audit = DocumentAudit(name, root, find_stages(root))
    document_tables.check(audit)
    document_claims.check(audit)
    document_goals.check(audit)
    return sorted(audit.findings, key=lambda finding: (finding.line, finding.rule, finding.subject))

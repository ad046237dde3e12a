"""Documents audited: read by the importer, judged by the audit, which do not know each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from statusgen.audit.documents import audit_document
from statusgen.audit.finding import Finding
from statusgen.importer import read_document, signs_of
from statusgen.importer.claims import Claims, claims_of
from statusgen.importer.outline import outline
from statusgen.importer.plan import plan_of
from statusgen.roadmap.model import Roadmap, Wizard
from statusgen.roadmap.signs import reading


@dataclass(frozen=True, slots=True)
class Text:
    """A document in Markdown, read for the audit."""

    name: str
    plan: Roadmap | None
    """The roadmap that it holds; its prices may be compared with those of other documents."""
    claims: Claims

    def audit(
        self, others: Sequence[Roadmap | Wizard] = (), today: date | None = None
    ) -> list[Finding]:
        """Check every claim; see :func:`statusgen.audit.documents.audit_document`."""
        return audit_document(self.name, self.plan, self.claims, others, today)


def read_text(source: Path | bytes | str, name: str) -> Text:
    """Read a document: a file, its bytes, or its text; ``name`` is its name in the findings.

    Raises InputError for a file that cannot be read.
    """
    raw = source.encode("utf-8", "replace") if isinstance(source, str) else source
    text = read_document(raw, name).text
    with reading(signs_of(text)):
        root = outline(text)
        return Text(name, plan_of(root, name), claims_of(root, name))


def audit_markdown(
    source: Path | bytes | str,
    name: str,
    others: Sequence[Roadmap | Wizard] = (),
    today: date | None = None,
) -> list[Finding]:
    """Read and audit one document; see :func:`read_text` and :meth:`Text.audit`."""
    return read_text(source, name).audit(others, today)

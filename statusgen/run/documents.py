"""Documents audited: read by the importer, judged by the audit, which do not know each other."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from statusgen.audit.documents import audit_document
from statusgen.audit.finding import Finding
from statusgen.base.errors import InputError, Problem
from statusgen.importer import read_document
from statusgen.importer.claims import Claims, claims_of
from statusgen.importer.dialects import dialect_of
from statusgen.importer.outline import outline
from statusgen.importer.plan import plan_of
from statusgen.roadmap.dialect import speaking
from statusgen.roadmap.model import Roadmap, Wizard


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
    with speaking(dialect_of(text)):
        root = outline(text)
        return Text(name, plan_of(root, name), claims_of(root, name))


MANY = 32
"""Documents from which on all processors read them: to start them takes as long as a few."""


def read_texts(paths: Sequence[Path]) -> list[Text | tuple[Problem, ...]]:
    """Read documents, in their order; in the place of one that cannot be read stands why."""
    if len(paths) < MANY or (os.cpu_count() or 1) < 2:
        return [_text_or_why(path) for path in paths]
    with ProcessPoolExecutor() as readers:
        return list(readers.map(_text_or_why, paths, chunksize=4))


def _text_or_why(path: Path) -> Text | tuple[Problem, ...]:
    try:
        return read_text(path, path.as_posix())
    except InputError as error:
        return error.problems


def audit_markdown(
    source: Path | bytes | str,
    name: str,
    others: Sequence[Roadmap | Wizard] = (),
    today: date | None = None,
) -> list[Finding]:
    """Read and audit one document; see :func:`read_text` and :meth:`Text.audit`."""
    return read_text(source, name).audit(others, today)

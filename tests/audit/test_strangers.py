"""Whole documents by strangers, in sixteen languages: right ones have no error.

``strangers`` holds them as they were typed before anything was run on them; each was worked out by
hand. ``changes.json`` holds numbers that are wrong once they are changed; how many are found,
``tests.bench.bench_corpus`` tells.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from statusgen.audit import Finding, Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown

FOLDER = Path(__file__).with_name("strangers")
DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}


@cache
def _found(name: str) -> tuple[Finding, ...]:
    """Return what is said of a document: half a second for the long ones, so only once."""
    return tuple(audit_markdown(DOCUMENTS[name], "d.md"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_right_document_and_its_draft_have_no_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(import_markdown(DOCUMENTS[name].encode(), "d.md").yaml, encoding="utf-8")

    found = [*_found(name), *audit_roadmap(load_roadmap(path))]

    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []


ASKED = {
    "01-ja-line-bot-readme": "three at one price each, in a line",
    "26-nl-begroting-hackerspace": "a share that comes on top of another",
}
"""The documents of which something is asked, though everything in them is right, and of what."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hardly_anything_is_asked_of_a_right_document(name: str) -> None:
    faults = [str(one) for one in _found(name) if one.is_fault]

    assert len(faults) == (name in ASKED), faults

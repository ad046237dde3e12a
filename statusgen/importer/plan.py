"""A document read as the roadmap that its draft would be, with its own lines as places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statusgen.base.errors import InputError
from statusgen.base.yamltree import Document, Mark
from statusgen.importer.draft import draft_roadmap
from statusgen.importer.periods import mark_untimed
from statusgen.importer.reader import read
from statusgen.importer.tree import Section
from statusgen.roadmap.loader import roadmap_of
from statusgen.roadmap.model import Path, Roadmap


def plan_of(root: Section, name: str) -> Roadmap | None:
    """Return the plan that a document holds; findings about it point at the document's lines.

    ``name`` is the document's. None where a draft of it could not be loaded: one that is nested too
    deeply, or holds what no roadmap may.
    """
    draft = draft_roadmap(read(root, name), name)
    mark_untimed(draft, root)
    document = Document(name, draft, {path: Mark(line, 1) for path, line in _places(draft, ())})
    try:
        return roadmap_of(document, "document")
    except InputError:
        return None


def _places(value: Any, path: Path) -> Iterator[tuple[Path, int]]:
    """Yield the line of the document that each part of a draft was read from."""
    if isinstance(value, dict):
        source = value.get("source")
        if isinstance(source, str):
            yield path, int(source.rpartition(":")[2])
        for key, below in value.items():
            yield from _places(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _places(below, (*path, index))

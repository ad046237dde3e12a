"""Reading a wizard's file to be asked: its model, its program, every fault in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import InputError
from statusgen.base.yamltree import Document, load_file
from statusgen.roadmap.model import Wizard
from statusgen.roadmap.wizard_loader import wizard_of
from statusgen.wizard.faults import faults
from statusgen.wizard.program import Draft, Program, drafted
from statusgen.wizard.rules import add_rules


@dataclass(frozen=True)
class Asked:
    """A wizard that can be asked."""

    wizard: Wizard
    program: Program


def load_asked(path: Path, shown_as: str | None = None) -> Asked:
    """Read a file of version 1 or 2. Raises InputError with every fault found."""
    return asked_of_document(load_file(path, shown_as), path.stem)


def asked_of_document(document: Document, identifier: str) -> Asked:
    """Return the wizard that a document holds. Raises InputError, as :func:`load_asked`."""
    wizard = wizard_of(document)
    draft = compiled(wizard, identifier)
    found = sorted(faults(draft, document), key=lambda one: (one.line, one.column, one.message))
    if found:
        raise InputError(list(dict.fromkeys(found)))
    return Asked(wizard, draft.program)


def compiled(wizard: Wizard, identifier: str) -> Draft:
    """Return a wizard's program with the places of its parts."""
    draft = drafted(wizard, identifier)
    add_rules(draft)
    return draft

"""The wizard of this repository, and one made of a few lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from statusgen.base.yamltree import load
from statusgen.wizard.loader import Asked, asked_of_document, load_asked
from tests.conftest import ROOT

GUIDE = ROOT / "tests" / "fixtures" / "wizards" / "project.yml"


@cache
def project() -> Asked:
    """The wizard of the guide: thirteen phases."""
    return load_asked(GUIDE, "project.yml")


def asked(text: str, name: str = "wizard") -> Asked:
    """Read a wizard that stands in a test."""
    return asked_of_document(load(text, f"{name}.yml"), name)


def written(folder: Path, text: str) -> Path:
    path = folder / "wizard.yml"
    path.write_text(text, "utf-8")
    return path

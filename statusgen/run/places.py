"""Where a site keeps what it is made of; the only place that names these folders.

Pages lie in ``content/``, or where ``docs_dir`` of ``mkdocs.yml`` says. That file is read without
MkDocs, so that incidents are found by a check too: tags that only MkDocs understands
(``!!python/name:…``, ``!ENV``, ``!relative``) are passed over, ``INHERIT`` is followed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line
from statusgen.base.yamltree import read_text

MKDOCS_FILE = Path("mkdocs.yml")
HISTORY = Path("data/history")
ROADMAPS = Path("data/roadmaps")
WIZARD = Path("data/wizard.yml")
CONTENT = Path("content")
DATA = Path("data")
_PARENTS = 10
"""No file is inherited through more files than this: a circle would be followed for ever."""


@dataclass(frozen=True)
class Places:
    """The folders and files of a site, each below ``root``."""

    root: Path
    history: Path
    given_content: Path | None = None
    """Where whoever asks knows the folder of pages already, as MkDocs does."""

    @cached_property
    def content(self) -> Path:
        """The folder of pages, incidents and maintenance windows.

        Raises InputError where ``mkdocs.yml`` cannot be read.
        """
        if self.given_content is not None:
            return self.given_content
        docs_dir = self.mkdocs.get("docs_dir")
        name = docs_dir if isinstance(docs_dir, str) and docs_dir else None
        if name is None:
            # MkDocs itself would take docs/; without a mkdocs.yml the folder is ours to name.
            name = "docs" if self.mkdocs else str(CONTENT)
        return self.root / name

    @cached_property
    def mkdocs(self) -> Mapping[str, Any]:
        """What ``mkdocs.yml`` says at its top, inherited keys too; empty where there is none."""
        return read_mkdocs(self.root / MKDOCS_FILE)

    @property
    def roadmaps(self) -> Path:
        """The folder of roadmaps."""
        return self.root / ROADMAPS

    @property
    def wizard(self) -> Path:
        """The wizard's questions."""
        return self.root / WIZARD


def read_mkdocs(path: Path) -> Mapping[str, Any]:
    """Return the top level of a ``mkdocs.yml``; empty where there is none. Raises InputError."""
    return _inherited(path, 0)


def _inherited(path: Path, depth: int) -> dict[str, Any]:
    if not path.is_file():
        if depth:
            raise InputError([Problem("is inherited from, but is not there", "", str(path))])
        return {}
    if depth > _PARENTS:
        raise InputError([Problem("INHERIT leads in a circle", "end it", str(path))])
    try:
        found = yaml.load(read_text(path, str(path)), Loader=_Tolerant)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = one_line(getattr(error, "problem", None) or "is not YAML", 200)
        raise InputError([Problem(what, "", str(path), line, column)]) from None
    own: dict[str, Any] = found if isinstance(found, dict) else {}
    parent = own.get("INHERIT")
    if not isinstance(parent, str):
        return own
    return {**_inherited(path.parent / parent, depth + 1), **own}


class _Tolerant(yaml.SafeLoader):
    """Passes over tags that name Python objects; resolves ``!ENV``."""


def _passed_over(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``, as MkDocs reads it."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
    else:
        names, default = [loader.construct_object(node, deep=True)], None
    if isinstance(node, yaml.SequenceNode) and not names:
        names, default = [default], None
    for name in names:
        if isinstance(name, str) and name in os.environ:
            return os.environ[name]
    return default


_Tolerant.add_multi_constructor("!", _passed_over)
_Tolerant.add_multi_constructor("tag:yaml.org,2002:python/", _passed_over)
_Tolerant.add_constructor("!ENV", _environment)

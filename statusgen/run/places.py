"""Where a site keeps what it is made of; the only place that names these folders.

Pages lie in ``content/``, or where ``docs_dir`` of ``mkdocs.yml`` says. That file is read without
MkDocs, so that incidents are found without it too. Only the two keys that matter here are built
from it, so nothing else in the file (``!!python/name:…``, ``!relative``, a date that is none) can
be in the way; ``!ENV`` is looked up and ``INHERIT`` followed, as MkDocs does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line
from statusgen.base.yamltree import read_text

MKDOCS_FILES = (Path("mkdocs.yml"), Path("mkdocs.yaml"))
"""MkDocs takes the first that is there."""
HISTORY = Path("data/history")
ROADMAPS = Path("data/roadmaps")
INVOICES = Path("data/invoices")
WIZARD = Path("data/wizard.yml")
WIZARDS = Path("data/wizards")
CONTENT = Path("content")
DATA = Path("data")
_MKDOCS_DEFAULT = "docs"
_STRING = "tag:yaml.org,2002:str"
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
        if self.given_content is None:
            return self.root / docs_dir(self.root)
        root = self.root.absolute()
        inside = self.given_content.is_relative_to(root)
        # Below the root as whoever named the root would write it: so files are shown.
        return self.root / self.given_content.relative_to(root) if inside else self.given_content

    @property
    def roadmaps(self) -> Path:
        """The folder of roadmaps."""
        return self.root / ROADMAPS

    @property
    def invoices(self) -> Path:
        """The folder of invoices."""
        return self.root / INVOICES

    @property
    def wizard(self) -> Path:
        """The wizard's questions."""
        return self.root / WIZARD

    @property
    def wizards(self) -> list[Path]:
        """The files of all wizards, the one of ``data/wizard.yml`` first."""
        more = sorted(
            path
            for path in (self.root / WIZARDS).glob("*")
            if path.suffix.lower() in (".yml", ".yaml") and not path.name.startswith(".")
        )
        return [*([self.wizard] if self.wizard.exists() else []), *more]


def mkdocs_file(root: Path) -> Path | None:
    """Return the file that MkDocs would read in ``root``; None where there is none."""
    return next((root / name for name in MKDOCS_FILES if (root / name).is_file()), None)


def docs_dir(root: Path) -> Path:
    """Return the folder of pages as seen from ``root``. Raises InputError, as the file is read."""
    path = mkdocs_file(root)
    if path is None:
        return CONTENT
    said = _said(path, "docs_dir", 0)
    return Path(said or _MKDOCS_DEFAULT)


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says under a key, and where."""

    text: str
    file: str
    line: int
    column: int


def mkdocs_nodes(root: Path) -> dict[str, tuple[yaml.Node, str]]:
    """Return what ``mkdocs.yml`` says under each key at its top, unread, and in which file.

    What it inherits is looked at too. Raises InputError, as the files are read.
    """
    found: dict[str, tuple[yaml.Node, str]] = {}
    path = mkdocs_file(root)
    for _ in range(_PARENTS):
        if path is None or not path.is_file():
            break
        top = top_of(path)
        found = {key: (node, str(path)) for key, node in top.items()} | found
        parent = text_of(top.get("INHERIT"))
        path = path.parent / parent if parent else None
    return found


def mkdocs_site_url(root: Path) -> Said | None:
    """Return the address that ``mkdocs.yml`` gives the site, as :func:`mkdocs_said`."""
    return mkdocs_said(root, "site_url")


def mkdocs_said(root: Path, key: str) -> Said | None:
    """Return the text that ``mkdocs.yml`` has under a key at its top; None where it has none.

    What it inherits is looked at too. Raises InputError, as the file is read.
    """
    node, file = mkdocs_nodes(root).get(key, (None, ""))
    text = text_of(node)
    if node is None or not text:
        return None
    return Said(text, file, node.start_mark.line + 1, node.start_mark.column + 1)


def _said(path: Path, key: str, depth: int) -> str | None:
    """Return what a file, or one that it inherits from, says under ``key`` at its top."""
    if depth > _PARENTS:
        raise InputError([Problem("INHERIT leads in a circle", "end it", str(path))])
    if not path.is_file():
        raise InputError([Problem("is inherited from, but is not there", "", str(path))])
    top = top_of(path)
    own = text_of(top.get(key))
    # Read the parent even so: one that is not there is a fault that MkDocs would name.
    parent = text_of(top.get("INHERIT"))
    inherited = _said(path.parent / parent, key, depth + 1) if parent else None
    return own or inherited


def top_of(path: Path) -> dict[str, yaml.Node]:
    """Return the keys at the top of a YAML file, merged ones too, with what stands there unread."""
    loader = yaml.SafeLoader(read_text(path, str(path)))
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            return {}
        loader.flatten_mapping(node)
        return {key.value: value for key, value in node.value if isinstance(key.value, str)}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        what = one_line(getattr(error, "problem", None) or "is not YAML", 200)
        raise InputError([Problem(what, "", str(path), line, column)]) from None
    except RecursionError:
        raise InputError([Problem("is nested too deeply", "", str(path))]) from None
    finally:
        loader.dispose()


def text_of(node: yaml.Node | None) -> str | None:
    """Return the text of a scalar, or what ``!ENV NAME``, ``!ENV [NAME, OTHER, default]`` mean.

    None for anything else: MkDocs itself refuses it.
    """
    if node is None or node.tag not in ("!ENV", _STRING):
        return None
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    written: list[str] = [part.value for part in parts if isinstance(part, yaml.ScalarNode)]
    if node.tag == _STRING:
        return written[0]
    last = written.pop() if len(written) > 1 else None
    return next((os.environ[name] for name in written if name in os.environ), last)

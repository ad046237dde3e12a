"""Finding the configuration, telling the two kinds of file apart, and reading either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from statusgen.base import yamltree
from statusgen.base.errors import InputError, Problem
from statusgen.base.yamltree import Document
from statusgen.config.settings import Kind, Settings
from statusgen.config.statusfile import read_status_file
from statusgen.config.upptimefile import read_upptime_file

STATUS_FILE = "data/status.yml"
UPPTIME_FILES = (".upptimerc.yml", ".upptimerc.yaml")

_OURS = frozenset({"site", "monitors"})
_UPPTIMES = frozenset({"sites", "owner", "repo", "status-website"})


def find_config(root: Path) -> Path:
    """Return the configuration of the repository at ``root``.

    Raises InputError, saying what to create, where there is none.
    """
    for name in (STATUS_FILE, *UPPTIME_FILES):
        if (root / name).is_file():
            return root / name
    raise InputError(
        [
            Problem(
                f"there is neither {STATUS_FILE} nor {UPPTIME_FILES[0]} here",
                "run `statusgen init`, or create "
                f"{STATUS_FILE} with a `site:` that has a name and a list of `monitors:`",
            )
        ]
    )


def load(path: Path, kinds: Sequence[Kind], shown_as: str | None = None) -> Settings:
    """Read a configuration of either kind; its content says which it is, else its name.

    ``shown_as`` is the file's name in messages. Raises InputError with every fault. What is not
    wrong but will surprise stands in the result's ``warnings``, and sites of an Upptime file that
    had to be left out in ``left_out``.
    """
    document = yamltree.load_file(path, shown_as, foreign=True)
    if document.data is None:
        raise InputError([Problem("is empty", "begin with `site:` and `monitors:`", document.file)])
    if not isinstance(document.data, dict):
        what = "a list" if isinstance(document.data, list) else "text"
        raise InputError(
            [
                document.problem(
                    (), f"holds {what} where keys are needed", "begin with `site:` and `monitors:`"
                )
            ]
        )
    if is_upptime(document, path):
        return read_upptime_file(document, kinds)
    if document.beyond:
        raise InputError(document.beyond)
    return read_status_file(document, kinds)


def is_upptime(document: Document, path: Path) -> bool:
    """Tell whether a document is an Upptime configuration."""
    keys = set(document.data) if isinstance(document.data, dict) else set()
    if bool(keys & _OURS) != bool(keys & _UPPTIMES):
        return bool(keys & _UPPTIMES)
    return path.name.startswith(".upptimerc")

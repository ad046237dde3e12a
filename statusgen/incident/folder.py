"""A folder of Markdown files, each of which tells of one thing; of whatever kind that is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from statusgen.base.errors import InputError, Problem
from statusgen.base.files import write_atomic
from statusgen.base.ids import id_fault
from statusgen.base.odd import visible
from statusgen.base.text import quote
from statusgen.base.yamltree import read_text

MARKDOWN = (".md", ".markdown")


class Filed(Protocol):
    """What a file tells of."""

    @property
    def id(self) -> str:
        """Its id, the file's name unless it says otherwise."""

    @property
    def uid(self) -> str:
        """Its identity in feeds."""

    @property
    def file(self) -> str:
        """The file, as shown in messages."""


T = TypeVar("T", bound=Filed)


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What reading one file gave."""

    item: T | None
    """None where its own form is at fault."""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFolder(Generic[T]):
    """What the files of one folder say."""

    items: tuple[T, ...]
    """In the order of the files' paths."""
    damaged: frozenset[str]
    """Names, without ``.md``, of files that could not be read."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def load_folder(
    folder: Path,
    read: Callable[[str, str], Read[T]],
    passed_over: Callable[[str, str], bool] = lambda text, stem: False,
) -> LoadedFolder[T]:
    """Read the files of a folder, which need not exist; a broken file hides no other.

    ``read`` takes a text and its file's name. What is ``passed_over``, by its text and its file's
    name without ``.md``, is not read.
    """
    items: list[T] = []
    damaged: set[str] = set()
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for path in _files(folder, problems):
        try:
            text = read_text(path, str(path))
        except InputError as error:
            damaged.add(path.stem)
            problems += error.problems
            continue
        if passed_over(text, path.stem):
            continue
        found = read(text, str(path))
        problems += found.problems
        warnings += found.warnings
        if found.item is None:
            damaged.add(path.stem)
        else:
            items.append(found.item)
    for item, clash in _clashes(items):
        items.remove(item)
        damaged.add(Path(item.file).stem)
        problems.append(clash)
    return LoadedFolder(
        items=tuple(items),
        damaged=frozenset(damaged),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def write_file(identifier: str, text: str, folder: Path) -> Path:
    """Write ``<folder>/<id>.md``, replacing the file at once or not at all.

    Raises InputError for an id that cannot be a file's name and for a folder or file that is a
    symbolic link; OutsideError where the disk refuses.
    """
    fault = id_fault(identifier)
    if fault:
        raise InputError([Problem(f"the id {quote(identifier, 80)}: {fault}")])
    path = folder / f"{identifier}.md"
    for place in (folder, path):
        if place.is_symlink():
            raise InputError([Problem("is a symbolic link", "put a real one there", str(place))])
    write_atomic(path, text.encode())
    return path


def is_aside(name: str) -> bool:
    """Whether a file is its author's alone: ``README.md``, names with a dot or underscore first."""
    return name.startswith((".", "_")) or name.lower() == "readme.md"


def _clashes(items: Sequence[T]) -> list[tuple[T, Problem]]:
    """Return what claims another's id or uid; the file that is named after the id keeps it."""
    kept: list[T] = []
    found: list[tuple[T, Problem]] = []
    for one in sorted(items, key=lambda item: Path(item.file).stem != item.id):
        clash = _clash(one, kept)
        if clash is None:
            kept.append(one)
        else:
            found.append((one, clash))
    return found


def _clash(one: Filed, earlier: Sequence[Filed]) -> Problem | None:
    for other in earlier:
        for what in ("id", "uid"):
            value = getattr(one, what)
            if value == getattr(other, what):
                return Problem(
                    f"has the {what} {value!r}, as {visible(other.file)} has",
                    f"remove one of the files, or give one another {what}",
                    one.file,
                    *_line_of(one.file, what),
                )
    return None


def _line_of(file: str, key: str) -> tuple[int, int]:
    """Return where a key of the front matter stands; 0, 0 where the file does not say it."""
    with suppress(InputError):
        for number, line in enumerate(read_text(Path(file), file).split("\n"), start=1):
            if line.startswith(f"{key}:"):
                return number, 1
    return 0, 0


def _files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the Markdown files below ``folder`` by path; links out of it are told, not followed."""
    root = folder.resolve()
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(place) / name
            if path.is_symlink() and (name in folders or not path.resolve().is_relative_to(root)):
                problems.append(
                    Problem("is a symbolic link", "put the file itself there", str(path))
                )
            elif name in names and path.suffix.lower() in MARKDOWN and not is_aside(name):
                if path.is_file():  # a pipe would be waited on for ever
                    yield path
                else:
                    problems.append(Problem("is not a file", "remove it", str(path)))

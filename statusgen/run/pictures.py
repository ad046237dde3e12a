"""The files that an owner wants published as they are: a logo, an icon, a folder ``assets/``."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from statusgen.base.errors import Problem
from statusgen.base.text import quote
from statusgen.config.pictures import is_foreign
from statusgen.config.settings import Settings
from statusgen.run.places import Places

ASSETS = Path("assets")
FOLDER = "brand"
"""Where pictures of the repository are published, out of the way of all other paths."""
MOST_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of the repository that is published as it is."""

    path: str
    """Where it is published."""
    content: bytes
    source: str
    """The file, as a person would name it."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What was found of what the owner named, and what was not."""

    files: tuple[OwnFile, ...]
    pictures: Mapping[str, str]
    """Address as configured → published path; empty where there is no such file."""
    warnings: tuple[Problem, ...]


def own_files(places: Places, settings: Settings) -> OwnFiles:
    """Read the pictures that the configuration names, and ``assets/`` where it is published."""
    files: dict[str, OwnFile] = {}
    pictures: dict[str, str] = {}
    warnings: list[Problem] = []
    for key in ("logo", "favicon"):
        address: str = getattr(settings.site, key)
        if not address or is_foreign(address) or address in pictures:
            continue
        found = _find(places, address)
        if found is None:
            mark = settings.marks.get(f"site.{key}")
            warnings.append(
                Problem(
                    f"there is no file {quote(address, 80)} in the repository: not shown",
                    "write its path from the root of the repository",
                    settings.file,
                    mark.line if mark else 0,
                    mark.column if mark else 0,
                )
            )
            pictures[address] = ""
            continue
        name = found.name if f"{FOLDER}/{found.name}" not in files else f"{key}-{found.name}"
        pictures[address] = f"{FOLDER}/{name}"
        files[pictures[address]] = OwnFile(
            pictures[address], found.read_bytes(), _shown(places, found)
        )
    if settings.site.assets:
        for path in _walk(places.root / ASSETS):
            content = _regular(path)
            if content is None:
                message = "is not published: only files of at most 25 MiB are, and no links"
                warnings.append(Problem(message, "", _shown(places, path)))
                continue
            name = path.relative_to(places.root / ASSETS).as_posix()
            files[name] = OwnFile(name, content, _shown(places, path))
    return OwnFiles(tuple(files.values()), pictures, tuple(warnings))


def _find(places: Places, address: str) -> Path | None:
    """Return the file that a path from the root means: of the repository, else of the site."""
    text = unquote(address.partition("?")[0].partition("#")[0]).lstrip("/")
    parts = PurePosixPath(text).parts
    if not parts or ".." in parts:
        return None
    for folder in (places.root, places.content, places.root / ASSETS):
        path = folder.joinpath(*parts)
        try:
            inside = path.resolve().is_relative_to(places.root.resolve())
            if inside and path.is_file() and path.stat().st_size <= MOST_BYTES:
                return path
        except (OSError, ValueError):
            continue
    return None


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        yield from (Path(place) / name for name in sorted(names) if name != ".gitkeep")


def _regular(path: Path) -> bytes | None:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _shown(places: Places, path: Path) -> str:
    return (
        path.relative_to(places.root).as_posix() if path.is_relative_to(places.root) else str(path)
    )

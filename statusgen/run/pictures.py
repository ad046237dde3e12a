"""The files that an owner wants published as they are: a logo, an icon, a folder ``assets/``."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"\x00\x00\x01\x00", "ico"),
)
_ACTIVE = re.compile(rb"<\s*script|<\s*foreignobject|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
_PICTURES = ("logo", "logo_dark", "favicon")


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

    files: tuple[OwnFile, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Address as configured → published path; empty where there is no such file."""
    faults: tuple[Problem, ...] = ()
    """What was named and cannot be published."""
    warnings: tuple[Problem, ...] = ()


def own_files(places: Places, settings: Settings) -> OwnFiles:
    """Read the pictures that the configuration names, and ``assets/`` where it is published."""
    files: dict[str, OwnFile] = {}
    pictures: dict[str, str] = {}
    faults: list[Problem] = []
    warnings: list[Problem] = []
    for key in _PICTURES:
        address: str = getattr(settings.site, key)
        if not address or is_foreign(address) or address in pictures:
            continue
        found = find_file(places, address)
        content = found.read_bytes() if found else b""
        fault = picture_fault(address, None if found is None else content)
        if found is None or fault:
            message, fix = fault or ("", "")
            faults.append(named(settings, _mark(key), message, fix))
            pictures[address] = ""
            continue
        name = found.name if f"{FOLDER}/{found.name}" not in files else f"{key}-{found.name}"
        pictures[address] = f"{FOLDER}/{name}"
        files[pictures[address]] = OwnFile(pictures[address], content, shown(places, found))
    if settings.site.assets:
        for path in _walk(places.root / ASSETS):
            regular = _regular(path)
            if regular is None:
                message = "is not published: only files of at most 25 MiB are, and no links"
                warnings.append(Problem(message, "", shown(places, path)))
                continue
            name = path.relative_to(places.root / ASSETS).as_posix()
            files[name] = OwnFile(name, regular, shown(places, path))
    return OwnFiles(tuple(files.values()), pictures, tuple(faults), tuple(warnings))


def _mark(key: str) -> str:
    """Return the key by which the place of a picture's address is kept."""
    return {"logo": "site.logo.light", "logo_dark": "site.logo.dark"}.get(key, f"site.{key}")


def named(settings: Settings, key: str, message: str, fix: str = "") -> Problem:
    """Return a problem at the place of a key of the configuration, or of the key above it."""
    marks = settings.marks
    mark = marks.get(key) or marks.get(key.rpartition(".")[0])
    where = (mark.line, mark.column) if mark else (0, 0)
    return Problem(message, fix, settings.file, *where)


def picture_fault(address: str, content: bytes | None) -> tuple[str, str] | None:
    """Return why a file cannot be shown as a picture, and what to do; None for a good one.

    A script in an SVG would not run in the ``<img>`` that we show it in, but it would where
    somebody opens the picture's own address, which is one of this site.
    """
    if content is None:
        fix = "write its path from the root of the repository"
        if ".." in PurePosixPath(unquote(address)).parts:
            fix = "a path does not lead out of the repository with .."
        return f"there is no file {quote(address, 80)} in the repository: not shown", fix
    suffix = address.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
    kind = next((kind for begin, kind in _KINDS if content.startswith(begin)), "")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind = "webp"
    elif content[4:12] in (b"ftypavif", b"ftypavis"):
        kind = "avif"
    elif not kind and re.search(rb"<(?:[a-z]+:)?svg[\s>]", content[:4096].lower()):
        kind = "svg"
    if not kind:
        return (
            f"{quote(address, 80)} holds no picture that browsers show: not shown",
            "name an SVG, PNG, JPEG, GIF, WebP, AVIF or ICO file",
        )
    if (suffix == "svg") != (kind == "svg") and suffix:
        return (
            f"{quote(address, 80)} holds a picture of the kind {kind}: browsers would not show it",
            f"rename it so that it ends in .{kind}",
        )
    if kind == "svg" and _ACTIVE.search(content):
        return (
            f"{quote(address, 80)} holds a script: not shown",
            "save it as plain SVG, without scripts, event handlers and foreignObject",
        )
    return None


def find_file(places: Places, address: str) -> Path | None:
    """Return the file that a path from the root means: of the repository, else of the site."""
    text = unquote(address.partition("?")[0].partition("#")[0]).lstrip("/")
    for folder in (places.root, places.content, places.root / ASSETS):
        found = below(folder, text, places.root)
        if found is not None:
            return found
    return None


def below(folder: Path, path: str, within: Path) -> Path | None:
    """Return the file at a relative path below a folder, where it lies ``within`` another."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or path.startswith("/"):
        return None
    found = folder.joinpath(*parts)
    try:
        inside = found.resolve().is_relative_to(within.resolve())
        if inside and found.is_file() and found.stat().st_size <= MOST_BYTES:
            return found
    except (OSError, ValueError):
        return None
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


def shown(places: Places, path: Path) -> str:
    """Return a file as a person would name it."""
    return (
        path.relative_to(places.root).as_posix() if path.is_relative_to(places.root) else str(path)
    )

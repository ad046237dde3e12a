"""Manifest → directory: for a site that needs no MkDocs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from statusgen.base.errors import InputError, OutsideError, StatusgenError
from statusgen.base.files import write_atomic
from statusgen.base.text import one_line
from statusgen.publish.manifest import Asset, Manifest, Page

MARKER = ".statusgen-build.json"
"""Lists what a build wrote, so that the next one may remove it and nothing else."""


def write_directory(manifest: Manifest, out: Path) -> None:
    """Write every entry below ``out`` and remove what an earlier build wrote and is gone.

    A file that holds the right bytes already is left alone. Raises InputError where ``out`` holds
    files that no build of ours made, OutsideError where the disk refuses.
    """
    earlier = check_folder(out)
    contents = {entry.path: finished(manifest, entry) for entry in manifest}
    for path in contents:
        _check(path)
    for path in sorted(earlier - contents.keys()):
        _remove(out, path)
    for path, content in contents.items():
        target = out / path
        if not (target.is_file() and _read(target) == content):
            write_atomic(target, content, durable=False)
    mark_folder(out, contents)


def mark_folder(out: Path, paths: Iterable[str]) -> None:
    """Note that ``out`` is a build's, and which files in it are."""
    listed = sorted(set(paths) - {MARKER})
    write_atomic(out / MARKER, (json.dumps(listed, indent=0) + "\n").encode())


def finished(manifest: Manifest, entry: Asset | Page) -> bytes:
    """Return an entry as a whole document or file. Raises StatusgenError without a layout."""
    if isinstance(entry, Asset):
        return entry.content
    if manifest.wrap is None:
        raise StatusgenError(f"/{entry.path}: no layout was given for pages")
    return manifest.wrap(entry)


def check_folder(out: Path) -> set[str]:
    """Return what the last build wrote. Raises InputError for a folder that is not a build's."""
    if not out.exists():
        return set()
    if not out.is_dir():
        raise InputError(f"{out} is a file; name a folder")
    marker = out / MARKER
    if marker.is_file():
        try:
            listed = json.loads(_read(marker))
        except ValueError:
            listed = None
        if not isinstance(listed, list) or not all(isinstance(path, str) for path in listed):
            raise InputError(f"{marker} is damaged; delete {out} by hand")
        return {path for path in listed if _is_plain(path)}
    if any(out.iterdir()):
        raise InputError(
            f"{out} holds files that statusgen did not write; empty it or name another folder"
        )
    return set()


def _remove(out: Path, path: str) -> None:
    """Delete one file of an earlier build, and the folders that it leaves empty."""
    target = out / path
    try:
        target.unlink(missing_ok=True)
        for folder in target.relative_to(out).parents:
            if folder != Path() and not any((out / folder).iterdir()):
                (out / folder).rmdir()
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutsideError(f"cannot delete {target}: {error.strerror or error}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    plain = path == "/".join(parts) and not path.startswith("/") and "\\" not in path
    return bool(parts) and plain and ".." not in parts and "\0" not in path


def _check(path: str) -> None:
    if not _is_plain(path):
        raise StatusgenError(f"{one_line(path)!r} cannot be published: it leads out of the site")

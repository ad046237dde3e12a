"""What ``export site`` wrote among a person's own pages, so that nobody takes it for theirs."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

from statusgen.base.errors import InputError

EXPORT = ".statusgen-export.json"
"""The record, beside ``mkdocs.yml``."""


def exported_files(root: Path, folder: Path) -> dict[str, str]:
    """Return path → digest of what the last export wrote into a folder; empty without one.

    Raises InputError for a record that is damaged.
    """
    read = record(root)
    if read is None or not same_place(folder_of(root, read), folder):
        return {}
    files = read.get("files")
    if not isinstance(files, dict):
        return {}
    return {str(path): str(digest) for path, digest in files.items() if _is_plain(str(path))}


def untouched_exports(root: Path, folder: Path) -> frozenset[str]:
    """Return which files below a folder are an export's, to the byte."""
    return frozenset(
        path
        for path, digest in exported_files(root, folder).items()
        if (folder / path).is_file() and sha(folder / path) == digest
    )


def record(root: Path) -> dict[str, Any] | None:
    """Return the record of the last export; None where there is none."""
    try:
        read = json.loads((root / EXPORT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise InputError(f"{root / EXPORT} is damaged; delete it") from None
    return read if isinstance(read, dict) else {}


def folder_of(root: Path, read: dict[str, Any]) -> Path:
    """Return the folder that an export was written into."""
    return root / str(read.get("folder", ""))


def same_place(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder."""
    return one.resolve() == other.resolve()


def sha(what: Path | bytes) -> str:
    """Return the digest of a file, or of bytes."""
    return hashlib.sha256(what.read_bytes() if isinstance(what, Path) else what).hexdigest()


def _is_plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts

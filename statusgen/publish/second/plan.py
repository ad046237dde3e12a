"""What a place lacks of a built folder, and what it holds that is gone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from statusgen.base.errors import InputError
from statusgen.publish.writers import MARKER

RECORD = ".statusgen-publish.json"
"""What was put into a place: path → digest."""
LAST = "freshness.json"
"""Says that a place is fresh: it comes after all that it speaks of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done at one place."""

    changed: tuple[str, ...]
    """Paths to be sent, in order: what pages show before the pages, freshness at the end."""
    gone: tuple[str, ...]
    record: bytes
    total: int

    @property
    def empty(self) -> bool:
        """Whether the place holds everything already."""
        return not self.changed and not self.gone


class Target(Protocol):
    """A way to one place. Each call raises OutsideError where the place refuses."""

    def record(self) -> bytes | None:
        """Return what was put there before; None where nothing ever was."""

    def occupied(self) -> bool:
        """Whether a site stands there that we did not put there."""

    def send(self, folder: Path, plan: Plan) -> None:
        """Do what is planned."""


def built_files(folder: Path) -> dict[str, str]:
    """Return path → digest of a built site. Raises InputError where none was built there."""
    if not (folder / LAST).is_file():
        raise InputError(f"{folder} holds no site; build it first: statusgen build --out {folder}")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MARKER, RECORD)
    }


def plan_for(files: dict[str, str], record: bytes | None) -> Plan:
    """Compare a built site with the record of a place; a damaged one counts for nothing."""
    there = _read(record)
    changed = sorted((path for path in files if there.get(path) != files[path]), key=_order)
    gone = sorted(there.keys() - files.keys())
    text = json.dumps({"v": 1, "files": files}, indent=0, sort_keys=True) + "\n"
    return Plan(tuple(changed), tuple(gone), text.encode(), len(files))


def _order(path: str) -> tuple[bool, bool, str]:
    return path == LAST, path.endswith(".html"), path


def _read(record: bytes | None) -> dict[str, str]:
    try:
        read = json.loads(record or b"{}")
        files = read.get("files", {})
        return {str(path): str(digest) for path, digest in files.items() if _is_plain(str(path))}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _is_plain(path: str) -> bool:
    """Whether a path that came back from outside leads nowhere else."""
    parts = PurePosixPath(path).parts
    plain = path == "/".join(parts) and path.isprintable()
    return bool(parts) and plain and not path.startswith(("/", "-")) and ".." not in parts

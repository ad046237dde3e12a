"""Files that survive a kill: atomic replacement, durable append, one writer at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.errors import OutsideError


def write_atomic(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: a reader, or a kill, sees the old file or the new one.

    Raises OutsideError (disk full, no permission); the old file is then intact.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
        with open(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        sync_directory(path.parent)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise OutsideError(f"cannot write {path}: {error.strerror or error}") from error


def sweep_temporary(folder: Path) -> int:
    """Delete what killed writers left behind in ``folder``; return how many files."""
    swept = 0
    for stray in folder.glob(".tmp-*"):
        with contextlib.suppress(OSError):
            stray.unlink()
            swept += 1
    return swept


def sync_directory(folder: Path) -> None:
    """Make a rename or a new name in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; wait while another process has it.

    The kernel frees it when its holder dies. Raises OutsideError where it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutsideError(f"cannot lock {path}: {error.strerror or error}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

"""Files that survive a kill: atomic replacement, durable append, one writer at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.errors import OutsideError


def write_atomic(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Replace ``path`` by ``content``: a reader, or a kill, sees the old file or the new one.

    ``durable``: whether it must survive a power failure, too; what can be made again need not,
    and thousands of files wait long for a disk. Raises OutsideError (disk full, no permission);
    the old file is then intact.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
        with open(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
        if durable:
            sync_directory(path.parent)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise OutsideError(f"cannot write {path}: {error.strerror or error}") from error


def append_durable(path: Path, content: bytes) -> None:
    """Append ``content`` with one write and fsync; on failure the file has its old length.

    A newline goes in front where a killed writer left the file without one at its end. One writer
    at a time: hold a lock. Raises OutsideError (disk full, no permission).
    """
    handle = -1
    before: int | None = None
    try:
        new = not path.exists()
        if new:
            _make_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        before = os.fstat(handle).st_size
        if before and os.pread(handle, 1, before - 1) != b"\n":
            content = b"\n" + content
        if os.write(handle, content) != len(content):
            raise OSError(None, "the disk took only a part of the line; it may be full")
        os.fsync(handle)
        if new:
            sync_directory(path.parent)
    except OSError as error:
        if before is not None:  # where even this fails, the next writer repairs the torn line
            with contextlib.suppress(OSError):
                os.ftruncate(handle, before)
                os.fsync(handle)
        raise OutsideError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if handle >= 0:
            os.close(handle)


def truncate_durable(path: Path, length: int) -> None:
    """Cut a file to ``length`` bytes. Raises OutsideError."""
    try:
        with open(path, "r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())
    except OSError as error:
        raise OutsideError(f"cannot shorten {path}: {error.strerror or error}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably. Raises OutsideError."""
    try:
        _make_folder(folder)
    except OSError as error:
        raise OutsideError(f"cannot make {folder}: {error.strerror or error}") from error


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_directory(folder.parent)


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
    """Hold the lock on ``path``; wait while another process has it.

    An existing folder is locked itself, so that no lock file litters a folder under git; anything
    else names a lock file. The kernel frees it when its holder dies. Raises OutsideError where it
    cannot be made.
    """
    try:
        if path.is_dir():
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutsideError(f"cannot lock {path}: {error.strerror or error}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

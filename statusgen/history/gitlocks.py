"""Locks that a dead git process left behind.

git locks by making a file, and a machine that lost its power leaves it there: every later run
would fail until somebody removes it by hand. A lock is stale when no git process works in the
repository. Where that cannot be seen (no ``/proc``), only age tells.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from statusgen.history.git import Git

_NAMES = (
    "index.lock", "HEAD.lock", "ORIG_HEAD.lock", "config.lock", "config.worktree.lock",
    "packed-refs.lock", "packed-refs.new", "shallow.lock", "gc.pid.lock",
    "objects/maintenance.lock",
)  # fmt: skip
_MIN_AGE = 5.0
"""Seconds; a process that was not there yet when we looked has made its work known by then."""
_MIN_AGE_UNSEEN = 3600.0


def clear_stale_locks(git: Git, branch: str, remote: str) -> tuple[Path, ...]:
    """Remove the locks that stand in the way of work on a branch; return those removed.

    Only files that git itself calls locks, in the repository's own folder; a lock whose owner may
    live stays, and the call that meets it names it.
    """
    folders, found = _look(git, branch, remote)
    if not found or _git_works_in(folders):
        return ()
    least = _MIN_AGE if _sees_processes() else _MIN_AGE_UNSEEN
    removed = []
    for path in found:
        with contextlib.suppress(OSError):
            age = time.time() - path.stat().st_mtime
            if 0 <= age < least == _MIN_AGE:
                time.sleep(least - age)
            if time.time() - path.stat().st_mtime >= least and not _git_works_in(folders):
                path.unlink()
                removed.append(path)
    return tuple(removed)


def stale_locks(git: Git, branch: str, remote: str) -> tuple[Path, ...]:
    """Return the locks that would be removed, without waiting and without touching them."""
    folders, found = _look(git, branch, remote)
    if not found or _git_works_in(folders):
        return ()
    least = _MIN_AGE if _sees_processes() else _MIN_AGE_UNSEEN
    return tuple(path for path in found if _age(path) >= least)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _look(git: Git, branch: str, remote: str) -> tuple[list[Path], list[Path]]:
    """Return the folders of the repository, and the locks that are in the way of a branch."""
    places = git.ask("rev-parse", "--absolute-git-dir", "--path-format=absolute",
                     "--git-common-dir", "--show-toplevel")  # fmt: skip
    folders = [Path(line) for line in places.text.splitlines()]
    if len(folders) > 1:
        folders.append(folders[1].parent)  # a git in the main checkout holds the same locks
    names = [
        *_NAMES,
        *(f"{ref}/{branch}.lock" for ref in ("refs/heads", "refs/statusgen/synced")),
        f"refs/remotes/{remote}/{branch}.lock",
    ]
    found = [path for folder in dict.fromkeys(folders[:2]) for path in _there(folder, names)]
    return folders, found


def _there(folder: Path, names: list[str]) -> Iterator[Path]:
    return (folder / name for name in names if (folder / name).is_file())


def _sees_processes() -> bool:
    return Path("/proc/self/comm").exists()


def _git_works_in(folders: list[Path]) -> bool:
    """Whether a process called git has its working folder in one of these."""
    for process in Path("/proc").glob("[0-9]*") if _sees_processes() else ():
        with contextlib.suppress(OSError):
            if not (process / "comm").read_text(errors="replace").startswith("git"):
                continue
            where = Path(os.readlink(process / "cwd"))
            if any(where.is_relative_to(folder) for folder in folders):
                return True
    return False

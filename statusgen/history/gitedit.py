"""One change to the branch that is checked out, made on the remote's tip and pushed at once.

The checkout is not touched: the tip's files are laid out in a folder of their own, the change is
made there, and a commit with it is pushed. Where another pusher was faster all of that is done
again on the new tip, so that neither change is lost and a killed run leaves nothing behind.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import OutsideError
from statusgen.history.git import Git, GitTooLongError
from statusgen.history.gitremote import (
    OutageError,
    fetch_branch,
    push_commit,
    remote_name,
    repository,
    until_pushed,
)

_MODES = ("100644", "100755")
_MARK = re.compile(r"[A-Za-z0-9-]{1,40}")
_KEPT_FOR = "32.days"
"""A run can be repeated for so long."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that was written below the folder given, and why."""

    path: Path
    message: str
    """Of the commit."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of it."""

    commit: str | None
    """None where nothing was to be changed."""
    tries: int


@dataclass(frozen=True, slots=True)
class Branch:
    """The branch that is checked out in a repository, and its remote."""

    git: Git
    name: str
    remote: str
    below: Path
    """From the repository's top to the root that was asked about."""

    @property
    def tracking(self) -> str:
        """The full name of what was last seen of it on the remote."""
        return f"refs/remotes/{self.remote}/{self.name}"


def current_branch(root: Path) -> Branch:
    """Return the branch that is checked out at ``root``. Raises OutsideError."""
    git = repository(root)
    name = git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if not name.ok:
        raise OutsideError("no branch is checked out; check out the branch that is published")
    remote = remote_name(git)
    if not git.ask("remote", "get-url", "--", remote).ok:
        raise OutsideError("there is no remote to push to; add one: git remote add origin ADDRESS")
    below = Path(git.run("rev-parse", "--show-prefix"))
    return Branch(Git(Path(git.run("rev-parse", "--show-toplevel"))), name.text, remote, below)


def push_edit(
    branch: Branch,
    edit: Callable[[Path], Change | None],
    *,
    author: tuple[str, str] | None = None,
    tries: int = 20,
    jitter: Callable[[], float] = random.random,
    sleep: Callable[[float], None] = time.sleep,
) -> Pushed:
    """Make ``edit`` on the remote's tip and push it.

    ``edit`` gets a folder that holds what the tip does and returns what it changed; it is asked
    again for each try. ``author`` is a name and an address. Raises what ``edit`` does,
    ProtectedError where a rule keeps the branch from being pushed to, OutsideError for all else.
    """
    return until_pushed(
        lambda attempt: _attempt(branch, edit, author, attempt),
        tries=tries,
        jitter=jitter,
        sleep=sleep,
        overtaken=f"{tries} pushes to {branch.name} were overtaken by others; run it again",
    )


def was_pushed(branch: Branch, ref: str, line: str, *, deepen: bool) -> bool:
    """Whether a message of the commits behind ``ref``, a branch's name, holds ``line``.

    ``line`` ends in a mark of letters, digits and hyphens. ``deepen`` fetches the past month of a
    shallow clone first, which is only worth it for a run that was repeated. Raises OutsideError.
    """
    git, remote = branch.git, branch.remote
    if not _MARK.fullmatch(line.rpartition(" ")[2]):
        return False
    if deepen and git.run("rev-parse", "--is-shallow-repository") == "true":
        # Fails where the branch has no commit of that time: then there is none to be found.
        since = ("fetch", "--quiet", "--no-tags", f"--shallow-since={_KEPT_FOR}")
        git.ask(*since, "--", remote, f"+refs/heads/{ref}:refs/remotes/{remote}/{ref}")
    tip = git.commit_id(f"refs/remotes/{remote}/{ref}")
    if tip is None:
        return False
    found = git.run("log", "--max-count=1", "--format=%H", f"--grep=^{line}$", tip)
    return bool(found)


def _attempt(
    branch: Branch,
    edit: Callable[[Path], Change | None],
    author: tuple[str, str] | None,
    attempt: int,
) -> Pushed | None:
    git = branch.git
    try:
        tip = fetch_branch(git, branch.remote, branch.name)
    except GitTooLongError:
        raise
    except OutsideError as error:
        raise OutageError(str(error)) from None
    if tip is None:
        raise OutsideError(f"{branch.remote} has no branch {branch.name} yet; push it once")
    with tempfile.TemporaryDirectory(prefix="statusgen-") as scratch:
        folder, index = Path(scratch).resolve() / "tip", Path(scratch) / "index"
        git.run("read-tree", tip, index=index)
        git.run("checkout-index", "--all", "--force", f"--prefix={folder}/", index=index)
        change = edit(folder / branch.below)
        if change is None:
            return Pushed(None, attempt)
        tree = _tree_with(git, index, folder, change.path)
    if tree == git.run("rev-parse", "--verify", f"{tip}^{{tree}}"):
        return Pushed(None, attempt)
    who = {"name": author[0], "email": author[1]} if author else git.identity()
    commit = git.commit_tree(tree, tip, change.message, who)
    if not push_commit(git, branch.remote, branch.name, commit):
        return None
    git.run("update-ref", branch.tracking, commit)
    return Pushed(commit, attempt)


def _tree_with(git: Git, index: Path, folder: Path, path: Path) -> str:
    """Return the tree of the index with the one file as it now stands below ``folder``."""
    name = path.resolve().relative_to(folder).as_posix()
    staged = git.ask("ls-files", "--stage", "-z", "--", f":(top,literal){name}", index=index).text
    mode = staged.split(" ")[0] if staged.startswith(_MODES) else _MODES[0]
    blob = git.run("hash-object", "-w", "--stdin", f"--path={name}", data=path.read_bytes())
    git.run("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}", index=index)
    return git.run("write-tree", index=index)

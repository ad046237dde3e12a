"""A repository's remote: which it is, fetching a branch, one push and what its refusal means.

A push is refused for a lost race, by a rule, for a missing right, or by an outage.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from statusgen.base.errors import OutsideError
from statusgen.history.git import Git

T = TypeVar("T")
_RACE = (
    "fetch first", "non-fast-forward", "stale info", "cannot lock ref", "failed to update ref",
    "incorrect old value", "reference already exists", "remote ref updated since checkout",
)  # fmt: skip
_PROTECTED = ("GH006", "GH013", "protected branch", "hook declined")
_DENIED = (
    "Permission denied", "Permission to ", "Authentication failed", "could not read Username",
    "error: 403", "access rights",
)  # fmt: skip
PATIENCE = 3
"""Times that an outage of the remote, as against a lost race, is met."""
LONGEST_WAIT = 8.0
"""Seconds between two tries."""


class OutageError(Exception):
    """The remote could not be reached; worth another try."""


class ProtectedError(OutsideError):
    """A rule of the remote keeps this branch from being pushed to."""


def repository(root: Path) -> Git:
    """Return git in ``root``. Raises OutsideError where that is no repository."""
    git = Git(root)
    answer = git.ask("rev-parse", "--is-inside-work-tree")
    if answer.text == "true":
        return git
    if "dubious ownership" in answer.error:
        raise OutsideError(
            f"git refuses {root}, for it belongs to another user; run as that user, or: "
            f"git config --global --add safe.directory {root.absolute()}"
        )
    if (root / ".git").exists():
        raise OutsideError(
            f"git cannot read the repository in {root} ({answer.said}); nothing that was measured "
            "is lost. Mend it, or clone it anew beside this one and copy data/history over"
        )
    raise OutsideError(f"{root} is no git repository; run git init, or copy it by git clone")


def remote_name(git: Git) -> str:
    """Return ``origin``, or what the only remote is called."""
    names = git.ask("remote").text.split()
    return names[0] if len(names) == 1 else "origin"


def fetch_branch(git: Git, remote: str, branch: str, *, tip_only: bool = False) -> str | None:
    """Fetch a branch, of a shallow clone its tip alone where asked; otherwise as ``fetch``."""
    depth = []
    if tip_only and git.run("rev-parse", "--is-shallow-repository") == "true":
        depth = ["--depth=1"]
    ref, tracking = f"refs/heads/{branch}", f"refs/remotes/{remote}/{branch}"
    quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")
    answer = git.ask("fetch", *quiet, *depth, "--", remote, f"+{ref}:{tracking}")
    if answer.ok:
        return git.commit_id(tracking)
    if "find remote ref" in answer.error:
        git.ask("update-ref", "-d", tracking)
        return None
    raise OutsideError(f"cannot fetch {branch} from {remote}: {answer.said}")


def push_commit(git: Git, remote: str, branch: str, commit: str) -> bool:
    """Push a commit to a branch; False where another run was faster.

    Raises ProtectedError where a rule refuses, OutsideError where this job may not push at all,
    OutageError for all else.
    """
    spec = f"{commit}:refs/heads/{branch}"
    answer = git.ask("push", "--porcelain", "--no-verify", "--", remote, spec)
    if answer.ok:
        return True
    told = answer.text + answer.error
    if any(word in told for word in _RACE):
        return False
    if any(word in told for word in _PROTECTED):
        raise ProtectedError(
            f"{remote} refused the push, for {branch} is protected "
            f"({answer.said}). Nothing is lost. Let the job past the rule, or set "
            "history.branch to a branch that no rule covers"
        )
    if any(word in told for word in _DENIED):
        raise OutsideError(
            f"{remote} does not let this job push ({answer.said}). Nothing is lost. "
            "In a workflow, give the job `permissions: contents: write`"
        )
    raise OutageError(f"cannot push to {remote}: {answer.said}")


def until_pushed(
    attempt: Callable[[int], T | None],
    *,
    tries: int,
    jitter: Callable[[], float],
    sleep: Callable[[float], None],
    overtaken: str,
) -> T:
    """Repeat an attempt, told its number from 1, until it gives something, waiting in between.

    Raises OutsideError with ``overtaken`` where others were faster each time, and where the remote
    failed PATIENCE times.
    """
    troubles = 0
    for number in range(1, tries + 1):
        try:
            done = attempt(number)
            if done is not None:
                return done
        except OutageError as outage:
            troubles += 1
            if troubles == PATIENCE:
                raise OutsideError(str(outage)) from None
        if number < tries:
            sleep(wait_before(number, jitter()))
    raise OutsideError(overtaken)


def wait_before(attempt: int, jitter: float) -> float:
    """Return the seconds to wait after a lost attempt (from 1); ``jitter`` is from 0 to 1."""
    return float(jitter * min(LONGEST_WAIT, 0.1 * 2 ** min(attempt, 10)))

"""Bringing history from git and publishing it there.

By default history is a branch of its own, checked out in the history folder as a git worktree.
Publishing never rebases and never merges in git's sense: it fetches, joins the remote's files with
what this run has (:mod:`statusgen.history.gitmerge`), commits on top of the remote's tip and
pushes; when another run was faster it begins again. So the same path serves parallel runs and a
remote whose history was rewritten: nothing that was dropped there comes back, nothing of ours is
lost.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from statusgen.base.errors import OutsideError
from statusgen.base.files import exclusive_lock, make_folder, sweep_temporary
from statusgen.base.text import one_line
from statusgen.history.git import GitTooLongError
from statusgen.history.gitmend import is_damage, mend
from statusgen.history.gitplace import Place, branch_place, current_place, fetch
from statusgen.history.gitremote import (
    OutageError,
    push_commit,
    remote_name,
    repository,
    until_pushed,
)
from statusgen.history.rollup import catch_up
from statusgen.history.store import HistoryStore


class Edit(Protocol):
    """A change that is made to the folder as the remote has it, anew for each try.

    So what another run published meanwhile is never overwritten.
    """

    def apply(self) -> str:
        """Make the change and return the message of its commit."""

    def undo(self) -> None:
        """Take back what ``apply`` did; without one before, do nothing."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did."""

    commit: str | None
    """The commit made; None where there was nothing new."""
    pushed: bool
    """Whether the remote holds all that the folder does."""
    tries: int
    note: str = ""
    """What the operator should know, as a sentence; may be empty."""
    healed: tuple[str, ...] = ()
    """Files that had lost something here; what the remote holds was put back."""


def pull(root: Path, branch: str | None, folder: Path) -> tuple[str, ...]:
    """Bring the data branch into the history folder, making both on first use.

    What the folder holds and the remote does not stays; what the folder lost comes back, and the
    files are returned. With ``branch`` None history is a part of the current branch and comes with
    it: nothing is done. Raises OutsideError.
    """
    if branch is None:
        return ()
    return _mended(root, branch, folder, lambda _: _pull(branch_place(root, branch, folder)))


def _pull(place: Place) -> tuple[str, ...]:
    with place.sole_user():
        if place.has_remote():
            base = place.base()
            tip = fetch(place)
            if tip is not None:
                with exclusive_lock(place.folder):
                    return _bring(place, tip, base)
    return ()


def lost(root: Path, branch: str | None, folder: Path) -> tuple[str, ...]:
    """Return the files in which the folder lacks what the remote holds; repairs nothing.

    Where the history is a part of the current branch, the branch here is what it is compared
    with, or else a deletion that somebody committed would be damage. Raises OutsideError, where
    the remote cannot be asked, too.
    """
    with _place(root, branch, folder) as place:
        base = place.git.commit_id(place.ref)
        if place.own_branch and place.has_remote():
            base = fetch(place) or base
        if base is None:
            return ()
        with exclusive_lock(folder):
            return place.losses(base)


def publish(
    root: Path,
    folder: Path,
    branch: str | None,
    message: str,
    *,
    author: tuple[str, str] | None = None,
    edit: Edit | None = None,
    tries: int = 100,
    jitter: Callable[[], float] = random.random,
    sleep: Callable[[float], None] = time.sleep,
) -> Published:
    """Commit what the history folder holds, as one commit, and push it.

    ``branch`` None commits the folder, and nothing else, on the current branch. ``author`` is a
    name and an address, by default git's configured ones, else the program's. An ``edit`` is made
    to the folder on the way, and then its message counts. ``jitter`` gives numbers between 0 and 1.
    The remote is ``origin``, or the only one there is; without it this commits only, and the note
    says why. What the remote holds and the folder has lost is put back first: damage here is never
    pushed as a deletion. Raises OutsideError where the push is refused or the remote stays out of
    reach; the folder then holds everything, and the next run publishes it.
    """

    def once(mended: str) -> Published:
        with _place(root, branch, folder) as place:
            done = _Publication(place, message, author, edit).run(tries, jitter, sleep)
        note = "; ".join(each for each in (mended, done.note) if each)
        return replace(done, note=note)

    return _mended(root, branch, folder, once)


_T = TypeVar("_T")


def _mended(root: Path, branch: str | None, folder: Path, act: Callable[[str], _T]) -> _T:
    """Do something; where the clone is damaged, mend it and do it again, saying so.

    ``act`` is told what was mended, empty at first. Raises as ``act``.
    """
    try:
        return act("")
    except OutsideError as error:
        if not is_damage(str(error)):
            raise
        if branch is None:
            raise OutsideError(
                f"this clone is damaged ({one_line(str(error), 300)}); nothing that was measured "
                f"is lost. Clone it anew beside this one, and copy {folder} over"
            ) from None
        git = repository(root)
        if not mend(git, folder, branch, remote_name(git)):
            raise
    return act("this clone was damaged, by a power loss perhaps, and was mended from the remote")


@contextlib.contextmanager
def _place(root: Path, branch: str | None, folder: Path) -> Iterator[Place]:
    place = current_place(root, folder) if branch is None else branch_place(root, branch, folder)
    with place.sole_user():
        yield place


def _bring(place: Place, tip: str, base: str | None) -> tuple[str, ...]:
    """Join the tip into the folder and, on a branch of its own, stand on it; return what healed."""
    news = place.bring(tip, base)
    healed = place.heal(tip)
    if news or healed:
        catch_up(place.folder)
    place.mark_synced(tip)
    if place.own_branch:
        place.git.run("reset", "--mixed", "--quiet", tip)
    return healed


class _Publication:
    """One commit on its way to the remote."""

    def __init__(
        self, place: Place, message: str, author: tuple[str, str] | None, edit: Edit | None
    ) -> None:
        self._place, self._git = place, place.git
        self._message, self._edit = message, edit
        self._author = {"name": author[0], "email": author[1]} if author else place.git.identity()
        self._base = place.base()
        self._head = place.git.commit_id(place.ref)
        self._healed: dict[str, None] = {}

    def run(
        self, tries: int, jitter: Callable[[], float], sleep: Callable[[float], None]
    ) -> Published:
        if not self._place.has_remote():
            commit = self._commit(None)
            if commit != self._head:
                self._settle(commit)
            note = f"committed here only: {self._place.why_no_remote()}"
            return self._done(commit if commit != self._head else None, False, 1, note)
        return until_pushed(
            self._attempt,
            tries=tries,
            jitter=jitter,
            sleep=sleep,
            overtaken=f"{tries} pushes to {self._place.branch} were overtaken by other runs; "
            "what was measured is kept here and the next run publishes it",
        )

    def _attempt(self, attempt: int) -> Published | None:
        """Fetch, commit, push; None where another run was faster."""
        before = self._git.commit_id(self._place.tracking)
        try:
            tip = fetch(self._place)
        except GitTooLongError:
            raise
        except OutsideError as error:
            raise OutageError(str(error)) from None
        if not self._place.own_branch:
            self._must_be_pushed(tip, before)
        commit = self._commit(tip)
        if commit == tip:
            self._place.mark_synced(commit)
            return self._done(None, True, attempt, "nothing new to publish")
        if not push_commit(self._git, self._place.remote, self._place.branch, commit):
            return None
        self._git.run("update-ref", self._place.tracking, commit)
        self._place.mark_synced(commit)
        return self._done(commit, True, attempt, self._settle(commit))

    def _done(self, commit: str | None, pushed: bool, tries: int, note: str) -> Published:
        return Published(commit, pushed, tries, note, tuple(self._healed))

    def _commit(self, tip: str | None) -> str:
        """Join the remote's tip and return the commit to push: a new one, or what is there."""
        place = self._place
        make_folder(place.folder)
        with exclusive_lock(place.folder):
            sweep_temporary(place.folder)
            HistoryStore(place.folder).mend()
            if self._edit is not None:
                self._edit.undo()
            parent = tip or self._head
            healed: tuple[str, ...] = ()
            if tip is not None:
                healed = _bring(place, tip, self._base)
                self._base = tip
            elif parent is not None:
                healed = place.heal(parent)
            self._healed.update(dict.fromkeys(healed))
            if self._edit is not None:
                self._message = self._edit.apply()
            tree = place.snapshot()
            if parent is not None and tree == place.tree_of(parent):
                return parent
            whole = place.whole_tree(tree, parent)
            return self._git.commit_tree(whole, parent, self._message, self._author)

    def _must_be_pushed(self, tip: str | None, before: str | None) -> None:
        """Refuse to publish a person's own commits along with history."""
        place, head = self._place, self._head
        if tip is None:
            raise OutsideError(f"{place.remote} has no branch {place.branch} yet; push it once")
        known = (commit for commit in (tip, before) if commit is not None)
        if head is None or not any(self._git.contains(commit, head) for commit in known):
            raise OutsideError(
                f"{place.branch} has commits that {place.remote} lacks; push them first, or keep "
                "history on a branch of its own (history.branch)"
            )

    def _settle(self, commit: str) -> str:
        """Let the checkout stand on the commit; return a note where it cannot."""
        place, git = self._place, self._git
        if place.own_branch:
            git.run("reset", "--mixed", "--quiet", commit)
            return ""
        where = f":(top,literal){place.prefix}"
        git.run("add", "--all", "--force", "--", where, ":(top,exclude,glob)**/.tmp-*")
        moved = self._head is None or git.ask("read-tree", "-m", "-u", self._head, commit).ok
        if not moved:
            return f"Pushed; this checkout of {place.branch} stays behind: run git pull."
        git.run("update-ref", "-m", "statusgen: publish", place.ref, commit)
        return ""

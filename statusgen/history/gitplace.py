"""The folder of history as git sees it: a branch of its own, or a part of the current branch."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from statusgen.base.errors import OutsideError
from statusgen.base.files import exclusive_lock, write_atomic
from statusgen.history import chain, quarantine
from statusgen.history.dayfile import day_at, day_of, read_bytes, relative_path, split_lines
from statusgen.history.git import Git
from statusgen.history.gitlocks import clear_stale_locks
from statusgen.history.gitmend import DAMAGED_REF, stands_on
from statusgen.history.gitmerge import Excused, merge, with_days_of
from statusgen.history.gitremote import fetch_branch, remote_name, repository
from statusgen.history.outboxdays import may_go
from statusgen.history.record import BadLine, read_entry

_FILE_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class _Change:
    """One file that differs between two trees; None where one of them lacks it."""

    old: str | None
    new: str | None


class Place:
    """A folder whose content is one tree of one branch.

    ``git`` runs at the root of the checkout; ``prefix`` leads from there to the folder, empty
    where the checkout is the folder itself.
    """

    def __init__(self, git: Git, folder: Path, prefix: str, branch: str, remote: str) -> None:
        self.git, self.folder, self.prefix = git, folder, prefix
        self.branch, self.remote = branch, remote
        self.ref = f"refs/heads/{branch}"
        self.tracking = f"refs/remotes/{remote}/{branch}"
        self.synced = f"refs/statusgen/synced/{branch}"
        self._state = Path(git.run("rev-parse", "--absolute-git-dir"))

    @property
    def own_branch(self) -> bool:
        """Whether the branch holds history and nothing else."""
        return not self.prefix

    @contextlib.contextmanager
    def sole_user(self) -> Iterator[None]:
        """Keep other runs that publish from this checkout out."""
        with exclusive_lock(self._state / "statusgen.lock"):
            with contextlib.suppress(OSError):  # left by a killed run; the lock says so
                os.unlink(self._state / "statusgen-index.lock")
            yield

    def has_remote(self) -> bool:
        """Whether the remote is configured."""
        return self.git.ask("remote", "get-url", "--", self.remote).ok

    def why_no_remote(self) -> str:
        """Say why nothing can be pushed, and what to do."""
        names = self.git.ask("remote").text.split()
        if not names:
            return "there is no remote; add one with: git remote add origin ADDRESS"
        return (
            f"none of the remotes {', '.join(names)} is called {self.remote}; rename the one to "
            f"push to with: git remote rename {names[0]} {self.remote}"
        )

    def base(self) -> str | None:
        """Return the commit that the folder and the remote last had in common, if any.

        A branch of its own remembers it in a ref of its own, because the remote-tracking branch
        moves with every fetch that a person makes.
        """
        head = self.git.commit_id(self.ref)
        if not self.own_branch:
            return head
        marked = self.git.commit_id(self.synced)
        if marked is not None:
            return marked
        tracked = self.git.commit_id(self.tracking)
        known = head is not None and tracked is not None and self.git.contains(tracked, head)
        return head if known else None

    def mark_synced(self, commit: str) -> None:
        """Remember that the folder holds everything that this commit of the remote does."""
        if self.own_branch:
            self.git.run("update-ref", self.synced, commit)

    def tree_of(self, commit: str | None) -> str:
        """Return the tree of the folder in a commit, the empty tree where it has none."""
        if commit is not None:
            name = f"{commit}:{self.prefix}" if self.prefix else f"{commit}^{{tree}}"
            answer = self.git.ask("rev-parse", "--quiet", "--verify", "--end-of-options", name)
            if answer.ok:
                return answer.text
        return self.git.run("hash-object", "-t", "tree", "-w", "--stdin")

    def snapshot(self) -> str:
        """Store the folder's files in git and return their tree; the checkout's index stays.

        The private index remembers sizes and times, so that unchanged files are not read again.
        """
        index = self._state / "statusgen-index"
        only = [f":(top,literal){self.prefix}" if self.prefix else ":(top)"]
        skip = ":(top,exclude,glob)**/.tmp-*"
        if self.folder.is_dir() and any(self.folder.iterdir()):
            self.git.run("add", "--all", "--force", "--", *only, skip, index=index)
        else:
            self.git.run("read-tree", "--empty", index=index)
        if not self.prefix:
            return self.git.run("write-tree", index=index)
        answer = self.git.ask("write-tree", f"--prefix={self.prefix}/", index=index)
        return answer.text if answer.ok else self.tree_of(None)

    def whole_tree(self, tree: str, parent: str | None) -> str:
        """Return the parent's whole tree with the folder's replaced by ``tree``."""
        if self.own_branch:
            return tree
        with tempfile.TemporaryDirectory(prefix="statusgen-") as scratch:
            index = Path(scratch) / "index"
            self.git.run("read-tree", parent or "--empty", index=index)
            where = f":(top,literal){self.prefix}"
            gone = ("rm", "-r", "-f", "--cached", "--quiet", "--ignore-unmatch", "--", where)
            self.git.run(*gone, index=index)
            self.git.run("read-tree", f"--prefix={self.prefix}/", tree, index=index)
            return self.git.run("write-tree", index=index)

    def bring(self, tip: str, base: str | None) -> bool:
        """Join the remote's ``tip`` into the folder: it then holds the remote's and ours.

        Returns whether the remote had anything new.

        Files are replaced one by one and whole, so that a kill leaves each old or new and nothing
        of ours is ever absent. The caller holds the folder's lock, and heals the folder next.
        """
        base_tree, theirs_tree, ours_tree = self.tree_of(base), self.tree_of(tip), self.snapshot()
        theirs = self._changes(base_tree, theirs_tree)
        ours = self._changes(base_tree, ours_tree)
        mine = {path: ours.get(path) for path in theirs}
        blobs = self._blobs_of([*theirs.values(), *(change for change in mine.values() if change)])
        excused, mixed = Elsewhere(self.folder), False
        for path, change in theirs.items():
            before = blobs.get(change.old or "")
            remote = blobs.get(change.new or "")
            own_change = mine[path]
            own = before if own_change is None else blobs.get(own_change.new or "")
            if own is None and before is not None and may_go(path, self.folder):
                continue
            content = merge(path, before, own, remote, excused.than(path))
            if content != own:
                self._put(path, content)
                mixed = mixed or (own_change is not None and day_at(path) is not None)
        if mixed:  # what was sealed here is sealed again as the files stand now
            mine_sealed, tips = read_bytes(self.folder / chain.NAME), self._blob_at(tip, chain.NAME)
            self._put(chain.NAME, chain.renewed(mine_sealed, tips) or None)
        return bool(theirs)

    def heal(self, commit: str) -> tuple[str, ...]:
        """Put back what the commit holds and the folder has lost; return the files.

        Lost are files that are gone, emptied or full of NUL bytes, and lines that stand nowhere
        else in the folder. The caller holds the folder's lock.
        """
        changes = self._losses(commit)
        for path, content in changes.items():
            self._put(path, content)
        return tuple(changes)

    def losses(self, commit: str) -> tuple[str, ...]:
        """Return the files in which the folder lacks what the commit holds; changes nothing."""
        return tuple(self._losses(commit))

    def _losses(self, commit: str) -> dict[str, bytes]:
        """Return the files that lost something, and what they are to hold."""
        tree = self.tree_of(commit)
        changes = self._changes(tree, self.snapshot())
        held = {path: change for path, change in changes.items() if change.old is not None}
        blobs = self._blobs_of(held.values())
        excused = Elsewhere(self.folder)
        found: dict[str, bytes] = {}
        roll_ups: dict[str, tuple[bytes, bytes]] = {}
        for path, change in held.items():
            theirs, ours = blobs[change.old or ""], blobs.get(change.new or "")
            if ours is None and may_go(path, self.folder):
                continue
            content = merge(path, theirs, ours, theirs, excused.than(path))
            if content is not None and content != ours:
                found[path] = content
            if path.startswith("daily/"):
                roll_ups[path] = theirs, content or b""
        hurt = [path.rpartition("/")[2][:10] for path in found if day_at(path) is not None]
        for path, (theirs, content) in roll_ups.items():
            # Roll-ups that were made meanwhile tell of fewer rounds than there are again.
            again = with_days_of(theirs, content, min(hurt).encode()) if hurt else content
            if again != content:
                found[path] = again
        return dict(sorted(found.items()))

    def _changes(self, old: str, new: str) -> dict[str, _Change]:
        """Return the files that differ; links and submodules count as absent."""
        raw = self.git.ask("diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", old, new)
        parts = raw.out.decode("utf-8", "surrogateescape").split("\0")
        found: dict[str, _Change] = {}
        for head, path in zip(parts[0::2], parts[1::2], strict=False):
            old_mode, new_mode, old_id, new_id, _ = head.lstrip(":").split(" ")
            change = _Change(
                old_id if old_mode in _FILE_MODES else None,
                new_id if new_mode in _FILE_MODES else None,
            )
            if change.old != change.new and _is_inside(path):
                found[path] = change
        return found

    def _blob_at(self, commit: str, path: str) -> bytes | None:
        answer = self.git.ask("cat-file", "blob", f"{self.tree_of(commit)}:{path}")
        return answer.out if answer.ok else None

    def _blobs_of(self, changes: Iterable[_Change]) -> dict[str, bytes]:
        ids = {name for change in changes for name in (change.old, change.new) if name}
        return self._blobs(sorted(ids))

    def _blobs(self, ids: list[str]) -> dict[str, bytes]:
        """Read many blobs with one run of git."""
        found: dict[str, bytes] = {}
        if not ids:
            return found
        asked = "".join(f"{name}\n" for name in ids).encode("ascii")
        answer = self.git.ask("cat-file", "--batch", data=asked)
        rest = memoryview(answer.out)
        for name in ids:
            head = bytes(rest[:200]).partition(b"\n")[0]
            fields = head.split(b" ")
            if not answer.ok or len(fields) != 3:
                raise OutsideError(f"git cannot read {name}: {answer.said or 'it is missing'}")
            size, begin = int(fields[2]), len(head) + 1
            found[name] = bytes(rest[begin : begin + size])
            rest = rest[begin + size + 1 :]
        return found

    def _put(self, path: str, content: bytes | None) -> None:
        target = self.folder / path
        if not target.parent.resolve().is_relative_to(self.folder.resolve()):
            raise OutsideError(f"{target} leads out of the history folder; remove the link")
        if content is not None:
            write_atomic(target, content)
            return
        with contextlib.suppress(FileNotFoundError):
            target.unlink()
        with contextlib.suppress(OSError):  # the folder holds more
            target.parent.rmdir()


class Elsewhere:
    """Which lines that a file lacks stand elsewhere in the folder, and so are not lost.

    A bad line is kept in ``quarantine.jsonl``; a round that stood in the file of another day moves
    into that of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _aside(self) -> frozenset[bytes]:
        return frozenset(line.lstrip(b",") for line in quarantine.kept_lines(self._folder))

    def than(self, path: str) -> Excused:
        """Return what says of a line whether it stands elsewhere than in the file ``path``."""

        def excused(line: bytes) -> bool:
            if path != quarantine.NAME and line.lstrip(b",") in self._aside:
                return True
            day, entry = day_at(path), read_entry(line)
            if day is None or isinstance(entry, BadLine) or day_of(entry.at) == day:
                return False
            at_home = split_lines(read_bytes(self._folder / relative_path(day_of(entry.at))))
            return line in at_home

        return excused


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and not {"..", ".git"} & set(parts)


def current_place(root: Path, folder: Path) -> Place:
    """Return the folder as a part of the branch that is checked out. Raises OutsideError."""
    git = repository(root)
    remote = remote_name(git)
    top = Path(git.run("rev-parse", "--show-toplevel"))
    name = git.ask("symbolic-ref", "--quiet", "--short", "HEAD")
    if not name.ok:
        raise OutsideError("no branch is checked out; check one out, or set history.branch")
    try:
        prefix = folder.resolve().relative_to(top.resolve()).as_posix()
    except ValueError:
        raise OutsideError(f"{folder} lies outside the repository at {top}") from None
    if prefix == ".":
        raise OutsideError(f"the history folder {folder} must lie below the repository's root")
    place = Place(Git(top), folder, prefix, name.text, remote)
    clear_stale_locks(place.git, name.text, remote)
    return place


def branch_place(root: Path, branch: str, folder: Path) -> Place:
    """Return the folder as a checkout of its own branch, making what is missing.

    The branch comes from the remote, or is begun, empty, as an orphan. A folder that already
    holds rounds becomes the checkout as it is, and what it holds counts as new. Raises
    OutsideError.
    """
    git = repository(root)
    well_formed = git.ask("check-ref-format", f"refs/heads/{branch}").ok
    if not well_formed or branch.startswith("-"):
        raise OutsideError(f"history.branch {branch!r} is no name for a branch")
    remote = remote_name(git)
    clear_stale_locks(git, branch, remote)
    if not _is_checkout(folder):
        _make_checkout(git, branch, folder, remote)
    own = Git(folder)
    clear_stale_locks(own, branch, remote)
    name = own.ask("symbolic-ref", "--quiet", "HEAD").text
    if not name and stands_on(own, branch):
        raise OutsideError(f"refs/heads/{branch} {DAMAGED_REF}")
    if name != f"refs/heads/{branch}":
        shown = name.removeprefix("refs/heads/") or "no branch"
        raise OutsideError(f"{folder} has {shown} checked out; run git switch {branch} there")
    return Place(own, folder, "", branch, remote)


def fetch(place: Place) -> str | None:
    """Fetch the branch and return its tip; None where the remote has no such branch.

    Raises OutsideError where the remote cannot be asked.
    """
    return fetch_branch(place.git, place.remote, place.branch, tip_only=place.own_branch)


def _is_checkout(folder: Path) -> bool:
    if not (folder / ".git").exists():
        return False
    top = Git(folder).ask("rev-parse", "--show-toplevel")
    return top.ok and Path(top.text).resolve() == folder.resolve()


def _make_checkout(git: Git, branch: str, folder: Path, remote: str) -> None:
    top = Path(git.run("rev-parse", "--show-toplevel"))
    ref, synced = f"refs/heads/{branch}", f"refs/statusgen/synced/{branch}"
    git.run("worktree", "prune")
    if git.commit_id(ref) is None:
        at_root = Place(Git(top), folder, "", branch, remote)
        tip = fetch(at_root) if at_root.has_remote() else None
        git.ask("update-ref", "-d", synced)
        if tip is not None:
            git.run("update-ref", synced, tip)
        git.run("update-ref", ref, tip or _empty_commit(git, f"Begin the branch {branch}"))
    if folder.exists() and any(folder.iterdir()):
        git.run("update-ref", synced, _empty_commit(git, "Nothing in common yet"))
        _adopt(git, branch, folder)
    else:
        git.run("worktree", "add", "--force", "--quiet", "--", str(folder.absolute()), branch)


def _empty_commit(git: Git, message: str) -> str:
    tree = git.run("hash-object", "-t", "tree", "-w", "--stdin")
    return git.commit_tree(tree, None, message, git.identity())


def _adopt(git: Git, branch: str, folder: Path) -> None:
    """Turn a folder that holds files into a checkout of the branch without touching them."""
    with tempfile.TemporaryDirectory(prefix=".tmp-", dir=folder.parent) as scratch:
        beside = Path(scratch).absolute() / folder.name
        make = ("worktree", "add", "--force", "--quiet", "--no-checkout", "--")
        git.run(*make, str(beside), branch)
        shutil.rmtree(folder / ".git", ignore_errors=True)
        os.replace(beside / ".git", folder / ".git")
    own = Git(folder)
    own.run("worktree", "repair")
    own.run("reset", "--mixed", "--quiet")

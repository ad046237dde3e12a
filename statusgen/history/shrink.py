"""Bounded history: rounds past their retention go, and the branch's past becomes one commit.

Nothing goes that is not told elsewhere: a day's rounds go once its roll-up follows from them, and a
squash changes the commits and not one byte of the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import OutsideError
from statusgen.base.files import exclusive_lock
from statusgen.history.dailyfile import recorded_sizes, year_files
from statusgen.history.dayfile import day_files, day_of, file_size, read_bytes
from statusgen.history.git import Git
from statusgen.history.gitbranch import Published, publish
from statusgen.history.gitplace import Place, branch_place, fetch
from statusgen.history.verify import verify


@dataclass(frozen=True, slots=True)
class Compacted:
    """What went, and what became of the commit."""

    days: int
    """Day files removed."""
    size: int
    """Their bytes."""
    published: Published | None
    """None where nothing was to go."""


def expired(folder: Path, *, now: Instant, retention_days: int) -> Mapping[Instant, Path]:
    """Return the day files past their retention, oldest first, that a roll-up tells of.

    Raises OutsideError for a history that is not sound: what is damaged is mended first.
    """
    report = verify(folder, now=now)
    if not report.ok:
        first = report.findings[0]
        raise OutsideError(
            f"the history is not sound ({first}); nothing was removed. Mend it first: "
            "statusgen history repair; an edit that is meant: statusgen history accept DAY"
        )
    rolled: dict[Instant, int] = {}
    for path in year_files(folder):
        rolled |= recorded_sizes(read_bytes(path))
    limit = day_of(now) - retention_days * DAY
    found: dict[Instant, Path] = {}
    for day, path in sorted(day_files(folder).items()):
        # Only from the oldest on: a gap between files would be damage.
        if day >= limit or rolled.get(day) != file_size(path):
            break
        found[day] = path
    return found


def compact(
    root: Path, folder: Path, branch: str | None, *, now: Instant, retention_days: int
) -> Compacted:
    """Remove the rounds past their retention and publish that. Raises OutsideError.

    Kept are all days of the last ``retention_days`` and each whose roll-up is missing. The commit
    stands on the remote's tip, so that rounds of other runs are not lost; killed before the push,
    the next run finds the files back and may be repeated.
    """
    going = expired(folder, now=now, retention_days=retention_days)
    if not going:
        return Compacted(0, 0, None)
    size = sum(file_size(path) for path in going.values())
    edit = _Removal(tuple(going.values()))
    published = publish(root, folder, branch, "", edit=edit)
    return Compacted(len(going), size, published)


class _Removal:
    """Takes day files out of the folder, as an edit that publishing can make anew."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._removed: dict[Path, bytes] = {}

    def apply(self) -> str:
        """Remove the files."""
        for path in self._paths:
            if path.is_file():
                self._removed[path] = read_bytes(path)
                path.unlink()
        return f"Remove the rounds of {len(self._paths)} days past their retention"

    def undo(self) -> None:
        """Put them back."""
        for path, content in self._removed.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        self._removed.clear()


@dataclass(frozen=True, slots=True)
class Squashed:
    """What a squash did."""

    commit: str
    commits: int
    """Commits that the branch had."""
    pushed: bool


def squash(root: Path, folder: Path, branch: str | None) -> Squashed:
    """Make one commit of the data branch's past, with the same files, and push it.

    Refused where the remote moved on in the meantime: the next try stands on its new tip. Runs that
    began before it publish as ever. Raises OutsideError.
    """
    if branch is None:
        raise OutsideError(
            "the history is a part of the current branch, whose past is a person's; "
            "set history.branch to give it one of its own"
        )
    place = branch_place(root, branch, folder)
    with place.sole_user(), exclusive_lock(folder):
        return _squash(place)


def _squash(place: Place) -> Squashed:
    git = place.git
    tip = fetch(place) if place.has_remote() else git.commit_id(place.ref)
    if tip is None:
        raise OutsideError(f"there is no branch {place.branch} yet; nothing to squash")
    if place.tree_of(tip) != place.snapshot():
        raise OutsideError(
            "the folder and the branch differ: publish or pull first (statusgen history pull)"
        )
    count = int(git.run("rev-list", "--count", tip))
    whole = git.run("rev-parse", f"{tip}^{{tree}}")
    message = f"Keep the history as it stands: {count} commits before it are one"
    commit = git.commit_tree(whole, None, message, git.identity())
    if git.run("rev-parse", f"{commit}^{{tree}}") != whole:
        raise OutsideError("git made another tree than it was given; nothing was pushed")
    pushed = place.has_remote() and _push(git, place, commit, tip)
    git.run("update-ref", place.ref, commit)
    if place.has_remote():
        git.run("update-ref", place.tracking, commit)
    place.mark_synced(commit)
    git.run("reset", "--mixed", "--quiet", commit)
    return Squashed(commit, count, pushed)


def _push(git: Git, place: Place, commit: str, tip: str) -> bool:
    lease = f"--force-with-lease=refs/heads/{place.branch}:{tip}"
    spec = f"{commit}:refs/heads/{place.branch}"
    answer = git.ask("push", "--porcelain", "--no-verify", lease, "--", place.remote, spec)
    if not answer.ok:
        raise OutsideError(
            f"{place.remote} refused the squash: {answer.said}. Nothing is lost; try again, or let "
            "the job past the rule that protects the branch from being rewritten"
        )
    return True

"""A clone that a power loss damaged: mended from the remote, so that the next round is pushed.

What git had not yet brought to the disk is empty or zeros afterwards: a ref, an index, an object.
git then refuses everything, for ever, though nothing that was measured is lost: the folder holds
it, and the remote what was pushed. So what git can fetch or make again is removed, and no more: the
indexes, empty objects, and the names of the data branch, which is ours alone. A person's branches,
and the index of their own checkout, are left alone.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from statusgen.history.git import Git

DAMAGED_REF = "is a damaged ref"
_DAMAGE = re.compile(
    r"index file corrupt|bad signature 0x|index file smaller|unknown index entry format"
    r"|bad (?:tree )?object (?:refs/|HEAD|[0-9a-f]{40})|did not send all necessary objects"
    r"|object (?:file )?\S+ (?:\([^)]*\) )?is (?:empty|corrupt)|is corrupt$"
    r"|unable to read (?:tree|sha1 file)|unable to parse commit|[Cc]ould not read [0-9a-f]{40}"
    r"|invalid sha1 pointer|missing (?:blob|tree|commit)|unable to resolve reference"
    rf"|inflate: |{DAMAGED_REF}"
)
"""What git says of a damaged clone; of a remote that is out of reach it says nothing like it."""


def is_damage(told: str) -> bool:
    """Whether git says that the clone itself is damaged."""
    return _DAMAGE.search(told) is not None


def stands_on(own: Git, branch: str) -> bool:
    """Whether a checkout stands on a branch, though git may not be able to read its ref."""
    place = own.ask("rev-parse", "--absolute-git-dir")
    try:
        text = (Path(place.text) / "HEAD").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return place.ok and text.strip() == f"ref: refs/heads/{branch}"


def mend(git: Git, folder: Path, branch: str, remote: str) -> tuple[str, ...]:
    """Remove what is damaged of a data branch with a checkout of its own; return what it was.

    ``git`` runs in the repository, ``folder`` is the checkout. The files of the history are not
    touched.
    """
    removed = []
    for path in _caches(git, folder):
        with contextlib.suppress(OSError):
            path.unlink()
            removed.append(path.name)
    refs = (
        f"refs/heads/{branch}", f"refs/statusgen/synced/{branch}", f"refs/remotes/{remote}/{branch}"
    )  # fmt: skip
    fetchable = git.ask("ls-remote", "--exit-code", "--", remote, f"refs/heads/{branch}").ok
    for ref in refs:
        if (fetchable or not _readable(git, ref)) and _drop(git, ref):
            removed.append(ref)
    return tuple(removed)


def _caches(git: Git, folder: Path) -> Iterator[Path]:
    """Yield the indexes of the data branch's checkout, and objects that hold nothing."""
    own = Git(folder).ask("rev-parse", "--absolute-git-dir")
    common = git.ask("rev-parse", "--path-format=absolute", "--git-common-dir")
    # Only a checkout of its own: the index of the main one is a person's.
    if own.ok and common.ok and own.text != common.text:
        for name in ("index", "statusgen-index"):
            if (Path(own.text) / name).is_file():
                yield Path(own.text) / name
    if common.ok:
        for path in (Path(common.text) / "objects").glob("[0-9a-f][0-9a-f]/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_size == 0:
                    yield path


def _readable(git: Git, ref: str) -> bool:
    return git.commit_id(ref) is not None and git.ask("ls-tree", "-r", ref).ok


def _drop(git: Git, ref: str) -> bool:
    """Take a name away, also one that git cannot read; return whether there was one."""
    place = git.ask("rev-parse", "--path-format=absolute", "--git-path", ref)
    there = Path(place.text)
    existed = git.commit_id(ref) is not None or (place.ok and there.is_file())
    git.ask("update-ref", "-d", ref)
    if place.ok:
        with contextlib.suppress(OSError):
            there.unlink()
    return existed

"""The repository around the history, as git on this machine sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from statusgen.base.errors import OutsideError
from statusgen.config.settings import Settings
from statusgen.history.git import Git
from statusgen.history.gitlocks import stale_locks
from statusgen.history.gitremote import remote_name
from statusgen.setup.doctor.finding import Finding
from statusgen.setup.workflows import WorkflowFile

_GIT = "git, in this folder"


@dataclass(frozen=True, slots=True)
class Clone:
    """What git says of a folder."""

    git: Git
    remote: str
    url: str
    """Empty where there is no remote."""
    head: str
    """The branch that is checked out; empty: none is."""
    default: str
    """The branch that is published from, as far as is known here; empty: not known."""


def clone_of(root: Path) -> Clone | None:
    """Return what git says; None where this is no repository, or there is no git."""
    git = Git(root)
    try:
        if git.ask("rev-parse", "--is-inside-work-tree").text != "true":
            return None
        remote = remote_name(git)
        head = git.ask("symbolic-ref", "--quiet", "--short", "HEAD").text
        far = git.ask("symbolic-ref", "--quiet", "--short", f"refs/remotes/{remote}/HEAD").text
        url = git.ask("remote", "get-url", "--", remote)
    except OutsideError:
        return None
    known = far.removeprefix(f"{remote}/") or head
    return Clone(git, remote, url.text if url.ok else "", head, known)


def of_clone(
    clone: Clone, settings: Settings | None, root: Path, files: list[WorkflowFile], history: Path
) -> Iterator[Finding]:
    """Judge the remote, the branches and the locks."""
    if not clone.url and files:
        said = "there is no remote: nothing that is measured here is pushed, and no workflow runs"
        cure = (
            "git remote add origin https://github.com/OWNER/REPOSITORY && git push -u origin HEAD"
        )
        yield Finding("remote", "bad", said, cure, _GIT)
    branch = settings.history.branch if settings else None
    if settings and branch is None and not clone.head:
        said = "no branch is checked out, and the history is a part of the current branch"
        yield Finding("branch", "bad", said, f"git switch {clone.default or 'main'}", _GIT)
    if branch is not None:
        tracked = clone.git.ask("ls-files", "--", str(history)).text.splitlines()
        if tracked:
            said = (
                f"{len(tracked)} files of {history} are in the main branch, though the history is "
                f"on the branch {branch}: both change with each round"
            )
            cure = f"git rm -r -q --cached {history} && echo /{history}/ >> .gitignore"
            yield Finding("branch", "doubt", said, cure, "git ls-files")
    locks = stale_locks(clone.git, branch or clone.head or "main", clone.remote)
    if locks:
        names = " ".join(str(path) for path in locks)
        said = f"a git that died left {len(locks)} locks behind; the next push removes them"
        yield Finding("locks", "doubt", said, f"rm {names}", "no git works in this repository")
    yield from _of_publishing(clone, files)


def _of_publishing(clone: Clone, files: list[WorkflowFile]) -> Iterator[Finding]:
    """Judge whether a push to the branch that people push to publishes."""
    for each in files:
        deploys = any("actions/deploy-pages" in str(s.get("uses", "")) for _, s in each.steps())
        push = each.triggers.get("push")
        named = push.get("branches") if isinstance(push, dict) else None
        if not deploys or not isinstance(named, list) or not clone.default:
            continue
        if not any(fnmatchcase(clone.default, str(pattern)) for pattern in named):
            said = f"{each.file} publishes pushes to {', '.join(map(str, named))}, and the branch "
            said += f"here is {clone.default}: what you push is published an hour later or never"
            cure = f"write `branches: [{clone.default}]` there; or: git branch -m {clone.default} "
            cure += f"{named[0]}"
            yield Finding("pages", "bad", said, cure, f"{each.file}, and {_GIT}")

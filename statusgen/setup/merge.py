"""Joining what a person and what we changed in a file: three-way, by git.

The original comes from the repository's own past: the newest commit of the file whose text is one
that we generated. So nothing need be kept beside the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Container
from pathlib import Path

from statusgen.base.errors import OutsideError
from statusgen.history.git import Git
from statusgen.setup.generated import digest_of

_COMMITS = 200
"""Of one file that are looked at."""


def original(root: Path, path: str, digests: Container[str]) -> str | None:
    """Return the newest committed text of a file that has one of these digests; None: none has."""
    git = Git(root)
    try:
        listed = git.ask("log", f"-{_COMMITS}", "--format=%H", "--", path)
        for commit in listed.text.split() if listed.ok else ():
            there = git.ask("cat-file", "blob", f"{commit}:./{path}")
            if there.ok and digest_of(path, there.out) in digests:
                return there.out.decode("utf-8-sig").replace("\r\n", "\n")
    except (OutsideError, UnicodeDecodeError):
        return None  # no git, no past
    return None


def merged(theirs: str, base: str, ours: str) -> str | None:
    """Return a person's text with what changed from ``base`` to ``ours``; None: they conflict."""
    with tempfile.TemporaryDirectory(prefix="statusgen-") as folder:
        names = [str(Path(folder) / name) for name in ("theirs", "base", "ours")]
        for name, text in zip(names, (theirs, base, ours), strict=True):
            Path(name).write_bytes(text.encode())
        try:
            answer = Git(Path(folder)).ask("merge-file", "-p", "--quiet", *names)
        except OutsideError:
            return None
    return answer.out.decode() if answer.ok else None

"""What ``wizard --apply`` writes: each file as it is and as it would be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statusgen.base.errors import InputError
from statusgen.base.yamltree import read_text
from statusgen.wizard.insertion import with_monitors
from statusgen.wizard.outputs import MONITORS, output_files
from statusgen.wizard.program import Program

DECISIONS = Path("content/decisions")
STATUS = Path("data/status.yml")
_NUMBERED = re.compile(r"(\d{4})-(.+)\.md")


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the repository, before and after."""

    path: Path
    """From the repository's root."""
    before: str | None
    after: str

    @property
    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, without their ends."""
        old = (self.before or "").splitlines()
        first = f"a/{self.path}" if self.before is not None else "/dev/null"
        yield from difflib.unified_diff(
            old, self.after.splitlines(), first, f"b/{self.path}", lineterm=""
        )


def changes(
    root: Path, program: Program, answers: Mapping[str, Any], monitors: Sequence[Mapping[str, Any]],
    day: str,
) -> list[Change]:  # fmt: skip
    """Return what writing a blueprint changes; files that stay as they are are left out.

    A decision that was taken before stays as it is; another one in its place supersedes it.
    Raises InputError where a file that must be changed cannot be read.
    """
    folder = root / DECISIONS
    there = {path.name: path for path in sorted(folder.glob("*.md"))} if folder.is_dir() else {}
    numbers = [int(match[1]) for name in there if (match := _NUMBERED.fullmatch(name))]
    number = max(numbers, default=0) + 1
    found: list[Change] = []
    for name, after in output_files(program, answers, day).items():
        path = Path(name)
        if path.parent == DECISIONS:
            made = list(_decision(root, path, after, there, number))
            number += bool(made)
            found += made
        elif name != MONITORS:
            found.append(_change(root, path, after))
    found += _monitors(root, monitors)
    return [one for one in found if one.before != one.after]


def _change(root: Path, path: Path, after: str) -> Change:
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise InputError(f"{path} leads out of the folder; it is not written")
    return Change(path, read_text(target, str(path)) if target.exists() else None, after)


def _decision(
    root: Path, path: Path, after: str, there: Mapping[str, Path], number: int
) -> Iterator[Change]:
    slug = path.name.partition("-")[2]
    title = _title(after)
    for name in reversed(list(there)):
        if not name.endswith(f"-{slug}"):
            continue
        old = read_text(there[name], str(DECISIONS / name))
        if _title(old) == title:
            return
        status = f"superseded by {number:04d}"
        told = re.sub(
            r"(?m)\Astatus: .*$|(?<=^---\n)status: .*$", f"status: {status}", old, count=1
        )
        yield Change(DECISIONS / name, old, told)
        break
    yield _change(root, DECISIONS / f"{number:04d}-{slug}", after)


def _title(text: str) -> str:
    return next((line for line in text.splitlines() if line.startswith("# ")), "")


def _monitors(root: Path, monitors: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    target = root / STATUS
    if monitors and target.exists():
        text = target.read_bytes().decode("utf-8")
        yield Change(STATUS, text, with_monitors(text, monitors, str(STATUS)))

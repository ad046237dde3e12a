"""The file that remembers what was generated, so that ``upgrade`` can tell what a person edited.

One file beside the others, and not a line in each: it survives whatever an editor or a formatter
does to them, it can speak for files that hold no comments (the program itself), and it alone can
tell a file that the operator deleted from one that is new. Where it is lost, or was never there
(statusgen before 0.2), files are recognised by ``former``.

It holds for each file the digest (:mod:`statusgen.setup.digest`) of the generated text that the
file is, or that an edited file stands on; and what was chosen for the schedule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamltree import read_text
from statusgen.setup.choices import Choices
from statusgen.setup.schedule_files import Kind

MANIFEST = ".statusgen.json"
_FORMAT = 1
THEIRS = "yours"
"""In place of a digest: the operator's file was there before us, and is never spoken of."""
_ABOUT = (
    "What `statusgen init`, `schedule --write` and `upgrade` generated, so that `upgrade` can tell "
    "what you edited. Keep it in git, and let no hand change it."
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was generated here, and by which version."""

    version: str
    choices: Choices
    digests: Mapping[str, str]
    """Path → digest; empty for a file that was there before us, whose origin nobody knows."""

    def text(self) -> str:
        """Return it as the file holds it: a line for each file, so that git joins two of them."""
        told = {
            "about": _ABOUT,
            "format": _FORMAT,
            "version": self.version,
            "schedule": {
                "kind": None if self.choices.kind is None else str(self.choices.kind),
                "private": self.choices.private,
                "paid": self.choices.paid,
                **({"every": self.choices.every} if self.choices.every else {}),
            },
            "files": dict(sorted(self.digests.items())),
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def read_manifest(root: Path) -> Manifest | None:
    """Return the manifest of a repository; None where there is none. Raises InputError."""
    path = root / MANIFEST
    if not path.exists():
        return None
    fix = f"bring it back with git (git checkout -- {MANIFEST}), or remove it: files that nobody "
    fix += "edited are then still recognised"
    try:
        told = json.loads(read_text(path, MANIFEST))
    except ValueError as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        problem = Problem("is not the JSON that was written", fix, MANIFEST, line, column)
        raise InputError([problem]) from None
    except RecursionError:
        raise InputError([Problem("is nested too deeply", fix, MANIFEST)]) from None
    if isinstance(told, dict) and isinstance(told.get("format"), int) and told["format"] > _FORMAT:
        newer = f"take statusgen {told.get('version')} or newer"
        raise InputError([Problem("was written by a newer statusgen", newer, MANIFEST)])
    try:
        schedule = told["schedule"]
        kind = None if schedule["kind"] is None else Kind(schedule["kind"])
        every = schedule.get("every")
        often = every if isinstance(every, int) and every > 0 else None
        choices = Choices(kind, schedule["private"] is True, schedule["paid"] is True, often)
        digests = {str(name): str(each) for name, each in told["files"].items()}
        return Manifest(str(told["version"]), choices, digests)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError([Problem("lacks what was written", fix, MANIFEST)]) from None

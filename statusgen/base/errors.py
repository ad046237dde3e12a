"""The errors that reach a user, and the problems they carry.

::

    StatusgenError          exit code 1; any expected failure
    ├── InputError          exit code 2; something a person wrote is wrong (all problems at once)
    └── OutsideError        exit code 3; the outside failed: push refused, disk full

The command line prints ``str(error)`` and exits with ``error.exit_code``; a traceback is shown
only under ``--debug``. Exception types are API, messages are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from statusgen.base.odd import visible


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of a file that a person wrote."""

    message: str
    """What is wrong, in plain words, with the offending value where that helps."""
    fix: str = ""
    """What to write instead; empty where the message says it already."""
    file: str = ""
    """The file's name as the user gave it."""
    line: int = 0
    """1-based; 0 where the problem concerns the file as a whole."""
    column: int = 0
    """1-based; 0 where unknown."""
    path: str = ""
    """Dotted path inside the document, e.g. ``monitors.2.http.expect``."""

    def __str__(self) -> str:
        place = visible(self.file)  # whoever may add a file may call it what he likes
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        parts = [part for part in (place, self.path, self.message) if part]
        text = ": ".join(parts)
        return f"{text}; {self.fix}" if self.fix else text


class StatusgenError(Exception):
    """An expected failure, told to the user in one line."""

    exit_code = 1


class InputError(StatusgenError):
    """Something a person wrote is wrong; carries every problem found, not the first only."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = [Problem(problems)]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OutsideError(StatusgenError):
    """The outside failed (a push refused, a full disk); nothing recorded was lost."""

    exit_code = 3

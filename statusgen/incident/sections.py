r"""The outer form of an incident's file: front matter, then one section for each update.

::

    ---
    title: Backend API is down
    ---

    ## Investigating · 2026-11-20T20:10:03Z

    We are looking into it.

A level-two heading that begins with a phase begins an update, even inside a code fence: a fence
that somebody forgot to close must not swallow the updates after it. Where such a line is meant as
text, a backslash stands before it (``\## Resolved: …``); reading takes the backslash away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.incident.model import Phase

EXAMPLE = "## Investigating · 2026-11-20T20:10:03Z"
_SEPARATORS = "·•—–-:,(@|"
_DATE = re.compile(r"\d{4}-\d")
_LONGEST = 40  # characters; no phase's name is longer
_PHASES = {phase.value: phase for phase in Phase}


@dataclass(frozen=True, slots=True)
class Section:
    """One update as it stands in the file."""

    line: int
    phase: Phase | None
    """None where the heading names none (the problem has been told)."""
    time: str
    """As written; empty where there is none."""
    time_column: int
    body: str
    r"""Markdown with ``\n`` line ends, without blank lines around it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart."""

    front: str | None
    """The YAML, after as many empty lines as precede it, so that marks tell the file's lines."""
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    phase: str
    time: str
    time_column: int


def take_apart(text: str, file: str) -> Parts:
    """Split a file into its front matter and its updates, telling all that is wrong with either."""
    lines = _unix(text).split("\n")
    problems: list[Problem] = []
    front, body_from = _front(lines, file, problems)
    sections: list[Section] = []
    heading: _Heading | None = None
    started, collected = 0, [""]
    for number, line in enumerate(lines[body_from:], start=body_from + 1):
        found = _heading(line)
        if found is None:
            collected.append(_unescaped(line))
            if heading is None and line.strip() and started == 0:
                started = number
            continue
        if heading is not None:
            sections.append(_section(heading, started, collected, file, problems))
        elif started and front is not None:
            problems.append(_before_first(started, file))
        heading, started, collected = found, number, []
    if heading is not None:
        sections.append(_section(heading, started, collected, file, problems))
    elif started and front is not None:
        problems.append(_before_first(started, file))
    else:
        problems.append(Problem("has no update", f"add a line `{EXAMPLE}` and text", file))
    return Parts(front, tuple(sections), tuple(problems))


def section_markdown(phase: Phase, time: str, body: str) -> str:
    """Write one update, so that :func:`take_apart` reads the same again."""
    text = "\n".join(_escaped(line) for line in tidy_body(body).split("\n"))
    return f"## {phase.value.capitalize()} · {time}\n" + (f"\n{text}\n" if text else "")


def tidy_body(text: str) -> str:
    r"""Return Markdown with ``\n`` line ends and without blank lines around it."""
    lines = _unix(text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _front(lines: list[str], file: str, problems: list[Problem]) -> tuple[str | None, int]:
    """Return the front matter and the index of the first line after it."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != "---":
        fix = "begin the file with the lines `---`, `title: What happened`, `---`"
        problems.append(Problem("has no front matter", fix, file, first + 1, 1))
        return None, first
    for last in range(first + 1, len(lines)):
        if lines[last].rstrip() in ("---", "..."):
            inside = "\n".join(lines[first + 1 : last])
            if inside.strip():
                return "\n" * (first + 1) + inside, last + 1
            problem = Problem(
                "the front matter is empty", "add `title: What happened`", file, first + 1, 1
            )
            problems.append(problem)
            return None, last + 1
    problems.append(
        Problem("the front matter has no end", "add a line `---` after it", file, first + 1, 1)
    )
    return None, first + 1


def _before_first(line: int, file: str) -> Problem:
    return Problem(
        "text stands before the first update",
        f"put a line like `{EXAMPLE}` above it",
        file,
        line,
        1,
    )


def _section(
    heading: _Heading, line: int, body: list[str], file: str, problems: list[Problem]
) -> Section:
    phase = _PHASES.get(_fold(heading.phase))
    if phase is None:
        known = ", ".join(_PHASES)
        problems.append(
            Problem(
                f"{quote(heading.phase, 40)} is no phase of an incident",
                suggest(heading.phase, list(_PHASES))
                or f"write one of {known}; or ### for a heading inside an update",
                file,
                line,
                4,
            )
        )
    if not heading.time:
        problems.append(
            Problem(
                "the update has no time",
                f"write it like `{EXAMPLE}`; or ### for a heading inside an update",
                file,
                line,
                4,
            )
        )
    return Section(line, phase, heading.time, heading.time_column, tidy_body("\n".join(body)))


def _heading(line: str) -> _Heading | None:
    """Return what the heading of an update says, or None for any other line."""
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    if indent > 3 or not bare.startswith(("## ", "##\t")):
        return None
    text = bare[2:].strip().rstrip("#").rstrip()
    date = _DATE.search(text)
    if date is None:
        return _heading_without_date(line, text)
    left = text[: date.start()].rstrip()
    words = left.rstrip(_SEPARATORS + " \t")
    separated = words != left
    words = words.removesuffix(" at").removesuffix(" on").rstrip()
    if not words or not (separated or _known(words.split()[0]) or len(words.split()) == 1):
        return None
    time = text[date.start() :].rstrip(") \t")
    return _Heading(words, time, line.index(time) + 1)


def _heading_without_date(line: str, text: str) -> _Heading | None:
    words = text.rstrip(_SEPARATORS + " \t")
    if _known(words):
        return _Heading(words, "", 0)
    for index in range(1, min(len(text), _LONGEST)):
        ends_here = text[index] in _SEPARATORS or text[index].isdecimal()
        if ends_here and _known(text[:index].rstrip()):
            time = text[index:].lstrip(_SEPARATORS + " \t")
            return _Heading(text[:index].rstrip(), time, line.index(time) + 1)
    return None


def _known(words: str) -> bool:
    return _fold(words) in _PHASES


def _fold(words: str) -> str:
    """So that ``Post-mortem`` and ``post mortem`` are read too."""
    return words.lower().replace("-", "").replace(" ", "")


def _escaped(line: str) -> str:
    indent, slashes, rest = _slashes(line)
    return f"{indent}\\{slashes}{rest}" if _heading(indent + rest) else line


def _unescaped(line: str) -> str:
    indent, slashes, rest = _slashes(line)
    return f"{indent}{slashes[1:]}{rest}" if _heading(indent + rest) else line


def _slashes(line: str) -> tuple[str, str, str]:
    """Split a line into its indent, the backslashes that follow, and the rest."""
    bare = line.lstrip(" ")
    rest = bare.lstrip("\\")
    indent = line[: len(line) - len(bare)]
    return indent, bare[: len(bare) - len(rest)], rest

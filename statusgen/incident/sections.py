r"""The outer form that incidents and windows share: front matter, then a section for each update.

::

    ---
    title: Backend API is down
    ---

    ## Investigating · 2026-11-20T20:10:03Z

    We are looking into it.

A level-two heading that begins with a phase begins an update, even inside a code fence: a fence
that somebody forgot to close must not swallow the updates after it. Where such a line is meant as
text, a backslash stands before it (``\## Resolved: …``); reading takes the backslash away.

An update may promise when the next one comes, behind its time: ``· next update 2026-11-20 21:00``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote

_SEPARATORS = "·•—–-:,(@|"
_DATE = re.compile(r"\d{4}-\d")
_NEXT = re.compile(r"[\s·•—–,;(|]+next(?:[ _]update)?(?:[ ](?:by|at|due))?:?[ \t]+", re.IGNORECASE)
_NEARLY = re.compile(
    r" {0,3}(?P<marks>(?:#{1,6}[ \t]*)?)(?:[*_]{1,2})?"
    r"(?P<words>[A-Za-z][A-Za-z _-]{0,30}?)?(?:[*_]{1,2})?"
    r"[\s·•—–:,(@|-]*(?:\b(?:at|on)\b )?"
    r"(?P<time>\d{4}-\d\d-\d\d[Tt ]+\d\d:\d\d(?::\d\d)?(?: ?[Zz]| ?UTC| ?[+-]\d\d:?\d\d)?)"
    r"(?:[*_]{1,2})?[)\s#]*"
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LONGEST = 40  # characters; no phase's name is longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What sets one kind of file apart from another."""

    kind: str
    """``an incident``; for messages."""
    phases: Mapping[str, str]
    """What a heading may begin with, folded (``inprogress``) → the phase."""
    title: str
    """What a title may look like."""
    example: str
    """The heading of an update."""
    needs_update: bool = True
    """Whether a file without an update is at fault, and text before the first one."""


def folded(words: str) -> str:
    """Return a phase as it is compared, so that ``Post-mortem`` and ``post mortem`` are read."""
    return re.sub(r"[-_ ]", "", words.lower())


def form_of(
    kind: str, phases: Iterable[str], title: str, example: str, *, needs_update: bool = True
) -> Form:
    """Return the form of a kind whose phases are ``phases``."""
    return Form(
        kind=kind,
        phases={folded(str(each)): str(each) for each in phases},
        title=title,
        example=example,
        needs_update=needs_update,
    )


@dataclass(frozen=True, slots=True)
class Section:
    """One update as it stands in the file."""

    line: int
    phase: str | None
    """None where the heading names none (the problem has been told)."""
    time: str
    """As written; empty where there is none."""
    time_column: int
    promise: str
    """When the next update is to come, as written; empty where nothing is promised."""
    promise_column: int
    body: str
    r"""Markdown with ``\n`` line ends, without blank lines around it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file taken apart."""

    front: str | None
    """The YAML, after as many empty lines as precede it, so that marks tell the file's lines."""
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    preface: str = ""
    """The text before the first update, where a form has one."""
    doubts: tuple[Problem, ...] = ()
    """Lines that look like updates and are read as text of the one above."""


@dataclass(frozen=True, slots=True)
class _Heading:
    phase: str
    time: str
    time_column: int
    promise: str = ""
    promise_column: int = 0


def take_apart(text: str, file: str, form: Form) -> Parts:
    """Split a file into its front matter and its updates, telling all that is wrong with either."""
    return _Splitter(file, form).split(_unix(text).split("\n"))


def section_markdown(phase: str, time: str, body: str, form: Form, promise: str = "") -> str:
    """Write one update, so that :func:`take_apart` reads the same again."""
    text = "\n".join(_escaped(line, form) for line in tidy_body(body).split("\n"))
    name = phase.replace("_", " ").capitalize()
    told = f" · next update {promise}" if promise else ""
    return f"## {name} · {time}{told}\n" + (f"\n{text}\n" if text else "")


def preface_markdown(text: str, form: Form) -> str:
    """Write the text before the first update, so that :func:`take_apart` reads the same again."""
    return "\n".join(_escaped(line, form) for line in tidy_body(text).split("\n"))


def tidy_body(text: str) -> str:
    r"""Return Markdown with ``\n`` line ends and without blank lines around it."""
    lines = _unix(text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def front_end(lines: list[str]) -> tuple[int, int] | None:
    """Return the indexes of the lines that open and close the front matter; None without any."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != "---":
        return None
    for last in range(first + 1, len(lines)):
        if lines[last].rstrip() in ("---", "..."):
            return first, last
    return None


@dataclass(slots=True)
class _Splitter:
    """Takes one file apart, collecting all that is wrong on the way."""

    file: str
    form: Form
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    def split(self, lines: list[str]) -> Parts:
        front, body_from = self._front(lines)
        sections: list[Section] = []
        heading: _Heading | None = None
        preface = ""
        started, collected = 0, [""]
        for number, line in enumerate(lines[body_from:], start=body_from + 1):
            found = _heading(line, self.form)
            if found is None:
                self._doubt(line, number, collected)
                collected.append(_unescaped(line, self.form))
                if heading is None and line.strip() and started == 0:
                    started = number
                continue
            if heading is not None:
                sections.append(self._section(heading, started, collected))
            elif started and front is not None:
                preface = self._before_first(started, collected)
            heading, started, collected = found, number, []
        if heading is not None:
            sections.append(self._section(heading, started, collected))
        elif started and front is not None:
            preface = self._before_first(started, collected)
        elif self.form.needs_update:
            fix = f"add a line `{self.form.example}` and text"
            self._tell("has no update", fix, max(len(lines) - 1, 1) if front is not None else 0)
        doubts = tuple(each for each in self.doubts if sections and each.line > sections[0].line)
        return Parts(front, tuple(sections), tuple(self.problems), preface, doubts)

    def _doubt(self, line: str, number: int, above: list[str]) -> None:
        """Note a line that looks like an update, but for its marks, and is no code."""
        meant = nearly(line, self.form)
        if meant and not _in_code(above):
            fix = f"write `{meant}`, or put it into other words"
            message = "looks like an update, and is read as text of the one above"
            self.doubts.append(Problem(message, fix, self.file, number, 1))

    def _tell(self, message: str, fix: str, line: int = 0, column: int = 1) -> None:
        self.problems.append(Problem(message, fix, self.file, line, column if line else 0))

    def _front(self, lines: list[str]) -> tuple[str | None, int]:
        """Return the front matter and the index of the first line after it."""
        first = next((index for index, line in enumerate(lines) if line.strip()), 0)
        title = self.form.title
        if lines[first].rstrip() != "---":
            self._tell("has no front matter", _front_fix(lines[first], title), first + 1)
            return None, first
        found = front_end(lines)
        if found is None:
            self._tell("the front matter has no end", "add a line `---` after it", first + 1)
            return None, first + 1
        inside = "\n".join(lines[first + 1 : found[1]])
        if inside.strip():
            return "\n" * (first + 1) + inside, found[1] + 1
        self._tell("the front matter is empty", f"add `title: {title}`", first + 1)
        return None, found[1] + 1

    def _before_first(self, line: int, text: list[str]) -> str:
        if not self.form.needs_update:
            return tidy_body("\n".join(text))
        meant = next((found for each in text if (found := nearly(each, self.form))), "")
        if meant:
            self._tell("looks like an update, and is none", f"write `{meant}`", line)
            return ""
        fix = f"put a line like `{self.form.example}` above it"
        self._tell("text stands before the first update", fix, line)
        return ""

    def _section(self, heading: _Heading, line: int, body: list[str]) -> Section:
        phase = self.form.phases.get(folded(heading.phase))
        if phase is None:
            known = list(dict.fromkeys(self.form.phases.values()))
            self._tell(
                f"{quote(heading.phase, 40)} is no phase of {self.form.kind}",
                suggest(heading.phase, known)
                or f"write one of {', '.join(known)}; or ### for a heading inside an update",
                line,
                4,
            )
        if not heading.time:
            self._tell(
                "the update has no time",
                f"write it like `{self.form.example}`; or ### for a heading inside an update",
                line,
                4,
            )
        return Section(
            line,
            phase,
            heading.time,
            heading.time_column,
            heading.promise,
            heading.promise_column,
            tidy_body("\n".join(body)),
        )


def nearly(line: str, form: Form) -> str:
    """Return the heading that a line seems to mean, which is none but for its marks; else nothing.

    It holds a phase and a time, or a time behind the marks of a heading, and nothing else.
    """
    found = _NEARLY.fullmatch(line)
    if found is None:
        return ""
    marks, words, time = found["marks"].strip(), found["words"], found["time"]
    if words and _known(words, form):
        name = form.phases[folded(words)].replace("_", " ").capitalize()
        return f"## {name} · {time}"
    if not words and marks.startswith("#"):
        return f"{form.example.partition(' · ')[0]} · {time}"
    return ""


def _in_code(above: list[str]) -> bool:
    """Whether what follows these lines of an update stands in a fence."""
    fence = ""
    for line in above:
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
    return bool(fence)


def _front_fix(line: str, title: str) -> str:
    """Return what to write where the file does not begin with its front matter."""
    if re.fullmatch(r"\s*-{2,}\s*", line):
        return "write the first line as `---`: three dashes, and nothing before them"
    if re.match(r"[A-Za-z_]+[ \t]*:(\s|$)", line):
        return "add a line `---` above this one"
    return f"begin the file with the lines `---`, `title: {title}`, `---`"


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _heading(line: str, form: Form) -> _Heading | None:
    """Return what the heading of an update says, or None for any other line."""
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    if indent > 3 or not bare.startswith(("## ", "##\t")):
        return None
    text = bare[2:].strip().rstrip("#").rstrip()
    date = _DATE.search(_NEXT.split(text, maxsplit=1)[0])  # a promise is no time of the update
    if date is None:
        return _heading_without_date(line, _NEXT.split(text, maxsplit=1)[0], form)
    left = text[: date.start()].rstrip()
    words = left.rstrip(_SEPARATORS + " \t")
    separated = words != left
    words = words.removesuffix(" at").removesuffix(" on").rstrip()
    if not words or not (
        separated or _known(words.split()[0], form) or _known(words, form) or " " not in words
    ):
        return None
    return _with_promise(line, words, text[date.start() :])


def _with_promise(line: str, words: str, rest: str) -> _Heading:
    """Tell the time of an update from the promise that may stand behind it."""
    parts = _NEXT.split(rest, maxsplit=1)
    time = parts[0].rstrip(") \t")
    column = line.index(rest) + 1
    if len(parts) == 1:
        return _Heading(words, time, column)
    promise = parts[1].rstrip(") \t")
    return _Heading(words, time, column, promise, column + len(rest) - len(parts[1]))


def _heading_without_date(line: str, text: str, form: Form) -> _Heading | None:
    words = text.rstrip(_SEPARATORS + " \t")
    if _known(words, form):
        return _Heading(words, "", 0)
    for index in range(1, min(len(text), _LONGEST)):
        ends_here = text[index] in _SEPARATORS or text[index].isdecimal()
        if ends_here and _known(text[:index].rstrip(), form):
            time = text[index:].lstrip(_SEPARATORS + " \t")
            return _Heading(text[:index].rstrip(), time, line.index(time) + 1)
    return None


def _known(words: str, form: Form) -> bool:
    return folded(words) in form.phases


def _escaped(line: str, form: Form) -> str:
    indent, slashes, rest = _slashes(line)
    return f"{indent}\\{slashes}{rest}" if _heading(indent + rest, form) else line


def _unescaped(line: str, form: Form) -> str:
    indent, slashes, rest = _slashes(line)
    return f"{indent}{slashes[1:]}{rest}" if _heading(indent + rest, form) else line


def _slashes(line: str) -> tuple[str, str, str]:
    """Split a line into its indent, the backslashes that follow, and the rest."""
    bare = line.lstrip(" ")
    rest = bare.lstrip("\\")
    indent = line[: len(line) - len(bare)]
    return indent, bare[: len(bare) - len(rest)], rest

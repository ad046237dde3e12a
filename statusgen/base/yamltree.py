"""YAML read safely, with the place of every key and value.

Scalars stay the text that was written (YAML 1.2's plain ``null``, ``~`` and nothing become None):
the model that receives them decides what they are, so ``no``, ``1:30``, ``012`` and ``1.10`` never
change their meaning on the way. Aliases, repeated keys, tags, nesting deeper than 20 and files over
1 MiB are refused (T11 of content/reference). A file in another tool's dialect may hold aliases,
merge keys and YAML's own tags, in measure: its reader then says so (``Document.beyond``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from statusgen.base.conflict import MARKDOWN, conflict_line, conflict_problem
from statusgen.base.errors import InputError, Problem
from statusgen.base.odd import odd_characters
from statusgen.base.text import one_line, quote
from statusgen.base.yamlalias import MERGE, Anchors, merge
from statusgen.base.yamlfix import odd_in_line, yaml_fix

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
Path_: TypeAlias = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Not in YAML at all, or (the last three) line breaks to the parser and to no editor: every place
# after one would be told wrongly.
_NOT_ALLOWED = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# YAML takes a tab in a line that is blank or a comment (1.2.2, 6.6); libyaml does not.
_BLANK_WITH_TAB = re.compile(r"^[ ]*\t[ \t]*(?=\r?$)|^\t[ \t]*(?=#)", re.MULTILINE)
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column are 1-based."""

    line: int
    column: int


@dataclass(slots=True)
class Document:
    """One YAML file: its data, and where each part of it stands."""

    file: str
    data: Value
    values: dict[Path_, Mark] = field(default_factory=dict)
    keys: dict[Path_, Mark] = field(default_factory=dict)
    beyond: list[Problem] = field(default_factory=list)
    """What our own dialect refuses and was read all the same, as another tool reads it."""
    anchored: set[Path_] = field(default_factory=set)
    """Where something stands to which aliases refer."""

    def mark(self, path: Path_, *, key: bool = False) -> Mark:
        """Return where ``path`` stands (its key, if asked), or its nearest parent."""
        if key and path in self.keys:
            return self.keys[path]
        while path:
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return self.values.get((), Mark(1, 1))

    def _text_at(self, path: Path_) -> str:
        found: Any = self.data
        for part in path:
            try:
                found = found[part]
            except (LookupError, TypeError):
                return ""
        return found if isinstance(found, str) else ""

    def problem(self, path: Path_, message: str, fix: str = "", *, key: bool = False) -> Problem:
        """Make a problem that points at ``path``; what it quotes cannot break its line."""
        mark = self.mark(path, key=key)
        written = str(path[-1]) if key and path else self._text_at(path)
        odd = odd_characters(written) if written else ""
        if odd and quote(written, 600)[1:20] in message:  # what is quoted is not what it looks like
            fix = f"it holds {odd}" + (f"; {fix}" if fix else "")
        return Problem(
            one_line(message, 600, exact=True),
            one_line(fix, 400, exact=True),
            self.file,
            mark.line,
            mark.column,
            dotted(path),
        )


def dotted(path: Path_) -> str:
    """Write a path as ``monitors.2.url``."""
    return one_line(".".join(str(part) for part in path))


def read_text(path: Path, shown_as: str) -> str:
    """Read a text file that a person wrote. Raises InputError, naming what is wrong with it."""
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            [Problem(f"cannot be read: {error.strerror or error}", file=shown_as)]
        ) from None
    if len(raw) > MAX_BYTES:
        raise InputError([Problem("is larger than 1 MiB", "split it", file=shown_as)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(
            [Problem("is not UTF-8", "save the file as UTF-8", shown_as, line, column)]
        ) from None
    conflict = conflict_line(text, markdown=path.suffix.lower() in MARKDOWN)
    if conflict:
        raise InputError([conflict_problem(shown_as, conflict)])
    return text


def load_file(path: Path, shown_as: str | None = None, *, foreign: bool = False) -> Document:
    """Read and parse a YAML file; see :func:`load`."""
    name = shown_as or str(path)
    return load(read_text(path, name), name, foreign=foreign)


def load(text: str, file: str, *, foreign: bool = False) -> Document:
    """Parse one YAML document; a ``foreign`` one may hold aliases, merge keys and YAML's own tags.

    Raises InputError with every repeated key and alias found, or with the syntax error.
    """
    if len(text) > MAX_BYTES:
        raise InputError([Problem("is larger than 1 MiB", "split it", file=file)])
    bad = _NOT_ALLOWED.search(text)
    if bad:
        line, column = _place(text, bad.start())
        message = f"holds the character U+{ord(bad[0]):04X}, which does not belong in YAML"
        raise InputError([Problem(message, "remove it", file, line, column)])
    builder = _Builder(file, foreign=foreign)
    parsed = _BLANK_WITH_TAB.sub("", text) if "\t" in text else text
    try:
        for event in yaml.parse(parsed, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, text, file))
    if builder.problems:
        raise InputError(builder.problems)
    return builder.document


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Translate the parser's complaint, and say what helps where we know."""
    what = error.problem or error.context or "syntax error"
    message = f"is not valid YAML: {what}"
    if error.context and error.problem:
        message += f" ({error.context})"
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(one_line(message), file=file)
    lines = text.splitlines() or [""]
    number, column = mark.line, mark.column
    if number >= len(lines):  # the end of the file, behind the last line's break
        number, column = len(lines) - 1, len(lines[-1])
    line = lines[number]
    began = error.context_mark
    place = None
    if began is not None and began.line < len(lines):
        place = (began.line + 1, lines[began.line], began.column)
    fix = yaml_fix(what, line, column, place, lines[number - 1] if number else "")
    for at, text in sorted({(number, line), *([(place[0] - 1, place[1])] if place else [])}):
        found = odd_in_line(text)
        if found is not None:
            number, column, fix = at, found[0], f"it holds {found[1]}; write an ordinary character"
            break
    return Problem(one_line(message), fix, file, number + 1, column + 1)


class _Builder:
    """Builds data from parser events without recursion, so that no depth can exhaust the stack."""

    def __init__(self, file: str, *, foreign: bool) -> None:
        self.document = Document(file, None)
        self.problems: list[Problem] = []
        self._foreign = foreign
        self._anchors = Anchors(self.document)
        self._stack: list[_Frame] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._stop(event, "a second document begins here", "keep one document in a file")
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event)
            if _SURROGATE.search(event.value):  # let through by the parser in pure Python
                self._fault(event, "holds half of a character", "write the character itself")
            plain = event.implicit[0] and not event.style
            value = None if plain and event.value in _NULLS else event.value
            self._anchors.name(event.anchor, self._add(event, value), value)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._tag(event)
            if len(self._stack) >= MAX_DEPTH:
                self._stop(event, f"is nested deeper than {MAX_DEPTH} levels", "flatten it")
            container: dict[str, Value] | list[Value]
            container = {} if isinstance(event, yaml.MappingStartEvent) else []
            path = self._add(event, container)
            self._anchors.name(event.anchor, path, container)
            self._stack.append(_Frame(container, path))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            frame = self._stack.pop()
            if self._foreign and isinstance(frame.container, dict) and MERGE in frame.container:
                merge(self.document, frame.path, frame.container)

    def _alias(self, event: Any) -> None:
        """Put a copy in the place of an alias; where aliases are none of ours, say so."""
        name = event.anchor
        refused = f"the alias *{name} is not supported", "write the value out"
        if not self._foreign:
            self._add(event, None)
            self._fault(event, *refused)
            return
        try:
            value = self._anchors.value(name)
            if self._at_key:
                self._beyond(event, *refused)
                self._add(event, value)
                return
            path = self._add(event, None)
            if any(frame.container is value for frame in self._stack):
                raise ValueError("it stands inside what it names")
            copy = self._anchors.copy(name, path, MAX_DEPTH - len(self._stack))
        except KeyError:
            self._stop(event, f"there is no anchor &{name}", "write the value out")
        except ValueError as error:
            self._stop(event, f"the alias *{name} cannot be followed: {error}", refused[1])
        self._beyond(event, *refused)
        self._put(path, copy)

    @property
    def _at_key(self) -> bool:
        """Whether what comes next is a key."""
        frame = self._stack[-1] if self._stack else None
        return frame is not None and isinstance(frame.container, dict) and frame.key is None

    def _put(self, path: Path_, value: Value) -> None:
        """Put a value in the place of the one that was added last."""
        container = self._stack[-1].container
        if isinstance(container, list):
            container[-1] = value
        else:
            container[str(path[-1])] = value

    def _add(self, event: Any, value: Value) -> Path_:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if not self._stack:
            self.document.data = value
            self.document.values[()] = mark
            return ()
        frame = self._stack[-1]
        if isinstance(frame.container, list):
            path: Path_ = (*frame.path, len(frame.container))
            frame.container.append(value)
        elif frame.key is None:
            self._key(event, value, mark, frame)
            return frame.path
        else:
            path = (*frame.path, frame.key)
            frame.container[frame.key] = value
            frame.key = None
        self.document.values[path] = mark
        return path

    def _key(self, event: Any, value: Value, mark: Mark, frame: _Frame) -> None:
        if isinstance(value, (dict, list)):
            self._stop(event, "a key must be plain text", "put it in quotes")
        assert isinstance(frame.container, dict)
        key = "null" if value is None else str(value)
        path = (*frame.path, key)
        if key in frame.container:
            first = self.document.keys[path].line
            self._fault(event, f"the key {quote(key)} stands already in line {first}", "remove one")
        self.document.keys[path] = mark
        frame.key = key

    def _tag(self, event: Any) -> None:
        if event.tag in (None, "!"):
            return
        refused = f"the tag {one_line(event.tag)} is not supported", "remove it"
        if self._foreign and event.tag in _CORE_TAGS:  # a text stays what its reader makes of it
            self._beyond(event, *refused)
        else:
            self._fault(event, *refused)

    def _beyond(self, event: Any, message: str, fix: str) -> None:
        if len(self.document.beyond) < 100:
            self.document.beyond.append(self._problem(event, message, fix))

    def _problem(self, event: Any, message: str, fix: str) -> Problem:
        path = self._stack[-1].path if self._stack else ()
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        return Problem(message, fix, self.document.file, line, column, dotted(path))

    def _fault(self, event: Any, message: str, fix: str) -> None:
        if len(self.problems) < 100:
            self.problems.append(self._problem(event, message, fix))

    def _stop(self, event: Any, message: str, fix: str) -> None:
        self._fault(event, message, fix)
        raise InputError(self.problems)


@dataclass(slots=True)
class _Frame:
    container: dict[str, Value] | list[Value]
    path: Path_
    key: str | None = None

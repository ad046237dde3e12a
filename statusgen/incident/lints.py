"""What makes a poor update: told to its author, and no reason to hide it from visitors."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from statusgen.base.clock import MINUTE, Instant, format_instant
from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.incident.outer import Reader, Told

_AHEAD = 5 * MINUTE
"""Clocks may differ by so much."""
_WHOSE = r"(?:his|her|their|your|whose|nobody's|somebody's|someone's|(?:the )?\w+(?:'s|s'))"
_BLAME = re.compile(
    rf"\b(?:{_WHOSE} (?:own )?(?:fault|stupidity)(?![- ]toleran)|(?:is|are|was|were) to blame|"
    r"blam(?:e|es|ed|ing) (?:it |this |that |the |our |on )|(?:human|operator) error|"
    r"incompeten(?:t|ce)|careless(?:ly|ness)?|negligen(?:t|ce)|stupid(?:ly)?|idiots?|"
    r"screwed up|messed up)\b",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_TARGET = re.compile(r"!?\[[^\]]*\]\(\s*(?:<([^<>\n]*)>|([^()\s]*(?:\([^()\s]*\)[^()\s]*)*))")
_GENERATED = (
    "components",
    "history",
    "incidents",
    "maintenance",
    "roadmaps",
    "wizard",
    "wizards",
    "schema",
)
"""Where pages lie that no file of an author's stands for."""
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^]+\]:\s*<?([^\s>]+)")


@dataclass(frozen=True, slots=True)
class Desk:
    """What an author's files are held against."""

    zone: ZoneInfo
    """That of times without an offset."""
    components: Sequence[str] | None
    """The ids that may be named; None: any."""
    now: Instant | None
    """None: the present is not known, and nothing lies ahead of it."""
    content: Path
    """The folder of pages, which links lead into."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The components' ids by the names that visitors see: people write those."""

    def meant(self, written: str) -> str:
        """Return what to write for a component that there is not; else nothing."""
        known = self.components or ()
        parts = [self._id(part.strip()) for part in re.split(r"[,;/&+]| and ", written)]
        if len(parts) > 1 and all(parts):
            return f"write [{', '.join(dict.fromkeys(parts))}]"
        found = self._id(written)
        return f"write {found}, its id" if found else suggest(written, list(known)) or ""

    def _id(self, written: str) -> str:
        if written in (self.components or ()):
            return written
        named = {name.casefold(): identifier for name, identifier in self.names.items()}
        return named.get(" ".join(written.split()).casefold(), "")


def times_ahead(reader: Reader[Any], desk: Desk, named: dict[str, Instant | None]) -> None:
    """Tell times that lie ahead of the clock: of updates, and of keys of the front matter."""
    if desk.now is None:
        return
    latest = desk.now + _AHEAD
    fix = "write when it happened, in UTC or with an offset"
    for key, at in named.items():
        if at is not None and at > latest:
            reader.tell((key,), f"{format_instant(at)} lies ahead of the clock", fix)
    for told in reader.updates:
        if told.at > latest:
            message = f"the update's time {format_instant(told.at)} lies ahead of the clock"
            reader.problems.append(Problem(message, fix, reader.file, told.line, 1))


def components(
    reader: Reader[Any], desk: Desk, named: Sequence[tuple[int, str]], *, over: bool
) -> None:
    """Tell the components, each with its place below ``affected``, that there are not.

    One that was removed is no fault of what is ``over``: where nothing known resembles it, it is a
    warning.
    """
    for index, name in named:
        if desk.components is None or name in desk.components:
            continue
        meant = desk.meant(name)
        known = ", ".join(desk.components[:3]) or "api"
        message = f"there is no component {quote(name, 80)}"
        problem = reader.place(
            reader.component_path(index),
            message,
            meant or f"write the id of a component, like {known}, or remove it",
        )
        (reader.warnings if over and not meant else reader.problems).append(problem)


def texts(reader: Reader[Any], desk: Desk) -> None:
    """Tell blaming words, and links that lead nowhere."""
    for told in (*filter(None, [reader.preface]), *reader.updates):
        for line, text in _lines(told):
            blame = _BLAME.search(text)
            if blame is not None:
                message = f"{quote(blame[0], 40)} blames; visitors want to know what is done"
                _warn(reader, message, "say what happened, not whose doing it was", line)
            for target in _targets(text):
                fault = link_fault(target, reader.file, desk.content)
                if fault:
                    message = f"the link {quote(target, 80)} {fault}"
                    _warn(reader, message, "correct it, or remove the link", line)


def link_fault(target: str, file: str, content: Path) -> str:
    """Return why a link leads nowhere as far as can be told without asking; else nothing."""
    if not target:
        return "is empty"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "is no address"
    if parts.scheme in ("http", "https"):
        return "" if parts.hostname else "names no host"
    if parts.scheme == "mailto":
        return "" if "@" in parts.path else "names no mailbox"
    if parts.scheme:
        return f"has the scheme {parts.scheme}:, which is not followed; write https:"
    if parts.netloc or not parts.path:
        return "" if parts.fragment or parts.netloc else "is empty"
    if local_file(parts.path, file, content) or _is_generated(parts.path, file, content):
        return ""
    return "leads to no file below the pages"


def local_path(path: str, file: str, content: Path) -> PurePath | None:
    """Return the path from ``content`` that a relative or rooted one means, seen from ``file``.

    None where it leads out of it.
    """
    written = PurePath(unquote(path))
    root = content.resolve()
    begin = root if path.startswith("/") else Path(file).resolve().parent
    if not begin.is_relative_to(root):  # an author's file below data/history/
        begin = root / "incidents"
    relative = written.relative_to("/") if written.is_absolute() else written
    meant = Path(os.path.normpath(begin / relative))
    return meant.relative_to(root) if meant.is_relative_to(root) else None


def local_file(path: str, file: str, content: Path) -> Path | None:
    """Return the file below ``content`` that a relative or rooted path means, seen from ``file``.

    A page may be named by its file (``../guide.md``) or by its address (``../guide/``). None where
    there is none, and for a link out of the folder.
    """
    meant = local_path(path, file, content)
    if meant is None:
        return None
    root = content.resolve()
    whole = root / meant
    names = [whole, root / f"{meant}.md", whole / "index.md"]
    found = next((each for each in names if each.is_file()), None)
    return found if found is not None and found.resolve().is_relative_to(root) else None


def _is_generated(path: str, file: str, content: Path) -> bool:
    meant = local_path(path, file, content)
    return meant is not None and (
        not meant.parts or (meant.parts[0] in _GENERATED and not meant.suffix)
    )


def _lines(told: Told) -> Iterator[tuple[int, str]]:
    """Yield the lines of an update that are no code, with about where they stand in the file."""
    fence = ""
    for number, line in enumerate(told.body.split("\n"), start=told.line + 2):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence:
            yield number, _CODE.sub(lambda code: " " * len(code[0]), line)


def _targets(text: str) -> Iterator[str]:
    for found in _TARGET.finditer(text):
        yield found[1] if found[1] is not None else found[2]
    definition = _REFERENCE.match(text)
    if definition:
        yield definition[1]


def _warn(reader: Reader[Any], message: str, fix: str, line: int, column: int = 1) -> None:
    reader.warnings.append(Problem(message, fix, reader.file, line, column))

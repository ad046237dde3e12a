"""The files of the folder of pages: which become pages, which are published as they are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath

from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import path_segment
from statusgen.base.yamltree import Value, load
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_window
from statusgen.run.conflicts import conflict_in
from statusgen.run.mkdocs_says import MkdocsSays
from statusgen.run.pages_record import untouched_exports
from statusgen.run.pictures import MOST_BYTES
from statusgen.run.places import Places

_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
_TEMPLATES = "templates/"
"""MkDocs leaves these, and all names with a dot before them, out of the pages."""
_FRONT = re.compile(r"\A-{3}[ \t]*\n(.*?\n)?(?:-{3}|\.{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A page of prose as its author wrote it."""

    uri: str
    """Below the folder of pages, e.g. ``guide/first.md``."""
    shown: str
    """The name that errors use for it."""
    text: str
    """The whole file."""
    body: str
    """Without its front matter."""
    meta: Mapping[str, Value]

    @property
    def address(self) -> str:
        """Return where it is published, from the site's root: MkDocs' addresses."""
        path = PurePosixPath(self.uri)
        names = [*path.parts[:-1], path.stem]
        if path.stem in ("index", "README"):
            names.pop()
        return "".join(f"{path_segment(name)}/" for name in names)

    @property
    def path(self) -> str:
        """Return the published path."""
        path = PurePosixPath(self.uri)
        folder = path.parent if path.stem in ("index", "README") else path.parent / path.stem
        return (folder / "index.html").as_posix()

    @property
    def title(self) -> str:
        """Return the title: of the front matter, of the first heading, of the file's name."""
        written = self.meta.get("title")
        if isinstance(written, str) and written:
            return written
        found = _HEADING.search(self.body)
        if found is None:
            return PurePosixPath(self.uri).stem.replace("-", " ").capitalize()
        return unescape(_ESCAPED.sub(r"\1", found[1]))

    def hides(self, what: str) -> bool:
        """Whether its front matter says ``hide: [what]``."""
        hidden = self.meta.get("hide")
        return isinstance(hidden, list) and what in hidden

    @property
    def searched(self) -> bool:
        """Whether the search may find it: unless it says ``search: {exclude: true}``."""
        search = self.meta.get("search")
        return not (isinstance(search, dict) and search.get("exclude") == "true")


@dataclass(slots=True)
class Sources:
    """What was found in the folder of pages."""

    pages: dict[str, Source] = field(default_factory=dict)
    """By their uri."""
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    """Published path → content and the name that errors use."""
    problems: list[Problem] = field(default_factory=list)


def read_sources(places: Places, says: MkdocsSays) -> Sources:
    """Read the folder of pages; incidents, windows and what cannot be read are left out."""
    found = Sources()
    try:
        excluded = _excluder(says)
    except ImportError:
        found.problems.append(
            says.problem(
                "exclude_docs",
                "only MkDocs' own library reads it: no prose is published",
                "install mkdocs, or delete the key",
            )
        )
        return found
    ours = untouched_exports(places.root, places.content)
    for uri, path in _walk(places.content):
        shown = f"{places.content.name}/{uri}"
        if uri in ours or excluded(uri) or uri.startswith((f"{INCIDENTS}/", _TEMPLATES)):
            continue
        if path.suffix not in _MARKDOWN:
            content = _read(path, shown, found.problems)
            if content is not None:
                found.files[uri] = content, shown
        elif conflict_in(path) == 0:  # the site names it among its problems
            _add_page(found, uri, path, shown)
    for uri in list(found.pages):  # as MkDocs: a README stands for an index where there is none
        path_of = PurePosixPath(uri)
        if path_of.stem == "README" and path_of.with_name("index.md").as_posix() in found.pages:
            del found.pages[uri]
    return found


def _add_page(found: Sources, uri: str, path: Path, shown: str) -> None:
    content = _read(path, shown, found.problems)
    if content is None:
        return
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found.problems.append(Problem("is not UTF-8", "save it as UTF-8", shown, line))
        return
    if uri.startswith(f"{MAINTENANCE}/") and is_window(text):
        return
    front = _FRONT.match(text)
    meta: Value = {}
    if front is not None and front[1]:
        try:
            meta = load("\n" + front[1], shown).data
        except InputError as error:
            found.problems += error.problems
    body = text[front.end() :] if front else text
    source = Source(uri, shown, text, body, meta if isinstance(meta, dict) else {})
    if not source.address:
        return  # `run.strays` names it: the root belongs to the status page
    found.pages[uri] = source


def _excluder(says: MkdocsSays) -> Callable[[str], bool]:
    """Return what tells whether ``exclude_docs`` means a file."""
    if not says.exclude:
        return lambda _: False
    from pathspec.gitignore import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(says.exclude.splitlines()).match_file


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Return the files below a folder in MkDocs' order: files first, then folders, by name."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(
            names, key=lambda each: (not each.startswith(("index.", "README.")), each)
        ):
            path = Path(place) / name
            inside = path.resolve().is_relative_to(folder.resolve())  # no link leads out
            if not name.startswith(".") and inside and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _read(path: Path, shown: str, problems: list[Problem]) -> bytes | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            problems.append(Problem("is not published: larger than 25 MiB", "", shown))
            return None
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror or error}", "", shown))
        return None

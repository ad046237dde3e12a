"""The output of a build: published path → bytes, before any writer has touched a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from statusgen.base.errors import Problem, StatusgenError
from statusgen.words import Words

if TYPE_CHECKING:
    from statusgen.publish.chrome import Chrome
    from statusgen.publish.search import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """Finished bytes at a published path, e.g. ``index.html`` or ``history/rss.xml``."""

    path: str
    content: bytes
    source: str = ""
    """What made it, for messages about a clash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An HTML body without chrome; the writer wraps it (in Material, or in our plain layout)."""

    path: str
    """Ends in ``/index.html``."""
    title: str
    body: str
    """HTML, already escaped and sanitised."""
    description: str = ""
    in_navigation: bool = False
    """Only section indexes are: navigation is rendered into every page."""
    wide: bool = False
    """Takes the whole width: it has a bar of its own in place of the theme's sidebars."""
    styled: bool = False
    """Shows parts of roadmaps, and needs their style and script."""
    section: str | None = None
    """The address of the header's entry that it belongs to; None: told by its path."""
    menu: str = ""
    """HTML of what stands beside it: the pages of its section, its headings."""
    searched: bool = True
    """Whether the search may find it."""
    source: str = ""


@dataclass(slots=True)
class Manifest:
    """Entries by path; a second entry at one path is an error that names both."""

    entries: dict[str, Asset | Page] = field(default_factory=dict)
    fragments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """HTML for the fenced blocks of another engine's pages, by their files, in order."""
    wrap: Callable[[Page], bytes] | None = None
    """Makes a whole document of a page, where no other engine gives it chrome."""
    chrome: Chrome | None = None
    """Makes header and footer of the pages of another engine."""
    words: Words = field(default_factory=Words.of)
    """Those of the site's language, for who puts the entries into a page engine."""
    robots_meta: str = ""
    """What robots are told in every page, for who makes pages of another engine."""
    found: Sequence[Found] = ()
    """Its pages as the search knows them, for who adds pages of another engine to the index."""
    problems: tuple[Problem, ...] = ()
    """What people wrote that could not be published; each costs its own file only."""
    doubtful: tuple[Problem, ...] = ()
    """What is wrong and published even so: a roadmap that names a component which is not there."""

    def add(self, entry: Asset | Page) -> None:
        """Add an entry. Raises StatusgenError on a clash (case folded, as disks may do)."""
        key = entry.path.casefold()
        if key in self.entries:
            first = self.entries[key]
            raise StatusgenError(
                f"two things would be published at /{entry.path}: "
                f"{first.source or 'an earlier entry'} and {entry.source or 'a later one'}"
            )
        self.entries[key] = entry

    def __iter__(self) -> Iterator[Asset | Page]:
        return iter(sorted(self.entries.values(), key=lambda entry: entry.path))

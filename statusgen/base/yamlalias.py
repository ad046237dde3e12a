"""Anchors, aliases and merge keys, for files of other tools that are read with our marks.

An alias may stand for a million others, so what is copied is counted; what stands at an alias is
marked where it was written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statusgen.base.yamltree import Document, Path_, Value

MERGE = "<<"
MOST_COPIED = 100_000
"""Values that the aliases of one file may stand for, all together."""


class Anchors:
    """What the anchors of one document name, and how much their aliases have copied."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._named: dict[str, tuple[Path_, Value]] = {}
        self._copied = 0

    def name(self, anchor: str | None, path: Path_, value: Value) -> None:
        """Take note of an anchor; the last one of a name counts."""
        if anchor:
            self._named[anchor] = (path, value)
            self._document.anchored.add(path)

    def value(self, anchor: str) -> Value:
        """Return what an anchor names, itself. Raises KeyError where there is none."""
        return self._named[anchor][1]

    def copy(self, anchor: str, path: Path_, room: int) -> Value:
        """Return a copy to stand at ``path``, with its marks, at most ``room`` levels deep.

        Raises ValueError, saying why, where it would be too much.
        """
        source, value = self._named[anchor]
        made: Value = _empty(value)
        for inner, each, into in _walk(value, made, ()):
            self._copied += 1
            if self._copied > MOST_COPIED:
                raise ValueError(f"the aliases stand for more than {MOST_COPIED} values")
            if len(inner) > room:
                raise ValueError("what the alias stands for is nested too deeply")
            for marks in (self._document.values, self._document.keys):
                if (*source, *inner) in marks:
                    marks[(*path, *inner)] = marks[(*source, *inner)]
            _put(into, inner[-1], each)
        return made


def merge(document: Document, path: Path_, mapping: dict[str, Value]) -> bool:
    """Take the keys of ``<<`` into the mapping that holds it; its own keys win, then the first.

    Returns False where what stands there is no mapping: nothing is changed then.
    """
    found = mapping[MERGE]
    sources = found if isinstance(found, list) else [found]
    if not all(isinstance(each, dict) for each in sources):
        return False
    del mapping[MERGE]
    for index, source in enumerate(sources):
        at = (*path, MERGE, index) if isinstance(found, list) else (*path, MERGE)
        for key, value in source.items() if isinstance(source, dict) else ():
            if key in mapping:
                continue
            mapping[key] = value
            _move(document, (*at, key), (*path, key), value)
    return True


def _move(document: Document, source: Path_, target: Path_, value: Value) -> None:
    for marks in (document.keys, document.values):
        if source in marks:
            marks[target] = marks[source]
    for inner, _, _ in _walk(value, _empty(value), ()):
        for marks in (document.keys, document.values):
            if (*source, *inner) in marks:
                marks[(*target, *inner)] = marks[(*source, *inner)]


def _walk(value: Value, made: Value, at: Path_) -> Iterator[tuple[Path_, Value, Value]]:
    """Yield path, an empty copy and what holds it, of all that stands in ``value``, in order."""
    left: list[tuple[Value, Value, Path_]] = [(value, made, at)]
    while left:
        source, into, path = left.pop()
        pairs = source.items() if isinstance(source, dict) else enumerate(_items(source))
        for key, each in pairs:
            copy = _empty(each)
            yield (*path, key), copy, into
            left.append((each, copy, (*path, key)))


def _items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _empty(value: Value) -> Value:
    """Return an empty container of the same kind; a text is its own copy."""
    return {} if isinstance(value, dict) else [] if isinstance(value, list) else value


def _put(into: Value, key: str | int, value: Value) -> None:
    if isinstance(into, dict):
        into[str(key)] = value
    elif isinstance(into, list):
        into.append(value)

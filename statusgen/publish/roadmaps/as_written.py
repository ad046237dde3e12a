"""What a roadmap holds besides its plan, shown as its author wrote it.

Sections, tables and lists of a document that no page is made for stand under ``x-…`` keys; whoever
wrote them finds them here, and not only in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from statusgen.roadmap.model import Roadmap

LABELS = "x-labels"
"""Where a draft keeps the words of labels and headers, which its pages say by their own columns."""
_TITLES = ("name", "risk", "need", "text")
_OWN = frozenset(
    {"name", "notes", "facets", "header", "rows", "cells", "code", "links", "source", "id"}
)


@dataclass(frozen=True, slots=True)
class Written:
    """One section, as it was written."""

    title: str
    notes: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Label and entries; the label is empty where it would repeat the title."""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    code: tuple[str, ...] = ()
    source: str = ""
    """Document and line."""


def as_written(plan: Roadmap) -> tuple[Written, ...]:
    """Return what stands beside the plan, in the order of the document as far as it is known."""
    found: list[Written] = []
    for key, value in plan.extensions.items():
        if key == LABELS:
            continue
        for entry in value if isinstance(value, list | tuple) else [value]:
            made = _section(key.removeprefix("x-"), entry)
            if made is not None:
                found.append(made)
    return tuple(sorted(found, key=_place))


def _place(one: Written) -> int:
    line = one.source.rpartition(":")[2]
    return int(line) if line.isdecimal() and line.isascii() and len(line) < 10 else 0


def _section(key: str, value: Any) -> Written | None:
    if not isinstance(value, Mapping):
        texts = tuple(_texts(value))
        return Written(key if key != "facets" else "", texts) if texts else None
    if key == "facets":
        return Written(
            "", lists=tuple((str(label), tuple(_texts(v))) for label, v in value.items())
        )
    title = next((str(value[name]) for name in _TITLES if value.get(name)), "")
    facets = value.get("facets")
    labelled = [
        ("" if str(label) == title else str(label), tuple(_texts(entries)))
        for label, entries in (facets.items() if isinstance(facets, Mapping) else ())
    ]
    others = [
        f"{name}: {text}"
        for name, inner in value.items()
        if name not in _OWN and not (name in _TITLES and str(inner) == title)
        for text in _texts(inner)
    ]
    rows = value.get("rows")
    return Written(
        title if value.get("name") or key != "unread" else "",
        tuple(_texts(value.get("notes"))) + tuple(others) + ((title,) if key == "unread" else ()),
        tuple(labelled),
        tuple(map(str, value.get("header") or ())),
        tuple(tuple(_texts(row)) for row in rows) if isinstance(rows, Sequence) else (),
        tuple(_codes(value.get("code"))),
        str(value.get("source") or ""),
    )


def _codes(value: Any) -> Iterator[str]:
    for entry in value if isinstance(value, list | tuple) else ():
        if isinstance(entry, Mapping) and entry.get("text"):
            yield str(entry["text"])


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of anything, cells of a row among them, without its place."""
    if value is None:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("source", "id"):
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)

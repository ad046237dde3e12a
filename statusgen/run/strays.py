"""What a person wrote and nobody reads: named, so that it does not vanish with "fine".

A page of prose is left alone wherever it lies: only what has the form of data is told.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamltree import read_text
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.run.places import CONTENT, DATA, ROADMAPS, Places

_YAML = (".yml", ".yaml")
_MARKDOWN = (".md", ".markdown")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".txt", ".log")
"""What may lie beside an incident, linked from it."""
_LIKE = {"incident": INCIDENTS, "incidents": INCIDENTS}
_LIKE |= {"maintenance": MAINTENANCE, "maintenances": MAINTENANCE}
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_OF_INCIDENT = re.compile(
    r"^## *(investigating|identified|monitoring|resolved|post-?mortem)\b", re.I | re.M
)
_OF_WINDOW = re.compile(r"^(start|end|duration|repeat)[ \t]*:", re.MULTILINE)


def strays(places: Places) -> list[Problem]:
    """Return what lies in our folders, or in one with nearly their name, and is read by nobody."""
    return [
        *_beside_roadmaps(places),
        *_beside_incidents(places),
        *_misnamed_folders(places),
        *_other_content(places),
    ]


def is_window(text: str) -> bool:
    """Whether a Markdown file says when something is planned: a maintenance window, not prose."""
    front = _FRONT.match(text.replace("\r\n", "\n"))
    return front is not None and _OF_WINDOW.search(front[1]) is not None


def is_incident(text: str) -> bool:
    """Whether a Markdown file has the form of an incident: front matter, then updates."""
    text = text.replace("\r\n", "\n")
    return _FRONT.match(text) is not None and _OF_INCIDENT.search(text) is not None


def _beside_roadmaps(places: Places) -> Iterator[Problem]:
    folder = places.roadmaps
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        shown = f"{ROADMAPS}/{path.name}"
        if _aside(path.name) or path.suffix.lower() in _YAML:
            continue
        if path.is_dir():
            if any(each.suffix.lower() in _YAML for each in path.rglob("*")):
                fix = f"move them to {ROADMAPS}/"
                yield Problem("is not read: a roadmap lies in the folder itself", fix, shown)
        else:
            yield Problem("is not read: a roadmap's file ends in .yml", "rename it", shown)
    for name in ("roadmap", "Roadmaps", "Roadmap"):
        near = places.root / DATA / name
        if near.is_dir() and not _same(near, folder) and any(near.glob("*.y*ml")):
            yield Problem("is not read", f"rename it {ROADMAPS.name}", str(DATA / name))


def _beside_incidents(places: Places) -> Iterator[Problem]:
    for path in _files(places.content / INCIDENTS):
        suffix = path.suffix.lower()
        if not _aside(path.name) and suffix not in (*_MARKDOWN, *_PICTURES):
            yield Problem(
                "is not read: an incident's file ends in .md", "rename it, or move it", str(path)
            )


def _misnamed_folders(places: Places) -> Iterator[Problem]:
    if not places.content.is_dir():
        return
    for folder in sorted(places.content.iterdir()):
        meant = _LIKE.get(folder.name.lower())
        if meant is None or folder.name == meant or not folder.is_dir():
            continue
        if _same(folder, places.content / meant):
            continue
        looks = is_window if meant == MAINTENANCE else is_incident
        for path in _files(folder):
            if path.suffix.lower() in _MARKDOWN and looks(_text(path)):
                yield Problem(
                    f"is not read: the folder is called {folder.name}",
                    f"rename the folder {meant}",
                    str(path),
                )


def _other_content(places: Places) -> Iterator[Problem]:
    """Incidents in ``content/`` where the pages lie elsewhere."""
    other = places.root / CONTENT
    if other == places.content or _same(other, places.content):
        return
    for path in _files(other / INCIDENTS):
        if path.suffix.lower() in _MARKDOWN and is_incident(_text(path)):
            yield Problem(
                f"is not read: docs_dir of mkdocs.yml is {places.content.name}",
                f"move it to {places.content / INCIDENTS}/",
                str(path),
            )


def windows_not_read(places: Places) -> Iterator[Problem]:
    """Yield the files of maintenance windows: this version does not read them."""
    for path in _files(places.content / MAINTENANCE):
        if path.suffix.lower() in _MARKDOWN and is_window(_text(path)):
            yield Problem(
                "is not read yet: this version knows no maintenance windows",
                "announce it as an incident, or remove the file",
                str(path),
            )


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names))


def _text(path: Path) -> str:
    try:
        return read_text(path, str(path))
    except InputError:
        return ""


def _aside(name: str) -> bool:
    return name.startswith((".", "_")) or name.lower().startswith("readme")


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one place, as they are where letter case does not count."""
    return one.exists() and other.exists() and one.samefile(other)

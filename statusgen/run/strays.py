"""What a person wrote and nobody reads: named, so that it does not vanish with "fine".

A page of prose is left alone wherever it lies: only what has the form of data is told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.errors import InputError, Problem
from statusgen.base.yamltree import read_text
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_incident, is_window
from statusgen.run.conflicts import conflicts
from statusgen.run.incident_pictures import PICTURES
from statusgen.run.pages_record import untouched_exports
from statusgen.run.places import CONTENT, DATA, ROADMAPS, Places, mkdocs_said

_YAML = (".yml", ".yaml")
_MARKDOWN = (".md", ".markdown")
_DATA = (*_YAML, ".json", ".toml", ".mdx", ".rst", ".adoc")
"""What somebody may write a window in, beside the Markdown that is read."""
_NOTES = (".txt", ".log", ".csv")
"""What may lie beside an incident for its author alone."""
_LIKE = {"incident": INCIDENTS, "incidents": INCIDENTS}
_LIKE |= {"maintenance": MAINTENANCE, "maintenances": MAINTENANCE}


def strays(places: Places) -> list[Problem]:
    """Return what lies in our folders, or in one with nearly their name, and is read by nobody."""
    ours = untouched_exports(places.root, places.content)  # pages made for another engine
    exported = {str(places.content / path) for path in ours}
    exported |= {f"{places.content.name}/{path}" for path in ours}
    found = [
        *_in_the_root(places),
        *_beside_roadmaps(places),
        *_beside_incidents(places),
        *_beside_windows(places),
        *_misnamed_folders(places),
        *_outside_content(places),
        *_other_content(places),
        *conflicts(places),
    ]
    return [each for each in found if each.file not in exported]


def _in_the_root(places: Places) -> Iterator[Problem]:
    """Name a page for the site's root: MkDocs' build ends there, ours leaves it out."""
    try:
        excluded = mkdocs_said(places.root, "exclude_docs")
    except InputError:
        return
    for name in ("index.md", "README.md"):
        told = excluded.text.split() if excluded else []
        if (places.content / name).is_file() and not {name, f"/{name}"} & set(told):
            shown = f"{places.content.name}/{name}"
            said = "is not published: the site's root belongs to the status page"
            yield Problem(said, "name the file about.md, or put it in a folder", shown)
            return


def _beside_roadmaps(places: Places) -> Iterator[Problem]:
    folder = places.roadmaps
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        shown = f"{ROADMAPS}/{path.name}"
        if _aside(path.name) or path.suffix.lower() in _YAML:
            continue
        if path.is_dir():
            if any(not _aside(each.name) for each in _files(path)):
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
        if _aside(path.name) or suffix in (*_MARKDOWN, *PICTURES):
            continue
        if suffix in _NOTES and not is_incident(_text(path)):
            continue
        yield Problem(
            "is not read: an incident's file ends in .md, a picture's in "
            f"{', '.join(PICTURES[:-1])} or {PICTURES[-1]}",
            "rename it, or move it out of this folder",
            str(path),
        )


def _beside_windows(places: Places) -> Iterator[Problem]:
    """Windows in another form than Markdown; other files there are published as they are."""
    for path in _files(places.content / MAINTENANCE):
        suffix = path.suffix.lower()
        if _aside(path.name) or suffix in _MARKDOWN:
            continue
        if suffix in _DATA or is_window(_text(path)):
            yield Problem(
                "is not read: a maintenance window's file ends in .md", "rename it", str(path)
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


def _outside_content(places: Places) -> Iterator[Problem]:
    """Incidents and windows beside the folder of pages, or among the data."""
    for kind, looks in ((INCIDENTS, is_incident), (MAINTENANCE, is_window)):
        for folder in (places.root / kind, places.root / DATA / kind):
            if folder.is_symlink() or _same(folder, places.content / kind):
                continue
            for path in _files(folder):
                if path.suffix.lower() in _MARKDOWN and looks(_text(path)):
                    fix = f"move it to {places.content.name}/{kind}/"
                    yield Problem("is not read where it lies", fix, str(path))


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

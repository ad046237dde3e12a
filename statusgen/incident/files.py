"""Incident files: people's in ``content/incidents/``, the program's below ``data/history/``.

Nothing here writes to ``content/``; only ``adopt`` does, when a person asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.files import write_atomic
from statusgen.base.ids import id_fault
from statusgen.base.text import quote
from statusgen.base.yamltree import read_text
from statusgen.incident import INCIDENTS
from statusgen.incident.fileformat import (
    ended_before,
    incident_markdown,
    read_incident,
    unknown_components,
)
from statusgen.incident.join import join
from statusgen.incident.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedIncidents:
    """What the files of both folders say."""

    incidents: tuple[Incident, ...]
    """Newest first, each once: a person's file joined with the program's of the same incident."""
    problems: tuple[Problem, ...]
    """What is wrong; a file with a problem of its own form gives no incident."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful: times that the clock showed twice, components that are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFolder:
    """What the files of one folder say."""

    incidents: tuple[Incident, ...]
    """In the order of the files' paths."""
    damaged: frozenset[str]
    """Names, without ``.md``, of files that could not be read as incidents."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def load_incidents(
    content: Path, history: Path, *, components: Sequence[str], zone: ZoneInfo
) -> LoadedIncidents:
    """Read all incidents below ``content/incidents/`` and ``<history>/incidents/``.

    Never raises for what a file holds: a broken file is told as problems and hides no other.
    ``components`` are the ids that people's files may name; ``zone`` is that of times without an
    offset.
    """
    people = load_folder(content / INCIDENTS, zone=zone, components=components)
    program = load_folder(history / INCIDENTS, zone=zone)
    by_id = {incident.id: incident for incident in program.incidents}
    by_uid = {incident.uid: incident for incident in program.incidents}
    joined: list[Incident] = []
    taken: set[str] = set()
    for person in people.incidents:
        measured = by_id.get(person.id) or by_uid.get(person.uid)
        if measured is not None:
            taken.add(measured.id)
            person = join(person, measured)
        joined.append(person)
    joined += [incident for incident in program.incidents if incident.id not in taken]
    return LoadedIncidents(
        incidents=tuple(sorted(joined, key=lambda one: (-one.started, one.id))),
        problems=(*people.problems, *program.problems),
        warnings=(*people.warnings, *program.warnings),
    )


def load_folder(
    folder: Path,
    *,
    zone: ZoneInfo,
    components: Sequence[str] | None = None,
    ended_since: Instant = 0,
) -> LoadedFolder:
    """Read the incidents of one folder, which need not exist.

    Without ``components`` any may be named: what checks recorded outlives the configuration.
    Files that plainly say that they ended before ``ended_since`` are passed over unread, so that a
    check costs the same after years.
    """
    incidents: list[Incident] = []
    damaged: set[str] = set()
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for path in _incident_files(folder, problems):
        try:
            text = read_text(path, str(path))
        except InputError as error:
            damaged.add(path.stem)
            problems += error.problems
            continue
        if ended_before(text, ended_since):
            continue
        read = read_incident(text, str(path), zone)
        problems += read.problems
        warnings += read.warnings
        if read.incident is None:
            damaged.add(path.stem)
            continue
        clash = _clash(read.incident, incidents)
        if clash is not None:
            damaged.add(path.stem)
            problems.append(clash)
            continue
        incidents.append(read.incident)
        if components is not None:
            unknown, gone = unknown_components(read.incident, text, components)
            problems += unknown
            warnings += gone
    return LoadedFolder(
        incidents=tuple(incidents),
        damaged=frozenset(damaged),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )


def write_incident(incident: Incident, folder: Path) -> Path:
    """Write an incident to ``<folder>/<id>.md``, replacing the file at once or not at all.

    Raises InputError for an id that cannot be a file's name and for a folder or file that is a
    symbolic link; OutsideError where the disk refuses.
    """
    fault = id_fault(incident.id)
    if fault:
        raise InputError([Problem(f"the incident id {quote(incident.id, 80)}: {fault}")])
    path = folder / f"{incident.id}.md"
    for place in (folder, path):
        if place.is_symlink():
            raise InputError([Problem("is a symbolic link", "put a real one there", str(place))])
    write_atomic(path, incident_markdown(incident).encode())
    return path


def _clash(incident: Incident, earlier: Sequence[Incident]) -> Problem | None:
    for other in earlier:
        for what in ("id", "uid"):
            value = getattr(incident, what)
            if value == getattr(other, what):
                return Problem(
                    f"has the {what} {value!r}, as {other.file} has",
                    f"remove one of the files, or give one another {what}",
                    incident.file,
                )
    return None


def _incident_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield the Markdown files below ``folder`` by path; links out of it are told, not followed.

    ``README.md`` and names that begin with a dot or an underscore are not incidents.
    """
    root = folder.resolve()
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(place) / name
            if path.is_symlink() and (name in folders or not path.resolve().is_relative_to(root)):
                problems.append(
                    Problem("is a symbolic link", "put the file itself there", str(path))
                )
            elif (
                name in names
                and Path(name).suffix.lower() in (".md", ".markdown")
                and not _aside(name)
            ):
                if path.is_file():  # a pipe would be waited on for ever
                    yield path
                else:
                    problems.append(Problem("is not a file", "remove it", str(path)))


def _aside(name: str) -> bool:
    return name.startswith((".", "_")) or name.lower() == "readme.md"

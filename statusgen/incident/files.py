"""Incidents: people's files below ``content/``, the program's below ``data/history/``.

A person's file may lie in either: below ``data/history/`` it reaches the data branch, where the
main branch takes no commits. Nothing here writes to ``content/``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.base.errors import Problem
from statusgen.incident import INCIDENTS
from statusgen.incident.comments import read_comments, with_comments
from statusgen.incident.fileformat import ended_before, incident_markdown, read_incident
from statusgen.incident.folder import LoadedFolder, load_folder, write_file
from statusgen.incident.join import join
from statusgen.incident.lints import Desk
from statusgen.incident.model import Incident

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedIncidents:
    """What the files of both folders say."""

    incidents: tuple[Incident, ...]
    """Newest first, each once: a person's file joined with the program's of the same incident."""
    problems: tuple[Problem, ...]
    """What is wrong; a file with a problem of its own form gives no incident."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful: times that the clock showed twice, components that are gone."""


def load_incidents(
    content: Path,
    history: Path,
    *,
    components: Sequence[str],
    zone: ZoneInfo,
    now: Instant | None = None,
    names: Mapping[str, str] | None = None,
) -> LoadedIncidents:
    """Read all incidents below ``content/incidents/`` and ``<history>/incidents/``.

    Never raises for what a file holds: a broken file is told as problems and hides no other.
    ``components`` are the ids that people's files may name; ``zone`` is that of times without an
    offset. Times ahead of ``now`` are told, where that is given. ``names`` → ids of components are
    for whoever writes the one and means the other.
    """
    desk = Desk(zone, components, now, content, names or {})
    people = load_incident_folder(content / INCIDENTS, zone=zone, desk=desk)
    program = load_incident_folder(history / INCIDENTS, zone=zone)
    joined = joined_all(people.items, program.items)
    return LoadedIncidents(
        incidents=with_comments(joined, read_comments(history)),
        problems=(*people.problems, *program.problems),
        warnings=(*people.warnings, *program.warnings),
    )


def joined_all(people: Sequence[Incident], program: Sequence[Incident]) -> tuple[Incident, ...]:
    """Return each incident once, newest first: a person's joined with the program's of the same."""
    by_id = {incident.id: incident for incident in program}
    by_uid = {incident.uid: incident for incident in program}
    joined: list[Incident] = []
    taken: set[str] = set()
    for person in people:
        measured = by_id.get(person.id) or by_uid.get(person.uid)
        if measured is not None:
            taken.add(measured.id)
            person = join(person, measured)
        joined.append(person)
    joined += [incident for incident in program if incident.id not in taken]
    return tuple(sorted(joined, key=lambda one: (-one.started, one.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """The incidents that may tell of something since a moment."""

    people: tuple[Incident, ...]
    """Those of people's files, as they stand there."""
    joined: tuple[Incident, ...]
    """Those of both folders, each once, newest first."""


def load_lately(content: Path, history: Path, *, zone: ZoneInfo, since: Instant) -> Lately:
    """Read the incidents that may tell of something since then.

    A person's file that names no later day, and none of the program's that do, is passed over
    unread: a check costs the same after years. Faults are for whoever validates.
    """
    comments = read_comments(history)
    spoken = {uid for uid, said in comments.items() if any(each.at >= since for each in said)}
    program = load_incident_folder(
        history / INCIDENTS, zone=zone, ended_since=since - DAY, but=spoken
    ).items
    known = {key for one in program for key in (one.id, one.uid)} | spoken
    day = format_instant(max(since - DAY, 0))[:10]

    def is_old(text: str, stem: str) -> bool:
        spoken_of = stem in known or any(key in text for key in known)
        return not spoken_of and max(_DAY.findall(text), default=day) < day

    read = partial(read_incident, zone=zone)
    people = load_folder(content / INCIDENTS, read, is_old).items
    joined = with_comments(joined_all(people, program), comments)
    return Lately(people=people, joined=joined)


def load_incident_folder(
    folder: Path,
    *,
    zone: ZoneInfo,
    desk: Desk | None = None,
    ended_since: Instant = 0,
    but: Collection[str] = (),
) -> LoadedFolder[Incident]:
    """Read the incidents of one folder, which need not exist.

    With a ``desk`` the files are read as people's, and what makes a poor incident is told; without
    it any component may be named, for what checks recorded outlives the configuration. Files that
    plainly say that they ended before ``ended_since`` are passed over unread, so that a check costs
    the same after years; ``but`` not those of these uids.
    """

    def is_old(text: str, _: str) -> bool:
        return ended_before(text, ended_since) and not any(uid in text for uid in but)

    return load_folder(folder, partial(read_incident, zone=zone, desk=desk), is_old)


def write_incident(incident: Incident, folder: Path) -> Path:
    """Write an incident to ``<folder>/<id>.md``. Raises as :func:`folder.write_file`."""
    return write_file(incident.id, incident_markdown(incident), folder)

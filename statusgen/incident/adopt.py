"""Handing an incident that checks opened to a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.incident import INCIDENTS
from statusgen.incident.files import load_incident_folder, write_incident

_UTC = ZoneInfo("UTC")


def adopt(incident_id: str, history: Path, content: Path) -> Path:
    """Copy an incident from ``<history>/incidents/`` to ``<content>/incidents/``.

    From then on a person writes the words there, and the program goes on recording in its own file
    (``incident.join`` says how the two are shown). Returns the new file. Raises InputError where
    there is no such incident, where the program's file is damaged, and where a person has a file
    of it already, which is never overwritten.
    """
    recorded = load_incident_folder(history / INCIDENTS, zone=_UTC)
    found = next((one for one in recorded.items if one.id == incident_id), None)
    if found is None:
        if incident_id in recorded.damaged:
            raise InputError(recorded.problems)
        known = [one.id for one in recorded.items]
        raise InputError(
            [
                Problem(
                    f"no check opened an incident {quote(incident_id, 80)}",
                    suggest(incident_id, known) or "`statusgen incident list` shows them",
                )
            ]
        )
    folder = content / INCIDENTS
    target = folder / f"{incident_id}.md"
    written = load_incident_folder(folder, zone=_UTC).items
    there = [one.file for one in written if found.id == one.id or found.uid == one.uid]
    if target.exists() or target.is_symlink():
        there.append(str(target))
    if there:
        raise InputError([Problem("holds this incident already", "edit that file", there[0])])
    return write_incident(replace(found, adopted=True), folder)

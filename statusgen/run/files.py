"""Single files that a person wrote, whichever kind each is: what is wrong with them.

The kind is told by ``schema:`` in the file, else by its name or its folder, else by its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import read_text
from statusgen.config.reader import UPPTIME_FILES, load
from statusgen.config.settings import Settings
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_incident, is_window
from statusgen.probe.kinds import KINDS
from statusgen.run.cited import unknown_components
from statusgen.run.places import ROADMAPS
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.incident.lints import Desk

KNOWN = {
    "status": "a configuration (data/status.yml)",
    "upptime": "Upptime's configuration (.upptimerc.yml)",
    "roadmap": "a roadmap (data/roadmaps/<id>.yml)",
    "wizard": "a wizard (data/wizard.yml)",
    "incident": "an incident (content/incidents/<id>.md)",
    "maintenance": "a maintenance window (content/maintenance/<id>.md)",
}
_SCHEMA = re.compile(
    r"""^(?:schema:\s*["']?statusgen/(\w+)@\d+|#\s*yaml-language-server:\s*\$schema=\S*?(\w+)"""
    r"""(?:\.schema)?\.json)""",
    re.MULTILINE,
)
_OF_WINDOW = re.compile(r"^(?:start|end|duration|repeat):", re.MULTILINE)
_FORMS = (
    ("roadmap", re.compile(r"^(?:stages|phases|priorities):", re.MULTILINE)),
    ("wizard", re.compile(r"^questions:", re.MULTILINE)),
    ("upptime", re.compile(r"^(?:sites|status-website):", re.MULTILINE)),
    ("status", re.compile(r"^(?:monitors|site):", re.MULTILINE)),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is told of one file."""

    file: Path
    kind: str
    """Of ``KNOWN``; empty where it cannot be told."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def judge_files(paths: Sequence[Path], site: Site) -> list[Judged]:
    """Judge each file by itself; ids of components are held against the site's configuration.

    Nothing is raised for what a file holds.
    """
    return [_judged(path, site) for path in paths]


def _judged(path: Path, site: Site) -> Judged:
    try:
        text = read_text(path, str(path))
        kind = kind_of(path, text)
        if kind not in KNOWN:
            return Judged(path, "", (_unknown(path, kind),))
        problems, warnings = _JUDGES[kind](path, text, site)
    except InputError as error:
        kind = kind_of(path, "")
        return Judged(path, kind if kind in KNOWN else "", tuple(error.problems))
    return Judged(path, kind, tuple(problems), tuple(warnings))


def kind_of(path: Path, text: str) -> str:
    """Return what kind of file a person meant; a word of theirs that is none, or empty."""
    said = _SCHEMA.search(text[:4096])
    if said:
        return said[1] or said[2]
    folders = {parent.name for parent in path.absolute().parents}
    name = path.name.lower()
    if path.suffix.lower() in (".md", ".markdown"):
        if INCIDENTS in folders or (is_incident(text) and not _OF_WINDOW.search(text)):
            return "incident"
        return MAINTENANCE if MAINTENANCE in folders or is_window(text) else ""
    if path.suffix.lower() not in (".yml", ".yaml"):
        return ""
    if name in UPPTIME_FILES or name.startswith(".upptimerc"):
        return "upptime"
    for known in ("status", "wizard"):
        if path.stem.lower() == known:
            return known
    if ROADMAPS.name in folders:
        return "roadmap"
    if "wizards" in folders:
        return "wizard"
    return next((kind for kind, form in _FORMS if form.search(text)), "")


def _unknown(path: Path, kind: str) -> Problem:
    known = ", ".join(KNOWN.values())
    if kind:
        message = f"says that it is {quote(kind, 40)}, which is no kind of file that we know"
        return Problem(message, suggest(kind, list(KNOWN)) or f"known are {known}", str(path))
    return Problem("is no kind of file that we know", f"known are {known}", str(path))


Told = tuple[Sequence[Problem], Sequence[Problem]]


def _settings(site: Site) -> Settings | None:
    """Return the site's configuration; None where there is none, or a broken one."""
    try:
        return site.settings
    except InputError:
        return None


def _configuration(path: Path, text: str, site: Site) -> Told:
    settings = load(path, KINDS, str(path))
    return settings.left_out, settings.warnings


def _roadmap(path: Path, text: str, site: Site) -> Told:
    from statusgen.roadmap.loader import load_roadmap

    roadmap = load_roadmap(path, str(path))
    settings = _settings(site)
    if settings is None:
        return (), ()
    return unknown_components([roadmap], [each.id for each in settings.components]), ()


def _wizard(path: Path, text: str, site: Site) -> Told:
    from statusgen.wizard.loader import load_asked

    load_asked(path, str(path))
    return (), ()


def _desk(site: Site) -> Desk:
    from zoneinfo import ZoneInfo

    from statusgen.incident.lints import Desk

    settings = _settings(site)
    if settings is None:  # then no component is known to be missing
        return Desk(ZoneInfo("UTC"), None, site.wall_clock, site.places.content)
    zone, content = settings.site.timezone, site.places.content
    return Desk(zone, site.component_ids, site.wall_clock, content, site.component_names)


def _incident(path: Path, text: str, site: Site) -> Told:
    from statusgen.incident.fileformat import read_incident

    desk = _desk(site)
    read = read_incident(text, str(path), desk.zone, desk)
    return read.problems, read.warnings


def _window(path: Path, text: str, site: Site) -> Told:
    from statusgen.incident.windowfile import read_window

    read = read_window(text, str(path), _desk(site))
    return read.problems, read.warnings


_JUDGES: dict[str, Callable[[Path, str, Site], Told]] = {
    "status": _configuration,
    "upptime": _configuration,
    "roadmap": _roadmap,
    "wizard": _wizard,
    "incident": _incident,
    "maintenance": _window,
}

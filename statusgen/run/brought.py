"""Another tool's monitors, words and past, brought into a site; nothing that is there is replaced.

Each part is brought once, however often it is repeated: a configuration where there is none, each
incident and window where no file of that name is, each round by its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from statusgen.base import yamltree
from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.files import write_atomic
from statusgen.base.yamlwrite import dump
from statusgen.config.reader import STATUS_FILE, UPPTIME_FILES
from statusgen.config.statusfile import read_status_file
from statusgen.history.rollup import roll_up
from statusgen.incident.fileformat import incident_markdown
from statusgen.incident.folder import write_file
from statusgen.incident.window import Window
from statusgen.incident.windowfile import window_markdown
from statusgen.probe.kinds import KINDS
from statusgen.probe.round import Round
from statusgen.run.site import Site
from statusgen.takeover.found import Found, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import would write, or wrote."""

    config: str
    """The text of ``data/status.yml``."""
    config_written: bool
    """False where a configuration is there already, and in a dry run."""
    monitors: int
    files: Sequence[Path]
    """Incidents and windows that were not there before."""
    known_files: int
    rounds: int
    known_rounds: int
    left: Sequence[Problem]


def bring(root: Path, found: Found, *, now: Instant, dry_run: bool = False) -> Brought:
    """Write what was found below ``root``. Raises InputError and OutsideError as the parts do.

    Rounds later than ``now`` are left out, as a wrong clock made them.
    """
    kept, refused = accepted(found)
    text = config_text(kept)
    there = any((root / name).exists() for name in (STATUS_FILE, *UPPTIME_FILES))
    if not (there or dry_run):
        write_atomic(root / STATUS_FILE, text.encode())
    site = Site(root, given_now=now)
    files, known = _words(site, kept, dry_run)
    new = old = 0
    rounds = (one for one in kept.rounds if one.at <= now)
    if dry_run:
        new = sum(1 for _ in rounds)
    else:
        new, old = _past(site, rounds, now)
    return Brought(
        config=text,
        config_written=not (there or dry_run),
        monitors=len(kept.monitors),
        files=files,
        known_files=known,
        rounds=new,
        known_rounds=old,
        left=[*found.left, *refused],
    )


def accepted(found: Found) -> tuple[Found, list[Problem]]:
    """Return what our own reader takes, and each monitor that it refuses with its reason.

    Whatever the other tool allowed and we do not is told at its place there, not at a line of a
    file that nobody has seen.
    """
    monitors = list(found.monitors)
    refused: list[Problem] = []
    while monitors:
        at_fault = _faults(replace(found, monitors=monitors))
        if not at_fault:
            break
        for index in sorted(at_fault, reverse=True):
            monitor = monitors.pop(index)
            for problem in at_fault[index]:
                what = f"not taken over: {monitor.id}: {problem.message}"
                refused.append(Problem(what, problem.fix, found.file, monitor.line))
    return replace(found, monitors=monitors), refused


def _faults(found: Found) -> dict[int, list[Problem]]:
    """Return the monitors that our reader refuses, by their number. Raises InputError for more."""
    try:
        read_status_file(yamltree.load(config_text(found), STATUS_FILE), KINDS)
    except InputError as error:
        by_monitor: dict[int, list[Problem]] = {}
        for problem in error.problems:
            parts = problem.path.split(".")
            if parts[0] != "monitors" or len(parts) < 2 or not parts[1].isdigit():
                raise
            by_monitor.setdefault(int(parts[1]), []).append(problem)
        return by_monitor
    return {}


def config_text(found: Found) -> str:
    """Return a ``data/status.yml`` with what was found, the same bytes for the same finds."""
    data: dict[str, Written] = {"site": {"name": "Status", **found.site}}
    if found.groups:
        used = {monitor.group for monitor in found.monitors}
        groups: list[Written] = [name for name in found.groups if name in used]
        if groups:
            data["groups"] = groups
    if found.thresholds:
        data["thresholds"] = dict(found.thresholds)
    data["monitors"] = [monitor.as_written() for monitor in found.monitors]
    head = [f"# Taken over from {found.tool}."]
    if found.secrets:
        head.append("# Secrets to set (in GitHub: Settings, Secrets and variables, Actions):")
        head += [f"#   {name}: {what}" for name, what in sorted(found.secrets.items())]
    return "\n".join([*head, dump(data)])


def _words(site: Site, found: Found, dry_run: bool) -> tuple[list[Path], int]:
    folder = site.places.content
    everything = tuple(monitor.id for monitor in found.monitors)
    incidents = [(folder / "incidents", one.id, incident_markdown(one)) for one in found.incidents]
    windows = [
        (folder / "maintenance", one.id, window_markdown(_whole(one, everything)))
        for one in found.windows
    ]
    written: list[Path] = []
    known = 0
    for place, identifier, text in chain(incidents, windows):
        path = place / f"{identifier}.md"
        if path.exists():
            known += 1
            continue
        written.append(path if dry_run else write_file(identifier, text, place))
    return written, known


def _whole(window: Window, everything: Sequence[str]) -> Window:
    """Name all the monitors in a window that the other tool had for all."""
    kept = tuple(one for one in window.components if one in everything)
    return replace(window, components=kept if window.components else tuple(everything))


def _past(site: Site, rounds: Iterable[Round], now: Instant) -> tuple[int, int]:
    first = next(iter(rounds := iter(rounds)), None)
    if first is None:
        return 0, 0
    new, known = site.store.extend(chain([first], rounds))
    roll_up(site.store, now=now, cadences=site.cadences, max_gap=site.settings.history.max_gap)
    return new, known

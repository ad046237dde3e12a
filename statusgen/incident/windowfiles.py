"""The files of maintenance windows, below ``content/`` or, as incidents', ``data/history/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from statusgen.base.counting import Counting
from statusgen.base.errors import Problem
from statusgen.base.odd import visible
from statusgen.incident import MAINTENANCE
from statusgen.incident.folder import load_folder
from statusgen.incident.lints import Desk
from statusgen.incident.recognise import is_window
from statusgen.incident.window import Window
from statusgen.incident.windowfile import read_window


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedWindows:
    """What the files of maintenance windows say."""

    windows: tuple[Window, ...]
    """By their first planned start."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def load_windows(
    content: Path, history: Path, *, desk: Desk, counting: Counting = Counting.EXCLUDE
) -> LoadedWindows:
    """Read all maintenance windows below ``content/maintenance/`` and ``<history>/maintenance/``.

    A page of prose among them stays a page. ``counting`` is what a file means that does not say.
    """
    windows: dict[str, Window] = {}
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for folder in (content / MAINTENANCE, history / MAINTENANCE):
        loaded = load_folder(
            folder,
            partial(read_window, desk=desk, counting=counting),
            lambda text, _: not is_window(text),
        )
        problems += loaded.problems
        warnings += loaded.warnings
        for window in loaded.items:
            known = windows.setdefault(window.id, window)
            if known is not window:
                message = f"has the id {window.id!r}, as {visible(known.file)} has"
                fix = "remove one of the files, or give one another id"
                problems.append(Problem(message, fix, window.file))
    return LoadedWindows(
        windows=tuple(sorted(windows.values(), key=lambda one: (one.first.start, one.id))),
        problems=tuple(problems),
        warnings=tuple(warnings),
    )

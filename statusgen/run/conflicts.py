"""Merge conflicts that somebody committed, in files that nothing else of ours reads.

Configuration, incidents, roadmaps and wizards tell of a conflict themselves, when they are read.
Here are the others: pages of prose, what is published as it is (style sheets, tables, drawings) and
data for later.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.conflict import MARKDOWN, conflict_line, conflict_problem
from statusgen.base.errors import Problem
from statusgen.base.yamltree import MAX_BYTES
from statusgen.incident import INCIDENTS
from statusgen.run.places import DATA, ROADMAPS, WIZARD, Places

_TOLD = (ROADMAPS, WIZARD, DATA / "status.yml")
"""Below ``data/``: what names its own conflicts."""


def conflicts(places: Places) -> Iterator[Problem]:
    """Yield where a conflict begins in each file that has one."""
    told = [places.root / name for name in _TOLD]
    folders = (places.content, places.root / DATA)
    aside = [places.content / INCIDENTS, places.history, *told]
    for folder in folders:
        for path in _files(folder, aside):
            line = conflict_in(path)
            if line:
                yield conflict_problem(str(path), line)


def conflict_in(path: Path) -> int:
    """Return the line of a text file in which a conflict begins; 0 where there is none.

    What is no text, or larger than anybody writes by hand, has none.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return 0
        raw = path.read_bytes()
    except OSError:
        return 0
    if (b"<<<<<<<" not in raw and b">>>>>>>" not in raw) or b"\0" in raw:
        return 0
    text = raw.decode("utf-8-sig", "replace")
    return conflict_line(text, markdown=path.suffix.lower() in MARKDOWN)


def _files(folder: Path, aside: list[Path]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name for name in folders if here / name not in aside and not name.startswith(".")
        )
        for name in sorted(names):
            path = here / name
            if path not in aside and path.is_file():
                yield path

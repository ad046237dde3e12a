"""Merge conflicts that somebody committed, in files that nothing else of ours reads.

Configuration, incidents, roadmaps and wizards tell of a conflict themselves, when they are read.
Here are the others: pages of prose, what is published as it is (style sheets, tables, drawings) and
data for later. A page about git may show one: what stands inside a closed code fence is an example,
but for our own blocks, which hold what a person decided.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.errors import Problem
from statusgen.base.yamltree import MAX_BYTES, conflict_line, conflict_problem
from statusgen.incident import INCIDENTS
from statusgen.run.places import DATA, ROADMAPS, WIZARD, Places

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
_TOLD = (ROADMAPS, WIZARD, DATA / "status.yml")
"""Below ``data/``: what names its own conflicts."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)")
_OURS = "statusgen"


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
    return conflict_line(_without_examples(text) if path.suffix.lower() in _MARKDOWN else text)


def _without_examples(text: str) -> str:
    """Empty the lines inside closed code fences; each line keeps its number."""
    lines = text.split("\n")
    begun, fence, ours = 0, "", False
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if found is None:
            continue
        if not fence:
            begun, fence, ours = number, found[1], found[2] == _OURS
        elif found[1].startswith(fence) and not line[found.end(1) :].strip():
            if not ours:
                lines[begun + 1 : number] = [""] * (number - begun - 1)
            fence = ""
    return "\n".join(lines)


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

"""When something was deployed: ``data/deploys.csv``, one deployment a line.

::

    at,what,component,version,url
    2026-11-20T14:03:00Z,Checkout without the old cart,api,v2.14.0,https://github.com/o/r/pull/81

``at`` is a time as in incidents (one without an offset is on the clock of the site's time zone), or
a day, which then means its midnight. The first line names the columns, in any order; only ``at`` is
required. ``component`` names one or several (``api web``) of the status page; without it the
deployment was of everything. Lines that begin with ``#`` are comments.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import read_text
from statusgen.incident.times import read_time

DEPLOYS = Path("data/deploys.csv")
COLUMNS = ("at", "what", "component", "version", "url")
_MEANT = {
    "time": "at", "date": "at", "when": "at", "timestamp": "at", "deployed_at": "at",
    "deployed": "at", "title": "what", "name": "what", "description": "what", "message": "what",
    "components": "component", "service": "component", "app": "component", "tag": "version",
    "release": "version", "ref": "version", "sha": "version", "commit": "version", "link": "url",
    "href": "url", "pr": "url",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Deploy:
    """One deployment."""

    at: Instant
    what: str = ""
    components: tuple[str, ...] = ()
    """Empty: of everything."""
    version: str = ""
    url: str = ""
    line: int = 0

    def touches(self, components: Sequence[str]) -> bool:
        """Whether it was of any of these components."""
        return not self.components or bool(set(self.components) & set(components))


def read_deploys(
    root: Path, zone: ZoneInfo, known: Sequence[str]
) -> tuple[tuple[Deploy, ...], Sequence[Problem]]:
    """Read a repository's deployments, oldest first, and what is wrong with their file.

    ``known`` are the ids that it may name. A line with a fault is left out, and told.
    """
    path, shown = root / DEPLOYS, str(DEPLOYS)
    if not path.is_file():
        return (), ()
    try:
        text = read_text(path, shown)
    except InputError as error:
        return (), error.problems
    problems: list[Problem] = []
    lines = list(_lines(text))
    if len(lines) > _MOST_LINES:
        fix = "keep those of the last years"
        return (), [Problem(f"more than {_MOST_LINES:,} lines", fix, shown)]
    if not lines:
        return (), ()
    number, head = lines[0]
    columns = _columns(head, shown, number, problems)
    if columns is None:
        return (), problems
    found = [
        one
        for number, cells in lines[1:]
        if (one := _deploy(cells, columns, number, zone, known, problems)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.line))), problems


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that says something with its number; a field in quotes may hold commas."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            cells = next(csv.reader(io.StringIO(line)), [])
            yield number, [cell.strip() for cell in cells]


def _columns(
    head: list[str], shown: str, line: int, problems: list[Problem]
) -> Mapping[str, int] | None:
    names = [one.lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff") for one in head]
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in COLUMNS and name not in found:
            found[name] = place
            continue
        fix = f"name it {_MEANT[name]}" if name in _MEANT else suggest(name, [*COLUMNS])
        fix = fix or f"the columns are {', '.join(COLUMNS)}"
        told = "stands here twice" if name in found else "is no column"
        problems.append(Problem(f"{quote(head[place], 40)} {told}", fix, shown, line, 1))
    if "at" not in found:
        fix = f"begin with a line of their names: {','.join(COLUMNS)}"
        problems.append(Problem("there is no column at", fix, shown, line, 1))
        return None
    return found


def _deploy(
    cells: list[str],
    columns: Mapping[str, int],
    line: int,
    zone: ZoneInfo,
    known: Sequence[str],
    problems: list[Problem],
) -> Deploy | None:
    shown = str(DEPLOYS)

    def said(name: str) -> str:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    width = max(columns.values()) + 1
    if len(cells) > width and any(cells[width:]):
        fix = 'put a text that holds commas into quotes: "like, this"'
        problems.append(Problem("more values than columns", fix, shown, line, 1))
        return None
    written = said("at")
    try:
        read = read_time(f"{written}T00:00" if _DAY.fullmatch(written) else written, zone)
    except ValueError as error:
        message, _, fix = str(error).partition("; ")
        problems.append(Problem(message, fix, shown, line, 1))
        return None
    components = tuple(re.findall(r"[^\s,;]+", said("component")))
    for name in components:
        if name not in known:
            fix = suggest(name, list(known)) or "write the id of a component, or leave it out"
            message = f"there is no component {quote(name, 80)} in the configuration"
            problems.append(Problem(message, fix, shown, line, 1))
            return None
    return Deploy(
        at=read.at,
        what=one_line(said("what"), 300),
        components=components,
        version=one_line(said("version"), 100),
        url=one_line(said("url"), 2000),
        line=line,
    )

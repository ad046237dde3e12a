"""Committed figures: ``data/metrics/<id>.csv`` and ``data/metrics/<id>.json``.

::

    date,value                      {"source": "billing database",
    2026-10-01,31                    "values": {"2026-10-01": 31, "2026-11-01": 44}}
    2026-11-01,44

In CSV lines that begin with ``#`` are comments: where the figure comes from. The header may be left
out. JSON may also be the mapping alone, a list of ``{"date": …, "value": …}`` or of pairs. A date
may have a time: ``2026-11-01T14:00:00Z``.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.faults import suggest
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, load, read_text
from statusgen.gates.series import Series, midnight
from statusgen.roadmap.model import Roadmap

METRICS = Path("data/metrics")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_LINES = 100_000
_LISTS = ("values", "points", "data")
_Point = tuple[str, str, int, int]
"""A date and a number as written, with their line and column."""


def read_series(root: Path, zone: ZoneInfo) -> tuple[Mapping[str, Series], Sequence[Problem]]:
    """Read all figures below a repository's ``data/metrics/``, and what is wrong with them.

    ``zone``: in which a date begins. A file with a fault gives no series.
    """
    found: dict[str, Series] = {}
    problems: list[Problem] = []
    folder = root / METRICS
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in files:
        reader = {".csv": _csv, ".json": _json}.get(path.suffix.lower())
        if reader is None or not path.is_file():
            continue
        shown = str(METRICS / path.name)
        if path.stem in found:
            other = found[path.stem].told[0]
            problems.append(Problem(f"tells the same as {other}", "keep one of them", shown))
            continue
        try:
            points, source = reader(read_text(path, shown), shown)
            told = f"{shown}: {source}" if source else shown
            found[path.stem] = Series(path.stem, _read(points, shown, zone), told=(told,))
        except InputError as error:
            problems += error.problems
    return found, problems


def unasked(series: Mapping[str, Series], roadmaps: Sequence[Roadmap]) -> list[Problem]:
    """Return the files of figures that no roadmap asks for: their names may be mistyped."""
    wanted = list(dict.fromkeys(name for each in roadmaps for name in each.measurable()))
    fix = "name it after the id of a criterion or a watched figure, or after what a stage counts"
    return [
        Problem(
            f"no roadmap asks for {quote(name, 60)}, so nothing is held against it",
            suggest(name, wanted) or fix,
            each.told[0].partition(": ")[0],
        )
        for name, each in series.items()
        if name not in wanted
    ]


def _csv(text: str, shown: str) -> tuple[list[_Point], str]:
    points: list[_Point] = []
    source = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#"):
            source = source or one_line(line.lstrip("# \t"), 200)
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]), [])]
        if not any(cells) or (not points and cells[:2] == ["date", "value"]):
            continue
        points.append((cells[0], cells[1] if len(cells) > 1 else "", number, 1))
    return points, source


def _json(text: str, shown: str) -> tuple[list[_Point], str]:
    try:
        json.loads(text)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        what = str(getattr(error, "msg", error))
        raise InputError([Problem(f"is no JSON: {what}", "", shown, line, column)]) from None
    except RecursionError:
        raise InputError([Problem("is nested too deeply", "", shown, 1, 1)]) from None
    document = load(text.replace("\t", " "), shown)  # JSON is YAML but for its tabs
    data: Any = document.data
    at: tuple[str | int, ...] = ()
    source = ""
    if isinstance(data, dict):
        source = one_line(str(data.get("source", "")), 200)
        named = next((name for name in _LISTS if isinstance(data.get(name), (dict, list))), None)
        if named is not None:
            data, at = data[named], (named,)
    return list(_pairs(document, data, at)), source


def _pairs(document: Document, data: Any, at: tuple[str | int, ...]) -> Iterator[_Point]:
    if isinstance(data, dict):
        for day, value in data.items():
            if not at and day == "source":
                continue
            mark = document.mark((*at, day))
            yield str(day), _text(value), mark.line, mark.column
        return
    for index, entry in enumerate(data if isinstance(data, list) else []):
        mark = document.mark((*at, index))
        if isinstance(entry, dict):
            told = (_text(entry.get("date")), _text(entry.get("value")))
        elif isinstance(entry, list) and len(entry) == 2:
            told = (_text(entry[0]), _text(entry[1]))
        else:
            told = (_text(entry), "")
        yield *told, mark.line, mark.column
    if not isinstance(data, list):
        fix = 'write {"2026-11-01": 44}'
        raise InputError([Problem("holds no figures", fix, document.file, 1, 1)])


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else "…"


def _read(
    points: Sequence[_Point], shown: str, zone: ZoneInfo
) -> tuple[tuple[Instant, Fraction], ...]:
    if len(points) > _MOST_LINES:
        fix = "keep a figure a day"
        raise InputError([Problem(f"holds more than {_MOST_LINES:,} figures", fix, shown)])
    found: dict[Instant, Fraction] = {}
    faults: list[Problem] = []

    def fault(told: str, what: str, fix: str, line: int, column: int) -> None:
        faults.append(Problem(f"{quote(told, 40)} is {what}", fix, shown, line, column))

    for day, value, line, column in points:
        at = _instant(day, zone)
        if at is None:
            fault(day, "no date", "write it like 2026-11-01", line, column)
        elif not _NUMBER.fullmatch(value):
            fault(value, "no number", "write it like 44 or 0.5", line, column)
        elif at in found:
            fault(day, "a date that stands here twice", "keep one", line, column)
        else:
            found[at] = Fraction(value)
    if faults:
        raise InputError(faults)
    return tuple(sorted(found.items()))


def _instant(text: str, zone: ZoneInfo) -> Instant | None:
    try:
        if _DAY.fullmatch(text):
            return midnight(date.fromisoformat(text), zone)
        return parse_instant(text)
    except (ValueError, OverflowError):
        return None

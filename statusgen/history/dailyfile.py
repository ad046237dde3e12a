"""``daily/<YYYY>.json``: the roll-ups of a year, one line a day.

::

    {"v":1,"days":{
    "2026-11-19":{"size":…,"rounds":288,"first":…,"last":…,"max_gap":null,"rule":"visits",
     "lines":…,"inputs":…,
     "monitors":{"api":{"cadence":300,"segments":[[START,END,"up"],…],"ms":"HOUR;HOUR;…",
     "values":"HOUR;HOUR;…"}}}
    ,"2026-11-20":{…}
    }}

(each day on one line; one without a ``rule`` was made by the rule ``count``). The
comma stands before a day, so that a new day changes no line that was
there. Monitors stand in the order of their ids. ``HOUR`` is a histogram as text (see
:mod:`statusgen.history.histogram`); days, hours and instants are UTC. The file is read line by
line: a damaged line costs one day, not a year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from statusgen.base.clock import DAY, Instant, parse_instant
from statusgen.base.text import one_line
from statusgen.history.cadence import Rule
from statusgen.history.dayfile import (
    Fault,
    day_name,
    list_folder,
    read_bytes,
    read_lines,
    split_lines,
)
from statusgen.history.dayrecord import HOURS, DayRecord, MonitorDay
from statusgen.history.record import STATES, is_plain
from statusgen.history.segments import Segment

VERSION = 1
_FILE = re.compile(r"\d{4}\.json")
_HEAD = b'{"v":1,"days":{'
_TAIL = b"}}"
_LINE = re.compile(rb',?"(\d{4}-\d\d-\d\d)":(\{.*\})')
_SIZE = re.compile(rb'^,?"(\d{4}-\d\d-\d\d)":\{"size":(\d{1,15}),', re.MULTILINE)
_LINES = re.compile(rb'"lines":"([0-9a-f]{64})"')
_FIRST = re.compile(rb'"first":(\d{1,12})')
_DIGEST = re.compile(r"[0-9a-f]{64}|")


def daily_path(folder: Path, day: Instant) -> Path:
    """Return the file in which a day's roll-up stands."""
    return folder / "daily" / f"{day_name(day)[:4]}.json"


def year_files(folder: Path) -> list[Path]:
    """Return the files of roll-ups there are, oldest first. Raises OutsideError."""
    entries = list_folder(folder / "daily", _FILE)
    names = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    return [folder / "daily" / name for name in names]


def recorded_sizes(content: bytes) -> dict[Instant, int]:
    """Return the recorded size of each day's file without parsing the rest."""
    sizes: dict[Instant, int] = {}
    for name, size in _SIZE.findall(content):
        day = _day(name)
        if day is not None:
            sizes[day] = int(size)
    return sizes


def record_bytes(content: bytes) -> Iterator[tuple[Instant, bytes]]:
    """Yield each day of a file and its roll-up as it is written there, unread."""
    for line in split_lines(content):
        match = _LINE.fullmatch(line.strip())
        day = _day(match[1]) if match else None
        if match is not None and day is not None:
            yield day, match[2]


def recorded_lines(text: bytes) -> str:
    """Return the digest of its rounds that a day's roll-up names, without parsing the rest."""
    match = _LINES.search(text)
    return match[1].decode("ascii") if match else ""


def first_round(folder: Path) -> Instant | None:
    """Return the start of the first round that any roll-up tells of."""
    for path in year_files(folder):
        match = _FIRST.search(read_bytes(path))
        if match:
            return int(match[1])
    return None


def read_year(
    path: Path, since: Instant | None = None
) -> tuple[dict[Instant, DayRecord], list[Fault]]:
    """Read the days of a file from ``since`` on, and the lines that cannot be used."""
    records: dict[Instant, DayRecord] = {}
    faults: list[Fault] = []
    for number, raw in enumerate(read_lines(path), 1):
        line = raw.strip()
        if line in (b"", _HEAD, _TAIL):
            continue
        match = _LINE.fullmatch(line)
        day = _day(match[1]) if match else None
        if match is None or day is None or f"{day_name(day)[:4]}.json" != path.name:
            faults.append(Fault(number, "not a day of this year", raw))
        elif since is None or day >= since:
            try:
                record = _record(day, json.loads(match[2]))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                reason = f"not a roll-up: {one_line(str(error), 120)}"
                faults.append(Fault(number, reason, raw))
            else:
                records[day] = record
    return records, faults


def write_year(records: Mapping[Instant, DayRecord]) -> bytes:
    """Return the bytes of a file of roll-ups."""
    lines = [_HEAD]
    for day in sorted(records):
        comma = "," if len(lines) > 1 else ""
        lines.append(f'{comma}"{day_name(day)}":{record_text(records[day])}'.encode("ascii"))
    return b"\n".join([*lines, _TAIL, b""])


def record_text(record: DayRecord) -> str:
    """Write one day as JSON on one line."""
    monitors: dict[str, Any] = {}
    for monitor in sorted(record.monitors):
        told = record.monitors[monitor]
        segments = [[part.start, part.end, part.state.value] for part in told.segments]
        monitors[monitor] = {"cadence": told.cadence, "segments": segments}
        if told.latency:
            monitors[monitor]["ms"] = told.latency
        if told.values:
            monitors[monitor]["values"] = told.values
    members: dict[str, Any] = {"size": record.size, "rounds": record.rounds}
    if record.first is not None:
        members |= {"first": record.first, "last": record.last}
    members["max_gap"] = record.max_gap
    if record.rule is not Rule.COUNT:  # the one that had no name
        members["rule"] = record.rule.value
    members |= {"lines": record.lines, "inputs": record.inputs}
    return json.dumps(members | {"monitors": monitors}, separators=(",", ":"))


def _day(name: bytes) -> Instant | None:
    try:
        return parse_instant(f"{name.decode('ascii')}T00:00:00Z")
    except ValueError:
        return None


def _record(day: Instant, members: Any) -> DayRecord:
    rounds = _whole(members["rounds"])
    first, last = (members["first"], members["last"]) if rounds else (None, None)
    if rounds and not day <= _whole(first) <= _whole(last) < day + DAY:
        raise ValueError("first and last lie outside the day")
    max_gap = members["max_gap"]
    if not all(_DIGEST.fullmatch(members[name]) for name in ("lines", "inputs")):
        raise ValueError("lines or inputs is not a digest")
    monitors = members["monitors"]
    return DayRecord(
        day=day,
        size=_whole(members["size"]),
        lines=members["lines"],
        inputs=members["inputs"],
        rounds=rounds,
        first=first,
        last=last,
        max_gap=None if max_gap is None else _whole(max_gap),
        rule=Rule(members.get("rule", Rule.COUNT)),
        monitors={monitor: _monitor(day, monitor, told) for monitor, told in monitors.items()},
    )


def _monitor(day: Instant, monitor: str, members: Any) -> MonitorDay:
    if not is_plain(monitor):
        raise ValueError("not a monitor id")
    segments = tuple(
        Segment(_whole(start), _whole(end), STATES[state])
        for start, end, state in members["segments"]
    )
    _must_ascend(day, segments)
    latency = members.get("ms", "")
    if latency and (not isinstance(latency, str) or latency.count(";") >= HOURS):
        raise ValueError("ms holds no hours")
    values = members.get("values", "")
    if not isinstance(values, str) or values.count(";") >= HOURS:
        raise ValueError("values holds no hours")
    return MonitorDay(
        cadence=_whole(members["cadence"]), segments=segments, latency=latency, values=values
    )


def _must_ascend(day: Instant, segments: Iterable[Segment]) -> None:
    edge = day
    for segment in segments:
        if segment.start < edge or segment.end <= segment.start or segment.end > day + DAY:
            raise ValueError("segments overlap or leave the day")
        edge = segment.end


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise ValueError("not a whole number")
    return value

"""Everything that a site recorded and that people told, as open files for other programs.

A folder of JSON lines, CSV, JSON and Markdown, with a ``README.md`` for people and a
``datapackage.json`` (Frictionless Data Package, v1) that gives each table's columns and each file's
digest. Instants are UTC as ``2026-11-20T20:10:03Z``. The same files give the same bytes.

Left out is what could hold a secret: headers, bodies and conditions of checks, channels, all of an
address but its host, and anything that stands in an environment.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.states import State
from statusgen.config.settings import DEFAULT_INTERVAL
from statusgen.history.dailyfile import read_year, year_files
from statusgen.history.dayfile import day_files, day_name, read_bytes, read_day
from statusgen.history.histogram import Histogram
from statusgen.history.record import Entry
from statusgen.history.timeline import MonitorTimeline, load_timeline
from statusgen.incident.fileformat import incident_markdown
from statusgen.incident.model import Incident
from statusgen.incident.window import Window
from statusgen.incident.windowfile import window_markdown
from statusgen.run.exported import NAME, PACKAGE, README, Exported, Field, package, readme, to_json
from statusgen.run.site import Site

_ALL_DAYS = 366 * 200

_CHECK = (
    ("at", "datetime", "when the round began"),
    ("round", "string", "key of the round"),
    ("vantage", "string", "where it was checked from"),
    ("monitor", "string", "id of the monitor"),
    ("state", "string", "up, degraded, down or unknown (nobody could tell), as measured"),
    ("ms", "integer", "response time of the last attempt in milliseconds"),
    ("code", "integer", "status code of the answer"),
    ("reason", "string", "why it is not up"),
    ("attempts", "integer", "how many attempts were made"),
    ("value", "number", "the figure that the check read"),
)
_SECONDS = ("up", "degraded", "partial", "down")
_DAY = (
    ("day", "date", "UTC day"),
    ("monitor", "string", "id of the monitor"),
    *(
        (f"{state}_seconds", "integer", f"seconds of the day observed {state}")
        for state in _SECONDS
    ),
    (
        "unobserved_seconds",
        "integer",
        "seconds in which nobody looked or nobody could tell, up to the end of the data",
    ),
    ("p50_ms", "integer", "median response time, from histograms"),
    ("p95_ms", "integer", "95th percentile of response times, from histograms"),
)
_OUTAGE = (
    ("monitor", "string", "id of the monitor"),
    ("start", "datetime", "from when on it was observed down or partial"),
    ("end", "datetime", "until when; empty where the data ends within it"),
    ("seconds", "integer", "how long that is, or was so far"),
    ("worst", "string", "down or partial"),
)


def export_files(site: Site) -> Mapping[str, bytes]:
    """Return what is to be written, by path. Raises as the parts of ``Site`` do."""
    files = [*_rounds(site), *_days(site), *_words(site), _components(site)]
    files.sort(key=lambda file: file.path)
    found = {file.path: file.content for file in files}
    told = (site.settings.site.name, _time(site.now or None), files)
    found[README] = readme(*told)
    found[PACKAGE] = package(*told)
    return dict(sorted(found.items()))


def write_export(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write an export into an empty folder, or in place of an earlier export there.

    Raises InputError for a folder that holds anything else, OutsideError where the disk refuses.
    """
    before = _listed(folder)
    for path, content in files.items():
        target = folder / path
        if not target.is_file() or target.read_bytes() != content:
            write_atomic(target, content)
    for path in before - files.keys():
        (folder / path).unlink(missing_ok=True)


def _listed(folder: Path) -> set[str]:
    """Return the files of an earlier export. Raises InputError for a folder of somebody else's."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder for the export")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if not there:
        return set()
    try:
        package = json.loads((folder / PACKAGE).read_bytes())
        ours = {str(each["path"]) for each in package["resources"]} | {PACKAGE, README}
        known = package["name"] == NAME
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        known, ours = False, set()
    strange = sorted(there - ours)
    if not known or strange:
        example = f", such as {strange[0]}" if strange else ""
        raise InputError(
            f"{folder} holds files that no export wrote{example}; name an empty folder"
        )
    return there


def _rounds(site: Site) -> Iterator[Exported]:
    """Yield the kept rounds by month: as recorded, and as a table of checks."""
    months: dict[str, list[tuple[bytes, Entry]]] = {}
    for day, path in day_files(site.places.history).items():
        content = read_day(day, read_bytes(path), site.wall_clock)
        rows = months.setdefault(day_name(day)[:7], [])
        for line, entry in zip(content.lines, content.entries, strict=True):
            rows.append((line, entry))
    for month, entries in months.items():
        lines = b"".join(line + b"\n" for line, _ in entries)
        yield Exported(f"rounds/{month}.jsonl", lines, "the rounds, one object a line, as recorded")
        table = (
            [
                format_instant(entry.at), entry.key, entry.vantage, monitor, check["state"],
                *(check.get(key) for key in ("ms", "code", "reason")),
                check.get("attempts", 1), check.get("value"),
            ]
            for _, entry in entries
            for monitor, check in sorted(entry.checks.items())
        )  # fmt: skip
        about = "the same, one check a line"
        yield Exported(f"checks/{month}.csv", _csv(_CHECK, table), about, _CHECK)


def _days(site: Site) -> Iterator[Exported]:
    for path in year_files(site.places.history):
        about = "roll-ups of closed UTC days: observed stretches, response times by the hour"
        yield Exported(f"daily/{path.name}", read_bytes(path), about)
    timeline = load_timeline(
        site.places.history,
        now=site.now,
        cadences=_cadences(site),
        max_gap=site.settings.history.max_gap,
        days=_ALL_DAYS,
        aliases=site.settings.aliases,
    )
    lines = sorted(timeline.monitors.items())
    rows = [row for monitor, line in lines for row in _day_rows(monitor, line, timeline.now)]
    yield Exported("days.csv", _csv(_DAY, rows), "each monitor's days, in seconds", _DAY)
    outages = [row for monitor, line in lines for row in _outages(monitor, line, timeline.now)]
    about = "stretches in which a monitor was observed down"
    yield Exported("outages.csv", _csv(_OUTAGE, outages), about, _OUTAGE)


def _cadences(site: Site) -> dict[str, int]:
    """Return the seconds between checks by monitor, of those too that are configured no more."""
    seen = {name for path in year_files(site.places.history) for name in _monitors_of(path)}
    for each in site.store.rounds(0, now=site.wall_clock):
        seen.update(each.checks)
    former = seen - site.settings.aliases.keys()
    return dict.fromkeys(sorted(former), DEFAULT_INTERVAL) | site.cadences


def _monitors_of(path: Path) -> set[str]:
    return {name for record in read_year(path)[0].values() for name in record.monitors}


def _day_rows(monitor: str, line: MonitorTimeline, now: Instant) -> Iterator[list[object]]:
    """Yield a monitor's days, from the first that was observed to the present."""
    seconds: dict[Instant, dict[State, int]] = {}
    for part in line.segments:
        for day in range(part.start - part.start % DAY, part.end, DAY):
            shared = min(part.end, day + DAY) - max(part.start, day)
            told = seconds.setdefault(day, {})
            told[part.state] = told.get(part.state, 0) + shared
    if not seconds:
        return
    hours: dict[Instant, list[Histogram]] = {}
    for hour, histogram in line.latency_by_hour.items():
        hours.setdefault(hour - hour % DAY, []).append(histogram)
    for day in range(min(seconds), max(seconds) + 1, DAY):
        told = seconds.get(day, {})
        length = min(day + DAY, max(now, day)) - day
        merged = Histogram.merge(hours[day]) if day in hours else None
        yield [
            day_name(day),
            monitor,
            *(told.get(State(state), 0) for state in _SECONDS),
            max(0, length - sum(told.values())),
            *(merged.percentile(p) if merged else None for p in (50, 95)),
        ]


def _outages(monitor: str, line: MonitorTimeline, now: Instant) -> Iterator[list[object]]:
    stretch: list[tuple[Instant, Instant, State]] = []
    parts = [part for part in line.segments if part.state in (State.DOWN, State.PARTIAL)]
    for part in parts:
        if stretch and stretch[-1][1] != part.start:
            yield _outage(monitor, stretch, now)
            stretch = []
        stretch.append((part.start, part.end, part.state))
    if stretch:
        yield _outage(monitor, stretch, now)


def _outage(
    monitor: str, stretch: Sequence[tuple[Instant, Instant, State]], now: Instant
) -> list[object]:
    start, end = stretch[0][0], stretch[-1][1]
    worst = State.DOWN if any(state is State.DOWN for _, _, state in stretch) else State.PARTIAL
    over = format_instant(end) if end < now else None
    return [monitor, format_instant(start), over, end - start, worst.value]


def _words(site: Site) -> Iterator[Exported]:
    """Yield incidents and maintenance windows: one list each, and one Markdown file each."""
    incidents = sorted(site.incidents.incidents, key=lambda each: (each.started, each.id))
    yield _json("incidents.json", [_incident(each) for each in incidents], "all incidents")
    for each in incidents:
        text = incident_markdown(each).encode()
        yield Exported(f"incidents/{each.id}.md", text, "an incident, as statusgen reads it")
    windows = sorted(site.windows.windows, key=lambda each: (each.first.start, each.id))
    yield _json("maintenance.json", [_window(each) for each in windows], "maintenance windows")
    for window in windows:
        text = window_markdown(window).encode()
        yield Exported(f"maintenance/{window.id}.md", text, "a window, as statusgen reads it")


def _incident(each: Incident) -> dict[str, object]:
    return {
        "id": each.id,
        "uid": each.uid,
        "title": each.title,
        "impact": each.impact.value,
        "started": format_instant(each.started),
        "resolved": _time(each.resolved),
        "withdrawn": _time(each.withdrawn),
        "opened_by_checks": each.automatic,
        "affected": [
            {"component": one.component, "impact": one.impact.value if one.impact else None}
            for one in each.affected
        ],
        "updates": [
            {"at": format_instant(one.at), "phase": one.phase.value, "body": one.body}
            for one in each.updates
        ],
    }


def _window(each: Window) -> dict[str, object]:
    return {
        "id": each.id,
        "uid": each.uid,
        "title": each.title,
        "components": list(each.components),
        "start": format_instant(each.first.start),
        "end": format_instant(each.first.end),
        "timezone": str(each.when.zone),
        "repeat": each.when.rule,
        "except": sorted(each.when.without),
        "uptime": each.uptime.value,
        "about": each.about,
        "updates": [
            {"at": format_instant(one.at), "phase": one.phase.value, "body": one.body}
            for one in each.updates
        ],
    }


def _components(site: Site) -> Exported:
    """Return what is checked and how it is shown, without anything that may hold a secret."""
    settings = site.settings
    document = {
        "site": {
            "name": settings.site.name,
            "url": settings.site.url,
            "timezone": str(settings.site.timezone),
            "language": settings.site.language,
        },
        "groups": [
            {"name": group.name, "components": list(group.components)} for group in settings.groups
        ],
        "components": [
            {
                "id": one.id,
                "name": one.name,
                "group": one.group or None,
                "description": one.description,
                "monitors": list(one.monitors),
            }
            for one in settings.components
        ],
        "monitors": [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "address": _address(one.url.text),
                "interval_seconds": one.cadence,
                "aliases": list(one.aliases),
            }
            for one in settings.monitors
        ],
    }
    return _json("components.json", document, "what is checked, and how it is shown")


def _address(url: str) -> str | None:
    """Return scheme, host and port: the rest of an address may be a secret; so may all of it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if not host or "$" in host:
        return None
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _csv(fields: Sequence[Field], rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(name for name, _, _ in fields)
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(path: str, document: object, about: str) -> Exported:
    return Exported(path, to_json(document), about)


def _time(at: Instant | None) -> str | None:
    return None if at is None else format_instant(at)

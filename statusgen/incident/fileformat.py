"""An incident's file: forgiving to read, canonical to write.

Front matter (only ``title`` is required):

===============  ===================================================================================
``title``        one line
``impact``       ``none``, ``minor`` (the default), ``major`` or ``critical``
``affected``     component ids, or ``{component, impact, start, end, monitors, reason, code}``
``started``      else the time of the first update
``resolved``     else the time of the update that says so
``next_update``  when the next update is promised; or ``· next update <time>`` behind a heading
``pin``          ``true``: at the top of the page, even when it is over
``limitations``  weaknesses of roadmaps that it shows: ``roadmap/limitation``
``withdrawn``    ``true`` or a time: it was a false alarm; or an update that says ``Withdrawn``
``id``           else the file's name without ``.md``
``uid``          ``urn:uuid:…``, the feeds' identity; else derived from the id
``automatic``    checks opened it; with it ``blip``, ``adopted``, ``evidence`` and ``joined``
===============  ===================================================================================

A time without an offset is on the clock of the site's time zone. Writing gives UTC, one order of
keys, and the same bytes for the same incident; reading what was written gives it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from statusgen.base.clock import Instant, format_instant
from statusgen.base.errors import Problem
from statusgen.base.event import Cause
from statusgen.base.ids import stable_urn
from statusgen.base.model import Bool, Model, OneOrMore
from statusgen.base.states import Reason
from statusgen.base.text import one_line
from statusgen.base.yamltree import Path_
from statusgen.base.yamlwrite import flow_mapping, scalar
from statusgen.incident import lints
from statusgen.incident.folder import Read
from statusgen.incident.lints import Desk
from statusgen.incident.model import Affected, Impact, Incident, Joined, Phase, Update
from statusgen.incident.outer import Front, Reader
from statusgen.incident.sections import form_of, section_markdown, take_apart
from statusgen.incident.times import read_time

_Pair = tuple[str, str | int | tuple[str, ...]]

FORM = form_of("an incident", Phase, "What happened", "## Investigating · 2026-11-20T20:10:03Z")

# The line ``resolved:`` before the line that ends the front matter; times so written sort as text.
_ENDED = re.compile(
    r"---\n(?:(?!---)(?!resolved:).*\n)*?resolved: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
)


class _Touched(Model):
    shorthand = "component"

    component: str
    impact: Impact | None = None
    start: str | None = None
    end: str | None = None
    monitors: Annotated[tuple[str, ...], OneOrMore(empty=True)] = ()
    reason: Reason | None = None
    code: Annotated[int, Field(ge=100, le=999)] | None = None


class _Joined(Model):
    component: str
    monitor: str
    at: str
    round: str = ""
    reason: Reason | None = None
    code: Annotated[int, Field(ge=100, le=999)] | None = None


class _Front(Front):
    impact: Impact = Impact.MINOR
    affected: Annotated[tuple[_Touched, ...], OneOrMore(empty=True)] = ()
    started: str | None = None
    resolved: str | None = None
    next_update: str | None = None
    pin: Bool = False
    limitations: Annotated[tuple[str, ...], OneOrMore(empty=True)] = ()
    withdrawn: Bool | str = False
    automatic: Bool = False
    blip: Bool = False
    adopted: Bool = False
    evidence: Annotated[tuple[str, ...], OneOrMore(empty=True)] = ()
    joined: Annotated[tuple[_Joined, ...], OneOrMore(empty=True)] = ()


def read_incident(text: str, file: str, zone: ZoneInfo, desk: Desk | None = None) -> Read[Incident]:
    """Read the text of an incident's file; ``file`` names it in messages and gives the id.

    With a ``desk`` it is read as a person's: unknown components, times ahead of the clock and what
    makes a poor update are told too. None of these hides the incident.
    """
    reader: Reader[_Front] = Reader(file, zone, FORM)
    front = reader.read(text, _Front)
    incident = None if front is None else _incident(reader, front)
    if reader.problems:
        return Read(None, reader.sorted_problems(), tuple(reader.warnings))
    if desk is not None and incident is not None and front is not None:
        _linted(reader, front, incident, desk)
    return Read(incident, reader.sorted_problems(), reader.sorted_warnings())


def ended_before(text: str, moment: Instant) -> bool:
    """Whether the front matter, as the program writes it, says an end before ``moment``."""
    ended = _ENDED.match(text)
    return ended is not None and ended[1] < format_instant(moment)


def _linted(reader: Reader[_Front], front: _Front, incident: Incident, desk: Desk) -> None:
    named = [(index, touched.component) for index, touched in enumerate(incident.affected)]
    lints.components(reader, desk, named, over=not incident.open)
    times = {"started": incident.started, "resolved": incident.resolved}
    written = {key: at for key, at in times.items() if getattr(front, key) is not None}
    lints.times_ahead(reader, desk, written)
    lints.texts(reader, desk)
    if incident.open and "impact" not in front.model_fields_set:
        reader.warn(
            ("title",),
            "says no impact, and counts as minor",
            "add `impact:` none, minor, major or critical",
        )
    if front.resolved is not None and not front.automatic and not _said(incident, Phase.RESOLVED):
        reader.warn(
            ("resolved",),
            "ends without an update that says so",
            "add `## Resolved · <time>` and what was done",
        )
    if incident.open and incident.updates and incident.promised is None:
        reader.warnings.append(
            Problem(
                "the newest update does not say when the next one comes",
                "add `· next update <time>` to its heading",
                reader.file,
                reader.updates[-1].line,
                1,
            )
        )


def _said(incident: Incident, phase: Phase) -> bool:
    return any(update.phase is phase for update in incident.updates)


def _incident(reader: Reader[_Front], front: _Front) -> Incident | None:
    updates = [
        Update(at=told.at, phase=Phase(told.phase), body=told.body, promise=told.promise)
        for told in reader.updates
    ]
    started = reader.front_time(front.started, ("started",))
    if started is None:
        if not updates or front.started is not None:
            return None
        started = min(update.at for update in updates)
    updates = _promised(reader, front, updates)
    withdrawn = _withdrawn(reader, front, updates)
    resolved = reader.front_time(front.resolved, ("resolved",))
    if front.resolved is None:
        resolved = _resolution(updates)
    if resolved is not None and resolved < started:
        reader.tell(
            ("resolved",) if front.resolved is not None else ("started",),
            f"resolved {format_instant(resolved)}, before it started ({format_instant(started)})",
            "correct one of the two times",
        )
    if resolved is None and withdrawn is not None:
        resolved = max(withdrawn, started)
    identifier = front.id or reader.stem()
    return Incident(
        id=identifier,
        uid=front.uid or stable_urn("incident", identifier),
        title=front.title,
        impact=front.impact,
        started=started,
        resolved=resolved,
        affected=tuple(
            _affected(reader, touched, index, started, resolved)
            for index, touched in enumerate(front.affected)
        ),
        updates=tuple(updates),
        automatic=front.automatic,
        blip=front.blip,
        adopted=front.adopted,
        evidence=front.evidence,
        joined=tuple(_joined(reader, front.joined)),
        pin=front.pin,
        limitations=front.limitations,
        withdrawn=withdrawn,
        file=reader.file,
    )


def _affected(
    reader: Reader[_Front],
    touched: _Touched,
    index: int,
    started: Instant,
    resolved: Instant | None,
) -> Affected:
    at: Path_ = ("affected", index)
    start = reader.front_time(touched.start, (*at, "start"))
    start = started if start is None else start
    end = reader.front_time(touched.end, (*at, "end"))
    if touched.end is None:
        end = resolved
    own = "end" if touched.end else "start"
    if (touched.start or touched.end) and end is not None and end <= start:
        reader.tell(
            (*at, own),
            f"the end {format_instant(end)} is not after the start {format_instant(start)}",
            "correct one of the two times",
        )
    return Affected(
        component=touched.component,
        start=start,
        end=end,
        monitors=touched.monitors,
        impact=touched.impact,
        cause=None if touched.reason is None else Cause(touched.reason, touched.code),
    )


def _joined(reader: Reader[_Front], written: Sequence[_Joined]) -> Iterator[Joined]:
    for index, each in enumerate(written):
        at = reader.front_time(each.at, ("joined", index, "at"))
        if at is not None:
            yield Joined(
                component=each.component,
                monitor=each.monitor,
                at=at,
                round=each.round,
                cause=None if each.reason is None else Cause(each.reason, each.code),
            )


def _promised(reader: Reader[_Front], front: _Front, updates: list[Update]) -> list[Update]:
    """Give the promise of the front matter to the update that made it.

    That is the last one before the promised time that promises nothing itself.
    """
    promise = reader.front_time(front.next_update, ("next_update",))
    if promise is None:
        return updates
    made = [n for n, each in enumerate(updates) if each.at < promise and each.promise is None]
    if made:
        return [
            replace(each, promise=promise) if n == made[-1] else each
            for n, each in enumerate(updates)
        ]
    if not any(each.at < promise for each in updates):
        reader.tell(
            ("next_update",),
            f"the next update is promised for {format_instant(promise)}, before the first one",
            "correct the time, or remove the line",
        )
    return updates


def _withdrawn(reader: Reader[_Front], front: _Front, updates: Sequence[Update]) -> Instant | None:
    """Return when it was taken back: as the front matter says, or the newest update."""
    if isinstance(front.withdrawn, str):
        return reader.front_time(front.withdrawn, ("withdrawn",))
    told = [update for update in updates if update.phase is not Phase.POSTMORTEM]
    newest = told[-1] if told else None
    if newest is not None and (front.withdrawn or newest.phase is Phase.WITHDRAWN):
        return newest.at
    return None


def line_of_update(text: str, at: Instant, zone: ZoneInfo) -> int | None:
    """Return the line, from 1, of the heading of the update at this time; None without one."""
    for section in take_apart(text, "", FORM).sections:
        try:
            if section.time and read_time(section.time, zone).at == at:
                return section.line
        except ValueError:
            continue
    return None


def _resolution(updates: Sequence[Update]) -> Instant | None:
    """Return when the updates say that it ended: a later investigating opens it again."""
    resolved: Instant | None = None
    for update in updates:
        if update.phase is Phase.RESOLVED:
            resolved = update.at
        elif update.phase not in (Phase.POSTMORTEM, Phase.WITHDRAWN):
            resolved = None
    return resolved


def incident_markdown(incident: Incident) -> str:
    """Write an incident as the text of its file: canonical, the same bytes for the same incident.

    The id is not written, for it is the file's name.
    """
    lines = ["---", f"title: {scalar(one_line(incident.title))}", f"impact: {incident.impact}"]
    if incident.affected:
        lines.append("affected:")
        lines += [f"  - {_affected_line(entry, incident)}" for entry in incident.affected]
    lines.append(f"started: {format_instant(incident.started)}")
    if incident.resolved is not None:
        lines.append(f"resolved: {format_instant(incident.resolved)}")
    if incident.withdrawn is not None:
        lines.append(f"withdrawn: {format_instant(incident.withdrawn)}")
    for name in ("pin", "automatic", "blip", "adopted"):
        if getattr(incident, name):
            lines.append(f"{name}: true")
    if incident.limitations:
        lines.append("limitations:")
        lines += [f"  - {scalar(name)}" for name in incident.limitations]
    if incident.evidence:
        lines.append("evidence:")
        lines += [f"  - {scalar(key)}" for key in incident.evidence]
    if incident.joined:
        lines.append("joined:")
        lines += [f"  - {_joined_line(each)}" for each in incident.joined]
    lines += [f"uid: {incident.uid}", "---", ""]
    sections = [update_markdown(update) for update in incident.updates]
    return "\n".join([*lines, "\n".join(sections)])


def update_markdown(update: Update) -> str:
    """Write one update as a section of the file."""
    promise = "" if update.promise is None else format_instant(update.promise)
    return section_markdown(update.phase, format_instant(update.at), update.body, FORM, promise)


def _affected_line(entry: Affected, incident: Incident) -> str:
    whole = entry.start == incident.started and entry.end == incident.resolved
    if whole and not entry.monitors and entry.cause is None and entry.impact is None:
        return scalar(entry.component)
    pairs: list[_Pair] = [("component", entry.component)]
    if entry.impact is not None:
        pairs.append(("impact", str(entry.impact)))
    if entry.start != incident.started:
        pairs.append(("start", format_instant(entry.start)))
    if entry.end is not None and entry.end != incident.resolved:
        pairs.append(("end", format_instant(entry.end)))
    if entry.monitors:
        pairs.append(("monitors", entry.monitors))
    return flow_mapping([*pairs, *_cause_pairs(entry.cause)])


def _joined_line(joined: Joined) -> str:
    pairs: list[_Pair] = [
        ("component", joined.component),
        ("monitor", joined.monitor),
        ("at", format_instant(joined.at)),
    ]
    if joined.round:
        pairs.append(("round", joined.round))
    return flow_mapping([*pairs, *_cause_pairs(joined.cause)])


def _cause_pairs(cause: Cause | None) -> list[_Pair]:
    if cause is None:
        return []
    return [("reason", cause.reason), *([] if cause.code is None else [("code", cause.code)])]

"""An incident's file: forgiving to read, canonical to write.

Front matter (only ``title`` is required):

=============  =====================================================================================
``title``      one line
``impact``     ``none``, ``minor`` (the default), ``major`` or ``critical``
``affected``   component ids, or ``{component, start, end, monitors, reason, code}``
``started``    else the time of the first update
``resolved``   else the time of the update that says so
``id``         else the file's name without ``.md``
``uid``        ``urn:uuid:…``, the feeds' identity; else derived from the id
``automatic``  checks opened it; with it ``blip``, ``adopted`` and ``evidence``
=============  =====================================================================================

A time without an offset is on the clock of the site's time zone. Writing gives UTC, one order of
keys, and the same bytes for the same incident; reading what was written gives it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from statusgen.base.clock import Instant, format_instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.event import Cause
from statusgen.base.faults import split
from statusgen.base.ids import id_fault, id_like, stable_urn
from statusgen.base.model import Bool, Id, Model, OneOrMore, suggest, validate
from statusgen.base.states import Reason
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Path_, load
from statusgen.base.yamlwrite import flow_mapping, scalar
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.incident.sections import Section, section_markdown, take_apart
from statusgen.incident.times import read_time

_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# The line ``resolved:`` before the line that ends the front matter; times so written sort as text.
_ENDED = re.compile(
    r"---\n(?:(?!---)(?!resolved:).*\n)*?resolved: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
)


class _Touched(Model):
    shorthand = "component"

    component: str
    start: str | None = None
    end: str | None = None
    monitors: Annotated[tuple[str, ...], OneOrMore(empty=True)] = ()
    reason: Reason | None = None
    code: Annotated[int, Field(ge=100, le=999)] | None = None


class _Front(Model):
    title: str
    impact: Impact = Impact.MINOR
    affected: Annotated[tuple[_Touched, ...], OneOrMore(empty=True)] = ()
    started: str | None = None
    resolved: str | None = None
    id: Id | None = None
    uid: str | None = None
    automatic: Bool = False
    blip: Bool = False
    adopted: Bool = False
    evidence: Annotated[tuple[str, ...], OneOrMore(empty=True)] = ()

    @field_validator("title")
    @classmethod
    def _title(cls, value: str) -> str:
        line = one_line(value)
        if not line:
            raise ValueError("is empty; write what happened in a few words")
        return line

    @field_validator("uid")
    @classmethod
    def _uid(cls, value: str | None) -> str | None:
        if value is None or _URN.fullmatch(value.lower()):
            return value and value.lower()
        raise ValueError(
            f"{quote(value, 80)} is not like urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx; "
            "remove the line, and it is derived from the id"
        )


@dataclass(frozen=True, slots=True)
class ReadIncident:
    """What reading one file gave: an incident, or the problems that prevented it."""

    incident: Incident | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_incident(text: str, file: str, zone: ZoneInfo) -> ReadIncident:
    """Read the text of an incident's file; ``file`` names it in messages and gives the id."""
    parts = take_apart(text, file)
    reader = _Reader(file, zone, problems=list(parts.problems))
    updates = reader.updates(parts.sections)
    incident = None
    if parts.front is not None:
        try:
            document = load(parts.front, file)
            front = validate(_Front, document)
        except InputError as error:
            reader.problems += error.problems
        else:
            incident = reader.incident(front, document, updates)
    problems = sorted(reader.problems, key=lambda problem: (problem.line, problem.column))
    return ReadIncident(None if problems else incident, tuple(problems), tuple(reader.warnings))


def ended_before(text: str, moment: Instant) -> bool:
    """Whether the front matter, as the program writes it, says an end before ``moment``."""
    ended = _ENDED.match(text)
    return ended is not None and ended[1] < format_instant(moment)


def unknown_components(
    incident: Incident, text: str, known: Sequence[str]
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems and the warnings about components that the configuration lacks.

    A component that was removed is no fault of an old incident: where nothing known resembles it
    and the incident is over, it is a warning.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    names = frozenset(known)
    if all(touched.component in names for touched in incident.affected):
        return problems, warnings
    document = load(take_apart(text, incident.file).front or "", incident.file)
    for index, touched in enumerate(incident.affected):
        if touched.component in names:
            continue
        meant = suggest(touched.component, list(known))
        problem = document.problem(
            _component_path(document, index),
            f"there is no component {quote(touched.component, 80)}",
            meant or "write the id of a component, or remove it",
        )
        (problems if meant or incident.open else warnings).append(problem)
    return problems, warnings


def _component_path(document: Document, index: int) -> Path_:
    for path in (("affected", index, "component"), ("affected", index), ("affected",)):
        if path in document.values:
            return path
    return ()


@dataclass(slots=True)
class _Reader:
    """Turns what a file says into an incident, collecting all that is wrong on the way."""

    file: str
    zone: ZoneInfo
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def updates(self, sections: Sequence[Section]) -> list[Update]:
        updates: list[Update] = []
        before: tuple[Instant, int] | None = None
        for section in sections:
            if not section.time:
                continue
            place = Problem("", "", self.file, section.line, section.time_column)
            at = self._time(section.time, place)
            if at is None:
                continue
            if before is not None and at <= before[0]:
                what = "has the same time as" if at == before[0] else "is earlier than"
                message = f"the update {what} the one before it, in line {before[1]}"
                fix = "put updates in order, oldest first, each with a time of its own"
                self.problems.append(replace(place, message=message, fix=fix))
            before = (at, section.line)
            if section.phase is not None:
                updates.append(Update(at=at, phase=section.phase, body=section.body))
        return updates

    def incident(self, front: _Front, document: Document, updates: list[Update]) -> Incident | None:
        started = self._front_time(front.started, document, ("started",))
        if started is None:
            if not updates or front.started is not None:
                return None
            started = min(update.at for update in updates)
        resolved = self._front_time(front.resolved, document, ("resolved",))
        if front.resolved is None:
            resolved = _resolution(updates)
        if resolved is not None and resolved < started:
            self.problems.append(
                document.problem(
                    ("resolved",) if front.resolved is not None else ("started",),
                    f"resolved {format_instant(resolved)}, before it started "
                    f"({format_instant(started)})",
                    "correct one of the two times",
                )
            )
        identifier = front.id or self._stem()
        return Incident(
            id=identifier,
            uid=front.uid or stable_urn("incident", identifier),
            title=front.title,
            impact=front.impact,
            started=started,
            resolved=resolved,
            affected=tuple(
                self._affected(touched, index, document, started, resolved)
                for index, touched in enumerate(front.affected)
            ),
            updates=tuple(updates),
            automatic=front.automatic,
            blip=front.blip,
            adopted=front.adopted,
            evidence=front.evidence,
            file=self.file,
        )

    def _affected(
        self,
        touched: _Touched,
        index: int,
        document: Document,
        started: Instant,
        resolved: Instant | None,
    ) -> Affected:
        at: Path_ = ("affected", index)
        start = self._front_time(touched.start, document, (*at, "start"))
        start = started if start is None else start
        end = self._front_time(touched.end, document, (*at, "end"))
        if touched.end is None:
            end = resolved
        own = "end" if touched.end else "start"
        if (touched.start or touched.end) and end is not None and end <= start:
            self.problems.append(
                document.problem(
                    (*at, own),
                    f"the end {format_instant(end)} is not after the start {format_instant(start)}",
                    "correct one of the two times",
                )
            )
        cause = None if touched.reason is None else Cause(touched.reason, touched.code)
        return Affected(
            component=touched.component,
            start=start,
            end=end,
            monitors=touched.monitors,
            cause=cause,
        )

    def _stem(self) -> str:
        stem = PurePath(self.file).stem
        fault = id_fault(stem)
        if fault:
            name = id_like(stem) or "2026-11-20-api-is-down"
            self.problems.append(
                Problem(
                    f"the file's name without .md is the incident's id, and {split(fault)[0]}",
                    f"rename the file {name}.md",
                    self.file,
                )
            )
        return stem

    def _front_time(self, text: str | None, document: Document, path: Path_) -> Instant | None:
        return None if text is None else self._time(text, document.problem(path, ""))

    def _time(self, text: str, place: Problem) -> Instant | None:
        """Read a time standing at ``place``, a problem that has no message yet."""
        try:
            read = read_time(text, self.zone)
        except ValueError as error:
            message, _, fix = str(error).partition("; ")
            self.problems.append(replace(place, message=message, fix=fix))
            return None
        if read.warning:
            message, _, fix = read.warning.partition("; ")
            self.warnings.append(replace(place, message=message, fix=fix))
        return read.at


def _resolution(updates: Sequence[Update]) -> Instant | None:
    """Return when the updates say that it ended: a later investigating opens it again."""
    resolved: Instant | None = None
    for update in updates:
        if update.phase is Phase.RESOLVED:
            resolved = update.at
        elif update.phase is not Phase.POSTMORTEM:
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
    for name in ("automatic", "blip", "adopted"):
        if getattr(incident, name):
            lines.append(f"{name}: true")
    if incident.evidence:
        lines.append("evidence:")
        lines += [f"  - {scalar(key)}" for key in incident.evidence]
    lines += [f"uid: {incident.uid}", "---", ""]
    sections = [
        section_markdown(update.phase, format_instant(update.at), update.body)
        for update in incident.updates
    ]
    return "\n".join([*lines, "\n".join(sections)])


def _affected_line(entry: Affected, incident: Incident) -> str:
    whole = entry.start == incident.started and entry.end == incident.resolved
    if whole and not entry.monitors and entry.cause is None:
        return scalar(entry.component)
    pairs: list[tuple[str, str | int | tuple[str, ...]]] = [("component", entry.component)]
    if entry.start != incident.started:
        pairs.append(("start", format_instant(entry.start)))
    if entry.end is not None and entry.end != incident.resolved:
        pairs.append(("end", format_instant(entry.end)))
    if entry.monitors:
        pairs.append(("monitors", entry.monitors))
    if entry.cause is not None:
        pairs.append(("reason", entry.cause.reason))
        if entry.cause.code is not None:
            pairs.append(("code", entry.cause.code))
    return flow_mapping(pairs)

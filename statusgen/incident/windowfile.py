"""The file of a maintenance window: forgiving to read, canonical to write.

Front matter; ``title``, ``start`` and one of ``end`` and ``duration`` are required:

============  ======================================================================================
``title``     one line
``affected``  component ids: what is worked at, left out of uptime, and kept quiet about
``start``     a time; without an offset it is on the clock of ``timezone``
``end``       a time; of a window that repeats, the end on the clock on each day
``duration``  instead of ``end``: so long, whatever the clocks do, like ``2h``
``repeat``    an RFC 5545 rule, like ``FREQ=WEEKLY;BYDAY=SU``; it is followed on the clock
``except``    dates on which it does not come
``timezone``  else that of the site
``uptime``    ``exclude`` or ``count``: whether its time is part of uptime; else as configured
``id``        else the file's name without ``.md``
``uid``       ``urn:uuid:…``, the identity in feeds and calendars; else derived from the id
============  ======================================================================================

Then text, if there is more to say, and updates (``Scheduled``, ``In progress``, ``Verifying``,
``Completed``, ``Cancelled``), each with its time. Without any, a window
begins and ends by the clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from statusgen.base.clock import DAY, Instant, format_instant, parse_duration_ms, to_datetime
from statusgen.base.counting import Counting
from statusgen.base.errors import Problem
from statusgen.base.faults import split
from statusgen.base.ids import stable_urn
from statusgen.base.model import FromText, Model, OneOrMore
from statusgen.base.text import one_line, quote
from statusgen.base.yamlwrite import scalar
from statusgen.config.zones import zone_of
from statusgen.incident import lints
from statusgen.incident.folder import Read
from statusgen.incident.lints import Desk
from statusgen.incident.outer import Front, Reader
from statusgen.incident.recurrence import Recurrence, full_rule, rule_fault
from statusgen.incident.sections import Form, folded, form_of, preface_markdown, section_markdown
from statusgen.incident.window import Window, WindowPhase, WindowUpdate

_NAMED = form_of(
    "a window",
    WindowPhase,
    "What is worked at",
    "## Scheduled · 2026-11-20T20:10:03Z",
    needs_update=False,
)
FORM = Form(
    kind=_NAMED.kind,
    phases={**_NAMED.phases, folded("canceled"): WindowPhase.CANCELLED.value},
    title=_NAMED.title,
    example=_NAMED.example,
    needs_update=False,
)
LONGEST = 366 * DAY
_UTC = ZoneInfo("UTC")


class _Touched(Model):
    shorthand = "component"

    component: str


class _Front(Front):
    affected: Annotated[tuple[_Touched, ...], OneOrMore(empty=True)] = ()
    start: str
    end: str | None = None
    duration: str | None = None
    repeat: str | None = None
    without: Annotated[tuple[str, ...], OneOrMore(empty=True)] = Field((), alias="except")
    timezone: Annotated[ZoneInfo, FromText(zone_of, {"type": "string"})] | None = None
    uptime: Counting | None = None


def read_window(
    text: str, file: str, desk: Desk, counting: Counting = Counting.EXCLUDE
) -> Read[Window]:
    """Read the text of a window's file; ``counting`` is meant where it does not say.

    Unknown components, times ahead of the clock and what makes a poor announcement are told, and
    hide nothing.
    """
    reader: Reader[_Front] = Reader(file, desk.zone, FORM)
    front = reader.read(text, _Front)
    window = None if front is None else _window(reader, front, counting)
    if reader.problems or window is None:
        return Read(None, reader.sorted_problems(), reader.sorted_warnings())
    named = list(enumerate(window.components))
    lints.components(reader, desk, named, over=_over(window, desk))
    lints.times_ahead(reader, desk, {})
    lints.texts(reader, desk)
    _doubts(reader, window, desk)
    return Read(window, reader.sorted_problems(), reader.sorted_warnings())


def window_markdown(window: Window) -> str:
    """Write a window as the text of its file: canonical, the same bytes for the same window."""
    lines = ["---", f"title: {scalar(one_line(window.title))}"]
    if window.components:
        lines.append("affected:")
        lines += [f"  - {scalar(component)}" for component in window.components]
    lines += _when(window.when)
    lines += [f"uptime: {window.uptime}", f"uid: {window.uid}", "---", ""]
    sections = [update_markdown(update) for update in window.updates]
    about = [f"\n{each}\n" for each in [preface_markdown(window.about, FORM)] if each]
    return "\n".join([*lines, "\n".join([*about, *sections])])


def update_markdown(update: WindowUpdate) -> str:
    """Write one update as a section of the file."""
    return section_markdown(update.phase, format_instant(update.at), update.body, FORM)


def _when(when: Recurrence) -> list[str]:
    if when.rule is None:
        first = when.first
        return [f"start: {format_instant(first.start)}", f"end: {format_instant(first.end)}"]
    lines = [f"start: {when.begins:%Y-%m-%d %H:%M:%S}".removesuffix(":00")]
    if when.by_the_clock:
        ends = when.begins + timedelta(seconds=when.lasts)
        lines.append(f"end: {ends:%Y-%m-%d %H:%M:%S}".removesuffix(":00"))
    else:
        lines.append(f"duration: {when.lasts}s")
    lines.append(f"repeat: {scalar(when.rule)}")
    if when.without:
        lines.append(f"except: [{', '.join(sorted(when.without))}]")
    return [*lines, f"timezone: {when.zone.key}"]


def _window(reader: Reader[_Front], front: _Front, counting: Counting) -> Window | None:
    zone = front.timezone or reader.zone
    site, reader.zone = reader.zone, zone
    start = reader.front_time(front.start, ("start",))
    when = None if start is None else _recurrence(reader, front, start, zone)
    reader.zone = site
    if when is None:
        return None
    identifier = front.id or reader.stem()
    return Window(
        id=identifier,
        uid=front.uid or stable_urn("maintenance", identifier),
        title=front.title,
        components=tuple(dict.fromkeys(each.component for each in front.affected)),
        when=when,
        uptime=front.uptime or counting,
        updates=tuple(
            WindowUpdate(at=told.at, phase=WindowPhase(told.phase), body=told.body)
            for told in reader.updates
        ),
        about=reader.preface.body if reader.preface is not None else "",
        file=reader.file,
    )


def _recurrence(
    reader: Reader[_Front], front: _Front, start: Instant, zone: ZoneInfo
) -> Recurrence | None:
    length = _length(reader, front, start)
    if length is None:
        return None
    if front.repeat is None:
        if front.without:
            _without(reader, front)
            reader.tell(("except",), "excepts days, but does not repeat", "add `repeat:`")
        # An instant needs no zone, and a time that the clock showed twice stays the one meant.
        return Recurrence(to_datetime(start).replace(tzinfo=None), length, _UTC)
    rule = full_rule(front.repeat)
    begins = to_datetime(start).astimezone(zone).replace(tzinfo=None)
    by_the_clock = front.end is not None
    if by_the_clock:
        ends = to_datetime(start + length).astimezone(zone).replace(tzinfo=None)
        length = int((ends - begins).total_seconds())
    fault = rule_fault(rule, begins, zone)
    if fault:
        reader.tell(("repeat",), *split(fault))
        return None
    return Recurrence(begins, length, zone, by_the_clock, rule, _without(reader, front))


def _length(reader: Reader[_Front], front: _Front, start: Instant) -> int | None:
    """Return how many seconds the first occurrence lasts."""
    if (front.end is None) == (front.duration is None):
        what = (
            "says neither its end nor its duration"
            if front.end is None
            else "says both an end and a duration"
        )
        fix = "add `end:` with a time" if front.end is None else "keep one of the two"
        reader.tell(("start",) if front.end is None else ("duration",), what, fix)
        return None
    if front.duration is not None:
        try:
            length = parse_duration_ms(front.duration) // 1000
        except ValueError as error:
            reader.tell(("duration",), *split(str(error)))
            return None
        end = start + length
    else:
        found = _end(reader, front, start)
        if found is None:
            return None
        end = found
    key = "end" if front.duration is None else "duration"
    if end <= start:
        what = f"the end {format_instant(end)} is not after the start {format_instant(start)}"
        reader.tell((key,), what, "correct one of the two times")
        return None
    if end - start > LONGEST:
        reader.tell((key,), "lasts longer than a year", "correct the times, or remove the monitor")
        return None
    return end - start


def _end(reader: Reader[_Front], front: _Front, start: Instant) -> Instant | None:
    return None if front.end is None else reader.front_time(front.end, ("end",))


def _without(reader: Reader[_Front], front: _Front) -> frozenset[str]:
    days = set()
    for index, text in enumerate(front.without):
        try:
            days.add(date.fromisoformat(text.strip()).isoformat())
        except ValueError:
            fix = "write it like 2026-12-24"
            reader.tell(("except", index), f"{quote(text, 40)} is no date", fix)
    return frozenset(days)


def _over(window: Window, desk: Desk) -> bool:
    if desk.now is None or window.when.rule is not None:
        return False
    return window.first.end <= desk.now


def _doubts(reader: Reader[_Front], window: Window, desk: Desk) -> None:
    if not window.components:
        fix = "add `affected:` with the ids of components"
        reader.warn(("title",), "names no component: nothing is left out or kept quiet", fix)
    for told in reader.updates:
        if told.promise is not None:
            message = "promises a next update, which pages of maintenance do not show"
            fix = "take it out of the heading, and say it in the text"
            reader.warnings.append(Problem(message, fix, reader.file, told.line, 1))
    if window.when.rule is not None:
        _doubts_of_rule(reader, window)
    announced = any(update.phase is WindowPhase.SCHEDULED for update in window.updates)
    if not announced and not _over(window, desk):
        reader.warn(
            ("start",),
            "is announced on the page alone: feeds tell of it when it begins",
            "add `## Scheduled · <the time of the announcement>` and what visitors will notice",
        )


def _doubts_of_rule(reader: Reader[_Front], window: Window) -> None:
    when = window.when
    first = when.next_after(when.first.start - 1)
    second = None if first is None else when.next_after(first.start)
    if first is not None and second is not None and second.start <= first.end:
        reader.warn(
            ("repeat",),
            "begins again before it has ended, and so never ends",
            "make it shorter, or let it come less often",
        )
    every = replace(when, without=frozenset())
    for index, day in enumerate(sorted(when.without)):
        midnight = int(datetime.fromisoformat(day).replace(tzinfo=when.zone).timestamp())
        around = every.between(midnight - when.lasts - DAY, midnight + 2 * DAY)
        if not any(every.local_day(each.start) == day for each in around):
            fix = "write the date on which it would begin, or remove it"
            reader.warn(("except", index), f"it does not come on {day}", fix)

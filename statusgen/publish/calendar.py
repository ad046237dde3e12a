"""``maintenance.ics``: the windows, for calendars.

Dates come from what is told, never from the build, so a calendar in which nothing happened keeps
its bytes. A window that repeats is one event with its rule (RFC 5545) and its zone's clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vRecur

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.text import one_line, xml_legal
from statusgen.incident.window import Window, WindowPhase, cancelled_starts, course
from statusgen.publish.edition import Edition
from statusgen.publish.links import window_path
from statusgen.publish.manifest import Asset

PATH = "maintenance.ics"


def calendar(edition: Edition) -> Asset:
    """Return the calendar of all windows, cancelled ones too: a reader has to learn of it."""
    words, site = edition.words.plain(), edition.settings.site
    made = Calendar()
    made.add("prodid", "-//statusgen//maintenance//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", words.say("windows.calendar", name=one_line(site.name)))
    for window in edition.schedule.windows:
        made.add_component(_event(edition, window))
        for start in cancelled_starts(window, edition.snapshot.now):
            made.add_component(_cancelled(edition, window, start))
    if edition.schedule.windows:
        made.add_missing_timezones()
    return Asset(path=PATH, content=made.to_ical(), source="the calendar")


def _cancelled(edition: Edition, window: Window, start: Instant) -> Event:
    """Return the event that takes one occurrence out of a window that repeats."""
    event, zone = _event(edition, window), window.when.zone
    begins = to_datetime(start).astimezone(zone)
    for key in ("rrule", "exdate", "dtstart", "dtend"):
        event.pop(key, None)
    event.add("dtstart", begins)
    event.add("duration", timedelta(seconds=window.first.end - window.first.start))
    event.add("recurrence-id", begins)
    event.add("status", "CANCELLED")
    return event


def _event(edition: Edition, window: Window) -> Event:
    first = window.first
    said = [update.at for update in window.updates]
    event = Event()
    event.add("uid", window.uid)
    event.add("dtstamp", to_datetime(max(said, default=first.start)))
    event.add("sequence", len(said))
    event.add("summary", one_line(window.title))
    if window.when.rule is None:
        event.add("dtstart", to_datetime(first.start))
        event.add("dtend", to_datetime(first.end))
        state = course(window, first, edition.snapshot.now).phase
        cancelled = state is WindowPhase.CANCELLED
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    else:
        zone = window.when.zone
        event.add("dtstart", window.when.begins.replace(tzinfo=zone))
        event.add("dtend", to_datetime(first.end).astimezone(zone))
        event.add("rrule", vRecur.from_ical(window.when.rule.upper().removeprefix("RRULE:")))
        for day in sorted(window.when.without):
            left_out = datetime.combine(
                datetime.fromisoformat(day), window.when.begins.time(), zone
            )
            event.add("exdate", left_out)
    newest = window.updates[-1].body if window.updates else ""
    event.add("description", xml_legal("\n\n".join(filter(None, [window.about, newest]))))
    if edition.settings.site.url:
        event.add("url", edition.settings.site.url + window_path(window.id))
    return event

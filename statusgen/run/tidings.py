"""What happened, handed to the outbox: before the files from which it follows are written.

Only where there are channels is anything of this imported, and only where there is news are words
found for it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import OutsideError
from statusgen.base.event import Event
from statusgen.config.channels import Channel
from statusgen.incident import INCIDENTS
from statusgen.incident.model import Incident
from statusgen.notify.compose import Pen
from statusgen.notify.ledger import Ledger
from statusgen.notify.outbox import Outbox
from statusgen.notify.policy import Desk, lasting
from statusgen.run.site import Site
from statusgen.words import Words

_NONCE = f"{os.getpid():x}{time.time_ns() // 1000 & 0xFFFFFFFF:x}"


def run_name(history: Path) -> str:
    """Return what this run is called in the outbox: folder and machine, then the process.

    A hash, for the outbox is public.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
    except OSError:
        boot = ""
    place = f"{os.uname().nodename}|{boot}|{history.resolve()}"
    return f"{hashlib.blake2s(place.encode(), digest_size=5).hexdigest()}-{_NONCE}"


def pen_of(site: Site) -> Pen:
    """Return who writes messages: in the site's language, else, where Babel is missing, English."""
    try:
        words = Words.of(site.settings.site.language)
    except OutsideError:
        words = Words.of()  # an alert in English is better than none
    return Pen(site.settings, words)


class Tidings:
    """Turns what a run found into wants of the outbox."""

    def __init__(self, site: Site, channels: Sequence[Channel], now: Instant) -> None:
        self._site, self._channels, self._now = site, channels, now
        self._outbox = Outbox(site.places.history)
        self._written = 0

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._outbox.read())

    @cached_property
    def _desk(self) -> Desk:
        run = run_name(self._site.places.history)
        return Desk(pen_of(self._site), self._channels, self._ledger, self._now, run)

    def measured(self, told: Sequence[tuple[Incident, tuple[Event, ...]]]) -> None:
        """Take what checks found; it is safe on the disk when this returns."""
        for incident, happened in told:
            self._desk.measured(incident, happened)
        self._write()

    def rest(self) -> None:
        """Take what people wrote, what the clock brought about, and what is not over."""
        wanted = {kind for channel in self._channels for kind in channel.on}
        if "maintenance" in wanted and self._site.has_windows:
            self._windows()
        if "incident" in wanted or self._may_last:
            people, program = self._files()
            if "incident" in wanted:
                for person in people:
                    self._words(person, _program_of(person, program))
            if self._may_last:
                self._lasting(_open_now(people, program, self._muted))
        _ = self._desk  # a channel that is new begins now, news or none
        self._write()

    @property
    def _may_last(self) -> bool:
        """Whether reminders or escalations may be due."""
        return any(each.reminders or each.escalate for each in self._channels) and any(
            story.begun and not story.over
            for account in self._ledger.accounts.values()
            for story in account.stories.values()
        )

    def _files(self) -> tuple[Sequence[Incident], Sequence[Incident]]:
        """Return people's incidents of late, and those that checks opened."""
        from statusgen.incident.files import load_incident_folder
        from statusgen.incident.lints import Desk as Reading

        site = self._site
        zone = site.settings.site.timezone
        since = self._now - 2 * DAY
        desk = Reading(zone, None, self._now, site.places.content)
        content, history = site.places.content / INCIDENTS, site.places.history / INCIDENTS
        people = load_incident_folder(content, zone=zone, desk=desk, ended_since=since).items
        recorded = load_incident_folder(history, zone=zone, ended_since=since).items
        program = [each for each in recorded if each.automatic]
        return [*people, *(each for each in recorded if not each.automatic)], program

    def _words(self, person: Incident, program: Incident | None) -> None:
        from statusgen.incident.events import events

        known = {update.at for update in program.updates} if program else set()
        happened = [each for each in events(None, person) if each.at not in known]
        self._desk.written(person, happened, adopted_from=program.id if program else "")

    def _windows(self) -> None:
        from statusgen.incident.steps import window_steps

        since = min(self._desk.since(channel) for channel in self._channels) - 1
        for event, window, planned, step in window_steps(
            self._site.windows.windows, since, self._now
        ):
            self._desk.window(window, event, planned, step.update.body if step.update else "")

    @property
    def _muted(self) -> frozenset[str]:
        """The components in maintenance now."""
        if not self._site.has_windows:
            return frozenset()
        from statusgen.incident.window import Schedule

        return Schedule(self._site.windows.windows, self._now).components_now

    def _lasting(self, open_now: Mapping[str, bool]) -> None:
        run = run_name(self._site.places.history)
        self._desk.made += lasting(
            self._ledger, pen_of(self._site), self._channels, self._now, run, open_now
        )

    def _write(self) -> None:
        made = self._desk.made[self._written :]
        self._outbox.append(made)
        self._written += len(made)


def _program_of(person: Incident, program: Sequence[Incident]) -> Incident | None:
    return next((each for each in program if each.id == person.id or each.uid == person.uid), None)


def _open_now(
    people: Sequence[Incident], program: Sequence[Incident], muted: frozenset[str]
) -> dict[str, bool]:
    """Return the open incidents by id, and whether maintenance mutes each now."""
    return {about: _is_muted(each, muted) for about, each in _joined(people, program) if each.open}


def _joined(
    people: Sequence[Incident], program: Sequence[Incident]
) -> Iterator[tuple[str, Incident]]:
    """Yield each incident once, by the id that its story goes by: that of what checks wrote."""
    from statusgen.incident.join import join

    taken = set()
    for person in people:
        measured = _program_of(person, program)
        if measured is None:
            yield person.id, person
            continue
        taken.add(measured.id)
        yield measured.id, join(person, measured)
    yield from ((each.id, each) for each in program if each.id not in taken)


def _is_muted(incident: Incident, muted: frozenset[str]) -> bool:
    lasting_ = [each.component for each in incident.affected if each.end is None]
    return bool(lasting_) and set(lasting_) <= muted

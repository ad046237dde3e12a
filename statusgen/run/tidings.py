"""What happened, handed to the outbox.

Events follow from files and are derived anew by each run, so a kill loses none: what the outbox
knows is passed by. Only where there is news are words found for it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import OutsideError
from statusgen.base.states import State
from statusgen.config.channels import Channel
from statusgen.notify.ledger import Ledger
from statusgen.notify.outbox import Outbox
from statusgen.notify.records import Begin
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.incident.model import Incident
    from statusgen.notify.compose import Pen
    from statusgen.notify.policy import Desk
    from statusgen.probe.round import Round
    from statusgen.run.report import Report
    from statusgen.status.objectives import ObjectiveStanding
    from statusgen.status.snapshot import Outage

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
    from statusgen.notify.compose import Pen
    from statusgen.words import Words

    try:
        words = Words.of(site.settings.site.language)
    except OutsideError:
        words = Words.of()  # an alert in English is better than none
    return Pen(site.settings, words)


@dataclass(frozen=True)
class Tidings:
    """Turns what a run found into wants of the outbox."""

    site: Site
    channels: Sequence[Channel]

    @cached_property
    def outbox(self) -> Outbox:
        """Where they go."""
        return Outbox(self.site.places.history)

    @cached_property
    def ledger(self) -> Ledger:
        """What the outbox says; read once."""
        return Ledger(self.outbox.read())

    def begin(self, at: Instant) -> None:
        """Let channels that are new begin: what happens from now on is told to them.

        To be called before the round of that instant is stored, which may show the first news.
        """
        run = run_name(self.site.places.history)
        new = [
            Begin(at=at, channel=channel.id, run=run)
            for channel in self.channels
            if self.ledger.of(channel.id).begun is None
        ]
        for record in new:
            self.ledger.take(record)
        self.outbox.append(new)

    def may_be_impaired(self, rounds: Sequence[Round]) -> bool:
        """Whether somebody wants to hear of degraded monitors and there was one."""
        return any("degraded" in channel.on for channel in self.channels) and any(
            check.state is State.DEGRADED for each in rounds for check in each.checks.values()
        )

    @property
    def watches_objectives(self) -> bool:
        """Whether somebody wants to hear of objectives and there are any."""
        asked = any("objective" in channel.on for channel in self.channels)
        return asked and bool(self.site.settings.objectives)

    def _objectives(self, now: Instant) -> Sequence[ObjectiveStanding]:
        from statusgen.run.objectives import objectives_now

        # A site of its own: what it read before this round was stored is no longer all.
        return objectives_now(replace(self.site, given_now=now))

    def take(self, since: Instant, now: Instant, rounds: Sequence[Round]) -> None:
        """Write down what happened in ``(since, now]`` and nobody was told of.

        ``rounds`` are those of that time.
        """
        from statusgen.incident.events import incident_events
        from statusgen.notify.policy import Desk

        desk = Desk(
            pen_of(self.site), self.channels, self.ledger, now, run_name(self.site.places.history)
        )
        incidents = self.site.lately(min(since, self._oldest(since))).joined
        for incident in sorted(incidents, key=lambda each: (each.started, each.id)):
            desk.incident(incident, incident_events([incident], since, now))
        if self.site.has_windows:
            self._windows(desk, since, now)
        impaired = list(self._impaired(rounds, since, now))
        for component, outage in impaired:
            desk.degraded(component, outage)
        if self.watches_objectives:
            for one in self._objectives(now):
                desk.objective(one)
        if any(channel.reminders or channel.escalate for channel in self.channels):
            desk.lasting(self._open_now(incidents, [one for _, one in impaired], now))
        self.outbox.append(desk.made)

    def take_reports(self, reports: Sequence[Report], now: Instant) -> None:
        """Write down which reports were closed of late and nobody was told of."""
        from statusgen.notify.policy import Desk
        from statusgen.run.report_news import news

        run = run_name(self.site.places.history)
        desk = Desk(pen_of(self.site), self.channels, self.ledger, now, run)
        for report in reports:
            news(desk, pen_of(self.site), report, now)
        self.outbox.append(desk.made)

    def _oldest(self, otherwise: Instant) -> Instant:
        """Return when the oldest thing was told that is not over."""
        firsts = [
            story.first
            for account in self.ledger.accounts.values()
            for story in account.stories.values()
            if story.begun and not story.over
        ]
        return min(firsts, default=otherwise + DAY) - DAY

    def _windows(self, desk: Desk, since: Instant, now: Instant) -> None:
        from statusgen.incident.steps import window_steps

        for event, window, planned, step in window_steps(self.site.windows.windows, since, now):
            desk.window(window, event, planned, step.update.body if step.update else "")

    def _impaired(
        self, rounds: Sequence[Round], since: Instant, now: Instant
    ) -> Iterator[tuple[str, Outage]]:
        """Yield the stretches in which monitors were degraded, each with the component it is of."""
        if not any("degraded" in channel.on for channel in self.channels):
            return
        from statusgen.run.impaired import impaired

        begun: dict[str, Instant] = {}
        for account in self.ledger.accounts.values():
            for story in account.stories.values():
                if story.begun and not story.over and story.wants[0].kind == "degraded":
                    monitor = story.wants[0].id.removeprefix("degraded-").rpartition("-")[0]
                    begun[monitor] = min(story.first, begun.get(monitor, story.first))
        quiet = self.site.quiet(since, now)
        yield from impaired(self.site.settings, rounds, quiet=quiet, begun=begun, since=since)

    def _open_now(
        self, incidents: Sequence[Incident], degraded: Sequence[Outage], now: Instant
    ) -> Mapping[str, bool]:
        """Return what is open by uid and id, and whether maintenance mutes each now."""
        muted: frozenset[str] = frozenset()
        if self.site.has_windows:
            from statusgen.incident.window import Schedule

            muted = Schedule(self.site.windows.windows, now).components_now
        found: dict[str, bool] = {}
        for each in incidents:
            if each.open:
                still = {entry.component for entry in each.affected if entry.end is None}
                found[each.uid] = found[each.id] = bool(still) and still <= muted
        for one in degraded:
            if one.end is None:
                found[f"degraded-{one.monitor}-{one.opened}"] = False
        return found

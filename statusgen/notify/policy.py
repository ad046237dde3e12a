"""Who is told what: events in, the wants of each channel out.

- ``down``: checks opened an incident, or a further monitor failed in it.
- ``up``: it is over. It is told to whoever was told of the beginning and to nobody else; a channel
  that hears of some components alone is told when those work again.
- ``incident``: what people write, and steps in between.
- ``degraded``: a monitor was slow or impaired in as many checks as open an incident.
- ``maintenance``: a window's own steps.
- ``objective``: an error budget is spent, or burns fast, and when that is over.
- ``reports`` (a key of its own): a month, quarter or year is closed.

An incident that names no component concerns everybody. Events are derived anew by each run and may
be two days old: what the ledger knows, and what happened before a channel was there, is passed by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusgen.base.clock import HOUR, Instant
from statusgen.base.event import Event, Happening, Subject
from statusgen.base.ids import stable_urn
from statusgen.config.channels import Channel
from statusgen.incident.model import Affected, Impact, Incident, Update
from statusgen.notify import compose
from statusgen.notify.compose import Pen, Text
from statusgen.notify.ledger import Account, Ledger, Story, like_outages
from statusgen.notify.message import Tone
from statusgen.notify.records import Want
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.snapshot import Outage
from statusgen.status.standing import Verdict

if TYPE_CHECKING:
    from statusgen.incident.recurrence import Occurrence
    from statusgen.incident.window import Window

ESCALATED = "escalated"
_ENDS = (Happening.RESOLVED, Happening.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class _News:
    """One event, as one channel would be told."""

    kind: str
    tone: Tone
    text: Text
    components: tuple[str, ...]
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class _Happened:
    """What of an event a want keeps."""

    uid: str
    id: str
    step: str
    at: Instant
    key: str


class Desk:
    """Turns events into wants, and knows what was wanted before."""

    def __init__(
        self, pen: Pen, channels: Sequence[Channel], ledger: Ledger, now: Instant, run: str
    ) -> None:
        self._pen, self._channels, self._ledger = pen, channels, ledger
        self._now, self._run = now, run
        self.made: list[Want] = []
        """What is to be added to the outbox; the ledger knows it already."""

    def incident(self, incident: Incident, happened: Iterable[Event]) -> None:
        """Take what happened to an incident, oldest first, which stands as it does now."""
        for event in happened:
            for channel in self._listening(_of(event)):
                of_checks = incident.automatic and _is_of_checks(incident, event)
                news = (
                    self._of_checks(channel, incident, event)
                    if of_checks
                    else self._of_people(channel, incident, event)
                )
                if news is not None:
                    link = self._pen.link("incidents", incident.id)
                    self._add(channel, _of(event), news, link, str(incident.worst))

    def window(self, window: Window, event: Event, planned: Occurrence, said: str) -> None:
        """Take a step of a maintenance window."""
        for channel in self._listening(_of(event)):
            mine = self._reached(channel, event.components)
            if "maintenance" not in channel.on or (event.components and not mine):
                continue
            text = compose.step(self._pen, window, event, planned, said)
            news = _News("maintenance", Tone.NOTICE, text, mine)
            link = self._pen.link("maintenance", window.id)
            self._add(channel, _of(event), news, link, str(Impact.NONE))

    def report(self, identifier: str, at: Instant, asked: str, text: Text) -> None:
        """Take that a report is closed; told to the channels that ask for ``asked`` ones."""
        uid = stable_urn("report", identifier)
        told = _Happened(uid, f"report-{identifier}", "closed", at, f"{uid}/closed")
        for channel in self._listening(told):
            if asked in channel.reports:
                news = _News("report", Tone.NOTICE, text, ())
                link = self._pen.link("reports", identifier)
                self._add(channel, told, news, link, str(Impact.NONE))

    def degraded(self, component: str, outage: Outage) -> None:
        """Take that a monitor was slow or impaired for a while, or still is."""
        identifier = f"degraded-{outage.monitor}-{outage.opened}"
        uid = stable_urn("degraded", identifier)
        self._degraded(component, outage, uid, identifier, outage.opened, "opened")
        if outage.closed is not None:
            self._degraded(component, outage, uid, identifier, outage.closed, "resolved")

    def _degraded(
        self, component: str, outage: Outage, uid: str, identifier: str, at: Instant, step: str
    ) -> None:
        told = _Happened(uid, identifier, step, at, f"{uid}/{step}")
        for channel in self._listening(told):
            story = self._ledger.of(channel.id).story(uid, identifier)
            ends = step == "resolved"
            if ends and (not story.begun or not _hears_ends(channel, story, "degraded")):
                continue
            if not ends and (
                "degraded" not in channel.on
                or not self._reached(channel, [component], {outage.monitor})
                or (channel.impact and Impact.MINOR not in channel.impact)
            ):
                continue
            news = _News(
                "degraded",
                Tone.RESOLVED if ends else Tone.PROBLEM,
                compose.impaired(self._pen, component, outage, over=ends),
                (component,),
            )
            link = self._pen.link("components", component)
            self._add(channel, told, news, link, str(Impact.MINOR))

    def objective(self, one: ObjectiveStanding) -> None:
        """Take how an objective stands; a spent budget is not called calm while it still burns."""
        spent = one.standing.verdict is Verdict.MISSED
        fast = any(burn.fast for burn in one.burns[:2])
        for channel in self._channels:
            self._alarm(channel, one, "spent", begins_now=spent, lasts=spent)
            self._alarm(channel, one, "burn", begins_now=fast and not spent, lasts=fast)

    def _alarm(
        self, channel: Channel, one: ObjectiveStanding, alarm: str, *, begins_now: bool, lasts: bool
    ) -> None:
        begins = f"objective-{one.id}-{alarm}-"
        account = self._ledger.of(channel.id)
        told = [first for first, _ in unfinished(account) if first.id.startswith(begins)]
        if lasts if told else not begins_now:
            return
        if not told:
            if "objective" not in channel.on or not self._reached(channel, one.components):
                return
            identifier = f"{begins}{self._now // HOUR}"  # the same for whoever sees it now
            uid = stable_urn("objective", identifier)
        else:
            identifier, uid = told[0].id, told[0].about
            if not _hears_ends(channel, account.story(uid, identifier), "objective"):
                return
        step = "opened" if lasts else "resolved"
        event = _Happened(uid, identifier, step, self._now, f"{uid}/{step}")
        if account.knows(uid, identifier, step):
            return
        tone = Tone.PROBLEM if lasts else Tone.RESOLVED
        text = compose.objective(self._pen, one, alarm, over=not lasts)
        news = _News("objective", tone, text, one.components)
        severity = Impact.MAJOR if alarm == "spent" else Impact.MINOR
        link = self._pen.link("components", one.components[0]) if one.components else ""
        self._add(channel, event, news, link, str(severity))

    def lasting(self, open_now: Mapping[str, bool]) -> None:
        """Remind of what is not over, and escalate it.

        ``open_now``: uid and id of each open incident → whether maintenance mutes it now. Of
        reminders that were missed only the newest is told; none comes in a channel's quiet hours.
        What is escalated is counted from the beginning, whatever hours or limits the first channel
        has.
        """
        known = {channel.id: channel for channel in self._channels}
        for channel in self._channels:
            account = self._ledger.of(channel.id)
            for first, story in unfinished(account):
                if open_now.get(first.about, open_now.get(first.id, True)):
                    continue
                age = self._now - story.first
                if channel.reminders and age >= channel.reminders and self._may_remind(channel):
                    step = f"reminder/{age // channel.reminders}"
                    self._again(channel, first, step, happened=self._now)
                escalate = channel.escalate
                for name in escalate.to if escalate and age >= escalate.after else ():
                    if name in known:
                        self._again(known[name], first, ESCALATED, happened=first.happened)

    def _listening(self, told: _Happened) -> Iterator[Channel]:
        """Yield the channels to which something that happened then may be news."""
        for channel in self._channels:
            account = self._ledger.of(channel.id)
            begun = self._now if account.begun is None else account.begun
            in_time = begun <= told.at <= self._now
            if in_time and not account.knows(told.uid, told.id, told.step):
                yield channel

    def _of_checks(self, channel: Channel, incident: Incident, event: Event) -> _News | None:
        story = self._story(channel, incident)
        mine = self._affected(channel, incident, event)
        components = tuple(dict.fromkeys(each.component for each in mine))
        if event.what in _ENDS:
            return self._over(channel, incident, story, components)
        if not mine or not _grave(channel, incident):
            return None
        if event.what in (Happening.OPENED, Happening.JOINED):
            if "down" not in channel.on:
                return None
            first = event.what is Happening.OPENED or not story.begun
            text = (
                compose.opened(self._pen, incident, mine)
                if first
                else compose.joined(self._pen, event, mine)
            )
            return _News("down", Tone.PROBLEM, text, components)
        if story.begun and all(each.end is not None and each.end <= event.at for each in mine):
            return self._over(channel, incident, story, components)
        if "incident" not in channel.on:
            return None
        return _News("incident", Tone.UPDATE, compose.partly(self._pen, incident), components)

    def _over(
        self, channel: Channel, incident: Incident, story: Story, components: tuple[str, ...]
    ) -> _News | None:
        """Return the end of what checks found, for whoever was told of its beginning."""
        if not story.begun or story.over or not _hears_ends(channel, story, "up"):
            return None
        told = tuple(dict.fromkeys(each for want in story.wants for each in want.components))
        theirs = [each for each in incident.affected if each.component in told]
        ends = [each.end for each in theirs or incident.affected if each.end is not None]
        start = min((each.start for each in theirs), default=incident.started)
        end = max(ends, default=incident.resolved or self._now)
        text = compose.recovered(self._pen, told or components, start, end)
        return _News("up", Tone.RESOLVED, text, told or components)

    def _of_people(self, channel: Channel, incident: Incident, event: Event) -> _News | None:
        story = self._story(channel, incident)
        mine = self._reached(channel, [each.component for each in incident.affected])
        first = event.what is Happening.OPENED
        text = compose.word(self._pen, incident, _update(incident, event), event.what)
        if event.what in _ENDS:
            if not story.wants or not _hears_ends(channel, story, "incident"):
                return None
            tone = Tone.RESOLVED if story.begun and not story.over else Tone.UPDATE
            return _News("incident", tone, text, mine, by_person=True)
        if "incident" not in channel.on or (incident.affected and not mine):
            return None
        if not _grave(channel, incident):
            return None
        begins = first and incident.worst is not Impact.NONE
        tone = Tone.PROBLEM if begins else Tone.NOTICE if first else Tone.UPDATE
        return _News("incident", tone, text, mine, by_person=True)

    def _affected(self, channel: Channel, incident: Incident, event: Event) -> list[Affected]:
        """Return the entries of an incident that an event speaks of and a channel hears of."""
        found = []
        joined = event.detail.partition("/") if event.what is Happening.JOINED else None
        for each in incident.affected:
            if joined is not None and each.component != joined[0]:
                continue
            watched = {joined[2]} if joined is not None else set(each.watched)
            if self._reached(channel, [each.component], watched):
                found.append(each)
        return found

    def _reached(
        self, channel: Channel, components: Sequence[str], watched: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Return which of some components a channel hears of; ``watched`` are what failed."""
        known = {each.id: each for each in self._pen.settings.components}
        found = []
        for name in components:
            component = known.get(name)
            group = component.group if component else ""
            monitors = set(watched or (component.monitors if component else ()))
            if (
                (not channel.components or name in channel.components)
                and (not channel.groups or group in channel.groups)
                and (not channel.monitors or monitors & set(channel.monitors))
            ):
                found.append(name)
        return tuple(dict.fromkeys(found))

    def _story(self, channel: Channel, incident: Incident) -> Story:
        return self._ledger.of(channel.id).story(incident.uid, incident.id)

    def _may_remind(self, channel: Channel) -> bool:
        waits = channel.quiet is not None and channel.quiet.cover(self._now)
        return not waits and not self._ledger.of(channel.id).pending

    def _again(self, channel: Channel, first: Want, step: str, *, happened: Instant) -> None:
        account = self._ledger.of(channel.id)
        if account.knows(first.about, first.id, step):
            return
        text = compose.still(self._pen, first, self._now)
        uid = account.uid(first.about, first.id)
        self._take(
            Want(
                at=self._now,
                channel=channel.id,
                run=self._run,
                key=f"{uid}/{step}",
                about=uid,
                id=first.id,
                step=step,
                tone=Tone.PROBLEM,
                severity=first.severity,
                happened=happened,
                title=text.title,
                subject=first.subject or first.title,
                body=text.body,
                link=first.link,
                components=first.components,
            )
        )

    def _add(
        self, channel: Channel, event: _Happened, news: _News, link: str, severity: str
    ) -> None:
        account = self._ledger.of(channel.id)
        about = account.uid(event.uid, event.id)
        want = Want(
            at=self._now,
            channel=channel.id,
            run=self._run,
            key=event.key,
            about=about,
            id=event.id,
            step=event.step,
            tone=news.tone,
            severity=severity,
            happened=event.at,
            title=news.text.title,
            body=news.text.body,
            link=link,
            kind=news.kind,
            components=news.components,
            by_person=news.by_person,
        )
        knew = tuple(uid for uid in like_outages(account, want) if uid != about)
        self._take(replace(want, knew=knew))

    def _take(self, want: Want) -> None:
        self._ledger.take(want)
        self.made.append(want)


def unfinished(account: Account) -> Iterator[tuple[Want, Story]]:
    """Yield what a channel was told of and is not over, with the want that told it first."""
    for story in list(account.stories.values()):
        if story.begun and not story.over:
            yield next(want for want in story.wants if want.tone is Tone.PROBLEM), story


def _of(event: Event) -> _Happened:
    # An incident and a window may have the same id.
    incident = event.subject is Subject.INCIDENT
    identifier = event.id if incident else f"{event.subject}/{event.id}"
    step = f"{event.what}/{event.detail}" if event.detail else str(event.what)
    return _Happened(event.uid, identifier, step, event.at, event.key)


def _grave(channel: Channel, incident: Incident) -> bool:
    return not channel.impact or incident.worst in channel.impact


def _hears_ends(channel: Channel, story: Story, kind: str) -> bool:
    """Whether a channel is told of ends: it asked for it, or it was called in."""
    called = any(want.step == ESCALATED for want in story.wants)
    return called or "up" in channel.on or kind in channel.on


def _is_of_checks(incident: Incident, event: Event) -> bool:
    """Whether checks said it of an incident that they opened, and no person."""
    update = _update(incident, event)
    if update is not None and update.comment is not None:
        return False
    return bool(event.round) or not incident.adopted


def _update(incident: Incident, event: Event) -> Update | None:
    """Return the update that an event tells; None for an end that no update tells."""
    if event.what is Happening.UPDATED and event.detail.isdigit():
        place = int(event.detail)
        return incident.updates[place - 1] if 0 < place <= len(incident.updates) else None
    return next((each for each in incident.updates if each.at == event.at), None)

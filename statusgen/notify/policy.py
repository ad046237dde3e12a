"""Who is told what: an event in, the wants of each channel out.

- ``down``: checks opened an incident, or a further monitor failed in it.
- ``up``: it is over. It is told to whoever was told of the beginning and to nobody else; a channel
  that hears of some components alone is told when those work again.
- ``incident``: what people write, and steps in between.
- ``maintenance``: a window's own steps.

An incident that names no component concerns everybody. What is told once is never told again: a
want whose twin the ledger knows is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusgen.base.clock import DAY, Instant
from statusgen.base.event import Event, Happening, Subject
from statusgen.config.channels import Channel
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.notify import compose
from statusgen.notify.compose import Pen, Text
from statusgen.notify.ledger import Ledger, Story
from statusgen.notify.message import Tone
from statusgen.notify.records import Begin, Record, Want

if TYPE_CHECKING:
    from statusgen.incident.recurrence import Occurrence
    from statusgen.incident.window import Window

LOOKED_BACK = DAY
"""How old news may be that nobody was told of: a word that a person wrote yesterday is told, one of
last week, found by a channel that was silent, is not."""


@dataclass(frozen=True, slots=True)
class _News:
    """One event, as one channel would be told."""

    kind: str
    tone: Tone
    text: Text
    components: tuple[str, ...]


class Desk:
    """Turns events into wants, and knows what was wanted before."""

    def __init__(
        self, pen: Pen, channels: Sequence[Channel], ledger: Ledger, now: Instant, run: str
    ) -> None:
        self._pen, self._channels, self._ledger = pen, channels, ledger
        self._now, self._run = now, run
        self.made: list[Record] = []
        """What is to be added to the outbox."""
        for channel in channels:
            if ledger.of(channel.id).begun is None:
                self._add(Begin(at=now, channel=channel.id, run=run))

    def since(self, channel: Channel) -> Instant:
        """Return from when on news that is derived from files is told to a channel."""
        begun = self._ledger.of(channel.id).begun
        return max(self._now - LOOKED_BACK, begun or self._now)

    def measured(self, incident: Incident, happened: Iterable[Event]) -> None:
        """Take what checks found of one incident; ``incident`` is as it stands afterwards."""
        for event in happened:
            for channel in self._channels:
                news = self._of_checks(channel, incident, event)
                if news is not None:
                    twin = f"incident/{incident.id}/{event.what}/{event.detail}"
                    self._want(channel, event, incident, incident.id, twin, news)

    def written(
        self, incident: Incident, happened: Iterable[Event], *, adopted_from: str = ""
    ) -> None:
        """Take what a person wrote of an incident.

        ``adopted_from`` is the id of the one that checks opened, where they did: it is one story.
        """
        about = adopted_from or incident.id
        for event in happened:
            if event.at > self._now or (adopted_from and event.what is Happening.OPENED):
                continue
            for channel in self._channels:
                if event.at < self.since(channel):
                    continue
                news = self._of_people(channel, incident, event, about)
                if news is not None:
                    twin = f"words/{about}/{event.what}/{event.detail}"
                    self._want(channel, event, incident, about, twin, news, mark="words")

    def window(self, window: Window, event: Event, planned: Occurrence, said: str) -> None:
        """Take a step of a maintenance window."""
        for channel in self._channels:
            mine = self._reached(channel, event.components)
            due = self.since(channel) <= event.at <= self._now
            if "maintenance" not in channel.on or not due or (event.components and not mine):
                continue
            text = compose.step(self._pen, window, event, planned, said)
            news = _News("maintenance", Tone.NOTICE, text, mine)
            self._put(
                channel, event, f"window/{window.id}", news,
                f"window/{window.id}/{event.what}/{event.detail}",
                self._pen.link("maintenance", window.id),
            )  # fmt: skip

    def _of_checks(self, channel: Channel, incident: Incident, event: Event) -> _News | None:
        story = self._story(channel, incident.id)
        mine = self._affected(channel, incident, event)
        components = tuple(dict.fromkeys(each.component for each in mine))
        if event.what is Happening.RESOLVED:
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
        if story.begun and all(each.end is not None for each in mine):
            return self._over(channel, incident, story, components)
        if "incident" not in channel.on:
            return None
        text = compose.partly(self._pen, incident)
        return _News("incident", Tone.UPDATE, text, components)

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

    def _of_people(
        self, channel: Channel, incident: Incident, event: Event, about: str
    ) -> _News | None:
        story = self._story(channel, about)
        update = _update(incident, event)
        withdrawn = update is not None and update.phase is Phase.WITHDRAWN
        mine = self._reached(channel, [each.component for each in incident.affected])
        first = event.what is Happening.OPENED
        text = compose.word(self._pen, incident, update, first=first)
        if event.what is Happening.RESOLVED or withdrawn:
            if not story.begun or not _hears_ends(channel, story, "incident"):
                return None
            return _News("incident", Tone.UPDATE if story.over else Tone.RESOLVED, text, mine)
        if "incident" not in channel.on or (incident.affected and not mine):
            return None
        if not _grave(channel, incident):
            return None
        begins = first and incident.worst is not Impact.NONE
        tone = Tone.PROBLEM if begins else Tone.NOTICE if first else Tone.UPDATE
        return _News("incident", tone, text, mine)

    def _affected(self, channel: Channel, incident: Incident, event: Event) -> list[Affected]:
        """Return the entries of an incident that an event speaks of and a channel hears of."""
        found = []
        for each in incident.affected:
            watched = set(each.watched)
            if event.what is Happening.JOINED:
                component, _, monitor = event.detail.partition("/")
                if each.component != component:
                    continue
                watched = {monitor}
            if self._reached(channel, [each.component], watched):
                found.append(each)
        return found

    def _reached(
        self, channel: Channel, components: Sequence[str], watched: set[str] | None = None
    ) -> tuple[str, ...]:
        """Return which of some components a channel hears of; ``watched`` are what failed."""
        known = {each.id: each for each in self._pen.settings.components}
        found = []
        for name in components:
            component = known.get(name)
            group = component.group if component else ""
            monitors = watched or set(component.monitors if component else ())
            if (
                (not channel.components or name in channel.components)
                and (not channel.groups or group in channel.groups)
                and (not channel.monitors or monitors & set(channel.monitors))
            ):
                found.append(name)
        return tuple(dict.fromkeys(found))

    def _story(self, channel: Channel, about: str) -> Story:
        return self._ledger.of(channel.id).stories.get(about) or Story()

    def _want(
        self,
        channel: Channel,
        event: Event,
        incident: Incident,
        about: str,
        twin: str,
        news: _News,
        mark: str = "",
    ) -> None:
        link = self._pen.link("incidents", incident.id)
        severity = str(incident.worst)
        self._put(channel, event, about, news, twin, link, severity=severity, mark=mark)

    def _put(
        self,
        channel: Channel,
        event: Event,
        about: str,
        news: _News,
        twin: str,
        link: str,
        *,
        severity: str = "none",
        mark: str = "",
    ) -> None:
        if twin in self._ledger.of(channel.id).wants:
            return
        story = self._story(channel, about)
        self._add(
            Want(
                at=self._now,
                channel=channel.id,
                run=self._run,
                key=f"{event.key}/{mark}" if mark else event.key,
                twin=twin,
                about=about,
                thread=story.thread or event.uid,
                tone=news.tone,
                severity=severity,
                happened=event.at,
                title=news.text.title,
                body=news.text.body,
                link=link,
                kind=news.kind,
                components=news.components,
                names=tuple(self._pen.names(news.components)),
            )
        )

    def _add(self, record: Record) -> None:
        self._ledger.take(record)
        self.made.append(record)


def _grave(channel: Channel, incident: Incident) -> bool:
    return not channel.impact or incident.worst in channel.impact


def _hears_ends(channel: Channel, story: Story, kind: str) -> bool:
    """Whether a channel is told of ends: it asked for it, or it was called in."""
    called = any(want.twin.startswith("escalated/") for want in story.wants)
    return called or "up" in channel.on or kind in channel.on


def _update(incident: Incident, event: Event) -> Update | None:
    """Return the update that an event tells; None for an end that no update tells."""
    if event.subject is not Subject.INCIDENT:
        return None
    if event.what is Happening.OPENED:
        return incident.updates[0] if incident.updates else None
    place = int(event.detail) if event.detail.isdigit() else 0
    return incident.updates[place - 1] if 0 < place <= len(incident.updates) else None


def lasting(
    ledger: Ledger,
    pen: Pen,
    channels: Sequence[Channel],
    now: Instant,
    run: str,
    open_now: Mapping[str, bool],
) -> Iterator[Want]:
    """Yield reminders and escalations of what is not over.

    ``open_now``: id of each open incident → whether maintenance mutes it now. Of reminders that
    were missed only the newest is told; none comes in a channel's quiet hours. What is escalated
    is counted from the beginning, whatever hours or limits the first channel has.
    """
    known = {channel.id: channel for channel in channels}
    for channel in channels:
        for about, story in list(ledger.of(channel.id).stories.items()):
            if not story.begun or story.over or open_now.get(about, True):
                continue
            first = next(want for want in story.wants if want.tone is Tone.PROBLEM)
            age = now - story.first
            text = compose.still(pen, first, now)
            if channel.reminders and age >= channel.reminders and _may_remind(ledger, channel, now):
                number = age // channel.reminders
                yield from _again(
                    ledger, channel, first, text, f"reminder/{about}", str(number), now, run
                )
            escalate = channel.escalate
            if escalate is not None and age >= escalate.after:
                for name in escalate.to:
                    if name in known:
                        yield from _again(
                            ledger, known[name], first, text, f"escalated/{about}", "", now, run
                        )


def _may_remind(ledger: Ledger, channel: Channel, now: Instant) -> bool:
    waits = channel.quiet is not None and channel.quiet.cover(now)
    return not waits and not ledger.of(channel.id).pending


def _again(
    ledger: Ledger,
    channel: Channel,
    first: Want,
    text: Text,
    stem: str,
    number: str,
    now: Instant,
    run: str,
) -> Iterator[Want]:
    twin = f"{stem}/{number}" if number else stem
    if twin in ledger.of(channel.id).wants:
        return
    want = Want(
        at=now,
        channel=channel.id,
        run=run,
        key=f"{first.thread}/{twin}",
        twin=twin,
        about=first.about,
        thread=first.thread,
        tone=Tone.PROBLEM,
        severity=first.severity,
        happened=now if number else first.happened,
        title=text.title,
        body=text.body,
        link=first.link,
        components=first.components,
        names=first.names,
    )
    ledger.take(want)
    yield want

"""What messages say: plain text in the site's language, of what was measured or people wrote.

Nothing that an endpoint sent is repeated: reasons are our own words. Names and people's words are
made one line, or plain lines, without control characters (T3, T4 and T22 of content/reference).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.event import Event, Happening
from statusgen.base.ids import path_segment
from statusgen.base.text import one_line
from statusgen.config.channels import Channel, filled
from statusgen.config.settings import Settings
from statusgen.incident.model import Affected, Incident, Update
from statusgen.notify.message import Tone
from statusgen.notify.records import Want
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.snapshot import Outage
from statusgen.status.uptime import hundredths
from statusgen.words import Words
from statusgen.words.reasons import reason

if TYPE_CHECKING:
    from statusgen.incident.recurrence import Occurrence
    from statusgen.incident.window import Window

MOST_LISTED = 20
_TITLE, _LINE, _LINES = 200, 500, 60
_MOST_IN_TITLE = 3
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((<?)([^)\s>]*)>?[^)\n]*\)")
_EMPHASIS = re.compile(r"(?<![\w\\*_])(\*\*|__|\*|_|`+)(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>&~|#!(){}.+-])")


@dataclass(frozen=True, slots=True)
class Text:
    """A title of one line, and lines below it."""

    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes: in which words, on whose clock, of which site."""

    settings: Settings
    words: Words

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the site's clock."""
        return self.settings.site.timezone

    def name(self, component: str) -> str:
        """Return a component's name; its id where it is gone."""
        names = {each.id: each.name for each in self.settings.components}
        return one_line(names.get(component, component), 80)

    def names(self, components: Sequence[str]) -> list[str]:
        """Return components' names, each once, in order."""
        return list(dict.fromkeys(self.name(each) for each in components))

    def clock(self, at: Instant) -> str:
        """Write a time of day with its zone."""
        local = to_datetime(at).astimezone(self.zone)
        return f"{local:%H:%M} {local.tzname()}"

    def moment(self, at: Instant) -> str:
        """Write a day and a time of day with its zone."""
        local = to_datetime(at).astimezone(self.zone)
        return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"

    def link(self, path: str, identifier: str) -> str:
        """Return the address of a page; empty where the site has none."""
        root = self.settings.site.url
        return f"{root}{path}/{path_segment(identifier)}/" if root else ""

    def said(self, key: str, components: Sequence[str]) -> str:
        """Say something of components in one line."""
        names = self.names(components)
        listed = self.words.joined(names, _MOST_IN_TITLE)
        return one_line(self.words.say(key, names=listed, count=len(names)), _TITLE)


def opened(pen: Pen, incident: Incident, mine: Sequence[Affected]) -> Text:
    """Say what failed: of an incident that checks opened, the components that are meant."""
    return Text(pen.said("updates.title", _components(mine)), _entries(pen, mine))


def joined(pen: Pen, event: Event, mine: Sequence[Affected]) -> Text:
    """Say that a further monitor failed."""
    why = "; ".join(reason(pen.words, each.reason, each.code) for each in event.causes)
    moment = pen.clock(event.at)
    lines = []
    for component in event.components:
        name = pen.name(component)
        if why:
            lines.append(pen.words.say("notify.entry", name=name, reasons=why, moment=moment))
        else:
            lines.append(pen.words.say("notify.entry-plain", name=name, moment=moment))
    return Text(pen.said("notify.too", event.components), "\n".join(lines) or _entries(pen, mine))


def recovered(pen: Pen, components: Sequence[str], start: Instant, end: Instant) -> Text:
    """Say that components work again, and how long they did not."""
    lasted = pen.words.say(
        "notify.lasted",
        start=pen.moment(start),
        end=pen.clock(end),
        duration=pen.words.elapsed(start, end),
    )
    return Text(pen.said("notify.up", components), lasted)


def impaired(pen: Pen, component: str, outage: Outage, *, over: bool) -> Text:
    """Say that a monitor is slow or impaired, or was."""
    if over:
        lasted = pen.words.say(
            "notify.lasted",
            start=pen.moment(outage.start),
            end=pen.clock(outage.end or outage.start),
            duration=pen.words.elapsed(outage.start, outage.end or outage.start),
        )
        return Text(pen.said("notify.degraded-over", [component]), lasted)
    why = reason(pen.words, outage.reason, outage.code, working=True)
    moment = pen.clock(outage.start)
    line = pen.words.say("notify.entry", name=pen.name(component), reasons=why, moment=moment)
    return Text(pen.said("notify.degraded", [component]), line)


OBJECTIVE_ALARMS = {"spent": ("spent", "kept"), "burn": ("fast", "calm")}
"""What an objective alarms of → the sentences of its beginning and its end."""


def objective(pen: Pen, one: ObjectiveStanding, alarm: str, *, over: bool) -> Text:
    """Say that an error budget is spent or burns fast, or that this is over."""
    listed = pen.words.joined(pen.names(one.components), _MOST_IN_TITLE)
    title = pen.words.say(f"notify.objective-{OBJECTIVE_ALARMS[alarm][over]}", names=listed)
    found = one.standing
    body = pen.words.say(
        "notify.objective-body",
        target=pen.words.percent(hundredths(found.target.value)),
        window=pen.words.duration(found.target.window or found.end - found.start),
        figure=pen.words.percent(hundredths(found.figure)),
    )
    return Text(one_line(title, _TITLE), body)


def partly(pen: Pen, incident: Incident) -> Text:
    """Say which components of an incident work again, and which do not."""
    ended = [each for each in incident.affected if each.end is not None]
    still = [each for each in incident.affected if each.end is None]
    since = max((each.end for each in ended if each.end is not None), default=incident.started)
    body = pen.words.say(
        "updates.recovered",
        names=pen.words.joined(pen.names(_components(ended)), MOST_LISTED),
        moment=pen.moment(since),
        still=pen.words.joined(pen.names(_components(still)), MOST_LISTED),
    )
    title = pen.said("updates.title", _components(incident.affected))
    return Text(one_line(pen.words.say("notify.partly", title=title), _TITLE), plain(body))


def word(pen: Pen, incident: Incident, update: Update | None, what: Happening) -> Text:
    """Repeat what a person wrote of an incident."""
    title = one_line(incident.title, _TITLE)
    opened_ = what is Happening.OPENED
    phase = str(update.phase) if update else _PHASES.get(what, "")
    if not opened_ and phase:
        said = pen.words.say(f"phases.{phase}")
        title = one_line(pen.words.say("notify.word", phase=said, title=title), _TITLE)
    names = pen.names(_components(incident.affected))
    listed = pen.words.joined(names, MOST_LISTED)
    about = pen.words.say("notify.affected", names=listed) if names and opened_ else ""
    return Text(title, "\n".join(filter(None, (plain(update.body) if update else "", about))))


_PHASES = {Happening.RESOLVED: "resolved", Happening.WITHDRAWN: "withdrawn"}
_STEPS = {
    Happening.SCHEDULED: "notify.scheduled",
    Happening.BEGUN: "notify.begun",
    Happening.ENDED: "notify.ended",
    Happening.OVERRUN: "notify.overrun",
    Happening.CANCELLED: "notify.cancelled",
}


def step(pen: Pen, window: Window, event: Event, planned: Occurrence, said: str) -> Text:
    """Say what happened in a maintenance window; ``said`` is what its author wrote of it."""
    key = _STEPS.get(event.what, "notify.maintenance-news")
    title = one_line(pen.words.say(key, title=one_line(window.title, 120)), _TITLE)
    span = pen.words.say(
        "notify.planned", start=pen.moment(planned.start), end=pen.moment(planned.end)
    )
    listed = pen.words.joined(pen.names(event.components), MOST_LISTED)
    about = pen.words.say("notify.affected", names=listed) if event.components else ""
    return Text(title, "\n".join(filter(None, (span, about, plain(said)))))


def still(pen: Pen, first: Want, now: Instant) -> Text:
    """Remind of something that is not over."""
    duration = pen.words.duration(now - first.happened)
    title = pen.words.say("notify.still", duration=duration, title=first.subject or first.title)
    return Text(one_line(title, _TITLE), first.body)


def trial(pen: Pen, channel: Channel) -> Text:
    """Word a test."""
    site = one_line(pen.settings.site.name, 120)
    return Text(
        pen.words.say("notify.test", site=site),
        pen.words.say("notify.test-body", channel=channel.id),
    )


def several(pen: Pen, wants: Sequence[Want]) -> Text:
    """Word many wants as one message: what is down first."""
    over = {want.about for want in wants if want.tone is Tone.RESOLVED}
    problems = [want for want in wants if want.tone is Tone.PROBLEM]
    lasting = [want for want in problems if want.about not in over]
    if lasting:
        title = _counted(pen, "notify.several-down", lasting)
    elif any(want.tone is Tone.RESOLVED for want in wants):
        ends = [want for want in wants if want.tone is Tone.RESOLVED]
        title = _counted(pen, "notify.several-up", ends)
    else:
        title = pen.words.say("notify.several-news", count=len(wants))
    ordered = [*lasting, *(want for want in wants if want not in lasting)]
    lines = [
        pen.words.say("notify.moment-entry", moment=pen.clock(each.happened), title=each.title)
        for each in ordered[:MOST_LISTED]
    ]
    if len(ordered) > MOST_LISTED:
        lines.append(pen.words.say("notify.more", count=len(ordered) - MOST_LISTED))
    return Text(one_line(title, _TITLE), "\n".join(lines))


def _counted(pen: Pen, key: str, wants: Sequence[Want]) -> str:
    components = {each for want in wants for each in want.components}
    return pen.words.say(key, count=len(components) or len(wants))


def dressed(pen: Pen, channel: Channel, text: Text, values: Mapping[str, str]) -> Text:
    """Return a text as the channel's template has it, cut to what channels take."""
    all_values = {
        "title": text.title,
        "body": text.body,
        "site": one_line(pen.settings.site.name, 120),
        "channel": channel.id,
        **values,
    }
    title, body = channel.wording.title, channel.wording.body
    return Text(
        one_line(filled(title, all_values) if title else text.title, _TITLE),
        lines_of(filled(body, all_values) if body else text.body),
    )


def _components(mine: Sequence[Affected]) -> list[str]:
    return list(dict.fromkeys(each.component for each in mine))


def _entries(pen: Pen, mine: Sequence[Affected]) -> str:
    lines = []
    for each in mine[:MOST_LISTED]:
        name, moment = pen.name(each.component), pen.clock(each.start)
        if each.cause is None:
            lines.append(pen.words.say("notify.entry-plain", name=name, moment=moment))
            continue
        why = reason(pen.words, each.cause.reason, each.cause.code)
        lines.append(pen.words.say("notify.entry", name=name, reasons=why, moment=moment))
    if len(mine) > MOST_LISTED:
        lines.append(pen.words.say("notify.more", count=len(mine) - MOST_LISTED))
    return "\n".join(lines)


def plain(markdown: str) -> str:
    """Return Markdown as plain text: links with their address behind, emphasis without its marks.

    Whatever is not understood stays as it was written.
    """
    text = _LINK.sub(lambda match: f"{match[1]} ({match[3]})" if match[3] else match[1], markdown)
    text = _EMPHASIS.sub(lambda match: match[2], text)
    return lines_of(_ESCAPED.sub(lambda match: match[1], text))


def lines_of(text: str) -> str:
    """Return ``text`` as harmless lines, not too many and none too long."""
    lines = [one_line(line, _LINE) for line in text.strip().splitlines()[:_LINES]]
    return "\n".join(lines).strip()

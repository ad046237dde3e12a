"""What feeds tell of: an entry for each incident and each occurrence of a window."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from statusgen.base.clock import DAY, Instant, format_instant, to_datetime
from statusgen.base.event import Happening
from statusgen.base.text import xml_legal
from statusgen.incident.steps import Step, steps, told_occurrences
from statusgen.incident.window import Window, WindowPhase, course
from statusgen.publish.edition import Edition
from statusgen.publish.links import window_path
from statusgen.publish.markdown import render_markdown
from statusgen.publish.references import Target
from statusgen.words import Words

_BACK = 90 * DAY
"""How long ago a window may have been to be told of."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was told."""

    at: Instant
    phase: str
    """In the words of the feed's language."""
    body: Markup
    guid: str
    """The same in every build, so that no reader shows it twice."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident, or one occurrence of a window."""

    uid: str
    title: str
    headline: str
    """The title, with what has become of it where that matters more."""
    path: str
    """Its page, from the site's root."""
    items: tuple[Item, ...]
    """Oldest first; never empty."""
    lasts: bool
    """Whether it is told of however old it is."""
    components: tuple[str, ...] = ()


def window_entries(edition: Edition) -> list[Entry]:
    """Return what is told of maintenance windows; nothing of what has not been announced."""
    words, now = edition.words.plain(), edition.snapshot.now
    found = []
    for window in edition.schedule.windows:
        target = edition.references.in_feed(window.file)
        for planned in told_occurrences(window, now - _BACK, now):
            told = steps(window, planned, now)
            if not told or told[-1].at < now - _BACK:
                continue
            phase = course(window, planned, now).phase
            over = phase in (WindowPhase.COMPLETED, WindowPhase.CANCELLED)
            start = format_instant(planned.start)
            found.append(
                Entry(
                    uid=window.uid if window.when.rule is None else f"{window.uid}#{start}",
                    title=window.title,
                    headline=window.title,
                    path=window_path(window.id),
                    items=tuple(
                        _item(words, window, step, (planned.start, planned.end), target)
                        for step in told
                    ),
                    lasts=not over,
                    components=window.components,
                )
            )
    return found


def _item(
    words: Words, window: Window, step: Step, planned: tuple[Instant, Instant], target: Target
) -> Item:
    name = "overrun" if step.what is Happening.OVERRUN else str(step.phase)
    phase = words.say("windows.of-maintenance", phase=words.say(f"windows.{name}"))
    body = render_markdown(step.update.body, target=target) if step.update is not None else Markup()
    if step.what is Happening.SCHEDULED:
        start, end = (f"{to_datetime(each):%Y-%m-%d %H:%M} UTC" for each in planned)
        span = words.say("windows.span", start=start, end=end)
        body = (
            Markup("<p>{}</p>").format(span) + body + render_markdown(window.about, target=target)
        )
    guid = f"{window.uid}#{step.what}/{step.detail}"
    return Item(step.at, phase, body, xml_legal(guid))

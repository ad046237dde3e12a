"""What the program says about an outage: plain words, only what was measured, no blame.

Nothing that an endpoint sent is repeated here: reasons are our own words, and names come from the
configuration with Markdown's characters made harmless (T1 and T3 of content/reference).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.text import one_line
from statusgen.words import Words

MOST_LISTED = 20
"""A mass outage names so many components, then says how many more."""

_MOST_IN_TITLE = 3
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&~|])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one component when its outage opened."""

    name: str
    start: Instant
    reasons: tuple[str, ...]
    """In plain words, each once."""


def title(words: Words, names: Sequence[str]) -> str:
    """``Backend API is down``; ``Backend API, Console and 4 more are down``."""
    listed = words.joined(names, _MOST_IN_TITLE)
    return one_line(words.say("updates.title", names=listed, count=len(names)))


def past_title(words: Words, written: str) -> str:
    """Return a title that :func:`title` wrote as it reads once all is over; any other as it is."""
    for count in (1, 2):
        before, _, after = words.pattern("updates.title", count).partition("{names}")
        if written.startswith(before) and written.endswith(after):
            names = written.removeprefix(before).removesuffix(after)
            return one_line(words.say("updates.title-past", names=names, count=count))
    return written


def opened(words: Words, seen: Sequence[Seen]) -> str:
    """Say what failed, since when, and how."""
    if len(seen) == 1:
        return _since(words, "updates.opened", seen[0])
    lines = [f"- {_since(words, 'updates.opened-entry', one)}" for one in seen[:MOST_LISTED]]
    if len(seen) > MOST_LISTED:
        lines.append(f"- {words.say('updates.opened-more', count=len(seen) - MOST_LISTED)}")
    return "\n".join([words.say("updates.opened-several", count=len(seen)), "", *lines])


def recovered(words: Words, names: Sequence[str], since: Instant, still: Sequence[str]) -> str:
    """Say which components work again while others do not."""
    return words.say(
        "updates.recovered",
        names=_names(words, names),
        moment=_moment(since),
        still=_names(words, still),
    )


def resolved(
    words: Words, names: Sequence[str], since: Instant, outage: tuple[Instant, Instant]
) -> str:
    """Say that everything works again, and how long it did not: the start and end of ``outage``."""
    return words.say(
        "updates.resolved",
        names=_names(words, names),
        moment=_moment(since),
        duration=words.elapsed(*outage),
    )


def no_longer_monitored(words: Words, names: Sequence[str], still: Sequence[str]) -> str:
    """Say that we stopped looking, which is not the same as a recovery."""
    told = _names(words, names)
    if still:
        return words.say(
            "updates.unmonitored-still", names=told, count=len(names), still=_names(words, still)
        )
    return words.say("updates.unmonitored", names=told, count=len(names))


def _since(words: Words, key: str, one: Seen) -> str:
    return words.say(
        key, name=_plain(one.name), moment=_moment(one.start), reasons="; ".join(one.reasons)
    )


def _names(words: Words, names: Sequence[str]) -> str:
    return words.joined([_plain(name) for name in names], MOST_LISTED)


def _plain(name: str) -> str:
    """Make Markdown show a name as it is."""
    return _MARKDOWN.sub(r"\\\1", one_line(name))


def _moment(instant: Instant) -> str:
    """Write an instant in UTC; pages turn it into the reader's time."""
    return to_datetime(instant).strftime("%Y-%m-%d %H:%M UTC")

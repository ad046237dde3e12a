"""What the program says about an outage: plain words, only what was measured, no blame.

Nothing that an endpoint sent is repeated here: reasons are our own words, and names come from the
configuration with Markdown's characters made harmless (threats T1, T3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.clock import Instant, format_duration, to_datetime
from statusgen.base.states import Reason
from statusgen.base.text import and_list, one_line

MOST_LISTED = 20
"""A mass outage names so many components, then says how many more."""

_WORDS: dict[str, str] = {
    Reason.DNS: "its name could not be resolved",
    Reason.CONNECT: "no connection could be made",
    Reason.TLS: "no secure connection could be made",
    Reason.CERTIFICATE: "its certificate was not valid",
    Reason.TIMEOUT: "it did not answer in time",
    Reason.STATUS: "it answered with an unexpected status",
    Reason.BODY: "its answer did not hold what was expected",
    Reason.PROTOCOL: "its answer could not be understood",
    Reason.REDIRECT: "it redirected where it should not",
    Reason.BLOCKED: "it refused our check",
    Reason.REPORTED: "its own status page says so",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&~|])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one component when its outage opened."""

    name: str
    start: Instant
    reasons: tuple[str, ...]
    """In plain words, each once."""


def plain_reason(reason: str | None, code: int | None) -> str:
    """Say in words why a check failed, e.g. ``it answered with HTTP 503``."""
    http = f"HTTP {code}" if code is not None and 100 <= code <= 999 else ""
    if reason == Reason.STATUS and http:
        return f"it answered with {http}"
    words = _WORDS.get(reason or "", "our check of it failed")
    return f"{words} ({http})" if http else words


def title(names: Sequence[str]) -> str:
    """``Backend API is down``; ``Backend API, Console and 4 more are down``."""
    return one_line(f"{and_list(list(names))} {'is' if len(names) == 1 else 'are'} down")


def opened(seen: Sequence[Seen]) -> str:
    """Say what failed, since when, and how."""
    if len(seen) == 1:
        return f"Our checks of {_since(seen[0])}."
    lines = [f"- Checks of {_since(one)}" for one in seen[:MOST_LISTED]]
    if len(seen) > MOST_LISTED:
        lines.append(f"- and {len(seen) - MOST_LISTED} more")
    return f"Our checks of {len(seen)} components fail:\n\n" + "\n".join(lines)


def recovered(names: Sequence[str], since: Instant, still: Sequence[str]) -> str:
    """Say which components work again while others do not."""
    return (
        f"Our checks of {_names(names)} succeed again since {_moment(since)}. "
        f"Those of {_names(still)} still fail."
    )


def resolved(names: Sequence[str], since: Instant, seconds: int) -> str:
    """Say that everything works again, and how long it did not."""
    return (
        f"Our checks of {_names(names)} succeed again since {_moment(since)}. "
        f"The outage lasted {format_duration(seconds)}."
    )


def no_longer_monitored(names: Sequence[str], still: Sequence[str]) -> str:
    """Say that we stopped looking, which is not the same as a recovery."""
    it = "it has" if len(names) == 1 else "they have"
    rest = (
        f"Our checks of {_names(still)} still fail."
        if still
        else "This incident is closed for that reason alone."
    )
    return f"We no longer check {_names(names)} and cannot tell whether {it} recovered. {rest}"


def _since(one: Seen) -> str:
    return f"{_plain(one.name)} have failed since {_moment(one.start)}: {'; '.join(one.reasons)}"


def _names(names: Sequence[str]) -> str:
    return and_list([_plain(name) for name in names], most=MOST_LISTED)


def _plain(name: str) -> str:
    """Make Markdown show a name as it is."""
    return _MARKDOWN.sub(r"\\\1", one_line(name))


def _moment(instant: Instant) -> str:
    return to_datetime(instant).strftime("%Y-%m-%d %H:%M UTC")

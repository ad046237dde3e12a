"""What the outbox says of how well alerts arrive: a pure function of its lines."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from statusgen.base.clock import DAY, Instant
from statusgen.config.channels import Channel
from statusgen.notify.ledger import Ledger, Letter
from statusgen.notify.message import Outcome, Tone

_MEASURED = ("down", "degraded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A message that was given up, or waits."""

    id: str
    """Short, for a person to type."""
    channel: str
    key: str
    title: str
    dead: bool
    written: Instant
    tries: int
    next: Instant
    """When it is tried again; 0 where it is not."""
    detail: str
    """What the last attempt met with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFigures:
    """How alerts fared."""

    days: int
    """How far back it looks."""
    alerts: int
    """Alerts of what checks saw that arrived in that time, and were not held back on purpose."""
    median_s: int | None
    """Seconds from the round that showed it to the answer of the channel; None without alerts."""
    longest_s: int | None
    doubles: int
    """Attempts beyond the first that were answered with yes."""
    dead: tuple[Undelivered, ...]
    """Dead letters, of whatever age."""
    waiting: tuple[Undelivered, ...]
    unset: tuple[tuple[str, tuple[str, ...]], ...]
    """Channels whose secrets this environment lacks, and these."""


def alert_figures(
    ledger: Ledger,
    channels: Sequence[Channel],
    environ: Mapping[str, str],
    now: Instant,
    *,
    days: int = 30,
) -> AlertFigures:
    """Return the figures of the last ``days`` up to ``now``."""
    letters = [
        letter for account in ledger.accounts.values() for letter in account.letters.values()
    ]
    since = now - days * DAY
    took = [
        arrived - letter.send.happened
        for letter in letters
        if (arrived := _arrived(letter)) is not None and since < arrived <= now
        if _is_alert(letter)
    ]
    yes = [sum(each.outcome == Outcome.SENT for each in letter.tries) for letter in letters]
    return AlertFigures(
        days=days,
        alerts=len(took),
        median_s=round(median(took)) if took else None,
        longest_s=max(took, default=None),
        doubles=sum(max(0, count - 1) for count in yes),
        dead=tuple(undelivered(each) for each in letters if each.dead),
        waiting=tuple(undelivered(each) for each in letters if not each.settled),
        unset=tuple(
            (channel.id, missing)
            for channel in channels
            if (missing := channel.to.missing(environ))
        ),
    )


def undelivered(letter: Letter) -> Undelivered:
    """Return a message as lists show it."""
    send, last = letter.send, letter.tries[-1] if letter.tries else None
    return Undelivered(
        id=short_id(send.channel, send.key),
        channel=send.channel,
        key=send.key,
        title=send.title,
        dead=letter.dead,
        written=send.at,
        tries=len(letter.tries),
        next=last.next if last else send.at,
        detail=last.detail if last else "",
    )


def short_id(channel: str, key: str) -> str:
    """Return what a message is called in lists."""
    return hashlib.blake2s(f"{channel}|{key}".encode(), digest_size=4).hexdigest()


def _arrived(letter: Letter) -> Instant | None:
    return next((each.at for each in letter.tries if each.outcome == Outcome.SENT), None)


def _is_alert(letter: Letter) -> bool:
    measured = any(want.kind in _MEASURED for want in letter.wants)
    return letter.send.tone is Tone.PROBLEM and measured and not letter.send.held

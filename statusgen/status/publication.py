"""When pages are to be published, and from when on a page that nobody replaced is old.

Checks come every few minutes; pages are built and deployed when something that they show changed,
and else at a steady pace. Time is cut into stretches of ``every`` seconds since 1970: the first
round of each is published, so whoever decides needs to know only what was published last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from statusgen.base.clock import MINUTE, Instant

DEPLOYED = 10 * MINUTE
"""What a publication may take from the round that calls for it: pushed, built, deployed."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a page was made of."""

    last_round: Instant | None
    """The newest round in it."""
    shown: str
    """A digest of all that a visitor would see change (``run.shown``)."""


class Why(StrEnum):
    """Why pages are to be published now."""

    FIRST = "nothing was published before"
    CHANGED = "something that pages show has changed"
    TIME = "it is time for the next regular publication"


def why_publish(before: Published | None, now: Published, every: int) -> Why | None:
    """Return why what is known now is to be published; None where the published still serves."""
    if before is None:
        return Why.FIRST
    if before.shown != now.shown:
        return Why.CHANGED
    if now.last_round is None or now.last_round == before.last_round:
        return None
    if before.last_round is None or before.last_round // every < now.last_round // every:
        return Why.TIME
    return None


def next_publication(last_round: Instant, every: int, cadence: int) -> Instant:
    """Return when the next pages are to stand there at the latest.

    The first round that is due in the next stretch calls for them. ``cadence``: expected seconds
    between rounds.
    """
    boundary = (last_round // every + 1) * every
    rounds = -((last_round - boundary) // cadence)
    return last_round + rounds * cadence + DEPLOYED


def old_after(promised: Instant, cadence: int) -> Instant:
    """Return when a page is old that promised its successor: that much later, nobody replaced it.

    Two and a half times the cadence, as a round may stand for.
    """
    return promised + 5 * cadence // 2

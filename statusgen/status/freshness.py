"""How often data is expected, and from when on it is too old to speak for the present.

An interval is a wish: a shared scheduler may come every 20 minutes instead of every 5. So the
expected cadence is the larger of what was asked for and what lately happened (the usual gap of
the last seven days), and everything that waits for data waits by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from statusgen.base.clock import Instant
from statusgen.config.settings import DEFAULT_INTERVAL, Monitor
from statusgen.history.segments import gap_limit
from statusgen.history.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Freshness:
    """When data came last, when it is due, and when it is late."""

    cadence: int
    """Expected seconds between rounds."""
    next_expected: Instant | None
    """None before the first round."""
    stale_after: Instant | None
    """From this moment on, what we know is out of date; None before the first round."""


def expected_cadence(monitor: Monitor, usual_gap: int | None) -> int:
    """Return the seconds to expect between checks of one monitor."""
    return max(monitor.cadence, usual_gap or 0)


def freshness(
    monitors: Iterable[Monitor], timeline: Timeline, max_gap: int | None = None
) -> Freshness:
    """Return how fresh the newest round is; ``max_gap`` fixes the seconds that it may stand for.

    A round is due as often as the most frequent monitor is. It speaks for the present as long as
    history lets it stand, and where that is short, at least until the next is half a cadence late:
    a page must not call itself out of date while all goes to plan.
    """
    wished = min((monitor.cadence for monitor in monitors), default=DEFAULT_INTERVAL)
    cadence = max(wished, timeline.usual_gap or 0)
    newest = timeline.last_round
    if newest is None:
        return Freshness(cadence, None, None)
    limit = gap_limit(wished, timeline.usual_gap, max_gap)
    return Freshness(cadence, newest + cadence, newest + max(limit, cadence * 3 // 2))

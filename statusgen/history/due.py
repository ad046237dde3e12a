"""Which monitors a round must check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from statusgen.base.clock import MINUTE, Instant

if TYPE_CHECKING:
    from statusgen.config.settings import Monitor


def due(
    monitors: Iterable[Monitor], last_checked: Mapping[str, Instant], now: Instant
) -> tuple[Monitor, ...]:
    """Return the monitors to check now, in the order given.

    A monitor without an interval is always due. One with an interval is due once it has passed,
    less a slack of a fifth of it, at most a minute: a scheduler that comes some seconds early must
    not cost a whole turn. A last check that lies in the future (a clock was set back) does not
    count.
    """
    return tuple(
        monitor
        for monitor in monitors
        if is_due(monitor.interval, last_checked.get(monitor.id), now)
    )


def is_due(interval: int | None, last: Instant | None, now: Instant) -> bool:
    """Say whether a check with this interval (seconds) that was last made at ``last`` is due."""
    if interval is None or last is None or last > now:
        return True
    return (now - last) >= interval - min(MINUTE, interval / 5)
